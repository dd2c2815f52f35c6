//! The workbook out and back: nothing is different unless somebody changed it, and what they changed is all that is.

use crate::common::{PACK, evidence, finding, id, instant, round, task};
use crate::edit::{edited, rewritten, text};
use domain::request::requests;
use domain::{Answer, EvidenceKind, Keeper, Lang, Link, Paper, Request, Snapshot, Verdict};
use exchange::sheet::Meanings;
use exchange::workbook::{Comparison, Field, Kind, Origin, Wanted, compare, read, write};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn origin(snapshot: &Snapshot) -> Origin {
    Origin {
        workspace: "0123456789abcdef".into(),
        assessment: snapshot.assessment.id,
        root: snapshot.root(),
        pack_sha256: PACK.sha256.clone(),
        recipient: "王工".into(),
        made_at: chrono::DateTime::parse_from_rfc3339("2026-11-29T09:00:00+08:00").unwrap(),
    }
}

const SITE: Wanted<'_> = Wanted { lang: Lang::Zh, domain: Some("XC"), blank: false, requests: false };

fn asked(snapshot: &Snapshot) -> Vec<Request> {
    requests(&PACK, snapshot, &[], &[])
}

fn written(snapshot: &Snapshot, wanted: &Wanted<'_>) -> Vec<u8> {
    write(&PACK, snapshot, &asked(snapshot), &origin(snapshot), wanted).unwrap()
}

fn back(snapshot: &Snapshot, bytes: &[u8]) -> Comparison {
    compare(&PACK, snapshot, &asked(snapshot), &read(bytes).unwrap(), &Meanings::default())
}

fn answer(item: &str, verdict: Option<Verdict>, note: &str, reason: &str) -> Answer {
    Answer { verdict, note: note.into(), reason: reason.into(), ..Answer::blank(id(1), item) }
}

/// A round with one of everything.
fn filled() -> Snapshot {
    let mut round = round();
    round.answers = vec![
        answer("XC1-01", Some(Verdict::Conform), "班表按月公布", ""),
        answer("XC1-02", Some(Verdict::NotApplicable), "", "范围内没有该业务"),
        answer("XC1-03", Some(Verdict::Partial), "抽查三期，一期晚两天", ""),
    ];
    round.evidence = vec![evidence(1, "班表.pdf", b"1"), evidence(2, "通知.pdf", b"2")];
    round.links = vec![Link {
        evidence: round.evidence[0].id,
        assessment: id(1),
        item: "XC1-01".into(),
        locator: "第 3 页".into(),
        withdrawn: false,
    }];
    round.findings = vec![finding(1, "XC1-03")];
    round.tasks = vec![domain::Task { finding: Some(id(0x3001)), ..task(1, "补上公布环节") }];
    round.normalized()
}

/// Number of the sheet of the domain XC in a workbook of it alone, and of those after it: 说明 is the first.
const ITEMS: usize = 2;
const EVIDENCE: usize = 3;
const FINDINGS: usize = 4;
const TASKS: usize = 5;

fn hostile() -> impl Strategy<Value = String> {
    let named = prop::sample::select(vec![
        "=1+1",
        "+86 10",
        "-缺记录",
        "@某人",
        "'引号",
        "=HYPERLINK(\"http://x\")",
        "_x000D_",
        "_x005F_x000D_",
        "a_x0041_b",
        "行一\r\n行二\r行三\n行四",
        "  前后空白  ",
        "\t制表",
        "\u{202E}反向\u{202C}",
        "👩‍👩‍👧 家",
        "\"引号\",逗号",
        "<b>&amp;</b>",
        "1e5",
        "007",
        "2026-11-22",
        "TRUE",
        "#N/A",
        "\u{0}空\u{7}铃",
        "\u{FEFF}标记",
        "\u{2028}行",
        "𠮷野家",
        "e\u{301}",
        "",
    ]);
    prop_oneof![
        6 => named.prop_map(str::to_owned),
        3 => any::<String>(),
        1 => (30_000_usize..34_000).prop_map(|n| "长".repeat(n)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_nobody_changed_comes_back_as_no_change(
        texts in prop::collection::vec(hostile(), 24),
        verdicts in prop::collection::vec(prop::option::of(prop::sample::select(Verdict::ALL.to_vec())), 6),
        lang in prop::sample::select(Lang::ALL.to_vec()),
    ) {
        let mut round = filled();
        let items: Vec<_> = PACK.items_of("XC").map(|item| item.code.as_str()).take(6).collect();
        round.answers = items.iter().zip(&verdicts).enumerate()
            .map(|(n, (item, verdict))| answer(item, *verdict, &texts[n], &texts[n + 6])).collect();
        round.evidence[0].title.clone_from(&texts[12]);
        round.evidence[0].location.clone_from(&texts[13]);
        round.evidence[0].text.clone_from(&texts[14]);
        round.evidence[1].file_name.clone_from(&texts[15]);
        round.findings[0].fact.clone_from(&texts[16]);
        round.findings[0].criterion.clone_from(&texts[17]);
        round.findings[0].department.clone_from(&texts[18]);
        round.tasks[0].title.clone_from(&texts[19]);
        round.tasks[0].owner.clone_from(&texts[20]);
        round.tasks[0].result.clone_from(&texts[21]);
        round.assessment.organization.clone_from(&texts[22]);
        round.assessment.title.clone_from(&texts[23]);
        let round = round.normalized();
        let bytes = written(&round, &Wanted { lang, ..SITE });
        prop_assert_eq!(back(&round, &bytes), Comparison::default());
        prop_assert!(formulas(&bytes).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn a_request_list_that_nobody_changed_comes_back_as_no_change(
        texts in prop::collection::vec(hostile(), 9),
        days in prop::collection::vec(prop::option::of(0_i32..60_000), 3),
        lang in prop::sample::select(Lang::ALL.to_vec()),
    ) {
        let round = filled();
        let day = |n: i32| domain::Date::from_ymd_opt(1899, 1, 1).unwrap() + chrono::TimeDelta::days(n.into());
        let (keepers, papers): (Vec<_>, Vec<_>) = ["XC1", "XC2", "JS1"].iter().enumerate().map(|(n, section)| {
            let (department, owner) = (texts[n].clone(), texts[n + 3].clone());
            let due = days[n].map(day);
            let assessment = id(1);
            let keeper = Keeper { assessment, section: (*section).into(), department, owner, due, withdrawn: false };
            let paper = format!("{section}-01.1");
            (keeper, Paper { assessment, paper, handed_in: due, note: texts[n + 6].clone(), withdrawn: false })
        }).unzip();
        let asked = requests(&PACK, &round, &keepers, &papers);
        let list = Wanted { lang, requests: true, ..Wanted::default() };
        for wanted in [list, Wanted { lang, ..SITE }] {
            let bytes = write(&PACK, &round, &asked, &origin(&round), &wanted).unwrap();
            let found = compare(&PACK, &round, &asked, &read(&bytes).unwrap(), &Meanings::default());
            prop_assert_eq!(found, Comparison::default());
            prop_assert!(formulas(&bytes).is_empty());
        }
    }
}

#[test]
fn a_tick_is_read_as_people_put_it() {
    let round = filled();
    let asked = asked(&round);
    let sent = write(&PACK, &round, &asked, &origin(&round), &Wanted { requests: true, ..Wanted::default() }).unwrap();
    let tick = |said: &str| {
        compare(&PACK, &round, &asked, &read(&edited(&sent, &[(1, "J2", &text(said))])).unwrap(), &Meanings::default())
    };
    for said in ["√", "✓", "是", " 已交 ", "Ｙ", "yes", "1", "TRUE"] {
        let found = tick(said);
        let [change] = &found.differences[..] else { panic!("{said}: {found:?}") };
        assert_eq!(
            (change.field, change.theirs.as_str(), change.kind),
            (Field::HandedIn, "yes", Kind::Change),
            "{said}"
        );
    }
    for said in ["□", "否", "未交", "N", "0"] {
        assert_eq!(tick(said), Comparison::default(), "{said} is what was sent out");
    }
    for said in ["x", "2026-11-20", "下周"] {
        assert_eq!(tick(said).refused.len(), 1, "{said}");
    }
}

/// Cells with a formula, of every sheet.
fn formulas(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    rewritten(bytes, |name, content| {
        if name.starts_with("xl/worksheets/") && (content.contains("<f>") || content.contains("<f ")) {
            found.push(name.to_owned());
        }
    });
    found
}

#[test]
fn the_whole_round_and_the_blank_form_come_back_as_no_change_in_both_languages() {
    let round = filled();
    for lang in Lang::ALL {
        let bytes = written(&round, &Wanted { lang, ..Wanted::default() });
        assert_eq!(back(&round, &bytes), Comparison::default());
        let blank = written(&round, &Wanted { lang, blank: true, ..Wanted::default() });
        assert_eq!(back(&round, &blank), Comparison::default());
    }
}

#[test]
fn exactly_the_cells_that_were_changed_are_different() {
    let round = filled();
    let bytes = edited(
        &written(&round, &SITE),
        &[
            (ITEMS, "F2", &text("部分符合")),
            (ITEMS, "G4", &text("＝抽查五期")),
            (ITEMS, "I3", &text("ev-2、ＥＶ－１")),
            (EVIDENCE, "H2", "><v>46371</v></c>"),
            (FINDINGS, "D2", &text("Major")),
            (TASKS, "J2", &text("2026年12月20日 ")),
            (TASKS, "G2", "><v>1024</v></c>"),
        ],
    );
    let found = back(&round, &bytes);
    assert_eq!(found.refused, []);
    let seen: Vec<_> = found
        .differences
        .iter()
        .map(|d| (d.cell.as_str(), d.key.as_str(), d.field, d.mine.as_str(), d.theirs.as_str(), d.kind))
        .collect();
    assert_eq!(
        seen,
        [
            ("现场管理!F2", "XC1-01", Field::Verdict, "conform", "partial", Kind::Change),
            ("现场管理!I3", "XC1-02", Field::Evidence, "", "EV-0001、EV-0002", Kind::Change),
            ("现场管理!G4", "XC1-03", Field::Note, "抽查三期，一期晚两天", "＝抽查五期", Kind::Change),
            ("证据!H2", "EV-0001", Field::Expires, "", "2026-12-15", Kind::Change),
            ("发现!D2", "NC-01", Field::Grade, "minor", "major", Kind::Change),
            ("整改!G2", "T-001", Field::Owner, "现场经理", "1024", Kind::Change),
            ("整改!J2", "T-001", Field::Due, "2026-12-15", "2026-12-20", Kind::Change),
        ]
    );
}

#[test]
fn three_values_decide_between_change_conflict_and_nothing() {
    let sent = filled();
    let bytes = edited(
        &written(&sent, &SITE),
        &[
            (ITEMS, "G2", &text("他们写的")),
            (ITEMS, "G4", &text("两边写的一样")),
            (ITEMS, "H3", &text("  ")),
            (ITEMS, "F4", ""),
        ],
    );
    let mut now = sent;
    now.answers[0].note = "我们写的".into();
    now.answers[2].note = "两边写的一样".into();
    now.answers[1].note = "只有我们改了".into();
    let found = back(&now, &bytes);
    assert_eq!(found.refused, []);
    let seen: BTreeMap<_, _> = found.differences.iter().map(|d| (d.cell.as_str(), (d.kind, d.mine.as_str()))).collect();
    let wanted = [
        ("现场管理!G2", (Kind::Conflict, "我们写的")),
        ("现场管理!H3", (Kind::Cleared, "范围内没有该业务")),
        ("现场管理!F4", (Kind::Cleared, "partial")),
    ];
    assert_eq!(seen, BTreeMap::from(wanted));
}

#[test]
fn what_cannot_be_understood_is_refused_with_its_cell_and_what_was_expected() {
    let round = filled();
    let bytes = edited(
        &written(&round, &SITE),
        &[
            (ITEMS, "F2", &text("差不多")),
            (ITEMS, "I2", &text("EV-0009")),
            (ITEMS, "I3", &text("见附件")),
            (ITEMS, "G3", "t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"),
            (EVIDENCE, "G2", &text("03/04/26")),
            (FINDINGS, "A2", &text("NC-77")),
            (TASKS, "H2", &text("急")),
        ],
    );
    let found = back(&round, &bytes);
    assert_eq!(found.differences, []);
    let cells: Vec<_> = found.refused.iter().map(|r| (r.cell.as_str(), r.value.as_str())).collect();
    assert_eq!(
        cells,
        [
            ("现场管理!F2", "差不多"),
            ("现场管理!I2", "EV-0009"),
            ("现场管理!G3", "#DIV/0!"),
            ("现场管理!I3", "见附件"),
            ("证据!G2", "03/04/26"),
            ("发现!A2", "NC-77"),
            ("整改!H2", "急"),
        ]
    );
    assert_eq!(found.refused[0].expected.chinese, "符合 / 部分符合 / 不符合 / 不适用");
    assert_eq!(found.refused[6].expected.english, "High / Medium / Low");
}

/// Sheets that somebody worked on: rows and columns in another order, a title above, a column of their own, rows gone, cells joined.
#[test]
fn the_order_of_rows_and_columns_and_what_stands_around_them_do_not_matter() {
    let round = filled();
    let bytes = rewritten(&written(&round, &SITE), |name, content| {
        if name != "xl/worksheets/sheet2.xml" {
            return;
        }
        let row = |n: u32, cells: &str| format!("<row r=\"{n}\">{cells}</row>");
        let cell = |at: &str, value: &str| format!("<c r=\"{at}\" {}", text(value));
        let rows = [
            row(2, &cell("B2", "交回稿")),
            // No addresses at all, as some writers leave them out.
            "<row><c t=\"inlineStr\"><is><t>我的备注</t></is></c><c t=\"inlineStr\"><is><t>结 论</t></is></c>\
             <c t=\"inlineStr\"><is><t>编号</t></is></c><c t=\"inlineStr\"><is><t>评估记录（必填）</t></is></c></row>"
                .to_owned(),
            row(4, &[cell("B4", "不符合"), cell("C4", "xc1－03 标题")].concat()),
            row(5, &[cell("A5", "看过"), cell("C5", "XC1-01")].concat()),
        ];
        let (from, to) = (content.find("<sheetData>").unwrap(), content.find("</sheetData>").unwrap());
        content.replace_range(from..to, &format!("<sheetData>{}", rows.concat()));
        let after = content.find("</sheetData>").unwrap() + "</sheetData>".len();
        let end = content.find("</worksheet>").unwrap();
        content.replace_range(after..end, "<mergeCells count=\"1\"><mergeCell ref=\"B4:B5\"/></mergeCells>");
        if let (Some(from), Some(to)) = (content.find("<dimension"), content.find("<sheetViews")) {
            content.replace_range(from..to, "");
        }
    });
    let found = back(&round, &bytes);
    assert_eq!(found.refused, []);
    let seen: Vec<_> = found.differences.iter().map(|d| (d.cell.as_str(), d.key.as_str(), d.theirs.as_str())).collect();
    let wanted = [
        ("现场管理!B4", "XC1-03", "nonconform"),
        ("现场管理!D4", "XC1-03", ""),
        ("现场管理!B5", "XC1-01", "nonconform"),
        ("现场管理!D5", "XC1-01", ""),
    ];
    assert_eq!(
        seen, wanted,
        "the joined cell says the same of both rows; notes that are not there any more were cleared"
    );
}

#[test]
fn a_row_that_is_there_twice_says_one_thing_or_is_refused() {
    let round = filled();
    let sent = written(&round, &SITE);
    let twice =
        edited(&sent, &[(ITEMS, "A5", &text("XC1-01")), (ITEMS, "G2", &text("甲")), (ITEMS, "G5", &text("乙"))]);
    let found = back(&round, &twice);
    // The row that it was before is gone; what is blank in it now is asked about.
    let changed: Vec<_> = found.differences.iter().filter(|d| d.kind == Kind::Change).collect();
    assert_eq!(changed.len(), 1, "{found:?}");
    assert_eq!(found.refused[0].cell, "现场管理!G5");
    assert!(found.refused[0].expected.chinese.contains("现场管理!G2"));
}

#[test]
fn new_rows_and_withdrawn_ones_are_told() {
    let round = filled();
    let sent = written(&round, &SITE);
    let last = PACK.items_of("XC").count() + 1;
    let (code, note) = (format!("A{last}"), format!("G{last}"));
    let edits = [(FINDINGS, "E2", &*text("又写了一点")), (ITEMS, &code, ""), (ITEMS, &note, &text("新增的一行"))];
    let bytes = edited(&sent, &edits);
    let mut now = round;
    now.findings.clear();
    now.tasks.clear();
    let found = back(&now, &bytes);
    assert_eq!(found.differences, []);
    let cells: Vec<_> = found.refused.iter().map(|r| r.cell.as_str()).collect();
    assert_eq!(cells, [&*format!("现场管理!{note}"), "发现!A2"]);
}

#[test]
fn a_text_longer_than_a_cell_is_neither_lost_nor_taken_for_changed() {
    let mut round = filled();
    round.answers[0].note = "𠮷".repeat(20_000);
    let sent = written(&round, &SITE);
    assert_eq!(back(&round, &sent), Comparison::default());
    let found = back(&round, &edited(&sent, &[(ITEMS, "G2", &text("改短了"))]));
    assert_eq!((found.differences.len(), found.refused.len()), (0, 1));
}

#[test]
fn days_counted_from_1904_and_phonetic_readings_are_read_as_a_reader_sees_them() {
    let round = filled();
    let sent = written(&round, &SITE);
    let read_aloud = "t=\"inlineStr\"><is><r><t>班表</t></r><r><t>按月公布</t></r><rPh sb=\"0\" eb=\"2\"><t>はんひょう</t></rPh>\
        <phoneticPr fontId=\"1\"/></is></c>";
    let edits = [(EVIDENCE, "H2", "><v>44909</v></c>"), (ITEMS, "G2", read_aloud)];
    let bytes = rewritten(&edited(&sent, &edits), |name, content| {
        if name == "xl/workbook.xml" {
            *content = content.replacen("<workbookPr", "<workbookPr date1904=\"1\"", 1);
        }
    });
    let found = back(&round, &bytes);
    let seen: Vec<_> = found.differences.iter().map(|d| (d.cell.as_str(), d.theirs.as_str())).collect();
    // The days that we wrote were counted from 1900: in such a file they are others now.
    assert!(seen.contains(&("证据!H2", "2026-12-15")), "{seen:?}");
    assert!(!seen.iter().any(|(cell, _)| cell.starts_with("现场管理!G")), "{seen:?}");
}

#[test]
fn records_and_days_that_no_spreadsheet_has_come_back_too() {
    let mut round = filled();
    round.evidence[0].kind = EvidenceKind::Record;
    round.evidence[0].effective = Some("0026-03-01".parse().unwrap());
    round.tasks[0].closed_at = Some(instant("2026-11-20T02:00:00Z"));
    assert_eq!(back(&round, &written(&round, &SITE)), Comparison::default());
}

/// Files that are none of ours, each with a word of its refusal.
#[test]
fn what_is_no_workbook_of_ours_is_refused_in_one_sentence() {
    let round = filled();
    let sent = written(&round, &SITE);
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let ole = |names: &[&str]| {
        let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        names.iter().for_each(|name| file.extend(utf16(name)));
        file
    };
    let with_part = |name: &str, content: &[u8]| {
        let mut file = ZipWriter::new_append(Cursor::new(sent.clone())).unwrap();
        file.start_file(name, SimpleFileOptions::default()).unwrap();
        file.write_all(content).unwrap();
        file.finish().unwrap().into_inner()
    };
    let zip_of = |name: &str| {
        let mut file = ZipWriter::new(Cursor::new(Vec::new()));
        file.start_file(name, SimpleFileOptions::default()).unwrap();
        file.finish().unwrap().into_inner()
    };
    let no_origin = rewritten(&sent, |name, content| {
        if name == "xl/workbook.xml" {
            *content = content.replace("name=\"beishen\"", "name=\"其他\"");
        }
    });
    let newer = rewritten(&sent, |name, content| {
        if name == "xl/sharedStrings.xml" {
            *content = content.replacen("<t>1</t>", "<t>99</t>", 1);
        }
    });
    let rows = rewritten(&sent, |name, content| {
        if name == "xl/worksheets/sheet2.xml" {
            *content =
                content.replace("</sheetData>", "<row r=\"900000\"><c r=\"A900000\"><v>1</v></c></row></sheetData>");
        }
    });
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "空的"),
        ("xls", ole(&["Workbook"]), ".xls"),
        ("password", ole(&["EncryptionInfo", "EncryptedPackage"]), "密码"),
        ("irm", ole(&["DRMEncryptedDataSpace", "EncryptedPackage"]), "IRM"),
        ("csv", "编号,结论\r\nXC1-01,符合\r\n".into(), "CSV"),
        ("html", b"<html><table></table></html>".to_vec(), "网页"),
        ("pdf", b"%PDF-1.7\n".to_vec(), "PDF"),
        ("macros", with_part("xl/vbaProject.bin", b"x"), "宏"),
        ("word", zip_of("word/document.xml"), "不是 Excel 工作簿"),
        ("bomb", with_part("xl/media/bomb.xml", &vec![b' '; 52 << 20]), "太大"),
        ("rows", rows, "太大"),
        ("cut off", sent[..sent.len() / 2].to_vec(), "损坏"),
        ("strange", no_origin, "不是备审导出"),
        ("newer", newer, "新版本"),
    ];
    for (name, bytes, word) in cases {
        let said = read(&bytes).err().unwrap_or_else(|| panic!("{name} was read")).to_string();
        assert!(said.contains(word), "{name}: {said}");
        assert!(said.ends_with("没有取回任何内容，评估数据没有改动"), "{name}: {said}");
    }
}

/// Files as other programs save them, kept for good: `README.md` beside them says what is peculiar about each.
#[test]
fn what_other_programs_saved_says_the_same_four_things() {
    let mut round = filled();
    round.answers[1] = Answer::blank(id(1), "XC1-02");
    round.findings[0].fact = "9 月抽查三期班表，其中一期晚两天公布".into();
    round.findings[0].criterion = "班表按规定的提前期公布".into();
    round.findings[0].cause = String::new();
    round.findings[0].department = String::new();
    round.tasks[0].detail = String::new();
    round.tasks[0].priority = domain::Priority::Medium;
    round.evidence.truncate(1);
    let round = round.normalized();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/made");
    for name in ["wps", "excel-1904", "libreoffice", "openpyxl"] {
        let bytes = std::fs::read(folder.join(name).with_extension("xlsx")).unwrap();
        let found = back(&round, &bytes);
        assert_eq!(found.refused, [], "{name}");
        let seen: Vec<_> = found.differences.iter().map(|d| (d.cell.as_str(), d.theirs.as_str(), d.kind)).collect();
        let wanted = [
            ("现场管理!G2", "班表按月公布，已抽查", Kind::Change),
            ("现场管理!F3", "conform", Kind::Change),
            ("整改!G2", "1024", Kind::Change),
            ("整改!J2", "2026-12-20", Kind::Change),
        ];
        assert_eq!(seen, wanted, "{name}");
    }
}
