//! The table in a clipboard's HTML, as Excel, WPS, Word and browsers write it. Not a parser of HTML: tags other than those of tables and
//! line breaks are passed over, and nothing in it is run or fetched.

use super::Cells;

/// Most columns that one cell may be said to span; a hostile number would fill the memory.
const MAX_SPAN: usize = 100;

/// Cells of all tables, one below the other; a table in a cell is part of that cell's text. `None` when there is no table.
#[must_use]
pub fn cells(html: &str) -> Option<Cells> {
    let mut table = Table::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        table.text(&rest[..at]);
        rest = &rest[at..];
        rest = match rest.strip_prefix("<!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None => {
                let (tag, after) = tag(rest);
                table.tag(&tag);
                match tag.name.as_str() {
                    // Their content is no text.
                    "style" | "script" | "title" | "xml" if !tag.closes => after_end_of(&tag.name, after),
                    _ => after,
                }
            }
        };
    }
    table.text(rest);
    table.end_cell();
    (table.seen).then_some(table.rows)
}

struct Tag<'a> {
    name: String,
    closes: bool,
    attributes: &'a str,
}

/// The tag at the beginning of the text, and what follows it. Quotes may hold a `>`.
fn tag(text: &str) -> (Tag<'_>, &str) {
    let mut quote = None;
    let end = text.char_indices().find_map(|(at, c)| match (quote, c) {
        (None, '>') => Some(at),
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (Some(open), c) if open == c => {
            quote = None;
            None
        }
        _ => None,
    });
    // A quote that never ends must not swallow the table.
    let end = end.or_else(|| text.find('>')).unwrap_or(text.len());
    let inside = &text[1..end.max(1)];
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let named = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(inside.len());
    let tag = Tag { name: inside[..named].to_ascii_lowercase(), closes, attributes: &inside[named..] };
    (tag, text.get(end + 1..).unwrap_or(""))
}

/// What follows `</name>`.
fn after_end_of<'a>(name: &str, text: &'a str) -> &'a str {
    let closes =
        |at: &usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(closes).map_or("", |at| &text[at..])
}

impl Tag<'_> {
    fn span(&self, name: &str) -> usize {
        let at = self.attributes.to_ascii_lowercase().find(name).map(|at| at + name.len());
        let value = at.and_then(|at| self.attributes.get(at..)).unwrap_or("");
        let digits: String =
            value.trim_start_matches(['=', '"', '\'', ' ']).chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(1).clamp(1, MAX_SPAN)
    }
}

#[derive(Default)]
struct Table {
    rows: Cells,
    /// Rows that a cell above still reaches into, by column.
    reaching: Vec<usize>,
    /// The cell being read, and how many columns and rows it spans.
    cell: Option<(String, usize, usize)>,
    depth: usize,
    seen: bool,
}

impl Table {
    fn tag(&mut self, tag: &Tag) {
        match (tag.name.as_str(), tag.closes, self.depth) {
            ("table", false, _) => {
                self.depth += 1;
                self.seen = true;
            }
            ("table", true, 1) => {
                self.end_cell();
                self.reaching.clear();
                self.depth = 0;
            }
            ("table", true, _) => self.depth = self.depth.saturating_sub(1),
            ("tr", false, 1) => {
                self.end_cell();
                self.rows.push(Vec::new());
            }
            ("td" | "th", false, 1) => {
                self.end_cell();
                self.cell = Some((String::new(), tag.span("colspan"), tag.span("rowspan")));
            }
            ("td" | "th" | "tr", true, 1) => self.end_cell(),
            ("br", ..) | ("p" | "div" | "li" | "tr", true, _) => self.line(),
            _ => {}
        }
    }

    /// Text between tags: white space is one space, and none where a line of the source ends between two Chinese characters.
    fn text(&mut self, source: &str) {
        let Some((cell, ..)) = &mut self.cell else { return };
        let text = unescaped(source);
        let mut space: Option<bool> = None;
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                space = Some(space.unwrap_or(false) || c == '\n' || c == '\r');
                continue;
            }
            if let Some(breaks) = space.take()
                && !(breaks && cell.chars().next_back().is_some_and(is_wide) && is_wide(c))
                && !cell.is_empty()
                && !cell.ends_with(['\n', ' '])
            {
                cell.push(' ');
            }
            cell.push(if c == '\u{A0}' { ' ' } else { c });
        }
        if space.is_some_and(|breaks| !breaks) && !cell.is_empty() && !cell.ends_with(['\n', ' ']) {
            cell.push(' ');
        }
    }

    fn line(&mut self) {
        if let Some((cell, ..)) = &mut self.cell {
            cell.truncate(cell.trim_end_matches(' ').len());
            cell.push('\n');
        }
    }

    fn end_cell(&mut self) {
        let Some((cell, columns, rows)) = self.cell.take() else { return };
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let Some(row) = self.rows.last_mut() else { return };
        // Columns that a cell above reaches into are blank here.
        while let Some(left) = self.reaching.get_mut(row.len()).filter(|left| **left > 0) {
            *left -= 1;
            row.push(String::new());
        }
        for at in 0..columns {
            if self.reaching.len() <= row.len() {
                self.reaching.resize(row.len() + 1, 0);
            }
            self.reaching[row.len()] = rows - 1;
            row.push(if at == 0 { cell.trim().to_owned() } else { String::new() });
        }
    }
}

/// Characters that take the room of two, between which a line of the source may end without a space.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{2014}' | '\u{2018}'..='\u{201D}' | '\u{2026}')
}

/// Named characters that spreadsheets write; others are written by number, or as they are.
const NAMED: &[(&str, char)] = &[
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("times", '×'),
    ("radic", '√'),
    ("middot", '·'),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("le", '≤'),
    ("ge", '≥'),
    ("divide", '÷'),
];

/// The text with its character references replaced. What is none stays as it is written.
fn unescaped(source: &str) -> String {
    let mut pieces = source.split('&');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let known = piece.split_once(';').and_then(|(name, after)| Some((reference(name)?, after)));
        match known {
            Some((c, after)) => {
                text.push(c);
                text.push_str(after);
            }
            None => {
                text.push('&');
                text.push_str(piece);
            }
        }
    }
    text
}

fn reference(name: &str) -> Option<char> {
    let number = |hex: &str| u32::from_str_radix(hex, 16).ok();
    match name.strip_prefix('#') {
        Some(code) => {
            let code = code.strip_prefix(['x', 'X']).map_or_else(|| code.parse().ok(), number)?;
            char::from_u32(code)
        }
        None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
    }
}
