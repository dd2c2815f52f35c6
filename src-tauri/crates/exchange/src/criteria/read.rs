//! A workbook as a pack.

use super::lists::{Column, HEAD, Holds, LISTS, List, PARTS, PROFILES, SINCE};
use crate::Error;
use crate::book::address;
use crate::book::grid::{self, Content, Grid, Room};
use calamine::Reader as _;
use domain::CriteriaPack;
use domain::Words;
use domain::pack::{PackError, Problem};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What was found in the cells, and where each field of each entry stands.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    /// The first column is the key: `("XC3-05", "title")` stands in `条目!B7`.
    places: BTreeMap<(String, String), String>,
}

/// The pack that a workbook holds, as it reads back from its own text; or everything that is wrong, by cell.
///
/// # Errors
/// [`Error::Workbook`] when it cannot be read at all; the inner error is what is wrong with its content.
pub fn read(bytes: &[u8]) -> Result<Result<CriteriaPack, PackError>, Error> {
    let mut book = grid::open(bytes)?;
    let names = book.sheet_names().clone();
    let mut room = Room::new();
    let mut grid = |list: &List| -> Result<Grid, Error> {
        let found = match names.iter().find(|name| name.trim() == list.sheet) {
            Some(name) => Grid::read(&mut book, name, &mut room)?,
            None => None,
        };
        Ok(found.unwrap_or_else(|| Grid { cells: BTreeMap::new(), merged: Vec::new() }))
    };
    let head_cells = grid(&HEAD)?;
    if head_cells.cells.is_empty() {
        return Err(Error::Workbook(no_criteria()));
    }
    let mut found = Found::default();
    let mut file = Map::new();
    file.insert(HEAD.key.to_owned(), head(&head_cells, &mut found));
    // Changes first: of an item and what became of it the item is the better place to point at.
    for list in SINCE.iter().chain(&LISTS) {
        let mut rows = table(&grid(list)?, list, &mut found);
        if list.key == PROFILES {
            for part in &PARTS {
                let held = table(&grid(part)?, part, &mut found);
                rows.iter_mut().for_each(|(profile, _)| {
                    let of = profile["id"].clone();
                    profile.insert(part.key.to_owned(), parts(&held, &of));
                });
            }
        }
        let rows = rows.into_iter().filter_map(|(row, cell)| found.entry(list.key, row, &cell)).collect();
        file.insert(list.key.to_owned(), Value::Array(rows));
    }
    if !found.problems.is_empty() {
        return Ok(Err(PackError::Content(found.problems)));
    }
    Ok(found.pack(Value::Object(file)))
}

fn no_criteria() -> Words {
    (
        "文件不是评审准则工作簿（没有“准则”工作表）；请用 criteria init 写出一份再修改",
        "the file is no workbook of criteria (the sheet 准则 is missing); write one with criteria init and edit that",
    )
        .into()
}

impl Found {
    fn add(&mut self, cell: &str, field: &'static str, (chinese, english): (String, String)) {
        let entry = cell.to_owned();
        self.problems.push(Problem { line: 0, entry, field, message: chinese, message_en: english });
    }

    /// A row as it is, if it has the shape of an entry of its list: told here, where its cell is known.
    fn entry(&mut self, list: &'static str, row: Map<String, Value>, cell: &str) -> Option<Value> {
        fn shaped<T: DeserializeOwned>(value: &Value) -> Result<(), String> {
            T::deserialize(value).map(drop).map_err(|e| e.to_string())
        }
        use domain::pack::{
            Department, Domain, GradeText, Item, Kpi, Law, PackChange, Profile, Renaming, Section, Source, Term,
        };
        let value = Value::Object(row);
        let shape = match list {
            "items" => shaped::<Item>(&value),
            "sections" => shaped::<Section>(&value),
            "domains" => shaped::<Domain>(&value),
            "departments" => shaped::<Department>(&value),
            "laws" => shaped::<Law>(&value),
            "kpis" => shaped::<Kpi>(&value),
            PROFILES => shaped::<Profile>(&value),
            "grades" => shaped::<GradeText>(&value),
            "glossary" => shaped::<Term>(&value),
            "sources" => shaped::<Source>(&value),
            "renamed" => shaped::<Renaming>(&value),
            _ => shaped::<PackChange>(&value),
        };
        match shape {
            Ok(()) => Some(value),
            Err(english) => {
                let words = domain::pack::parser_words(&english);
                self.add(cell, list, (words.chinese, words.english));
                None
            }
        }
    }

    /// The pack, read from its text as every file is; what does not hold is told by cell.
    fn pack(&self, file: Value) -> Result<CriteriaPack, PackError> {
        let syntax =
            |e: serde_json::Error| PackError::Syntax { line: 0, message: domain::pack::parser_words(&e.to_string()) };
        let pack: CriteriaPack = serde_json::from_value(file).map_err(syntax)?;
        CriteriaPack::parse(pack.to_toml().as_bytes()).map_err(|error| match error {
            PackError::Content(problems) => PackError::Content(problems.into_iter().map(|p| self.placed(p)).collect()),
            other => other,
        })
    }

    /// A problem with the cell in which it stands instead of a line of a text that nobody has.
    fn placed(&self, problem: Problem) -> Problem {
        let at = |field: &str| self.places.get(&(problem.entry.clone(), field.to_owned()));
        let cell = at(problem.field).or_else(|| at("")).cloned();
        let entry = cell.map_or(problem.entry.clone(), |cell| format!("{cell} {}", problem.entry));
        Problem { line: 0, entry, ..problem }
    }
}

/// The head of the file: a field a row, its name in the first column.
fn head(grid: &Grid, found: &mut Found) -> Value {
    let mut fields = Map::new();
    for (row, _) in grid.cells.keys().filter(|(_, column)| *column == 0) {
        let Some(column) = column_of(&HEAD, &grid.text((*row, 0))) else { continue };
        let cell = address(HEAD.sheet, (*row, 1));
        found.places.insert((HEAD.key.to_owned(), column.key.to_owned()), cell.clone());
        put(&mut fields, column, grid.cells.get(&(*row, 1)), &cell, found);
    }
    Value::Object(fields)
}

/// The rows of a list that hold something, each with the cell of its key.
fn table(grid: &Grid, list: &List, found: &mut Found) -> Vec<(Map<String, Value>, String)> {
    let heads: Vec<(u32, &Column)> = grid
        .cells
        .keys()
        .filter(|(row, _)| *row == 0)
        .filter_map(|(_, at)| Some((*at, column_of(list, &grid.text((0, *at)))?)))
        .collect();
    let mut rows: Vec<u32> = grid.cells.keys().map(|(row, _)| *row).filter(|row| *row > 0).collect();
    rows.dedup();
    let mut entries = Vec::new();
    for row in rows {
        if heads.iter().all(|(at, _)| !grid.cells.contains_key(&(row, *at))) {
            continue;
        }
        let mut fields = Map::new();
        let key_at = heads.iter().find(|(_, c)| c.key == list.columns[0].key).map_or(0, |(at, _)| *at);
        let key = grid.text((row, key_at)).trim().to_owned();
        let key_cell = address(list.sheet, (row, key_at));
        // Parts of profiles are named by their profile, whose own row is the better place.
        if !PARTS.iter().any(|part| part.key == list.key) {
            found.places.insert((key.clone(), String::new()), key_cell.clone());
        }
        for (at, column) in &heads {
            let cell = address(list.sheet, (row, *at));
            found.places.insert((key.clone(), column.key.to_owned()), cell.clone());
            put(&mut fields, column, grid.cells.get(&(row, *at)), &cell, found);
        }
        entries.push((fields, key_cell));
    }
    entries
}

/// The column of a heading: its name in the file is the last word of it, whatever stands before.
fn column_of<'a>(list: &'a List, heading: &str) -> Option<&'a Column> {
    let name = heading.split_whitespace().next_back()?;
    list.columns.iter().find(|column| column.key == name)
}

/// The parts of one profile, without its name.
fn parts(held: &[(Map<String, Value>, String)], profile: &Value) -> Value {
    let of = held.iter().filter(|(part, _)| part.get("profile") == Some(profile));
    let plain = |(part, _): &(Map<String, Value>, String)| {
        let mut part = part.clone();
        part.remove("profile");
        Value::Object(part)
    };
    Value::Array(of.map(plain).collect())
}

/// Puts what a cell says into its field. A blank cell says nothing where that is allowed, else an empty text.
fn put(fields: &mut Map<String, Value>, column: &Column, content: Option<&Content>, cell: &str, found: &mut Found) {
    let day = match content {
        Some(Content::Number(_, Some(day))) if column.holds == Holds::Day => Some(day.to_string()),
        _ => None,
    };
    let text = day.unwrap_or_else(|| content.map(Content::text).unwrap_or_default());
    let value = match value(text.trim(), column.holds) {
        Ok(None) => return,
        Ok(Some(value)) => value,
        Err(expected) => return found.add(cell, column.key, expected),
    };
    let (last, above) = column.key.rsplit_once('.').map_or((column.key, None), |(above, last)| (last, Some(above)));
    let fields = match above {
        Some(above) => {
            let inner = fields.entry(above).or_insert_with(|| Value::Object(Map::new()));
            inner.as_object_mut().expect("made here")
        }
        None => fields,
    };
    fields.insert(last.to_owned(), value);
}

/// What a cell says; `None` where a blank one says nothing, else what was expected.
fn value(text: &str, holds: Holds) -> Result<Option<Value>, (String, String)> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let whole = |text: &str| number(text).ok_or_else(|| expected(text, "整数", "a whole number"));
    Ok(Some(match holds {
        Holds::Text => Value::from(text.replace("\r\n", "\n")),
        Holds::Lines => lines().map(Value::from).collect(),
        Holds::Groups => lines()
            .map(|line| line.split(['=', '＝']).map(|name| Value::from(name.trim())).collect::<Value>())
            .collect(),
        Holds::Number | Holds::Day if text.is_empty() => return Ok(None),
        Holds::Number => whole(text)?.into(),
        Holds::Day => text.into(),
        Holds::Numbers => {
            let each = text.split(['\n', ',', '，', '、', ' ']).filter(|part| !part.trim().is_empty());
            each.map(|part| whole(part).map(Value::from)).collect::<Result<Vec<_>, _>>()?.into()
        }
        Holds::Flag => match text.to_lowercase().as_str() {
            "" | "否" | "no" | "n" | "false" | "0" => false.into(),
            "是" | "√" | "yes" | "y" | "true" | "1" => true.into(),
            _ => return Err(expected(text, "“是”或留空", "是 (yes) or nothing")),
        },
        Holds::Tallies => lines().map(tally).collect::<Result<Vec<_>, _>>()?.into(),
        Holds::Weights => {
            let weight = |line: &str| {
                let (item, weight) = line.split_once(['=', '＝', ':', '：'])?;
                Some((item.trim().to_owned(), Value::from(number(weight)?)))
            };
            let pair = |line| weight(line).ok_or_else(|| expected(line, "形如 XC3-05 = 3", "the form XC3-05 = 3"));
            Value::Object(lines().map(pair).collect::<Result<_, _>>()?)
        }
    }))
}

/// `要点2: 抽10，符合至1，部分符合至5`: four numbers, whatever stands between them.
fn tally(line: &str) -> Result<Value, (String, String)> {
    let numbers: Vec<u32> =
        line.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    match numbers[..] {
        [point, of, conform, partial] => {
            Ok(serde_json::json!({ "point": point, "of": of, "conform": conform, "partial": partial }))
        }
        _ => {
            Err(expected(line, "形如 要点2: 抽10，符合至1，部分符合至5", "the form 要点2: 抽10，符合至1，部分符合至5"))
        }
    }
}

fn expected(text: &str, chinese: &str, english: &str) -> (String, String) {
    (format!("应为{chinese}，实为「{text}」"), format!("{english} expected, found \"{text}\""))
}
