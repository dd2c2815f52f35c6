//! Text as areas: the outlines of a font's glyphs.

use super::canvas::{Canvas, Color, Point};
use ttf_parser::{Face, OutlineBuilder};

/// Straight pieces that stand in for one curve; text is at most 30 pixels high.
const PIECES: u16 = 6;

/// A font ready to draw.
pub(super) struct Pen<'a> {
    face: Face<'a>,
}

impl<'a> Pen<'a> {
    /// # Errors
    /// When the bytes are no font.
    pub fn new(font: &'a [u8]) -> Result<Self, ttf_parser::FaceParsingError> {
        Ok(Self { face: Face::parse(font, 0)? })
    }

    /// Width of a text in pixels at a size in pixels.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        let units: u32 = text.chars().map(|c| u32::from(self.advance(c))).sum();
        super::canvas::px(units) * size / f32::from(self.face.units_per_em())
    }

    /// Draws a text whose baseline starts at `at`.
    pub fn write(&self, canvas: &mut Canvas, at: Point, size: f32, color: Color, text: &str) {
        let scale = size / f32::from(self.face.units_per_em());
        let (mut x, y) = at;
        for character in text.chars() {
            if let Some(glyph) = self.face.glyph_index(character) {
                let mut outline = Outline { scale, x, y, done: Vec::new(), open: Vec::new() };
                self.face.outline_glyph(glyph, &mut outline);
                canvas.area(&outline.done, color);
            }
            x += f32::from(self.advance(character)) * scale;
        }
    }

    fn advance(&self, character: char) -> u16 {
        let glyph = self.face.glyph_index(character);
        glyph.and_then(|g| self.face.glyph_hor_advance(g)).unwrap_or_else(|| self.face.units_per_em())
    }
}

/// Turns a glyph's curves into straight pieces, in pixels with y downwards.
struct Outline {
    scale: f32,
    x: f32,
    y: f32,
    done: Vec<Vec<Point>>,
    open: Vec<Point>,
}

impl Outline {
    fn place(&self, x: f32, y: f32) -> Point {
        (self.x + x * self.scale, self.y - y * self.scale)
    }

    fn last(&self) -> Point {
        self.open.last().copied().unwrap_or((self.x, self.y))
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.open = vec![self.place(x, y)];
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.open.push(self.place(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (a, b, c) = (self.last(), self.place(x1, y1), self.place(x, y));
        for n in 1..=PIECES {
            let t = f32::from(n) / f32::from(PIECES);
            let (p, q) = (mix(a, b, t), mix(b, c, t));
            self.open.push(mix(p, q, t));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (a, b, c, d) = (self.last(), self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        for n in 1..=PIECES {
            let t = f32::from(n) / f32::from(PIECES);
            let (p, q, r) = (mix(a, b, t), mix(b, c, t), mix(c, d, t));
            self.open.push(mix(mix(p, q, t), mix(q, r, t), t));
        }
    }

    fn close(&mut self) {
        self.done.push(std::mem::take(&mut self.open));
    }
}

fn mix(a: Point, b: Point, t: f32) -> Point {
    (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t)
}
