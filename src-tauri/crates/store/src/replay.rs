//! The log replayed: what every row must look like if the log is the truth.

use crate::chain::Entry;
use crate::read::Rounds;
use crate::row::{Row, Stored, Table, from_row, to_row};
use crate::{Error, Result, log, pack, table};
use domain::{Answer, Assessment, Entity, Id, PackIdentity, Words};
use rusqlite::Connection;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Rows by entity and key, as the changes so far made them.
pub(crate) struct Replay<'a> {
    conn: &'a Connection,
    rows: BTreeMap<Entity, HashMap<String, Cells>>,
}

/// The values of one row in the order of its columns, as the JSON text that the log has of them: most are only carried from one
/// change to the next. `None` is a blank.
pub(crate) struct Cells(Box<[Option<Box<str>>]>);

impl Cells {
    fn blank(table: &Table) -> Self {
        Self(table.columns.iter().map(|_| None).collect())
    }

    /// The value of a column by its place, as JSON.
    pub(crate) fn json(&self, table: &Table, index: usize) -> &str {
        self.0[index].as_deref().unwrap_or(table.columns[index].kind.blank_json())
    }

    fn set(&mut self, table: &Table, index: usize, json: &str) {
        self.0[index] = (json != table.columns[index].kind.blank_json()).then(|| json.into());
    }

    fn row(&self, table: &Table) -> Result<Row> {
        let field = |(index, column): (usize, &crate::row::Column)| {
            let value = serde_json::from_str(self.json(table, index));
            let broken = |_| Error::Damaged(format!("变更记录 {}.{}", table.name(), column.name));
            Ok((column.name.to_owned(), value.map_err(broken)?))
        };
        table.columns.iter().enumerate().map(field).collect()
    }
}

impl<'a> Replay<'a> {
    /// Nothing has happened yet. The connection is asked for packs only; they are not in the log.
    pub(crate) const fn new(conn: &'a Connection) -> Self {
        Self { conn, rows: BTreeMap::new() }
    }

    /// Applies one change.
    ///
    /// # Errors
    /// What does not fit, in words: the field's value before is not what the log said last.
    pub(crate) fn apply(&mut self, change: &Entry<'_>) -> Result<(), Words> {
        let Entry { entity, key, field, old, new, .. } = *change;
        let table = table::of(entity);
        let rows = self.rows.entry(entity).or_default();
        if !rows.contains_key(key) {
            let cells = if entity == Entity::Answer {
                blank_answer(table, key)?
            } else if log::creates(entity, field, old == "null") {
                Cells::blank(table)
            } else {
                return Err(("修改了不存在的记录", "changes something that is not there").into());
            };
            rows.insert(key.to_owned(), cells);
        }
        let (Some(cells), Some(index)) = (rows.get_mut(key), table.columns.iter().position(|c| c.name == field)) else {
            return Err((format!("没有字段 {field}"), format!("there is no field {field}")).into());
        };
        // A creation logs null as the old value of every field, whatever a blank row holds.
        let is_first = old == "null" && cells.0[index].is_none();
        if !is_first && !is_same(cells.json(table, index), old) {
            return Err((format!("字段 {field} 的旧值不符"), format!("{field} was something else before")).into());
        }
        if serde_json::from_str::<IgnoredAny>(new).is_err() {
            return Err((format!("字段 {field} 的新值无法读取"), format!("what {field} became cannot be read")).into());
        }
        cells.set(table, index, new);
        Ok(())
    }

    /// The rows of an entity by key.
    pub(crate) fn of(&self, entity: Entity) -> impl Iterator<Item = (&str, &Cells)> {
        self.rows.get(&entity).into_iter().flatten().map(|(key, cells)| (key.as_str(), cells))
    }
}

/// Whether two texts say the same in JSON.
fn is_same(one: &str, other: &str) -> bool {
    let value = |json| serde_json::from_str::<Value>(json).ok();
    one == other || value(one).is_some_and(|one| Some(one) == value(other))
}

fn blank_answer(table: &Table, key: &str) -> Result<Cells, Words> {
    let bad_key = || Words::from(("答案的键有误", "the key of the answer is wrong"));
    let (assessment, item) = key.split_once('/').ok_or_else(bad_key)?;
    let assessment: Id = assessment.parse().map_err(|_| bad_key())?;
    let row = to_row(&Answer::blank(assessment, item)).map_err(|e| (e.to_string(), e.code()))?;
    let mut cells = Cells::blank(table);
    for (index, column) in table.columns.iter().enumerate() {
        cells.set(table, index, &row.get(column.name).unwrap_or(&Value::Null).to_string());
    }
    Ok(cells)
}

impl Rounds for Replay<'_> {
    fn round(&self, id: Id) -> Result<Assessment> {
        let cells = self.rows.get(&Entity::Assessment).and_then(|rounds| rounds.get(&id.to_string()));
        from_row(cells.ok_or(Error::UnknownAssessment(id))?.row(Assessment::TABLE)?)
    }

    fn rows<T: Stored>(&self, assessment: Id) -> Result<Vec<T>> {
        let Some(index) = T::TABLE.columns.iter().position(|c| c.name == "assessment") else { return Ok(Vec::new()) };
        let id = Value::from(assessment.to_string()).to_string();
        let of_round = self.of(T::TABLE.entity).filter(|(_, cells)| cells.json(T::TABLE, index) == id);
        of_round.map(|(_, cells)| from_row(cells.row(T::TABLE)?)).collect()
    }

    fn pack(&self, sha256: &str) -> Result<PackIdentity> {
        pack::identity(self.conn, sha256)
    }
}
