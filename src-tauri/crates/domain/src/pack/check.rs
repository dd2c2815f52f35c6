//! Reading a criteria file: bytes → text → data → a validated pack, or every problem with line, item and field.

use super::{CriteriaPack, Item, PackChange, PackChangeKind};
use crate::Grade;
use crate::snapshot::sha256_hex;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use toml::Spanned;

/// Longest criteria file that is read: 4 MiB, some ten times the one we ship.
pub const MAX_PACK_BYTES: usize = 4 << 20;
/// Number of items (public fact, see `criteria/PROVENANCE.md`).
const ITEMS: usize = 224;
/// Number of domains (public fact).
const DOMAINS: usize = 9;
const TITLE_CHARS: usize = 16;
const REQUIREMENT_CHARS: usize = 60;

/// Why a criteria file was refused. Nothing is created from a refused file.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Longer than [`MAX_PACK_BYTES`].
    #[error("评审准则文件过大：超过 {MAX_PACK_BYTES} 字节")]
    TooLarge,
    /// Not UTF-8; the guess names what it looks like.
    #[error("评审准则文件不是 UTF-8 编码（疑为 {0}），请另存为 UTF-8 后重试")]
    Encoding(&'static str),
    /// Not TOML, or not of the expected shape.
    #[error("评审准则文件第 {line} 行：{message}")]
    Syntax {
        /// 1-based.
        line: usize,
        /// The parser's words.
        message: String,
    },
    /// The shape is right, the content is not.
    #[error("评审准则文件有 {} 处问题，首个：{}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Content(Vec<Problem>),
}

/// One thing that is wrong in a criteria file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// 1-based line of the table concerned; 0 = the file as a whole.
    pub line: usize,
    /// Code or id of the entry.
    pub entry: String,
    /// Field concerned.
    pub field: &'static str,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "第 {} 行 ", self.line)?;
        }
        write!(f, "{} {}：{}", self.entry, self.field, self.message)
    }
}

/// Only what is needed to say on which line an entry begins.
#[derive(Deserialize)]
struct Lines {
    #[serde(default)]
    domains: Vec<Spanned<Coded>>,
    #[serde(default)]
    sections: Vec<Spanned<Coded>>,
    #[serde(default)]
    items: Vec<Spanned<Coded>>,
    #[serde(default)]
    laws: Vec<Spanned<Identified>>,
    #[serde(default)]
    kpis: Vec<Spanned<Identified>>,
    #[serde(default)]
    profiles: Vec<Spanned<Identified>>,
    #[serde(default)]
    changes: Vec<Spanned<Coded>>,
}

#[derive(Deserialize)]
struct Coded {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
struct Identified {
    #[serde(default)]
    id: String,
}

impl CriteriaPack {
    /// Reads and validates a criteria file. A UTF-8 byte order mark and CRLF line ends are accepted.
    ///
    /// # Errors
    /// [`PackError`], with every problem found.
    pub fn parse(bytes: &[u8]) -> Result<Self, PackError> {
        let text = decode(bytes)?;
        let mut pack: Self = toml::from_str(&text).map_err(|e| PackError::Syntax {
            line: e.span().map_or(0, |s| line_of(&text, s.start)),
            message: e.message().to_owned(),
        })?;
        pack.sha256 = sha256_hex(text.as_bytes());
        let problems = problems(&pack, &text);
        if problems.is_empty() { Ok(pack) } else { Err(PackError::Content(problems)) }
    }

    /// Takes over a criteria file that was read before: `json` holds what it says, and its hash. Its content is not judged again.
    ///
    /// # Errors
    /// [`PackError::Syntax`].
    pub fn prepared(json: &str) -> Result<Self, PackError> {
        serde_json::from_str(json).map_err(|e| PackError::Syntax { line: e.line(), message: e.to_string() })
    }
}

fn decode(bytes: &[u8]) -> Result<String, PackError> {
    if bytes.len() > MAX_PACK_BYTES {
        return Err(PackError::TooLarge);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(PackError::Encoding("UTF-16"));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| PackError::Encoding(if looks_like_utf16(bytes) { "UTF-16" } else { "GBK" }))?;
    if text.contains('\0') {
        return Err(PackError::Encoding("UTF-16"));
    }
    Ok(text.replace("\r\n", "\n"))
}

/// UTF-16 text of ASCII keys has a NUL in every second byte.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    head.iter().filter(|b| **b == 0).count() * 4 > head.len()
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

/// Everything that is wrong with the content of a well-formed file.
fn problems(pack: &CriteriaPack, text: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut report = |entry: &str, field: &'static str, message: String| {
        found.push(Problem { line: 0, entry: entry.to_owned(), field, message });
    };
    if pack.pack.format != 1 {
        report("pack", "format", format!("文件格式为 {}，本程序只读格式 1，请升级程序", pack.pack.format));
    }
    counts(pack, &mut report);
    structure(pack, &mut report);
    for item in &pack.items {
        check_item(pack, item, &mut report);
    }
    check_changes(pack, &mut report);
    check_profiles(pack, &mut report);
    if !found.is_empty() {
        // A second reading, for the line numbers; a sound file does not pay for it.
        let lines = entry_lines(text);
        for problem in &mut found {
            problem.line = lines.get(&problem.entry).copied().unwrap_or(0);
        }
    }
    found
}

fn entry_lines(text: &str) -> BTreeMap<String, usize> {
    let Ok(lines) = toml::from_str::<Lines>(text) else { return BTreeMap::new() };
    let mut at = BTreeMap::new();
    // First, as an item of the same code is the better place; where both are wrong the item is mended first.
    for entry in lines.changes {
        let line = line_of(text, entry.span().start);
        at.insert(entry.into_inner().code, line);
    }
    for entry in lines.domains.into_iter().chain(lines.sections).chain(lines.items) {
        let line = line_of(text, entry.span().start);
        // A duplicate is the later one: that is the line to mend.
        at.insert(entry.into_inner().code, line);
    }
    for entry in lines.laws.into_iter().chain(lines.kpis).chain(lines.profiles) {
        let line = line_of(text, entry.span().start);
        at.insert(entry.into_inner().id, line);
    }
    at
}

fn counts(pack: &CriteriaPack, report: &mut impl FnMut(&str, &'static str, String)) {
    if pack.domains.len() != DOMAINS {
        report("domains", "count", format!("应为 {DOMAINS} 个评审类别，实为 {}", pack.domains.len()));
    }
    if pack.items.len() != ITEMS {
        report("items", "count", format!("应为 {ITEMS} 个评审条目，实为 {}", pack.items.len()));
    }
    for section in &pack.sections {
        let held = pack.items.iter().filter(|i| i.section() == section.code).count();
        if held != section.items as usize {
            report(&section.code, "items", format!("应含 {} 个条目，实为 {held}", section.items));
        }
    }
}

fn structure(pack: &CriteriaPack, report: &mut impl FnMut(&str, &'static str, String)) {
    unique(pack.domains.iter().map(|d| d.code.as_str()), "code", report);
    unique(pack.sections.iter().map(|s| s.code.as_str()), "code", report);
    unique(pack.items.iter().map(|i| i.code.as_str()), "code", report);
    unique(pack.laws.iter().map(|l| l.id.as_str()), "id", report);
    unique(pack.kpis.iter().map(|k| k.id.as_str()), "id", report);
    for section in &pack.sections {
        if pack.domain(&section.domain).is_none() {
            report(&section.code, "domain", format!("没有代码为 {} 的评审类别", section.domain));
        }
        if section.code.trim_end_matches(|c: char| c.is_ascii_digit()) != section.domain {
            report(&section.code, "code", format!("主题代码应以类别代码 {} 开头", section.domain));
        }
    }
    let mut titles = BTreeSet::new();
    for item in &pack.items {
        if !titles.insert(&item.title) {
            report(&item.code, "title", format!("标题「{}」与另一条目重复", item.title));
        }
    }
    for grade in Grade::ALL {
        if pack.grade(grade).is_none() {
            report("grades", "id", format!("缺少分级 {} 的定义", grade.key()));
        }
    }
}

fn unique<'a>(
    keys: impl Iterator<Item = &'a str>,
    field: &'static str,
    report: &mut impl FnMut(&str, &'static str, String),
) {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !seen.insert(key) {
            report(key, field, format!("{key} 重复"));
        }
    }
}

fn check_item(pack: &CriteriaPack, item: &Item, report: &mut impl FnMut(&str, &'static str, String)) {
    let code = item.code.as_str();
    let mut wrong = |field, message: String| report(code, field, message);
    if !well_formed(code) {
        wrong("code", "应形如 XC3-05（两个类别字母、主题序号、两位条目序号）".into());
    }
    // Named by what is really missing: whoever mistyped the letters of a domain would look for a section that he never meant.
    if pack.section(item.section()).is_none() {
        let field = if pack.domain(item.domain()).is_none() { "domain" } else { "section" };
        wrong(field, format!("没有代码为 {} 的主题", item.section()));
    }
    length(&item.title, 1, TITLE_CHARS, "title", &mut wrong);
    length(&item.requirement, 1, REQUIREMENT_CHARS, "requirement", &mut wrong);
    amount(item.check_points.len(), 2, 4, "check_points", &mut wrong);
    amount(item.evidence.len(), 2, 5, "evidence", &mut wrong);
    amount(item.methods.len(), 1, 5, "methods", &mut wrong);
    // Readers of the English side see the same points: a translation that is not there falls back to Chinese as a whole, never by
    // halves.
    for (field, english, own) in [
        ("check_points_en", &item.check_points_en, &item.check_points),
        ("evidence_en", &item.evidence_en, &item.evidence),
    ] {
        if !english.is_empty() && english.len() != own.len() {
            wrong(field, format!("英文应与中文逐条对应：应有 {} 条，实为 {}", own.len(), english.len()));
        }
        if english.iter().any(|text| text.trim().is_empty()) {
            wrong(field, "不能有空行".into());
        }
    }
    check_grading(item, &mut wrong);
    for id in &item.laws {
        if pack.law(id).is_none() {
            wrong("laws", format!("引用了未收录的法规 {id}"));
        }
    }
    for id in &item.kpis {
        if pack.kpi(id).is_none() {
            wrong("kpis", format!("引用了未收录的指标 {id}"));
        }
    }
    for other in &item.see_also {
        if other == code || pack.item(other).is_none() {
            wrong("see_also", format!("引用了不存在的条目 {other}"));
        }
    }
    if item.key && (item.key_reason.is_empty() || item.key_reason_en.is_empty()) {
        wrong("key_reason", "关键条目须写明理由（中英文）".into());
    }
    if !item.key && !item.key_reason.is_empty() {
        wrong("key_reason", "非关键条目不应有关键理由".into());
    }
    for (field, text) in [("title_en", &item.title_en), ("requirement_en", &item.requirement_en)] {
        if text.trim().is_empty() {
            wrong(field, "不能为空".into());
        }
    }
}

/// Leading point, duties and tallies name check points that are there, each once, and boundaries leave neither hole nor overlap.
fn check_grading(item: &Item, wrong: &mut impl FnMut(&'static str, String)) {
    let points = u32::try_from(item.check_points.len()).unwrap_or(u32::MAX);
    let there = |number: u32| (1..=points).contains(&number);
    let missing = |number: u32| format!("没有第 {number} 个核查要点，应为 1–{points}");
    if let Some(lead) = item.lead.filter(|n| !there(*n)) {
        wrong("lead", missing(lead));
    }
    if item.lead.is_none() && !item.duties.is_empty() {
        wrong("duties", "写了法定要点就应写主导要点 lead".into());
    }
    let mut seen = BTreeSet::new();
    for &number in &item.duties {
        if !there(number) {
            wrong("duties", missing(number));
        } else if Some(number) == item.lead {
            wrong("duties", format!("第 {number} 个要点已是主导要点，不必再列"));
        } else if !seen.insert(number) {
            wrong("duties", format!("第 {number} 个要点重复"));
        }
    }
    let mut seen = BTreeSet::new();
    for tally in &item.tallies {
        let number = tally.point;
        if !there(number) {
            wrong("tallies", missing(number));
        } else if !seen.insert(number) {
            wrong("tallies", format!("第 {number} 个要点重复"));
        }
        if tally.conform > tally.partial || tally.partial >= tally.of {
            let (of, conform, partial) = (tally.of, tally.conform, tally.partial);
            let held = format!("抽 {of}，符合至 {conform}，部分符合至 {partial}");
            wrong("tallies", format!("第 {number} 个要点的界限应为 conform ≤ partial < of，实为{held}"));
        }
    }
}

/// The list of changes agrees with the items that are here, and what stands in for what has an end.
fn check_changes(pack: &CriteriaPack, report: &mut impl FnMut(&str, &'static str, String)) {
    unique(pack.changes.iter().map(|c| c.code.as_str()), "changes", report);
    let listed = |code: &str| pack.changes.iter().find(|c| c.code == code);
    for change in &pack.changes {
        let code = change.code.as_str();
        let mut wrong = |field, message: String| report(code, field, message);
        match (change.kind, pack.item(code)) {
            (PackChangeKind::Withdrawn, Some(_)) => wrong("changes", "记为已撤销，但条目仍在文件中".into()),
            (PackChangeKind::Added | PackChangeKind::Changed, None) => {
                wrong("changes", "记为新增或变更，但文件中没有该条目".into());
            }
            _ => {}
        }
        if change.why.trim().is_empty() || change.why_en.trim().is_empty() {
            wrong("why", "应写明理由（中英文）".into());
        }
        if change.replaces.is_empty() {
            continue;
        }
        if listed(&change.replaces).is_none_or(|other| other.kind != PackChangeKind::Withdrawn) {
            wrong("replaces", format!("{} 未记为已撤销", change.replaces));
        }
        let before = |c: &PackChange| listed(&c.replaces).filter(|_| !c.replaces.is_empty());
        let chain = std::iter::successors(Some(change), |c| before(c)).skip(1).take(pack.changes.len());
        if chain.into_iter().any(|c| c.code == code) {
            wrong("replaces", "替代关系成环".into());
        }
    }
}

fn well_formed(code: &str) -> bool {
    matches!(code.as_bytes(), [a, b, s, b'-', x, y]
        if a.is_ascii_uppercase() && b.is_ascii_uppercase() && s.is_ascii_digit() && x.is_ascii_digit() && y.is_ascii_digit())
}

fn length(text: &str, least: usize, most: usize, field: &'static str, wrong: &mut impl FnMut(&'static str, String)) {
    let chars = text.chars().count();
    if !(least..=most).contains(&chars) {
        wrong(field, format!("应为 {least}–{most} 个字符，实为 {chars}"));
    }
}

fn amount(count: usize, least: usize, most: usize, field: &'static str, wrong: &mut impl FnMut(&'static str, String)) {
    if !(least..=most).contains(&count) {
        wrong(field, format!("应有 {least}–{most} 条，实为 {count}"));
    }
}

fn check_profiles(pack: &CriteriaPack, report: &mut impl FnMut(&str, &'static str, String)) {
    if pack.profiles.iter().filter(|p| p.default).count() != 1 {
        report("profiles", "default", "应有且只有一个默认评分口径".into());
    }
    unique(pack.profiles.iter().map(|p| p.id.as_str()), "id", report);
    for profile in &pack.profiles {
        for (field, text) in [
            ("points.conform", &profile.points.conform),
            ("points.partial", &profile.points.partial),
            ("points.nonconform", &profile.points.nonconform),
        ] {
            if super::profile::milli(text).is_none() {
                report(&profile.id, field, format!("「{text}」不是 0 到 1 之间、至多三位小数的数"));
            }
        }
        if super::profile::milli(&profile.points.conform) != Some(1000) {
            report(&profile.id, "points.conform", "符合的得分应为 1（上限按此计算）".into());
        }
        for (item, weight) in &profile.weights {
            if pack.item(item).is_none() {
                report(&profile.id, "weights", format!("引用了不存在的条目 {item}"));
            }
            if !(1..=100).contains(weight) {
                report(&profile.id, "weights", format!("{item} 的权重应为 1–100，实为 {weight}"));
            }
        }
        if !profile.bands.is_sorted_by(|a, b| a.at_least > b.at_least) {
            report(&profile.id, "bands", "分档应由高到低排列且不重复".into());
        }
        unique(profile.rules.iter().map(|r| r.id.as_str()), "rules", report);
        for id in [
            super::LevelId::Ready,
            super::LevelId::ReadyWithReservations,
            super::LevelId::NotReady,
            super::LevelId::Incomplete,
        ] {
            if profile.level(id).is_none() {
                report(&profile.id, "levels", format!("缺少准备度 {id:?} 的文字"));
            }
        }
    }
}
