//! Choosing files and folders, and judging them.

use crate::error::Result;
use crate::pick;
use crate::state::AppState;
use app::exchange::safe_name;
use app::store::{self, Danger};
use app::upkeep;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tauri::State;

/// Lets the user choose a folder; null when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn pick_folder(state: State<'_, AppState>, purpose: String) -> Result<Option<String>> {
    let picker = state.picker.clone();
    let chosen = state.off_thread(move || Ok(picker.folder(pick::title(&purpose)))).await?;
    state.grants.add(chosen.clone());
    Ok(chosen.map(shown))
}

/// Lets the user choose files; none when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn pick_files(state: State<'_, AppState>, purpose: String) -> Result<Vec<String>> {
    let picker = state.picker.clone();
    let ask = move || Ok(picker.files(pick::title(&purpose), pick::kinds(&purpose)));
    let chosen = state.off_thread(ask).await?;
    state.grants.add(chosen.iter().cloned());
    Ok(chosen.into_iter().map(shown).collect())
}

/// Lets the user choose where to save; null when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn pick_save(state: State<'_, AppState>, purpose: String, suggested_name: String) -> Result<Option<String>> {
    let picker = state.picker.clone();
    let ask = move || Ok(picker.save(pick::title(&purpose), &safe_name(&suggested_name)));
    let chosen = state.off_thread(ask).await?;
    if let Some(path) = &chosen {
        state.grants.add_saved(path);
    }
    Ok(chosen.map(shown))
}

/// Where a new workspace of this name is proposed: a folder that is not there yet.
#[tauri::command]
#[specta::specta]
pub async fn default_workspace_dir(state: State<'_, AppState>, name: String) -> Result<String> {
    let parent = state.documents.join("备审");
    let name = if name.trim().is_empty() { "评估" } else { &name };
    let name = safe_name(name);
    let dir = state.off_thread(move || Ok(free(&parent, &name))).await?;
    Ok(shown(dir))
}

/// What speaks against keeping a workspace in a folder: `cloud_folder`, `network_path`, `conflict_copies`.
#[tauri::command]
#[specta::specta]
pub async fn place_warnings(state: State<'_, AppState>, dir: String) -> Result<Vec<String>> {
    state.off_thread(move || Ok(dangers(Path::new(&dir)))).await
}

/// What the store warns about, each kind once: a folder may hold many conflict copies.
fn dangers(dir: &Path) -> Vec<String> {
    let found: BTreeSet<Danger> = store::place_warnings(dir).into_iter().map(|warning| warning.danger).collect();
    found.into_iter().map(upkeep::danger).map(str::to_owned).collect()
}

fn shown(path: PathBuf) -> String {
    path.display().to_string()
}

fn free(parent: &Path, name: &str) -> PathBuf {
    let taken = |path: &PathBuf| path.exists();
    let numbered = (2..1000).map(|n| parent.join(format!("{name} {n}")));
    let mut wanted = std::iter::once(parent.join(name)).chain(numbered);
    wanted.find(|path| !taken(path)).unwrap_or_else(|| parent.join(name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_proposed_folder_is_not_there_yet() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(free(dir.path(), "甲公司"), dir.path().join("甲公司"));
        std::fs::create_dir(dir.path().join("甲公司")).unwrap();
        assert_eq!(free(dir.path(), "甲公司"), dir.path().join("甲公司 2"));
    }

    #[test]
    fn each_danger_of_a_place_is_told_once() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("坚果云");
        std::fs::create_dir(&place).unwrap();
        for copy in ["beishen-DESKTOP-7Q2.db", "beishen-DESKTOP-9K1.db"] {
            std::fs::write(place.join(copy), "").unwrap();
        }
        assert_eq!(dangers(&place), ["cloud_folder", "conflict_copies"]);
    }
}
