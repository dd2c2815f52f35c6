//! The change log in one pass, as it lies in the database: rows are borrowed, not built, and each is hashed over the one before.
//!
//! A doctor reads hundreds of thousands of changes. What a batch shares is read and written out once for all its changes; values
//! stay the JSON text that they are.

use crate::log::{self, GENESIS, Shared};
use crate::row::Table;
use crate::schema::{BATCH_NAMES_SCHEMA, Version};
use crate::{Error, Result};
use domain::{Id, Instant};
use rusqlite::{Connection, OptionalExtension as _, Params};
use sha2::{Digest as _, Sha256};

/// What all changes of a batch share.
#[derive(Debug)]
pub(crate) struct Batch {
    /// Its place among the batches.
    pub ordinal: i64,
    /// The round.
    pub assessment: Id,
    /// When.
    pub at: Instant,
    /// The schema in whose fields its changes speak.
    pub schema: u32,
    /// The canonical text of all that its changes share, as far as it goes.
    shared: Vec<u8>,
}

/// One change.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub seq: u32,
    pub batch: &'a Batch,
    pub table: &'static Table,
    pub key: &'a str,
    pub field: &'a str,
    /// JSON, as it was written.
    pub old: &'a str,
    /// JSON, as it was written.
    pub new: &'a str,
    hash: &'a str,
}

/// Calls `take` with the changes in a database of some version that meet a condition on `change c`. Changes of a batch that is not there are left out.
pub(crate) fn walk(
    conn: &Connection,
    version: Version,
    condition: &str,
    values: impl Params,
    mut take: impl FnMut(&Entry<'_>) -> Result<()>,
) -> Result<()> {
    let columns = "c.seq, c.batch, c.entity, c.key, c.field, c.old, c.new, c.hash";
    let mut changes = conn.prepare_cached(&format!("SELECT {columns} FROM change c {condition}"))?;
    let mut rows = changes.query(values)?;
    let mut batch: Option<Batch> = None;
    while let Some(row) = rows.next()? {
        let ordinal = row.get(1)?;
        if batch.as_ref().is_none_or(|b| b.ordinal != ordinal) {
            batch = read_batch(conn, version, ordinal)?;
        }
        let Some(batch) = &batch else { continue };
        let text = |index| row.get_ref(index)?.as_str().map_err(|_| broken("的文字"));
        take(&Entry {
            seq: row.get(0)?,
            batch,
            table: version.table(text(2)?)?,
            key: text(3)?,
            field: text(4)?,
            old: text(5)?,
            new: text(6)?,
            hash: text(7)?,
        })?;
    }
    Ok(())
}

fn read_batch(conn: &Connection, version: Version, ordinal: i64) -> Result<Option<Batch>> {
    let schema = if version.number < BATCH_NAMES_SCHEMA { version.number.to_string() } else { "schema".to_owned() };
    let sql = format!("SELECT id, assessment, action, actor, at, {schema} FROM batch WHERE ordinal = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let texts = statement.query_row([ordinal], |row| {
        let text = |index| row.get::<_, String>(index);
        Ok(([text(0)?, text(1)?, text(2)?, text(3)?, text(4)?], row.get(5)?))
    });
    let Some(([id, assessment, action, actor, at], schema)) = texts.optional()? else { return Ok(None) };
    let id: Id = id.parse().map_err(|_| broken("id"))?;
    let assessment: Id = assessment.parse().map_err(|_| broken("id"))?;
    let at: Instant = serde_json::from_value(at.into()).map_err(|_| broken("at"))?;
    let mut shared = Vec::with_capacity(256);
    let head = Shared { action: &action, actor: &actor, assessment, at, batch: id };
    head.write(&mut shared).map_err(|e| Error::Damaged(e.to_string()))?;
    Ok(Some(Batch { ordinal, assessment, at, schema, shared }))
}

fn broken(what: &str) -> Error {
    Error::Damaged(format!("变更记录 {what}"))
}

/// The chain so far.
#[derive(Debug)]
pub(crate) struct Chain {
    /// Hash of the change before.
    head: String,
    bytes: Vec<u8>,
}

impl Chain {
    pub(crate) fn new() -> Self {
        Self { head: GENESIS.to_owned(), bytes: Vec::with_capacity(1024) }
    }

    /// Whether the hash of this change follows from the one before. The chain goes on from the hash that is written there.
    ///
    /// # Errors
    /// When a value is no JSON.
    pub(crate) fn follows(&mut self, entry: &Entry<'_>) -> Result<bool> {
        self.bytes.clear();
        self.bytes.extend(self.head.as_bytes());
        self.bytes.extend(&entry.batch.shared);
        let Entry { seq, batch: _, table, key, field, old, new, hash } = entry;
        let written = log::write_own(&mut self.bytes, table.name, key, field, old, new, *seq);
        written.map_err(|_| broken("old/new"))?;
        let follows = is_hex(&Sha256::digest(&self.bytes), hash);
        (*hash).clone_into(&mut self.head);
        Ok(follows)
    }
}

/// Whether a text is these bytes in lower-case hex digits.
fn is_hex(bytes: &[u8], text: &str) -> bool {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]);
    text.bytes().eq(digits)
}

/// Checks that the log has no gaps and that every hash follows from the one before.
///
/// # Errors
/// [`Error::Damaged`] naming the first change that does not fit.
pub(crate) fn verify(conn: &Connection, version: Version) -> Result<()> {
    let (mut seq, mut chain) = (0_u32, Chain::new());
    walk(conn, version, "ORDER BY c.seq", [], |entry| {
        seq += 1;
        if entry.seq != seq {
            return Err(Error::Damaged(format!("变更记录第 {seq} 条缺失")));
        }
        if !chain.follows(entry)? {
            return Err(Error::Damaged(format!("变更记录第 {seq} 条的校验值不符")));
        }
        Ok(())
    })?;
    let rows: u32 = conn.query_row("SELECT count(*) FROM change", [], |row| row.get(0))?;
    if rows == seq { Ok(()) } else { Err(Error::Damaged(format!("变更记录第 {} 条所属操作缺失", seq + 1))) }
}
