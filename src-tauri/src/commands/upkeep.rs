//! Backups, restoring, the doctor.

use super::workspace::{Opened, env, open_dir, opened};
use crate::error::{IpcError, Result};
use crate::state::{AppState, Open, aside};
use app::store::Trouble;
use app::upkeep::{self, BackupFile, BackupReason, Health, OrphanFiles, automatic};
use std::path::Path;
use tauri::State;

/// Makes a verified backup now.
#[tauri::command]
#[specta::specta]
pub async fn backup_now(state: State<'_, AppState>) -> Result<BackupFile> {
    state.with(|open| Ok(upkeep::backup(&mut open.session)?)).await
}

/// Backups of the open workspace, newest first.
#[tauri::command]
#[specta::specta]
pub async fn backups(state: State<'_, AppState>) -> Result<Vec<BackupFile>> {
    state.with(|open| Ok(upkeep::backups(open.session.dir())?)).await
}

/// Puts a backup of the open workspace in its place and opens the result; the state before is kept aside.
#[tauri::command]
#[specta::specta]
pub async fn restore(state: State<'_, AppState>, backup: String) -> Result<Opened> {
    state
        .alone(move |slot| {
            let open = slot.get()?;
            let dir = open.session.dir().to_owned();
            // Only what the list of backups shows: the page cannot make other files into a workspace.
            if !upkeep::backups(&dir)?.iter().any(|known| known.path == backup) {
                return Err(IpcError::not_chosen(Path::new(&backup)));
            }
            // What is there now may be wanted after all. If it can no longer be copied, the restore keeps the file aside.
            automatic::make(&mut open.session, BackupReason::Restore);
            slot.close()?;
            let restored = upkeep::restore(&dir, Path::new(&backup), &env(&slot.settings)).map_err(IpcError::from);
            // Whatever came of it, the user goes on with what is there now.
            let opened = open_dir(slot, &dir);
            restored.and(opened)
        })
        .await
}

/// Checks database, change log, signatures and evidence of the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn doctor(state: State<'_, AppState>, job: String) -> Result<Vec<Trouble>> {
    let mut job = state.job(&job);
    state
        .beside(
            aside,
            move |(aside, _)| Ok(upkeep::doctor(&aside, &mut |done, total| job.step_bytes("check", done, total))?),
            |_, troubles| Ok(troubles),
        )
        .await
}

/// How the open workspace is: backups, last check, signed rounds, place.
#[tauri::command]
#[specta::specta]
pub async fn health(state: State<'_, AppState>) -> Result<Health> {
    state.with(|open| Ok(upkeep::health(&open.session)?)).await
}

/// The user has looked at what was restored: old backups are thinned again.
#[tauri::command]
#[specta::specta]
pub async fn confirm_restore(state: State<'_, AppState>) -> Result<Health> {
    state
        .with(|open| {
            upkeep::confirm_restore(open.session.dir())?;
            Ok(upkeep::health(&open.session)?)
        })
        .await
}

/// The user has seen that a signed round is not what was signed, and works on all the same until the workspace is closed.
#[tauri::command]
#[specta::specta]
pub async fn work_on(state: State<'_, AppState>) -> Result<Opened> {
    state
        .with(|open| {
            open.session.work_on();
            opened(open)
        })
        .await
}

/// Evidence files that neither the workspace nor any backup refers to.
#[tauri::command]
#[specta::specta]
pub async fn orphans(state: State<'_, AppState>) -> Result<OrphanFiles> {
    state.with(|open| Ok(upkeep::orphans(&open.session)?)).await
}

/// Removes them, after making one more backup.
#[tauri::command]
#[specta::specta]
pub async fn sweep_orphans(state: State<'_, AppState>) -> Result<OrphanFiles> {
    // Not while an import goes on: no row names its files yet.
    let round = |open: &mut Open| Ok(open.round);
    state.beside(round, Ok, |open, _| Ok(upkeep::sweep(&mut open.session)?)).await
}
