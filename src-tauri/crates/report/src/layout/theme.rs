//! Colours, sizes and margins: the one place that decides how the report looks.

use crate::text::{Rgb, Style};
use domain::Verdict;

/// Text.
pub const INK: Rgb = Rgb(0x1A, 0x23, 0x27);
/// Secondary text; 5.9:1 on white.
pub const SOFT: Rgb = Rgb(0x55, 0x63, 0x6B);
/// The one accent: deep teal.
pub const ACCENT: Rgb = Rgb(0x0F, 0x5E, 0x63);
/// Hairlines.
pub const RULE: Rgb = Rgb(0xCF, 0xD8, 0xDB);
/// Background of table heads.
pub const TINT: Rgb = Rgb(0xE8, 0xF0, 0xF0);
/// Background of quiet boxes.
pub const PALE: Rgb = Rgb(0xF5, 0xF8, 0xF8);
/// Paper.
pub const WHITE: Rgb = Rgb(0xFF, 0xFF, 0xFF);
/// The draft mark across the page.
pub const WATER: Rgb = Rgb(0xEF, 0xF1, 0xF2);
/// Something is wrong: overdue, missing, changed.
pub const ALERT: Rgb = Rgb(0xB9, 0x1C, 0x1C);
/// Something needs care.
pub const CAUTION: Rgb = Rgb(0xB4, 0x53, 0x09);
/// Something holds.
pub const GOOD: Rgb = Rgb(0x15, 0x80, 0x3D);

/// Left and right margin.
pub const SIDE: f32 = 51.0;
/// Where the contents begin.
pub const TOP: f32 = 66.0;
/// Where the contents end, from the top of the page.
pub const BOTTOM: f32 = 780.0;
/// Width of the contents.
pub const MEASURE: f32 = super::display::PAGE_WIDTH - 2.0 * SIDE;

/// The nearest tenth of a point: where every line of one kind is as far from the next, a page repeats itself, and what
/// repeats itself takes no room in the file.
#[must_use]
pub fn tenths(points: f32) -> f32 {
    (points * 10.0).round() / 10.0
}

/// Hue of a verdict, the same as on screen.
#[must_use]
pub const fn hue(verdict: Option<Verdict>) -> Rgb {
    match verdict {
        Some(Verdict::Conform) => GOOD,
        Some(Verdict::Partial) => CAUTION,
        Some(Verdict::Nonconform) => ALERT,
        Some(Verdict::NotApplicable) => Rgb(0x64, 0x74, 0x8B),
        None => Rgb(0x7F, 0x8D, 0xA3),
    }
}

/// A regular style.
#[must_use]
pub const fn plain(size: f32) -> Style {
    Style { size, bold: false, color: INK }
}

/// A bold style.
#[must_use]
pub const fn bold(size: f32) -> Style {
    Style { size, bold: true, color: INK }
}

/// A secondary style.
#[must_use]
pub const fn soft(size: f32) -> Style {
    Style { size, bold: false, color: SOFT }
}

/// The same style in another colour.
#[must_use]
pub const fn tinted(style: Style, color: Rgb) -> Style {
    Style { color, ..style }
}

/// Body text.
pub const BODY: Style = plain(9.5);
/// Text in tables.
pub const CELL: Style = plain(8.2);
/// Secondary text in tables.
pub const CELL_SOFT: Style = soft(7.6);
/// What a row is about, in the words of whoever wrote it. Set apart by its size: in bold face the hundreds of different
/// ideographs that titles are made of would each be embedded twice, which is a twentieth of the file.
pub const TITLE: Style = plain(8.8);
/// Column heads.
pub const HEAD: Style = Style { size: 8.0, bold: true, color: ACCENT };
