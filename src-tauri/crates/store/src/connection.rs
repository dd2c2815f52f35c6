//! A `SQLite` connection with every setting that protects the data, each read back.

use crate::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// How long a write waits for another program before it is refused, in milliseconds.
const BUSY_MS: &str = "5000";

/// Pragma, wanted value, value as it is read back.
///
/// TRUNCATE with EXTRA and not WAL: users copy this one file around, and a copied WAL database silently lacks what was saved
/// last. EXTRA also covers a fall back to DELETE, where the journal's disappearance must be durable.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("busy_timeout", BUSY_MS, BUSY_MS),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", "3"),
    ("fullfsync", "ON", "1"),
    ("foreign_keys", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("mmap_size", "0", "0"),
    ("secure_delete", "ON", "1"),
    ("temp_store", "MEMORY", "2"),
    ("recursive_triggers", "ON", "1"),
];

/// Opens the database for reading and writing.
pub(crate) fn open(path: &Path) -> Result<Connection> {
    let conn = raw(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    apply(&conn, |_| true)?;
    Ok(conn)
}

/// Opens a database for reading: ours on read-only media, or a copy that is to be looked at.
pub(crate) fn open_read_only(path: &Path) -> Result<Connection> {
    let conn = raw(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    // The journal mode is a matter of writers, and `secure_delete` of what they leave.
    apply(&conn, |name| !matches!(name, "journal_mode" | "secure_delete"))?;
    Ok(conn)
}

fn raw(path: &Path, access: OpenFlags) -> Result<Connection> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

fn apply(conn: &Connection, wanted_here: impl Fn(&str) -> bool) -> Result<()> {
    for &(name, value, read_back) in SETTINGS.iter().filter(|s| wanted_here(s.0)) {
        // `mmap_size` and friends answer with a row, others do not; both are fine here, the read back decides.
        conn.pragma_update_and_check(None, name, value, |_| Ok(())).or_else(|e| match e {
            rusqlite::Error::QueryReturnedNoRows => Ok(()),
            e => Err(e),
        })?;
        let found = conn.pragma_query_value(None, name, |row| row.get::<_, Value>(0)).map_or_else(
            |e| if matches!(e, rusqlite::Error::QueryReturnedNoRows) { Ok(String::new()) } else { Err(e) },
            |v| Ok(text(v)),
        )?;
        if found != read_back {
            return Err(Error::Setting { name, wanted: value, found });
        }
    }
    Ok(())
}

fn text(value: Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Null | Value::Real(_) | Value::Blob(_) => String::new(),
    }
}

/// Structure of the file: every page is where it belongs. Does not prove content; the hashes of the log do.
pub(crate) fn quick_check(conn: &Connection) -> Result<()> {
    checked(conn, "quick_check")
}

/// As [`quick_check`], and every index agrees with its table.
pub(crate) fn integrity_check(conn: &Connection) -> Result<()> {
    checked(conn, "integrity_check")
}

/// The whole file, free pages included. Only when something is wrong is it asked table by table, to name those that are affected.
fn checked(conn: &Connection, check: &str) -> Result<()> {
    let verdict = |what: &str| conn.query_row(&format!("PRAGMA {check}({what})"), [], |row| row.get::<_, String>(0));
    let found = verdict("1")?;
    // Every page was read, and most of them will not be asked for again.
    conn.execute_batch("PRAGMA shrink_memory")?;
    if found == "ok" {
        return Ok(());
    }
    let mut affected = tables(conn).unwrap_or_default();
    affected.retain(|table| !verdict(&format!("'{table}'")).is_ok_and(|v| v == "ok"));
    let affected = if affected.is_empty() { "空闲页".to_owned() } else { affected.join("、") };
    Err(Error::Damaged(format!("受影响：{affected}；{}", found.replace('\n', " "))))
}

fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let ours = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%''%' ORDER BY name";
    conn.prepare(ours)?.query_map([], |row| row.get(0))?.collect()
}
