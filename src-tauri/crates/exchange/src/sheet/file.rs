//! A list from outside: an Excel file or text, as sheets of cells.

use super::csv::{self, Unclosed};
use super::encoding;
use super::{Cells, Delimiter, Encoding};
use crate::Error;
use crate::book::grid::{self, Content, Grid, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Room};
use crate::book::outside::{self, too_large};
use crate::workbook::origin;
use calamine::Reader as _;
use domain::Words;
use std::collections::BTreeSet;

/// A list as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// How its text is written down; none where it is an Excel file.
    pub encoding: Option<Encoding>,
    /// What stands between its cells; none where it is an Excel file.
    pub delimiter: Option<Delimiter>,
    /// Its sheets that hold something, in their order.
    pub sheets: Vec<Sheet>,
}

/// A sheet of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; of a text that of the file, as spreadsheet programs call it.
    pub name: String,
    /// Its cells. Cells joined over several rows say the same in each of them.
    pub cells: Cells,
    /// Cells whose formula went wrong, by row and column.
    pub faults: BTreeSet<(usize, usize)>,
}

/// What the user says of a text; what is not said is seen from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How it is written down.
    pub encoding: Option<Encoding>,
    /// What stands between its cells.
    pub delimiter: Option<Delimiter>,
}

/// Extensions of texts.
const TEXTS: [&str; 3] = ["csv", "tsv", "txt"];

/// Reads a list. Its name says what it claims to be.
///
/// # Errors
/// [`Error::Workbook`] in one sentence, when it is none that can be read.
pub fn open(name: &str, bytes: &[u8], wanted: Wanted) -> Result<File, Error> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_text = TEXTS.contains(&extension.to_lowercase().as_str());
    let file = match is_text && !outside::is_office(bytes) {
        true => text(stem, bytes, wanted)?,
        false => excel(bytes)?,
    };
    if file.sheets.is_empty() {
        return Err(refused("表格里没有内容", "the list holds nothing"));
    }
    Ok(file)
}

fn refused(zh: &str, en: &str) -> Error {
    Error::Workbook((zh, en).into())
}

fn text(name: &str, bytes: &[u8], wanted: Wanted) -> Result<File, Error> {
    if bytes.len() as u64 > outside::MAX_BYTES {
        return Err(Error::Workbook(too_large()));
    }
    let found = match wanted.encoding {
        Some(encoding) => encoding.read(bytes).map(|text| (text, encoding)),
        None => encoding::read(bytes),
    };
    let (text, encoding) = found.ok_or_else(|| Error::Workbook(no_text(wanted.encoding)))?;
    if let Some(words) = outside::markup(&text) {
        return Err(Error::Workbook(words));
    }
    let (declared, rest) = csv::declared(&text).map_or((None, text.as_str()), |(sign, rest)| (Some(sign), rest));
    let delimiter = wanted.delimiter.or(declared).unwrap_or_else(|| csv::delimiter(rest));
    let most = MAX_ROWS as usize;
    let mut cells = csv::cells(rest, delimiter, most + 1).map_err(|unclosed| Error::Workbook(no_end(unclosed)))?;
    if cells.len() > most || cells.iter().map(Vec::len).sum::<usize>() > MAX_CELLS {
        return Err(Error::Workbook(too_large()));
    }
    cells.iter_mut().for_each(|row| {
        row.truncate(MAX_COLUMNS as usize);
        let filled = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        row.truncate(filled);
    });
    let is_blank = cells.iter().flatten().all(String::is_empty);
    let sheet = Sheet { name: name.to_owned(), cells, faults: BTreeSet::new() };
    let sheets = if is_blank { Vec::new() } else { vec![sheet] };
    Ok(File { encoding: Some(encoding), delimiter: Some(delimiter), sheets })
}

fn no_text(wanted: Option<Encoding>) -> Words {
    match wanted {
        Some(encoding) => {
            let name = encoding.name();
            let zh = format!("文件不是 {name} 编码的文本；请另选编码");
            (zh, format!("the file is no text in {name}; choose another encoding")).into()
        }
        None => (
            "文件不是 UTF-8、UTF-16 或 GB18030 编码的文本；请在 Excel 或 WPS 中另存为 .xlsx 后重试",
            "the file is no text in UTF-8, UTF-16 or GB18030; save it as .xlsx in a spreadsheet program and take that in",
        )
            .into(),
    }
}

fn no_end(Unclosed(line): Unclosed) -> Words {
    let zh = format!("第 {line} 行的引号没有配对，后面的行会被并进同一格；请补上或删去这个引号");
    (
        zh,
        format!(
            "the quote in line {line} is never closed and would swallow the rows after it; close it or take it out"
        ),
    )
        .into()
}

fn excel(bytes: &[u8]) -> Result<File, Error> {
    let mut book = grid::open(bytes)?;
    let names = book.sheet_names().clone();
    if names.iter().any(|name| name == origin::SHEET) {
        return Err(refused(
            "这是备审导出的核查表；请用“取回填好的工作簿”取回，它知道哪些格改过",
            "this is a checklist that this program exported; take it back as a filled workbook, which knows what was changed",
        ));
    }
    let mut room = Room::new();
    let mut sheets = Vec::new();
    for name in names {
        let Some(grid) = Grid::read(&mut book, &name, &mut room)? else { continue };
        if !grid.cells.is_empty() {
            sheets.push(sheet(name, &grid)?);
        }
    }
    Ok(File { encoding: None, delimiter: None, sheets })
}

fn sheet(name: String, grid: &Grid) -> Result<Sheet, Error> {
    // Most bytes that joined cells may repeat: a few of them can cover a whole sheet.
    let mut room: usize = 4 << 20;
    let mut cells = grid.texts();
    cells.iter_mut().flatten().for_each(|cell| *cell = cell.trim().to_owned());
    // What cells joined over several rows say is said in each of these rows.
    for area in grid.merged.iter().filter(|area| area.end.0 > area.start.0) {
        let text = grid.text(area.start).trim().to_owned();
        let (top, bottom) = (area.start.0 as usize, (area.end.0 as usize).min(cells.len().saturating_sub(1)));
        let at = area.start.1 as usize;
        if text.is_empty() || top >= bottom {
            continue;
        }
        room = room.checked_sub(text.len() * (bottom - top)).ok_or_else(|| Error::Workbook(too_large()))?;
        for row in &mut cells[top + 1..=bottom] {
            row.resize(row.len().max(at + 1), String::new());
            row[at].clone_from(&text);
        }
    }
    let faults = grid.cells.iter().filter(|(_, content)| matches!(content, Content::Fault(_)));
    let faults = faults.map(|((row, column), _)| (*row as usize, *column as usize)).collect();
    Ok(Sheet { name, cells, faults })
}
