//! Marking items.

use crate::error::Result;
use crate::state::AppState;
use app::answers::{AnswerPatch, ItemPatch};
use app::paste::{Clipboard, PasteChoices, PastePreview};
use app::view::Update;
use tauri::State;

/// Sets the same on several items, as one step.
#[tauri::command]
#[specta::specta]
pub async fn mark(state: State<'_, AppState>, items: Vec<String>, patch: AnswerPatch) -> Result<Update> {
    state.with(move |open| Ok(app::answers::mark(&mut open.session, open.round, &items, &patch)?)).await
}

/// Sets something on each of several items, as one step.
#[tauri::command]
#[specta::specta]
pub async fn mark_each(state: State<'_, AppState>, patches: Vec<ItemPatch>) -> Result<Update> {
    state.with(move |open| Ok(app::answers::mark_each(&mut open.session, open.round, &patches)?)).await
}

/// What a pasted table would set on the items in `targets` or on those it names. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_paste(
    state: State<'_, AppState>,
    clipboard: Clipboard,
    targets: Vec<String>,
    choices: PasteChoices,
) -> Result<PastePreview> {
    state
        .with(move |open| Ok(app::paste::preview(&mut open.session, open.round, &clipboard, &targets, &choices)?))
        .await
}
