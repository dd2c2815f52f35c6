//! What other criteria would mean for a round, as it is shown before anything is written.

use domain::pack::{CriteriaPack, ItemPart, Profile};
use domain::{PackIdentity, Snapshot, Verdict};
use serde::{Deserialize, Serialize};
use store::Edit;

/// What is shown, and the rows it takes.
pub(super) struct Plan {
    pub shown: UpdatePlan,
    pub edits: Vec<Edit>,
}

/// What other criteria mean for a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct UpdatePlan {
    /// The criteria that the round has.
    pub from: PackIdentity,
    /// Those it is to have.
    pub to: PackIdentity,
    /// Items that ask what they asked.
    pub kept: u32,
    /// Items that ask something else, in their order.
    pub changed: Vec<ChangedItem>,
    /// Items that were not there.
    pub new: Vec<AddedItem>,
    /// Items that are gone. What was recorded on them stays, outside the figures.
    pub withdrawn: Vec<WithdrawnItem>,
    /// Items that go on under another code, whether they ask the same or not.
    pub renamed: Vec<RenamedItem>,
    /// What is another in the way the round is scored.
    pub scoring: Vec<ScoringPart>,
    /// Verdicts that somebody has to confirm again then.
    pub to_confirm: u32,
    /// The rate, by the criteria of now and by those to come.
    pub score: RateChange,
}

/// An item that asks something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ChangedItem {
    /// Its code from now on.
    pub code: String,
    /// Its title from now on.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What is another.
    pub what: Vec<ItemPart>,
    /// The verdict it has, which is to be confirmed.
    pub verdict: Option<Verdict>,
    /// Expected evidence that was ticked and is no longer asked for.
    pub unticked: Vec<String>,
}

/// An item that was not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AddedItem {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The same in English.
    pub title_en: String,
}

/// An item that is gone, and what was recorded on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WithdrawnItem {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Its verdict.
    pub verdict: Option<Verdict>,
    /// Pieces of evidence that are linked to it.
    pub evidence: u32,
    /// Findings about it.
    pub findings: u32,
    /// Tasks about it.
    pub tasks: u32,
}

/// An item that goes on under another code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RenamedItem {
    /// The code it has.
    pub from: String,
    /// The code it is to have.
    pub to: String,
    /// Its title from now on.
    pub title: String,
    /// The same in English.
    pub title_en: String,
}

/// A part of the way a round is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ScoringPart {
    /// The profile is not in the new criteria; their default takes its place.
    Profile,
    /// Points for verdicts.
    Points,
    /// Weights of items.
    Weights,
    /// Reference bands.
    Bands,
    /// Rules of readiness.
    Rules,
}

/// A rate in hundredths of a percent, before and after; none where nothing is applicable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RateChange {
    /// By the criteria of now.
    pub before: Option<u32>,
    /// By those to come.
    pub after: Option<u32>,
}

impl Plan {
    /// Nothing is different yet but the way of scoring.
    pub fn between(from: &CriteriaPack, to: &CriteriaPack, snapshot: &Snapshot) -> Self {
        let wanted = &snapshot.assessment.profile;
        let shown = UpdatePlan {
            from: PackIdentity::of(from),
            to: PackIdentity::of(to),
            kept: if from.sha256 == to.sha256 { u32::try_from(to.items.len()).unwrap_or(u32::MAX) } else { 0 },
            changed: Vec::new(),
            new: Vec::new(),
            withdrawn: Vec::new(),
            renamed: Vec::new(),
            scoring: scoring(from.profile(wanted), to.profile(wanted)),
            to_confirm: 0,
            score: RateChange::default(),
        };
        Self { shown, edits: Vec::new() }
    }
}

impl UpdatePlan {
    /// Whether the round has these criteria already.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.from.sha256 == self.to.sha256
    }
}

fn scoring(from: &Profile, to: &Profile) -> Vec<ScoringPart> {
    let differs = [
        (ScoringPart::Profile, from.id != to.id),
        (ScoringPart::Points, from.points != to.points),
        (ScoringPart::Weights, from.weights != to.weights),
        (ScoringPart::Bands, from.bands != to.bands),
        (ScoringPart::Rules, from.rules != to.rules),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}
