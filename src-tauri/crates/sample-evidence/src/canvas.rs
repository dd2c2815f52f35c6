//! A small canvas: areas with smooth edges. Only the four basic operations and square roots are used, which every platform
//! rounds alike, so that a picture has the same bytes everywhere.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

pub(super) const WIDTH: u32 = 960;
pub(super) const HEIGHT: u32 = 540;
/// Lines per pixel row at which an area's edge is looked at.
const FINE: i32 = 4;

/// Red, green, blue.
pub(super) type Color = [u8; 3];
/// A place in pixels, from the top left.
pub(super) type Point = (f32, f32);

/// The picture so far.
pub(super) struct Canvas {
    pixels: Vec<Color>,
}

impl Canvas {
    pub fn new(background: Color) -> Self {
        Self { pixels: vec![background; (WIDTH * HEIGHT) as usize] }
    }

    pub fn rect(&mut self, [x, y, w, h]: [f32; 4], color: Color) {
        self.area(&[vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]], color);
    }

    pub fn frame(&mut self, [x, y, w, h]: [f32; 4], color: Color) {
        self.line(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], 1.0, color);
    }

    pub fn line(&mut self, points: &[Point], width: f32, color: Color) {
        for pair in points.windows(2) {
            let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
            let (dx, dy) = (x2 - x1, y2 - y1);
            let length = (dx * dx + dy * dy).sqrt();
            if length > 0.0 {
                let (ox, oy) = (-dy / length * width / 2.0, dx / length * width / 2.0);
                let outline = vec![(x1 + ox, y1 + oy), (x2 + ox, y2 + oy), (x2 - ox, y2 - oy), (x1 - ox, y1 - oy)];
                self.area(&[outline], color);
            }
        }
    }

    /// Fills closed outlines; where they run the same way around, they add up.
    pub fn area(&mut self, outlines: &[Vec<Point>], color: Color) {
        let points = || outlines.iter().flatten();
        let top = points().map(|p| p.1).fold(f32::INFINITY, f32::min).max(0.0);
        let bottom = points().map(|p| p.1).fold(f32::NEG_INFINITY, f32::max).min(px(HEIGHT));
        let mut row = vec![0.0_f32; WIDTH as usize];
        let mut y = whole(top);
        while px(y) < bottom {
            row.fill(0.0);
            for fine in 0..FINE {
                let at = px(y) + (small(fine) + 0.5) / small(FINE);
                for (from, to) in inside(outlines, at) {
                    cover(&mut row, from, to);
                }
            }
            self.blend(y, &row, color);
            y += 1;
        }
    }

    fn blend(&mut self, y: u32, row: &[f32], color: Color) {
        let start = (y * WIDTH) as usize;
        let Some(line) = self.pixels.get_mut(start..start + WIDTH as usize) else { return };
        for (pixel, covered) in line.iter_mut().zip(row).filter(|(_, covered)| **covered > 0.0) {
            for (old, new) in pixel.iter_mut().zip(color) {
                let mixed = f32::from(*old) + (f32::from(new) - f32::from(*old)) * covered.min(1.0);
                *old = byte(mixed);
            }
        }
    }

    /// # Errors
    /// When the encoder refuses, which it has no reason to.
    pub fn png(&self) -> image::ImageResult<Vec<u8>> {
        let mut bytes = Vec::new();
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive).write_image(
            self.pixels.as_flattened(),
            WIDTH,
            HEIGHT,
            ExtendedColorType::Rgb8,
        )?;
        Ok(bytes)
    }
}

/// The stretches of one line that lie inside the outlines.
fn inside(outlines: &[Vec<Point>], y: f32) -> Vec<(f32, f32)> {
    let mut crossings: Vec<(f32, i32)> = Vec::new();
    for outline in outlines {
        let next = outline.iter().cycle().skip(1);
        for (&(x1, y1), &(x2, y2)) in outline.iter().zip(next) {
            let down = y1 <= y && y < y2;
            let up = y2 <= y && y < y1;
            if down || up {
                crossings.push((x1 + (y - y1) / (y2 - y1) * (x2 - x1), if down { 1 } else { -1 }));
            }
        }
    }
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut stretches = Vec::new();
    let (mut turns, mut from) = (0, 0.0);
    for (x, turn) in crossings {
        if turns == 0 {
            from = x;
        }
        turns += turn;
        if turns == 0 {
            stretches.push((from, x));
        }
    }
    stretches
}

fn cover(row: &mut [f32], from: f32, to: f32) {
    let (from, to) = (from.max(0.0), to.min(px(WIDTH)));
    let mut x = whole(from);
    while px(x) < to {
        let part = to.min(px(x) + 1.0) - from.max(px(x));
        if let Some(covered) = row.get_mut(x as usize) {
            *covered += part / small(FINE);
        }
        x += 1;
    }
}

/// Pixel counts are far below the 24 bits that a float holds exactly.
#[allow(clippy::cast_precision_loss)]
pub(super) fn px(n: u32) -> f32 {
    n as f32
}

#[allow(clippy::cast_precision_loss)]
fn small(n: i32) -> f32 {
    n as f32
}

/// The pixel a place lies in; what is left of the canvas counts as its edge.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(x: f32) -> u32 {
    x.max(0.0) as u32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn byte(x: f32) -> u8 {
    (x + 0.5).clamp(0.0, 255.0) as u8
}
