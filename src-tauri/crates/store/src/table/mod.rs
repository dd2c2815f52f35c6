//! One file per table: its columns, and that its struct belongs to it.

mod answer;
mod assessment;
mod evidence;
mod finding;
mod keeper;
mod link;
mod paper;
mod report;
mod sign_off;
mod task;

use crate::row::{Row, Stored, Table, names};
use crate::schema::{CURRENT, Version};
use crate::{Error, Result, typed};
use domain::{Assessment, Entity, Id};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Params, params, params_from_iter};

macro_rules! tables {
    ($($name:ident($row:ident) $table:literal of $round:ident, listed as $list:ident: $many:ident;)*) => {
        /// All tables, an entity before those that refer to it.
        pub(crate) const ALL: [&Table; Entity::ALL.len()] = [$(domain::$row::TABLE,)*];

        /// The table of an entity.
        pub(crate) fn of(entity: Entity) -> &'static Table {
            match entity {
                $(Entity::$name => domain::$row::TABLE,)*
            }
        }
    };
}
domain::entities!(tables);

/// Calls `take` with the rows of a database of some version that meet a condition, borrowed.
pub(crate) fn visit(
    conn: &Connection,
    version: Version,
    table: &Table,
    condition: &str,
    values: impl Params,
    take: impl FnMut(&rusqlite::Row<'_>) -> Result<()>,
) -> Result<()> {
    each(conn, version, table, condition, values, take).map(drop)
}

/// Rows that meet a condition, as the log sees them.
pub(crate) fn rows(conn: &Connection, table: &Table, condition: &str, values: impl Params) -> Result<Vec<Row>> {
    each(conn, CURRENT, table, condition, values, |row| table.read(row))
}

/// Rows that meet a condition, as structs.
pub(crate) fn select<T: Stored>(conn: &Connection, condition: &str, values: impl Params) -> Result<Vec<T>> {
    select_in(conn, CURRENT, condition, values)
}

/// As [`select`], out of a database of some version: what it does not have yet is as the struct says.
pub(crate) fn select_in<T: Stored>(
    conn: &Connection,
    version: Version,
    condition: &str,
    values: impl Params,
) -> Result<Vec<T>> {
    let columns = version.columns(T::TABLE);
    each(conn, version, T::TABLE, condition, values, |row| typed::read(T::TABLE, columns, row))
}

fn each<T>(
    conn: &Connection,
    version: Version,
    table: &Table,
    condition: &str,
    values: impl Params,
    mut read: impl FnMut(&rusqlite::Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let sql = format!("SELECT {} FROM {} {condition}", names(version.columns(table)), table.name);
    let mut statement = conn.prepare_cached(&sql)?;
    let mut found = statement.query(values)?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// All rows of one round, tombstones included.
pub(crate) fn of_round<T: Stored>(conn: &Connection, assessment: Id) -> Result<Vec<T>> {
    select(conn, "WHERE assessment = ?1", params![assessment.to_string()])
}

/// One round, tombstoned or not.
pub(crate) fn round(conn: &Connection, id: Id) -> Result<Option<Assessment>> {
    Ok(select(conn, "WHERE id = ?1", params![id.to_string()])?.pop())
}

/// The row with this key.
pub(crate) fn by_key(conn: &Connection, table: &Table, key: &str) -> Result<Option<Row>> {
    let condition = key_condition(table);
    Ok(rows(conn, table, &format!("WHERE {condition}"), params_from_iter(key_parts(table, key)))?.pop())
}

/// Adds a row.
pub(crate) fn insert(conn: &Connection, table: &Table, row: &Row) -> Result<()> {
    let marks = vec!["?"; table.columns.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, names(table.columns));
    let values = table.columns.iter().map(|c| table.sql(c, row)).collect::<Result<Vec<_>>>()?;
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// Writes some fields of the row with this key.
pub(crate) fn update(conn: &Connection, table: &Table, key: &str, row: &Row, fields: &[&str]) -> Result<()> {
    let columns: Vec<_> = table.columns.iter().filter(|c| fields.contains(&c.name)).collect();
    let sets = columns.iter().map(|c| format!("{} = ?", c.name)).collect::<Vec<_>>().join(", ");
    let sql = format!("UPDATE {} SET {sets} WHERE {}", table.name, key_condition(table));
    let mut values = columns.iter().map(|c| table.sql(c, row)).collect::<Result<Vec<_>>>()?;
    values.extend(key_parts(table, key));
    match conn.prepare_cached(&sql)?.execute(params_from_iter(values))? {
        1 => Ok(()),
        _ => Err(Error::Damaged(format!("{} {key}", table.name))),
    }
}

fn key_condition(table: &Table) -> String {
    table.key.iter().map(|k| format!("{k} = ?")).collect::<Vec<_>>().join(" AND ")
}

/// `a/b` → the values of the key's columns. The first part is an id and holds no slash.
fn key_parts(table: &Table, key: &str) -> impl Iterator<Item = Sql> {
    let parts: Vec<_> = key.splitn(table.key.len(), '/').map(|part| Sql::Text(part.to_owned())).collect();
    parts.into_iter()
}

#[cfg(test)]
mod tests;
