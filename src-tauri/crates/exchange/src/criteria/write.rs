//! A pack as a workbook.

use super::lists::{HEAD, Holds, LISTS, List, PARTS, PROFILES, SINCE};
use crate::Error;
use crate::xlsx::{FACE, FILL_HEAD, FONT, RULE, SIZE, for_print, height};
use domain::{CriteriaPack, Lang};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use serde_json::Value;

struct Look {
    title: Format,
    head: Format,
    cell: Format,
}

/// The file. Its sheets hold every field of the pack but its hash.
///
/// # Errors
/// [`Error::Table`] when it cannot be made.
pub fn write(pack: &CriteriaPack) -> Result<Vec<u8>, Error> {
    let value = serde_json::to_value(pack).map_err(|e| Error::Table(e.to_string()))?;
    book(pack, &value).map_err(|e| Error::Table(e.to_string()))
}

fn book(pack: &CriteriaPack, value: &Value) -> Result<Vec<u8>, XlsxError> {
    let text = Format::new().set_font_name(FONT).set_font_size(SIZE).set_text_wrap().set_align(FormatAlign::Top);
    // As text: what looks like a number or a formula stays what was typed.
    let cell = text.clone().set_num_format("@").set_border(FormatBorder::Thin).set_border_color(RULE);
    let look = Look {
        title: text.clone().set_bold().set_font_size(14),
        head: cell.clone().set_bold().set_background_color(FILL_HEAD).set_font_color(Color::White),
        cell,
    };
    let mut book = Workbook::new();
    head(book.add_worksheet(), &look, pack, value)?;
    for list in &LISTS {
        let rows = objects(&value[list.key]);
        table(book.add_worksheet(), &look, list, &rows)?;
        if list.key == PROFILES {
            for part in &PARTS {
                table(book.add_worksheet(), &look, part, &parts(&rows, part.key))?;
            }
        }
    }
    for list in &SINCE {
        table(book.add_worksheet(), &look, list, &objects(&value[list.key]))?;
    }
    book.save_to_buffer()
}

/// The head of the file, one field a row, below what the file is and how it is edited.
fn head(sheet: &mut Worksheet, look: &Look, pack: &CriteriaPack, value: &Value) -> Result<(), XlsxError> {
    sheet.set_name(HEAD.sheet)?;
    for (column, width) in [(0, 24), (1, 110)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, &pack.pack.standard, &look.title)?;
    sheet.write_string_with_format(0, 1, &pack.pack.title, &look.title)?;
    for (row, (zh, en)) in (1_u32..).zip(STEPS) {
        let text = format!("{zh}\n{en}");
        sheet.write_string_with_format(row, 1, &text, &look.cell)?;
        sheet.set_row_height(row, height([(text.as_str(), 110)].into_iter(), FACE))?;
    }
    let first = u32::try_from(STEPS.len()).unwrap_or_default() + 2;
    for (row, column) in (first..).zip(HEAD.columns) {
        let text = said(&value[HEAD.key][column.key], column.holds);
        sheet.write_string_with_format(row, 0, column.head(), &look.head)?;
        sheet.write_string_with_format(row, 1, &text, &look.cell)?;
        sheet.set_row_height(row, height([(text.as_str(), 110)].into_iter(), FACE))?;
    }
    for_print(sheet, Lang::Zh)
}

fn table(sheet: &mut Worksheet, look: &Look, list: &List, rows: &[Value]) -> Result<(), XlsxError> {
    sheet.set_name(list.sheet)?;
    for (at, column) in (0_u16..).zip(list.columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, column.head(), &look.head)?;
    }
    for (at, row) in (1_u32..).zip(rows) {
        let mut cells = Vec::with_capacity(list.columns.len());
        for (c, column) in (0_u16..).zip(list.columns) {
            let text = said(field(row, column.key), column.holds);
            sheet.write_string_with_format(at, c, &text, &look.cell)?;
            cells.push((text, column.width));
        }
        sheet.set_row_height(at, height(cells.iter().map(|(text, width)| (text.as_str(), *width)), FACE))?;
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, u16::try_from(list.columns.len()).unwrap_or(1) - 1)?;
    sheet.set_freeze_panes(1, 1)?;
    for_print(sheet, Lang::Zh)
}

/// The parts of all profiles, each with the profile it is of.
fn parts(profiles: &[Value], key: &str) -> Vec<Value> {
    let of = |profile: &Value| {
        let named = |mut part: Value| {
            part["profile"] = profile["id"].clone();
            part
        };
        objects(&profile[key]).into_iter().map(named).collect::<Vec<_>>()
    };
    profiles.iter().flat_map(of).collect()
}

fn objects(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// `points.partial` is a field within a field.
fn field<'a>(row: &'a Value, key: &str) -> &'a Value {
    key.split('.').fold(row, |value, key| &value[key])
}

/// A value as a cell shows it.
fn said(value: &Value, holds: Holds) -> String {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let lines = |each: &dyn Fn(&Value) -> String| objects(value).iter().map(each).collect::<Vec<_>>().join("\n");
    match holds {
        Holds::Text | Holds::Number | Holds::Day => plain(value),
        Holds::Flag => if value.as_bool() == Some(true) { "是" } else { "" }.to_owned(),
        Holds::Lines | Holds::Numbers => lines(&plain),
        Holds::Groups => lines(&|names| objects(names).iter().map(plain).collect::<Vec<_>>().join(" = ")),
        Holds::Tallies => lines(&|tally| {
            format!(
                "要点{}: 抽{}，符合至{}，部分符合至{}",
                tally["point"], tally["of"], tally["conform"], tally["partial"]
            )
        }),
        Holds::Weights => {
            let weights = value.as_object().into_iter().flatten();
            weights.map(|(item, weight)| format!("{item} = {weight}")).collect::<Vec<_>>().join("\n")
        }
    }
}

const STEPS: [(&str, &str); 4] = [
    (
        "各工作表首行是字段名，请保留；列可以调换次序，可以加自己的列（不读取）。每格可有多行，“每行一条”的格用 Alt+Enter 换行。",
        "The first row of each sheet names the fields: keep it. Columns may be moved, and your own columns are not read. Alt+Enter begins a new line within a cell.",
    ),
    (
        "编号 = 类别代码 + 主题序号 + “-” + 条目序号，如 XC3-05；增删条目后请改“主题”表的条目数。英文可以不写。",
        "A code is domain, number of the section, \"-\", number of the item, such as XC3-05; a section counts its items. English may be left out.",
    ),
    (
        "修改后请换标识或版本，并且不要写成标准原文（持有标准文本者除外）。",
        "Give it an id or version of its own, and do not pass it off as the text of the standard.",
    ),
    (
        "用 beishen-cli criteria check 文件.xlsx 校验，错误会指出单元格；criteria convert 在 XLSX 与 TOML 之间转换。",
        "beishen-cli criteria check FILE.xlsx names the cells that are wrong; criteria convert turns XLSX into TOML and back.",
    ),
];
