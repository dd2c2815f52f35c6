//! How a round is scored: points, weights, bands, rules and the wording of the outcomes.

use crate::Verdict;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A scoring profile: scale, weights, bands and rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `internal`, `strict`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// What it is for.
    pub description: String,
    /// The same in English.
    pub description_en: String,
    /// Whether a new round takes it.
    #[serde(default)]
    pub default: bool,
    /// The formula as printed.
    pub formula: String,
    /// The same in English.
    pub formula_en: String,
    /// Points per verdict.
    pub points: Points,
    /// Weight by item code; 1 where absent.
    #[serde(default)]
    pub weights: BTreeMap<String, u32>,
    /// 内部参考分档, best first.
    pub bands: Vec<Band>,
    /// What must hold for a ready label.
    pub rules: Vec<Rule>,
    /// Wording of the four outcomes.
    pub levels: Vec<Level>,
}

/// Points per verdict, as decimal strings (`"0.5"`), so that no reader rounds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// 符合
    pub conform: String,
    /// 部分符合
    pub partial: String,
    /// 不符合
    pub nonconform: String,
}

/// A reference band of the rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// `A` …
    pub id: String,
    /// Lowest rate in whole percent.
    pub at_least: u32,
    /// Label.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// What it means to us.
    pub meaning: String,
    /// The same in English.
    pub meaning_en: String,
}

/// A readiness rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique in its profile.
    pub id: String,
    /// What is measured.
    pub kind: RuleKind,
    /// Whole percent or a count, as the kind needs.
    #[serde(default)]
    pub threshold: u32,
    /// What a breach does.
    pub effect: Effect,
    /// The rule in words.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// Why we have it.
    pub why: String,
    /// The same in English.
    pub why_en: String,
}

/// What a rule measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Overall rate (unassessed items earn nothing) ≥ threshold %.
    RateAtLeast,
    /// Every domain's rate ≥ threshold %.
    DomainRateAtLeast,
    /// Assessed ÷ all items ≥ threshold %.
    CoverageAtLeast,
    /// Items in the pack ≥ threshold: what keeps a part of the criteria from speaking for the whole.
    ItemsAtLeast,
    /// Every key item is 符合 or 不适用.
    KeyItemsConform,
    /// Open major findings ≤ threshold.
    OpenMajorAtMost,
    /// Open minor findings ≤ threshold.
    OpenMinorAtMost,
    /// Overdue tasks ≤ threshold.
    OverdueTasksAtMost,
    /// 不适用 ÷ all items ≤ threshold %.
    NaShareAtMost,
    /// 符合 items with evidence ÷ 符合 items ≥ threshold %.
    EvidenceCoverageAtLeast,
}

/// What a breach of a rule does to the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// No ready label.
    Block,
    /// Ready with reservations at best.
    Caution,
}

/// Wording of one outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Which outcome.
    pub id: LevelId,
    /// Label.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// One or two sentences.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

/// The four outcomes: self-assessed readiness, never "passed".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum LevelId {
    /// Every rule holds.
    Ready,
    /// Only cautions.
    ReadyWithReservations,
    /// A blocking rule is broken, or nothing is applicable and so nothing speaks for being ready.
    NotReady,
    /// Not all was looked at (coverage, or a part of the criteria only): too early to say.
    Incomplete,
}

impl Profile {
    /// Points of a verdict in thousandths; `None` for 不适用, which leaves the denominator.
    #[must_use]
    pub fn milli_points(&self, verdict: Verdict) -> Option<u64> {
        let text = match verdict {
            Verdict::Conform => &self.points.conform,
            Verdict::Partial => &self.points.partial,
            Verdict::Nonconform => &self.points.nonconform,
            Verdict::NotApplicable => return None,
        };
        milli(text)
    }

    /// Weight of an item.
    #[must_use]
    pub fn weight(&self, item: &str) -> u64 {
        self.weights.get(item).copied().unwrap_or(1).into()
    }

    /// Band of a rate given in hundredths of a percent.
    #[must_use]
    pub fn band(&self, rate: u32) -> Option<&Band> {
        self.bands.iter().find(|b| rate >= b.at_least * 100)
    }

    /// Wording of an outcome.
    #[must_use]
    pub fn level(&self, id: LevelId) -> Option<&Level> {
        self.levels.iter().find(|l| l.id == id)
    }
}

/// `"0.5"` → 500. `None` when it is not a decimal between 0 and 1 with at most three places.
pub(super) fn milli(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let fraction: u64 = format!("{fraction:0<3}").parse().ok()?;
    let points = whole * 1000 + fraction;
    (points <= 1000).then_some(points)
}
