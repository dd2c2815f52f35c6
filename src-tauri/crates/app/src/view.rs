//! What the readers of the app see: plain data, ready for JSON.

use crate::evidence::Received;
use domain::{Defect, FileState, Id, Readiness, ReportRecord, Score, SignOff, Snapshot};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Edit;

/// Everything about one round, for a window that has just opened it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Round {
    /// What was recorded.
    pub snapshot: Snapshot,
    /// Figures that follow from it.
    pub figures: Figures,
    /// Signatures, withdrawn ones left out.
    pub sign_offs: Vec<SignOff>,
    /// Exported reports, oldest first.
    pub reports: Vec<ReportRecord>,
    /// Items that something is recorded on and that the criteria no longer hold.
    pub archived: Vec<domain::pack::Item>,
    /// What the criteria are called that the round has or had, the latest first.
    pub criteria: Vec<domain::PackIdentity>,
    /// Version of the program's criteria, where those of the round are an earlier edition of them.
    pub newer_criteria: Option<String>,
    /// Whether nothing can be changed: read-only media, or a signed round that is not what was signed.
    pub read_only: bool,
}

/// What follows from a snapshot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Figures {
    /// Rises by one each time; [`FigureChanges`] name the one that they build on.
    pub version: u32,
    /// The one score.
    pub score: Score,
    /// Score of the round before, measured with this round's criteria and profile; `None` when there was none.
    pub before: Option<Score>,
    /// Outcome and rules.
    pub readiness: Readiness,
    /// Gate defects.
    pub defects: Vec<Defect>,
    /// Findings that are open, by number.
    pub open_findings: Vec<Id>,
    /// Open tasks that are due today or within a week, by number.
    pub due_soon: Vec<Id>,
    /// The items that fall short most, worst first: as many as an overview shows.
    pub gaps: Vec<Gap>,
    /// What the disk says about evidence files (a glance: existence and size, or the last full verification).
    pub files: BTreeMap<Id, FileState>,
    /// What undo would undo.
    pub undo: Option<Step>,
    /// What redo would redo.
    pub redo: Option<Step>,
}

/// What is different in the [`Figures`] since they were answered with last: a key press is not answered with all that is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FigureChanges {
    /// Version of the figures that this builds on; 0 = on none. Who holds another version reads the round again.
    pub since: u32,
    /// Version of the figures with this in them.
    pub version: u32,
    /// The score, when it is another.
    pub score: Option<Score>,
    /// Score of the round before, when it is another (under another profile).
    pub before: Option<Score>,
    /// Outcome and rules, when they are others.
    pub readiness: Option<Readiness>,
    /// Where the list of defects differs, in the order of the list.
    pub defects: Vec<Splice>,
    /// Findings that are open, when they are others.
    pub open_findings: Option<Vec<Id>>,
    /// Tasks that are due soon, when they are others.
    pub due_soon: Option<Vec<Id>>,
    /// The worst gaps, when they are others.
    pub gaps: Option<Vec<Gap>>,
    /// Evidence files whose state is another. What is withdrawn has none any more.
    pub files: BTreeMap<Id, FileState>,
    /// What undo would undo now.
    pub undo: Option<Step>,
    /// What redo would redo now.
    pub redo: Option<Step>,
}

impl FigureChanges {
    /// All of it, for whoever holds nothing.
    pub(crate) fn all(figures: &Figures) -> Self {
        Self {
            since: 0,
            version: figures.version,
            score: Some(figures.score.clone()),
            before: figures.before.clone(),
            readiness: Some(figures.readiness.clone()),
            defects: vec![Splice { at: 0, gone: 0, come: figures.defects.clone() }],
            open_findings: Some(figures.open_findings.clone()),
            due_soon: Some(figures.due_soon.clone()),
            gaps: Some(figures.gaps.clone()),
            files: figures.files.clone(),
            undo: figures.undo.clone(),
            redo: figures.redo.clone(),
        }
    }
}

/// An item that falls short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Gap {
    /// Its code.
    pub item: String,
    /// The gravest finding about it.
    pub finding: Option<Id>,
}

/// One place where the list of defects differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Splice {
    /// Where, counted in the list before any change.
    pub at: u32,
    /// How many defects from there on are gone.
    pub gone: u32,
    /// What stands there instead.
    pub come: Vec<Defect>,
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

/// How the rows that changed are listed: all of them, or the one there can be.
trait List<T>: Default {
    fn put(&mut self, row: T);
}

impl<T> List<T> for Vec<T> {
    fn put(&mut self, row: T) {
        self.push(row);
    }
}

impl<T> List<T> for Option<T> {
    fn put(&mut self, row: T) {
        *self = Some(row);
    }
}

macro_rules! update {
    ($($name:ident($row:ident) $table:literal of $round:ident, listed as $list:ident: $many:ident;)*) => {
        /// Answer of every verb that writes: the rows that changed, as they are now (tombstones included), and the new figures.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        pub struct Update {
            /// The batch, or `None` when nothing differed and nothing was written.
            pub batch: Option<Id>,
            /// When it was on disk.
            pub saved_at: domain::Instant,
            $(#[doc = concat!("Rows of `", $table, "` that changed.")] pub $list: $many<domain::$row>,)*
            /// What is different in the figures after the change.
            pub figures: FigureChanges,
            /// Things the user should know though nothing was refused, e.g. a due date before today: stable codes.
            pub warnings: Vec<String>,
            /// What became of each file that was to be evidence, in the order they were given.
            pub received: Vec<Received>,
        }

        impl Update {
            pub(crate) fn of(
                batch: Option<Id>,
                saved_at: domain::Instant,
                rows: Vec<Edit>,
                figures: FigureChanges,
            ) -> Self {
                let (warnings, received) = (Vec::new(), Vec::new());
                let mut update = Self { batch, saved_at, $($list: $many::default(),)* figures, warnings, received };
                for row in rows {
                    match row {
                        $(Edit::$name(row) => update.$list.put(row),)*
                    }
                }
                update
            }
        }
    };
}
domain::entities!(update);

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
