//! Other criteria for the round on screen.

use crate::error::Result;
use crate::state::AppState;
use app::criteria::{self, CriteriaUpdated, ItemComparison, UpdatePlan};
use std::path::PathBuf;
use tauri::State;

/// What the criteria in a file that the user chose, or the built-in ones, would mean for the round. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_criteria(state: State<'_, AppState>, path: Option<String>) -> Result<UpdatePlan> {
    let path = chosen(&state, path)?;
    state
        .with(move |open| {
            let (pack, _) = open.session.criteria_for(open.round, path.as_deref())?;
            Ok(criteria::preview(&mut open.session, open.round, &pack)?)
        })
        .await
}

/// Puts them in the place of those that the round has, as one step.
#[tauri::command]
#[specta::specta]
pub async fn update_criteria(state: State<'_, AppState>, path: Option<String>) -> Result<CriteriaUpdated> {
    let path = chosen(&state, path)?;
    state
        .with(move |open| {
            let (pack, text) = open.session.criteria_for(open.round, path.as_deref())?;
            Ok(criteria::update(&mut open.session, open.round, &pack, &text)?)
        })
        .await
}

/// An item as it is beside what those criteria would make of it; null when it would ask the same.
#[tauri::command]
#[specta::specta]
pub async fn compare_criteria(
    state: State<'_, AppState>,
    path: Option<String>,
    item: String,
) -> Result<Option<ItemComparison>> {
    let (path, lang) = (chosen(&state, path)?, state.lang());
    state
        .with(move |open| {
            let (pack, _) = open.session.criteria_for(open.round, path.as_deref())?;
            Ok(criteria::to_change(&mut open.session, open.round, &pack, &item, lang)?)
        })
        .await
}

/// The text that the verdict of an item was given for beside the one it has now; null when it waits for no confirmation.
#[tauri::command]
#[specta::specta]
pub async fn compare_item(state: State<'_, AppState>, item: String) -> Result<Option<ItemComparison>> {
    let lang = state.lang();
    state.with(move |open| Ok(criteria::to_confirm(&mut open.session, open.round, &item, lang)?)).await
}

fn chosen(state: &AppState, path: Option<String>) -> Result<Option<PathBuf>> {
    path.map(|path| state.grants.check(&path)).transpose()
}
