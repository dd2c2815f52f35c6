//! A round as a workbook.

use super::columns::{Column, Field, Row, Source, Table};
use super::guide;
use super::look::{self, Look};
use super::origin::{self, Base, Origin};
use super::values::{Holds, settled};
use crate::Error;
use crate::xlsx::{FACE, fits, for_print, height};
use domain::{CriteriaPack, Lang, Request, Snapshot};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::collections::{BTreeMap, BTreeSet};

/// What a workbook is to hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Language of heads and words.
    pub lang: Lang,
    /// One domain by its code; all of them otherwise.
    pub domain: Option<&'a str>,
    /// The form to be filled in from nothing: no verdict, no note, and no other lists.
    pub blank: bool,
    /// The request list alone, of a department or of all.
    pub requests: bool,
}

impl Wanted<'_> {
    /// What the file is called by.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        if self.requests {
            self.lang.pick("迎审资料清单", "Request list")
        } else {
            self.lang.pick("核查表", "Checklist")
        }
    }
}

/// The rows of one sheet, each with its key.
struct Sheet<'a> {
    name: String,
    table: Table,
    rows: Vec<(String, Row<'a>)>,
}

/// The file. The same input gives the same cells.
///
/// # Errors
/// [`Error::Table`] when it cannot be made.
pub fn write(
    pack: &CriteriaPack,
    snapshot: &Snapshot,
    requests: &[Request],
    origin: &Origin,
    wanted: &Wanted<'_>,
) -> Result<Vec<u8>, Error> {
    let source = Source::new(snapshot, requests, wanted.lang);
    book(pack, &source, origin, wanted).map_err(|e| Error::Table(e.to_string()))
}

fn book(pack: &CriteriaPack, source: &Source<'_>, origin: &Origin, wanted: &Wanted<'_>) -> Result<Vec<u8>, XlsxError> {
    let (look, snapshot) = (Look::new(), source.snapshot);
    let mut book = Workbook::new();
    let made = origin.made_at.naive_local().and_utc();
    let properties = DocProperties::new()
        .set_title(&snapshot.assessment.title)
        .set_company(&snapshot.assessment.organization)
        .set_creation_datetime(&ExcelDateTime::from_timestamp(made.timestamp())?);
    book.set_properties(&properties);
    // Whoever is only asked for papers sees them first.
    if !wanted.requests {
        guide::lay(book.add_worksheet(), &look, (pack, snapshot), origin, wanted)?;
    }
    let mut base = Base::default();
    for sheet in sheets(pack, source, wanted) {
        lay(book.add_worksheet(), &look, source, &sheet, wanted, &mut base)?;
        base.sheets.push((sheet.name, sheet.table));
    }
    if wanted.requests {
        guide::lay(book.add_worksheet(), &look, (pack, snapshot), origin, wanted)?;
    }
    let hidden = book.add_worksheet();
    hidden.set_name(origin::SHEET)?.set_very_hidden(true);
    for (r, row) in (0_u32..).zip(origin::cells(origin, &base)) {
        for (c, cell) in (0_u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            hidden.write_string(r, c, cell)?;
        }
    }
    book.save_to_buffer()
}

fn sheets<'a>(pack: &'a CriteriaPack, source: &Source<'a>, wanted: &Wanted<'_>) -> Vec<Sheet<'a>> {
    let (lang, snapshot) = (wanted.lang, source.snapshot);
    let mut taken: BTreeSet<String> = [guide::name(lang), origin::SHEET].map(str::to_lowercase).into();
    if wanted.requests {
        let name = sheet_name(Table::Papers.term().say(lang), Table::Papers.key(), &mut taken);
        return vec![Sheet { name, table: Table::Papers, rows: rows(pack, source, Table::Papers) }];
    }
    let domains = pack.domains.iter().filter(|domain| wanted.domain.is_none_or(|code| code == domain.code));
    let mut sheets: Vec<Sheet<'a>> = domains
        .map(|domain| {
            let name = sheet_name(lang.pick(&domain.title, &domain.title_en), &domain.code, &mut taken);
            let row = |item: &'a domain::pack::Item| {
                let answer = snapshot.answer(&item.code).filter(|_| !wanted.blank);
                (item.code.clone(), Row { item: Some(item), answer, ..Row::default() })
            };
            Sheet { name, table: Table::Items, rows: pack.items_of(&domain.code).map(row).collect() }
        })
        .collect();
    if wanted.blank {
        return sheets;
    }
    let within = |code: &str| wanted.domain.is_none_or(|domain| pack.item(code).is_some_and(|i| i.domain() == domain));
    for table in [Table::Evidence, Table::Findings, Table::Tasks, Table::Papers] {
        let name = sheet_name(table.term().say(lang), table.key(), &mut taken);
        let mut rows = rows(pack, source, table);
        // Any evidence may be linked to an item of this domain; what is found and done belongs to its own.
        rows.retain(|(_, row)| {
            let item = row.task.map(|t| &t.item).or(row.finding.map(|f| &f.item));
            item.is_none_or(|code| within(code))
                && row.request.is_none_or(|request| request.items.iter().any(|code| within(code)))
        });
        sheets.push(Sheet { name, table, rows });
    }
    sheets
}

/// All rows of a list, each with its key.
#[must_use]
pub fn rows<'a>(pack: &'a CriteriaPack, source: &Source<'a>, table: Table) -> Vec<(String, Row<'a>)> {
    let snapshot = source.snapshot;
    match table {
        Table::Items => {
            let row = |item| Row { item: Some(item), answer: snapshot.answer(&item.code), ..Row::default() };
            pack.items.iter().map(|item| (item.code.clone(), row(item))).collect()
        }
        Table::Evidence => {
            let row = |e| Row { evidence: Some(e), ..Row::default() };
            snapshot.evidence.iter().map(|e| (e.label(), row(e))).collect()
        }
        Table::Findings => {
            let row = |f: &'a domain::Finding| Row { item: pack.item(&f.item), finding: Some(f), ..Row::default() };
            snapshot.findings.iter().map(|f| (f.label(), row(f))).collect()
        }
        Table::Tasks => {
            let finding = |t: &domain::Task| snapshot.findings.iter().find(|f| Some(f.id) == t.finding);
            let row = |t: &'a domain::Task| Row {
                item: pack.item(&t.item),
                finding: finding(t),
                task: Some(t),
                ..Row::default()
            };
            snapshot.tasks.iter().map(|t| (t.label(), row(t))).collect()
        }
        Table::Papers => {
            let row = |r| Row { request: Some(r), ..Row::default() };
            source.requests.iter().map(|r| (r.paper.clone(), row(r))).collect()
        }
    }
}

/// A name that Excel takes for a sheet: at most 31 characters, none of its own, no other sheet's.
fn sheet_name(title: &str, otherwise: &str, taken: &mut BTreeSet<String>) -> String {
    const MOST: usize = 31;
    let plain: String = title.chars().filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c)).collect();
    let name: String = plain.trim().chars().take(MOST).collect();
    let is_free = |name: &String, taken: &BTreeSet<String>| {
        // Excel keeps this one for itself.
        !name.is_empty() && !name.eq_ignore_ascii_case("history") && !taken.contains(&name.to_lowercase())
    };
    let name = Some(name).filter(|name| is_free(name, taken)).unwrap_or_else(|| {
        let short: String = plain.trim().chars().take(MOST - otherwise.chars().count() - 1).collect();
        format!("{otherwise} {short}")
    });
    taken.insert(name.to_lowercase());
    name
}

fn lay(
    sheet: &mut Worksheet,
    look: &Look,
    source: &Source<'_>,
    wanted_rows: &Sheet<'_>,
    wanted: &Wanted<'_>,
    base: &mut Base,
) -> Result<(), XlsxError> {
    let (lang, table) = (wanted.lang, wanted_rows.table);
    let columns = table.columns();
    sheet.set_name(&wanted_rows.name)?;
    for (c, column) in (0_u16..).zip(columns) {
        let head = if column.field.is_some() { &look.fill_head } else { &look.read_head };
        sheet.write_string_with_format(0, c, column.heading.say(lang), head)?;
    }
    sheet.set_row_height(0, 24)?;
    for (r, (key, row)) in (1_u32..).zip(&wanted_rows.rows) {
        let (mut values, mut cut) = (BTreeMap::new(), Vec::new());
        let mut shown: Vec<(String, u16)> = Vec::with_capacity(columns.len());
        for (c, column) in (0_u16..).zip(columns) {
            let links = column.field == Some(Field::Evidence) && wanted.blank;
            let value = if links { String::new() } else { settled(&(column.value)(source, row)) };
            let value = if fits(&value) {
                value
            } else {
                cut.extend(column.field);
                beginning(&value, lang)
            };
            let is_cut = column.field.is_some_and(|field| cut.contains(&field));
            cell(sheet, (r, c), look, column, &value, is_cut, lang)?;
            shown.push((shown_in_cell(column, &value, lang), column.width));
            if let Some(field) = column.field {
                values.insert(field, value);
            }
        }
        let room = if wanted.blank { 4 * FACE.line } else { FACE.line };
        let needed = height(shown.iter().map(|(text, width)| (text.as_str(), *width)), FACE);
        sheet.set_row_height(r, needed.max(f64::from(room)) + 4.0_f64.min(409.0 - needed))?;
        base.put(table, key, values, &cut);
    }
    let last = u32::try_from(wanted_rows.rows.len()).unwrap_or(u32::MAX);
    look::columns(sheet, columns, last, lang)?;
    // The key stays in sight; of an item its title too.
    sheet.set_freeze_panes(1, if table == Table::Items { 2 } else { 1 })?;
    sheet.autofilter(0, 0, last, u16::try_from(columns.len() - 1).unwrap_or(0))?;
    for_print(sheet, lang)?;
    let organization = look::in_header(&source.snapshot.assessment.organization);
    let by_hand = lang.pick("检查人：__________  日期：__________", "Checked by: __________  Date: __________");
    let right = if wanted.blank { by_hand } else { wanted.title() };
    sheet.set_header(format!("&L{organization}&C&B{}&R{right}", look::in_header(&wanted_rows.name)));
    look::protect(sheet);
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    (r, c): (u32, u16),
    look: &Look,
    column: &Column,
    value: &str,
    is_cut: bool,
    lang: Lang,
) -> Result<(), XlsxError> {
    let comes_back = column.field.is_some() && !is_cut;
    if column.holds == Holds::Day {
        let format = if comes_back { &look.fill_day } else { &look.read_day };
        // Excel knows no day before 1900.
        match ExcelDateTime::parse_from_str(value).ok().filter(|_| !value.is_empty()) {
            Some(day) => sheet.write_datetime_with_format(r, c, day, format)?,
            None => string(sheet, (r, c), value, format)?,
        };
        return Ok(());
    }
    let format = match column.holds {
        _ if !comes_back && c == 0 => &look.key,
        _ if !comes_back => &look.read,
        Holds::Text | Holds::Line if value.starts_with(['=', '+', '-', '@', '\'']) => &look.fill_quoted,
        Holds::Text | Holds::Line | Holds::Labels => &look.fill,
        _ => &look.fill_choice,
    };
    string(sheet, (r, c), &shown_in_cell(column, value, lang), format)?;
    Ok(())
}

/// A value as its cell shows it: numbers of evidence stand one below the other, else they are broken at their hyphens.
fn shown_in_cell(column: &Column, value: &str, lang: Lang) -> String {
    let shown = column.holds.shown(value, lang);
    if column.holds == Holds::Labels { shown.replace('、', "\n") } else { shown.to_owned() }
}

/// Always a string: nothing that anybody typed is ever a formula.
fn string<'a>(
    sheet: &'a mut Worksheet,
    (r, c): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    if text.is_empty() { sheet.write_blank(r, c, format) } else { sheet.write_string_with_format(r, c, text, format) }
}

/// What a cell holds of a text that is too long for it, and that there is more.
fn beginning(text: &str, lang: Lang) -> String {
    const KEPT: usize = 16_000;
    let (kept, count): (String, usize) = (text.chars().take(KEPT).collect(), text.chars().count());
    match lang {
        Lang::Zh => format!("{kept}\n…（全文 {count} 字，单元格放不下；请在备审中查看和修改，此格的改动不会取回）"),
        Lang::En => format!(
            "{kept}\n… ({count} characters in all, more than a cell holds; read and change it in the program, changes here do not come back)"
        ),
    }
}
