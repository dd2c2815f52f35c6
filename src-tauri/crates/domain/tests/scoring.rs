//! The one score: bounds, ties, and what 不适用 may never do.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{PACK, answer, round};
use domain::pack::Profile;
use domain::scoring::{percent, score, score_before, score_with};
use domain::{Id, Predecessor, Tally, Verdict};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn verdicts() -> impl Strategy<Value = Vec<Option<Verdict>>> {
    proptest::collection::vec(verdict(), PACK.items.len())
}

fn verdict() -> impl Strategy<Value = Option<Verdict>> {
    prop_oneof![
        3 => Just(None),
        4 => Just(Some(Verdict::Conform)),
        2 => Just(Some(Verdict::Partial)),
        1 => Just(Some(Verdict::Nonconform)),
        1 => Just(Some(Verdict::NotApplicable)),
    ]
}

fn weighted() -> impl Strategy<Value = Profile> {
    let codes: Vec<String> = PACK.items.iter().map(|i| i.code.clone()).collect();
    (any::<bool>(), proptest::collection::btree_map(proptest::sample::select(codes), 1..=100_u32, 0..40)).prop_map(
        |(strict, weights)| Profile { weights, ..PACK.profile(if strict { "strict" } else { "internal" }).clone() },
    )
}

fn of(profile: &Profile, verdicts: &[Option<Verdict>]) -> domain::Score {
    let map: BTreeMap<&str, Option<Verdict>> =
        PACK.items.iter().map(|i| i.code.as_str()).zip(verdicts.iter().copied()).collect();
    score_with(&PACK, profile, |code| map[code])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However the open items turn out (不适用 included), the final rate lies between the bounds.
    #[test]
    fn the_bounds_contain_every_completion(profile in weighted(), now in verdicts(), fill in verdicts()) {
        let before = of(&profile, &now);
        let done: Vec<_> = now.iter().zip(&fill).map(|(n, f)| n.or(*f).or(Some(Verdict::Partial))).collect();
        let after = of(&profile, &done);
        prop_assert_eq!(after.overall.unassessed, 0);
        prop_assert_eq!(after.rate, after.upper, "nothing is open any more");
        if let (Some(low), Some(high), Some(rate)) = (before.rate, before.upper, after.rate) {
            prop_assert!(low <= rate && rate <= high, "{} not in {}..{}", rate, low, high);
        }
        for (b, a) in before.domains.iter().zip(&after.domains) {
            if let (Some(low), Some(high), Some(rate)) = (b.rate, b.upper, a.rate) {
                prop_assert!(low <= rate && rate <= high);
            }
        }
    }

    /// Setting one item to 不适用 takes that item's own points and weight away and touches nothing else.
    #[test]
    fn not_applicable_never_touches_another_items_points(profile in weighted(), now in verdicts(), at in 0..224_usize) {
        let before = of(&profile, &now);
        let mut changed = now.clone();
        changed[at] = Some(Verdict::NotApplicable);
        let after = of(&profile, &changed);
        let code = PACK.items[at].code.as_str();
        let weight = u32::try_from(profile.weight(code)).unwrap();
        let own = now[at].and_then(|v| profile.milli_points(v)).map_or(0, |p| u32::try_from(p).unwrap() * weight);
        prop_assert_eq!(after.overall.milli_points, before.overall.milli_points - own);
        let counted = if now[at] == Some(Verdict::NotApplicable) { 0 } else { weight * 1000 };
        prop_assert_eq!(after.overall.milli_applicable, before.overall.milli_applicable - counted);
        for (b, a) in before.domains.iter().zip(&after.domains) {
            if a.code != PACK.items[at].domain() {
                prop_assert_eq!(a, b);
            }
        }
    }

    /// Sections add up to domains, domains to the whole, in every figure.
    #[test]
    fn totals_tie(profile in weighted(), now in verdicts()) {
        let score = of(&profile, &now);
        for domain in &score.domains {
            prop_assert_eq!(sum(domain.sections.iter().map(|s| s.tally)), domain.tally);
        }
        prop_assert_eq!(sum(score.domains.iter().map(|d| d.tally)), score.overall);
        let t = score.overall;
        prop_assert_eq!(t.conform + t.partial + t.nonconform + t.na + t.unassessed, t.items);
        prop_assert_eq!(t.items, 224);
    }

    /// A better verdict never lowers the rate.
    #[test]
    fn a_better_verdict_never_lowers_the_rate(profile in weighted(), now in verdicts(), at in 0..224_usize) {
        let rate = |v| { let mut set = now.clone(); set[at] = Some(v); of(&profile, &set).rate.unwrap() };
        prop_assert!(rate(Verdict::Nonconform) <= rate(Verdict::Partial));
        prop_assert!(rate(Verdict::Partial) <= rate(Verdict::Conform));
    }
}

fn sum(tallies: impl Iterator<Item = Tally>) -> Tally {
    tallies.fold(Tally::default(), |a, b| Tally {
        items: a.items + b.items,
        conform: a.conform + b.conform,
        partial: a.partial + b.partial,
        nonconform: a.nonconform + b.nonconform,
        na: a.na + b.na,
        unassessed: a.unassessed + b.unassessed,
        milli_points: a.milli_points + b.milli_points,
        milli_applicable: a.milli_applicable + b.milli_applicable,
        milli_open: a.milli_open + b.milli_open,
    })
}

#[test]
fn worked_examples() {
    // (conform, partial, nonconform, na) of 224; the rest is open. Figures recomputed by hand.
    for (counts, rate, upper) in [
        ((0, 0, 0, 0), Some(0), Some(10_000)),
        ((224, 0, 0, 0), Some(10_000), Some(10_000)),
        ((0, 0, 0, 224), None, None),
        ((150, 42, 20, 12), Some(8066), Some(8066)), // 171 ÷ 212
        ((100, 20, 4, 0), Some(4911), Some(9375)),   // 110 ÷ 224 and 210 ÷ 224
        ((1, 0, 0, 0), Some(45), Some(10_000)),      // 1 ÷ 224 = 0.446 %
    ] {
        let mut snapshot = round();
        let (c, p, n, na) = counts;
        let all = std::iter::repeat_n(Some(Verdict::Conform), c)
            .chain(std::iter::repeat_n(Some(Verdict::Partial), p))
            .chain(std::iter::repeat_n(Some(Verdict::Nonconform), n))
            .chain(std::iter::repeat_n(Some(Verdict::NotApplicable), na));
        snapshot.answers = PACK.items.iter().zip(all).map(|(i, v)| answer(&i.code, v)).collect();
        let snapshot = snapshot.normalized();
        let score = score(&PACK, &snapshot);
        assert_eq!((score.rate, score.upper), (rate, upper), "{counts:?}");
    }
}

#[test]
fn the_strict_profile_gives_nothing_for_partial() {
    let mut snapshot = round();
    snapshot.answers = PACK.items.iter().map(|i| answer(&i.code, Some(Verdict::Partial))).collect();
    assert_eq!(score(&PACK, &snapshot.clone().normalized()).rate, Some(5000));
    snapshot.assessment.profile = "strict".into();
    assert_eq!(score(&PACK, &snapshot.normalized()).rate, Some(0));
}

#[test]
fn rates_are_written_with_two_places() {
    assert_eq!([percent(0), percent(5), percent(8746), percent(10_000)], ["0.00", "0.05", "87.46", "100.00"]);
}

#[test]
fn the_round_before_is_measured_with_the_ruler_of_this_one() {
    let mut now = round();
    assert_eq!(score_before(&PACK, &now), None);
    let verdicts: BTreeMap<_, _> = PACK.items.iter().map(|i| (i.code.clone(), Verdict::Partial)).collect();
    let mut before = Predecessor {
        id: Id::from_u128(9),
        title: "2025年内部自评".into(),
        root: String::new(),
        verdicts,
        notes: BTreeMap::new(),
        open_tasks: vec![],
    };
    // One item was not there then: it earns nothing, and is not taken for assessed.
    before.verdicts.remove("XC3-05");
    now.predecessor = Some(before);
    for (profile, rate) in [("internal", 4978), ("strict", 0)] {
        now.assessment.profile = profile.into();
        let then = score_before(&PACK, &now).unwrap();
        assert_eq!((then.profile.as_str(), then.rate), (profile, Some(rate)));
        assert_eq!((then.overall.partial, then.overall.unassessed), (223, 1));
        assert_eq!(then.domains.len(), 9);
    }
    assert_eq!(score(&PACK, &now).overall.assessed(), 0, "it says nothing about this round");
}
