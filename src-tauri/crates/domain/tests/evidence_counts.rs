//! Evidence weighs: what is only claimed, or does not apply, is never ready, and no two outcomes contradict each other.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{PACK, answer, day, evidence, link, round};
use domain::gate::gate;
use domain::pack::{LevelId, RuleKind};
use domain::readiness::{readiness, unproven};
use domain::scoring::score;
use domain::{CriteriaPack, Date, GateRule, Readiness, Snapshot, Verdict};
use proptest::prelude::*;
use std::collections::BTreeMap;

const PROFILES: [&str; 2] = ["internal", "strict"];

fn today() -> Date {
    day("2026-11-22")
}

fn marked(profile: &str, verdicts: impl IntoIterator<Item = Option<Verdict>>) -> Snapshot {
    let mut snapshot = round();
    snapshot.assessment.profile = profile.into();
    let reasoned = |a: domain::Answer| domain::Answer { reason: "本中心没有此项业务".into(), ..a };
    snapshot.answers = PACK.items.iter().zip(verdicts).map(|(i, v)| reasoned(answer(&i.code, v))).collect();
    snapshot.normalized()
}

fn all(profile: &str, verdict: Verdict) -> Snapshot {
    marked(profile, std::iter::repeat_n(Some(verdict), PACK.items.len()))
}

/// Links one piece of evidence to the items at these places.
fn proven(mut snapshot: Snapshot, at: &[bool]) -> Snapshot {
    snapshot.evidence = vec![evidence(1)];
    let linked = PACK.items.iter().zip(at).filter(|(_, is)| **is);
    snapshot.links = linked.map(|(i, _)| link(1, &i.code)).collect();
    snapshot.normalized()
}

fn outcome(snapshot: &Snapshot) -> Readiness {
    readiness(&PACK, snapshot, today())
}

fn defects(snapshot: &Snapshot) -> Vec<GateRule> {
    gate(&PACK, snapshot, today(), &BTreeMap::new()).into_iter().map(|d| d.rule).collect()
}

/// Worse to better.
const fn rank(level: LevelId) -> u8 {
    match level {
        LevelId::Incomplete => 0,
        LevelId::NotReady => 1,
        LevelId::ReadyWithReservations => 2,
        LevelId::Ready => 3,
    }
}

#[test]
fn all_conforming_without_a_single_piece_of_evidence_is_not_ready() {
    for profile in PROFILES {
        let snapshot = all(profile, Verdict::Conform);
        let outcome = outcome(&snapshot);
        assert_eq!(outcome.level, LevelId::NotReady, "{profile}");
        let fired: Vec<_> = outcome.rules.iter().filter(|r| !r.holds).collect();
        assert!(fired.iter().all(|r| r.measured == Some(0) && r.because.len() == 224), "{profile}: {fired:?}");
        assert!(!fired.is_empty());
        assert_eq!(unproven(&PACK, &snapshot).len(), 224);
    }
}

#[test]
fn what_a_missing_proof_does_is_said_by_the_profile() {
    // Items without evidence of 224, and the level by profile.
    for (bare, internal, strict) in [
        (0, LevelId::Ready, LevelId::Ready),
        (1, LevelId::ReadyWithReservations, LevelId::NotReady),
        (22, LevelId::ReadyWithReservations, LevelId::NotReady),
        (23, LevelId::NotReady, LevelId::NotReady),
        (224, LevelId::NotReady, LevelId::NotReady),
    ] {
        for (profile, level) in PROFILES.into_iter().zip([internal, strict]) {
            let linked: Vec<bool> = (0..224).map(|n| n >= bare).collect();
            let snapshot = proven(all(profile, Verdict::Conform), &linked);
            assert_eq!(outcome(&snapshot).level, level, "{bare} bare, {profile}");
        }
    }
}

#[test]
fn nothing_applicable_satisfies_no_rate_and_is_named_by_the_gate() {
    for profile in PROFILES {
        let snapshot = proven(all(profile, Verdict::NotApplicable), &[true; 224]);
        let outcome = outcome(&snapshot);
        assert_eq!((outcome.level, outcome.band.as_deref()), (LevelId::NotReady, None), "{profile}");
        let kinds: BTreeMap<_, _> = PACK.profile(profile).rules.iter().map(|r| (r.id.as_str(), r.kind)).collect();
        for rule in &outcome.rules {
            let is_rate = matches!(
                kinds[rule.id.as_str()],
                RuleKind::RateAtLeast | RuleKind::DomainRateAtLeast | RuleKind::EvidenceCoverageAtLeast
            );
            assert_eq!(rule.measured.is_none(), is_rate, "{profile} {}", rule.id);
            assert!(!is_rate || !rule.holds, "{profile} {}: held by nothing", rule.id);
        }
        assert_eq!(defects(&snapshot), [GateRule::NothingApplicable], "{profile}");
    }
}

#[test]
fn a_domain_in_which_nothing_applies_is_passed_over() {
    let verdict = |code: &str| if code.starts_with("QY") { Verdict::NotApplicable } else { Verdict::Conform };
    let snapshot = marked("internal", PACK.items.iter().map(|i| Some(verdict(&i.code))));
    let outcome = outcome(&proven(snapshot, &[true; 224]));
    let rule = outcome.rules.iter().find(|r| r.id == "domain-block").unwrap();
    assert_eq!((rule.holds, rule.measured), (true, Some(10_000)));
    assert_eq!(outcome.level, LevelId::Ready);
}

/// Criteria of 0.1.0 know nothing of evidence: a round begun with them is judged as it was.
#[test]
fn criteria_of_before_judge_as_they_did() {
    let old = CriteriaPack::parse(include_bytes!("../../../../tests/golden/0.1.0/pack/criteria.toml")).unwrap();
    assert_eq!(old.pack.version, "2026.11");
    assert!(old.profiles.iter().flat_map(|p| &p.rules).all(|r| r.kind != RuleKind::EvidenceCoverageAtLeast));
    // A round is judged by the items of its own criteria.
    let all = |verdict| {
        let answers = old.items.iter().map(|i| answer(&i.code, Some(verdict))).collect();
        Snapshot { answers, ..all("internal", verdict) }.normalized()
    };
    assert_eq!(readiness(&old, &all(Verdict::Conform), today()).level, LevelId::Ready);
    assert_eq!(readiness(&old, &all(Verdict::Partial), today()).level, LevelId::NotReady);
}

fn verdict() -> impl Strategy<Value = Option<Verdict>> {
    prop_oneof![
        1 => Just(None),
        300 => Just(Some(Verdict::Conform)),
        12 => Just(Some(Verdict::Partial)),
        3 => Just(Some(Verdict::Nonconform)),
        6 => Just(Some(Verdict::NotApplicable)),
    ]
}

/// Rounds of which many are close to being ready.
fn rounds() -> impl Strategy<Value = Snapshot> {
    (proptest::sample::select(&PROFILES[..]), proptest::collection::vec(verdict(), 224))
        .prop_map(|(profile, verdicts)| marked(profile, verdicts))
}

fn links() -> impl Strategy<Value = Vec<bool>> {
    (0.80..=1.0_f64).prop_flat_map(|share| proptest::collection::vec(proptest::bool::weighted(share), 224))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn without_evidence_nothing_is_ever_ready(snapshot in rounds()) {
        prop_assert!(rank(outcome(&snapshot).level) <= rank(LevelId::NotReady));
    }

    #[test]
    fn more_evidence_never_lowers_the_level(snapshot in rounds(), some in links(), more in links()) {
        let both: Vec<bool> = some.iter().zip(&more).map(|(a, b)| *a || *b).collect();
        let (before, after) = (outcome(&proven(snapshot.clone(), &some)), outcome(&proven(snapshot, &both)));
        prop_assert!(rank(before.level) <= rank(after.level), "{:?} became {:?}", before.level, after.level);
    }

    /// What one page says, another does not deny.
    #[test]
    fn level_rules_gate_and_score_agree(snapshot in rounds(), linked in links()) {
        let snapshot = proven(snapshot, &linked);
        let (outcome, defects, score) = (outcome(&snapshot), defects(&snapshot), score(&PACK, &snapshot));
        let named = |rule| defects.contains(&rule);
        prop_assert_eq!(named(GateRule::ConformWithoutEvidence), !unproven(&PACK, &snapshot).is_empty());
        prop_assert_eq!(named(GateRule::Unassessed), !score.overall.is_complete());
        prop_assert_eq!(outcome.level == LevelId::Incomplete, !score.overall.is_complete());
        if outcome.level == LevelId::Ready {
            for rule in [GateRule::Unassessed, GateRule::ConformWithoutEvidence, GateRule::KeyItemNotConform, GateRule::NothingApplicable] {
                prop_assert!(!named(rule), "ready, and yet {:?}", rule);
            }
            prop_assert!(outcome.rules.iter().all(|r| r.holds));
        }
        for rule in &outcome.rules {
            prop_assert!(!rule.holds || (rule.measured.is_some() && rule.because.is_empty()), "{}", rule.id);
        }
    }
}

#[test]
fn a_verdict_on_what_the_item_no_longer_says_leaves_the_round_incomplete() {
    let whole = proven(all("internal", Verdict::Conform), &[true; 224]);
    assert_eq!(outcome(&whole).level, LevelId::Ready);
    let mut waiting = whole;
    waiting.answers[7].given_for = domain::Answer::text_name(&waiting.answers[7].item, &"0".repeat(64));
    let item = waiting.answers[7].item.clone();
    let outcome = outcome(&waiting);
    assert_eq!(outcome.level, LevelId::Incomplete);
    let coverage = outcome.rules.iter().find(|rule| rule.because == [item.clone()]).unwrap();
    assert!(!coverage.holds && coverage.measured.is_some_and(|measured| measured < 10_000));
    assert_eq!(defects(&waiting), [GateRule::VerdictToConfirm]);
}
