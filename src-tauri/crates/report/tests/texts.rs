//! Every text that was typed can be found again, whatever it is made of.

#![allow(clippy::unwrap_used)]

mod common;

use common::{options, pages};
use proptest::prelude::*;
use report::{Lang, Layout};

/// Without the page numbers and without white space: where lines end is ours to choose.
fn flat(pages: &[String]) -> String {
    let total = pages.len();
    let text: String = pages.iter().flat_map(|p| p.split_whitespace()).collect();
    (1..=total).fold(text, |text, n| text.replace(&format!("第{n}页/共{total}页"), ""))
}

fn bare(text: &str) -> String {
    report::text::clean(text).split_whitespace().collect()
}

fn alphabet() -> impl Strategy<Value = char> {
    prop_oneof![
        40 => prop::char::range('一', '龥'),
        20 => prop::sample::select("，。、；：？！（）《》「」“”‘’—…·～".chars().collect::<Vec<_>>()),
        20 => prop::char::range('!', '~'),
        8 => Just(' '),
        4 => prop::sample::select("䶮㛃𬭩𫖯①✓✗≥‰■□→•‧・‑⼀—".chars().collect::<Vec<_>>()),
        3 => prop::sample::select("éüñçŁøαβ".chars().collect::<Vec<_>>()),
        2 => prop::sample::select("😀👍🏽".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("\u{202E}\u{200F}\u{2066}\u{200B}\u{7}\u{0}\n\t".chars().collect::<Vec<_>>()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixed_scripts_come_back_from_the_page(text in prop::collection::vec(alphabet(), 1..1500)) {
        let text: String = text.into_iter().collect();
        let pdf = report::text_document("文字", std::slice::from_ref(&text)).unwrap();
        if let Some(pages) = pages(&pdf) {
            let found = flat(&pages);
            prop_assert!(found.contains(&bare(&text)), "lost: {}\nfound: {found}", bare(&text));
        }
    }
}

#[test]
fn every_field_of_a_round_is_found_in_the_report() {
    let mut round = common::round();
    let marked = |what: &str| format!("【{what}】䶮㛃𬭩𫖯 ①✓✗≥‰ ‧•・· ⼀一 A-1‑2 😀 e\u{301} 工号\u{202E}0021");
    let mut expected = Vec::new();
    let mut put = |field: &mut String, what: &str| {
        *field = marked(what);
        expected.push(bare(field));
    };
    {
        let snapshot = &mut round.snapshot;
        let assessment = &mut snapshot.assessment;
        put(&mut assessment.title, "标题");
        put(&mut assessment.scope, "范围");
        put(&mut assessment.exclusions, "除外");
        put(&mut assessment.objectives, "目的");
        put(&mut assessment.sampling, "抽样");
        put(&mut assessment.dissent, "异议");
        put(&mut assessment.sites[0], "职场");
        put(&mut assessment.team[0].role, "组长岗位");
        put(&mut assessment.auditees[0].name, "受评人");
        let answer = snapshot.answers.iter_mut().find(|a| a.verdict == Some(domain::Verdict::NotApplicable)).unwrap();
        put(&mut answer.note, "记录");
        put(&mut answer.reason, "理由");
        put(&mut answer.assessor, "评估人");
        put(&mut answer.review_note, "复核");
        let evidence = &mut snapshot.evidence[0];
        put(&mut evidence.title, "证据名");
        put(&mut evidence.file_name, "文件名");
        put(&mut evidence.location, "位置");
        put(&mut evidence.text, "证据说明");
        put(&mut snapshot.links[0].locator, "定位");
        for index in [0, 20] {
            let finding = &mut snapshot.findings[index];
            put(&mut finding.fact, "事实");
            put(&mut finding.criterion, "准则");
            put(&mut finding.cause, "原因");
            put(&mut finding.department, "部门");
            put(&mut finding.found_by, "发现人");
        }
        let task = &mut snapshot.tasks[0];
        put(&mut task.title, "措施");
        put(&mut task.detail, "做法");
        put(&mut task.owner, "责任人");
        put(&mut task.result, "结果");
        put(&mut task.verifier, "验证人");
    }
    let report = round.render(&options(Layout::Certification, Lang::Zh));
    assert_eq!(report.missing, ['😀'].into());
    let Some(pages) = pages(&report.pdf) else { return };
    // Furniture out, so that a text split over two pages is whole again.
    let body: Vec<String> = pages
        .iter()
        .map(|p| {
            let lines = p.lines().filter(|l| !l.contains(&report.root) && !l.contains("页 / 共"));
            lines.map(str::to_owned).collect::<Vec<_>>().join("\n")
        })
        .collect();
    let found: String = body.iter().flat_map(|p| p.split_whitespace()).collect();
    for text in expected {
        assert!(found.contains(&text), "lost: {text}");
    }
}

#[test]
fn a_note_of_a_hundred_thousand_characters_is_printed_whole() {
    let mut round = common::round();
    let note: String = (0..10_000).map(|n| format!("第{n:05}次抽查，")).collect();
    assert!(note.chars().count() >= 100_000);
    round.snapshot.answers[9].note = note.clone();
    round.snapshot.answers[9].verdict = Some(domain::Verdict::Conform);
    let report = round.render(&options(Layout::Certification, Lang::Zh));
    let Some(pages) = pages(&report.pdf) else { return };
    let text = pages.join("\n");
    let mut from = 0;
    for n in 0..10_000 {
        let word = format!("第{n:05}次");
        // The word may be broken over two lines; its number is never.
        let number = format!("{n:05}");
        let at = text[from..].find(&number).unwrap_or_else(|| panic!("{word} is lost"));
        from += at + number.len();
    }
}
