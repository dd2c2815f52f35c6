//! The one write path.

use crate::log::{BatchKind, Difference};
use crate::row::{Row, Table, to_row};
use crate::{Act, Edit, Error, Receipt, Result, Workspace, log, reserve, table};
use domain::{Answer, Assessment, Entity, Id};
use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;
use std::collections::HashSet;

impl Workspace {
    /// Makes the rows look as the edits say, and logs every field that changed. All or nothing; durable when it returns.
    ///
    /// # Errors
    /// [`Error::ReadOnly`], [`Error::Frozen`], [`Error::MixedRounds`], [`Error::BatchReused`], [`Error::NumberTaken`],
    /// [`Error::Dangling`], [`Error::DiskFull`] and other failures to write. Nothing is written then.
    pub fn commit(&mut self, act: &Act, edits: &[Edit]) -> Result<Receipt> {
        self.write(|conn| write_batch(conn, act, edits))
    }

    /// As [`Workspace::commit`], with a pack that the rows name and that may not be here yet: both or neither.
    ///
    /// # Errors
    /// As there, and [`Error::BadPack`].
    pub fn commit_with_pack(&mut self, act: &Act, sha256: &str, text: &str, edits: &[Edit]) -> Result<Receipt> {
        let new = self.new_pack(sha256, text)?;
        self.write(|conn| {
            new.as_ref().map_or(Ok(()), |pack| pack.insert(conn))?;
            write_batch(conn, act, edits)
        })
    }

    /// Runs something in one write transaction. When the disk is full, the reserve is given up for it and it runs once more.
    pub(crate) fn write<T>(&mut self, work: impl Fn(&Connection) -> Result<T>) -> Result<T> {
        if self.is_read_only() {
            return Err(Error::ReadOnly);
        }
        match self.try_write(&work) {
            Err(error) if error.is_about_room() && reserve::give_up(&self.dir) => self.try_write(&work),
            Ok(value) => {
                // There may be room again. Not after a write that took the reserve: it would be taken from the next one.
                reserve::keep(&self.dir);
                Ok(value)
            }
            refused => refused,
        }
    }

    /// After a failure of the disk the connection is replaced: what the old one has in its cache may never have reached the disk.
    fn try_write<T>(&mut self, work: impl Fn(&Connection) -> Result<T>) -> Result<T> {
        // Replaced while the file was locked against writing, it can only read. That may be over.
        if self.conn.is_readonly("main").unwrap_or(false) {
            self.reconnect();
        }
        let outcome = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from);
        let outcome = outcome.and_then(|transaction| {
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        if matches!(outcome, Err(Error::DiskFull | Error::DiskFailed(_) | Error::Database(_) | Error::Io { .. })) {
            self.reconnect();
        }
        outcome
    }
}

/// Writes what differs as one batch.
fn write_batch(conn: &Connection, act: &Act, edits: &[Edit]) -> Result<Receipt> {
    let differences = apply(conn, act, edits)?;
    if differences.is_empty() {
        return Ok(Receipt { batch: act.batch, action: act.action, changes: Vec::new() });
    }
    let kinds = differences.iter().map(|d| kind_of(d.entity, &d.field));
    let kind = kinds.fold(BatchKind::Report, BatchKind::with);
    let changes = log::append(conn, act, kind, None, differences)?;
    Ok(Receipt { batch: act.batch, action: act.action, changes })
}

/// Writes what differs; answers with it.
fn apply(conn: &Connection, act: &Act, edits: &[Edit]) -> Result<Vec<Difference>> {
    let frozen = table::round(conn, act.assessment)?.is_some_and(|round| round.frozen);
    let mut differences = Vec::new();
    // An approval freezes the round for everything after it, so it comes last.
    let freezes = |edit: &&Edit| matches!(edit, Edit::Assessment(round) if round.frozen);
    for edit in edits.iter().filter(|e| !freezes(e)).chain(edits.iter().filter(freezes)) {
        if edit.assessment() != act.assessment {
            return Err(Error::MixedRounds(edit.assessment()));
        }
        let (table, row) = edit.parts()?;
        let found = write_row(conn, table, &row)?;
        if frozen && !found.is_empty() && !act.action.on_frozen().contains(&table.entity) {
            return Err(Error::Frozen);
        }
        if let Edit::Assessment(round) = edit {
            check_round(conn, round)?;
        }
        differences.extend(found);
    }
    Ok(differences)
}

/// Makes one row look as wanted; answers with the fields that differed.
pub(crate) fn write_row(conn: &Connection, table: &'static Table, wanted: &Row) -> Result<Vec<Difference>> {
    let key = table.key_of(wanted);
    let difference = |name: &str, old: Value, new: &Value| Difference {
        entity: table.entity,
        key: key.clone(),
        field: name.to_owned(),
        old,
        new: new.clone(),
    };
    let current = table::by_key(conn, table, &key)?;
    let is_new = current.is_none();
    let (base, created) = match current {
        Some(row) => (row, false),
        None if table.entity == Entity::Answer => (blank_answer(wanted)?, false),
        None => (log::blank_row(table), true),
    };
    let mut found = Vec::new();
    let mut fields = Vec::new();
    for column in table.columns {
        let (old, new) = (&base[column.name], wanted.get(column.name).unwrap_or(&Value::Null));
        if old != new {
            fields.push(column.name);
            found.push(difference(column.name, if created { Value::Null } else { old.clone() }, new));
        }
    }
    if found.is_empty() {
        return Ok(found);
    }
    if is_new {
        table::insert(conn, table, wanted)?;
    } else {
        if fields.contains(&"assessment") {
            return Err(Error::Dangling);
        }
        table::update(conn, table, &key, wanted, &fields)?;
    }
    Ok(found)
}

fn blank_answer(wanted: &Row) -> Result<Row> {
    let part = |name: &str| wanted.get(name).and_then(Value::as_str).unwrap_or_default();
    let assessment = part("assessment").parse().map_err(|_| Error::Constraint("answer.assessment".to_owned()))?;
    to_row(&Answer::blank(assessment, part("item")))
}

/// A round must name a pack that is here and rounds before it that end somewhere.
fn check_round(conn: &Connection, round: &Assessment) -> Result<()> {
    let known = conn.prepare_cached("SELECT 1 FROM pack WHERE sha256 = ?1")?.exists([&round.pack_sha256])?;
    if !known {
        return Err(Error::UnknownPack(round.pack_sha256.clone()));
    }
    let mut seen = HashSet::from([round.id]);
    let mut next = round.predecessor;
    while let Some(id) = next {
        if !seen.insert(id) {
            return Err(Error::PredecessorLoop);
        }
        next = table::round(conn, id)?.ok_or(Error::UnknownAssessment(id))?.predecessor;
    }
    Ok(())
}

/// What sort of batch a change of this field makes, were it the only one; for more see [`BatchKind::with`].
pub(crate) fn kind_of(entity: Entity, field: &str) -> BatchKind {
    match entity {
        Entity::SignOff => BatchKind::Fixed,
        Entity::Assessment if matches!(field, "id" | "frozen" | "revision") => BatchKind::Fixed,
        Entity::Report => BatchKind::Report,
        _ => BatchKind::Edit,
    }
}

/// The round of an act must exist before anything is undone in it.
pub(crate) fn require_round(conn: &Connection, id: Id) -> Result<Assessment> {
    table::round(conn, id)?.ok_or(Error::UnknownAssessment(id))
}
