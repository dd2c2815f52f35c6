//! Backups, restoring, the doctor.

use super::workspace::{Opened, close, env, open_dir};
use crate::error::{IpcError, Result};
use crate::state::AppState;
use app::store::Trouble;
use app::upkeep::{self, BackupFile};
use std::path::Path;
use tauri::State;

/// Makes a verified backup now.
#[tauri::command]
#[specta::specta]
pub async fn backup_now(state: State<'_, AppState>) -> Result<BackupFile> {
    state.with("backup_now", |open| Ok(upkeep::backup(&open.session)?)).await
}

/// Backups of the open workspace, newest first.
#[tauri::command]
#[specta::specta]
pub async fn backups(state: State<'_, AppState>) -> Result<Vec<BackupFile>> {
    state.with("backups", |open| Ok(upkeep::backups(open.session.workspace.dir())?)).await
}

/// Puts a backup of the open workspace in its place and opens the result; the state before is kept aside.
#[tauri::command]
#[specta::specta]
pub async fn restore(state: State<'_, AppState>, backup: String) -> Result<Opened> {
    let settings = state.settings.clone();
    state
        .slot("restore", move |slot| {
            let dir = slot.as_ref().ok_or_else(IpcError::nothing_open)?.session.workspace.dir().to_owned();
            // Only what the list of backups shows: the page cannot make other files into a workspace.
            if !upkeep::backups(&dir)?.iter().any(|known| known.path == backup) {
                return Err(IpcError::not_chosen(Path::new(&backup)));
            }
            close(slot)?;
            let restored = upkeep::restore(&dir, Path::new(&backup), &env(&settings)).map_err(IpcError::from);
            // Whatever came of it, the user goes on with what is there now.
            let opened = open_dir(slot, &settings, &dir);
            restored.and(opened)
        })
        .await
}

/// Checks database, change log, signatures and evidence of the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn doctor(state: State<'_, AppState>, job: String) -> Result<Vec<Trouble>> {
    state
        .job("doctor", &job, |open, job| {
            Ok(upkeep::doctor(&open.session, &mut |done, total| job.step_bytes("check", done, total))?)
        })
        .await
}
