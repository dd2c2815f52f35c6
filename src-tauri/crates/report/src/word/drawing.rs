//! Figures → PNG, drawn as they are in the PDF. A picture and no drawing of Word's own: it looks the same in every program.

use crate::layout::display::{Item, Picture, Run, Seg, Shape};
use crate::text::{Fonts, Rgb};
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use resvg::tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, StrokeDash, Transform};
use ttf_parser::{GlyphId, OutlineBuilder};

/// Pixels per point: 216 dpi, which prints well and stays small.
const SCALE: f32 = 3.0;

/// Pictures of a document, in order.
#[derive(Default)]
pub struct Pictures {
    /// Their files.
    pub files: Vec<Vec<u8>>,
}

/// A picture that stands somewhere.
pub struct Placed {
    /// Index in [`Pictures::files`].
    pub index: usize,
    /// Width and height in points.
    pub size: [f32; 2],
    /// Words in its place.
    pub alt: String,
}

impl Pictures {
    /// The logo, as large as on the cover of the PDF at most.
    pub fn logo(&mut self, picture: &Picture, alt: &str) -> Placed {
        #[expect(clippy::cast_precision_loss, reason = "pictures have at most a few thousand pixels per side")]
        let (width, height) = (picture.width as f32, picture.height as f32);
        let scale = (190.0 / width).min(64.0 / height);
        self.add(&picture.rgb, [picture.width, picture.height], [width * scale, height * scale], alt)
    }

    /// A figure of which `area` (left, top, width, height in points) is shown.
    pub fn figure(&mut self, items: &[Item], area: [f32; 4], alt: &str) -> Option<Placed> {
        let [left, top, width, height] = area;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a page")]
        let pixels = |points: f32| (points * SCALE).round() as u32;
        let mut canvas = Pixmap::new(pixels(width), pixels(height))?;
        canvas.fill(Color::WHITE);
        let to = Transform::from_translate(-left, -top).post_scale(SCALE, SCALE);
        for item in items {
            draw(&mut canvas, to, item);
        }
        let rgb: Vec<u8> = canvas.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
        Some(self.add(&rgb, [canvas.width(), canvas.height()], [width, height], alt))
    }

    fn add(&mut self, rgb: &[u8], pixels: [u32; 2], size: [f32; 2], alt: &str) -> Placed {
        let mut png = Vec::new();
        // Memory takes it all, and the picture is as large as it says.
        let done = PngEncoder::new(&mut png).write_image(rgb, pixels[0], pixels[1], ExtendedColorType::Rgb8);
        debug_assert!(done.is_ok(), "{done:?}");
        self.files.push(png);
        Placed { index: self.files.len() - 1, size, alt: alt.to_owned() }
    }
}

fn draw(canvas: &mut Pixmap, to: Transform, item: &Item) {
    match item {
        Item::Text(run) => text(canvas, to, run),
        Item::Fill { area: [x, y, w, h], color, .. } => {
            if let Some(rect) = Rect::from_xywh(*x, *y, *w, *h) {
                canvas.fill_rect(rect, &paint(*color), to, None);
            }
        }
        Item::Shape(drawn) => shape(canvas, to, drawn),
        // Signs and pictures stand in texts, not in figures.
        Item::Symbol { .. } | Item::Image { .. } => {}
    }
}

fn paint(color: Rgb) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(color.0, color.1, color.2, 255);
    paint
}

fn shape(canvas: &mut Pixmap, to: Transform, shape: &Shape) {
    let Some(path) = path(shape) else { return };
    if let Some(color) = shape.fill {
        canvas.fill_path(&path, &paint(color), FillRule::Winding, to, None);
    }
    if let Some(stroke) = shape.stroke {
        let dash = stroke.dash.and_then(|(dash, gap)| StrokeDash::new(vec![dash, gap], 0.0));
        let line = resvg::tiny_skia::Stroke { width: stroke.width, dash, ..resvg::tiny_skia::Stroke::default() };
        canvas.stroke_path(&path, &paint(stroke.color), &line, to, None);
    }
}

fn path(shape: &Shape) -> Option<Path> {
    let mut path = PathBuilder::new();
    for seg in &shape.path {
        match *seg {
            Seg::Move(x, y) => path.move_to(x, y),
            Seg::Line(x, y) => path.line_to(x, y),
            Seg::Curve([a, b, c, d, x, y]) => path.cubic_to(a, b, c, d, x, y),
        }
    }
    if shape.closed {
        path.close();
    }
    path.finish()
}

/// Outlines of the characters in the PDF's own faces, so that no font of the machine decides.
fn text(canvas: &mut Pixmap, to: Transform, run: &Run) {
    let fonts = Fonts::get();
    let face = fonts.parsed(run.face);
    let scale = run.size / f32::from(face.units_per_em());
    let (mut x, mut outline) = (run.x, Outline { path: PathBuilder::new(), x: 0.0, y: run.y, scale });
    for (index, c) in run.text.chars().enumerate() {
        x += run.kerns.iter().filter(|(at, _)| *at == index).map(|(_, em)| em * run.size).sum::<f32>();
        outline.x = x;
        face.outline_glyph(GlyphId(fonts.drawn(run.face, c)), &mut outline);
        x += fonts.advance(run.face, c) * run.size / 1000.0;
    }
    if let Some(path) = outline.path.finish() {
        canvas.fill_path(&path, &paint(run.color), FillRule::Winding, to, None);
    }
}

/// A glyph on its base line.
struct Outline {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
