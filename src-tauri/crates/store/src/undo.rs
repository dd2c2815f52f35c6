//! Undo and redo of whole batches, per round, across sessions.
//!
//! Both are batches of their own in the log; nothing is taken out of it. Which batch comes next follows from the order of the
//! batches alone, so there is no second list that could disagree with the log:
//! - an `edit` can be undone; a new one ends everything that could be redone;
//! - a `fixed` batch (round started, signed, reopened) ends both lists; what was signed is not undone by a key stroke;
//! - a `report` batch (an export was listed) is not part of either list.

use crate::commit::{require_round, write_row};
use crate::edit::Subject;
use crate::log::{BatchKind, Difference, is_creation};
use crate::row::{Before, Row, Table};
use crate::{Act, BatchLabel, Error, Receipt, Result, Workspace, log, table};
use domain::{Action, Change, Entity, Id};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many rows a label names.
const SUBJECTS: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Undo,
    Redo,
}

impl Workspace {
    /// Takes back the last batch of a round that can be. `None` when there is none.
    ///
    /// # Errors
    /// [`Error::UndoConflict`] when one of its fields was changed since by something else, [`Error::Frozen`], and what
    /// [`Workspace::commit`] gives.
    pub fn undo(&mut self, act: &Act, assessment: Id) -> Result<Option<Receipt>> {
        self.step(act, assessment, Direction::Undo)
    }

    /// Brings back the batch that was undone last, unless something was committed since. `None` when there is none.
    ///
    /// # Errors
    /// As [`Workspace::undo`].
    pub fn redo(&mut self, act: &Act, assessment: Id) -> Result<Option<Receipt>> {
        self.step(act, assessment, Direction::Redo)
    }

    /// What [`Workspace::undo`] would take back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn can_undo(&self, assessment: Id) -> Result<Option<BatchLabel>> {
        undoable(&self.conn, assessment)?.map(|batch| label(&self.conn, batch.ordinal)).transpose()
    }

    /// What [`Workspace::redo`] would bring back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn can_redo(&self, assessment: Id) -> Result<Option<BatchLabel>> {
        redoable(&self.conn, assessment)?.map(|(edit, _)| label(&self.conn, edit)).transpose()
    }

    fn step(&mut self, act: &Act, assessment: Id, direction: Direction) -> Result<Option<Receipt>> {
        let (kind, action) = match direction {
            Direction::Undo => (BatchKind::Undo, Action::Undo),
            Direction::Redo => (BatchKind::Redo, Action::Redo),
        };
        let act = Act { action, assessment, ..act.clone() };
        self.write(|conn| {
            if require_round(conn, assessment)?.frozen {
                return Err(Error::Frozen);
            }
            let (edit, reverses) = match direction {
                Direction::Undo => match undoable(conn, assessment)? {
                    Some(batch) => (batch.ordinal, batch.ordinal),
                    None => return Ok(None),
                },
                Direction::Redo => match redoable(conn, assessment)? {
                    Some(found) => found,
                    None => return Ok(None),
                },
            };
            let differences = reverse(conn, edit, direction)?;
            let changes = log::append(conn, &act, kind, Some(reverses), differences)?;
            Ok(Some(Receipt { batch: act.batch, action: act.action, changes }))
        })
    }
}

struct Batch {
    ordinal: i64,
    kind: BatchKind,
    reverses: Option<i64>,
}

/// The last batch of a round before `ordinal`, exports left out.
fn before(conn: &Connection, assessment: Id, ordinal: i64) -> Result<Option<Batch>> {
    let sql = "SELECT ordinal, kind, reverses FROM batch \
               WHERE assessment = ?1 AND ordinal < ?2 AND kind <> 'report' ORDER BY ordinal DESC LIMIT 1";
    let found = conn
        .prepare_cached(sql)?
        .query_row(params![assessment.to_string(), ordinal], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })
        .optional()?;
    found.map(|(ordinal, kind, reverses)| Ok(Batch { ordinal, kind: BatchKind::named(&kind)?, reverses })).transpose()
}

fn by_ordinal(conn: &Connection, ordinal: i64) -> Result<Batch> {
    let sql = "SELECT kind, reverses FROM batch WHERE ordinal = ?1";
    let (kind, reverses): (String, _) =
        conn.prepare_cached(sql)?.query_row([ordinal], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Batch { ordinal, kind: BatchKind::named(&kind)?, reverses })
}

/// The batch to undo next: the last edit that is in force. After an undo of X that is whatever was to be undone before X came;
/// after a redo of X it is X.
fn undoable(conn: &Connection, assessment: Id) -> Result<Option<Batch>> {
    let mut upto = i64::MAX;
    while let Some(batch) = before(conn, assessment, upto)? {
        match (batch.kind, batch.reverses) {
            (BatchKind::Edit, _) => return Ok(Some(batch)),
            (BatchKind::Undo, Some(edit)) => upto = edit,
            (BatchKind::Redo, Some(undo)) => {
                return by_ordinal(conn, undo)?.reverses.map(|edit| by_ordinal(conn, edit)).transpose();
            }
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// The batch to redo next and the undo that took it away: the last undo that is in force. After a redo that is whatever could
/// be redone before the undo it took back.
fn redoable(conn: &Connection, assessment: Id) -> Result<Option<(i64, i64)>> {
    let mut upto = i64::MAX;
    while let Some(batch) = before(conn, assessment, upto)? {
        match (batch.kind, batch.reverses) {
            (BatchKind::Undo, Some(edit)) => return Ok(Some((edit, batch.ordinal))),
            (BatchKind::Redo, Some(undo)) => upto = undo,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// What a batch did to one field, from its first change to its last.
struct Net {
    old: Value,
    new: Value,
}

/// Sets every field of a batch to what it was before (or after) it; rows it created are withdrawn (or come back).
fn reverse(conn: &Connection, edit: i64, direction: Direction) -> Result<Vec<Difference>> {
    let schema: u32 = conn.query_row("SELECT schema FROM batch WHERE ordinal = ?1", [edit], |row| row.get(0))?;
    let changes = log::select(conn, "WHERE c.batch = ?1 ORDER BY c.seq", [edit])?;
    let created: BTreeSet<_> = changes.iter().filter(|c| is_creation(c)).map(|c| (c.entity, c.key.clone())).collect();
    // A batch may have changed a field twice: what counts is what it was before the first change and after the last.
    let mut fields: BTreeMap<(Entity, String), BTreeMap<String, Net>> = BTreeMap::new();
    for Change { entity, key, field, old, new, .. } in changes {
        let row = fields.entry((entity, key)).or_default();
        match row.get_mut(&field) {
            Some(net) => net.new = new,
            None => {
                row.insert(field, Net { old, new });
            }
        }
    }
    let mut differences = Vec::new();
    for ((entity, key), nets) in fields {
        let table = table::of(entity);
        let conflict = |field: &str| Error::UndoConflict {
            what: if direction == Direction::Undo { "撤销" } else { "重做" },
            subject: format!("{} {key} {field}", table.name),
        };
        // Nothing is ever deleted, so a row that is gone means that somebody else was in the file.
        let mut row = table::by_key(conn, table, &key)?.ok_or_else(|| conflict("—"))?;
        let is_created = created.contains(&(entity, key.clone()));
        // A row may be logged and withdrawn in one batch; to bring that batch back is not to bring the row to life.
        let born_withdrawn = nets.get("withdrawn").is_some_and(|net| net.new == Value::Bool(true));
        for (field, net) in nets {
            let (from, to) = match direction {
                Direction::Undo => (net.new, net.old),
                Direction::Redo => (net.old, net.new),
            };
            let current = row.get(&field).ok_or_else(|| conflict(&field))?;
            if is_created {
                // The fields of a row stay when it is withdrawn.
                let kept = if direction == Direction::Undo { &from } else { &to };
                if field != "withdrawn" && current != kept {
                    return Err(conflict(&field));
                }
            } else if *current != from {
                // Only the last step in force is reversed, so this was changed by something that is not on the list.
                return Err(conflict(&field));
            } else {
                row.insert(field, to);
            }
        }
        if is_created {
            row.insert("withdrawn".to_owned(), Value::Bool(direction == Direction::Undo || born_withdrawn));
        }
        follow(table, schema, &mut row)?;
        differences.extend(write_row(conn, table, &row)?);
    }
    Ok(differences)
}

/// A batch from before a column was there says nothing of it: what follows from the fields that it brings back comes with them.
fn follow(table: &Table, schema: u32, row: &mut Row) -> Result<()> {
    for column in table.columns.iter().filter(|column| column.since > schema) {
        if let Before::Follows(rule) = column.before {
            let json = rule(&|name| row.get(name).map_or_else(String::new, Value::to_string));
            let value = serde_json::from_str(json).map_err(|e| Error::Damaged(e.to_string()))?;
            row.insert(column.name.to_owned(), value);
        }
    }
    Ok(())
}

fn label(conn: &Connection, ordinal: i64) -> Result<BatchLabel> {
    // A batch may hold ten thousand changes; the label is asked for after every mark and reads only a few.
    let first = log::select(conn, "WHERE c.batch = ?1 ORDER BY c.seq LIMIT 1", [ordinal])?.pop();
    let first = first.ok_or_else(|| Error::Damaged(format!("操作 {ordinal} 没有变更记录")))?;
    // The changes of a row stand together, as `write_row` finds them.
    let (mut rows, mut subjects, mut last) = (0, Vec::new(), None);
    let mut statement = conn.prepare_cached("SELECT entity, key FROM change WHERE batch = ?1 ORDER BY seq")?;
    let mut found = statement.query([ordinal])?;
    while let Some(row) = found.next()? {
        let here: (String, String) = (row.get(0)?, row.get(1)?);
        if last.as_ref() != Some(&here) {
            rows += 1;
            if subjects.len() < SUBJECTS {
                subjects.push(subject(conn, log::entity(&here.0)?, here.1.clone())?);
            }
            last = Some(here);
        }
    }
    Ok(BatchLabel { batch: first.batch, action: first.action, actor: first.actor, at: first.at, rows, subjects })
}

fn subject(conn: &Connection, entity: Entity, key: String) -> Result<Subject> {
    let row = table::by_key(conn, table::of(entity), &key)?;
    let item = row.and_then(|r| r.get("item").and_then(Value::as_str).map(str::to_owned));
    Ok(Subject { entity, key, item })
}
