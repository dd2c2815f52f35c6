//! The drawn signs: a verdict is told by its shape first and by its hue second.

use super::display::{Seg, Shape, Stroke};
use super::theme::{ACCENT, ALERT, GOOD, SOFT, WHITE, hue};
use crate::text::{Mark, Rgb, Style};
use domain::Verdict;

/// Handle length of a quarter circle over its radius.
const ARC: f32 = 0.552_285;

/// Draws a mark whose line box starts at `x` on the base line `base`.
#[must_use]
pub fn draw(mark: Mark, x: f32, base: f32, style: Style) -> Vec<Shape> {
    let radius = style.size * 0.44;
    let (cx, cy) = (x + radius + style.size * 0.04, base - style.size * 0.36);
    match mark {
        Mark::Verdict(verdict) => draw_verdict(verdict, cx, cy, radius),
        Mark::Key => vec![filled(diamond(cx, cy, radius * 0.85), ACCENT)],
        Mark::Holds(true) => draw_disc(cx, cy, radius, GOOD, tick(cx, cy, radius)),
        Mark::Holds(false) => draw_disc(cx, cy, radius, ALERT, cross(cx, cy, radius)),
        Mark::Box => {
            let r = radius * 0.85;
            vec![outlined(square(cx, cy, r), Stroke { color: SOFT, width: 0.7, dash: None }, true)]
        }
    }
}

/// Draws a verdict around a centre.
#[must_use]
pub fn draw_verdict(verdict: Option<Verdict>, cx: f32, cy: f32, radius: f32) -> Vec<Shape> {
    let color = hue(verdict);
    let line = radius * 0.26;
    match verdict {
        Some(Verdict::Conform) => draw_disc(cx, cy, radius, color, tick(cx, cy, radius)),
        Some(Verdict::Nonconform) => draw_disc(cx, cy, radius, color, cross(cx, cy, radius)),
        Some(Verdict::NotApplicable) => draw_disc(
            cx,
            cy,
            radius,
            color,
            vec![vec![Seg::Move(cx - radius * 0.5, cy), Seg::Line(cx + radius * 0.5, cy)]],
        ),
        Some(Verdict::Partial) => {
            let r = radius - line / 2.0;
            let k = r * ARC;
            let half = vec![
                Seg::Move(cx, cy - r),
                Seg::Curve([cx - k, cy - r, cx - r, cy - k, cx - r, cy]),
                Seg::Curve([cx - r, cy + k, cx - k, cy + r, cx, cy + r]),
            ];
            let ring = outlined(circle(cx, cy, r), Stroke { color, width: line, dash: None }, true);
            vec![filled(half, color), ring]
        }
        None => {
            vec![outlined(circle(cx, cy, radius - line / 2.0), Stroke { color, width: line, dash: None }, true)]
        }
    }
}

fn draw_disc(cx: f32, cy: f32, radius: f32, color: Rgb, signs: Vec<Vec<Seg>>) -> Vec<Shape> {
    let stroke = Stroke { color: WHITE, width: radius * 0.3, dash: None };
    let signs = signs.into_iter().map(|path| outlined(path, stroke, false));
    std::iter::once(filled(circle(cx, cy, radius), color)).chain(signs).collect()
}

fn tick(cx: f32, cy: f32, r: f32) -> Vec<Vec<Seg>> {
    vec![vec![
        Seg::Move(cx - r * 0.48, cy + r * 0.02),
        Seg::Line(cx - r * 0.12, cy + r * 0.38),
        Seg::Line(cx + r * 0.5, cy - r * 0.36),
    ]]
}

fn cross(cx: f32, cy: f32, r: f32) -> Vec<Vec<Seg>> {
    let d = r * 0.38;
    vec![
        vec![Seg::Move(cx - d, cy - d), Seg::Line(cx + d, cy + d)],
        vec![Seg::Move(cx - d, cy + d), Seg::Line(cx + d, cy - d)],
    ]
}

/// A circle as four curves.
#[must_use]
pub fn circle(cx: f32, cy: f32, r: f32) -> Vec<Seg> {
    let k = r * ARC;
    vec![
        Seg::Move(cx + r, cy),
        Seg::Curve([cx + r, cy + k, cx + k, cy + r, cx, cy + r]),
        Seg::Curve([cx - k, cy + r, cx - r, cy + k, cx - r, cy]),
        Seg::Curve([cx - r, cy - k, cx - k, cy - r, cx, cy - r]),
        Seg::Curve([cx + k, cy - r, cx + r, cy - k, cx + r, cy]),
    ]
}

fn diamond(cx: f32, cy: f32, r: f32) -> Vec<Seg> {
    vec![Seg::Move(cx, cy - r), Seg::Line(cx + r, cy), Seg::Line(cx, cy + r), Seg::Line(cx - r, cy)]
}

fn square(cx: f32, cy: f32, r: f32) -> Vec<Seg> {
    vec![Seg::Move(cx - r, cy - r), Seg::Line(cx + r, cy - r), Seg::Line(cx + r, cy + r), Seg::Line(cx - r, cy + r)]
}

/// A closed area in one colour, as decoration.
#[must_use]
pub const fn filled(path: Vec<Seg>, color: Rgb) -> Shape {
    Shape { path, closed: true, fill: Some(color), stroke: None, node: None }
}

/// A line in one colour, as decoration.
#[must_use]
pub const fn outlined(path: Vec<Seg>, stroke: Stroke, closed: bool) -> Shape {
    Shape { path, closed, fill: None, stroke: Some(stroke), node: None }
}
