//! What the readers of the app see: plain data, ready for JSON.

use domain::{
    Answer, Assessment, Defect, Evidence, FileState, Finding, Id, Link, Readiness, ReportRecord, Score, SignOff,
    Snapshot, Task,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything about one round, for a window that has just opened it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Round {
    /// What was recorded.
    pub snapshot: Snapshot,
    /// Its root.
    pub root: String,
    /// Figures that follow from it.
    pub figures: Figures,
    /// Signatures, withdrawn ones left out.
    pub sign_offs: Vec<SignOff>,
    /// Exported reports, oldest first.
    pub reports: Vec<ReportRecord>,
    /// Whether nothing can be changed: read-only media, or a signed round that is not what was signed.
    pub read_only: bool,
}

/// What follows from a snapshot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Figures {
    /// The one score.
    pub score: Score,
    /// Score of the round before, measured with this round's criteria and profile; `None` when there was none.
    pub before: Option<Score>,
    /// Outcome and rules.
    pub readiness: Readiness,
    /// Gate defects.
    pub defects: Vec<Defect>,
    /// What the disk says about evidence files (a glance: existence and size, or the last full verification).
    pub files: BTreeMap<Id, FileState>,
    /// What undo would undo.
    pub undo: Option<Step>,
    /// What redo would redo.
    pub redo: Option<Step>,
}

/// One step of undo or redo, in words of the code; the UI turns it into a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Step {
    /// `mark`, `note` …
    pub action: String,
    /// The first few items concerned.
    pub items: Vec<String>,
    /// Number of rows touched.
    pub rows: u32,
}

/// Answer of every verb that writes: the rows that changed, as they are now (tombstones included), and the new figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Update {
    /// The batch, or `None` when nothing differed and nothing was written.
    pub batch: Option<Id>,
    /// When it was on disk.
    pub saved_at: domain::Instant,
    /// The round's own row, when it changed.
    pub assessment: Option<Assessment>,
    /// Answers that changed.
    pub answers: Vec<Answer>,
    /// Evidence that changed.
    pub evidence: Vec<Evidence>,
    /// Links that changed.
    pub links: Vec<Link>,
    /// Findings that changed.
    pub findings: Vec<Finding>,
    /// Tasks that changed.
    pub tasks: Vec<Task>,
    /// Signatures that changed.
    pub sign_offs: Vec<SignOff>,
    /// Reports that changed.
    pub reports: Vec<ReportRecord>,
    /// Figures after the change.
    pub figures: Figures,
    /// Things the user should know though nothing was refused, e.g. a due date before today: stable codes.
    pub warnings: Vec<String>,
}

/// What a new round is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct NewRound {
    /// The organisation; required.
    pub organization: String,
    /// Title; made from organisation and year when empty.
    pub title: String,
    /// `gap` = 差距分析, otherwise 内部自评.
    pub gap: bool,
    /// What is covered.
    pub scope: String,
    /// Sites.
    pub sites: Vec<String>,
    /// First day of the period.
    pub period_from: Option<domain::Date>,
    /// Last day of the period.
    pub period_to: Option<domain::Date>,
    /// Assessors.
    pub team: Vec<domain::Member>,
    /// Conditions that hold; items of other conditions are proposed as 不适用.
    pub conditions: Option<Vec<String>>,
    /// The round before.
    pub predecessor: Option<Id>,
    /// Scoring profile; the pack's default when empty.
    pub profile: String,
    /// Confidentiality mark.
    pub confidentiality: String,
}
