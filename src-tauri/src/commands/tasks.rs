//! Remediation tasks.

use crate::error::Result;
use crate::state::AppState;
use app::domain::{Id, TaskState};
use app::tasks::{self, Closure, TaskDraft};
use app::view::Update;
use tauri::State;

/// Makes a task.
#[tauri::command]
#[specta::specta]
pub async fn add_task(state: State<'_, AppState>, draft: TaskDraft) -> Result<Update> {
    state.with(move |open| Ok(tasks::add(&mut open.session, open.round, &draft)?)).await
}

/// Replaces what a task says.
#[tauri::command]
#[specta::specta]
pub async fn edit_task(state: State<'_, AppState>, id: Id, draft: TaskDraft) -> Result<Update> {
    state.with(move |open| Ok(tasks::edit(&mut open.session, open.round, id, &draft)?)).await
}

/// Moves a task along its life cycle.
#[tauri::command]
#[specta::specta]
pub async fn move_task(shell: State<'_, AppState>, id: Id, state: TaskState, closure: Closure) -> Result<Update> {
    shell.with(move |open| Ok(tasks::move_to(&mut open.session, open.round, id, state, &closure)?)).await
}

/// Withdraws a task.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_task(state: State<'_, AppState>, id: Id) -> Result<Update> {
    state.with(move |open| Ok(tasks::withdraw(&mut open.session, open.round, id)?)).await
}
