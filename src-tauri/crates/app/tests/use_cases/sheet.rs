//! Lists as clients keep them: read as they are meant, asked about where they are not clear, taken over as one step.

use crate::common::World;
use app::answers::AnswerPatch;
use app::sheet::{self, SheetChoices, SheetPreview};
use app::workbook::{Take, WorkbookCell, WorkbookChoices};
use app::{Error, Update, log};
use domain::Verdict;
use exchange::sheet::{Column, Delimiter, Encoding};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// Kept for good: `README.md` beside them says who writes such.
fn made(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/tests/made/lists").join(name)
}

impl World {
    /// A round in which one item is answered.
    fn with_an_answer() -> Self {
        let mut world = Self::new();
        let patch =
            AnswerPatch {
                verdict: Some(Verdict::Conform), note: Some("已抽查三次".into()), ..AnswerPatch::default()
            };
        world.patch(&["XC1-04"], &patch);
        world
    }

    fn look(&mut self, path: &Path, choices: &SheetChoices) -> SheetPreview {
        sheet::preview(&mut self.session, self.round, path, choices).unwrap()
    }

    fn take(&mut self, path: &Path, choices: &SheetChoices) -> (SheetPreview, Option<Update>) {
        sheet::take_in(&mut self.session, self.round, path, "王工", choices).unwrap()
    }

    fn list(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.at(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

fn in_short(cells: &[WorkbookCell]) -> Vec<String> {
    let field = |cell: &WorkbookCell| cell.field.key();
    cells
        .iter()
        .map(|c| format!("{} {} {}={}", c.cell.split('!').next_back().unwrap(), c.item, field(c), c.new))
        .collect()
}

fn refused(seen: &SheetPreview) -> Vec<String> {
    seen.refused.iter().map(|r| format!("{} {}", r.cell.split('!').next_back().unwrap(), r.value)).collect()
}

/// A list, how it is read, and what it says.
struct Case {
    file: &'static str,
    columns: &'static [(&'static str, Column)],
    source: (Option<Encoding>, Option<Delimiter>, u32),
    changes: &'static [&'static str],
    conflicts: &'static [&'static str],
    refused: &'static [&'static str],
}

const COMMA: Option<Delimiter> = Some(Delimiter::Comma);
const SEMICOLON: Option<Delimiter> = Some(Delimiter::Semicolon);
const UTF8: Option<Encoding> = Some(Encoding::Utf8);

const CASES: &[Case] = &[
    Case {
        file: "wps-gb18030.csv",
        columns: &[],
        source: (Some(Encoding::Gb18030), COMMA, 1),
        changes: &[
            "D2 XC1-01 verdict=conform",
            "E2 XC1-01 note=温湿度、噪声按季检测\n报告编号 2026-Q3",
            "D3 XC1-02 verdict=nonconform",
            "E3 XC1-02 note=访客登记缺 2 次，见\"访客台账\"",
            "D4 XC1-03 verdict=partial",
        ],
        conflicts: &["E5 XC1-04 note=𠮷班长每日巡查"],
        refused: &[],
    },
    Case {
        file: "excel-unicode.txt",
        columns: &[],
        source: (Some(Encoding::Utf16Le), Some(Delimiter::Tab), 1),
        changes: &[
            "B2 XC1-01 verdict=conform",
            "C2 XC1-01 note=他说\"每季一次\"",
            "B3 XC1-02 verdict=nonconform",
            "B4 XC1-03 verdict=na",
            "C4 XC1-03 reason=园区统一管理，本中心不设消防设备",
        ],
        conflicts: &[],
        refused: &[],
    },
    Case {
        file: "java-utf-16be.csv",
        columns: &[],
        source: (Some(Encoding::Utf16Be), COMMA, 1),
        changes: &["B2 XC1-01 verdict=conform", "B3 XC1-02 verdict=nonconform"],
        conflicts: &[],
        refused: &[],
    },
    Case {
        file: "excel-semicolon.csv",
        columns: &[],
        source: (UTF8, SEMICOLON, 1),
        changes: &[
            "B2 XC3-05 verdict=nonconform",
            "A2 XC3-05 note=抽查 3 期班表；一期晚 1,5 天",
            "B3 XC3-06 verdict=conform",
            "B4 XC3-03 verdict=na",
            "A4 XC3-03 reason=含分号;的说明",
        ],
        conflicts: &[],
        refused: &[],
    },
    Case {
        file: "form-two-heads.csv",
        columns: &[],
        source: (UTF8, COMMA, 5),
        changes: &["D7 XC1-01 verdict=conform", "D8 XC1-02 verdict=nonconform", "D10 XC1-03 verdict=conform"],
        conflicts: &[],
        refused: &["E5 情况说明", "F5 备注"],
    },
    // Of two columns that may be notes one is out: the other is it.
    Case {
        file: "form-two-heads.csv",
        columns: &[("备注", Column::Skip)],
        source: (UTF8, COMMA, 5),
        changes: &[
            "D7 XC1-01 verdict=conform",
            "E7 XC1-01 note=环境检测齐全",
            "D8 XC1-02 verdict=nonconform",
            "E8 XC1-02 note=门禁记录缺一周",
            "D10 XC1-03 verdict=conform",
        ],
        conflicts: &[],
        refused: &[],
    },
    Case {
        file: "by-title.csv",
        columns: &[],
        source: (UTF8, COMMA, 1),
        changes: &[
            "B2 XC1-01 verdict=conform",
            "C2 XC1-01 note=检测报告齐全",
            "B3 XC1-02 verdict=nonconform",
            "B5 GH1-01 verdict=conform",
        ],
        conflicts: &[],
        refused: &["A4 食堂卫生"],
    },
    // Figures are never a verdict by themselves, whatever their column is called.
    Case {
        file: "figures.csv",
        columns: &[],
        source: (UTF8, COMMA, 1),
        changes: &[],
        conflicts: &[],
        refused: &["C2 1", "C3 3", "C4 １"],
    },
    Case {
        file: "faulty.csv",
        columns: &[],
        source: (UTF8, COMMA, 1),
        changes: &["B2 XC1-01 verdict=conform", "C2 XC1-01 note=第一次"],
        conflicts: &[],
        refused: &["C3 第二次", "A4 XC9-99", "B5 符合", "B6 差不多", "B8 ○", "B7 na"],
    },
    Case {
        file: "system-export.csv",
        columns: &[],
        source: (UTF8, SEMICOLON, 1),
        changes: &[
            "B3 XC1-01 verdict=conform",
            "C3 XC1-01 note=007 号报告",
            "B4 XC1-02 verdict=na",
            "C4 XC1-02 reason=没有外来人员",
        ],
        conflicts: &[],
        refused: &[],
    },
    // Ticks below the verdicts: a √ below 不符合 is none for 符合.
    Case {
        file: "form-ticks.csv",
        columns: &[],
        source: (Some(Encoding::Gb18030), COMMA, 3),
        changes: &[
            "C4 XC1-01 verdict=conform",
            "G4 XC1-01 note=齐全",
            "E5 XC1-02 verdict=nonconform",
            "G5 XC1-02 note=缺一周记录",
            "F6 XC1-03 verdict=na",
            "G6 XC1-03 reason=园区统一管理",
            "D9 XC3-02 verdict=partial",
        ],
        conflicts: &[],
        refused: &["E7 √", "D8 大体上"],
    },
    // What the user says of a column goes before what it is called; a letter does where headings do not.
    Case {
        file: "two-notes.csv",
        columns: &[("说明", Column::Note), ("B", Column::Skip)],
        source: (UTF8, COMMA, 1),
        changes: &["D2 XC1-01 note=乙", "D3 XC1-02 note=丁"],
        conflicts: &[],
        refused: &[],
    },
    Case {
        file: "headings-only.csv",
        columns: &[],
        source: (UTF8, COMMA, 1),
        changes: &[],
        conflicts: &[],
        refused: &[],
    },
    // Titles above, headings and rows joined, a formula that went wrong, codes in full width, another sheet before it.
    Case {
        file: "libreoffice-merged.xlsx",
        columns: &[],
        source: (None, None, 4),
        changes: &[
            "D5 XC1-01 verdict=conform",
            "E5 XC1-01 note=检测报告齐全",
            "E7 XC1-02 note=缺 2 次",
            "D8 XC1-03 verdict=na",
            "F8 XC1-03 reason=园区统一管理",
        ],
        conflicts: &["D9 XC1-04 verdict=nonconform", "E9 XC1-04 note=20261120"],
        refused: &["D7 #DIV/0!"],
    },
];

#[test]
fn lists_of_every_kind_are_read_as_their_authors_meant_them() {
    for case in CASES {
        let mut world = World::with_an_answer();
        let named = case.columns.iter().map(|(name, column)| ((*name).to_owned(), *column)).collect();
        let seen = world.look(&made(case.file), &SheetChoices { named, ..SheetChoices::default() });
        let source = (seen.source.encoding, seen.source.delimiter, seen.source.heading);
        assert_eq!(source, case.source, "{}", case.file);
        assert_eq!(in_short(&seen.changes), case.changes, "{}", case.file);
        assert_eq!(in_short(&seen.conflicts), case.conflicts, "{}", case.file);
        assert_eq!(refused(&seen), case.refused, "{}", case.file);
        let open = case.conflicts.len() + case.refused.len();
        assert_eq!(seen.undecided as usize, open, "{}", case.file);
    }
}

#[test]
fn what_is_no_list_is_refused_in_one_sentence_each() {
    let zip = |name: &str, content: &[u8]| {
        use std::io::Write as _;
        let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in [(name, content), ("xl/workbook.xml", b"<workbook/>")] {
            file.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            file.write_all(content).unwrap();
        }
        file.finish().unwrap().into_inner()
    };
    let ole = |part: &str| {
        let part = part.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain(part).collect::<Vec<u8>>()
    };
    let read = |name: &str| std::fs::read(made(name)).unwrap();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("空.csv", read("empty.csv"), "空的"),
        ("空白.csv", read("blank.csv"), "没有内容"),
        ("引号.csv", read("open-quote.csv"), "第 3 行的引号"),
        ("西文.csv", read("latin-1.csv"), "GB18030"),
        ("网页.csv", b"<html><table><tr><td>XC1-01</td></tr></table></html>".to_vec(), "网页"),
        ("改名.xlsx", read("faulty.csv"), ".csv"),
        ("旧表.xls", ole("Workbook"), ".xls"),
        ("密码.xlsx", ole("EncryptedPackage"), "密码"),
        ("宏.xlsm", zip("xl/vbaProject.bin", b"x"), "宏"),
        ("炸弹.xlsx", zip("xl/media/x", &vec![b' '; 52 << 20]), "太大"),
        ("百万行.csv", "XC1-01,符合\n".repeat(1_000_000).into_bytes(), "太大"),
        ("图片.csv", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0".to_vec(), "不是 UTF-8"),
        ("报告.csv", b"%PDF-1.7\n".to_vec(), "PDF"),
    ];
    let mut world = World::with_an_answer();
    for (name, content, word) in cases {
        let path = world.list(name, &content);
        let error = world.refused(|session, round| sheet::preview(session, round, &path, &SheetChoices::default()));
        assert_eq!(error.code(), "workbook", "{name}");
        let (zh, en) = (error.to_string(), app::english::refusal(&error));
        assert!(zh.contains(word), "{name}: {zh}");
        assert!(
            zh.ends_with("没有取回任何内容，评估数据没有改动")
                && en.contains("the file is")
                    | en.contains("the list")
                    | en.contains("the quote")
                    | en.contains("holds macros"),
            "{name}: {zh} {en}"
        );
    }
    // What this program exported knows more than a list does.
    let path = world.at("核查表.xlsx");
    app::exports::workbook(&mut world.session, world.round, &path, &Default::default(), domain::Lang::Zh, false)
        .unwrap();
    let error = world.refused(|session, round| sheet::preview(session, round, &path, &SheetChoices::default()));
    assert!(error.to_string().contains("取回填好的工作簿"), "{error}");
}

#[test]
fn a_list_is_one_step_under_the_name_of_its_author_once_all_is_decided() {
    let mut world = World::with_an_answer();
    let before = world.root();
    let path = made("wps-gb18030.csv");
    let (seen, update) = world.take(&path, &SheetChoices::default());
    assert_eq!((seen.undecided, update.is_none(), world.root() == before), (1, true, true));
    let cells = WorkbookChoices { conflicts: Some(Take::Theirs), ..WorkbookChoices::default() };
    let choices = SheetChoices { cells, ..SheetChoices::default() };
    let (_, update) = world.take(&path, &choices);
    assert!(update.unwrap().batch.is_some());
    let now = world.snapshot();
    let answer = now.answer("XC1-02").unwrap();
    assert_eq!((answer.verdict, answer.assessor.as_str()), (Some(Verdict::Nonconform), "王工"));
    assert_eq!(now.answer("XC1-04").unwrap().note, "𠮷班长每日巡查");
    let newest = &log::history(&world.session, &store::HistoryQuery::default()).unwrap()[0];
    assert_eq!((newest.actor.as_str(), newest.action.as_str()), ("王工 via wps-gb18030.csv", "take_in_sheet"));
    let again = world.look(&path, &SheetChoices::default());
    assert_eq!((in_short(&again.changes), again.undecided, again.source.rows), (vec![], 0, 4));
    log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.root(), before);
    assert_eq!(world.doctor(), vec![]);
}

#[test]
fn what_was_said_of_columns_and_words_is_remembered_once_it_was_taken_in() {
    let mut world = World::with_an_answer();
    let path = made("two-notes.csv");
    let choices = SheetChoices {
        columns: [(2, Column::Note)].into(),
        words: [("基本符合".to_owned(), Some(Verdict::Partial))].into(),
        keep_words: true,
        ..SheetChoices::default()
    };
    let files = crate::common::tree(&world.dir());
    assert_eq!(world.look(&path, &choices).undecided, 1, "the other column of notes is still open");
    let choices = SheetChoices { columns: [(2, Column::Note), (3, Column::Skip)].into(), ..choices };
    assert_eq!(world.look(&path, &choices).undecided, 0);
    assert_eq!(crate::common::tree(&world.dir()), files, "a look writes nothing");
    assert!(!refused(&world.look(&path, &SheetChoices::default())).is_empty(), "and remembers nothing");
    world.take(&path, &choices);
    let next = world.list("下季.csv", "说明,编号,备注,结论\n丙,XC1-03,甲,基本符合\n".as_bytes());
    let seen = world.look(&next, &SheetChoices::default());
    assert_eq!(in_short(&seen.changes), ["D2 XC1-03 verdict=partial", "C2 XC1-03 note=甲"]);
    assert_eq!(seen.undecided, 0);
    // A paste and a workbook go by the same table.
    let clipboard = app::paste::Clipboard { text: "XC1-03\t基本符合".into(), html: String::new() };
    let pasted = app::paste::preview(&mut world.session, world.round, &clipboard, &[], &Default::default()).unwrap();
    assert_eq!((pasted.rows[0].patch.verdict, pasted.words.len()), (Some(Verdict::Partial), 0));
    // The memory outlives closing, and what cannot be read is forgotten.
    let mut world = world.reopened();
    assert_eq!(world.look(&next, &SheetChoices::default()).undecided, 0);
    std::fs::write(world.dir().join("sheets.json"), "{\"words\":[").unwrap();
    assert_eq!(world.look(&next, &SheetChoices::default()).undecided, 3);
    assert_eq!(world.doctor(), vec![]);
}

#[test]
fn words_are_listed_changed_and_taken_out_again() {
    let mut world = World::with_an_answer();
    let path = world.list("表.csv", "编号,结论\nXC1-01,还行\nXC1-02,是\n".as_bytes());
    sheet::set_word(&world.session, " 还 行", "partial").unwrap();
    sheet::set_word(&world.session, "是", "ask").unwrap();
    let seen = world.look(&path, &SheetChoices::default());
    assert_eq!(
        (in_short(&seen.changes), refused(&seen)),
        (vec!["B2 XC1-01 verdict=partial".into()], vec!["B3 是".into()])
    );
    let own: Vec<_> = sheet::words(&world.session).into_iter().filter(|word| word.is_own).collect();
    let own: Vec<_> = own.iter().map(|word| (word.word.as_str(), word.means.as_str())).collect();
    assert_eq!(own, [("是", "ask"), ("还行", "partial")]);
    sheet::remove_word(&world.session, "是").unwrap();
    let seen = world.look(&path, &SheetChoices::default());
    assert_eq!(in_short(&seen.changes), ["B2 XC1-01 verdict=partial", "B3 XC1-02 verdict=conform"]);
    for (word, means) in
        [("1", "conform"), ("９５％", "conform"), ("符合", "partial"), ("不适用", "ask"), ("", "na"), ("好", "good")]
    {
        let error = sheet::set_word(&world.session, word, means).unwrap_err();
        assert!(matches!(error, Error::Field { field: "结论用语", .. }), "{word}: {error}");
    }
    assert!(sheet::remove_word(&world.session, "是").is_err(), "it is none of the workspace's own");
}

#[test]
fn a_frozen_round_and_a_sheet_or_column_that_is_not_there_are_refused() {
    let mut world = World::with_an_answer();
    let path = made("libreoffice-merged.xlsx");
    let choices = SheetChoices { sheet: Some("没有".into()), ..SheetChoices::default() };
    let error = world.refused(|session, round| sheet::preview(session, round, &path, &choices));
    assert!(error.to_string().contains("填表说明、自查"), "{error}");
    let choices = SheetChoices { named: [("没有".into(), Column::Note)].into(), ..SheetChoices::default() };
    let error = world.refused(|session, round| sheet::preview(session, round, &path, &choices));
    assert!(error.to_string().contains("判定结果"), "{error}");
    let both = [("C".into(), Column::Note), ("D".into(), Column::Note)].into();
    let choices = SheetChoices { named: both, ..SheetChoices::default() };
    world.refused(|session, round| sheet::preview(session, round, &path, &choices));
    let other = SheetChoices { sheet: Some("填表说明".into()), ..SheetChoices::default() };
    let seen = world.look(&path, &other);
    assert_eq!((seen.changes.len(), refused(&seen).len()), (0, 1), "it names no item");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever a file holds: it is read or refused, nothing stops, and a look changes nothing.
    #[test]
    fn no_file_stops_the_reader_and_a_look_changes_nothing(
        pieces in prop::collection::vec(prop_oneof![
            4 => prop::sample::select(vec!["编号", "结论", "说明", "XC1-01", "XC1-02", "XC9-99", "符合", "×", "NA", "基本符合", "1", "\"", "\"\"", "=\"", "\u{202E}", "职场布局与环境检测"]),
            5 => prop::sample::select(vec![",", ";", "\t", "\n", "\r\n", "\r", " "]),
        ].prop_map(str::to_owned).boxed(), 0..60),
        noise in prop::collection::vec(any::<u8>(), 0..40),
        extension in prop::sample::select(vec!["csv", "txt", "xlsx", ""]),
        heading in prop::option::of(0_u32..40),
        column in prop::sample::select(Column::ALL.to_vec()),
        encoding in prop::option::of(prop::sample::select(Encoding::ALL.to_vec())),
    ) {
        let mut world = World::with_an_answer();
        let root = world.root();
        let text = pieces.concat().into_bytes();
        for (n, bytes) in [text.clone(), [text, noise.clone()].concat(), noise].into_iter().enumerate() {
            let path = world.list(&format!("{n}.{extension}"), &bytes);
            let choices = SheetChoices { heading, encoding, columns: [(1, column)].into(), ..SheetChoices::default() };
            let files = crate::common::tree(&world.dir());
            if let Ok(seen) = sheet::preview(&mut world.session, world.round, &path, &choices) {
                prop_assert!(seen.source.sheets.contains(&seen.source.sheet));
            }
            prop_assert_eq!(&world.root(), &root);
            prop_assert_eq!(crate::common::tree(&world.dir()), files);
        }
    }
}
