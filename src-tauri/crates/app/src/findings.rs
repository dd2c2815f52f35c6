//! Findings: record, edit, withdraw.

use crate::fields::{hinted, line, text};
use crate::view::Update;
use crate::{Error, Result, Session, criteria};
use domain::{Action, Entity, Finding, Grade, Id, Snapshot, Task};
use serde::{Deserialize, Serialize};
use store::Edit;

/// What a finding says; used to record a new one and to edit one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FindingDraft {
    /// Item code.
    pub item: String,
    /// Grade.
    pub grade: Grade,
    /// The fact; required.
    pub fact: String,
    /// Criterion; the item's requirement when empty.
    pub criterion: String,
    /// Root cause; may follow later.
    pub cause: String,
    /// Department concerned.
    pub department: String,
}

/// Records a finding.
///
/// # Errors
/// When the item is unknown, the fact is empty or the round frozen.
pub fn add(session: &mut Session, round: Id, draft: &FindingDraft) -> Result<Update> {
    let number = session.workspace.next_number(Entity::Finding, round)?;
    let finding = Finding {
        id: session.env.id(),
        assessment: round,
        number,
        item: String::new(),
        grade: draft.grade,
        fact: String::new(),
        criterion: String::new(),
        cause: String::new(),
        department: String::new(),
        found_by: session.env.actor.clone(),
        found_on: session.env.today(),
        withdrawn: false,
    };
    save(session, round, finding, draft, Action::AddFinding)
}

/// Replaces what a finding says. When it moves to another item, its tasks move along.
///
/// # Errors
/// As [`add`], and when there is no such finding.
pub fn edit(session: &mut Session, round: Id, finding: Id, draft: &FindingDraft) -> Result<Update> {
    let (_, snapshot) = session.snapshot(round)?;
    let held = by_id(&snapshot, finding)?.clone();
    save(session, round, held, draft, Action::EditFinding)
}

fn save(
    session: &mut Session,
    round: Id,
    mut finding: Finding,
    draft: &FindingDraft,
    action: Action,
) -> Result<Update> {
    let (pack, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let item = criteria::recorded_item(session, &snapshot, &pack, &draft.item)?;
    let fact = text("事实描述", &draft.fact)?;
    if fact.trim().is_empty() {
        let expected = ("须写清时间、地点、记录和对象", "say when, where, which record and who").into();
        return Err(Error::Field { field: "事实描述", expected });
    }
    let criterion = text("判定依据", &draft.criterion)?;
    finding.item.clone_from(&item.code);
    finding.grade = draft.grade;
    finding.fact = fact;
    finding.criterion = if criterion.trim().is_empty() { item.requirement.clone() } else { criterion };
    finding.cause = text("原因分析", &draft.cause)?;
    finding.department = line("责任部门", &draft.department)?;
    // A task that answers a finding is about the finding's item, also when the finding moves to another one.
    let moved = snapshot.tasks_for(finding.id).filter(|t| t.item != finding.item);
    let moved: Vec<_> = moved.map(|t| Edit::Task(Task { item: finding.item.clone(), ..t.clone() })).collect();
    let mut edits = vec![Edit::Finding(finding)];
    edits.extend(moved);
    Ok(hinted(session.commit(round, action, &edits)?, draft))
}

/// Withdraws a finding; it stays in the history. Its tasks are withdrawn along with it.
///
/// # Errors
/// When there is no such finding or the round is frozen.
pub fn withdraw(session: &mut Session, round: Id, finding: Id) -> Result<Update> {
    let (_, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let held = by_id(&snapshot, finding)?.clone();
    let mut edits = vec![Edit::Finding(Finding { withdrawn: true, ..held })];
    edits.extend(snapshot.tasks_for(finding).map(|t| Edit::Task(Task { withdrawn: true, ..t.clone() })));
    session.commit(round, Action::WithdrawFinding, &edits)
}

/// The finding with this id.
///
/// # Errors
/// When there is none.
pub fn by_id(snapshot: &Snapshot, id: Id) -> Result<&Finding> {
    snapshot.findings.iter().find(|f| f.id == id).ok_or_else(|| Error::Unknown { what: "发现", key: id.to_string() })
}

/// The finding with this label (`NC-01`; case and leading zeros do not matter).
///
/// # Errors
/// When there is none.
pub fn by_label<'a>(snapshot: &'a Snapshot, label: &str) -> Result<&'a Finding> {
    let number = number_of(label, "NC-");
    snapshot
        .findings
        .iter()
        .find(|f| Some(f.number) == number)
        .ok_or_else(|| Error::Unknown { what: "发现", key: label.to_owned() })
}

/// `NC-007` → 7.
pub(crate) fn number_of(label: &str, prefix: &str) -> Option<u32> {
    let label = label.trim();
    label
        .get(..prefix.len())
        .filter(|p| p.eq_ignore_ascii_case(prefix))
        .and_then(|_| label[prefix.len()..].parse().ok())
}
