//! History, undo, redo.

use crate::view::{Step, Update};
use crate::{Result, Session};
use domain::{Action, Change, Id};
use store::HistoryQuery;

/// What [`undo`] and [`redo`] would take back and do again, in this order.
///
/// # Errors
/// When the log cannot be read.
pub fn next_steps(session: &Session, round: Id) -> Result<(Option<Step>, Option<Step>)> {
    Ok((session.workspace.can_undo(round)?.map(step), session.workspace.can_redo(round)?.map(step)))
}

/// Takes back the last step of the round; `None` when there is nothing to undo. Steps survive a restart.
///
/// # Errors
/// When the step's fields have been changed by something else since, or nothing can be written.
pub fn undo(session: &mut Session, round: Id) -> Result<Option<Update>> {
    let act = session.act(round, Action::Undo)?;
    match session.workspace.undo(&act, round)? {
        Some(receipt) => session.update(round, &receipt).map(Some),
        None => Ok(None),
    }
}

/// Does again what undo took back; `None` when there is nothing to redo.
///
/// # Errors
/// As [`undo`].
pub fn redo(session: &mut Session, round: Id) -> Result<Option<Update>> {
    let act = session.act(round, Action::Redo)?;
    match session.workspace.redo(&act, round)? {
        Some(receipt) => session.update(round, &receipt).map(Some),
        None => Ok(None),
    }
}

/// Rows of the change log, newest first.
///
/// # Errors
/// When the log cannot be read.
pub fn history(session: &Session, query: &HistoryQuery) -> Result<Vec<Change>> {
    Ok(session.workspace.history(query)?)
}

fn step(label: store::BatchLabel) -> Step {
    let mut items: Vec<String> = label.subjects.into_iter().filter_map(|s| s.item).collect();
    items.dedup();
    Step { action: label.action, items, rows: label.rows }
}
