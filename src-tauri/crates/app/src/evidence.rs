//! Evidence: records of what was seen, links to items, edit, withdraw, verify; files have a module of their own.

mod again;
mod files;
mod look;
mod received;

pub use again::{look_again, record_flaws};
pub use files::{
    OnImport, SHOWS_NOTHING, Taken, add_bytes, add_files, add_stored, check_files, check_replacement, media_type,
    replace, replace_stored, take_in,
};
pub use received::{FileOutcome, Received};

use crate::days::day;
use crate::fields::{hinted, line, required_line, text};
use crate::view::{FigureChanges, Update};
use crate::{Error, Result, Session};
use domain::{Action, CriteriaPack, Date, Entity, Evidence, EvidenceKind, Id, Link, Snapshot};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::sync::Arc;
use store::Edit;

/// What is said about a piece of evidence; used to add and to edit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct EvidenceDraft {
    /// Title; the file name when empty.
    pub title: String,
    /// Address or place.
    pub location: String,
    /// Notes.
    pub text: String,
    /// Valid from, or made on.
    pub effective: Option<Date>,
    /// Valid until.
    pub expires: Option<Date>,
    /// Where in the file to look, for the items named along with it.
    pub locator: String,
}

impl EvidenceDraft {
    /// What is recorded of it; the locator belongs to a link and is recorded there.
    pub(crate) fn of(held: &Evidence) -> Self {
        Self {
            title: held.title.clone(),
            location: held.location.clone(),
            text: held.text.clone(),
            effective: held.effective,
            expires: held.expires,
            locator: String::new(),
        }
    }
}

/// Adds a link, record, interview or observation.
///
/// # Errors
/// When an item is unknown, the title is empty, or the kind is a file.
pub fn add_record(
    session: &mut Session,
    round: Id,
    items: &[String],
    kind: EvidenceKind,
    draft: &EvidenceDraft,
) -> Result<Update> {
    let (pack, _) = writable(session, round)?;
    known_items(&pack, items)?;
    if kind == EvidenceKind::File {
        return Err(Error::Field {
            field: "证据类型",
            expected: ("文件证据须选择文件", "evidence that is a file needs one").into(),
        });
    }
    required_line("证据标题", &draft.title)?;
    let number = session.workspace.next_number(Entity::Evidence, round)?;
    let evidence = described(blank(session, round, number, kind), draft)?;
    let mut edits = links(round, evidence.id, items, &draft.locator)?;
    edits.insert(0, Edit::Evidence(evidence));
    Ok(hinted(session.commit(round, Action::AddEvidence, &edits)?, draft))
}

/// Replaces what is said about a piece of evidence (the content stays).
///
/// # Errors
/// When there is none, a field is refused or the round is frozen.
pub fn edit(session: &mut Session, round: Id, evidence: Id, draft: &EvidenceDraft) -> Result<Update> {
    let (_, snapshot) = writable(session, round)?;
    let held = by_id(&snapshot, evidence)?.clone();
    required_line("证据标题", &draft.title)?;
    Ok(hinted(session.commit(round, Action::EditEvidence, &[Edit::Evidence(described(held, draft)?)])?, draft))
}

/// Links evidence to items with a locator; existing links get the new locator.
///
/// # Errors
/// When evidence or an item is unknown or the round is frozen.
pub fn link(session: &mut Session, round: Id, evidence: Id, items: &[String], locator: &str) -> Result<Update> {
    let (pack, snapshot) = writable(session, round)?;
    known_items(&pack, items)?;
    by_id(&snapshot, evidence)?;
    Ok(hinted(session.commit(round, Action::LinkEvidence, &links(round, evidence, items, locator)?)?, &locator))
}

/// Takes a link away; it stays in the history.
///
/// # Errors
/// When there is no such link or the round is frozen.
pub fn unlink(session: &mut Session, round: Id, evidence: Id, item: &str) -> Result<Update> {
    let (_, snapshot) = writable(session, round)?;
    let link = snapshot
        .links
        .iter()
        .find(|l| l.evidence == evidence && l.item == item)
        .ok_or_else(|| Error::Unknown { what: "证据关联", key: item.to_owned() })?;
    session.commit(round, Action::UnlinkEvidence, &[Edit::Link(Link { withdrawn: true, ..link.clone() })])
}

/// Withdraws evidence, its links, and its mention as proof of a task's effect; content and history stay.
///
/// # Errors
/// When there is none or the round is frozen.
pub fn withdraw(session: &mut Session, round: Id, evidence: Id) -> Result<Update> {
    let (_, snapshot) = writable(session, round)?;
    let held = by_id(&snapshot, evidence)?.clone();
    let mut edits = vec![Edit::Evidence(Evidence { withdrawn: true, ..held })];
    let of_it = snapshot.links.iter().filter(|l| l.evidence == evidence);
    edits.extend(of_it.map(|l| Edit::Link(Link { withdrawn: true, ..l.clone() })));
    edits.extend(snapshot.tasks.iter().filter(|t| t.proof.contains(&evidence)).map(|t| {
        let mut task = t.clone();
        task.proof.retain(|id| *id != evidence);
        Edit::Task(task)
    }));
    session.commit(round, Action::WithdrawEvidence, &edits)
}

/// Hashes every evidence file of the round and answers with what is different in the figures now.
///
/// # Errors
/// [`Error::Cancelled`] when broken off.
pub fn verify(
    session: &mut Session,
    round: Id,
    on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<FigureChanges> {
    read_files(session, round, on)?;
    session.look(round)
}

/// The first part of [`verify`]: reads the files and remembers what was found. Takes long; a session aside may do it, and
/// [`Session::learn`] hands it over.
///
/// # Errors
/// As [`verify`].
pub fn read_files(session: &mut Session, round: Id, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<()> {
    let (_, snapshot) = session.snapshot(round)?;
    let states = session.workspace.verify_files(&snapshot.evidence, on)?;
    session.remember_verified(&snapshot, &states);
    Ok(())
}

/// The evidence with this id.
///
/// # Errors
/// When there is none.
pub fn by_id(snapshot: &Snapshot, id: Id) -> Result<&Evidence> {
    snapshot.evidence.iter().find(|e| e.id == id).ok_or_else(|| Error::Unknown { what: "证据", key: id.to_string() })
}

/// The evidence with this label (`EV-0001`; case and leading zeros do not matter).
///
/// # Errors
/// When there is none.
pub fn by_label<'a>(snapshot: &'a Snapshot, label: &str) -> Result<&'a Evidence> {
    let number = crate::findings::number_of(label, "EV-");
    snapshot
        .evidence
        .iter()
        .find(|e| Some(e.number) == number)
        .ok_or_else(|| Error::Unknown { what: "证据", key: label.to_owned() })
}

fn writable(session: &mut Session, round: Id) -> Result<(Arc<CriteriaPack>, Arc<Snapshot>)> {
    session.may_write()?;
    let (pack, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen { Err(Error::Frozen) } else { Ok((pack, snapshot)) }
}

fn known_items(pack: &CriteriaPack, items: &[String]) -> Result<()> {
    items.iter().find(|code| pack.item(code).is_none()).map_or(Ok(()), |code| Err(Error::UnknownItem(code.clone())))
}

fn blank(session: &Session, round: Id, number: u32, kind: EvidenceKind) -> Evidence {
    Evidence {
        id: session.env.id(),
        assessment: round,
        number,
        kind,
        title: String::new(),
        file_name: String::new(),
        media_type: String::new(),
        size_bytes: String::new(),
        sha256: String::new(),
        location: String::new(),
        text: String::new(),
        effective: None,
        expires: None,
        added_by: session.env.actor.clone(),
        added_at: session.env.now(),
        withdrawn: false,
        flaw: None,
    }
}

/// Refuses a draft before a file is copied for it.
/// `held` is the validity it has already.
fn check(draft: &EvidenceDraft, held: [Option<Date>; 2]) -> Result<()> {
    line("证据标题", &draft.title)?;
    line("位置", &draft.location)?;
    text("证据说明", &draft.text)?;
    line("定位", &draft.locator)?;
    day("有效期", draft.effective, held[0])?;
    day("有效期", draft.expires, held[1])?;
    if let (Some(from), Some(to)) = (draft.effective, draft.expires)
        && from > to
    {
        let expected = (
            format!("生效日期 {from} 不应晚于失效日期 {to}"),
            format!("the first day {from} must not come after the last one {to}"),
        );
        return Err(Error::Field { field: "有效期", expected: expected.into() });
    }
    Ok(())
}

pub(crate) fn described(mut evidence: Evidence, draft: &EvidenceDraft) -> Result<Evidence> {
    check(draft, [evidence.effective, evidence.expires])?;
    evidence.title = line("证据标题", &draft.title)?;
    evidence.location = line("位置", &draft.location)?;
    evidence.text = text("证据说明", &draft.text)?;
    evidence.effective = draft.effective;
    evidence.expires = draft.expires;
    Ok(evidence)
}

fn links(round: Id, evidence: Id, items: &[String], locator: &str) -> Result<Vec<Edit>> {
    let locator = line("定位", locator)?;
    Ok(items
        .iter()
        .map(|item| {
            Edit::Link(Link {
                evidence,
                assessment: round,
                item: item.clone(),
                locator: locator.clone(),
                withdrawn: false,
            })
        })
        .collect())
}
