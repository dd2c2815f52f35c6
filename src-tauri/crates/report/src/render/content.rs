//! One page's items as a content stream: operators and numbers as short as they can be, wrapped in marked content.
//!
//! Written as bytes at once: a report has some hundred thousand operators, and as objects on their way through a
//! document model they took longer than everything else that is drawn.

use super::fonts::FontBook;
use super::object::write_escaped;
use super::tags::Marked;
use crate::layout::display::{Item, NodeId, PAGE_HEIGHT, Page, Run, Seg, Shape, Stroke, Symbol};
use crate::text::{Face, Rgb};
use std::io::Write;

/// Resource name of a picture.
pub fn image_name(index: usize) -> String {
    format!("I{index}")
}

/// Resource name of a sign.
pub fn symbol_name(index: usize) -> String {
    format!("S{index}")
}

/// Resource name of a face.
pub const fn font_name(face: Face) -> &'static str {
    match face {
        Face::Regular => "R",
        Face::Bold => "B",
        Face::Symbols => "S",
    }
}

/// A sign on its own, from its origin up and to the right.
pub fn symbol(symbol: &Symbol) -> Vec<u8> {
    let mut pen = Pen::default();
    for path in &symbol.shapes {
        pen.shape(path, 0.0);
    }
    pen.out
}

/// The contents of one page; notes in `marked` which node owns which content.
pub fn page(page: &Page, book: &FontBook, marked: &mut Marked) -> Vec<u8> {
    let mut pen = Pen { out: Vec::with_capacity(16 << 10), ..Pen::default() };
    marked.begin_page();
    page.for_each(|item| {
        pen.enter(item.node(), matches!(item, Item::Text(_)), marked);
        match item {
            Item::Text(run) => pen.text(run, book),
            Item::Fill { area: [x, y, width, height], color, .. } => {
                pen.set_fill(*color);
                pen.numbers(&[*x, PAGE_HEIGHT - y - height, *width, *height], tenths);
                pen.op("re f");
            }
            Item::Shape(path) => pen.shape(path, PAGE_HEIGHT),
            Item::Image { image, area: [x, y, width, height], .. } => {
                pen.op("q");
                pen.numbers(&[*width, 0.0, 0.0, *height, *x, PAGE_HEIGHT - y - height], hundredths);
                let _ = writeln!(pen.out, "cm/{} Do Q", image_name(*image));
            }
            Item::Symbol { symbol, at: [x, y] } => {
                pen.out.extend_from_slice(b"q 1 0 0 1 ");
                pen.numbers(&[*x, PAGE_HEIGHT - y], tenths);
                let _ = writeln!(pen.out, "cm/{} Do Q", symbol_name(*symbol));
            }
        }
        marked.touch(item);
    });
    if pen.inside {
        pen.leave_mark();
    }
    pen.leave_text();
    pen.leave_mark();
    pen.out
}

/// What has been written, and what the page's graphics state is, so that nothing is set twice.
#[derive(Default)]
struct Pen {
    out: Vec<u8>,
    open: Option<Option<NodeId>>,
    /// Whether the open content was begun inside the text section.
    inside: bool,
    /// Start of the line in the open text section, in tenths of a point.
    text: Option<(i32, i32)>,
    turned: bool,
    /// Where the last run ended: (x, base line), as it was laid.
    end: Option<(f32, f32)>,
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
    font: Option<(Face, f32)>,
}

impl Pen {
    fn op(&mut self, operator: &str) {
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }

    fn numbers(&mut self, values: &[f32], write: fn(&mut Vec<u8>, f32)) {
        for value in values {
            write(&mut self.out, *value);
            self.out.push(b' ');
        }
    }

    /// Makes sure that what comes next is drawn inside the marked content of its node.
    ///
    /// Text sections and marked content must nest. Content that begins with text is opened inside the text section, so
    /// that one section serves many pieces; content that begins with a drawing is opened outside and holds text
    /// sections itself.
    fn enter(&mut self, node: Option<NodeId>, is_text: bool, marked: &mut Marked) {
        let begun_in_text = self.inside && self.text.is_some();
        if self.open == Some(node) && (is_text || !begun_in_text) {
            if !is_text {
                self.leave_text();
            }
            return;
        }
        if !self.inside {
            self.leave_text();
        }
        self.leave_mark();
        if is_text {
            self.begin_text();
        } else {
            self.leave_text();
        }
        match node {
            None => self.op("/Artifact BMC"),
            // The role is told by the structure tree; the tag in the stream is not read for it.
            Some(node) => drop(writeln!(self.out, "/Span<</MCID {}>>BDC", marked.next(node))),
        }
        self.open = Some(node);
        self.inside = is_text;
    }

    fn leave_mark(&mut self) {
        if self.open.take().is_some() {
            self.op("EMC");
        }
    }

    fn begin_text(&mut self) {
        if self.text.is_none() {
            self.op("BT");
            self.text = Some((0, 0));
        }
    }

    fn leave_text(&mut self) {
        (self.turned, self.end) = (false, None);
        if self.text.take().is_some() {
            self.op("ET");
        }
    }

    fn text(&mut self, run: &Run, book: &FontBook) {
        self.begin_text();
        self.set_fill(run.color);
        if self.font != Some((run.face, run.size)) {
            let _ = write!(self.out, "/{} ", font_name(run.face));
            self.numbers(&[run.size], hundredths);
            self.op("Tf");
            self.font = Some((run.face, run.size));
        }
        // A run that goes on where the last one ended needs no move.
        let goes_on = run.turn == 0.0 && self.end.is_some_and(|(x, y)| (y - run.y).abs() + (x - run.x).abs() < 0.01);
        if !goes_on {
            self.place(run);
        }
        self.end = (run.turn == 0.0).then_some((run.x + run.width, run.y));
        self.show(run, book);
    }

    fn show(&mut self, run: &Run, book: &FontBook) {
        let out = &mut self.out;
        if !run.kerns.is_empty() {
            out.push(b'[');
        }
        out.push(b'(');
        let mut kerns = run.kerns.iter().peekable();
        for (index, c) in run.text.chars().enumerate() {
            if let Some((_, em)) = kerns.next_if(|(at, _)| *at == index) {
                let _ = write!(out, "){}(", (-em * 1000.0).round());
            }
            write_escaped(out, &book.code(run.face, c).to_be_bytes());
        }
        out.extend_from_slice(if run.kerns.is_empty() { b")Tj\n" } else { b")]TJ\n" });
    }

    /// Moves to the start of a run: from the last line where possible, as equal steps compress far better than places.
    fn place(&mut self, run: &Run) {
        let to = (in_tenths(run.x), in_tenths(PAGE_HEIGHT - run.y));
        if run.turn != 0.0 {
            let (sin, cos) = run.turn.to_radians().sin_cos();
            for value in [cos, sin, -sin, cos] {
                let _ = write!(self.out, "{value} ");
            }
            self.numbers(&[run.x, PAGE_HEIGHT - run.y], tenths);
            self.op("Tm");
            self.turned = true;
            return;
        }
        // A move from a turned line would be turned too.
        let from = if std::mem::take(&mut self.turned) {
            self.out.extend_from_slice(b"1 0 0 1 0 0 Tm ");
            (0, 0)
        } else {
            self.text.unwrap_or_default()
        };
        for step in [to.0 - from.0, to.1 - from.1] {
            decimal(&mut self.out, step, 1);
            self.out.push(b' ');
        }
        self.op("Td");
        self.text = Some(to);
    }

    fn color(&mut self, color: Rgb, operator: &str) {
        for part in [color.0, color.1, color.2] {
            decimal(&mut self.out, (i32::from(part) * 2_000 + 255) / 510, 3);
            self.out.push(b' ');
        }
        self.op(operator);
    }

    fn set_fill(&mut self, color: Rgb) {
        if self.fill != Some(color) {
            self.color(color, "rg");
            self.fill = Some(color);
        }
    }

    /// Draws a path; `height` is where its zero lies above the zero of what it is drawn on.
    fn shape(&mut self, shape: &Shape, height: f32) {
        if let Some(color) = shape.fill {
            self.set_fill(color);
        }
        if let Some(stroke) = shape.stroke
            && self.stroke != Some(stroke)
        {
            self.color(stroke.color, "RG");
            self.numbers(&[stroke.width], hundredths);
            self.out.extend_from_slice(b"w[");
            if let Some((on, off)) = stroke.dash {
                self.numbers(&[on, off], hundredths);
            }
            self.op("]0 d");
            self.stroke = Some(stroke);
        }
        for seg in &shape.path {
            match *seg {
                Seg::Move(x, y) => self.step(&[x, height - y], "m"),
                Seg::Line(x, y) => self.step(&[x, height - y], "l"),
                Seg::Curve([x1, y1, x2, y2, x, y]) => {
                    self.step(&[x1, height - y1, x2, height - y2, x, height - y], "c");
                }
            }
        }
        self.op(match (shape.closed, shape.fill, shape.stroke) {
            (true, Some(_), Some(_)) => "b",
            (true, Some(_), None) => "f",
            (true, None, _) => "s",
            (false, ..) => "S",
        });
    }

    fn step(&mut self, values: &[f32], operator: &str) {
        self.numbers(values, hundredths);
        self.op(operator);
    }
}

/// Tenths of a point, for lines of text and rules: a thirtieth of a millimetre, and a byte less than hundredths.
fn tenths(out: &mut Vec<u8>, value: f32) {
    decimal(out, in_tenths(value), 1);
}

/// Hundredths of a point, for curves.
fn hundredths(out: &mut Vec<u8>, value: f32) {
    #[expect(clippy::cast_possible_truncation, reason = "a page has some ten thousand hundredths")]
    decimal(out, (value * 100.0).round() as i32, 2);
}

#[expect(clippy::cast_possible_truncation, reason = "a page has some ten thousand tenths")]
fn in_tenths(value: f32) -> i32 {
    (value * 10.0).round() as i32
}

/// A number with so many digits behind the point, without any that says nothing.
fn decimal(out: &mut Vec<u8>, value: i32, places: u32) {
    if value < 0 {
        out.push(b'-');
    }
    let (value, one) = (value.unsigned_abs(), 10_u32.pow(places));
    let (whole, mut part) = (value / one, value % one);
    if whole > 0 || part == 0 {
        let _ = write!(out, "{whole}");
    }
    if part == 0 {
        return;
    }
    out.push(b'.');
    let mut unit = one;
    while part > 0 {
        unit /= 10;
        out.push(b'0' + u8::try_from(part / unit).unwrap_or(0));
        part %= unit;
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_say_no_more_than_they_must() {
        let written = |value, places| {
            let mut out = Vec::new();
            decimal(&mut out, value, places);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!(written(0, 1), "0");
        assert_eq!(written(-5, 1), "-.5");
        assert_eq!(written(-110, 1), "-11");
        assert_eq!(written(7944, 1), "794.4");
        assert_eq!(written(1_007, 3), "1.007");
        assert_eq!(written(70, 3), ".07");
    }
}
