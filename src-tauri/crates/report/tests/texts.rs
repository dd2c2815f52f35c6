//! Every text that was typed can be found again, whatever it is made of.

#![allow(clippy::unwrap_used)]

mod common;

use common::{options, pages};
use domain::Lang;
use proptest::prelude::*;
use report::Layout;

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
        1 => prop::sample::select("\u{301}\u{308}\u{20D7}".chars().collect::<Vec<_>>()),
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

/// Pages without head and foot, in one run of characters.
fn found_in(pages: &[String], root: &str) -> String {
    let furniture = |l: &str| l.contains(root) || l.contains("页 / 共");
    pages.iter().flat_map(|p| p.lines().filter(|l| !furniture(l))).flat_map(str::split_whitespace).collect()
}

/// Whether a text is there, though a page may end within it: then the cells beside it and the repeated head come in between, so
/// that one short piece in a row may be cut in two, never two.
fn is_there(found: &str, text: &str) -> Result<(), String> {
    let characters: Vec<char> = text.chars().collect();
    let (mut from, mut missed) = (0, false);
    for piece in characters.chunks(5) {
        let piece: String = piece.iter().collect();
        match found[from..].find(&piece).map(|at| from + at).or_else(|| found.find(&piece)) {
            Some(at) => (from, missed) = (at, false),
            None if missed => return Err(piece),
            None => missed = true,
        }
    }
    Ok(())
}

/// Whoever signs a sheet sees which articles were compared with their text, and when.
#[test]
fn laws_of_a_sheet_stand_with_the_day_of_their_check() {
    let mut round = common::round();
    let item = round.pack.items.iter_mut().find(|i| i.code == "AQ4-02").unwrap();
    item.laws = ["PIPL-50", "CSL-44", "PIPL-57"].map(str::to_owned).to_vec();
    let finding = &mut round.snapshot.findings[0];
    (finding.item, finding.grade) = ("AQ4-02".into(), domain::Grade::Major);
    for (lang, expected) in [
        (
            Lang::Zh,
            "《个人信息保护法》第五十条、《个人信息保护法》第五十七条（2026-11-29核对）；《网络安全法》第四十四条",
        ),
        (Lang::En, "PIPL Art. 50, PIPL Art. 57 (checked 2026-11-29); Cybersecurity Law Art. 44"),
    ] {
        let report = round.render(&options(Layout::Certification, lang));
        let Some(pages) = pages(&report.pdf) else { return };
        let found = found_in(&pages, &report.root);
        is_there(&found, &bare(expected)).unwrap_or_else(|piece| panic!("lost 「{piece}」 of {expected}"));
    }
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(alphabet(), 1..most).prop_map(|c| c.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_into_a_field_is_found(
        long in prop::collection::vec(words(4_000), 13),
        short in prop::collection::vec(words(60), 12),
    ) {
        let mut round = common::round();
        let snapshot = &mut round.snapshot;
        let applies_not = Some(domain::Verdict::NotApplicable);
        let item = snapshot.answers.iter().position(|a| a.verdict == applies_not).unwrap();
        snapshot.assessment.reopened_because = long[0].clone();
        snapshot.assessment.scope = long[1].clone();
        snapshot.assessment.exclusions = long[2].clone();
        snapshot.assessment.objectives = long[3].clone();
        snapshot.assessment.sampling = long[4].clone();
        snapshot.assessment.dissent = long[5].clone();
        snapshot.answers[item].note = long[6].clone();
        snapshot.answers[item].reason = long[7].clone();
        snapshot.evidence[0].text = long[8].clone();
        snapshot.findings[0].fact = long[9].clone();
        snapshot.findings[0].cause = long[10].clone();
        snapshot.tasks[0].detail = long[11].clone();
        snapshot.tasks[0].result = long[12].clone();
        snapshot.assessment.title = short[0].clone();
        snapshot.assessment.organization = short[1].clone();
        snapshot.assessment.team[0].role = short[2].clone();
        snapshot.assessment.auditees[0].name = short[3].clone();
        snapshot.answers[item].assessor = short[4].clone();
        snapshot.evidence[0].title = short[5].clone();
        snapshot.evidence[0].file_name = short[6].clone();
        snapshot.links[0].locator = short[7].clone();
        snapshot.findings[0].department = short[8].clone();
        snapshot.tasks[0].title = short[9].clone();
        snapshot.tasks[0].owner = short[10].clone();
        snapshot.tasks[0].verifier = short[11].clone();
        let report = round.render(&options(Layout::Certification, Lang::Zh));
        if let Some(pages) = pages(&report.pdf) {
            let found = found_in(&pages, &report.root);
            for text in long.iter().chain(&short) {
                if let Err(piece) = is_there(&found, &bare(text)) {
                    prop_assert!(false, "lost: {piece:?} of {text:?}");
                }
            }
        }
    }
}

#[test]
fn a_lost_line_would_be_noticed() {
    let whole: String = ('一'..='丗').collect();
    let torn = format!("{}表头{}", &whole[..60], &whole[60..]);
    assert_eq!(is_there(&torn, &whole), Ok(()));
    let lost = format!("{}{}", &whole[..30], &whole[51..]);
    assert!(is_there(&lost, &whole).is_err(), "seven characters are a line of the narrowest column");
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
