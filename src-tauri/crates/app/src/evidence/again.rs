//! A second look into evidence that is there: what an earlier version took in, or one that saw less, was not looked at as now.

use crate::view::Update;
use crate::{Error, Result, Session};
use domain::{Action, Evidence, EvidenceKind, Flaw, Id};
use std::ops::ControlFlow;
use store::Edit;

/// Looks into every file of the round in which nothing wrong was seen so far, and remembers what is. Takes long; a session
/// aside may do it, and [`Session::learn`] hands it over. `on` hears of files done and of all.
///
/// # Errors
/// [`Error::Cancelled`] when broken off.
pub fn look_again(session: &mut Session, round: Id, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<()> {
    let (_, snapshot) = session.snapshot(round)?;
    let unseen: Vec<&Evidence> = snapshot
        .evidence
        .iter()
        .filter(|e| e.kind == EvidenceKind::File && e.flaw.is_none() && !session.flaws.contains_key(&e.sha256))
        .collect();
    for (done, evidence) in (1..).zip(&unseen) {
        let flaw = super::look::flaw(&session.workspace.evidence_path(&evidence.sha256), &evidence.file_name);
        session.flaws.insert(evidence.sha256.clone(), flaw);
        if on(done, unseen.len() as u64).is_break() {
            return Err(Error::Cancelled);
        }
    }
    Ok(())
}

/// Records what [`look_again`] has seen, as one step, and answers with what is different now. A round that takes nothing
/// (frozen, or opened to be read) stays as it is.
///
/// # Errors
/// When it cannot be written.
pub fn record_flaws(session: &mut Session, round: Id) -> Result<Update> {
    let (_, snapshot) = session.snapshot(round)?;
    if session.is_read_only() || snapshot.assessment.frozen {
        let figures = session.look(round)?;
        return Ok(Update::of(None, session.env.now(), Vec::new(), figures));
    }
    let seen = |e: &Evidence| -> Option<Flaw> { *session.flaws.get(&e.sha256)? };
    let unnamed = snapshot.evidence.iter().filter(|e| e.kind == EvidenceKind::File && e.flaw.is_none());
    let edits: Vec<Edit> =
        unnamed.filter_map(|e| Some(Edit::Evidence(Evidence { flaw: Some(seen(e)?), ..e.clone() }))).collect();
    session.commit(round, Action::LookIntoEvidence, &edits)
}
