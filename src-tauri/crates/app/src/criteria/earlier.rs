//! Criteria that a round had before: the items that are gone, and the texts that verdicts were given for.

use crate::{Error, Result, Session};
use domain::pack::{Item, PartChange, part_changes};
use domain::{CriteriaPack, Id, Lang, PackIdentity, Snapshot};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An item as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ItemComparison {
    /// Its code.
    pub code: String,
    /// The code it had.
    pub code_before: String,
    /// The criteria it was in.
    pub before: PackIdentity,
    /// The parts that changed.
    pub parts: Vec<PartChange>,
}

/// The text that the verdict of an item was given for beside the one it has now; `None` when it waits for no confirmation.
///
/// # Errors
/// [`Error::UnknownItem`]; when the round cannot be read.
pub fn to_confirm(session: &mut Session, round: Id, code: &str, lang: Lang) -> Result<Option<ItemComparison>> {
    let (pack, snapshot) = session.snapshot(round)?;
    let now = pack.item(code).ok_or_else(|| Error::UnknownItem(code.to_owned()))?;
    let Some((code_before, sha256)) = snapshot.answer(code).and_then(|answer| answer.earlier_text()) else {
        return Ok(None);
    };
    let before = session.pack(sha256)?;
    let old = before.item(code_before).ok_or_else(|| Error::UnknownItem(code_before.to_owned()))?;
    Ok(Some(comparison(&before, old, now, lang)))
}

/// An item of the round's criteria beside what others would make of it; `None` when it would ask the same.
///
/// # Errors
/// [`Error::UnknownItem`]; when the round cannot be read.
pub fn to_change(
    session: &mut Session,
    round: Id,
    to: &CriteriaPack,
    code: &str,
    lang: Lang,
) -> Result<Option<ItemComparison>> {
    let (from, _) = session.snapshot(round)?;
    let fates = domain::pack::difference(&from, to);
    let fate = fates.iter().find(|fate| fate.now().is_some_and(|now| now.code == code));
    let fate = fate.ok_or_else(|| Error::UnknownItem(code.to_owned()))?;
    Ok(fate
        .before()
        .zip(fate.now())
        .map(|(old, now)| comparison(&from, old, now, lang))
        .filter(|c| !c.parts.is_empty()))
}

fn comparison(before: &CriteriaPack, old: &Item, now: &Item, lang: Lang) -> ItemComparison {
    ItemComparison {
        code: now.code.clone(),
        code_before: old.code.clone(),
        before: PackIdentity::of(before),
        parts: part_changes(old, now, lang),
    }
}

/// The item that something is said about: of the criteria, or one that they no longer hold and that something is recorded on.
///
/// # Errors
/// [`Error::UnknownItem`].
pub(crate) fn recorded_item(
    session: &mut Session,
    snapshot: &Snapshot,
    pack: &CriteriaPack,
    code: &str,
) -> Result<Item> {
    if let Some(item) = pack.item(code) {
        return Ok(item.clone());
    }
    let gone = archived(session, snapshot, pack)?.into_iter().find(|item| item.code == code);
    gone.ok_or_else(|| Error::UnknownItem(code.to_owned()))
}

/// Items that something is recorded on and that the criteria of a round no longer hold, as they were last.
///
/// # Errors
/// When the round cannot be read.
pub fn archived(session: &mut Session, snapshot: &Snapshot, pack: &CriteriaPack) -> Result<Vec<Item>> {
    let answers = snapshot.answers.iter().map(|a| &a.item);
    let links = snapshot.links.iter().map(|l| &l.item);
    let findings = snapshot.findings.iter().map(|f| &f.item);
    let recorded = answers.chain(links).chain(findings).chain(snapshot.tasks.iter().map(|t| &t.item));
    let asked: std::collections::HashSet<&str> = pack.items.iter().map(|i| i.code.as_str()).collect();
    let gone: BTreeSet<&str> = recorded.map(String::as_str).filter(|code| !asked.contains(code)).collect();
    let mut items = Vec::new();
    for code in gone {
        items.extend(session.former_item(snapshot.assessment.id, code)?.map(|(_, item)| item));
    }
    Ok(items)
}
