//! What the annex and the control page owe an auditor beyond the figures.

#![allow(clippy::unwrap_used)]

mod common;

use common::{date, options, pages};
use domain::Lang;
use report::Layout;

fn flat(pages: &[String]) -> String {
    pages.iter().flat_map(|p| p.split_whitespace()).collect()
}

fn squeezed(text: &str) -> String {
    report::text::clean(text).split_whitespace().collect()
}

/// The pages without head and foot, so that a text split over two pages is whole again.
fn body(pages: &[String], root: &str) -> Vec<String> {
    let furniture = |l: &str| l.contains(root) || l.contains("页 / 共") || l.starts_with("Page ");
    pages.iter().map(|p| p.lines().filter(|l| !furniture(l)).collect::<Vec<_>>().join("\n")).collect()
}

/// Whole, or in two pieces: a row that goes over a page has the table's head between them.
fn stands(text: &str, part: &str) -> bool {
    text.contains(part) || part.char_indices().any(|(at, _)| text.contains(&part[..at]) && text.contains(&part[at..]))
}

#[test]
fn every_key_figure_is_defined_with_its_formula_reference_and_source() {
    let round = common::round();
    for lang in Lang::ALL {
        let report = round.render(&options(Layout::Certification, lang));
        let Some(pages) = pages(&report.pdf) else { return };
        let text = flat(&body(&pages, &report.root));
        for kpi in &round.pack.kpis {
            let own = match lang {
                Lang::Zh => [&kpi.name, &kpi.definition, &kpi.formula, &kpi.reference, &kpi.warning, &kpi.source],
                Lang::En => [
                    &kpi.name_en,
                    &kpi.definition_en,
                    &kpi.formula_en,
                    &kpi.reference_en,
                    &kpi.warning_en,
                    &kpi.source_en,
                ],
            };
            for part in own.into_iter().chain([&kpi.id]) {
                assert!(stands(&text, &squeezed(part)), "{lang:?} {}: {part}", kpi.id);
            }
        }
        for unit in ["s_range", "count·", "yuan·"] {
            assert!(!text.contains(unit), "a key of the criteria file is printed as a word: {unit}");
        }
    }
}

#[test]
fn every_term_stands_in_both_languages() {
    let round = common::round();
    for lang in Lang::ALL {
        let Some(pages) = pages(&round.render(&options(Layout::Certification, lang)).pdf) else { return };
        let text = flat(&pages);
        for term in &round.pack.glossary {
            assert!(text.contains(&squeezed(&term.term)) && text.contains(&squeezed(&term.term_en)), "{}", term.term);
        }
    }
}

#[test]
fn changes_of_the_criteria_are_listed_item_by_item() {
    let mut round = common::round();
    let Some(same) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    assert!(flat(&same).contains("上一轮使用同一份评审准则"));
    let mut before = common::pack();
    before.pack.version = "2025.03".to_owned();
    before.sha256 = domain::snapshot::sha256_hex(b"2025.03");
    let taken_out = before.items.remove(5);
    before.items[7].requirement = "旧版要求：班表提前三日公布。".to_owned();
    let reworded = before.items[7].code.clone();
    let mut gone = before.items[9].clone();
    gone.code = "GH1-99".to_owned();
    gone.title = "已取消的旧条目".to_owned();
    before.items.push(gone);
    round.last_pack = Some(before);
    let Some(pages) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    let text = flat(&pages);
    assert!(text.contains("上一轮使用版本2025.03"));
    assert!(text.contains("新增1条，取消1条，改写1条，未变222条"));
    for part in [format!("新增{}", taken_out.code), format!("改写{reworded}"), "取消GH1-99".to_owned()] {
        assert!(text.contains(&part), "{part}");
    }
    assert!(text.contains("旧版要求：班表提前三日公布。") && text.contains("已取消的旧条目"));
    round.snapshot.predecessor = None;
    round.last_pack = None;
    let Some(first) = common::pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    assert!(flat(&first).contains("本评估没有上一轮"));
}

#[test]
fn the_steps_of_verifying_name_a_tool_for_every_system() {
    let round = common::round();
    for lang in Lang::ALL {
        let report = round.render(&options(Layout::Certification, lang));
        let Some(pages) = pages(&report.pdf) else { return };
        let step = pages.iter().find(|p| p.contains("certutil -hashfile assessment.json SHA256")).unwrap();
        for command in ["sha256sum assessment.json", "shasum -a 256", "Get-FileHash assessment.json", "pdfdetach"] {
            assert!(step.contains(command), "on the same page: {command}");
        }
        assert!(
            step.lines().filter(|l| l.contains(&report.root)).count() >= 2,
            "the root itself, not only in the foot"
        );
    }
}

#[test]
fn the_control_page_says_why_the_round_was_opened_again_and_who_else_signed() {
    let mut round = common::round();
    round.snapshot.assessment.revision = 2;
    round.snapshot.assessment.reopened_because = "批准后发现 AQ1-02 的证据已过期，须补充。".to_owned();
    let Some(pages) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    let control = flat(&pages[1..2]);
    assert!(control.contains("第2次修订的原因：批准后发现AQ1-02的证据已过期，须补充。"));
    assert!(control.contains("总经理、运营管理部、质量管理部、认证审核组"));
    assert!(control.contains("差距报告·中文（草稿）") && control.contains("认证审核用·中文"));
    assert!(flat(&pages).contains("签署的是另一版本"));
}

#[test]
fn a_moved_date_shows_what_was_agreed_and_how_far_it_slipped() {
    let mut round = common::round();
    let task = &mut round.snapshot.tasks[0];
    (task.agreed_due, task.due) = (Some(date("2026-11-30")), Some(date("2026-12-15")));
    for (lang, agreed, slipped) in
        [(Lang::Zh, "原定 2026-11-30", "推迟 15 天"), (Lang::En, "agreed 2026-11-30", "slipped 15 days")]
    {
        let Some(pages) = pages(&round.render(&options(Layout::Certification, lang)).pdf) else { return };
        let text = pages.join("\n");
        assert!(text.contains(agreed) && text.contains(slipped), "{lang:?}");
    }
}

#[test]
fn evidence_that_proves_a_task_is_not_called_unused() {
    let round = common::round();
    let linked: Vec<_> = round.snapshot.links.iter().map(|l| l.evidence).collect();
    let proof = round.snapshot.evidence.iter().find(|e| !linked.contains(&e.id)).unwrap();
    let mut round = common::round();
    let (id, label) = (proof.id, proof.label());
    let task = round.snapshot.tasks[3].label();
    round.snapshot.tasks[3].proof = vec![id];
    let Some(pages) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    let index = common::section(&pages, "9 证据清单", "10 与上一轮评估的比较").join("\n");
    let from = index.find(&label).unwrap();
    let entry = &index[from..from + index[from + 7..].find("EV-").unwrap_or(index.len() - from - 7)];
    assert!(entry.contains(&format!("证明任务：{task}")) && !entry.contains("未被条目使用"), "{entry}");
}

#[test]
fn withdrawn_items_stand_in_an_annex_with_what_was_recorded_on_them() {
    let mut round = common::round();
    let Some(none) = pages(&round.render(&options(Layout::Certification, Lang::Zh)).pdf) else { return };
    assert!(!flat(&none).contains("已撤销条目的记录"));
    let mut gone = round.pack.items[0].clone();
    gone.code = "GH1-91".to_owned();
    gone.title = "已撤销的旧条目".to_owned();
    gone.title_en = "A former item".to_owned();
    let mut answer = round.snapshot.answers[0].clone();
    answer.item.clone_from(&gone.code);
    answer.verdict = Some(domain::Verdict::Partial);
    answer.note = "更新前抽查三期班表".to_owned();
    round.snapshot.answers.push(answer);
    let finding = round.snapshot.findings.iter_mut().find(|f| f.grade == domain::Grade::Minor).unwrap();
    finding.item.clone_from(&gone.code);
    let label = finding.label();
    round.snapshot = round.snapshot.clone().normalized();
    round.archived = vec![gone];
    for (lang, title) in [(Lang::Zh, "已撤销条目的记录"), (Lang::En, "Records on withdrawn items")] {
        let report = round.render(&options(Layout::Certification, lang));
        let Some(pages) = pages(&report.pdf) else { return };
        let annex = pages.iter().map(|p| squeezed(p)).find(|p| p.contains(&squeezed(title)) && p.contains("GH1-91"));
        let annex = annex.unwrap_or_else(|| panic!("{title}"));
        assert!(annex.contains("更新前抽查三期班表") && annex.contains(&label), "{annex}");
        // It is in no other attachment, and the report can be made again all the same.
        assert_eq!(round.verify(&report.pdf).unwrap().pages, Some(report::Pages::Same));
    }
}
