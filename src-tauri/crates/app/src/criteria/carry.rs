//! What becomes of what was recorded when an item becomes another one: it goes along.

use crate::conditions::{self, Asked};
use crate::{Result, Session};
use domain::pack::{Fate, Item, asks_the_same};
use domain::{Answer, CriteriaPack, Finding, Id, Link, Review, Snapshot, Task};
use store::Edit;

/// What becomes of the answer to an item that the new criteria ask.
pub(super) fn follow(
    session: &mut Session,
    snapshot: &Snapshot,
    from: &CriteriaPack,
    fate: Fate<'_>,
    now: &Item,
    edits: &mut Vec<Edit>,
) -> Result<()> {
    let round = snapshot.assessment.id;
    let code = fate.before().map_or(now.code.as_str(), |old| &old.code);
    let held = snapshot.answer(code);
    let mut answer = match held {
        Some(held) => {
            let given_for = text_of(session, round, from, fate, held)?;
            carried(held, now, given_for)
        }
        None => Answer::blank(round, &now.code),
    };
    let conditions = snapshot.assessment.conditions.as_deref();
    let before = fate.before().is_none_or(|old| old.applies.holds(conditions));
    let after = now.applies.holds(conditions);
    if before != after
        && let Some((_, becomes)) =
            conditions::consequence(&session.env, answer.clone(), now, after, Asked::ByNewCriteria)
    {
        answer = becomes;
    }
    if Some(&answer) != snapshot.answer(&now.code) && !(held.is_none() && answer.is_blank()) {
        edits.push(Edit::Answer(answer));
    }
    Ok(())
}

/// The text that an answer was given for, and whether it asks what `now` asks: its name when it does not.
fn text_of(
    session: &mut Session,
    round: Id,
    from: &CriteriaPack,
    fate: Fate<'_>,
    held: &Answer,
) -> Result<Option<String>> {
    let Some(now) = fate.now() else { return Ok(None) };
    let differs = |old: &Item, sha256: &str| (!asks_the_same(old, now)).then(|| Answer::text_name(&old.code, sha256));
    if let Some((code, sha256)) = held.earlier_text() {
        let then = session.pack(sha256)?;
        return Ok(then.item(code).map_or_else(|| Some(held.given_for.clone()), |old| differs(old, sha256)));
    }
    if let Some(old) = fate.before() {
        return Ok(differs(old, &from.sha256));
    }
    // It was withdrawn by an earlier update, with its answer, and is asked again.
    Ok(session.former_item(round, &held.item)?.and_then(|(pack, old)| differs(&old, &pack)))
}

/// An answer as an item's new text takes it over: what was ticked goes where it is no longer asked for, and a verdict that was given
/// for another text waits to be confirmed.
fn carried(held: &Answer, now: &Item, given_for: Option<String>) -> Answer {
    let mut answer = Answer { item: now.code.clone(), ..held.clone() };
    answer.ticks.retain(|tick| now.evidence.contains(tick));
    // A proposal waits for its confirmation anyway.
    answer.given_for = given_for.filter(|_| held.verdict.is_some() && !held.proposed).unwrap_or_default();
    if answer.awaits_confirmation() && !held.awaits_confirmation() {
        // A second look was at the verdict on the text of then.
        answer.review = Review::Open;
    }
    answer
}

/// What else is recorded under a code, under its new one; nothing is left under the old one.
pub(super) fn moved(snapshot: &Snapshot, from: &str, to: &str) -> Vec<Edit> {
    let round = snapshot.assessment.id;
    let item = || to.to_owned();
    let answer = snapshot.answer(from).map(|_| Edit::Answer(Answer::blank(round, from)));
    let links = snapshot.links.iter().filter(|l| l.item == from).flat_map(|link| {
        [Link { withdrawn: true, ..link.clone() }, Link { item: item(), ..link.clone() }].map(Edit::Link)
    });
    let findings = snapshot.findings_of(from).map(|f| Edit::Finding(Finding { item: item(), ..f.clone() }));
    let tasks = snapshot.tasks_of(from).map(|t| Edit::Task(Task { item: item(), ..t.clone() }));
    answer.into_iter().chain(links).chain(findings).chain(tasks).collect()
}
