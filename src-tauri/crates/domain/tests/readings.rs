//! Readings: invented situations that the check points must decide. The file is the fixture; this holds it to its promises.
#![allow(clippy::unwrap_used, missing_docs)]

use domain::{CriteriaPack, Verdict};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Readings {
    readings: Vec<Reading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    code: String,
    situation: String,
    expected: Verdict,
    judged: Verdict,
    why: String,
}

fn readings() -> Vec<Reading> {
    toml::from_str::<Readings>(include_str!("../../../../criteria/readings.toml")).unwrap().readings
}

#[test]
fn each_item_has_two_situations_and_a_key_item_four() {
    let pack = CriteriaPack::parse(include_bytes!("../../../../criteria/yd-t-2823-2015.toml")).unwrap();
    let mut by_item: BTreeMap<String, Vec<Verdict>> = BTreeMap::new();
    for reading in readings() {
        let item = pack.item(&reading.code).unwrap_or_else(|| panic!("{} is no item", reading.code));
        by_item.entry(item.code.clone()).or_default().push(reading.expected);
    }
    for item in &pack.items {
        let verdicts = by_item.get(&item.code).map_or(&[][..], Vec::as_slice);
        assert_eq!(verdicts.len(), if item.key { 4 } else { 2 }, "{}", item.code);
        if item.key {
            for verdict in [Verdict::Conform, Verdict::Partial, Verdict::Nonconform] {
                assert!(verdicts.contains(&verdict), "{} has no {verdict:?}", item.code);
            }
        } else {
            assert_ne!(verdicts[0], verdicts[1], "{}: its situations differ in nothing", item.code);
        }
    }
}

/// Grades are a judgement: whoever wrote the situation and whoever read it with nothing but the check points must agree.
#[test]
fn two_hands_agree_on_nineteen_of_twenty() {
    let readings = readings();
    let apart: Vec<_> = readings.iter().filter(|r| r.expected != r.judged).map(|r| &r.code).collect();
    assert!(apart.len() * 20 <= readings.len(), "{} of {}: {apart:?}", apart.len(), readings.len());
}

#[test]
fn situations_are_concrete_and_do_not_give_the_answer_away() {
    let mut seen = BTreeSet::new();
    for reading in readings() {
        let chars = reading.situation.chars().count();
        assert!((50..=140).contains(&chars), "{} has {chars} characters", reading.code);
        assert!(reading.situation.chars().any(|c| c.is_ascii_digit()), "{} names no figure", reading.code);
        assert!(!reading.why.is_empty() && reading.why.chars().count() <= 60, "{}", reading.code);
        for word in ["符合", "不符合", "部分符合"] {
            assert!(!reading.situation.contains(word), "{} says 「{word}」", reading.code);
        }
        assert!(seen.insert(reading.situation.clone()), "{} repeats a situation", reading.code);
    }
}
