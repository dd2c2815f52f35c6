//! What a spreadsheet hands over: cells, and what they mean. Pure; a paste, a list and a workbook read cells by the same rules.
//!
//! | module | says |
//! |---|---|
//! | [`tsv`] | which cells the clipboard's plain text holds, by Excel's quoting |
//! | [`html`] | which cells the clipboard's HTML holds |
//! | [`encoding`], [`csv`] | which text a file holds, and which cells |
//! | [`file`] | which sheets a list from outside has |
//! | [`items`] | which item a cell names |
//! | [`columns`] | what each column holds: item codes, verdicts, notes |
//! | [`meaning`] | what a cell of the verdict column means |
//! | [`list`] | what a list says of the items, beside what is recorded |

pub mod columns;
pub mod csv;
pub mod encoding;
pub mod file;
pub mod html;
pub mod items;
pub mod list;
pub mod meaning;
pub mod tsv;

pub use columns::{Column, Known, Layout, layout, ticked};
pub use csv::Delimiter;
pub use encoding::Encoding;
pub use items::Items;
pub use meaning::{Meaning, Meanings};

/// Rows of cells, each cell trimmed; rows may differ in length.
pub type Cells = Vec<Vec<String>>;

/// The cells on a clipboard: those of the HTML table where there is one, for it says where a cell ends whatever the cell holds;
/// else those of the plain text. What is blank at the end is left out, as whoever copies whole columns copies a million rows.
#[must_use]
pub fn clipboard(html: &str, text: &str) -> Cells {
    let cells = html::cells(html).filter(|cells| cells.iter().flatten().any(|cell| !cell.is_empty()));
    let mut cells = cells.unwrap_or_else(|| tsv::cells(text.trim_end()));
    for row in &mut cells {
        let filled = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        row.truncate(filled);
    }
    let filled = cells.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
    cells.truncate(filled);
    cells
}

/// A short text as it is compared: full width and half width, case, the kinds of dashes and all white space make no difference.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).flat_map(char::to_lowercase).collect()
}

/// Numbers, percentages, days.
fn is_figure(cell: &str) -> bool {
    let cell = folded(cell);
    cell.contains(|c: char| c.is_ascii_digit())
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '/' | '%' | ':' | '年' | '月' | '日' | '、'))
}

/// The half-width form of a full-width character; every dash is a hyphen.
const fn narrow(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(half) => half,
            None => c,
        },
        c => c,
    }
}

/// The item code that a cell holds: alone, or before a space or a punctuation mark and the item's title.
#[must_use]
pub fn code(cell: &str) -> String {
    let code: String = cell.trim().chars().map(narrow).take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    code.to_ascii_uppercase()
}
