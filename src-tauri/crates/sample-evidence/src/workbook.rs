//! XLSX: tables somebody can sort and sum.

use super::Error;
use super::recipe::{Book, Cell, Sheet};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

struct Formats {
    title: Format,
    head: Format,
    text: Format,
    share: Format,
}

/// Writes one workbook. The creation time is fixed: a file must not differ because it was made later.
pub(super) fn write(book: &Book) -> Result<Vec<u8>, Error> {
    build(book).map_err(|e| Error::file(&book.file, &e))
}

fn build(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 10, 10)?.and_hms(9, 0, 0)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&book.title)
            .set_author("示例组织·云岭客服中心（样例数据）")
            .set_creation_datetime(&made),
    );
    let cell = Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00C8_CDD3));
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        head: cell.clone().set_bold().set_background_color(Color::RGB(0x00E3_EBF3)).set_align(FormatAlign::Center),
        share: cell.clone().set_num_format("0.0%"),
        text: cell,
    };
    for sheet in &book.sheets {
        fill(workbook.add_worksheet(), book, sheet, &formats)?;
    }
    workbook.save_to_buffer()
}

fn fill(page: &mut Worksheet, book: &Book, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    page.write_string_with_format(0, 0, format!("{}　{}", book.title, sheet.name), &formats.title)?;
    for (column, name) in (0_u16..).zip(&sheet.columns) {
        page.write_string_with_format(2, column, name, &formats.head)?;
        let cells = sheet.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let widest = cells.map(width).fold(text_width(name), u32::max).clamp(6, 48);
        page.set_column_width(column, widest + 2)?;
    }
    for (line, row) in (3_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Whole(number) => page.write_number_with_format(line, column, *number, &formats.text)?,
                Cell::Share(number) if number.abs() < 2.0 => {
                    page.write_number_with_format(line, column, *number, &formats.share)?
                }
                Cell::Share(number) => page.write_number_with_format(line, column, *number, &formats.text)?,
                Cell::Text(text) => page.write_string_with_format(line, column, text, &formats.text)?,
            };
        }
    }
    page.set_freeze_panes(3, 0)?;
    Ok(())
}

fn width(cell: &Cell) -> u32 {
    match cell {
        Cell::Whole(_) | Cell::Share(_) => 8,
        Cell::Text(text) => text_width(text),
    }
}

/// Columns are counted in Latin digits; a Chinese character takes two.
fn text_width(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
