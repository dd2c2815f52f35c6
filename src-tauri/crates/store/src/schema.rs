//! The schema, as ordered steps, and what each version of it holds; `user_version` counts the steps applied.
//!
//! A database of any version is read as what it is: whatever reads one names its [`Version`], and that knows the tables and columns.

mod legacy;

pub(crate) use legacy::was_proposed;

use crate::row::{Column, Table};
use crate::{Error, Result, table};
use rusqlite::{Connection, Transaction};
use rusqlite_migration::{HookResult, M, Migrations};
use std::sync::OnceLock;

/// `BSH1` in the database header.
pub(crate) const APPLICATION_ID: u32 = 0x4253_4831;

/// From one version to the next. Released steps never change.
pub(crate) struct Step {
    /// What becomes of the tables.
    pub sql: &'static str,
    /// What becomes of the rows, where SQL alone cannot say it.
    pub rows: fn(&Transaction<'_>) -> HookResult,
}

impl Step {
    const fn plain(sql: &'static str) -> Self {
        Self { sql, rows: |_| Ok(()) }
    }
}

/// Each is applied in one transaction together with the new `user_version`.
static STEPS: [Step; VERSION as usize] = [
    Step::plain(include_str!("../migrations/001-tables.sql")),
    Step::plain(include_str!("../migrations/002-guards.sql")),
    Step::plain(include_str!("../migrations/003-checkup.sql")),
    Step { sql: include_str!("../migrations/004-growth.sql"), rows: legacy::mark_proposals },
    Step::plain(include_str!("../migrations/005-further.sql")),
];

/// Version this program writes.
pub(crate) const VERSION: u32 = 5;

/// The first version whose batches name the schema they were written with.
pub(crate) const BATCH_NAMES_SCHEMA: u32 = 4;

/// What this program knows of databases.
pub(crate) static SCHEMA: Schema = Schema::of(&STEPS, &table::ALL);

/// The version that is open for work.
pub(crate) static CURRENT: Version = Version { schema: &SCHEMA, number: VERSION };

/// All that a program knows of its databases. It only grows.
pub(crate) struct Schema {
    steps: &'static [Step],
    /// An entity before those that refer to it.
    tables: &'static [&'static Table],
    /// The statements that make each version.
    statements: OnceLock<Vec<Option<Vec<String>>>>,
}

impl Schema {
    pub(crate) const fn of(steps: &'static [Step], tables: &'static [&'static Table]) -> Self {
        Self { steps, tables, statements: OnceLock::new() }
    }

    /// One version of it, of a file that says so.
    pub(crate) const fn version(&'static self, number: u32) -> Version {
        Version { schema: self, number }
    }

    /// Brings a connection to the newest version.
    pub(crate) fn migrate(&self, conn: &mut Connection) -> Result<()> {
        apply(conn, self.steps)
    }
}

impl std::fmt::Debug for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Version({})", self.number)
    }
}

/// One version of a schema: what a database of it holds.
#[derive(Clone, Copy)]
pub(crate) struct Version {
    schema: &'static Schema,
    pub number: u32,
}

impl Version {
    /// The tables it has.
    pub(crate) fn tables(self) -> impl Iterator<Item = &'static Table> {
        self.schema.tables.iter().copied().filter(move |table| table.since <= self.number)
    }

    /// The table that a name in its log means.
    ///
    /// # Errors
    /// [`Error::Damaged`]: no program of this version wrote that.
    pub(crate) fn table(self, name: &str) -> Result<&'static Table> {
        self.tables().find(|table| table.name == name).ok_or_else(|| Error::Damaged(format!("变更记录 {name}")))
    }

    /// The columns that a table has in it. Columns are added at the end.
    pub(crate) fn columns(self, table: &Table) -> &'static [Column] {
        &table.columns[..table.columns.partition_point(|column| column.since <= self.number)]
    }

    /// Whether the schema of a database is exactly the one that the program made in this version. A view or trigger that somebody
    /// slipped in could change what a harmless looking query does, so such a file is not used.
    pub(crate) fn check(self, conn: &Connection) -> Result<()> {
        let statements_of = |steps: usize| {
            let mut fresh = Connection::open_in_memory().ok()?;
            apply(&mut fresh, &self.schema.steps[..steps]).ok()?;
            statements(&fresh).ok()
        };
        let known = self.schema.statements.get_or_init(|| (1..=self.schema.steps.len()).map(statements_of).collect());
        let wanted = (self.number as usize).checked_sub(1).and_then(|index| known.get(index)?.as_ref());
        if wanted == Some(&statements(conn)?) {
            Ok(())
        } else {
            Err(Error::Damaged("数据库结构与本程序不符".to_owned()))
        }
    }
}

fn apply(conn: &mut Connection, steps: &'static [Step]) -> Result<()> {
    migrations(steps).to_latest(conn).map_err(|error| match error {
        // Its own words hold the whole step.
        rusqlite_migration::Error::RusqliteError { err, .. } => match Error::from(err) {
            room @ (Error::DiskFull | Error::DiskFailed(_)) => room,
            other => Error::Migration(other.to_string()),
        },
        other => Error::Migration(format!("{other:?}").chars().take(200).collect()),
    })
}

fn migrations(steps: &'static [Step]) -> Migrations<'static> {
    Migrations::new(steps.iter().map(|step| M::up_with_hook(step.sql, step.rows).foreign_key_check()).collect())
}

fn statements(conn: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema \
               WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";
    let mut statement = conn.prepare(sql)?;
    let found = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(found)
}

#[cfg(test)]
mod further;
#[cfg(test)]
mod tests;
