//! Text with a sign between cells, read as Excel reads it: blank lines are rows too, so that a row has the number that its reader sees. The
//! csv crate skips them, and does not tell of a quote that is never closed, which would swallow all rows after it.

use super::Cells;
use serde::{Deserialize, Serialize};

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The character.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }
}

/// A quote that is never closed begins in this line, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclosed(pub usize);

/// The first so many rows of a text.
///
/// # Errors
/// [`Unclosed`].
pub fn cells(text: &str, delimiter: Delimiter, most: usize) -> Result<Cells, Unclosed> {
    let sign = delimiter.sign();
    let ends = [sign, '\r', '\n'];
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    while rows.len() < most && !(rest.is_empty() && row.is_empty()) {
        let (mut cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let line = || text[..text.len() - rest.len()].matches('\n').count() + 1;
                unquoted(quoted).ok_or_else(|| Unclosed(line()))?
            }
            None => (String::new(), rest),
        };
        let end = after.find(ends).unwrap_or(after.len());
        cell.push_str(&after[..end]);
        row.push(plain(&cell));
        let after = &after[end..];
        rest = match after.strip_prefix(sign) {
            // A last cell that is blank is one.
            Some("") => {
                row.push(String::new());
                ""
            }
            Some(rest) => rest,
            None => after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\r', '\n'])).unwrap_or(after),
        };
        if !after.starts_with(sign) || rest.is_empty() {
            rows.push(std::mem::take(&mut row));
        }
    }
    Ok(rows)
}

/// A cell that began with a quote, up to the one that closes it, and what follows.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let (mut cell, mut rest) = (String::new(), text);
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        rest = match after.strip_prefix('"') {
            Some(after) => after,
            None => return Some((cell, after)),
        };
        cell.push('"');
    }
}

/// A cell without blanks around it; `="007"` is how programs keep Excel from reading a number.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    let kept = cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')).filter(|cell| !cell.contains('"'));
    kept.unwrap_or(cell).replace("\r\n", "\n").replace('\r', "\n")
}

/// What stands between the cells of a text: what makes most rows of it equally wide.
#[must_use]
pub fn delimiter(text: &str) -> Delimiter {
    /// Rows that are looked at.
    const LOOKED_AT: usize = 200;
    let even = |delimiter: &Delimiter| {
        let rows = cells(text, *delimiter, LOOKED_AT).unwrap_or_default();
        let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|width| *width > 1).collect();
        let alike = |width: &usize| widths.iter().filter(|other| *other == width).count();
        widths.iter().map(|width| (alike(width), *width)).max().unwrap_or_default()
    };
    // The first of those that do as well: `max_by_key` gives the last.
    Delimiter::ALL.into_iter().rev().max_by_key(even).unwrap_or(Delimiter::Comma)
}

/// Excel's own word on it: `sep=;` as the first line, which is no row. The rest of the text.
#[must_use]
pub fn declared(text: &str) -> Option<(Delimiter, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let sign = line.trim_end_matches('\r').strip_prefix("sep=")?;
    let delimiter = Delimiter::ALL.into_iter().find(|delimiter| sign.chars().eq([delimiter.sign()]))?;
    Some((delimiter, rest))
}
