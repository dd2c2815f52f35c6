//! Rows as flat JSON objects, and the way between them and `SQLite`.
//!
//! The domain's structs serialise to flat objects; the log speaks of fields of such objects. So one generic pair of functions
//! moves rows in and out, and a table is only its list of columns.

use crate::{Error, Result};
use domain::Entity;
use rusqlite::types::{Value as Sql, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// One row: field name → value.
pub(crate) type Row = Map<String, Value>;

/// How a field is kept in `SQLite`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// String.
    Text,
    /// String or null: dates, times, optional references.
    OptText,
    /// Unsigned number.
    Integer,
    /// 0 or 1.
    Flag,
    /// A list, as JSON text.
    List,
    /// A list or null, as JSON text.
    OptList,
}

/// One field of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Name of the field and of the column.
    pub name: &'static str,
    /// How it is kept.
    pub kind: Kind,
    /// The first version of the schema that has it.
    pub since: u32,
    /// What it holds in rows from before that.
    pub before: Before,
}

/// From the JSON of a row's fields by name to the JSON of one more.
pub(crate) type Rule = fn(&dyn Fn(&str) -> String) -> &'static str;

/// What a column holds in rows that were written before there was such a column: it has it without a word in the log.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Before {
    /// The blank of its kind.
    Blank,
    /// This JSON.
    Is(&'static str),
    /// JSON that follows from the JSON of the row's other fields, as they were.
    Follows(Rule),
}

impl Column {
    const fn first(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, since: 1, before: Before::Blank }
    }

    /// The same, added by a version.
    pub(crate) const fn since(self, since: u32, before: Before) -> Self {
        Self { since, before, ..self }
    }
}

/// One entity's table.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its name, in `SQLite` and in the log.
    pub name: &'static str,
    /// Which entity.
    pub entity: Entity,
    /// The first version of the schema that has it.
    pub since: u32,
    /// Its fields, those of the first version first.
    pub columns: &'static [Column],
    /// The fields that make its key, joined by `/` in the log. The first one marks a creation in the log, save for answers.
    pub key: &'static [&'static str],
}

/// A domain struct with a table.
pub(crate) trait Stored: Serialize + DeserializeOwned {
    /// Its table.
    const TABLE: &'static Table;
}

pub(crate) const fn text(name: &'static str) -> Column {
    Column::first(name, Kind::Text)
}
pub(crate) const fn opt_text(name: &'static str) -> Column {
    Column::first(name, Kind::OptText)
}
pub(crate) const fn integer(name: &'static str) -> Column {
    Column::first(name, Kind::Integer)
}
pub(crate) const fn flag(name: &'static str) -> Column {
    Column::first(name, Kind::Flag)
}
pub(crate) const fn list(name: &'static str) -> Column {
    Column::first(name, Kind::List)
}
pub(crate) const fn opt_list(name: &'static str) -> Column {
    Column::first(name, Kind::OptList)
}

impl Kind {
    /// The value of a field nobody has filled in; such fields are left out of the log when a row is created.
    pub(crate) fn blank(self) -> Value {
        match self {
            Self::Text => Value::String(String::new()),
            Self::OptText | Self::OptList => Value::Null,
            Self::Integer => Value::from(0_u32),
            Self::Flag => Value::Bool(false),
            Self::List => Value::Array(Vec::new()),
        }
    }

    /// [`Self::blank`] as JSON.
    pub(crate) const fn blank_json(self) -> &'static str {
        match self {
            Self::Text => "\"\"",
            Self::OptText | Self::OptList => "null",
            Self::Integer => "0",
            Self::Flag => "false",
            Self::List => "[]",
        }
    }

    /// Whether a value out of `SQLite` is the one that this JSON says; `None` when a column cannot hold it. `scratch` is for use
    /// again by whoever compares many.
    pub(crate) fn is(self, value: ValueRef<'_>, json: &str, scratch: &mut Vec<u8>) -> Option<bool> {
        scratch.clear();
        let is_written = match (self, value) {
            (Self::Text | Self::OptText, ValueRef::Text(text)) => {
                serde_json::to_writer(&mut *scratch, std::str::from_utf8(text).ok()?).is_ok()
            }
            (Self::Integer, ValueRef::Integer(number)) => serde_json::to_writer(&mut *scratch, &number).is_ok(),
            // Lists are kept as the text that is logged, but another program may write the same list in another way.
            _ => false,
        };
        Some(is_written && scratch == json.as_bytes() || same_json(&self.value_of(value)?, json))
    }

    fn to_sql(self, value: &Value) -> Result<Sql> {
        Ok(match (self, value) {
            (Self::Text | Self::OptText, Value::String(text)) => Sql::Text(text.clone()),
            (Self::OptText | Self::OptList, Value::Null) => Sql::Null,
            (Self::Integer, Value::Number(number)) if number.is_i64() => {
                Sql::Integer(number.as_i64().unwrap_or_default())
            }
            (Self::Flag, Value::Bool(flag)) => Sql::Integer(i64::from(*flag)),
            (Self::List | Self::OptList, Value::Array(_)) => Sql::Text(value.to_string()),
            _ => return Err(Error::Constraint(format!("{value} 不是 {self:?}"))),
        })
    }

    fn value_of(self, value: ValueRef<'_>) -> Option<Value> {
        Some(match (self, value) {
            (Self::Text | Self::OptText, ValueRef::Text(text)) => {
                Value::String(std::str::from_utf8(text).ok()?.to_owned())
            }
            (Self::OptText | Self::OptList, ValueRef::Null) => Value::Null,
            (Self::Integer, ValueRef::Integer(number)) => Value::from(number),
            (Self::Flag, ValueRef::Integer(number @ (0 | 1))) => Value::Bool(number == 1),
            (Self::List | Self::OptList, ValueRef::Text(text)) => serde_json::from_slice(text).ok()?,
            _ => return None,
        })
    }
}

impl Table {
    /// A table of the first version.
    pub(crate) const fn of(entity: Entity, columns: &'static [Column], key: &'static [&'static str]) -> Self {
        Self { name: entity.table(), entity, since: 1, columns, key }
    }

    /// The same, added by a version.
    pub(crate) const fn since(self, since: u32) -> Self {
        Self { since, ..self }
    }

    /// Key of a row as the log writes it: `<id>`, `<assessment>/<item>`, `<evidence>/<item>`.
    pub(crate) fn key_of(&self, row: &Row) -> String {
        let part = |name: &&str| row.get(*name).and_then(Value::as_str).unwrap_or_default();
        self.key.iter().map(part).collect::<Vec<_>>().join("/")
    }

    /// [`Self::key_of`] a row out of a `SELECT` of all columns.
    pub(crate) fn key_in(&self, from: &rusqlite::Row<'_>) -> Result<String> {
        let mut key = String::with_capacity(48);
        for name in self.key {
            let value =
                self.columns.iter().position(|c| c.name == *name).map(|index| from.get_ref(index)).transpose()?;
            let part = value.and_then(|value| value.as_str().ok());
            let part = part.ok_or_else(|| Error::Damaged(format!("{}.{name}", self.name)))?;
            if !key.is_empty() {
                key.push('/');
            }
            key.push_str(part);
        }
        Ok(key)
    }

    /// How a field is kept; `None` when the table has no such field.
    pub(crate) fn kind_of(&self, field: &str) -> Option<Kind> {
        self.columns.iter().find(|c| c.name == field).map(|c| c.kind)
    }

    /// One row out of a `SELECT` of all columns.
    pub(crate) fn read(&self, from: &rusqlite::Row<'_>) -> Result<Row> {
        let mut row = Row::new();
        for (index, column) in self.columns.iter().enumerate() {
            let value = column.kind.value_of(from.get_ref(index)?);
            let value = value.ok_or_else(|| Error::Damaged(format!("{}.{}", self.name, column.name)))?;
            row.insert(column.name.to_owned(), value);
        }
        Ok(row)
    }

    /// The `SQLite` value of one field of a row.
    pub(crate) fn sql(&self, column: &Column, row: &Row) -> Result<Sql> {
        column.kind.to_sql(row.get(column.name).unwrap_or(&Value::Null))
    }
}

fn same_json(value: &Value, json: &str) -> bool {
    serde_json::from_str::<Value>(json).is_ok_and(|other| other == *value)
}

/// `a, b, c`.
pub(crate) fn names(columns: &[Column]) -> String {
    columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
}

/// A struct as a row.
pub(crate) fn to_row<T: Stored>(value: &T) -> Result<Row> {
    match serde_json::to_value(value) {
        Ok(Value::Object(row)) => Ok(row),
        Ok(_) | Err(_) => Err(Error::Constraint(T::TABLE.name.to_owned())),
    }
}

/// A row as a struct. A row that does not fit was not written by this program.
pub(crate) fn from_row<T: Stored>(row: Row) -> Result<T> {
    serde_json::from_value(Value::Object(row)).map_err(|e| Error::Damaged(format!("{}: {e}", T::TABLE.name)))
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_blank_is_written_as_it_is() {
        for kind in [Kind::Text, Kind::OptText, Kind::Integer, Kind::Flag, Kind::List, Kind::OptList] {
            assert_eq!(kind.blank_json(), kind.blank().to_string(), "{kind:?}");
        }
    }
}
