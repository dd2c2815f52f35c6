//! What goes into a commit and what comes out of it.

use crate::Result;
use crate::row::{Row, Stored, Table, to_row};
use domain::{
    Action, Answer, Assessment, Change, Entity, Evidence, Finding, Id, Instant, Link, ReportRecord, SignOff, Task,
};
use serde::Serialize;

/// Who does what, when: one use case, one step of undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub actor: String,
    /// When; kept for people, never used for ordering.
    pub at: Instant,
    /// Identity of the batch; each is used once.
    pub batch: Id,
    /// What.
    pub action: Action,
    /// The one round it touches.
    pub assessment: Id,
}

/// "This row shall look like this." The commit finds out what differs. Rows are keyed by their id, answers by (assessment, item),
/// links by (evidence, item); a row that is not there is created. Removing is setting `withdrawn`.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "edits live as long as one commit")]
pub enum Edit {
    /// A round.
    Assessment(Assessment),
    /// An answer.
    Answer(Answer),
    /// A proof.
    Evidence(Evidence),
    /// What a proof is linked to.
    Link(Link),
    /// A finding.
    Finding(Finding),
    /// A task.
    Task(Task),
    /// A signature.
    SignOff(SignOff),
    /// An exported report.
    Report(ReportRecord),
}

impl Edit {
    /// The round it belongs to.
    #[must_use]
    pub fn assessment(&self) -> Id {
        match self {
            Self::Assessment(row) => row.id,
            Self::Answer(row) => row.assessment,
            Self::Evidence(row) => row.assessment,
            Self::Link(row) => row.assessment,
            Self::Finding(row) => row.assessment,
            Self::Task(row) => row.assessment,
            Self::SignOff(row) => row.assessment,
            Self::Report(row) => row.assessment,
        }
    }

    pub(crate) fn parts(&self) -> Result<(&'static Table, Row)> {
        fn of<T: Stored>(value: &T) -> Result<(&'static Table, Row)> {
            Ok((T::TABLE, to_row(value)?))
        }
        match self {
            Self::Assessment(row) => of(row),
            Self::Answer(row) => of(row),
            Self::Evidence(row) => of(row),
            Self::Link(row) => of(row),
            Self::Finding(row) => of(row),
            Self::Task(row) => of(row),
            Self::SignOff(row) => of(row),
            Self::Report(row) => of(row),
        }
    }
}

/// What a commit did. No changes means that nothing differed and nothing was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The batch.
    pub batch: Id,
    /// Its action; undo or redo for those.
    pub action: Action,
    /// One per field that changed, in the order of the log.
    pub changes: Vec<Change>,
}

/// What undo or redo would take back or bring back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BatchLabel {
    /// The batch.
    pub batch: Id,
    /// What it did.
    pub action: String,
    /// Who did it.
    pub actor: String,
    /// When.
    pub at: Instant,
    /// How many rows it touched.
    pub rows: u32,
    /// The first few of them.
    pub subjects: Vec<Subject>,
}

/// A row that a batch touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Subject {
    /// Which table.
    pub entity: Entity,
    /// Which row.
    pub key: String,
    /// The item it is about, where there is one.
    pub item: Option<String>,
}
