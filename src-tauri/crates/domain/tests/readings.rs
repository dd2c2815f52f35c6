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
    why: String,
}

fn readings() -> Vec<Reading> {
    toml::from_str::<Readings>(include_str!("../../../../criteria/readings.toml")).unwrap().readings
}

#[test]
fn ten_items_of_each_domain_have_one_conform_and_one_partial_situation() {
    let pack = CriteriaPack::parse(include_bytes!("../../../../criteria/yd-t-2823-2015.toml")).unwrap();
    let mut by_item: BTreeMap<String, Vec<Verdict>> = BTreeMap::new();
    let mut by_domain: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for reading in readings() {
        let item = pack.item(&reading.code).unwrap_or_else(|| panic!("{} is no item", reading.code));
        by_item.entry(item.code.clone()).or_default().push(reading.expected);
        by_domain.entry(item.domain().to_owned()).or_default().insert(item.code.clone());
    }
    assert_eq!(by_domain.len(), 9);
    for (domain, items) in by_domain {
        assert_eq!(items.len(), 10, "{domain}");
    }
    for (item, verdicts) in by_item {
        assert_eq!(verdicts, [Verdict::Conform, Verdict::Partial], "{item}");
    }
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
