//! How the workbook looks: colours that also print in grey, one font that Chinese systems have, widths and print set-up.

use super::columns::Column;
use super::values::Holds;
use crate::xlsx::{FILL_HEAD, FONT, RULE, SIZE};
use domain::Lang;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationErrorStyle,
    DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions, Worksheet, XlsxError,
};

const INK: Color = Color::RGB(0x1F_29_33);
/// Heads of columns that are there to be read.
const READ_HEAD: Color = Color::RGB(0xE3_E8_EB);
/// Cells that are there to be read.
const READ: Color = Color::RGB(0xF6_F7_F8);

/// The formats of the cells.
pub struct Look {
    pub read_head: Format,
    pub fill_head: Format,
    pub read: Format,
    pub key: Format,
    pub fill: Format,
    /// Of texts that begin like a formula: they stay texts when somebody edits them.
    pub fill_quoted: Format,
    pub fill_day: Format,
    pub read_day: Format,
    pub fill_choice: Format,
    pub title: Format,
    pub label: Format,
    pub plain: Format,
}

impl Look {
    pub fn new() -> Self {
        let text = Format::new().set_font_name(FONT).set_font_size(SIZE).set_font_color(INK).set_text_wrap();
        let cell = text.clone().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_border_color(RULE);
        let head = cell.clone().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let read = cell.clone().set_background_color(READ);
        // As text: what begins with a hyphen or looks like a day stays what was typed.
        let fill = cell.clone().set_unlocked().set_num_format("@");
        let day = "yyyy-mm-dd";
        Self {
            read_head: head.clone().set_background_color(READ_HEAD),
            fill_head: head.set_background_color(FILL_HEAD).set_font_color(Color::White),
            key: read.clone().set_bold(),
            read_day: read.clone().set_num_format(day).set_align(FormatAlign::Left),
            read,
            fill_quoted: fill.clone().set_quote_prefix(),
            fill_choice: fill.clone().set_align(FormatAlign::Center),
            fill,
            fill_day: cell.set_unlocked().set_num_format(day).set_align(FormatAlign::Left),
            title: text.clone().set_bold().set_font_size(16),
            label: text.clone().set_font_color(Color::RGB(0x5B_67_70)).set_align(FormatAlign::Top),
            plain: text.set_align(FormatAlign::Top),
        }
    }
}

/// Widths, drop-downs and colours of a sheet's columns, whose rows are `1..=last`.
pub fn columns(sheet: &mut Worksheet, columns: &[Column], last: u32, lang: Lang) -> Result<(), XlsxError> {
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        if column.field.is_none() || last == 0 {
            continue;
        }
        let choices: Vec<&str> = column.holds.choices().iter().map(|(_, term)| term.say(lang)).collect();
        if !choices.is_empty() {
            let message = lang.pick("请从列表中选取", "Choose from the list");
            let list = DataValidation::new().allow_list_strings(&choices)?.set_error_message(message)?;
            sheet.add_data_validation(1, at, last, at, &list)?;
        }
        if column.holds == Holds::Day {
            let (from, to) = (ExcelDateTime::from_ymd(2000, 1, 1)?, ExcelDateTime::from_ymd(2100, 12, 31)?);
            let message = lang.pick("请填日期，如 2026-11-22", "A day such as 2026-11-22");
            let days = DataValidation::new().allow_date(DataValidationRule::Between(from, to));
            let days = days.set_error_message(message)?.set_error_style(DataValidationErrorStyle::Warning);
            sheet.add_data_validation(1, at, last, at, &days)?;
        }
        if column.holds == Holds::Verdict {
            for ((_, term), (fill, ink)) in column.holds.choices().iter().zip(VERDICTS) {
                let tint = Format::new().set_background_color(fill).set_font_color(ink).set_bold();
                let rule = ConditionalFormatCellRule::EqualTo(term.say(lang).to_owned());
                let tinted = ConditionalFormatCell::new().set_rule(rule).set_format(tint);
                sheet.add_conditional_format(1, at, last, at, &tinted)?;
            }
        }
    }
    Ok(())
}

/// Ground and ink of the verdicts, in the order of `Verdict::ALL`; in grey they differ by how dark they are.
const VERDICTS: [(u32, u32); 4] =
    [(0xDD_F1_E4, 0x14_53_2D), (0xFB_E8_B6, 0x6B_44_00), (0xF3_B6_B0, 0x7A_12_0C), (0xE1_E4_E8, 0x3D_45_4D)];

/// Locks what is there to be read, without a password: against slips, not against people.
pub fn protect(sheet: &mut Worksheet) {
    let options = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        format_cells: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    };
    sheet.protect_with_options(&options);
}

/// Text in a header or footer, where `&` begins a code.
pub fn in_header(text: &str) -> String {
    /// Of a header's three parts together Excel takes 255.
    const MOST: usize = 60;
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST).collect();
    line.replace('&', "&&")
}
