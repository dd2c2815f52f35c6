//! Readiness: which rules fire, and what they do to the outcome.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{PACK, answer, day, evidence, finding, link, round, task};
use domain::pack::{Effect, LevelId, RuleKind};
use domain::readiness::readiness;
use domain::{Grade, Snapshot, TaskState, Verdict};

/// Every item with this verdict, and one piece of evidence linked to each.
fn all(verdict: Verdict) -> Snapshot {
    let mut snapshot = round();
    snapshot.answers = PACK.items.iter().map(|i| answer(&i.code, Some(verdict))).collect();
    snapshot.evidence = vec![evidence(1)];
    snapshot.links = PACK.items.iter().map(|i| link(1, &i.code)).collect();
    snapshot
}

fn outcome(snapshot: &Snapshot) -> domain::Readiness {
    readiness(&PACK, &snapshot.clone().normalized(), day("2026-11-22"))
}

/// What breaking a rule of this kind does in the default profile; the file decides, not the test.
fn level_of(kind: RuleKind) -> LevelId {
    let rule = PACK.profile("internal").rules.iter().find(|r| r.kind == kind).unwrap();
    match rule.effect {
        _ if kind == RuleKind::CoverageAtLeast => LevelId::Incomplete,
        Effect::Block => LevelId::NotReady,
        Effect::Caution => LevelId::ReadyWithReservations,
    }
}

#[test]
fn everything_conforming_is_ready_in_the_best_band() {
    let outcome = outcome(&all(Verdict::Conform));
    assert_eq!(outcome.level, LevelId::Ready);
    assert_eq!(outcome.band.as_deref(), Some("A"));
    assert!(outcome.rules.iter().all(|r| r.holds && r.because.is_empty()));
}

#[test]
fn a_short_round_in_which_everything_conforms_makes_no_readiness_statement() {
    let short = domain::CriteriaPack::parse(PACK.short().to_toml().as_bytes()).unwrap();
    for profile in ["internal", "strict"] {
        let mut snapshot = all(Verdict::Conform);
        snapshot.assessment.profile = profile.to_owned();
        let outcome = readiness(&short, &snapshot.normalized(), day("2026-11-22"));
        assert_eq!(outcome.level, LevelId::Incomplete, "{profile}");
        let broken: Vec<_> = outcome.rules.iter().filter(|r| !r.holds).collect();
        assert!(matches!(&broken[..], [rule] if rule.measured == Some(62) && rule.threshold == 224), "{broken:?}");
        assert!(short.profile(profile).level(LevelId::Incomplete).unwrap().label.contains("简评"));
    }
}

#[test]
fn an_empty_round_is_incomplete_and_not_simply_bad() {
    assert_eq!(outcome(&round()).level, LevelId::Incomplete);
}

#[test]
fn one_failed_key_item_blocks_whatever_the_rate() {
    let key = PACK.items.iter().find(|i| i.key).unwrap().code.clone();
    let mut snapshot = all(Verdict::Conform);
    snapshot.answers.iter_mut().find(|a| a.item == key).unwrap().verdict = Some(Verdict::Partial);
    let outcome = outcome(&snapshot);
    assert_eq!(outcome.level, level_of(RuleKind::KeyItemsConform));
    let fired: Vec<_> = outcome.rules.iter().filter(|r| !r.holds).collect();
    assert_eq!(fired.len(), 1);
    assert_eq!(fired[0].because, [key]);
    assert!(!fired[0].text.is_empty() && !fired[0].why_en.is_empty());
}

#[test]
fn an_open_major_finding_counts_until_its_tasks_are_closed() {
    let mut snapshot = all(Verdict::Conform);
    snapshot.findings = vec![finding(3, "XC3-05", Grade::Major)];
    assert_eq!(outcome(&snapshot).level, level_of(RuleKind::OpenMajorAtMost), "no task yet");
    snapshot.tasks = vec![task(1, 3, "XC3-05"), task(2, 3, "XC3-05")];
    snapshot.tasks[0].state = TaskState::Closed;
    let half = outcome(&snapshot);
    assert_eq!(half.level, level_of(RuleKind::OpenMajorAtMost), "one of two closed");
    assert!(half.rules.iter().any(|r| r.because == ["NC-03"]));
    snapshot.tasks[1].state = TaskState::Closed;
    assert_eq!(outcome(&snapshot).level, LevelId::Ready);
}

#[test]
fn a_low_domain_cannot_hide_behind_a_high_total() {
    let Some(rule) = PACK.profile("internal").rules.iter().find(|r| r.kind == RuleKind::DomainRateAtLeast) else {
        panic!("the default profile has a rule per domain")
    };
    let mut snapshot = all(Verdict::Conform);
    for answer in snapshot.answers.iter_mut().filter(|a| a.item.starts_with("LC")) {
        answer.verdict = Some(Verdict::Nonconform);
    }
    let outcome = outcome(&snapshot);
    let fired = outcome.rules.iter().find(|r| r.id == rule.id).unwrap();
    assert!(!fired.holds && fired.because == ["LC"] && fired.measured == Some(0));
}
