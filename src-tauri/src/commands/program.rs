//! The program itself: about, settings, recent workspaces, its log, jobs.

use crate::error::{IpcError, Result};
use crate::settings::{Recent, Settings};
use crate::state::AppState;
use serde::Serialize;
use tauri::State;

/// What the program says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct About {
    /// Version of the program.
    pub version: String,
    /// Notice on the criteria: whose words these items are.
    pub notice: String,
    /// The same in English.
    pub notice_en: String,
    /// Notice on the key figures.
    pub kpi_notice: String,
    /// The same in English.
    pub kpi_notice_en: String,
    /// Licences of the program and of what it contains.
    pub licences: String,
    /// The standard.
    pub standard: String,
    /// Version of the built-in criteria.
    pub pack_version: String,
    /// Their SHA-256.
    pub pack_sha256: String,
}

/// Licence texts shown by the program: its own, and those of the fonts inside it.
const LICENCES: &[&str] = &[
    include_str!("../../../LICENSE"),
    include_str!("../../../assets/fonts/OFL-NotoSansSC.txt"),
    include_str!("../../../assets/fonts/OFL-NotoSansSymbols2.txt"),
];

/// Version, notices, licences.
#[tauri::command]
#[specta::specta]
pub async fn about(state: State<'_, AppState>) -> Result<About> {
    state.off_thread(about_program).await
}

fn about_program() -> Result<About> {
    let pack = app::criteria::built_in()?;
    Ok(About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        notice: pack.pack.notice.clone(),
        notice_en: pack.pack.notice_en.clone(),
        kpi_notice: pack.pack.kpi_notice.clone(),
        kpi_notice_en: pack.pack.kpi_notice_en.clone(),
        licences: LICENCES.join("\n\n────────\n\n"),
        standard: pack.pack.standard.clone(),
        pack_version: pack.pack.version.clone(),
        pack_sha256: pack.sha256.clone(),
    })
}

/// What the user has set.
#[tauri::command]
#[specta::specta]
pub async fn settings(state: State<'_, AppState>) -> Result<Settings> {
    Ok(state.settings.get())
}

/// Keeps what the user has set.
#[tauri::command]
#[specta::specta]
pub async fn save_settings(state: State<'_, AppState>, settings: Settings) -> Result<()> {
    let file = state.settings.clone();
    let path = state.home.clone();
    state.off_thread(move || file.set(settings).map_err(|e| IpcError::file(&path, &e))).await?;
    state.rename_actor(state.settings.actor()).await;
    Ok(())
}

/// Workspaces opened before, newest first.
#[tauri::command]
#[specta::specta]
pub async fn recent_workspaces(state: State<'_, AppState>) -> Result<Vec<Recent>> {
    let file = state.settings.clone();
    state.off_thread(move || Ok(file.recent())).await
}

/// Notes in the log that the page failed. The page sends places and kinds of errors, never user text.
#[tauri::command]
#[specta::specta]
pub fn frontend_error(message: String) {
    /// A page that fails in a loop must not fill the disk.
    const MAX_CHARS: usize = 400;
    let message: String = message.chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect();
    tracing::error!(message, "page");
}

/// Notes how long the page took to its first paint, in milliseconds.
#[tauri::command]
#[specta::specta]
pub fn boot_timing(first_paint_ms: u32) {
    tracing::info!(first_paint_ms, "first paint");
}

/// Asks a running job to stop.
#[tauri::command]
#[specta::specta]
pub fn cancel_job(state: State<'_, AppState>, job: String) {
    state.jobs.cancel(&job);
}
