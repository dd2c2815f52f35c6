//! The change log: appending to it, reading it, and what its hashes are taken over.

use crate::row::{Row, Table};
use crate::schema::{CURRENT, VERSION};
use crate::{Act, Error, Result};
use domain::snapshot::sha256_hex;
use domain::{Change, Entity, Id, Instant};
use rusqlite::{Connection, OptionalExtension as _, Params, params};
use serde::Serialize;
use serde_json::Value;

/// The hash before the first change.
pub(crate) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One field that differs, before it has a place in the log.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub entity: Entity,
    pub key: String,
    pub field: String,
    pub old: Value,
    pub new: Value,
}

/// What sort of batch it is for the undo list; see the migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BatchKind {
    Edit,
    Fixed,
    Report,
    Undo,
    Redo,
}

impl BatchKind {
    const ALL: [Self; 5] = [Self::Edit, Self::Fixed, Self::Report, Self::Undo, Self::Redo];

    const fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Fixed => "fixed",
            Self::Report => "report",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }

    /// What a batch with changes of both sorts is.
    pub(crate) const fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Fixed, _) | (_, Self::Fixed) => Self::Fixed,
            (Self::Report, other) => other,
            (this, _) => this,
        }
    }

    pub(crate) fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|k| k.name() == name);
        found.ok_or_else(|| Error::Damaged(format!("batch.kind = {name}")))
    }
}

/// Appends one batch and its changes. Part of the caller's transaction.
pub(crate) fn append(
    conn: &Connection,
    act: &Act,
    kind: BatchKind,
    reverses: Option<i64>,
    differences: Vec<Difference>,
) -> Result<Vec<Change>> {
    let id = act.batch.to_string();
    let taken = conn.prepare_cached("SELECT 1 FROM batch WHERE id = ?1")?.exists(params![id])?;
    if taken {
        return Err(Error::BatchReused(act.batch));
    }
    let at = instant_text(act)?;
    conn.prepare_cached(
        "INSERT INTO batch (id, assessment, action, actor, at, kind, reverses, schema) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![id, act.assessment.to_string(), act.action.name(), act.actor, at, kind.name(), reverses, VERSION])?;
    let ordinal = conn.last_insert_rowid();
    let (mut seq, mut head) = last(conn)?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO change (seq, batch, entity, key, field, old, new, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut changes = Vec::with_capacity(differences.len());
    for Difference { entity, key, field, old, new } in differences {
        seq = seq.checked_add(1).ok_or_else(|| Error::Constraint("变更记录已满".to_owned()))?;
        let (action, actor) = (act.action.name().to_owned(), act.actor.clone());
        let hash = String::new();
        let mut change = Change {
            seq,
            batch: act.batch,
            action,
            assessment: act.assessment,
            entity,
            key,
            field,
            old,
            new,
            actor,
            at: act.at,
            hash,
        };
        let (old, new) = (change.old.to_string(), change.new.to_string());
        change.hash = link(&head, &change, &old, &new)?;
        insert.execute(params![seq, ordinal, entity.table(), change.key, change.field, old, new, change.hash])?;
        head.clone_from(&change.hash);
        changes.push(change);
    }
    Ok(changes)
}

/// Hash of a change: SHA-256 over the hash before it and its own canonical JSON (RFC 8785) without the hash. `old` and `new` are
/// its values as JSON.
fn link(previous: &str, change: &Change, old: &str, new: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(512);
    bytes.extend(previous.as_bytes());
    write_canonical(change, old, new, &mut bytes).map_err(|e| Error::Constraint(e.to_string()))?;
    Ok(sha256_hex(&bytes))
}

/// Every field is named: one that is added to [`Change`] does not compile here until it is hashed.
fn write_canonical(change: &Change, old: &str, new: &str, to: &mut Vec<u8>) -> serde_json::Result<()> {
    let Change { seq, batch, action, assessment, entity, key, field, old: _, new: _, actor, at, hash: _ } = change;
    Shared { action, actor, assessment: *assessment, at: *at, batch: *batch }.write(to)?;
    write_own(to, entity.table(), key, field, old, new, *seq)
}

/// What all changes of a batch share.
pub(crate) struct Shared<'a> {
    pub action: &'a str,
    pub actor: &'a str,
    pub assessment: Id,
    pub at: Instant,
    pub batch: Id,
}

impl Shared<'_> {
    /// The canonical text of a change begins with it.
    pub(crate) fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
        write_field(to, "{\"action\":", &self.action)?;
        write_field(to, ",\"actor\":", &self.actor)?;
        write_field(to, ",\"assessment\":", &self.assessment)?;
        write_field(to, ",\"at\":", &self.at)?;
        write_field(to, ",\"batch\":", &self.batch)
    }
}

/// The rest of the canonical text of a change. A doctor hashes hundreds of thousands of changes, so the fields are written in their
/// canonical order straight away; only lists go through the canonicalizer.
pub(crate) fn write_own(
    to: &mut Vec<u8>,
    entity: &str,
    key: &str,
    field: &str,
    old: &str,
    new: &str,
    seq: u32,
) -> serde_json::Result<()> {
    write_field(to, ",\"entity\":", &entity)?;
    write_field(to, ",\"field\":", &field)?;
    write_field(to, ",\"key\":", &key)?;
    for (name, json) in [(",\"new\":", new), (",\"old\":", old)] {
        to.extend(name.as_bytes());
        if is_canonical(json) {
            to.extend(json.as_bytes());
        } else {
            serde_json_canonicalizer::to_writer(&serde_json::from_str::<Value>(json)?, to)?;
        }
    }
    write_field(to, ",\"seq\":", &seq)?;
    to.push(b'}');
    Ok(())
}

/// Strings, whole numbers and the three words are written by `serde_json` as RFC 8785 wants them.
fn is_canonical(json: &str) -> bool {
    match json.as_bytes() {
        [b'"', ..] => true,
        [b'-' | b'0'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        other => matches!(other, b"null" | b"true" | b"false"),
    }
}

fn write_field(to: &mut Vec<u8>, name: &str, value: &impl Serialize) -> serde_json::Result<()> {
    to.extend(name.as_bytes());
    serde_json::to_writer(to, value)
}

fn instant_text(act: &Act) -> Result<String> {
    match serde_json::to_value(act.at) {
        Ok(Value::String(text)) => Ok(text),
        _ => Err(Error::Constraint("at".to_owned())),
    }
}

/// Number and hash of the last change; `(0, GENESIS)` of an empty log.
pub(crate) fn last(conn: &Connection) -> Result<(u32, String)> {
    let mut statement = conn.prepare_cached("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1")?;
    let found = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.unwrap_or_else(|| (0, GENESIS.to_owned())))
}

/// Changes that meet a condition; `c` is the change, `b` its batch. For many thousands see [`crate::chain::walk`].
pub(crate) fn select(conn: &Connection, condition: &str, values: impl Params) -> Result<Vec<Change>> {
    let sql = format!(
        "SELECT c.seq, b.id, b.action, b.assessment, c.entity, c.key, c.field, c.old, c.new, b.actor, b.at, c.hash \
         FROM change c JOIN batch b ON b.ordinal = c.batch {condition}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &rusqlite::Row<'_>) -> Result<Change> {
    let text = |index: usize| -> Result<String> { Ok(row.get(index)?) };
    let broken = |what: &str| Error::Damaged(format!("变更记录 {what}"));
    let json = |index: usize| -> Result<Value> { serde_json::from_str(&text(index)?).map_err(|_| broken("old/new")) };
    let id = |index: usize| -> Result<Id> { text(index)?.parse().map_err(|_| broken("id")) };
    Ok(Change {
        seq: row.get(0)?,
        batch: id(1)?,
        action: text(2)?,
        assessment: id(3)?,
        entity: entity(&text(4)?)?,
        key: text(5)?,
        field: text(6)?,
        old: json(7)?,
        new: json(8)?,
        actor: text(9)?,
        at: serde_json::from_value(Value::String(text(10)?)).map_err(|_| broken("at"))?,
        hash: text(11)?,
    })
}

/// The entity that a name in the log means.
pub(crate) fn entity(name: &str) -> Result<Entity> {
    CURRENT.table(name).map(|table| table.entity)
}

/// Whether this change says that its row came into being.
pub(crate) fn is_creation(change: &Change) -> bool {
    creates(crate::table::of(change.entity), &change.field, change.old.is_null())
}

/// Whether a change of this field from nothing says that its row came into being. Answers never do: an answer that is not there
/// is a blank one.
pub(crate) fn creates(table: &Table, field: &str, from_nothing: bool) -> bool {
    table.entity != Entity::Answer && from_nothing && table.key.first() == Some(&field)
}

/// The row that a creation starts from, before the logged fields are filled in.
pub(crate) fn blank_row(table: &Table) -> Row {
    table.columns.iter().map(|c| (c.name.to_owned(), c.kind.blank())).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Change, Entity, Id, Value, write_canonical};
    use proptest::prelude::*;

    fn values() -> impl Strategy<Value = Value> {
        let member =
            ("\\PC{0,6}", any::<String>()).prop_map(|(role, name)| serde_json::json!({"role": role, "name": name}));
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u32>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            proptest::collection::vec(any::<String>(), 0..4).prop_map(Value::from),
            proptest::collection::vec(member, 0..3).prop_map(Value::from),
        ]
    }

    proptest! {
        /// The short way writes what the canonicalizer would.
        #[test]
        fn a_change_is_written_canonically(old in values(), new in values(), texts in any::<[String; 4]>(), seq: u32, millis in 0..4_000_000_000_000_i64) {
            let [action, key, field, actor] = texts;
            let at = chrono::DateTime::from_timestamp_millis(millis).unwrap();
            let id = Id::from_u128(u128::from(seq) << 64 | 7);
            let hash = "f".repeat(64);
            let change = Change { seq, batch: id, action, assessment: id, entity: Entity::SignOff, key, field, old, new, actor, at, hash };
            let mut whole = serde_json::to_value(&change).unwrap();
            whole.as_object_mut().unwrap().remove("hash");
            let mut bytes = Vec::new();
            let (old, new) = (change.old.to_string(), change.new.to_string());
            write_canonical(&change, &old, &new, &mut bytes).unwrap();
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), serde_json_canonicalizer::to_string(&whole).unwrap());
        }
    }
}
