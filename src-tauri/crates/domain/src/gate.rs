//! The gate (准备度检查): defects that would embarrass us in front of the auditor. Each names its item and what to do.

mod evidence;
mod records;

pub use evidence::{flaw_words, of_evidence};
pub use records::of_records;

use crate::{CriteriaPack, Date, FileState, Id, Snapshot};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// Which check a defect comes from. The wording lives with the reader's language: see [`Defect::message`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum GateRule {
    /// An item has no verdict.
    Unassessed,
    /// The verdict was given for another text of the item.
    VerdictToConfirm,
    /// 符合 without any evidence.
    ConformWithoutEvidence,
    /// 不适用 without a reason.
    NaWithoutReason,
    /// 不符合 or 部分符合 without a finding.
    GapWithoutFinding,
    /// A nonconformity without a root cause.
    FindingWithoutCause,
    /// A nonconformity without a task.
    FindingWithoutTask,
    /// A task without an owner.
    TaskWithoutOwner,
    /// A task without a due date.
    TaskWithoutDue,
    /// A task is past its due date.
    TaskOverdue,
    /// Closed without a verifier.
    ClosedWithoutVerifier,
    /// Closed without a result.
    ClosedWithoutResult,
    /// Evidence is no longer valid.
    EvidenceExpired,
    /// Evidence is from outside the assessed period.
    EvidenceOutsidePeriod,
    /// The file is gone.
    EvidenceMissing,
    /// The file is not what was added.
    EvidenceChanged,
    /// The file cannot be read.
    EvidenceUnreadable,
    /// There is nothing to see in the file.
    EvidenceShowsNothing,
    /// A key item is not conforming.
    KeyItemNotConform,
    /// Every item is 不适用: there is nothing to be ready with.
    NothingApplicable,
}

/// One defect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Defect {
    /// Which check.
    pub rule: GateRule,
    /// The item to go to; for evidence the first item that uses it (empty when none does), for the round as a whole the first.
    pub item: String,
    /// `EV-0007`, `NC-03`, `T-012`; empty when the item itself is meant.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// What to do.
    pub remedy: String,
    /// The same in English.
    pub remedy_en: String,
}

/// All defects of a round: by item in pack order, evidence that no item uses last.
///
/// `files` says what the disk holds; evidence that is not in it is not judged (nobody has looked).
#[must_use]
pub fn gate(pack: &CriteriaPack, snapshot: &Snapshot, today: Date, files: &BTreeMap<Id, FileState>) -> Vec<Defect> {
    let mut defects = of_records(pack, snapshot, today);
    defects.extend(of_evidence(snapshot, today, files));
    let order = Order::of(pack);
    defects.sort_by(|a, b| order.compare(a, b));
    defects
}

/// The order of defects: by item in pack order, what belongs to none last; then by check and by label.
#[derive(Debug)]
pub struct Order<'a>(HashMap<&'a str, usize>);

impl<'a> Order<'a> {
    /// The order under some criteria.
    #[must_use]
    pub fn of(pack: &'a CriteriaPack) -> Self {
        Self(pack.items.iter().enumerate().map(|(at, item)| (item.code.as_str(), at)).collect())
    }

    /// Which of two defects comes first.
    #[must_use]
    pub fn compare(&self, a: &Defect, b: &Defect) -> Ordering {
        let place = |defect: &Defect| self.0.get(defect.item.as_str()).copied().unwrap_or(usize::MAX);
        // Most neighbours are of one item, and then there is nothing to look up.
        let items = if a.item == b.item { Ordering::Equal } else { place(a).cmp(&place(b)) };
        items.then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.subject.cmp(&b.subject))
    }
}

impl GateRule {
    /// Whether [`of_evidence`] finds it.
    #[must_use]
    pub const fn is_about_evidence(self) -> bool {
        matches!(
            self,
            Self::EvidenceExpired
                | Self::EvidenceOutsidePeriod
                | Self::EvidenceMissing
                | Self::EvidenceChanged
                | Self::EvidenceUnreadable
                | Self::EvidenceShowsNothing
        )
    }
}

fn defect(rule: GateRule, item: &str, subject: String, texts: [&str; 4]) -> Defect {
    let fill = |text: &str| text.replace("{}", if subject.is_empty() { item } else { &subject });
    Defect {
        rule,
        item: item.to_owned(),
        message: fill(texts[0]),
        message_en: fill(texts[1]),
        remedy: fill(texts[2]),
        remedy_en: fill(texts[3]),
        subject,
    }
}
