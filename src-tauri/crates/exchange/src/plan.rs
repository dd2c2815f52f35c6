//! The remediation plan (整改计划) as a table for Excel and other programs.

use crate::Error;
use crate::xlsx::{Face, MAX_CELL_UNITS, fits, for_print, height};
use chrono::{DateTime, FixedOffset};
use domain::{CriteriaPack, Lang, Snapshot, TaskState};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// Column heads, Chinese and English.
const HEADS: [(&str, &str); 16] = [
    ("编号", "No."),
    ("发现", "Finding"),
    ("条目", "Item"),
    ("条目标题", "Item title"),
    ("类型", "Kind"),
    ("整改措施", "Action"),
    ("说明", "Detail"),
    ("责任人", "Owner"),
    ("优先级", "Priority"),
    ("约定期限", "Agreed due"),
    ("当前期限", "Current due"),
    ("状态", "Status"),
    ("逾期", "Overdue"),
    ("整改结果", "Result"),
    ("验证人", "Verifier"),
    ("关闭日期", "Closed on"),
];
/// Column widths in characters of half width. Together they stay legible when a sheet is printed one page wide.
const WIDTHS: [u16; 16] = [8, 9, 9, 17, 11, 28, 28, 11, 10, 12, 13, 10, 10, 28, 11, 11];
/// The default font.
const FACE: Face = Face { line: 16, wide: 200 };
/// Columns that hold a day or nothing.
const DAYS: [usize; 3] = [9, 10, 15];

/// The table: a row of heads, then one row per task, overdue first, then by due date. Overdue and days are reckoned at `now`
/// and in its time zone.
#[must_use]
pub fn rows(pack: &CriteriaPack, snapshot: &Snapshot, now: DateTime<FixedOffset>, lang: Lang) -> Vec<Vec<String>> {
    let today = now.date_naive();
    let pick = |(zh, en): (&str, &str)| lang.pick(zh, en).to_owned();
    let mut tasks: Vec<_> = snapshot.tasks.iter().collect();
    tasks.sort_by_key(|t| (!t.is_overdue(today), t.state == TaskState::Closed, t.due.is_none(), t.due, t.number));
    let mut rows = vec![HEADS.map(pick).to_vec()];
    let day = |date: Option<domain::Date>| date.map(|d| d.to_string()).unwrap_or_default();
    for task in tasks {
        let finding = snapshot.findings.iter().find(|f| Some(f.id) == task.finding);
        let item = pack.item(&task.item);
        rows.push(vec![
            task.label(),
            finding.map(domain::Finding::label).unwrap_or_default(),
            task.item.clone(),
            item.map(|i| lang.pick(&i.title, &i.title_en).to_owned()).unwrap_or_default(),
            task.kind.term().say(lang).to_owned(),
            task.title.clone(),
            task.detail.clone(),
            task.owner.clone(),
            task.priority.term().say(lang).to_owned(),
            day(task.agreed_due),
            day(task.due),
            task.state.term().say(lang).to_owned(),
            if task.is_overdue(today) { pick(("逾期", "overdue")) } else { String::new() },
            task.result.clone(),
            task.verifier.clone(),
            day(task.closed_at.map(|t| t.with_timezone(now.offset()).date_naive())),
        ]);
    }
    rows
}

/// Comma-separated values, UTF-8 with byte order mark (Excel guesses GBK without it), CRLF, formulas defused.
///
/// # Errors
/// Never in practice: writing goes to memory.
pub fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in rows {
        out.write_record(row.iter().map(|cell| defused(cell))).map_err(|e| Error::Table(e.to_string()))?;
    }
    out.into_inner().map_err(|e| Error::Table(e.to_string()))
}

/// An Excel workbook. Days are dates, every other cell is a string: nothing a user typed becomes a formula, and a text stands there as it was
/// typed. An apostrophe in front, which makes it text in a CSV file, would be shown here.
///
/// # Errors
/// [`Error::Table`] when a text is longer than a cell may be (32,767 characters); a plan with half a text would be none.
pub fn xlsx(rows: &[Vec<String>], lang: Lang) -> Result<Vec<u8>, Error> {
    for row in rows {
        if let Some(at) = row.iter().position(|cell| !fits(cell)) {
            let (label, head) = (row.first().map_or("", String::as_str), HEADS.get(at).map_or("", |h| h.0));
            return Err(Error::Table(format!(
                "{label} 的「{head}」超过 Excel 单元格的 {MAX_CELL_UNITS} 字符，请缩短或改用 CSV"
            )));
        }
    }
    workbook(rows, lang).map_err(|e| Error::Table(e.to_string()))
}

fn workbook(rows: &[Vec<String>], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(lang.pick("整改计划", "Remediation plan"))?;
    let body = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let head = body.clone().set_bold().set_background_color("#E2EDED");
    let day = body.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
    for (r, row) in (0_u32..).zip(rows) {
        for (c, (at, cell)) in (0_u16..).zip(row.iter().enumerate()) {
            let date = (r > 0 && DAYS.contains(&at)).then(|| ExcelDateTime::parse_from_str(cell).ok()).flatten();
            match date {
                Some(date) => sheet.write_datetime_with_format(r, c, date, &day)?,
                None => sheet.write_string_with_format(r, c, cell, if r == 0 { &head } else { &body })?,
            };
        }
        sheet.set_row_height(r, height(row.iter().map(String::as_str).zip(WIDTHS), FACE))?;
    }
    for (c, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(c, width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    if let (Ok(last_row), Ok(last_col)) = (u32::try_from(rows.len().saturating_sub(1)), u16::try_from(HEADS.len() - 1))
    {
        sheet.autofilter(0, 0, last_row, last_col)?;
    }
    for_print(sheet, lang)?;
    book.save_to_buffer()
}

/// A leading `= + - @`, TAB, LF, CR or NUL (full-width forms too) makes spreadsheet programs compute: OWASP ASVS 1.2.10. An
/// apostrophe in front makes it text.
#[must_use]
pub fn defused(cell: &str) -> String {
    let starts_formula = cell
        .chars()
        .next()
        .is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\n' | '\r' | '\0' | '＝' | '＋' | '－' | '＠'));
    if starts_formula { format!("'{cell}") } else { cell.to_owned() }
}
