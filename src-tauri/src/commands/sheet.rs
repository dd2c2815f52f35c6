//! Lists that somebody else keeps, and the words for verdicts.

use crate::error::Result;
use crate::state::{AppState, aside};
use app::sheet::{self, SheetChoices, SheetPreview, VerdictWord};
use app::view::Update;
use serde::Serialize;
use tauri::State;

/// A list that was taken in.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SheetTaken {
    /// What it held.
    pub preview: SheetPreview,
    /// What changed; null while a cell is undecided, and nothing is written then.
    pub update: Option<Update>,
}

/// What a list that the user chose would change.
#[tauri::command]
#[specta::specta]
pub async fn preview_sheet(state: State<'_, AppState>, path: String, choices: SheetChoices) -> Result<SheetPreview> {
    let path = state.grants.check(&path)?;
    state
        .beside(
            aside,
            move |(mut aside, round)| Ok(sheet::preview(&mut aside, round, &path, &choices)?),
            |_, seen| Ok(seen),
        )
        .await
}

/// Takes a list over as one step, in the name of whoever filled it in.
#[tauri::command]
#[specta::specta]
pub async fn take_in_sheet(
    state: State<'_, AppState>,
    path: String,
    sender: String,
    choices: SheetChoices,
) -> Result<SheetTaken> {
    let path = state.grants.check(&path)?;
    state
        .with(move |open| {
            let (preview, update) = sheet::take_in(&mut open.session, open.round, &path, &sender, &choices)?;
            Ok(SheetTaken { preview, update })
        })
        .await
}

/// The table of words for verdicts, the workspace's own first.
#[tauri::command]
#[specta::specta]
pub async fn verdict_words(state: State<'_, AppState>) -> Result<Vec<VerdictWord>> {
    state.with(move |open| Ok(sheet::words(&open.session))).await
}

/// Puts a word into the table, or gives it another meaning. The table as it is then.
#[tauri::command]
#[specta::specta]
pub async fn set_verdict_word(state: State<'_, AppState>, word: String, means: String) -> Result<Vec<VerdictWord>> {
    state
        .with(move |open| {
            sheet::set_word(&open.session, &word, &means)?;
            Ok(sheet::words(&open.session))
        })
        .await
}

/// Takes a word of the workspace's own out of the table. The table as it is then.
#[tauri::command]
#[specta::specta]
pub async fn remove_verdict_word(state: State<'_, AppState>, word: String) -> Result<Vec<VerdictWord>> {
    state
        .with(move |open| {
            sheet::remove_word(&open.session, &word)?;
            Ok(sheet::words(&open.session))
        })
        .await
}
