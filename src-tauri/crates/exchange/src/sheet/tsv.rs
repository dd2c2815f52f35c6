//! Tab-separated text by Excel's rules. A cell stands in quotes only when it holds a tab, a line break or begins with a quote, and
//! then its own quotes are doubled. Whatever is quoted in another way is text: `"重点"客户` keeps its quotes.

use super::Cells;

/// Rows of cells.
#[must_use]
pub fn cells(text: &str) -> Cells {
    let mut rows = vec![Vec::new()];
    let mut rest = text;
    loop {
        let (cell, after) = quoted(rest).unwrap_or_else(|| plain(rest));
        if let Some(row) = rows.last_mut() {
            row.push(cell.trim().to_owned());
        }
        // A lone CR ends a row as well: Excel for Mac wrote it.
        rest = match after.strip_prefix('\t') {
            Some(rest) => rest,
            None => match after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])) {
                Some(rest) => {
                    rows.push(Vec::new());
                    rest
                }
                None => return rows,
            },
        };
    }
}

const ENDS: [char; 3] = ['\t', '\n', '\r'];

/// A cell up to the next tab or line break, and what follows it.
fn plain(text: &str) -> (String, &str) {
    let end = text.find(ENDS).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// A cell in quotes, if it is one that Excel would have quoted, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => {
                let ends = after.is_empty() || after.starts_with(ENDS);
                let had_to_be = cell.starts_with('"') || cell.contains(ENDS);
                let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
                return (ends && had_to_be).then_some((cell, after));
            }
        }
    }
}
