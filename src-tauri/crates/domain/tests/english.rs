//! The English of the criteria file: whole, without Chinese, and with the figures of the Chinese.
#![allow(clippy::unwrap_used, missing_docs)]

use domain::CriteriaPack;
use std::collections::BTreeSet;

const FILE: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

/// Place, Chinese, English of every text that a reader meets.
fn pairs(pack: &CriteriaPack) -> Vec<(String, &str, &str)> {
    let mut all = Vec::new();
    let mut add = |place: &str, field: &str, own, english| all.push((format!("{place} {field}"), own, english));
    for s in &pack.sources {
        add(&s.id, "title", s.title.as_str(), s.title_en.as_str());
        add(&s.id, "publisher", &s.publisher, &s.publisher_en);
        add(&s.id, "note", &s.note, &s.note_en);
    }
    for l in &pack.laws {
        add(&l.id, "instrument", &l.instrument, &l.instrument_en);
        add(&l.id, "short", &l.short, &l.short_en);
        add(&l.id, "article", &l.article, &l.article_en);
        add(&l.id, "gist", &l.gist, &l.gist_en);
        add(&l.id, "note", &l.note, &l.note_en);
    }
    for k in &pack.kpis {
        add(&k.id, "definition", &k.definition, &k.definition_en);
        add(&k.id, "formula", &k.formula, &k.formula_en);
        add(&k.id, "reference", &k.reference, &k.reference_en);
        add(&k.id, "source", &k.source, &k.source_en);
        add(&k.id, "warning", &k.warning, &k.warning_en);
    }
    for s in &pack.sections {
        add(&s.code, "intro", &s.intro, &s.intro_en);
        add(&s.code, "origin_note", &s.origin_note, &s.origin_note_en);
    }
    for item in &pack.items {
        add(&item.code, "requirement", &item.requirement, &item.requirement_en);
        add(&item.code, "key_reason", &item.key_reason, &item.key_reason_en);
        for (own, english) in item.check_points.iter().zip(&item.check_points_en) {
            add(&item.code, "check_points", own, english);
        }
        for (own, english) in item.evidence.iter().zip(&item.evidence_en) {
            add(&item.code, "evidence", own, english);
        }
    }
    all
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Runs of digits, thousands separators left out.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut bare = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let inside = at > 0 && chars[at - 1].is_ascii_digit() && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if !(*c == ',' && inside) {
            bare.push(*c);
        }
    }
    bare.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_text_has_an_english_one_and_no_chinese_is_left_in_it() {
    let pack = CriteriaPack::parse(FILE.as_bytes()).unwrap();
    for item in &pack.items {
        assert_eq!(item.check_points.len(), item.check_points_en.len(), "{}", item.code);
        assert_eq!(item.evidence.len(), item.evidence_en.len(), "{}", item.code);
        let distinct: BTreeSet<_> = item.evidence_en.iter().collect();
        assert_eq!(distinct.len(), item.evidence_en.len(), "{} names one evidence twice in English", item.code);
    }
    for (place, own, english) in pairs(&pack) {
        assert_eq!(own.trim().is_empty(), english.trim().is_empty(), "{place}: 「{own}」 / \"{english}\"");
        assert!(!english.chars().any(is_chinese), "{place}: {english}");
    }
}

#[test]
fn the_figures_are_the_same_in_both_languages() {
    // Written in another unit, or as the name of a month.
    const WORDS: [(&str, &str); 3] = [("1000万", "10 million"), ("100万", "1 million"), ("年4月", "April")];
    let pack = CriteriaPack::parse(FILE.as_bytes()).unwrap();
    let mut lacking = Vec::new();
    for (place, own, english) in pairs(&pack) {
        let mut own = own.to_owned();
        for (chinese, words) in WORDS {
            if english.contains(words) {
                own = own.replace(chinese, "");
            }
        }
        let missing: Vec<_> = numbers(&own).difference(&numbers(english)).cloned().collect();
        if !missing.is_empty() {
            lacking.push(format!("{place} lacks {missing:?}: 「{own}」 / \"{english}\""));
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn every_check_point_tells_the_same_verdicts_apart() {
    const GRADES: [(&str, &str); 3] = [("为部分符合", "partial"), ("为不符合", "nonconform"), ("为符合", "conform:")];
    let pack = CriteriaPack::parse(FILE.as_bytes()).unwrap();
    for item in &pack.items {
        for (own, english) in item.check_points.iter().zip(&item.check_points_en) {
            let english = english.to_lowercase();
            for (chinese, word) in GRADES {
                assert!(!own.contains(chinese) || english.contains(word), "{}: {chinese}: {english}", item.code);
            }
        }
    }
}
