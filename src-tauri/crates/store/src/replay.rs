//! The log replayed: what every row must look like if the log is the truth.

use crate::log::{blank_row, is_creation};
use crate::read::Rounds;
use crate::row::{Row, Stored, from_row, to_row};
use crate::{Error, Result, pack};
use domain::{Answer, Assessment, Change, Entity, Id, PackIdentity};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows by entity and key, as the changes so far made them.
pub(crate) struct Replay<'a> {
    conn: &'a Connection,
    rows: BTreeMap<(Entity, String), Row>,
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
    pub(crate) fn apply(&mut self, change: &Change) -> Result<(), String> {
        let at = (change.entity, change.key.clone());
        let is_new = !self.rows.contains_key(&at);
        let creates = is_new && (is_creation(change) || change.entity == Entity::Answer);
        if is_new && !creates {
            return Err("修改了不存在的记录".to_owned());
        }
        if creates {
            let row =
                if change.entity == Entity::Answer { blank_answer(&change.key)? } else { blank_row(change.entity) };
            self.rows.insert(at.clone(), row);
        }
        let row = self.rows.entry(at).or_default();
        let Some(current) = row.get_mut(&change.field) else {
            return Err(format!("没有字段 {}", change.field));
        };
        // A creation logs null as the old value of every field, whatever a blank row holds.
        let kind = crate::table::of(change.entity).kind_of(&change.field);
        let is_first = change.old.is_null() && kind.is_some_and(|k| *current == k.blank());
        if *current != change.old && !is_first {
            return Err(format!("字段 {} 的旧值不符", change.field));
        }
        current.clone_from(&change.new);
        Ok(())
    }

    /// The rows of an entity.
    pub(crate) fn of(&self, entity: Entity) -> impl Iterator<Item = (&str, &Row)> {
        self.rows
            .range((entity, String::new())..)
            .take_while(move |((e, _), _)| *e == entity)
            .map(|((_, k), r)| (k.as_str(), r))
    }
}

fn blank_answer(key: &str) -> Result<Row, String> {
    let (assessment, item) = key.split_once('/').ok_or("答案的键有误")?;
    let assessment: Id = assessment.parse().map_err(|_| "答案的键有误")?;
    to_row(&Answer::blank(assessment, item)).map_err(|e| e.to_string())
}

impl Rounds for Replay<'_> {
    fn round(&self, id: Id) -> Result<Assessment> {
        let row = self.rows.get(&(Entity::Assessment, id.to_string()));
        from_row(row.cloned().ok_or(Error::UnknownAssessment(id))?)
    }

    fn rows<T: Stored>(&self, assessment: Id) -> Result<Vec<T>> {
        let id = assessment.to_string();
        let of_round = |row: &&Row| row.get("assessment").and_then(Value::as_str) == Some(&id);
        self.of(T::TABLE.entity).map(|(_, row)| row).filter(of_round).map(|row| from_row(row.clone())).collect()
    }

    fn pack(&self, sha256: &str) -> Result<PackIdentity> {
        pack::identity(self.conn, sha256)
    }
}
