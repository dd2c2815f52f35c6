//! Remediation tasks: make, edit, move through their life cycle.

use crate::days::day;
use crate::fields::{hinted, line, required_line, text};
use crate::findings::number_of;
use crate::view::Update;
use crate::{Error, Result, Session, criteria};
use domain::{Action, Date, Entity, Id, Priority, Snapshot, Task, TaskKind, TaskState};
use serde::{Deserialize, Serialize};
use store::Edit;

/// What a task says; used to make a new one and to edit one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TaskDraft {
    /// The finding it answers; its item is taken then.
    pub finding: Option<Id>,
    /// Item code; needed without a finding.
    pub item: String,
    /// Correction or corrective action; by the finding's grade when absent.
    pub kind: Option<TaskKind>,
    /// What is to be done; required.
    pub title: String,
    /// How.
    pub detail: String,
    /// Who answers for it.
    pub owner: String,
    /// Due date.
    pub due: Option<Date>,
    /// Priority.
    pub priority: Priority,
}

/// What a move needs besides the new state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct Closure {
    /// What was achieved; required to close.
    pub result: String,
    /// Who verified; required to close, and not the owner.
    pub verifier: String,
    /// Evidence that proves the effect.
    pub proof: Vec<Id>,
}

/// Warning code: the due date lies before today.
pub const DUE_IN_THE_PAST: &str = "due_in_the_past";

/// Makes a task.
///
/// # Errors
/// When the finding or item is unknown, the title is empty or the round frozen.
pub fn add(session: &mut Session, round: Id, draft: &TaskDraft) -> Result<Update> {
    let task = Task {
        id: session.env.id(),
        assessment: round,
        number: session.workspace.next_number(Entity::Task, round)?,
        finding: None,
        item: String::new(),
        kind: TaskKind::Corrective,
        title: String::new(),
        detail: String::new(),
        owner: String::new(),
        due: None,
        agreed_due: draft.due,
        priority: Priority::Medium,
        state: TaskState::Todo,
        result: String::new(),
        verifier: String::new(),
        closed_at: None,
        proof: Vec::new(),
        reopened: 0,
        withdrawn: false,
    };
    save(session, round, task, draft, Action::AddTask)
}

/// Replaces what a task says.
///
/// # Errors
/// As [`add`], and when there is no such task.
pub fn edit(session: &mut Session, round: Id, task: Id, draft: &TaskDraft) -> Result<Update> {
    let (_, snapshot) = session.snapshot(round)?;
    let held = by_id(&snapshot, task)?.clone();
    save(session, round, held, draft, Action::EditTask)
}

fn save(session: &mut Session, round: Id, mut task: Task, draft: &TaskDraft, action: Action) -> Result<Update> {
    let (pack, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let finding = draft.finding.map(|id| crate::findings::by_id(&snapshot, id)).transpose()?;
    let code = finding.map_or(draft.item.as_str(), |f| f.item.as_str());
    task.item = criteria::recorded_item(session, &snapshot, &pack, code)?.code;
    task.finding = draft.finding;
    task.kind = draft.kind.unwrap_or_else(|| finding.map_or(TaskKind::Corrective, |f| TaskKind::for_grade(f.grade)));
    task.title = required_line("整改措施", &draft.title)?;
    task.detail = text("措施说明", &draft.detail)?;
    task.owner = line("责任人", &draft.owner)?;
    if task.state == TaskState::Closed {
        check_verifier(&task)?;
    }
    let moved = task.due != draft.due;
    task.due = day("完成期限", draft.due, task.due)?;
    task.agreed_due = task.agreed_due.or(draft.due);
    task.priority = draft.priority;
    let mut update = session.commit(round, action, &[Edit::Task(task)])?;
    // Legal (work may be late when it is first written down), but worth a word.
    if moved && draft.due.is_some_and(|due| due < session.env.today()) {
        update.warnings.push(DUE_IN_THE_PAST.to_owned());
    }
    Ok(hinted(update, draft))
}

/// Moves a task to another state. Reopening a closed one keeps what was written about its closure in the history, counts up
/// `reopened`, and leads back to 整改中.
///
/// # Errors
/// [`Error::Transition`] for a move the life cycle does not know; [`Error::Field`] when closing without result or verifier,
/// or when the verifier is the owner.
pub fn move_to(session: &mut Session, round: Id, task: Id, state: TaskState, closure: &Closure) -> Result<Update> {
    let (_, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let mut task = by_id(&snapshot, task)?.clone();
    if !task.state.next().contains(&state) {
        return Err(Error::Transition { task: task.label(), from: name(task.state), to: name(state) });
    }
    if !closure.result.trim().is_empty() {
        task.result = text("整改结果", &closure.result)?;
    }
    if !closure.verifier.trim().is_empty() {
        task.verifier = line("验证人", &closure.verifier)?;
    }
    for id in &closure.proof {
        crate::evidence::by_id(&snapshot, *id)?;
        if !task.proof.contains(id) {
            task.proof.push(*id);
        }
    }
    let reopening = task.state == TaskState::Closed;
    if state == TaskState::Closed {
        close(session, &mut task)?;
    }
    if reopening {
        task.reopened += 1;
        task.closed_at = None;
        task.verifier.clear();
        task.result.clear();
    }
    task.state = state;
    let action = if reopening { Action::ReopenTask } else { Action::MoveTask };
    Ok(hinted(session.commit(round, action, &[Edit::Task(task)])?, closure))
}

fn close(session: &Session, task: &mut Task) -> Result<()> {
    if task.result.trim().is_empty() {
        let expected =
            ("关闭任务前须写明做了什么、效果如何", "before closing, say what was done and what came of it").into();
        return Err(Error::Field { field: "整改结果", expected });
    }
    if task.verifier.trim().is_empty() {
        let expected = ("关闭任务前须写明验证人", "before closing, say who verified it").into();
        return Err(Error::Field { field: "验证人", expected });
    }
    check_verifier(task)?;
    task.closed_at = Some(session.env.now());
    Ok(())
}

pub(crate) fn check_verifier(task: &Task) -> Result<()> {
    if task.verifier.trim() == task.owner.trim() {
        let expected = ("应由责任人以外的人验证", "somebody other than the owner verifies").into();
        return Err(Error::Field { field: "验证人", expected });
    }
    Ok(())
}

/// Withdraws a task; it stays in the history.
///
/// # Errors
/// When there is no such task or the round is frozen.
pub fn withdraw(session: &mut Session, round: Id, task: Id) -> Result<Update> {
    let (_, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let held = by_id(&snapshot, task)?.clone();
    session.commit(round, Action::WithdrawTask, &[Edit::Task(Task { withdrawn: true, ..held })])
}

/// The task with this id.
///
/// # Errors
/// When there is none.
pub fn by_id(snapshot: &Snapshot, id: Id) -> Result<&Task> {
    snapshot
        .tasks
        .iter()
        .find(|t| t.id == id)
        .ok_or_else(|| Error::Unknown { what: "整改任务", key: id.to_string() })
}

/// The task with this label (`T-001`; case and leading zeros do not matter).
///
/// # Errors
/// When there is none.
pub fn by_label<'a>(snapshot: &'a Snapshot, label: &str) -> Result<&'a Task> {
    let number = number_of(label, "T-");
    snapshot
        .tasks
        .iter()
        .find(|t| Some(t.number) == number)
        .ok_or_else(|| Error::Unknown { what: "整改任务", key: label.to_owned() })
}

const fn name(state: TaskState) -> &'static str {
    match state {
        TaskState::Todo => "待整改",
        TaskState::Doing => "整改中",
        TaskState::ToVerify => "待验证",
        TaskState::Closed => "已关闭",
    }
}
