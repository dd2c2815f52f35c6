//! The remediation plan as a table: complete, readable by others, and never a formula.

use crate::common::{PACK, day, finding, instant, round, task};
use calamine::{Data, Reader, Xlsx};
use domain::{Lang, Priority, Snapshot, TaskKind, TaskState};
use exchange::plan::{csv, defused, rows, xlsx};
use std::io::Cursor;

fn now() -> chrono::DateTime<chrono::FixedOffset> {
    chrono::DateTime::parse_from_rfc3339("2026-11-22T09:00:00+08:00").unwrap()
}

fn plan() -> Snapshot {
    let mut snapshot = round();
    let finding = finding(3, "XC3-05");
    let mut closed = task(1, "补发公布通知");
    closed.state = TaskState::Closed;
    closed.kind = TaskKind::Correction;
    closed.result = "三期班表均已补发\n并在公告栏留存".into();
    closed.verifier = "质检主管".into();
    // Early morning in China is still the day before in UTC.
    closed.closed_at = Some(instant("2026-11-19T23:30:00Z"));
    let mut late = task(2, "排班岗设 AB 角");
    late.finding = Some(finding.id);
    late.due = Some(day("2026-11-21"));
    late.agreed_due = Some(day("2026-11-10"));
    let mut undated = task(3, "修订排班制度");
    undated.due = None;
    undated.agreed_due = None;
    undated.priority = Priority::Low;
    let soon = task(4, "上线班表推送");
    snapshot.findings = vec![finding];
    snapshot.tasks = vec![closed, late, undated, soon];
    snapshot
}

fn read_back(bytes: Vec<u8>) -> (String, Vec<Vec<Data>>) {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&sheet).unwrap();
    assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "no cell is a formula");
    (sheet, range.rows().map(<[Data]>::to_vec).collect())
}

#[test]
fn overdue_work_comes_first_closed_work_last_and_nothing_is_left_out() {
    let snapshot = plan();
    let table = rows(&PACK, &snapshot, now(), Lang::Zh);
    let labels: Vec<_> = table.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(labels, ["编号", "T-002", "T-004", "T-003", "T-001"]);
    assert_eq!(
        table[1],
        [
            "T-002",
            "NC-03",
            "XC3-05",
            "班表提前公布",
            "纠正措施",
            "排班岗设 AB 角",
            "排班岗设 AB 角，休假前交接",
            "现场经理",
            "高",
            "2026-11-10",
            "2026-11-21",
            "待整改",
            "逾期",
            "",
            "",
            ""
        ]
    );
    assert_eq!(table[4][4], "纠正");
    assert_eq!(
        &table[4][13..],
        ["三期班表均已补发\n并在公告栏留存", "质检主管", "2026-11-20"],
        "the day where the user sits"
    );
}

#[test]
fn the_english_table_is_english_but_for_the_users_own_words() {
    let table = rows(&PACK, &plan(), now(), Lang::En);
    assert_eq!(&table[0][..4], ["No.", "Finding", "Item", "Item title"]);
    assert_eq!(table[1][3], "Advance publication of rosters");
    assert_eq!((table[1][8].as_str(), table[1][11].as_str(), table[1][12].as_str()), ("High", "To do", "overdue"));
}

#[test]
fn a_workbook_reads_back_as_the_same_texts_and_days() {
    let snapshot = plan();
    let table = rows(&PACK, &snapshot, now(), Lang::Zh);
    let (sheet, cells) = read_back(xlsx(&table, Lang::Zh).unwrap());
    assert_eq!(sheet, "整改计划");
    assert_eq!(cells.len(), table.len());
    for (row, wanted) in cells.iter().zip(&table) {
        for (cell, wanted) in row.iter().zip(wanted) {
            match cell {
                Data::Empty => assert_eq!(wanted, ""),
                Data::String(text) => assert_eq!(text, wanted),
                // Days can be reckoned with and sorted: what Excel counts are days since the end of 1899.
                Data::DateTime(serial) => {
                    let days = (day(wanted) - day("1899-12-30")).num_days();
                    assert_eq!(serial.as_f64().to_string(), days.to_string(), "{wanted}");
                }
                other => panic!("{wanted} became {other:?}"),
            }
        }
    }
    let dated = cells.iter().flatten().filter(|cell| matches!(cell, Data::DateTime(_))).count();
    assert_eq!(
        dated,
        table.iter().skip(1).flat_map(|row| [&row[9], &row[10], &row[15]]).filter(|d| !d.is_empty()).count()
    );
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// Not every spreadsheet program finds the height of a row itself; a row that says nothing is then cut after its first line.
#[test]
fn rows_are_as_high_as_their_longest_text_and_the_sheet_is_ready_to_be_printed() {
    let mut snapshot = round();
    let mut long = task(1, "修订排班制度");
    long.result = "三期班表均已补发并在公告栏留存，座席逐人签收。".repeat(4);
    let mut lines = task(2, "上线班表推送");
    lines.detail = "第一步\n第二步\n第三步".into();
    let mut longest = task(3, "补发公布通知");
    longest.detail = "字".repeat(20_000);
    snapshot.tasks = vec![long, lines, longest];
    let book = xlsx(&rows(&PACK, &snapshot, now(), Lang::Zh), Lang::Zh).unwrap();
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    let heights: Vec<f64> = sheet
        .split("<row ")
        .skip(1)
        // One line is what a row has that says nothing.
        .map(|row| {
            row.split(" ht=\"").nth(1).and_then(|ht| ht.split('"').next()).map_or(15.0, |ht| ht.parse().unwrap())
        })
        .collect();
    // 92 characters, two wide each, in a column of 28: eight lines; Excel draws no row higher than 409 points. Points come
    // back as whole pixels of three quarters.
    assert_eq!(heights, [15.75, 128.25, 48.0, 399.75]);
    assert!(sheet.contains("fitToHeight=\"0\"") && sheet.contains("orientation=\"landscape\""), "{sheet}");
    assert!(part(&book, "xl/workbook.xml").contains("_xlnm.Print_Titles"), "heads on every page");
}

#[test]
fn texts_that_workbooks_treat_specially_survive() {
    for text in [
        "_x0041_班表",
        "a & b < c > d \"引号\"",
        "首行\n次行\t制表",
        "  前后空格  ",
        "🎧𠮷野家座席",
        "1E5",
        "2026-11-22",
        "0010086",
    ] {
        let mut snapshot = round();
        let mut one = task(1, "标题");
        one.detail = text.into();
        snapshot.tasks.push(one);
        let (_, cells) = read_back(xlsx(&rows(&PACK, &snapshot, now(), Lang::Zh), Lang::Zh).unwrap());
        assert_eq!(cells[1][6], Data::String(text.into()), "{text:?}");
    }
}

#[test]
fn a_text_no_cell_can_hold_is_refused_by_name() {
    let mut snapshot = round();
    let mut long = task(7, "标题");
    long.detail = "字".repeat(32_768);
    snapshot.tasks.push(long);
    let table = rows(&PACK, &snapshot, now(), Lang::Zh);
    let error = xlsx(&table, Lang::Zh).unwrap_err();
    assert_eq!(error.code(), "table");
    assert!(error.to_string().contains("T-007 的「说明」"), "{error}");
    assert!(
        String::from_utf8(csv(&table).unwrap()).unwrap().contains(&"字".repeat(32_768)),
        "the other format takes it"
    );
    snapshot.tasks[0].detail.truncate(32_767 * 3);
    assert!(xlsx(&rows(&PACK, &snapshot, now(), Lang::Zh), Lang::Zh).is_ok());
}

#[test]
fn nothing_a_user_typed_becomes_a_formula() {
    for (typed, safe) in [
        ("=1+1", "'=1+1"),
        ("+8610000000", "'+8610000000"),
        ("-5%", "'-5%"),
        ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("\r=1", "'\r=1"),
        ("\0=1", "'\0=1"),
        ("＝1+1", "'＝1+1"),
        ("＋86", "'＋86"),
        ("－5", "'－5"),
        ("＠SUM", "'＠SUM"),
        ("班表=按期公布", "班表=按期公布"),
        ("'引号", "'引号"),
        ("", ""),
    ] {
        assert_eq!(defused(typed), safe, "{typed:?}");
    }
    let mut snapshot = round();
    snapshot.tasks.push(task(1, "=HYPERLINK(\"http://example.invalid\",\"点我\")"));
    snapshot.tasks.push(task(2, "-修订办法"));
    let table = rows(&PACK, &snapshot, now(), Lang::Zh);
    let text = String::from_utf8(csv(&table).unwrap()).unwrap();
    assert!(text.contains("\"'=HYPERLINK(\"\"http://example.invalid\"\",\"\"点我\"\")\""), "{text}");
    let (_, cells) = read_back(xlsx(&table, Lang::Zh).unwrap());
    // A workbook has cells that are text whatever stands in them, so that nothing is put in front.
    for (row, typed) in [(1, "=HYPERLINK(\"http://example.invalid\",\"点我\")"), (2, "-修订办法")] {
        assert_eq!(cells[row][5], Data::String(typed.into()));
    }
}

#[test]
fn the_csv_is_what_excel_reads() {
    let table = rows(&PACK, &plan(), now(), Lang::Zh);
    let bytes = csv(&table).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "without the mark Excel guesses GBK");
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\r\n") && text.ends_with("\r\n"));
    let body = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv_reader(body);
    let read: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(read, table);
}

fn csv_reader(text: &str) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes())
}

#[test]
fn a_plan_without_tasks_is_a_row_of_heads() {
    let table = rows(&PACK, &round(), now(), Lang::Zh);
    assert_eq!(table.len(), 1);
    assert_eq!(read_back(xlsx(&table, Lang::Zh).unwrap()).1.len(), 1);
}
