//! The schema, as ordered migrations; `user_version` counts those applied.

use crate::{Error, Result};
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::sync::OnceLock;

/// `BSH1` in the database header.
pub(crate) const APPLICATION_ID: u32 = 0x4253_4831;

/// Each file is one step, applied in one transaction together with the new `user_version`. Released files never change.
const STEPS: [&str; 2] = [include_str!("../migrations/001-tables.sql"), include_str!("../migrations/002-guards.sql")];

/// Version this program writes.
pub(crate) const VERSION: u32 = 2;
const _: () = assert!(STEPS.len() == VERSION as usize);

/// Brings a connection to [`VERSION`].
pub(crate) fn migrate(conn: &mut Connection) -> Result<()> {
    migrations(&STEPS).to_latest(conn).map_err(|error| match error {
        // Its own words hold the whole step.
        rusqlite_migration::Error::RusqliteError { err, .. } => match Error::from(err) {
            Error::DiskFull => Error::DiskFull,
            other => Error::Migration(other.to_string()),
        },
        other => Error::Migration(format!("{other:?}").chars().take(200).collect()),
    })
}

fn migrations(steps: &[&'static str]) -> Migrations<'static> {
    Migrations::new(steps.iter().map(|sql| M::up(sql).foreign_key_check()).collect())
}

/// Whether the schema is exactly the one this program makes. A view or trigger that somebody slipped in could change what a
/// harmless looking query does, so such a file is not used.
pub(crate) fn check(conn: &Connection) -> Result<()> {
    static EXPECTED: OnceLock<Option<Vec<String>>> = OnceLock::new();
    let expected = EXPECTED.get_or_init(|| {
        let mut fresh = Connection::open_in_memory().ok()?;
        migrate(&mut fresh).ok()?;
        statements(&fresh).ok()
    });
    if expected.as_deref() == Some(&statements(conn)?) {
        Ok(())
    } else {
        Err(Error::Damaged("数据库结构与本程序不符".to_owned()))
    }
}

fn statements(conn: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema \
               WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";
    let mut statement = conn.prepare(sql)?;
    let found = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Connection, STEPS, check, migrate, migrations};

    #[test]
    fn every_step_applies_to_the_one_before() {
        migrations(&STEPS).validate().unwrap();
    }

    #[test]
    fn a_slipped_in_view_or_trigger_is_noticed() {
        for sql in
            ["CREATE VIEW v AS SELECT 1", "DROP TRIGGER change_no_delete", "ALTER TABLE answer ADD COLUMN x TEXT"]
        {
            let mut conn = Connection::open_in_memory().unwrap();
            migrate(&mut conn).unwrap();
            check(&conn).unwrap();
            conn.execute_batch(sql).unwrap();
            assert_eq!(check(&conn).unwrap_err().code(), "workspace-damaged", "{sql}");
        }
    }
}
