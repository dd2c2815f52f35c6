//! History, undo and redo.

use crate::error::Result;
use crate::state::AppState;
use app::domain::Change;
use app::store;
use app::view::Update;
use serde::Deserialize;
use tauri::State;

/// Which rows of the change log to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(default)]
pub struct HistoryQuery {
    /// Only of this item.
    pub item: Option<String>,
    /// Only by this person.
    pub actor: Option<String>,
    /// Only rows with a higher number than this.
    pub since: Option<u32>,
    /// At most so many, the newest.
    pub limit: Option<u32>,
}

/// Takes back the last step; null when there is none.
#[tauri::command]
#[specta::specta]
pub async fn undo(state: State<'_, AppState>) -> Result<Option<Update>> {
    state.with(move |open| Ok(app::log::undo(&mut open.session, open.round)?)).await
}

/// Does again what was taken back; null when there is nothing.
#[tauri::command]
#[specta::specta]
pub async fn redo(state: State<'_, AppState>) -> Result<Option<Update>> {
    state.with(move |open| Ok(app::log::redo(&mut open.session, open.round)?)).await
}

/// Rows of the change log of the round, newest first.
#[tauri::command]
#[specta::specta]
pub async fn history(state: State<'_, AppState>, query: HistoryQuery) -> Result<Vec<Change>> {
    let HistoryQuery { item, actor, since, limit } = query;
    state
        .with(move |open| {
            let query = store::HistoryQuery { assessment: Some(open.round), item, actor, since, limit };
            Ok(app::log::history(&open.session, &query)?)
        })
        .await
}
