//! What a list says of the items, beside what is recorded. Nobody knows what it was made from: what would replace an answer is asked about,
//! and what is blank in it says nothing.

use super::columns::{Column, Layout, by_heading, ticked};
use super::file::Sheet;
use super::folded;
use super::items::Items;
use super::meaning::{Meaning, Meanings};
use crate::book::address;
use crate::book::grid::no_fault;
use crate::workbook::values::settled;
use crate::workbook::{Comparison, Difference, Field, Holds, Kind, Refused, Table};
use domain::{Snapshot, Verdict, Words};
use std::collections::BTreeMap;

/// What words mean in this list.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    /// In the workspace.
    pub meanings: &'a Meanings,
    /// In this list alone, as they are compared; `None` = nothing is set.
    pub in_list: &'a BTreeMap<String, Option<Verdict>>,
}

/// A word of which it is not certain what it means, unless the user has said so of this list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written.
    pub word: String,
    /// Rows in which it stands.
    pub rows: u32,
}

/// What a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Beside what is recorded.
    pub comparison: Comparison,
    /// Words that are asked about, in the order of the list.
    pub words: Vec<Word>,
    /// Rows that say something.
    pub rows: u32,
}

/// What a column may say of an item.
const FIELDS: [(Column, Field); 3] =
    [(Column::Verdict, Field::Verdict), (Column::Note, Field::Note), (Column::Reason, Field::Reason)];

/// Compares a list with what is recorded.
#[must_use]
pub fn compare(items: &Items<'_>, snapshot: &Snapshot, sheet: &Sheet, layout: &Layout, words: Vocabulary<'_>) -> Found {
    let mut reading =
        Reading { items, snapshot, sheet, layout, words, mentions: BTreeMap::new(), found: Found::default() };
    reading.columns();
    for row in layout.first..sheet.cells.len() {
        reading.row(row);
    }
    reading.found
}

struct Reading<'a> {
    items: &'a Items<'a>,
    snapshot: &'a Snapshot,
    sheet: &'a Sheet,
    layout: &'a Layout,
    words: Vocabulary<'a>,
    /// What each item was said to be, and where.
    mentions: BTreeMap<(String, Field), (String, String)>,
    found: Found,
}

/// The verdict that a row ticks, by its column; the column that is no clear tick.
type Tick = Result<Option<(usize, Verdict)>, usize>;

/// A cell that says something.
struct Cell {
    field: Field,
    at: (usize, usize),
    text: String,
}

impl Reading<'_> {
    fn at(&self, wanted: Column) -> Option<usize> {
        self.layout.columns.iter().position(|column| *column == Some(wanted))
    }

    fn text(&self, (row, column): (usize, usize)) -> &str {
        self.sheet.cells.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }

    fn address(&self, (row, column): (usize, usize)) -> String {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX - 1);
        address(&self.sheet.name, (number(row), number(column)))
    }

    fn refuse(&mut self, at: (usize, usize), expected: Words) {
        let (cell, value) = (self.address(at), self.text(at).to_owned());
        self.found.comparison.refused.push(Refused { cell, value, expected });
    }

    fn refuse_column(&mut self, column: usize, expected: Words) {
        let value = self.layout.headings.get(column).cloned().unwrap_or_default();
        let cell = self.address((self.layout.first.saturating_sub(1), column));
        self.found.comparison.refused.push(Refused { cell, value, expected });
    }

    /// Refuses columns of which it is not clear what they hold.
    fn columns(&mut self) {
        let below = self.sheet.cells.get(self.layout.first..).unwrap_or_default();
        if below.iter().flatten().all(String::is_empty) {
            return;
        }
        let named = self.at(Column::Item).or_else(|| self.at(Column::Title)).is_some();
        // A column that nobody has filled in yet is one.
        let called = |column| self.layout.headings.iter().any(|heading| by_heading(heading) == Some(column));
        let ticks = self.layout.columns.iter().any(|column| column.is_some_and(|column| column.ticks().is_some()));
        let has_values = ticks || FIELDS.iter().any(|(column, _)| self.at(*column).is_some() || called(*column));
        let unclear: Vec<usize> =
            (0..self.layout.columns.len()).filter(|at| self.layout.columns[*at].is_none()).collect();
        for column in unclear {
            self.refuse_column(
                column,
                ("说明这一列是什么，或不取", "you to say what this column holds, or to leave it out").into(),
            );
        }
        if !named {
            let expected = ("有一列是条目编号或条目名称", "a column of item codes or titles");
            self.refuse_column(0, expected.into());
        } else if !has_values {
            let expected = ("有一列是结论、评估记录或不适用理由", "a column of verdicts, notes or reasons");
            self.refuse_column(0, expected.into());
        }
    }

    fn row(&mut self, row: usize) {
        let Some((column, is_code)) =
            self.at(Column::Item).map(|at| (at, true)).or_else(|| self.at(Column::Title).map(|at| (at, false)))
        else {
            return;
        };
        let name = self.text((row, column)).to_owned();
        // Heads are printed on every page of a form.
        let is_heading = |heading: &String| !name.is_empty() && folded(heading) == folded(&name);
        if matches!(by_heading(&name), Some(Column::Item | Column::Title))
            || self.layout.headings.get(column).is_some_and(is_heading)
        {
            return;
        }
        let cells: Vec<Cell> = FIELDS
            .iter()
            .filter_map(|(column, field)| Some((*field, (row, self.at(*column)?))))
            .map(|(field, at)| Cell { field, at, text: settled(self.text(at)) })
            .filter(|cell| !cell.text.is_empty())
            .collect();
        let tick =
            ticked(self.sheet.cells.get(row).map_or(&[][..], Vec::as_slice), &self.layout.columns, self.words.meanings);
        let first = cells.first().map(|cell| cell.at);
        let ticked_at = match tick {
            Ok(tick) => tick.map(|(column, _)| column),
            Err(column) => Some(column),
        };
        let Some(first) = first.or_else(|| ticked_at.map(|column| (row, column))) else { return };
        self.found.rows += 1;
        if name.is_empty() {
            let expected = match is_code {
                true => ("这一行有条目编号", "a code in this row"),
                false => ("这一行有条目名称", "a title in this row"),
            };
            return self.refuse(first, expected.into());
        }
        let item = match is_code {
            true => self.items.coded(&name).ok_or_else(|| {
                ("准则中的条目编号，如 XC1-01", "the code of an item of the criteria, such as XC1-01").into()
            }),
            false => self.items.titled(&name),
        };
        match item {
            Ok(item) => {
                let item = item.to_owned();
                self.item(&item, row, tick, cells);
            }
            Err(expected) => self.refuse((row, column), expected),
        }
    }

    fn item(&mut self, item: &str, row: usize, tick: Tick, mut cells: Vec<Cell>) {
        cells.retain(|cell| {
            let is_whole = !self.sheet.faults.contains(&cell.at);
            if !is_whole {
                self.refuse(cell.at, no_fault());
            }
            is_whole
        });
        let mut verdict = None;
        if let Some(at) = cells.iter().position(|cell| cell.field == Field::Verdict) {
            let cell = cells.remove(at);
            verdict = self.verdict(&cell).map(|verdict| (verdict, cell.at));
        }
        match (tick, verdict) {
            (Ok(None), _) => {}
            (Ok(Some((column, ticked))), None) => verdict = Some((ticked, (row, column))),
            (Ok(Some((_, ticked))), Some((verdict, _))) if ticked == verdict => {}
            (Ok(Some((column, _))) | Err(column), _) => {
                let expected = ("一行只在一处打勾（√）或留空", "one tick in the row, or none");
                self.refuse((row, column), expected.into());
            }
        }
        let held = self.snapshot.answer(item);
        let has = |field: Field| cells.iter().any(|cell| cell.field == field);
        // What stands beside 不适用 says why, unless it is said elsewhere.
        let is_na = matches!(verdict, Some((Verdict::NotApplicable, _)));
        if is_na && !has(Field::Reason) && held.is_none_or(|answer| answer.reason.trim().is_empty()) {
            cells.iter_mut().for_each(|cell| cell.field = Field::Reason);
        }
        if let Some((verdict, at)) = verdict {
            let mine = held.and_then(|answer| answer.verdict).map_or("", |mine| mine.key());
            self.put(item, Field::Verdict, at, mine, verdict.key().to_owned());
        }
        for Cell { field, at, text } in cells {
            let mine = held.map_or("", |answer| match field {
                Field::Reason => &answer.reason,
                _ => &answer.note,
            });
            self.put(item, field, at, &settled(mine), text);
        }
    }

    /// The verdict that a cell says; what it is not certain of is refused and asked about.
    fn verdict(&mut self, cell: &Cell) -> Option<Verdict> {
        let word = &cell.text;
        let known = self.words.meanings.of(word);
        let in_list = self.words.in_list.get(&folded(word));
        if in_list.is_none()
            && let Some(Meaning::Is(_) | Meaning::Open) = known
        {
            return if let Some(Meaning::Is(verdict)) = known { Some(verdict) } else { None };
        }
        match self.found.words.iter_mut().find(|asked| folded(&asked.word) == folded(word)) {
            Some(asked) => asked.rows += 1,
            None => self.found.words.push(Word { word: word.clone(), rows: 1 }),
        }
        match in_list {
            Some(verdict) => *verdict,
            None => {
                self.refuse(cell.at, Holds::Verdict.expected());
                None
            }
        }
    }

    fn put(&mut self, item: &str, field: Field, at: (usize, usize), mine: &str, theirs: String) {
        let cell = self.address(at);
        let key = (item.to_owned(), field);
        if let Some((first, value)) = self.mentions.get(&key) {
            if *value != theirs {
                let (zh, en) = (
                    format!("与 {first} 一致：{item} 出现了两次，内容不同"),
                    format!("the same as {first}: {item} is there twice and says different things"),
                );
                self.refuse(at, (zh, en).into());
            }
            return;
        }
        self.mentions.insert(key, (cell.clone(), theirs.clone()));
        if theirs == mine {
            return;
        }
        let kind = if mine.is_empty() { Kind::Change } else { Kind::Conflict };
        self.found.comparison.differences.push(Difference {
            kind,
            table: Table::Items,
            key: item.to_owned(),
            field,
            cell,
            base: String::new(),
            mine: mine.to_owned(),
            theirs,
        });
    }
}
