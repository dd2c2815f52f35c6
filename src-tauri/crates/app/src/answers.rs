//! Marking items.

use crate::fields::{hinted, text};
use crate::view::Update;
use crate::{Env, Error, Result, Session, upkeep};
use domain::pack::Item;
use domain::{Action, Answer, Id, Review, Verdict};
use serde::{Deserialize, Serialize};
use store::Edit;

/// What to set on the answers of one or more items; absent fields stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct AnswerPatch {
    /// Set the verdict.
    pub verdict: Option<Verdict>,
    /// Take the verdict away (back to 未评估). Wins over `verdict`.
    pub clear: bool,
    /// Replace the note.
    pub note: Option<String>,
    /// Replace the reason.
    pub reason: Option<String>,
    /// Replace the ticked evidence names.
    pub ticks: Option<Vec<String>>,
    /// Set the review state.
    pub review: Option<Review>,
    /// Replace the reviewer's note.
    pub review_note: Option<String>,
}

/// One item and what to set on it; a pasted column is a list of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ItemPatch {
    /// Item code.
    pub item: String,
    /// What to set.
    pub patch: AnswerPatch,
}

/// Sets the same on several items, as one undo step.
///
/// # Errors
/// [`Error::UnknownItem`]; [`Error::ReasonMissing`] when 不适用 is set and neither the patch nor the answer holds a reason.
/// Nothing is written then.
pub fn mark(session: &mut Session, round: Id, items: &[String], patch: &AnswerPatch) -> Result<Update> {
    let patches: Vec<_> = items.iter().map(|item| ItemPatch { item: item.clone(), patch: patch.clone() }).collect();
    mark_each(session, round, &patches)
}

/// Sets something on each of several items, as one undo step: all or nothing.
///
/// # Errors
/// As [`mark`].
pub fn mark_each(session: &mut Session, round: Id, patches: &[ItemPatch]) -> Result<Update> {
    let (pack, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    // A pasted column may name an item twice; the second patch goes on top of the first.
    let mut answers: Vec<Answer> = Vec::new();
    for wanted in patches {
        let item = pack.item(&wanted.item).ok_or_else(|| Error::UnknownItem(wanted.item.clone()))?;
        let before = answers.iter().position(|a| a.item == item.code).map(|at| answers.remove(at));
        let held = before.or_else(|| snapshot.answer(&item.code).cloned());
        let held = held.unwrap_or_else(|| Answer::blank(round, &item.code));
        answers.push(patched(&session.env, item, held, &wanted.patch)?);
    }
    // The session keeps its snapshot up to date, and would have to copy all of it for this one.
    drop(snapshot);
    let edits: Vec<_> = answers.into_iter().map(Edit::Answer).collect();
    let failed = upkeep::before_bulk(session, edits.len());
    let mut update = session.commit(round, action(patches), &edits)?;
    update.warnings.extend(failed);
    Ok(hinted(update, &patches))
}

/// The word in the log: what the batch mostly is about.
fn action(patches: &[ItemPatch]) -> Action {
    match patches.first().map(|p| &p.patch) {
        Some(p) if p.clear || p.verdict.is_some() => Action::Mark,
        Some(p) if p.note.is_some() => Action::Note,
        Some(p) if p.reason.is_some() => Action::Reason,
        Some(p) if p.ticks.is_some() => Action::Tick,
        Some(p) if p.review.is_some() || p.review_note.is_some() => Action::Review,
        _ => Action::Mark,
    }
}

pub(crate) fn patched(env: &Env, item: &Item, mut answer: Answer, patch: &AnswerPatch) -> Result<Answer> {
    if let Some(note) = &patch.note {
        answer.note = text("评估记录", note)?;
    }
    if let Some(reason) = &patch.reason {
        answer.reason = text("不适用理由", reason)?;
    }
    if let Some(ticks) = &patch.ticks {
        answer.ticks.clone_from(ticks);
        answer.ticks.retain(|t| item.evidence.contains(t));
        answer.ticks.sort();
        answer.ticks.dedup();
    }
    // Whoever says anything of the verdict has looked.
    if patch.clear || patch.verdict.is_some() || patch.reason.is_some() || patch.review.is_some() {
        answer.proposed = false;
    }
    // To give the same verdict once more is to confirm it for what the item asks now.
    let confirms = answer.awaits_confirmation() && (patch.clear || patch.verdict.is_some());
    if confirms {
        answer.given_for.clear();
    }
    let verdict = if patch.clear { None } else { patch.verdict.or(answer.verdict) };
    if verdict != answer.verdict || confirms {
        answer.verdict = verdict;
        answer.assessor = verdict.map(|_| env.actor.clone()).unwrap_or_default();
        answer.assessed_at = verdict.map(|_| env.now());
        // A second look was at the verdict that stood then.
        answer.review = Review::Open;
    }
    if let Some(review) = patch.review {
        answer.review = review;
    }
    if let Some(note) = &patch.review_note {
        answer.review_note = text("复核意见", note)?;
    }
    let needs_reason = patch.verdict == Some(Verdict::NotApplicable) || patch.reason.is_some();
    if needs_reason && answer.verdict == Some(Verdict::NotApplicable) && answer.reason.trim().is_empty() {
        return Err(Error::ReasonMissing(item.code.clone()));
    }
    Ok(answer)
}
