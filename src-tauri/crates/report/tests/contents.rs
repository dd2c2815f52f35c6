//! What an auditor reads: complete, tied and cross-referenced. Read back from the PDF, not from the model.

#![allow(clippy::unwrap_used)]

mod common;

use common::{is_item, is_label, options, pages, section, words};
use domain::{Lang, Verdict};
use report::Layout;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_item_stands_exactly_once_in_the_item_section_and_the_verdicts_add_up() {
    let round = common::round();
    let Some(pages) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    let lines = section(&pages, "8 逐项结果", "9 证据清单");
    let text = lines.join("\n");
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for code in words(&text, is_item) {
        *seen.entry(code).or_default() += 1;
    }
    assert_eq!(seen.len(), 224);
    assert!(seen.values().all(|n| *n == 1), "{:?}", seen.iter().filter(|(_, n)| **n != 1).collect::<Vec<_>>());
    let score = domain::scoring::score(&round.pack, &round.snapshot);
    for (word, verdict) in [
        ("符合", Some(Verdict::Conform)),
        ("部分符合", Some(Verdict::Partial)),
        ("不符合", Some(Verdict::Nonconform)),
        ("不适用", Some(Verdict::NotApplicable)),
        ("未评估", None),
    ] {
        // A verdict that counts stands with its points, and with nothing else, on its line.
        let counted = lines.iter().filter(|l| {
            let (verdict, points) = l.trim().split_once(' ').unwrap_or((l.trim(), "1/1 分"));
            verdict == word && points.ends_with(" 分") && points.contains('/')
        });
        let counted = counted.count();
        assert_eq!(counted, score.overall.count(verdict) as usize, "{word}");
    }
}

#[test]
fn totals_agree_between_the_sections() {
    let round = common::round();
    let Some(pages) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    let tally = domain::scoring::score(&round.pack, &round.snapshot).overall;
    let results = section(&pages, "3 总体结果", "4 不符合项").join("\n");
    let row = format!(
        "合计 {} {} {} {} {} {} {} {}",
        tally.items,
        tally.applicable(),
        tally.assessed(),
        tally.conform,
        tally.partial,
        tally.nonconform,
        tally.na,
        tally.unassessed
    );
    let flat = results.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(flat.matches(&row).count(), 2, "by domain and by section: {row}");
    let lists = section(&pages, "7 不适用与未评估条目", "8 逐项结果").join("\n");
    let named: BTreeSet<_> = words(&lists, is_item).into_iter().collect();
    assert_eq!(named.len(), (tally.na + tally.unassessed) as usize);
    assert!(lists.contains(&format!("共 {} 条，均已移出分母", tally.na)));
    assert!(lists.contains(&format!("共 {} 条尚无结论", tally.unassessed)));
    let register = section(&pages, "4 不符合项", "5 观察项、改进机会与良好实践").join("\n");
    let listed: BTreeSet<_> = words(&register, |w| is_label("NC-", w)).into_iter().collect();
    let graded = round.snapshot.findings.iter().filter(|f| f.grade.is_nonconformity()).count();
    assert_eq!(listed.len(), graded);
    let major = round.snapshot.findings.iter().filter(|f| f.grade == domain::Grade::Major).count();
    let minor = graded - major;
    let all = round.snapshot.findings.len();
    assert!(flat.contains(&format!("合计 {major} {minor} 6 3 2 {all}")), "spread of findings");
}

#[test]
fn evidence_is_referenced_both_ways_with_its_whole_hash() {
    let round = common::round();
    let Some(pages) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    let items = section(&pages, "8 逐项结果", "9 证据清单").join("\n");
    let index = section(&pages, "9 证据清单", "10 与上一轮评估的比较").join("\n");
    let in_items: BTreeSet<_> = words(&items, |w| is_label("EV-", w)).into_iter().collect();
    let in_index: Vec<_> = words(&index, |w| is_label("EV-", w));
    assert_eq!(in_index.len(), round.snapshot.evidence.len(), "each once");
    let in_index: BTreeSet<_> = in_index.into_iter().collect();
    assert!(in_items.is_subset(&in_index));
    let linked: BTreeSet<_> = round.snapshot.links.iter().map(|l| l.evidence).collect();
    for evidence in &round.snapshot.evidence {
        assert_eq!(in_items.contains(evidence.label().as_str()), linked.contains(&evidence.id), "{}", evidence.label());
        assert!(evidence.sha256.is_empty() || index.lines().any(|l| l.contains(&evidence.sha256)), "hash is broken");
    }
    let used: BTreeSet<_> = words(&index, is_item).into_iter().map(str::to_owned).collect();
    let expected: BTreeSet<_> = round.snapshot.links.iter().map(|l| l.item.clone()).collect();
    assert_eq!(used, expected);
}

#[test]
fn each_nonconformity_has_a_page_of_its_own_with_the_whole_form() {
    let round = common::round();
    let Some(pages) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    for finding in round.snapshot.findings.iter().filter(|f| f.grade.is_nonconformity()) {
        let title = round.pack.item(&finding.item).unwrap().title.clone();
        let heading = format!("{} {title}", finding.label());
        let sheets: Vec<_> = pages.iter().filter(|p| p.lines().any(|l| l.trim() == heading)).collect();
        assert_eq!(sheets.len(), 1, "{heading}");
        let sheet: String = sheets[0].split_whitespace().collect();
        let fact: String = finding.fact.split_whitespace().collect();
        assert!(sheet.contains(&fact), "{heading}: fact");
        for label in
            ["不符合事实", "评审依据", "原因分析", "纠正", "纠正措施", "验证结果", "受评部门负责人确认", "签名："]
        {
            assert!(sheet.contains(label), "{heading}: {label}");
        }
    }
}

#[test]
fn every_page_names_its_number_the_report_and_the_root() {
    let round = common::round();
    for lang in Lang::ALL {
        let report = round.render(&options(Layout::Certification, lang));
        let Some(pages) = pages(&report.pdf) else { return };
        assert_eq!(pages.len(), report.pages as usize);
        for (index, page) in pages.iter().enumerate() {
            let number = match lang {
                Lang::Zh => format!("第 {} 页 / 共 {} 页", index + 1, pages.len()),
                Lang::En => format!("Page {} of {}", index + 1, pages.len()),
            };
            assert!(page.contains(&number), "{number}");
            assert!(page.contains(&report.root) && page.contains("R-03"), "page {}", index + 1);
        }
    }
}

#[test]
fn both_languages_print_the_same_figures() {
    let round = common::round();
    let read = |lang| pages(&round.render(&options(Layout::Certification, lang)).pdf).map(|p| p.join("\n"));
    let (Some(zh), Some(en)) = (read(Lang::Zh), read(Lang::En)) else { return };
    let rates = |text: &str| {
        let mut rates: Vec<_> = text
            .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '%'))
            .map(|w| w.trim_end_matches('.'))
            .filter(|w| w.ends_with('%') && w.contains('.'))
            .map(str::to_owned)
            .collect();
        rates.sort();
        rates
    };
    assert_eq!(rates(&zh), rates(&en));
    let names = |text: &str| {
        words(text, |w| is_item(w) || ["EV-", "NC-", "T-"].iter().any(|p| is_label(p, w)))
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&zh), names(&en));
}

#[test]
fn the_control_page_carries_the_notices_and_claims_nothing() {
    let round = common::round();
    let flat = |text: &str| text.split_whitespace().collect::<String>();
    for (lang, notice, kpi, honest) in [
        (Lang::Zh, &round.pack.pack.notice, &round.pack.pack.kpi_notice, "自评准备度，不是认证结论"),
        (
            Lang::En,
            &round.pack.pack.notice_en,
            &round.pack.pack.kpi_notice_en,
            "Self-assessed readiness, not a certification result",
        ),
    ] {
        for layout in Layout::ALL {
            let Some(pages) = pages(&round.render(&options(layout, lang)).pdf) else { return };
            let control = flat(&pages[1]);
            assert!(control.contains(&flat(notice)) && control.contains(&flat(kpi)), "{layout:?} {lang:?}");
            assert!(flat(&pages[0]).contains(&flat(honest)));
            let all = pages.join("");
            assert!(!all.contains("通过认证") && !all.contains("国标"));
        }
    }
}

#[test]
fn a_section_that_is_left_out_leaves_no_gap_and_no_dead_link() {
    let round = common::round();
    let mut chosen = options(Layout::Certification, Lang::Zh);
    chosen.sections = Some([report::SectionId::Summary, report::SectionId::Items].into());
    let Some(pages) = pages(&round.render(&chosen).pdf) else { return };
    let text = pages.join("\n");
    assert!(text.lines().any(|l| l.trim() == "1 准备度结论") && text.lines().any(|l| l.trim() == "2 逐项结果"));
    assert!(!text.contains("证据清单"));
    assert!(text.contains("EV-0001"), "the number stays, only its link goes");
}
