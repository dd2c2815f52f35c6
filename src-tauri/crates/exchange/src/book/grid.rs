//! The cells of a sheet, read one by one and never as a whole sheet: a file may claim any size.

use super::bounded::Bounded;
use super::outside::{self, damaged, too_large};
use crate::Error;
use calamine::{Data, DataRef, Dimensions, Reader as _, Xlsx, XlsxError};
use domain::{Date, Words};
use std::collections::BTreeMap;

/// Rows and columns that are looked at, and cells in all; no checklist has more.
pub(crate) const MAX_ROWS: u32 = 20_000;
pub(crate) const MAX_COLUMNS: u32 = 200;
pub(crate) const MAX_CELLS: usize = 300_000;
/// Bytes of text in all: ten thousand cells may name one long text.
const MAX_TEXT: usize = 32 << 20;
/// Joined cells of a sheet: each cell is looked for among them.
const MAX_MERGED: usize = 5_000;

/// What is in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text, or something as the text a reader sees; may be blank.
    Text(String),
    /// A number that may be a day, and the day it would be.
    Number(f64, Option<Date>),
    /// A formula that went wrong.
    Fault(String),
}

impl Content {
    /// The text that a reader sees.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Fault(text) => text.clone(),
            Self::Number(number, _) => plain(*number),
        }
    }
}

/// What is expected of a cell that holds a [`Content::Fault`].
pub(crate) fn no_fault() -> Words {
    ("内容；此格的公式没有结果或出错", "a value; the formula in this cell has no result or went wrong").into()
}

/// What a file may still fill.
pub(crate) struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    /// Of a file of which nothing is read yet.
    pub const fn new() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT }
    }

    /// Takes what a cell needs; `None` where there is no room for it.
    fn take(&mut self, content: &Content) -> Option<()> {
        let text = match content {
            Content::Text(text) | Content::Fault(text) => text.len(),
            Content::Number(..) => 0,
        };
        self.cells = self.cells.checked_sub(1)?;
        self.text = self.text.checked_sub(text)?;
        Some(())
    }
}

/// The cells of a sheet that hold something, by row and column from 0.
pub(crate) struct Grid {
    pub cells: BTreeMap<(u32, u32), Content>,
    pub merged: Vec<Dimensions>,
}

pub(crate) type Book<'a> = Xlsx<Bounded<'a>>;

/// A workbook that is known to cost little.
///
/// # Errors
/// [`Error::Workbook`] in one sentence, when it is none that can be read.
pub(crate) fn open(bytes: &[u8]) -> Result<Book<'_>, Error> {
    outside::check(bytes)?;
    Xlsx::new(Bounded::new(bytes)).map_err(|_| Error::Workbook(damaged()))
}

impl Grid {
    /// The cells of a sheet, as long as there is `room` for them; none of a sheet of charts.
    pub fn read(book: &mut Book<'_>, name: &str, room: &mut Room) -> Result<Option<Self>, Error> {
        let unreadable = |_| Error::Workbook(damaged());
        let is_1904 = book.has_1904_epoch();
        let mut cells = BTreeMap::new();
        let mut reader = match book.worksheet_cells_reader(name) {
            Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
            reader => reader.map_err(unreadable)?,
        };
        while let Some(cell) = reader.next_cell().map_err(unreadable)? {
            let Some(content) = content(cell.get_value(), is_1904) else { continue };
            let (row, column) = cell.get_position();
            if column >= MAX_COLUMNS {
                continue;
            }
            if row >= MAX_ROWS || room.take(&content).is_none() {
                return Err(Error::Workbook(too_large()));
            }
            cells.insert((row, column), content);
        }
        drop(reader);
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        if merged.len() > MAX_MERGED {
            return Err(Error::Workbook(too_large()));
        }
        Ok(Some(Self { cells, merged }))
    }

    /// A cell as a text.
    pub fn text(&self, at: (u32, u32)) -> String {
        self.cells.get(&at).map(Content::text).unwrap_or_default()
    }

    /// All of them as texts, row by row.
    pub fn texts(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for (row, column) in self.cells.keys() {
            rows.resize_with(rows.len().max(*row as usize + 1), Vec::new);
            let cells: &mut Vec<String> = &mut rows[*row as usize];
            cells.resize_with(*column as usize, String::new);
            cells.push(self.text((*row, *column)));
        }
        rows
    }

    /// What a cell says: of cells joined over several rows, the same for each of them; `None` for one that another to its left covers.
    pub fn under(&self, (row, column): (u32, u32)) -> Option<Content> {
        let around = self.merged.iter().find(|area| area.contains(row, column));
        let (row, column) = match around {
            Some(area) if area.start.1 < column => return None,
            Some(area) => (area.start.0, column),
            None => (row, column),
        };
        Some(self.cells.get(&(row, column)).cloned().unwrap_or_else(|| Content::Text(String::new())))
    }
}

/// What a cell holds; `None` when it is blank.
fn content(value: &DataRef<'_>, is_1904: bool) -> Option<Content> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => text_in(text)?,
        DataRef::SharedString(text) => text_in(text)?,
        DataRef::Int(number) => number_in(*number as f64, is_1904),
        DataRef::Float(number) => number_in(*number, is_1904),
        DataRef::Bool(truth) => Content::Text(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::Error(error) => Content::Fault(error.to_string()),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            Content::Text(match (hour, minute) {
                (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            })
        }
        DataRef::DateTime(span) => number_in(span.as_f64(), is_1904),
        other => text_in(&Data::from(other.clone()).to_string())?,
    })
}

fn text_in(text: &str) -> Option<Content> {
    (!text.trim().is_empty()).then(|| Content::Text(text.to_owned()))
}

/// A number that nothing marks as a day is one where a day is expected.
fn number_in(number: f64, is_1904: bool) -> Content {
    /// Days between the two epochs that workbooks count from.
    const EPOCHS: f64 = 1_462.0;
    /// Of the years 2000 to 2100.
    const DAYS: std::ops::Range<f64> = 36_526.0..73_416.0;
    let serial = if is_1904 { number + EPOCHS } else { number };
    let day = DAYS.contains(&serial).then(|| {
        let start = Date::from_ymd_opt(1899, 12, 30)?;
        start.checked_add_days(chrono::Days::new(serial as u64))
    });
    Content::Number(number, day.flatten())
}

/// A number as a spreadsheet shows it: 15 digits, no trailing zeros.
fn plain(number: f64) -> String {
    let shown = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{shown}")
}
