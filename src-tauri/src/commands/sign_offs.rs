//! Signatures.

use crate::error::Result;
use crate::state::{AppState, aside};
use app::domain::{Id, SignRole};
use app::sign_offs;
use app::view::Update;
use tauri::State;

/// Signs the round as it is now; an approval freezes it.
#[tauri::command]
#[specta::specta]
pub async fn sign(state: State<'_, AppState>, role: SignRole, name: String) -> Result<Update> {
    state
        .beside(
            aside,
            |(mut aside, round)| {
                sign_offs::verify(&mut aside, round)?;
                Ok((aside, round))
            },
            move |open, (aside, round)| Ok(sign_offs::sign_verified(&mut open.session, &aside, round, role, &name)?),
        )
        .await
}

/// Withdraws a signature.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_signature(state: State<'_, AppState>, id: Id) -> Result<Update> {
    state.with(move |open| Ok(sign_offs::withdraw(&mut open.session, open.round, id)?)).await
}

/// Reopens a frozen round as the next revision.
#[tauri::command]
#[specta::specta]
pub async fn reopen(state: State<'_, AppState>, reason: String) -> Result<Update> {
    state.with(move |open| Ok(sign_offs::reopen(&mut open.session, open.round, &reason)?)).await
}
