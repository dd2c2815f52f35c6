//! Readiness: the outcome under a scoring profile, with every rule that held or did not.

use crate::pack::{CriteriaPack, Effect, LevelId, Rule, RuleKind};
use crate::scoring::{Score, score};
use crate::{Date, Grade, Snapshot, Verdict};
use serde::{Deserialize, Serialize};

/// The outcome (准备度结论): self-assessed readiness under a profile, never a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Readiness {
    /// Which of the four.
    pub level: LevelId,
    /// Reference band of the rate, if the rate exists.
    pub band: Option<String>,
    /// Every rule of the profile, in its order.
    pub rules: Vec<RuleOutcome>,
}

/// How one rule came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RuleOutcome {
    /// Id of the rule in its profile.
    pub id: String,
    /// Whether it holds.
    pub holds: bool,
    /// What a breach does.
    pub effect: Effect,
    /// What was measured: hundredths of a percent for rates and shares, a count otherwise.
    pub measured: u32,
    /// The threshold in the same unit as `measured`.
    pub threshold: u32,
    /// Item codes, domain codes or labels (`NC-03`, `T-007`) that broke it.
    pub because: Vec<String>,
    /// The rule in words.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// Why the rule exists.
    pub why: String,
    /// The same in English.
    pub why_en: String,
}

/// Applies the rules of the round's profile.
#[must_use]
pub fn readiness(pack: &CriteriaPack, snapshot: &Snapshot, today: Date) -> Readiness {
    let profile = pack.profile(&snapshot.assessment.profile);
    let score = score(pack, snapshot);
    let rules: Vec<_> = profile.rules.iter().map(|rule| apply(rule, pack, snapshot, &score, today)).collect();
    let broken = |effect| rules.iter().any(|r| !r.holds && r.effect == effect);
    let uncovered =
        profile.rules.iter().zip(&rules).any(|(rule, out)| rule.kind == RuleKind::CoverageAtLeast && !out.holds);
    let level = if uncovered || score.rate.is_none() {
        LevelId::Incomplete
    } else if broken(Effect::Block) {
        LevelId::NotReady
    } else if broken(Effect::Caution) {
        LevelId::ReadyWithReservations
    } else {
        LevelId::Ready
    };
    let band = score.rate.and_then(|rate| profile.band(rate)).map(|b| b.id.clone());
    Readiness { level, band, rules }
}

fn apply(rule: &Rule, pack: &CriteriaPack, snapshot: &Snapshot, score: &Score, today: Date) -> RuleOutcome {
    let percent = rule.threshold * 100;
    let (measured, threshold, because, holds) = match rule.kind {
        RuleKind::RateAtLeast => {
            let rate = score.rate.unwrap_or(0);
            (rate, percent, Vec::new(), rate >= percent)
        }
        RuleKind::DomainRateAtLeast => {
            let low: Vec<_> = score.domains.iter().filter(|d| d.rate.is_some_and(|r| r < percent)).collect();
            let lowest = score.domains.iter().filter_map(|d| d.rate).min().unwrap_or(0);
            (lowest, percent, low.iter().map(|d| d.code.clone()).collect(), low.is_empty())
        }
        RuleKind::CoverageAtLeast => {
            let open: Vec<_> =
                pack.items.iter().filter(|i| snapshot.verdict(&i.code).is_none()).map(|i| i.code.clone()).collect();
            (score.coverage, percent, open, score.coverage >= percent)
        }
        RuleKind::KeyItemsConform => {
            let failing: Vec<_> = pack
                .items
                .iter()
                .filter(|i| i.key && !key_item_holds(snapshot.verdict(&i.code)))
                .map(|i| i.code.clone())
                .collect();
            (count(&failing), 0, failing.clone(), failing.is_empty())
        }
        RuleKind::OpenMajorAtMost => at_most(rule, open_findings(snapshot, Grade::Major)),
        RuleKind::OpenMinorAtMost => at_most(rule, open_findings(snapshot, Grade::Minor)),
        RuleKind::OverdueTasksAtMost => {
            at_most(rule, snapshot.tasks.iter().filter(|t| t.is_overdue(today)).map(crate::Task::label).collect())
        }
        RuleKind::NaShareAtMost => {
            let share = score.overall.na_share();
            (share, percent, Vec::new(), share <= percent)
        }
    };
    RuleOutcome {
        id: rule.id.clone(),
        holds,
        effect: rule.effect,
        measured,
        threshold,
        because: if holds { Vec::new() } else { because },
        text: rule.text.clone(),
        text_en: rule.text_en.clone(),
        why: rule.why.clone(),
        why_en: rule.why_en.clone(),
    }
}

/// A key item must be 符合, or not apply at all.
pub(crate) const fn key_item_holds(verdict: Option<Verdict>) -> bool {
    matches!(verdict, Some(Verdict::Conform | Verdict::NotApplicable))
}

fn at_most(rule: &Rule, offenders: Vec<String>) -> (u32, u32, Vec<String>, bool) {
    let measured = count(&offenders);
    (measured, rule.threshold, offenders, measured <= rule.threshold)
}

fn open_findings(snapshot: &Snapshot, grade: Grade) -> Vec<String> {
    snapshot.findings.iter().filter(|f| f.grade == grade && snapshot.is_open(f)).map(crate::Finding::label).collect()
}

fn count(list: &[String]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
