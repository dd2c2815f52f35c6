//! What must hold in a criteria file beyond its shape, for files of any size: ours, a part of it, a company's own, another standard's.
//! What holds for ours alone (224 items, lengths, style) is tested in `domain/tests/criteria.rs`.

mod items;
mod profiles;

use super::{CriteriaPack, PackChangeKind, Problem};
use crate::Grade;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Formats this program reads. In format 2 every item names its leading point; in format 1 the lowest point decides where none is named.
pub const FORMATS: RangeInclusive<u32> = 1..=2;
/// Most items of a pack: nine times ours. Screens, report and scoring are tried up to here.
pub const MAX_ITEMS: usize = 2_000;
/// Most domains, as each is a row of the overview and a sheet of the workbook.
const MAX_DOMAINS: usize = 40;
/// Most sections.
const MAX_SECTIONS: usize = 400;

/// The problems found so far.
#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    /// Adds one, in Chinese and English. Its line is looked up when all are known.
    fn add(&mut self, entry: &str, field: &'static str, (chinese, english): (impl Into<String>, impl Into<String>)) {
        let (message, message_en) = (chinese.into(), english.into());
        self.0.push(Problem { line: 0, entry: entry.to_owned(), field, message, message_en });
    }
}

/// Everything that is wrong with the content of a well-formed file. Lines are not known here and 0.
pub(super) fn problems(pack: &CriteriaPack) -> Vec<Problem> {
    let mut found = Found::default();
    let (least, most) = (FORMATS.start(), FORMATS.end());
    if !FORMATS.contains(&pack.pack.format) {
        let format = pack.pack.format;
        let words = (
            format!("文件格式为 {format}，本程序只读格式 {least}–{most}，请升级程序"),
            format!("the file's format is {format}; this program reads {least}–{most}: update the program"),
        );
        found.add("pack", "format", words);
    }
    // Whatever else is wrong with ten thousand items need not be listed.
    if counts(pack, &mut found) {
        structure(pack, &mut found);
        for item in &pack.items {
            items::check(pack, item, &mut found);
        }
        departments(pack, &mut found);
        changes(pack, &mut found);
        renamings(pack, &mut found);
        profiles::check(pack, &mut found);
    }
    found.0
}

/// Whether the lists have a size that can be worked with.
fn counts(pack: &CriteriaPack, found: &mut Found) -> bool {
    let before = found.0.len();
    for (entry, held, most, what, what_en) in [
        ("domains", pack.domains.len(), MAX_DOMAINS, "评审类别", "domains"),
        ("sections", pack.sections.len(), MAX_SECTIONS, "主题", "sections"),
        ("items", pack.items.len(), MAX_ITEMS, "评审条目", "items"),
    ] {
        if !(1..=most).contains(&held) {
            let words =
                (format!("应有 1–{most} 个{what}，实为 {held}"), format!("1–{most} {what_en} expected, found {held}"));
            found.add(entry, "count", words);
        }
    }
    found.0.len() == before
}

fn structure(pack: &CriteriaPack, found: &mut Found) {
    unique(pack.domains.iter().map(|d| d.code.as_str()), "code", found);
    unique(pack.sections.iter().map(|s| s.code.as_str()), "code", found);
    unique(pack.items.iter().map(|i| i.code.as_str()), "code", found);
    unique(pack.laws.iter().map(|l| l.id.as_str()), "id", found);
    unique(pack.kpis.iter().map(|k| k.id.as_str()), "id", found);
    for domain in pack.domains.iter().filter(|d| pack.items_of(&d.code).next().is_none()) {
        found.add(&domain.code, "items", ("该类别没有条目", "this domain has no item"));
    }
    for section in &pack.sections {
        let (code, domain) = (section.code.as_str(), section.domain.as_str());
        if pack.domain(domain).is_none() {
            let words = (format!("没有代码为 {domain} 的评审类别"), format!("no domain has the code {domain}"));
            found.add(code, "domain", words);
        }
        if code.trim_end_matches(|c: char| c.is_ascii_digit()) != domain {
            let words = (
                format!("主题代码应以类别代码 {domain} 开头"),
                format!("a section's code begins with its domain's, {domain}"),
            );
            found.add(code, "code", words);
        }
        let (expected, held) = (section.items, pack.items.iter().filter(|i| i.section() == code).count());
        if held != expected as usize {
            let words =
                (format!("应含 {expected} 个条目，实为 {held}"), format!("{expected} items expected, found {held}"));
            found.add(code, "items", words);
        }
    }
    let mut titles = BTreeSet::new();
    for item in &pack.items {
        let title = &item.title;
        if !titles.insert(title) {
            let words = (format!("标题「{title}」与另一条目重复"), format!("another item has the title \"{title}\""));
            found.add(&item.code, "title", words);
        }
    }
    for grade in Grade::ALL.into_iter().filter(|grade| pack.grade(*grade).is_none()) {
        let key = grade.key();
        found.add("grades", "id", (format!("缺少分级 {key} 的定义"), format!("the grade {key} is not defined")));
    }
}

fn unique<'a>(keys: impl Iterator<Item = &'a str>, field: &'static str, found: &mut Found) {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !seen.insert(key) {
            found.add(key, field, (format!("{key} 重复"), format!("{key} stands there twice")));
        }
    }
}

/// A section that names a department names one of the file's; a name means one paper.
fn departments(pack: &CriteriaPack, found: &mut Found) {
    unique(pack.departments.iter().map(|d| d.title.as_str()), "departments", found);
    if pack.departments.iter().any(|d| d.title.trim().is_empty()) {
        found.add("departments", "title", ("部门名称不能为空", "a department has a name"));
    }
    for section in &pack.sections {
        let named = section.department.as_str();
        if !named.is_empty() && !pack.departments.iter().any(|d| d.title == named) {
            let words = (
                format!("应为 departments 中的一个部门，实为「{named}」"),
                format!("one of the departments expected, found \"{named}\""),
            );
            found.add(&section.code, "department", words);
        }
    }
    unique(pack.pack.same_papers.iter().flatten().map(String::as_str), "same_papers", found);
}

/// The list of changes agrees with the items that are here, and what stands in for what has an end.
fn changes(pack: &CriteriaPack, found: &mut Found) {
    unique(pack.changes.iter().map(|c| c.code.as_str()), "changes", found);
    let listed = |code: &str| pack.changes.iter().find(|c| c.code == code);
    for change in &pack.changes {
        let code = change.code.as_str();
        match (change.kind, pack.item(code)) {
            (PackChangeKind::Withdrawn, Some(_)) => {
                let words = ("记为已撤销，但条目仍在文件中", "listed as withdrawn, but the item is still in the file");
                found.add(code, "changes", words);
            }
            (PackChangeKind::Added | PackChangeKind::Changed, None) => {
                let words = (
                    "记为新增或变更，但文件中没有该条目",
                    "listed as added or changed, but no such item is in the file",
                );
                found.add(code, "changes", words);
            }
            _ => {}
        }
        if change.why.trim().is_empty() || change.why_en.trim().is_empty() {
            found.add(code, "why", ("应写明理由（中英文）", "the reason is expected, in Chinese and English"));
        }
        if change.replaces.is_empty() {
            continue;
        }
        let replaced = &change.replaces;
        if listed(replaced).is_none_or(|other| other.kind != PackChangeKind::Withdrawn) {
            let words = (format!("{replaced} 未记为已撤销"), format!("{replaced} is not listed as withdrawn"));
            found.add(code, "replaces", words);
        }
        let before = |c: &super::PackChange| listed(&c.replaces).filter(|_| !c.replaces.is_empty());
        let chain = std::iter::successors(Some(change), |c| before(c)).skip(1).take(pack.changes.len());
        if chain.into_iter().any(|c| c.code == code) {
            found.add(code, "replaces", ("替代关系成环", "what replaces what runs in a circle"));
        }
    }
}

/// Every renaming leads from a code that is free to an item that is here, in one step, and no two meet: what was recorded has one
/// place to go.
fn renamings(pack: &CriteriaPack, found: &mut Found) {
    let next = |code: &str| pack.renamed.iter().find(|r| r.from == code).map(|r| r.to.as_str());
    for (at, renaming) in pack.renamed.iter().enumerate() {
        let (from, to) = (renaming.from.as_str(), renaming.to.as_str());
        let mut wrong = |chinese: String, english: String| found.add(from, "renamed", (chinese, english));
        if std::iter::successors(next(from), |code| next(code)).take(pack.renamed.len()).any(|code| code == from) {
            wrong("更名成环".into(), "the renamings run in a circle".into());
        } else if let Some(last) = next(to) {
            wrong(
                format!("{to} 又更名为 {last}，应直接写 {from} → {last}"),
                format!("{to} is renamed in turn: name {last} at once for {from}"),
            );
        } else if pack.item(to).is_none() {
            wrong(format!("没有更名后的条目 {to}"), format!("no item has the new code {to}"));
        } else if pack.item(from).is_some() {
            wrong(format!("{from} 仍是本文件中的条目"), format!("{from} is still an item of this file"));
        }
        let earlier = &pack.renamed[..at];
        if earlier.iter().any(|other| other.from == from) {
            wrong(format!("{from} 更名两次"), format!("{from} is renamed twice"));
        }
        if earlier.iter().any(|other| other.to == to) {
            wrong(format!("两个条目都更名为 {to}"), format!("two items are renamed to {to}"));
        }
        if pack.changes.iter().any(|c| c.code == from && c.kind == PackChangeKind::Withdrawn) {
            wrong(format!("{from} 另记为已撤销"), format!("{from} is listed as withdrawn too"));
        }
    }
}
