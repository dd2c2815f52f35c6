//! How a list is read: which sheet, which row of headings, what each column holds. What the user says goes before what the workspace
//! remembers, and that before what is seen.

use super::memory::Memory;
use super::{SheetChoices, SheetColumn};
use crate::{Error, Result};
use exchange::book::letters;
use exchange::sheet::columns::{Layout, by_heading, laid_out};
use exchange::sheet::file::{File, Sheet};
use exchange::sheet::{Column, Items, Known, Meanings, folded, layout};

/// Cells shown of a column.
const SAMPLES: usize = 3;

/// A list, and how it is read.
pub(super) struct Read<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Its columns.
    pub layout: Layout,
    /// The row of its headings, from 1; 0 = there are none.
    pub heading: u32,
    /// What the user has said of columns, by their headings.
    pub chosen: Vec<(String, Column)>,
}

/// Reads a list.
///
/// # Errors
/// When the user named a sheet or column that is not there.
pub(super) fn read<'a>(
    file: &'a File,
    items: &Items<'_>,
    meanings: &Meanings,
    memory: &Memory,
    choices: &SheetChoices,
) -> Result<Read<'a>> {
    let remembered = memory.columns();
    let mut headings = remembered.clone();
    headings.extend(choices.named.iter().map(|(name, column)| (folded(name), *column)));
    let known = Known {
        is_item: &|cell| items.coded(cell).is_some(),
        is_title: &|cell| items.is_title(cell),
        is_criteria: &|cell| items.is_criteria(cell),
        meanings,
        headings: &headings,
    };
    let sheet = sheet_of(file, items, choices)?;
    let mut layout = match choices.heading {
        Some(0) => laid_out(&sheet.cells, 0..0, &known),
        Some(row) => laid_out(&sheet.cells, row as usize - 1..row as usize, &known),
        None => layout(&sheet.cells, &known),
    };
    // Of a list most columns are nobody's business here; that of a paste was chosen cell by cell.
    std::mem::take(&mut layout.strange).into_iter().for_each(|at| layout.columns[at] = Some(Column::Skip));
    let heading = |at: usize| layout.headings.get(at).map_or("", String::as_str);
    let count = layout.columns.len();
    let remembered: Vec<_> = (0..count).filter_map(|at| Some((at, *remembered.get(&folded(heading(at)))?))).collect();
    let mut wanted: Vec<(usize, Column)> = Vec::new();
    for (name, column) in &choices.named {
        wanted.push((named(name, &layout)?, *column));
    }
    for (n, (_, column)) in wanted.iter().enumerate() {
        if *column != Column::Skip && wanted[..n].iter().any(|(_, other)| other == column) {
            let expected = ("每种内容只在一列", "one column for each kind of contents");
            return Err(Error::Field { field: "列", expected: expected.into() });
        }
    }
    let places = choices.columns.iter().map(|(at, column)| (*at as usize, *column));
    wanted.extend(places.filter(|(at, _)| *at < count));
    let chosen = wanted.iter().map(|(at, column)| (heading(*at).to_owned(), *column)).collect();
    assign(&mut layout.columns, &remembered);
    assign(&mut layout.columns, &wanted);
    // Of several that are called so, the one that is left over is it.
    for column in Column::ALL.into_iter().filter(|column| *column != Column::Skip) {
        let is_so = |at: &usize| layout.columns[*at].is_none() && by_heading(heading(*at)) == Some(column);
        let open: Vec<usize> = (0..count).filter(is_so).collect();
        if let ([at], false) = (&open[..], layout.columns.contains(&Some(column))) {
            layout.columns[*at] = Some(column);
        }
    }
    if !choices.named.is_empty() || choices.cells.leave_out_refused {
        layout.columns.iter_mut().for_each(|column| *column = column.or(Some(Column::Skip)));
    }
    let row = if layout.headings.is_empty() { 0 } else { layout.first };
    Ok(Read { sheet, layout, heading: u32::try_from(row).unwrap_or(u32::MAX), chosen })
}

/// The sheet that the user named, else the one that names most items.
fn sheet_of<'a>(file: &'a File, items: &Items<'_>, choices: &SheetChoices) -> Result<&'a Sheet> {
    let names = |sheet: &&Sheet| {
        let names_one = |cell: &&String| items.coded(cell).is_some() || items.is_title(cell);
        sheet.cells.iter().filter(|row| row.iter().any(|cell| names_one(&cell))).count()
    };
    let found = match &choices.sheet {
        Some(name) => file.sheets.iter().find(|sheet| sheet.name == *name),
        // The first of those that do as well: `max_by_key` gives the last.
        None => file.sheets.iter().rev().max_by_key(names),
    };
    found.ok_or_else(|| {
        let names = file.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("、");
        Error::Field {
            field: "工作表", expected: (format!("其中之一：{names}"), format!("one of {names}")).into()
        }
    })
}

/// The column that is called so, or that has this letter.
fn named(name: &str, layout: &Layout) -> Result<usize> {
    let wanted = folded(name);
    let mut called = layout.headings.iter().enumerate().filter(|(_, heading)| folded(heading) == wanted);
    let expected = match (called.next(), called.next()) {
        (Some((at, _)), None) => return Ok(at),
        (Some(_), Some(_)) => (
            format!("列的字母（如 C=verdict）；有几列都叫“{name}”"),
            format!("the letter of a column, as C=verdict; several are called \"{name}\""),
        ),
        (None, _) => {
            let letter = (0..layout.columns.len()).find(|at| u32::try_from(*at).is_ok_and(|at| letters(at) == name));
            if let Some(at) = letter {
                return Ok(at);
            }
            let headings: Vec<&str> = layout.headings.iter().map(String::as_str).filter(|h| !h.is_empty()).collect();
            let headings = headings.join("、");
            (
                format!("表中的列名或字母；没有“{name}”，表头是：{headings}"),
                format!("a heading or letter of the list; there is no \"{name}\" among {headings}"),
            )
        }
    };
    Err(Error::Field { field: "列", expected: expected.into() })
}

/// Says what columns hold. Contents of a kind stand in one column, and one column names the items.
fn assign(columns: &mut [Option<Column>], wanted: &[(usize, Column)]) {
    let kind = |column: Column| if column == Column::Title { Column::Item } else { column };
    for (at, column) in wanted {
        if *column != Column::Skip {
            let same = columns.iter_mut().filter(|held| held.is_some_and(|held| kind(held) == kind(*column)));
            same.for_each(|held| *held = Some(Column::Skip));
        }
        columns[*at] = Some(*column);
    }
}

/// The columns as they are shown.
pub(super) fn columns(sheet: &Sheet, layout: &Layout) -> Vec<SheetColumn> {
    let cells = |at: usize| sheet.cells[layout.first..].iter().filter_map(move |row| row.get(at));
    let column = |(at, holds): (usize, &Option<Column>)| SheetColumn {
        letter: letters(u32::try_from(at).unwrap_or(u32::MAX - 1)),
        heading: layout.headings.get(at).cloned().unwrap_or_default(),
        samples: cells(at).filter(|cell| !cell.is_empty()).take(SAMPLES).cloned().collect(),
        holds: *holds,
    };
    layout.columns.iter().enumerate().map(column).collect()
}
