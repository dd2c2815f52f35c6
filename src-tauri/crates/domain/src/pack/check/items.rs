//! One item: its code, texts, references, and how it is graded.

use super::Found;
use crate::pack::{CriteriaPack, Item};
use std::collections::BTreeSet;

// Wide enough for anybody's texts, and narrow enough for a row of a table and a page of the report. Ours are shorter (a lint of ours).
const TITLE_CHARS: usize = 60;
const REQUIREMENT_CHARS: usize = 600;
const CHECK_POINTS: usize = 12;
const EVIDENCE: usize = 12;
const METHODS: usize = 5;

pub(super) fn check(pack: &CriteriaPack, item: &Item, found: &mut Found) {
    let code = item.code.as_str();
    if !well_formed(code) {
        let words = (
            "应形如 XC3-05（类别代码 1–4 个大写字母、主题序号、两三位条目序号）",
            "a code like XC3-05 is expected (1–4 capital letters for the domain, number of the section, two or three digits)",
        );
        found.add(code, "code", words);
    }
    // Named by what is really missing: whoever mistyped the letters of a domain would look for a section that he never meant.
    let section = item.section();
    if pack.section(section).is_none() {
        let field = if pack.domain(item.domain()).is_none() { "domain" } else { "section" };
        found.add(code, field, (format!("没有代码为 {section} 的主题"), format!("no section has the code {section}")));
    }
    for (field, text, most) in
        [("title", &item.title, TITLE_CHARS), ("requirement", &item.requirement, REQUIREMENT_CHARS)]
    {
        let chars = text.trim().chars().count();
        if !(1..=most).contains(&chars) {
            let words =
                (format!("应为 1–{most} 个字符，实为 {chars}"), format!("1–{most} characters expected, found {chars}"));
            found.add(code, field, words);
        }
    }
    for (field, held, most) in [
        ("check_points", item.check_points.len(), CHECK_POINTS),
        ("evidence", item.evidence.len(), EVIDENCE),
        ("methods", item.methods.len(), METHODS),
    ] {
        if !(1..=most).contains(&held) {
            found.add(
                code,
                field,
                (format!("应有 1–{most} 条，实为 {held}"), format!("1–{most} expected, found {held}")),
            );
        }
    }
    // Readers of the English side see the same points: a translation that is not there falls back to Chinese as a whole, never by
    // halves.
    for (field, english, own) in [
        ("check_points_en", &item.check_points_en, &item.check_points),
        ("evidence_en", &item.evidence_en, &item.evidence),
    ] {
        let (held, expected) = (english.len(), own.len());
        if held > 0 && held != expected {
            let words = (
                format!("英文应与中文逐条对应：应有 {expected} 条，实为 {held}"),
                format!("English and Chinese go line by line: {expected} expected, found {held}"),
            );
            found.add(code, field, words);
        }
    }
    for (field, lines) in [
        ("check_points", &item.check_points),
        ("evidence", &item.evidence),
        ("check_points_en", &item.check_points_en),
        ("evidence_en", &item.evidence_en),
    ] {
        if lines.iter().any(|text| text.trim().is_empty()) {
            found.add(code, field, ("不能有空行", "no line may be empty"));
        }
    }
    grading(pack, item, found);
    references(pack, item, found);
    if item.key && item.key_reason.is_empty() {
        found.add(code, "key_reason", ("关键条目须写明理由", "a key item says why it is one"));
    }
    if !item.key && !item.key_reason.is_empty() {
        found.add(code, "key_reason", ("非关键条目不应有关键理由", "only a key item says why it is one"));
    }
}

fn references(pack: &CriteriaPack, item: &Item, found: &mut Found) {
    let code = item.code.as_str();
    for id in item.laws.iter().filter(|id| pack.law(id).is_none()) {
        found.add(code, "laws", (format!("引用了未收录的法规 {id}"), format!("the law {id} is not in the file")));
    }
    for id in item.kpis.iter().filter(|id| pack.kpi(id).is_none()) {
        found.add(code, "kpis", (format!("引用了未收录的指标 {id}"), format!("the indicator {id} is not in the file")));
    }
    for other in item.see_also.iter().filter(|other| *other == code || pack.item(other).is_none()) {
        found.add(code, "see_also", (format!("引用了不存在的条目 {other}"), format!("there is no item {other}")));
    }
}

/// Leading point, duties and tallies name check points that are there, each once, and boundaries leave neither hole nor overlap.
fn grading(pack: &CriteriaPack, item: &Item, found: &mut Found) {
    let code = item.code.as_str();
    let points = u32::try_from(item.check_points.len()).unwrap_or(u32::MAX);
    let there = |number: u32| (1..=points).contains(&number);
    let missing = |number: u32| {
        (
            format!("没有第 {number} 个核查要点，应为 1–{points}"),
            format!("there is no check point {number}; 1–{points} expected"),
        )
    };
    let twice = |number: u32| (format!("第 {number} 个要点重复"), format!("check point {number} stands there twice"));
    if let Some(lead) = item.lead.filter(|n| !there(*n)) {
        found.add(code, "lead", missing(lead));
    }
    if item.lead.is_none() && pack.pack.format >= 2 {
        let words = ("应写明主导要点 lead（格式 2）", "the leading point is expected: lead (format 2)");
        found.add(code, "lead", words);
    } else if item.lead.is_none() && !item.duties.is_empty() {
        let words = ("写了法定要点就应写主导要点 lead", "an item that names duties names its leading point too: lead");
        found.add(code, "duties", words);
    }
    let mut seen = BTreeSet::new();
    for &number in &item.duties {
        if !there(number) {
            found.add(code, "duties", missing(number));
        } else if Some(number) == item.lead {
            let words = (
                format!("第 {number} 个要点已是主导要点，不必再列"),
                format!("check point {number} leads already and need not be listed"),
            );
            found.add(code, "duties", words);
        } else if !seen.insert(number) {
            found.add(code, "duties", twice(number));
        }
    }
    let mut seen = BTreeSet::new();
    for tally in &item.tallies {
        let number = tally.point;
        if !there(number) {
            found.add(code, "tallies", missing(number));
        } else if !seen.insert(number) {
            found.add(code, "tallies", twice(number));
        }
        let (of, conform, partial) = (tally.of, tally.conform, tally.partial);
        if conform > partial || partial >= of {
            let words = (
                format!(
                    "第 {number} 个要点的界限应为 conform ≤ partial < of，实为抽 {of}，符合至 {conform}，部分符合至 {partial}"
                ),
                format!(
                    "check point {number}: conform ≤ partial < of expected, found of {of}, conform {conform}, partial {partial}"
                ),
            );
            found.add(code, "tallies", words);
        }
    }
}

/// `XC3-05`: letters of the domain, number of the section, number of the item.
fn well_formed(code: &str) -> bool {
    let Some((section, number)) = code.split_once('-') else { return false };
    let letters = section.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = &section[letters..];
    let all_digits =
        |text: &str, least, most| (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (1..=4).contains(&letters) && all_digits(digits, 1, 2) && all_digits(number, 2, 3)
}
