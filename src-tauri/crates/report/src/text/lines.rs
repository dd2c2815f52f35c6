//! Paragraphs into lines: greedy, with hanging punctuation, squeezed adjacent marks and a little justification.

use super::breaks::{is_closing, is_wide, may_break, never_last, squeeze};
use super::{Face, Fonts, Rgb};
use domain::Verdict;

/// Widest gap that justification may add, in em; beyond 0.10 readers start to extract spaces between ideographs.
const MOST_STRETCH_EM: f32 = 0.08;

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Size in points.
    pub size: f32,
    /// Bold or regular.
    pub bold: bool,
    /// Colour.
    pub color: Rgb,
}

/// A small drawn sign inside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Shape of a verdict; `None` = 未评估.
    Verdict(Option<Verdict>),
    /// ◆ of a key item.
    Key,
    /// A rule that holds, or does not.
    Holds(bool),
    /// An empty box to be ticked by hand.
    Box,
}

/// A piece of text in one style, or a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The text; empty for a mark.
    pub text: String,
    /// Its look; the size and colour also hold for a mark.
    pub style: Style,
    /// Name of the place it leads to.
    pub link: Option<String>,
    /// A mark in place of text.
    pub mark: Option<Mark>,
}

/// A paragraph of spans.
#[derive(Clone, Debug, PartialEq)]
pub struct Para {
    /// Its pieces.
    pub spans: Vec<Span>,
    /// Distance between base lines in points.
    pub leading: f32,
    /// Space above, in points (not at the top of a page or cell).
    pub gap: f32,
    /// Where lines stand.
    pub align: Align,
    /// Stretch full lines to the right edge where it takes little.
    pub justify: bool,
}

/// Where lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Flush left.
    #[default]
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
}

/// A piece of one line in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Frag {
    /// Distance from the line's left edge in points.
    pub x: f32,
    /// Its width in points.
    pub width: f32,
    /// The characters.
    pub text: String,
    /// Moves before a character: (index in characters, em; positive = to the right).
    pub kerns: Vec<(usize, f32)>,
    /// The face that draws it.
    pub face: Face,
    /// Which span it came from.
    pub span: usize,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces, left to right.
    pub frags: Vec<Frag>,
    /// Width in points, hanging punctuation included.
    pub width: f32,
}

struct Unit {
    c: char,
    face: Face,
    span: usize,
    size: f32,
    advance: f32,
    kern: f32,
}

/// Breaks a paragraph into lines of at most `width` points.
#[must_use]
pub fn lay(para: &Para, width: f32) -> Vec<Line> {
    let units = units(&para.spans);
    let mut lines = Vec::new();
    let mut start = 0;
    loop {
        let hard = units[start..].iter().position(|u| u.c == '\n').map_or(units.len(), |i| start + i);
        fill(&units[start..hard], width, para.justify, &mut lines);
        if hard >= units.len() {
            return lines;
        }
        start = hard + 1;
    }
}

fn units(spans: &[Span]) -> Vec<Unit> {
    let fonts = Fonts::get();
    let mut units: Vec<Unit> = Vec::with_capacity(spans.iter().map(|s| s.text.len() / 2 + 1).sum());
    for (index, span) in spans.iter().enumerate() {
        let size = span.style.size;
        if span.mark.is_some() {
            let advance = size * 1.2;
            units.push(Unit { c: '\u{FFFC}', face: Face::Regular, span: index, size, advance, kern: 0.0 });
        }
        for c in span.text.chars() {
            let face = fonts.face_for(c, span.style.bold);
            let advance = fonts.advance(face, c) * size / 1000.0;
            let kern = units.last().map_or(0.0, |before| {
                let full = |advance: f32, size: f32| (advance - size).abs() < 0.01;
                if full(advance, size) && full(before.advance, before.size) { -squeeze(before.c, c) } else { 0.0 }
            });
            units.push(Unit { c, face, span: index, size, advance, kern });
        }
    }
    units
}

/// Breaks units into lines, each as full as it may be. One line at a time and not the paragraph as a whole: almost every place in Chinese may
/// break, so lines come out even without looking ahead, and what is written before a change stays where it was.
fn fill(units: &[Unit], width: f32, justify: bool, lines: &mut Vec<Line>) {
    let mut start = 0;
    loop {
        while lines.last().is_some() && start > 0 && units.get(start).is_some_and(|u| u.c == ' ') {
            start += 1;
        }
        let (mut x, mut run, mut last_break, mut end) = (0.0_f32, 0_usize, start, units.len());
        let mut solid = ' ';
        for i in start..units.len() {
            let unit = &units[i];
            if i > start {
                if may_break(units[i - 1].c, unit.c, run) && !never_last(solid) {
                    last_break = i;
                }
                x += unit.kern * unit.size;
            }
            if unit.c != ' ' {
                solid = unit.c;
            }
            run = if unit.c == ' ' || is_wide(unit.c) { 0 } else { run + 1 };
            // The right half of a closing mark is empty; its left half may hang over the edge.
            let slack = if is_closing(unit.c) && unit.advance > unit.size * 0.9 { unit.size } else { 0.0 };
            if unit.c != ' ' && x + unit.advance > width + slack + 0.01 {
                // Nothing in this line may be split: split where it is full, or take the one character that never fits.
                end = if last_break > start { last_break } else { i.max(start + 1) };
                break;
            }
            x += unit.advance;
        }
        let stretch = justify && end < units.len();
        lines.push(line(&units[start..end], width, stretch));
        if end >= units.len() {
            return;
        }
        start = end;
    }
}

fn line(units: &[Unit], width: f32, stretch: bool) -> Line {
    let kept = units.iter().rposition(|u| u.c != ' ').map_or(0, |i| i + 1);
    let units = &units[..kept];
    let natural: f32 =
        units.iter().enumerate().map(|(i, u)| u.advance + if i > 0 { u.kern * u.size } else { 0.0 }).sum();
    let extra = if stretch { per_gap(units, width - natural) } else { 0.0 };
    let mut out = Line::default();
    let mut x = 0.0;
    for (i, unit) in units.iter().enumerate() {
        let mut kern = 0.0;
        if i > 0 {
            kern = unit.kern * unit.size + if extra > 0.0 && is_gap(&units[i - 1], unit) { extra } else { 0.0 };
        }
        let joins =
            out.frags.last().is_some_and(|f| f.span == unit.span && f.face == unit.face && unit.c != '\u{FFFC}');
        if joins && let Some(frag) = out.frags.last_mut() {
            if kern.abs() > 0.001 {
                frag.kerns.push((frag.text.chars().count(), kern / unit.size));
            }
            frag.text.push(unit.c);
            frag.width += kern + unit.advance;
        } else {
            let frag = Frag {
                x: x + kern,
                width: unit.advance,
                text: unit.c.to_string(),
                kerns: Vec::new(),
                face: unit.face,
                span: unit.span,
            };
            out.frags.push(frag);
        }
        x += kern + unit.advance;
    }
    out.width = x;
    out
}

fn is_gap(before: &Unit, after: &Unit) -> bool {
    (is_wide(before.c) || is_wide(after.c)) && before.c != ' ' && after.c != ' '
}

fn per_gap(units: &[Unit], room: f32) -> f32 {
    let Some(last) = units.last() else { return 0.0 };
    let room = room + if is_closing(last.c) { last.size * 0.5 } else { 0.0 };
    let gaps = units.windows(2).filter(|pair| is_gap(&pair[0], &pair[1])).count();
    #[expect(clippy::cast_precision_loss, reason = "a line holds a few hundred characters at most")]
    let each = if gaps == 0 { 0.0 } else { room / gaps as f32 };
    if each > 0.0 && each <= MOST_STRETCH_EM * last.size { each } else { 0.0 }
}
