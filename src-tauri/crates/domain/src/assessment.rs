//! One round of assessment and the answers given in it.

use crate::{Date, Id, Instant};
use serde::{Deserialize, Serialize};

/// One round for one organisation over one period (评估).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Identity of the round.
    pub id: Id,
    /// Title shown in lists and on the report's cover.
    pub title: String,
    /// The organisation that is assessed (受评组织).
    pub organization: String,
    /// Self-assessment or a consultant's gap analysis.
    pub kind: AssessmentKind,
    /// What is covered: business lines, functions, channels.
    pub scope: String,
    /// What is not covered, and why.
    pub exclusions: String,
    /// Why the round is done.
    pub objectives: String,
    /// How samples were drawn, and what that leaves open.
    pub sampling: String,
    /// Opinions that stayed apart (未达成一致的意见).
    pub dissent: String,
    /// Sites that were visited.
    pub sites: Vec<String>,
    /// First day of the period the evidence must speak for.
    pub period_from: Option<Date>,
    /// Last day of that period.
    pub period_to: Option<Date>,
    /// Assessors, by role.
    pub team: Vec<Member>,
    /// Participants of the assessed organisation, by role.
    pub auditees: Vec<Member>,
    /// Conditions that hold here: `outbound`, `outsourced`, `self-built`, `online`, `bot`, `multi-site`; `None` = not yet asked.
    pub conditions: Option<Vec<String>>,
    /// Scoring profile of the pack (`internal`, `strict`).
    pub profile: String,
    /// SHA-256 of the criteria pack this round was started with.
    pub pack_sha256: String,
    /// The round before this one, if any.
    pub predecessor: Option<Id>,
    /// Confidentiality mark printed on the report (内部, 秘密 …).
    pub confidentiality: String,
    /// Rises by one each time a signed round is reopened.
    pub revision: u32,
    /// Why it was last reopened; empty in revision 1.
    pub reopened_because: String,
    /// Whether the round is frozen by an approval. Not part of the root: freezing must not change what was approved.
    pub frozen: bool,
    /// When the round was created.
    pub created_at: Instant,
    /// Tombstone.
    pub withdrawn: bool,
}

/// What kind of round it is; decides the wording on the cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum AssessmentKind {
    /// 内部自评
    SelfAssessment,
    /// 差距分析
    Gap,
}

/// A person, by role; names are optional on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// 质检主管, 评估组长 …
    pub role: String,
    /// May be empty.
    pub name: String,
}

/// Result of one item (结论). Absence means 未评估.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// 符合
    Conform,
    /// 部分符合
    Partial,
    /// 不符合
    Nonconform,
    /// 不适用; leaves the denominator, a reason is compulsory.
    #[serde(rename = "na")]
    NotApplicable,
}

impl Verdict {
    /// All verdicts, in the order of the keys 1–4.
    pub const ALL: [Self; 4] = [Self::Conform, Self::Partial, Self::Nonconform, Self::NotApplicable];

    /// The stable name used in files and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Conform => "conform",
            Self::Partial => "partial",
            Self::Nonconform => "nonconform",
            Self::NotApplicable => "na",
        }
    }
}

/// Where an answer stands in the review by a second person; kept apart from the verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Review {
    /// Nobody has looked yet.
    #[default]
    Open,
    /// The reviewer agrees.
    Accepted,
    /// The reviewer sent it back.
    Returned,
}

/// What was recorded for one item in one round (评估记录). Keyed by (assessment, item).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The round.
    pub assessment: Id,
    /// Item code, e.g. `XC3-05`.
    pub item: String,
    /// `None` = 未评估.
    pub verdict: Option<Verdict>,
    /// What was seen.
    pub note: String,
    /// Why the item does not apply; compulsory with [`Verdict::NotApplicable`].
    pub reason: String,
    /// Names of expected evidence that have been ticked off.
    pub ticks: Vec<String>,
    /// Who gave the verdict.
    pub assessor: String,
    /// When the verdict was given.
    pub assessed_at: Option<Instant>,
    /// State of the second look.
    pub review: Review,
    /// What the reviewer wrote.
    pub review_note: String,
    /// Whether the verdict 不适用 only follows from the conditions of the round and nobody has confirmed it yet.
    #[serde(default)]
    pub proposed: bool,
    /// The item's text that the verdict was given for, where the criteria of the round say something else now and nobody has
    /// confirmed it yet: `XC4-06@` and the SHA-256 of the pack. Empty = it stands for what is asked.
    #[serde(default)]
    pub given_for: String,
}

impl Answer {
    /// The answer of an item nobody has touched.
    #[must_use]
    pub fn blank(assessment: Id, item: &str) -> Self {
        Self {
            assessment,
            item: item.to_owned(),
            verdict: None,
            note: String::new(),
            reason: String::new(),
            ticks: Vec::new(),
            assessor: String::new(),
            assessed_at: None,
            review: Review::Open,
            review_note: String::new(),
            proposed: false,
            given_for: String::new(),
        }
    }

    /// Whether the verdict waits for somebody to confirm it, because the item asks something else now.
    #[must_use]
    pub const fn awaits_confirmation(&self) -> bool {
        !self.given_for.is_empty()
    }

    /// The item and the pack that the verdict was given for, where that is not what is asked now.
    #[must_use]
    pub fn earlier_text(&self) -> Option<(&str, &str)> {
        self.given_for.split_once('@')
    }

    /// How [`Self::given_for`] names a text.
    #[must_use]
    pub fn text_name(item: &str, pack_sha256: &str) -> String {
        format!("{item}@{pack_sha256}")
    }

    /// Whether nothing has been recorded; such answers are left out of the snapshot.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::blank(self.assessment, &self.item)
    }
}
