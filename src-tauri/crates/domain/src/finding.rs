//! Findings: what the assessment brought to light.

use crate::{Date, Id, Verdict};
use serde::{Deserialize, Serialize};

/// A finding (发现) about one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Identity.
    pub id: Id,
    /// The round.
    pub assessment: Id,
    /// Running number in the round; shown as `NC-01`.
    pub number: u32,
    /// Item code.
    pub item: String,
    /// How grave it is.
    pub grade: Grade,
    /// The fact: time, place, record, person by role.
    pub fact: String,
    /// What it falls short of; defaults to the item's requirement.
    pub criterion: String,
    /// Root cause (原因分析).
    pub cause: String,
    /// Department or team concerned (责任部门).
    pub department: String,
    /// Who found it.
    pub found_by: String,
    /// When it was found.
    pub found_on: Date,
    /// Tombstone.
    pub withdrawn: bool,
}

impl Finding {
    /// `NC-01`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("NC-{:02}", self.number)
    }
}

/// Grade of a finding. ISO 9001 practice: total absence or repetition is major, a single lapse minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// 严重不符合
    Major,
    /// 一般不符合
    Minor,
    /// 观察项
    Observation,
    /// 改进机会
    Opportunity,
    /// 良好实践
    #[serde(rename = "good")]
    GoodPractice,
}

impl Grade {
    /// All grades, gravest first.
    pub const ALL: [Self; 5] = [Self::Major, Self::Minor, Self::Observation, Self::Opportunity, Self::GoodPractice];

    /// The stable name used in files and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Observation => "observation",
            Self::Opportunity => "opportunity",
            Self::GoodPractice => "good",
        }
    }

    /// What a new finding about an item of this verdict is taken for until somebody says otherwise.
    #[must_use]
    pub const fn proposed(verdict: Option<Verdict>) -> Self {
        match verdict {
            Some(Verdict::Conform) => Self::Observation,
            Some(Verdict::Nonconform | Verdict::Partial | Verdict::NotApplicable) | None => Self::Minor,
        }
    }

    /// Whether it is a nonconformity: needs cause, task, owner and due date.
    #[must_use]
    pub const fn is_nonconformity(self) -> bool {
        matches!(self, Self::Major | Self::Minor)
    }
}
