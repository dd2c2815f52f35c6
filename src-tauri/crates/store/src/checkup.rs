//! When the whole file was last looked through. A failing disk tells nobody; a weekly look finds the harm while there are still
//! backups from before it.

use crate::{Error, Result};
use chrono::{DateTime, Duration};
use domain::Instant;
use rusqlite::{Connection, OptionalExtension as _, params};

/// Days between two looks when every session ended as it should.
const DAYS: i64 = 7;

/// Whether the last look is a week ago, or was never, or is said to be in the future (a clock was wrong).
pub(crate) fn is_due(conn: &Connection, now: Instant) -> Result<bool> {
    let last: Option<String> = conn.query_row("SELECT checked_at FROM checkup", [], |row| row.get(0)).optional()?;
    let last = last.and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
    Ok(last.is_none_or(|last| {
        let age = now.signed_duration_since(last);
        age < Duration::zero() || age >= Duration::days(DAYS)
    }))
}

/// Notes that the file was looked through and is sound. A note that cannot be written (full disk) only means that the next opening
/// looks again.
pub(crate) fn note(conn: &Connection, now: Instant) {
    let sql = "INSERT INTO checkup (id, checked_at) VALUES (1, ?1) \
               ON CONFLICT (id) DO UPDATE SET checked_at = excluded.checked_at";
    if let Err(error) = conn.execute(sql, params![now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)]) {
        tracing::warn!(code = Error::from(error).code(), "the look at the database could not be noted");
    }
}
