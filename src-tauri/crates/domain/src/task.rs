//! Remediation tasks and their life cycle.

use crate::{Date, Grade, Id, Instant};
use serde::{Deserialize, Serialize};

/// A remediation task (整改任务).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Identity.
    pub id: Id,
    /// The round.
    pub assessment: Id,
    /// Running number in the round; shown as `T-001`.
    pub number: u32,
    /// The finding it answers, if any.
    pub finding: Option<Id>,
    /// Item code.
    pub item: String,
    /// Correction (纠正) or corrective action (纠正措施).
    pub kind: TaskKind,
    /// What is to be done.
    pub title: String,
    /// How.
    pub detail: String,
    /// Who answers for it; empty = nobody yet.
    pub owner: String,
    /// Current due date.
    pub due: Option<Date>,
    /// Due date first agreed on; stays when `due` slips.
    pub agreed_due: Option<Date>,
    /// How urgent.
    pub priority: Priority,
    /// Where it stands.
    pub state: TaskState,
    /// What was achieved; compulsory to close.
    pub result: String,
    /// Who verified the closure; compulsory to close, and not the owner.
    pub verifier: String,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Evidence ids that prove the effect.
    pub proof: Vec<Id>,
    /// How often it was reopened.
    pub reopened: u32,
    /// Tombstone.
    pub withdrawn: bool,
}

impl Task {
    /// `T-001`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("T-{:03}", self.number)
    }

    /// Whether it is still open and due today or within a week.
    #[must_use]
    pub fn is_due_soon(&self, today: Date) -> bool {
        let week = today + chrono::Days::new(7);
        self.state != TaskState::Closed && self.due.is_some_and(|due| today <= due && due <= week)
    }

    /// Whether it is still open and its due date lies before `today`.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state != TaskState::Closed && self.due.is_some_and(|due| due < today)
    }
}

/// What kind of remedy it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum TaskKind {
    /// 纠正: repairs the case at hand.
    Correction,
    /// 纠正措施: removes the cause.
    #[default]
    Corrective,
}

impl TaskKind {
    /// What a finding of this grade asks for.
    #[must_use]
    pub const fn for_grade(grade: Grade) -> Self {
        if grade.is_nonconformity() { Self::Corrective } else { Self::Correction }
    }
}

/// How urgent a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// 高
    High,
    /// 中
    #[default]
    Medium,
    /// 低
    Low,
}

impl Priority {
    /// All of them, most urgent first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// What a finding of this grade asks for, until somebody says otherwise.
    #[must_use]
    pub const fn for_grade(grade: Grade) -> Self {
        match grade {
            Grade::Major => Self::High,
            Grade::Minor | Grade::Observation | Grade::Opportunity | Grade::GoodPractice => Self::Medium,
        }
    }
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum TaskState {
    /// 待整改
    #[default]
    Todo,
    /// 整改中
    Doing,
    /// 待验证
    ToVerify,
    /// 已关闭
    Closed,
}

impl TaskState {
    /// All states, in the order of the board.
    pub const ALL: [Self; 4] = [Self::Todo, Self::Doing, Self::ToVerify, Self::Closed];

    /// The states a task may go to from here. A closed task can only be reopened, which leads back to 整改中.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Todo => &[Self::Doing, Self::ToVerify],
            Self::Doing => &[Self::Todo, Self::ToVerify],
            Self::ToVerify => &[Self::Doing, Self::Closed],
            Self::Closed => &[Self::Doing],
        }
    }
}
