//! Tables: heads that repeat, rows that stay whole, columns in which no date or number is broken.

use super::body::{Body, Look, hex, twips};
use super::styles::{self, CELL, HEAD};
use super::xml::Xml;
use crate::layout::table::{Cell, Column, Row, Rules};
use crate::layout::theme::{MEASURE, RULE, TINT};
use crate::text::{Align, Para, Rgb};

/// A row whose longest cell has at most so many characters is not split between pages.
const WHOLE_CHARS: usize = 600;

/// Left and right margin of a cell together, in points.
const MARGINS: f32 = 9.0;

impl Body<'_> {
    /// A table as wide as the text.
    pub fn table(&mut self, columns: &[Column], rules: Rules, boxes: bool, rows: &[Row]) {
        let sum: f32 = columns.iter().map(|c| c.width).sum();
        // What stood beside a figure stands below it here, with the page to itself.
        let scale = if sum > 0.0 { MEASURE / sum } else { 1.0 };
        let mut widths: Vec<f32> = columns.iter().map(|c| c.width * scale).collect();
        widen(&mut widths, &needs(columns, rows));
        let line = |xml: &mut Xml, side: &'static str| {
            xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", &hex(RULE))]);
        };
        let sides: &[&str] = match rules {
            Rules::Rows => &["w:top", "w:bottom", "w:insideH"],
            Rules::Grid => &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"],
        };
        let xml = &mut self.xml;
        xml.open("w:tbl", &[]).open("w:tblPr", &[]);
        xml.empty("w:tblW", &[("w:w", &twips(MEASURE)), ("w:type", "dxa")]).open("w:tblBorders", &[]);
        for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
            if sides.contains(&side) {
                line(xml, side);
            }
        }
        xml.close().empty("w:tblLayout", &[("w:type", "fixed")]).close();
        xml.open("w:tblGrid", &[]);
        for width in &widths {
            xml.empty("w:gridCol", &[("w:w", &twips(*width))]);
        }
        xml.close();
        if !boxes && columns.iter().any(|c| !c.head.is_empty()) {
            self.head_row(columns, &widths);
        }
        for row in rows {
            self.row(columns, &widths, row);
        }
        self.xml.close();
    }

    /// The row that is repeated on every page.
    fn head_row(&mut self, columns: &[Column], widths: &[f32]) {
        self.xml.open("w:tr", &[]).open("w:trPr", &[]).empty("w:cantSplit", &[]).empty("w:tblHeader", &[]).close();
        for (column, width) in columns.iter().zip(widths) {
            self.open_cell(*width, 1, Some(TINT));
            let look = Look { style: "TableHead", size: HEAD, align: column.align, keep_next: true, ..Look::default() };
            self.open_paragraph(&look);
            if !column.head.is_empty() {
                self.xml.open("w:r", &[]).holding("w:t", &[("xml:space", "preserve")], &column.head).close();
            }
            self.xml.close().close();
        }
        self.xml.close();
    }

    fn row(&mut self, columns: &[Column], widths: &[f32], row: &Row) {
        let chars = |cell: &Cell| cell.paras.iter().flat_map(|p| &p.spans).map(|s| s.text.chars().count()).sum();
        let longest: usize = row.cells.iter().map(chars).max().unwrap_or(0);
        self.xml.open("w:tr", &[]).open("w:trPr", &[]);
        if longest <= WHOLE_CHARS {
            self.xml.empty("w:cantSplit", &[]);
        }
        if row.at_least > 0.0 {
            self.xml.empty("w:trHeight", &[("w:val", &twips(row.at_least)), ("w:hRule", "atLeast")]);
        }
        self.xml.close();
        let mut column = 0;
        for (index, cell) in row.cells.iter().enumerate() {
            let span = cell.columns.max(1);
            let width: f32 = widths[column..column + span].iter().sum();
            self.open_cell(width, span, cell.fill);
            let blank = [Para { spans: Vec::new(), leading: 0.0, gap: 0.0, align: Align::Left, justify: false }];
            let paras = if cell.paras.is_empty() { &blank } else { cell.paras.as_slice() };
            for (i, para) in paras.iter().enumerate() {
                let align = if para.align == Align::Left { columns[column].align } else { para.align };
                let anchor = row.anchor.as_deref().filter(|_| index == 0 && i == 0);
                let look = Look {
                    style: "TableText",
                    size: CELL,
                    keep_next: row.with_next,
                    align,
                    gap: if i == 0 { 0.0 } else { para.gap },
                    places: anchor.and_then(|place| self.places.get(place)).cloned().into_iter().collect(),
                    ..Look::default()
                };
                self.paragraph(&look, &para.spans);
            }
            self.xml.close();
            column += span;
        }
        self.xml.close();
    }

    /// Opens a cell; the caller fills and closes it.
    fn open_cell(&mut self, width: f32, span: usize, fill: Option<Rgb>) {
        let xml = &mut self.xml;
        xml.open("w:tc", &[]).open("w:tcPr", &[]).empty("w:tcW", &[("w:w", &twips(width)), ("w:type", "dxa")]);
        if span > 1 {
            xml.val("w:gridSpan", &span.to_string());
        }
        if let Some(color) = fill {
            xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &hex(color))]);
        }
        xml.close();
    }
}

/// What each column needs so that none of its words is broken. Which Latin face there is nobody knows: it is reckoned with a wide one.
/// A hash may break.
fn needs(columns: &[Column], rows: &[Row]) -> Vec<f32> {
    const MOST: f32 = 84.0;
    let longest = |text: &str| {
        let words = text.split(|c: char| !c.is_ascii() || c.is_whitespace() || c == '/');
        words.map(str::len).max().unwrap_or(0)
    };
    #[expect(clippy::cast_precision_loss, reason = "words of a few letters")]
    let room = |chars: usize, half_points: u32| chars as f32 * half_points as f32 / 2.0 * 0.62 + MARGINS;
    let mut needs: Vec<f32> = columns.iter().map(|c| room(longest(&c.head), HEAD)).collect();
    for row in rows.iter().filter(|row| row.cells.iter().all(|cell| cell.columns < 2)) {
        for (need, cell) in needs.iter_mut().zip(&row.cells) {
            let spans = cell.paras.iter().flat_map(|p| &p.spans);
            let widest = spans.map(|s| room(longest(&s.text), styles::half_points(s.style.size)));
            *need = widest.filter(|width| *width <= MOST).fold(*need, f32::max);
        }
    }
    needs.into_iter().map(|need| need.min(MOST)).collect()
}

/// Gives narrow columns what they need, out of what the widest has to spare.
fn widen(widths: &mut [f32], needs: &[f32]) {
    for at in 0..widths.len() {
        let missing = needs[at] - widths[at];
        let spare = |i: &usize| widths[*i] - needs[*i];
        let Some(widest) = (0..widths.len()).max_by(|a, b| spare(a).total_cmp(&spare(b))) else { return };
        if missing > 0.0 && widest != at {
            let given = missing.min(spare(&widest).max(0.0));
            widths[at] += given;
            widths[widest] -= given;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::widen;

    #[test]
    fn what_is_narrow_is_widened_and_the_sum_stays() {
        let mut widths = [50.0, 300.0, 40.0];
        widen(&mut widths, &[60.0, 80.0, 45.0]);
        assert_eq!(widths, [60.0, 285.0, 45.0]);
        let mut full = [50.0, 50.0];
        widen(&mut full, &[60.0, 60.0]);
        assert_eq!(full, [50.0, 50.0], "nobody has anything to give");
    }
}
