//! The schema, as ordered migrations; `user_version` counts those applied.

use crate::{Error, Result};
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::sync::OnceLock;

/// `BSH1` in the database header.
pub(crate) const APPLICATION_ID: u32 = 0x4253_4831;

/// Each file is one step, applied in one transaction together with the new `user_version`. Released files never change.
const STEPS: [&str; 3] = [
    include_str!("../migrations/001-tables.sql"),
    include_str!("../migrations/002-guards.sql"),
    include_str!("../migrations/003-checkup.sql"),
];

/// Version this program writes.
pub(crate) const VERSION: u32 = 3;
const _: () = assert!(STEPS.len() == VERSION as usize);

/// Brings a connection to [`VERSION`].
pub(crate) fn migrate(conn: &mut Connection) -> Result<()> {
    apply(conn, &STEPS)
}

fn apply(conn: &mut Connection, steps: &[&'static str]) -> Result<()> {
    migrations(steps).to_latest(conn).map_err(|error| match error {
        // Its own words hold the whole step.
        rusqlite_migration::Error::RusqliteError { err, .. } => match Error::from(err) {
            room @ (Error::DiskFull | Error::DiskFailed(_)) => room,
            other => Error::Migration(other.to_string()),
        },
        other => Error::Migration(format!("{other:?}").chars().take(200).collect()),
    })
}

fn migrations(steps: &[&'static str]) -> Migrations<'static> {
    Migrations::new(steps.iter().map(|sql| M::up(sql).foreign_key_check()).collect())
}

/// Whether the schema is exactly the one that this version (1 … [`VERSION`]) of the program made. A view or trigger that somebody
/// slipped in could change what a harmless looking query does, so such a file is not used.
pub(crate) fn check(conn: &Connection, version: u32) -> Result<()> {
    static EXPECTED: OnceLock<Vec<Option<Vec<String>>>> = OnceLock::new();
    let expected = EXPECTED.get_or_init(|| {
        let fresh = |steps: usize| {
            let mut fresh = Connection::open_in_memory().ok()?;
            apply(&mut fresh, &STEPS[..steps]).ok()?;
            statements(&fresh).ok()
        };
        (1..=STEPS.len()).map(fresh).collect()
    });
    let wanted = (version as usize).checked_sub(1).and_then(|index| expected.get(index)?.as_ref());
    if wanted == Some(&statements(conn)?) {
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
    use super::{Connection, STEPS, VERSION, apply, check, migrate, migrations};

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
            check(&conn, VERSION).unwrap();
            conn.execute_batch(sql).unwrap();
            assert_eq!(check(&conn, VERSION).unwrap_err().code(), "workspace_damaged", "{sql}");
        }
    }

    #[test]
    fn a_version_is_held_to_its_own_schema() {
        let mut conn = Connection::open_in_memory().unwrap();
        apply(&mut conn, &STEPS[..1]).unwrap();
        check(&conn, 1).unwrap();
        for other in [0, 2, 3, 4] {
            assert_eq!(check(&conn, other).unwrap_err().code(), "workspace_damaged", "{other}");
        }
    }

    #[test]
    fn a_step_that_fails_halfway_leaves_the_version_before() {
        let mut conn = Connection::open_in_memory().unwrap();
        apply(&mut conn, &STEPS[..1]).unwrap();
        let broken = "DROP TABLE report; CREATE TABLE report2 (id TEXT) STRICT; INSERT INTO nowhere VALUES (1);";
        let error = apply(&mut conn, &[STEPS[0], broken]).unwrap_err();
        assert_eq!(error.code(), "migration_failed");
        assert!(error.to_string().len() < 400, "{error}");
        check(&conn, 1).unwrap();
    }
}
