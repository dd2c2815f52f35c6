//! The rounds of the open workspace.

use super::workspace::{Opened, opened};
use crate::error::Result;
use crate::state::AppState;
use app::conditions::{self, ConditionChange, ConditionsChanged};
use app::criteria::{Edition, EditionView};
use app::domain::{Assessment, Id};
use app::view::{NewRound, Round, Update};
use tauri::State;

/// Puts another round on screen.
#[tauri::command]
#[specta::specta]
pub async fn open_round(state: State<'_, AppState>, id: Id) -> Result<Opened> {
    state
        .with(move |open| {
            open.round = open.session.choose(Some(id))?;
            opened(open)
        })
        .await
}

/// What an edition of the criteria holds.
#[tauri::command]
#[specta::specta]
pub async fn look_at_edition(state: State<'_, AppState>, edition: Edition) -> Result<EditionView> {
    let edition = granted(&state, edition)?;
    state.off_thread(move || Ok(app::criteria::view(&edition)?)).await
}

/// Starts a round with the criteria of an edition, else with those that go on from the round on screen, and puts it on screen.
#[tauri::command]
#[specta::specta]
pub async fn start_round(state: State<'_, AppState>, edition: Option<Edition>, new_round: NewRound) -> Result<Opened> {
    let edition = edition.map(|edition| granted(&state, edition)).transpose()?;
    state
        .with(move |open| {
            let pack = open.session.criteria_after(Some(open.round), edition.as_ref())?;
            open.round = app::rounds::start(&mut open.session, &pack, &new_round)?;
            opened(open)
        })
        .await
}

/// An edition whose file, if it is one, the user chose.
pub(super) fn granted(state: &AppState, edition: Edition) -> Result<Edition> {
    Ok(match edition {
        Edition::File(path) => Edition::File(state.grants.check(&path)?.display().to_string()),
        other => other,
    })
}

/// Whether a round could be started from what was entered so far; the refusal says what could not. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn check_round(state: State<'_, AppState>, new_round: NewRound) -> Result<()> {
    state.off_thread(move || Ok(app::rounds::check(&new_round)?)).await
}

/// What other conditions (外呼, 外包 …) would mean for the marks of the round. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_conditions(state: State<'_, AppState>, wanted: Vec<String>) -> Result<ConditionChange> {
    state.with(move |open| Ok(conditions::preview(&mut open.session, open.round, &wanted)?)).await
}

/// Changes the conditions of the round and the marks that only followed from the old ones, as one step.
#[tauri::command]
#[specta::specta]
pub async fn change_conditions(state: State<'_, AppState>, wanted: Vec<String>) -> Result<ConditionsChanged> {
    state.with(move |open| Ok(conditions::change(&mut open.session, open.round, &wanted)?)).await
}

/// Changes title, scope, period, team and the like of a round; its conditions have a command of their own.
#[tauri::command]
#[specta::specta]
pub async fn edit_round(state: State<'_, AppState>, assessment: Assessment) -> Result<Update> {
    state.with(move |open| Ok(app::rounds::edit(&mut open.session, &assessment)?)).await
}

/// Reads the round on screen again, for a page that missed a change.
#[tauri::command]
#[specta::specta]
pub async fn read_round(state: State<'_, AppState>) -> Result<Round> {
    state.with(move |open| Ok(open.session.round(open.round)?)).await
}
