//! A workbook that came back, as rows: whatever program saved it, in whatever order its sheets, rows and columns stand now.

use super::columns::{Field, Table};
use super::origin::{self, Base, Origin};
use super::values::settled;
use crate::Error;
use crate::book::address;
use crate::book::grid::{self, Content, Grid, Room};
use crate::sheet::{self, folded};
use calamine::Reader as _;
use domain::{Lang, Words};

/// How many rows may stand above the heads.
const ROWS_ABOVE: u32 = 10;

/// A workbook that came back.
pub struct Filled {
    /// What it was made from.
    pub origin: Origin,
    /// What was sent out.
    pub base: Base,
    /// Its rows.
    pub rows: Vec<FilledRow>,
    /// Sheets whose heads are gone, by name.
    pub headless: Vec<String>,
}

impl Filled {
    /// Whether nothing but papers that were asked for was sent out.
    #[must_use]
    pub fn holds_only_papers(&self) -> bool {
        self.base.sheets.iter().all(|(_, table)| *table == Table::Papers)
    }
}

/// A row of a list.
pub struct FilledRow {
    /// Which list.
    pub table: Table,
    /// The cell that holds its key: `现场管理!A12`.
    pub cell: String,
    /// Its key as it is recorded; what the cell holds where it is no key.
    pub key: String,
    /// The cells of columns that come back.
    pub cells: Vec<FilledCell>,
}

/// A cell that comes back.
pub struct FilledCell {
    /// What it says.
    pub field: Field,
    /// Where it stands: `现场管理!F12`.
    pub cell: String,
    /// What is in it.
    pub content: Content,
}

/// The rows of a workbook.
///
/// # Errors
/// [`Error::Workbook`] when it cannot be read or is none of ours.
pub fn read(bytes: &[u8]) -> Result<Filled, Error> {
    let mut book = grid::open(bytes)?;
    let names = book.sheet_names().clone();
    if !names.iter().any(|name| name == origin::SHEET) {
        return Err(Error::Workbook(no_origin()));
    }
    let mut room = Room::new();
    let hidden = Grid::read(&mut book, origin::SHEET, &mut room)?.ok_or_else(|| Error::Workbook(no_origin()))?;
    let (origin, base) = origin::parse(&hidden.texts())?;
    let mut filled = Filled { origin, base, rows: Vec::new(), headless: Vec::new() };
    for name in names.iter().filter(|name| *name != origin::SHEET) {
        let Some(grid) = Grid::read(&mut book, name, &mut room)? else { continue };
        match grid.heads() {
            Some(heads) => filled.rows.extend(grid.rows(name, &heads)),
            None if filled.base.sheets.iter().any(|(sent, _)| sent == name) => filled.headless.push(name.clone()),
            None => {}
        }
    }
    Ok(filled)
}

fn no_origin() -> Words {
    (
        "文件不是备审导出的核查表（没有记录来源的隐藏工作表）；请用备审导出一份，把填好的内容复制进去再取回",
        "the file is no checklist of this program (the hidden sheet that says where it comes from is missing); export one, copy what was filled in over, and take that back",
    )
        .into()
}

/// Where the columns of a list stand.
struct Heads {
    table: Table,
    row: u32,
    key: u32,
    fields: Vec<(Field, u32)>,
}

impl Grid {
    /// The head of a list: the row that has most of its headings, its key among them.
    fn heads(&self) -> Option<Heads> {
        let last = self.cells.keys().map(|(row, _)| *row).find(|row| *row > ROWS_ABOVE).unwrap_or(ROWS_ABOVE);
        let candidates = (0..=last.min(ROWS_ABOVE)).flat_map(|row| Table::ALL.map(|table| (row, table)));
        let heads = candidates.filter_map(|(row, table)| {
            let at = |heading: domain::Term| {
                let is = |text: &str| Lang::ALL.into_iter().any(|lang| is_heading(text, heading.say(lang)));
                let mut columns = self.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), _)| *column);
                columns.find(|column| is(&self.text((row, *column))))
            };
            let key = at(table.columns()[0].heading)?;
            let known = table.columns().iter().filter(|column| at(column.heading).is_some()).count();
            let fields: Vec<_> = table.coming_back().filter_map(|(f, c)| Some((f, at(c.heading)?))).collect();
            (!fields.is_empty()).then_some((known, Heads { table, row, key, fields }))
        });
        heads.max_by_key(|(known, _)| *known).map(|(_, heads)| heads)
    }

    fn rows<'a>(&'a self, name: &'a str, heads: &'a Heads) -> impl Iterator<Item = FilledRow> + 'a {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).filter(|row| *row > heads.row).collect();
        rows.dedup();
        let filled = move |row: u32| {
            let cells = heads.fields.iter().filter_map(|(field, column)| {
                let content = self.under((row, *column))?;
                Some(FilledCell { field: *field, cell: address(name, (row, *column)), content })
            });
            FilledRow {
                table: heads.table,
                cell: address(name, (row, heads.key)),
                key: key(heads.table, &self.text((row, heads.key))),
                cells: cells.collect(),
            }
        };
        // A head that somebody repeated further down is none of the rows.
        let heading = heads.table.columns()[0].heading;
        let is_head = move |row: &FilledRow| Lang::ALL.into_iter().any(|lang| is_heading(&row.key, heading.say(lang)));
        rows.into_iter().map(filled).filter(move |row| !is_head(row))
    }
}

/// Whether a cell is this heading; a remark in brackets after it does not matter.
fn is_heading(cell: &str, heading: &str) -> bool {
    let (cell, heading) = (folded(cell), folded(heading));
    cell == heading || cell.split('(').next() == Some(&heading)
}

/// The key that a cell names, as it is recorded.
fn key(table: Table, text: &str) -> String {
    let text = settled(text);
    let (prefix, digits) = match table {
        Table::Items => return if text.is_empty() { text } else { non_empty(sheet::code(&text), text) },
        Table::Evidence => ("EV-", 4),
        Table::Findings => ("NC-", 2),
        Table::Tasks => ("T-", 3),
        // `ｘｃ３-05．2` is XC3-05.2.
        Table::Papers => return folded(&text).to_uppercase(),
    };
    let code = sheet::code(&text);
    let number = code.strip_prefix(prefix).and_then(|number| number.parse::<u32>().ok());
    number.map_or(text, |number| format!("{prefix}{number:0digits$}"))
}

fn non_empty(code: String, text: String) -> String {
    if code.is_empty() { text } else { code }
}
