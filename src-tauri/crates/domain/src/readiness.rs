//! Readiness: the outcome under a scoring profile, with every rule that held or did not.

use crate::pack::{CriteriaPack, Effect, Item, LevelId, Rule, RuleKind};
use crate::scoring::{Score, ratio, score};
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
    /// What was measured: hundredths of a percent for rates and shares, a count otherwise. `None` = there is nothing to take the
    /// rate of, which satisfies no rule.
    pub measured: Option<u32>,
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
    let covers = |kind| matches!(kind, RuleKind::CoverageAtLeast | RuleKind::ItemsAtLeast);
    let uncovered = profile.rules.iter().zip(&rules).any(|(rule, out)| covers(rule.kind) && !out.holds);
    let level = if uncovered {
        LevelId::Incomplete
    } else if score.rate.is_none() || broken(Effect::Block) {
        LevelId::NotReady
    } else if broken(Effect::Caution) {
        LevelId::ReadyWithReservations
    } else {
        LevelId::Ready
    };
    let band = score.rate.and_then(|rate| profile.band(rate)).map(|b| b.id.clone());
    Readiness { level, band, rules }
}

/// What a rule found.
struct Found {
    measured: Option<u32>,
    threshold: u32,
    because: Vec<String>,
    holds: bool,
}

fn apply(rule: &Rule, pack: &CriteriaPack, snapshot: &Snapshot, score: &Score, today: Date) -> RuleOutcome {
    let percent = rule.threshold * 100;
    let items = |breaks: &dyn Fn(&Item) -> bool| -> Vec<String> {
        pack.items.iter().filter(|i| breaks(i)).map(|i| i.code.clone()).collect()
    };
    let found = match rule.kind {
        RuleKind::RateAtLeast => at_least(percent, score.rate, Vec::new()),
        RuleKind::DomainRateAtLeast => {
            let low = score.domains.iter().filter(|d| d.rate.is_some_and(|r| r < percent));
            // A domain in which nothing applies is passed over.
            let lowest = score.domains.iter().filter_map(|d| d.rate).min();
            at_least(percent, lowest, low.map(|d| d.code.clone()).collect())
        }
        RuleKind::CoverageAtLeast => {
            // A verdict on what the item no longer says covers nothing until somebody confirms it.
            let open =
                items(&|i| snapshot.answer(&i.code).is_none_or(|a| a.verdict.is_none() || a.awaits_confirmation()));
            let settled = score.overall.items - count(&open);
            at_least(percent, Some(ratio(settled, score.overall.items).unwrap_or(0)), open)
        }
        RuleKind::ItemsAtLeast => {
            let items = u32::try_from(pack.items.len()).unwrap_or(u32::MAX);
            at_least(rule.threshold, Some(items), Vec::new())
        }
        RuleKind::KeyItemsConform => at_most(0, items(&|i| i.key && !key_item_holds(snapshot.verdict(&i.code)))),
        RuleKind::OpenMajorAtMost => at_most(rule.threshold, open_findings(snapshot, Grade::Major)),
        RuleKind::OpenMinorAtMost => at_most(rule.threshold, open_findings(snapshot, Grade::Minor)),
        RuleKind::OverdueTasksAtMost => {
            let overdue = snapshot.tasks.iter().filter(|t| t.is_overdue(today));
            at_most(rule.threshold, overdue.map(crate::Task::label).collect())
        }
        RuleKind::NaShareAtMost => {
            let share = score.overall.na_share();
            Found { measured: Some(share), threshold: percent, because: Vec::new(), holds: share <= percent }
        }
        RuleKind::EvidenceCoverageAtLeast => {
            let bare = unproven(pack, snapshot);
            let proven = score.overall.conform - count(&bare);
            at_least(percent, ratio(proven, score.overall.conform), bare)
        }
    };
    RuleOutcome {
        id: rule.id.clone(),
        holds: found.holds,
        effect: rule.effect,
        measured: found.measured,
        threshold: found.threshold,
        because: if found.holds { Vec::new() } else { found.because },
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

/// Items that are 符合 while no evidence says so, in pack order.
#[must_use]
pub fn unproven(pack: &CriteriaPack, snapshot: &Snapshot) -> Vec<String> {
    let proven = snapshot.proven_items();
    let bare =
        |item: &&Item| snapshot.verdict(&item.code) == Some(Verdict::Conform) && !proven.contains(item.code.as_str());
    pack.items.iter().filter(bare).map(|item| item.code.clone()).collect()
}

fn at_least(threshold: u32, measured: Option<u32>, because: Vec<String>) -> Found {
    Found { measured, threshold, because, holds: measured.is_some_and(|m| m >= threshold) }
}

fn at_most(threshold: u32, offenders: Vec<String>) -> Found {
    let measured = count(&offenders);
    Found { measured: Some(measured), threshold, because: offenders, holds: measured <= threshold }
}

fn open_findings(snapshot: &Snapshot, grade: Grade) -> Vec<String> {
    snapshot.findings.iter().filter(|f| f.grade == grade && snapshot.is_open(f)).map(crate::Finding::label).collect()
}

fn count(list: &[String]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
