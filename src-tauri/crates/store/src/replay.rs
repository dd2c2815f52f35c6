//! The log replayed: what every row must look like if the log is the truth.

use crate::chain::Entry;
use crate::read::Rounds;
use crate::row::{Before, Column, Row, Stored, Table, from_row, to_row};
use crate::schema::Version;
use crate::{Error, Result, log, pack};
use domain::{Answer, Assessment, Entity, Id, PackIdentity, Words};
use rusqlite::Connection;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Rows by table and key, as the changes so far made them.
pub(crate) struct Replay<'a> {
    conn: &'a Connection,
    version: Version,
    rows: BTreeMap<&'static str, HashMap<String, Cells>>,
}

/// The values of one row in the order of its columns, as the JSON text that the log has of them: most are only carried from one
/// change to the next. `None` is a blank.
pub(crate) struct Cells(Box<[Option<Box<str>>]>);

impl Cells {
    fn blank(columns: &[Column]) -> Self {
        Self(columns.iter().map(|_| None).collect())
    }

    /// The value of a column by its place, as JSON.
    pub(crate) fn json(&self, columns: &[Column], index: usize) -> &str {
        self.0[index].as_deref().unwrap_or(columns[index].kind.blank_json())
    }

    fn set(&mut self, columns: &[Column], index: usize, json: &str) {
        self.0[index] = (json != columns[index].kind.blank_json()).then(|| json.into());
    }

    /// Sets what columns that are later than `schema` hold in a row that a program of it has just made …
    fn set_before(&mut self, columns: &[Column], schema: u32) {
        for (index, column) in columns.iter().enumerate().filter(|(_, column)| column.since > schema) {
            if let Before::Is(json) = column.before {
                self.set(columns, index, json);
            }
        }
    }

    /// … and what follows from the others in a row that it has just changed.
    fn follow(&mut self, columns: &[Column], schema: u32) {
        for (index, column) in columns.iter().enumerate().filter(|(_, column)| column.since > schema) {
            if let Before::Follows(rule) = column.before {
                let place = |name: &str| columns.iter().position(|c| c.name == name);
                let json = rule(&|name| place(name).map_or_else(String::new, |at| self.json(columns, at).to_owned()));
                self.set(columns, index, json);
            }
        }
    }

    fn row(&self, table: &Table, columns: &[Column]) -> Result<Row> {
        let field = |(index, column): (usize, &Column)| {
            let value = serde_json::from_str(self.json(columns, index));
            let broken = |_| Error::Damaged(format!("变更记录 {}.{}", table.name, column.name));
            Ok((column.name.to_owned(), value.map_err(broken)?))
        };
        columns.iter().enumerate().map(field).collect()
    }
}

impl<'a> Replay<'a> {
    /// Nothing has happened yet. The connection is asked for packs only; they are not in the log.
    pub(crate) const fn new(conn: &'a Connection, version: Version) -> Self {
        Self { conn, version, rows: BTreeMap::new() }
    }

    /// Applies one change.
    ///
    /// # Errors
    /// What does not fit, in words: the field's value before is not what the log said last.
    pub(crate) fn apply(&mut self, change: &Entry<'_>) -> Result<(), Words> {
        let Entry { batch, table, key, field, old, new, .. } = *change;
        let columns = self.version.columns(table);
        let rows = self.rows.entry(table.name).or_default();
        if !rows.contains_key(key) {
            let mut cells = if table.entity == Entity::Answer {
                blank_answer(columns, key)?
            } else if log::creates(table, field, old == "null") {
                Cells::blank(columns)
            } else {
                return Err(("修改了不存在的记录", "changes something that is not there").into());
            };
            cells.set_before(columns, batch.schema);
            rows.insert(key.to_owned(), cells);
        }
        let (Some(cells), Some(index)) = (rows.get_mut(key), columns.iter().position(|c| c.name == field)) else {
            return Err((format!("没有字段 {field}"), format!("there is no field {field}")).into());
        };
        // A creation logs null as the old value of every field, whatever a blank row holds.
        let is_first = old == "null" && cells.0[index].is_none();
        if !is_first && !is_same(cells.json(columns, index), old) {
            return Err((format!("字段 {field} 的旧值不符"), format!("{field} was something else before")).into());
        }
        if serde_json::from_str::<IgnoredAny>(new).is_err() {
            return Err((format!("字段 {field} 的新值无法读取"), format!("what {field} became cannot be read")).into());
        }
        cells.set(columns, index, new);
        cells.follow(columns, batch.schema);
        Ok(())
    }

    /// The rows of a table by key.
    pub(crate) fn of(&self, table: &Table) -> impl Iterator<Item = (&str, &Cells)> {
        self.rows.get(table.name).into_iter().flatten().map(|(key, cells)| (key.as_str(), cells))
    }
}

/// Whether two texts say the same in JSON.
fn is_same(one: &str, other: &str) -> bool {
    let value = |json| serde_json::from_str::<Value>(json).ok();
    one == other || value(one).is_some_and(|one| Some(one) == value(other))
}

fn blank_answer(columns: &[Column], key: &str) -> Result<Cells, Words> {
    let bad_key = || Words::from(("答案的键有误", "the key of the answer is wrong"));
    let (assessment, item) = key.split_once('/').ok_or_else(bad_key)?;
    let assessment: Id = assessment.parse().map_err(|_| bad_key())?;
    let row = to_row(&Answer::blank(assessment, item)).map_err(|e| (e.to_string(), e.code()))?;
    let mut cells = Cells::blank(columns);
    for (index, column) in columns.iter().enumerate() {
        cells.set(columns, index, &row.get(column.name).unwrap_or(&Value::Null).to_string());
    }
    Ok(cells)
}

impl Rounds for Replay<'_> {
    fn round(&self, id: Id) -> Result<Assessment> {
        let table = Assessment::TABLE;
        let cells = self.rows.get(table.name).and_then(|rounds| rounds.get(&id.to_string()));
        from_row(cells.ok_or(Error::UnknownAssessment(id))?.row(table, self.version.columns(table))?)
    }

    fn rows<T: Stored>(&self, assessment: Id) -> Result<Vec<T>> {
        let columns = self.version.columns(T::TABLE);
        let Some(index) = columns.iter().position(|c| c.name == "assessment") else { return Ok(Vec::new()) };
        let id = Value::from(assessment.to_string()).to_string();
        let of_round = self.of(T::TABLE).filter(|(_, cells)| cells.json(columns, index) == id);
        of_round.map(|(_, cells)| from_row(cells.row(T::TABLE, columns)?)).collect()
    }

    fn pack(&self, sha256: &str) -> Result<PackIdentity> {
        pack::identity(self.conn, sha256)
    }
}
