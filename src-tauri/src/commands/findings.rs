//! Findings.

use crate::error::Result;
use crate::state::AppState;
use app::domain::Id;
use app::findings::{self, FindingDraft};
use app::view::Update;
use tauri::State;

/// Records a finding.
#[tauri::command]
#[specta::specta]
pub async fn add_finding(state: State<'_, AppState>, draft: FindingDraft) -> Result<Update> {
    state.with(move |open| Ok(findings::add(&mut open.session, open.round, &draft)?)).await
}

/// Replaces what a finding says.
#[tauri::command]
#[specta::specta]
pub async fn edit_finding(state: State<'_, AppState>, id: Id, draft: FindingDraft) -> Result<Update> {
    state.with(move |open| Ok(findings::edit(&mut open.session, open.round, id, &draft)?)).await
}

/// Withdraws a finding and its tasks.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_finding(state: State<'_, AppState>, id: Id) -> Result<Update> {
    state.with(move |open| Ok(findings::withdraw(&mut open.session, open.round, id)?)).await
}
