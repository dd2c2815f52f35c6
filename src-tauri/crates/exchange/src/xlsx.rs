//! What all our tables for Excel have in common: how much a cell holds, how high a row has to be, how a sheet is printed.

use domain::Lang;
use rust_xlsxwriter::{Color, Worksheet, XlsxError};

/// Most UTF-16 units that an Excel cell holds.
pub const MAX_CELL_UNITS: usize = 32_767;

/// Whether a cell can hold the text.
#[must_use]
pub fn fits(text: &str) -> bool {
    // No character takes more units than bytes.
    text.len() <= MAX_CELL_UNITS || text.encode_utf16().count() <= MAX_CELL_UNITS
}

/// A4 across, all columns on one page, the head on every page, page numbers.
///
/// # Errors
/// Never in practice: the head is the first row.
pub fn for_print(sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_footer(lang.pick("&L&A&R第 &P 页 / 共 &N 页", "&L&A&RPage &P of &N"));
    Ok(())
}

/// A face that Windows, WPS and Office for Mac have; elsewhere the system takes its own Chinese one.
pub const FONT: &str = "微软雅黑";
/// The size in points in which our workbooks are set.
pub const SIZE: f64 = 9.5;
/// [`FONT`] at [`SIZE`].
pub const FACE: Face = Face { line: 14, wide: 178 };
/// The lines between cells.
pub const RULE: Color = Color::RGB(0xC3_CC_D2);
/// The ground of heads over what is to be filled in.
pub const FILL_HEAD: Color = Color::RGB(0x1F_5F_66);

/// How much room the characters of a sheet's font take.
#[derive(Clone, Copy)]
pub struct Face {
    /// Height of a line in points, with a little air.
    pub line: u32,
    /// Width of a Chinese character in hundredths of what widths of columns are counted in.
    pub wide: usize,
}

/// Height in points at which nothing of a row is cut: only some spreadsheet programs find it themselves. Cells with the widths of their
/// columns, in characters of half width.
pub fn height<'a>(cells: impl Iterator<Item = (&'a str, u16)>, face: Face) -> f64 {
    /// Of the highest row that Excel draws, in points.
    const MOST: u32 = 409;
    let lines = cells.map(|(cell, width)| lines(cell, usize::from(width), face.wide)).max().unwrap_or(1);
    f64::from(u32::try_from(lines).unwrap_or(MOST).clamp(1, MOST / face.line) * face.line)
}

/// Lines that a text takes in a column.
fn lines(text: &str, width: usize, wide: usize) -> usize {
    // A Chinese character's room is left free on each line: words and 避头尾 do not fill it, and fonts differ.
    let room = (width * 100).saturating_sub(wide).max(1);
    let taken = |line: &str| line.chars().map(|c| if c.is_ascii() { 100 } else { wide }).sum::<usize>();
    text.lines().map(|line| taken(line).div_ceil(room).max(1)).sum()
}
