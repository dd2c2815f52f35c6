//! The request list: who hands in what by when.

use crate::error::Result;
use crate::state::{AppState, aside};
use app::exports;
use app::requests::{self, KeeperPatch, PaperPatch, RequestList};
use app::view::Update;
use tauri::State;

/// What is asked for, and who keeps the papers of each section.
#[tauri::command]
#[specta::specta]
pub async fn list_papers(state: State<'_, AppState>) -> Result<RequestList> {
    state.with(move |open| Ok(requests::list(&mut open.session, open.round)?)).await
}

/// Says who keeps the papers of sections.
#[tauri::command]
#[specta::specta]
pub async fn assign_keeper(state: State<'_, AppState>, sections: Vec<String>, patch: KeeperPatch) -> Result<Update> {
    state.with(move |open| Ok(requests::assign(&mut open.session, open.round, &sections, &patch)?)).await
}

/// Notes that papers were handed in, or a remark on them.
#[tauri::command]
#[specta::specta]
pub async fn hand_in_paper(state: State<'_, AppState>, papers: Vec<String>, patch: PaperPatch) -> Result<Update> {
    state.with(move |open| Ok(requests::hand_in(&mut open.session, open.round, &papers, &patch)?)).await
}

/// Writes the list of a department, or of all, to a place the user chose.
#[tauri::command]
#[specta::specta]
pub async fn export_request_list(state: State<'_, AppState>, path: String, department: Option<String>) -> Result<()> {
    let path = state.grants.check(&path)?;
    let lang = state.lang();
    let overwrite = state.grants.may_replace(&path);
    state
        .beside(
            aside,
            move |(mut aside, round)| {
                Ok(exports::request_list(&mut aside, round, &path, department.as_deref(), lang, overwrite)?)
            },
            |_, ()| Ok(()),
        )
        .await
}
