//! The one score: points ÷ applicable points × 100, with bounds while items are open.
//!
//! 符合 / 部分符合 / 不符合 earn what the profile says, 不适用 leaves the denominator, 未评估 stays in it and earns nothing.
//! So the rate is also the lower bound: no way of completing the round can make it smaller. The upper bound assumes that
//! every open item turns out 符合. Every screen, export and annex takes its figures from [`score`].

use crate::pack::{CriteriaPack, Profile};
use crate::{Snapshot, Verdict};
use serde::{Deserialize, Serialize};

/// Counts and points of a set of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Tally {
    /// All items.
    pub items: u32,
    /// 符合
    pub conform: u32,
    /// 部分符合
    pub partial: u32,
    /// 不符合
    pub nonconform: u32,
    /// 不适用
    pub na: u32,
    /// 未评估
    pub unassessed: u32,
    /// Points earned, weighted, in thousandths of a point.
    pub milli_points: u32,
    /// Points that could be earned: weight of all items but 不适用, in thousandths.
    pub milli_applicable: u32,
    /// Weight of the unassessed items, in thousandths.
    pub milli_open: u32,
}

impl Tally {
    /// Whether every item has a verdict. What is not complete is never called final.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.unassessed == 0
    }

    /// Items that are not 不适用 (unassessed ones included).
    #[must_use]
    pub const fn applicable(&self) -> u32 {
        self.items - self.na
    }

    /// Items with a verdict.
    #[must_use]
    pub const fn assessed(&self) -> u32 {
        self.items - self.unassessed
    }

    /// Rate in hundredths of a percent, rounded half up; `None` when nothing is applicable. Also the lower bound.
    #[must_use]
    pub fn rate(&self) -> Option<u32> {
        ratio(self.milli_points, self.milli_applicable)
    }

    /// Upper bound in hundredths of a percent: every open item turns out 符合.
    #[must_use]
    pub fn upper(&self) -> Option<u32> {
        ratio(self.milli_points + self.milli_open, self.milli_applicable)
    }

    /// Share of items with a verdict, in hundredths of a percent.
    #[must_use]
    pub fn coverage(&self) -> u32 {
        ratio(self.assessed(), self.items).unwrap_or(0)
    }

    /// Share of items that are 不适用, in hundredths of a percent.
    #[must_use]
    pub fn na_share(&self) -> u32 {
        ratio(self.na, self.items).unwrap_or(0)
    }

    /// Number of items with this verdict; `None` counts the unassessed.
    #[must_use]
    pub const fn count(&self, verdict: Option<Verdict>) -> u32 {
        match verdict {
            Some(Verdict::Conform) => self.conform,
            Some(Verdict::Partial) => self.partial,
            Some(Verdict::Nonconform) => self.nonconform,
            Some(Verdict::NotApplicable) => self.na,
            None => self.unassessed,
        }
    }

    fn add(&mut self, verdict: Option<Verdict>, profile: &Profile, item: &str) {
        let weight = u32::try_from(profile.weight(item)).unwrap_or(1);
        self.items += 1;
        match verdict {
            None => {
                self.unassessed += 1;
                self.milli_open += weight * 1000;
            }
            Some(Verdict::Conform) => self.conform += 1,
            Some(Verdict::Partial) => self.partial += 1,
            Some(Verdict::Nonconform) => self.nonconform += 1,
            Some(Verdict::NotApplicable) => self.na += 1,
        }
        let points = verdict.map(|v| profile.milli_points(v));
        if points != Some(None) {
            self.milli_applicable += weight * 1000;
            self.milli_points += weight * u32::try_from(points.flatten().unwrap_or(0)).unwrap_or(0);
        }
    }
}

/// `part ÷ whole` in hundredths of a percent, rounded half up.
pub(crate) fn ratio(part: u32, whole: u32) -> Option<u32> {
    (whole > 0).then(|| {
        let (part, whole) = (u64::from(part), u64::from(whole));
        u32::try_from((part * 20_000 + whole) / (whole * 2)).unwrap_or(u32::MAX)
    })
}

/// Score of one domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DomainScore {
    /// `XC`
    pub code: String,
    /// Its figures.
    pub tally: Tally,
    /// Rate in hundredths of a percent; also the lower bound.
    pub rate: Option<u32>,
    /// Upper bound.
    pub upper: Option<u32>,
    /// Its sections, in pack order.
    pub sections: Vec<SectionScore>,
}

/// Score of one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SectionScore {
    /// `XC3`
    pub code: String,
    /// Its figures.
    pub tally: Tally,
    /// Rate in hundredths of a percent.
    pub rate: Option<u32>,
    /// Upper bound.
    pub upper: Option<u32>,
}

/// Score of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Score {
    /// Id of the profile that was used.
    pub profile: String,
    /// Figures over all items.
    pub overall: Tally,
    /// Rate in hundredths of a percent; also the lower bound. `None` when nothing is applicable.
    pub rate: Option<u32>,
    /// Upper bound in hundredths of a percent.
    pub upper: Option<u32>,
    /// Share of items with a verdict, in hundredths of a percent.
    pub coverage: u32,
    /// By domain, in pack order.
    pub domains: Vec<DomainScore>,
}

/// The score of a round under its profile.
#[must_use]
pub fn score(pack: &CriteriaPack, snapshot: &Snapshot) -> Score {
    score_with(pack, pack.profile(&snapshot.assessment.profile), |item| snapshot.verdict(item))
}

/// The score of the round before, measured as this round is: same criteria, same profile. So a difference between the two is
/// one of verdicts, never one of rulers. Items that were not there then count as unassessed.
#[must_use]
pub fn score_before(pack: &CriteriaPack, snapshot: &Snapshot) -> Option<Score> {
    let before = snapshot.predecessor.as_ref()?;
    let profile = pack.profile(&snapshot.assessment.profile);
    Some(score_with(pack, profile, |item| before.verdicts.get(item).copied()))
}

/// The score of any set of verdicts; [`score`] for a whole snapshot.
pub fn score_with(pack: &CriteriaPack, profile: &Profile, verdict: impl Fn(&str) -> Option<Verdict>) -> Score {
    let tally = |belongs: &dyn Fn(&crate::pack::Item) -> bool| {
        let mut tally = Tally::default();
        for item in pack.items.iter().filter(|i| belongs(i)) {
            tally.add(verdict(&item.code), profile, &item.code);
        }
        tally
    };
    let domains = pack
        .domains
        .iter()
        .map(|domain| {
            let whole = tally(&|i| i.domain() == domain.code);
            let sections = pack
                .sections
                .iter()
                .filter(|s| s.domain == domain.code)
                .map(|section| {
                    let part = tally(&|i| i.section() == section.code);
                    SectionScore { code: section.code.clone(), tally: part, rate: part.rate(), upper: part.upper() }
                })
                .collect();
            DomainScore { code: domain.code.clone(), tally: whole, rate: whole.rate(), upper: whole.upper(), sections }
        })
        .collect();
    let overall = tally(&|_| true);
    Score {
        profile: profile.id.clone(),
        overall,
        rate: overall.rate(),
        upper: overall.upper(),
        coverage: overall.coverage(),
        domains,
    }
}

/// `8746` → `87.46`, the way every screen and export writes a rate.
#[must_use]
pub fn percent(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
