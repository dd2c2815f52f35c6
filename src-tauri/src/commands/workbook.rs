//! The checklist as a workbook that is handed out and taken back.

use crate::error::Result;
use crate::state::{AppState, aside};
use app::exports::{self, WorkbookOptions};
use app::view::Update;
use app::workbook::{self, WorkbookChoices, WorkbookPreview};
use serde::Serialize;
use tauri::State;

/// A workbook that was taken in.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WorkbookTaken {
    /// What it held.
    pub preview: WorkbookPreview,
    /// What changed; null while a cell is undecided, and nothing is written then.
    pub update: Option<Update>,
}

/// Writes the checklist as a workbook to a place the user chose.
#[tauri::command]
#[specta::specta]
pub async fn export_workbook(state: State<'_, AppState>, path: String, options: WorkbookOptions) -> Result<()> {
    let path = state.grants.check(&path)?;
    let lang = state.lang();
    let overwrite = state.grants.may_replace(&path);
    state
        .beside(
            aside,
            move |(mut aside, round)| Ok(exports::workbook(&mut aside, round, &path, &options, lang, overwrite)?),
            |_, ()| Ok(()),
        )
        .await
}

/// What a workbook that the user chose would change.
#[tauri::command]
#[specta::specta]
pub async fn preview_workbook(
    state: State<'_, AppState>,
    path: String,
    choices: WorkbookChoices,
) -> Result<WorkbookPreview> {
    let path = state.grants.check(&path)?;
    state
        .beside(
            aside,
            move |(mut aside, round)| Ok(workbook::preview(&mut aside, round, &path, &choices)?),
            |_, seen| Ok(seen),
        )
        .await
}

/// Takes a workbook over as one step, in the name of whoever filled it in.
#[tauri::command]
#[specta::specta]
pub async fn take_in_workbook(
    state: State<'_, AppState>,
    path: String,
    sender: String,
    choices: WorkbookChoices,
) -> Result<WorkbookTaken> {
    let path = state.grants.check(&path)?;
    state
        .with(move |open| {
            let (preview, update) = workbook::take_in(&mut open.session, open.round, &path, &sender, &choices)?;
            Ok(WorkbookTaken { preview, update })
        })
        .await
}
