//! Rows straight into structs. Lists of thousands are read on every click; going through a JSON object per row costs three times
//! as much.

use crate::row::{Column, Kind, Table};
use crate::{Error, Result};
use rusqlite::types::ValueRef;
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

type Refused = serde::de::value::Error;

/// One row out of a `SELECT` of these columns of a table.
///
/// # Errors
/// [`Error::Damaged`]: a row that does not fit was not written by this program.
pub(crate) fn read<T: DeserializeOwned>(table: &Table, columns: &[Column], row: &rusqlite::Row<'_>) -> Result<T> {
    T::deserialize(Fields { columns, row, next: 0 }).map_err(|e| Error::Damaged(format!("{}: {e}", table.name)))
}

/// A row as serde sees it: a map of field names to values.
struct Fields<'a> {
    columns: &'a [Column],
    row: &'a rusqlite::Row<'a>,
    next: usize,
}

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        match self.columns.get(self.next) {
            Some(column) => seed.deserialize(BorrowedStrDeserializer::new(column.name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let column = &self.columns[self.next];
        let value = self.row.get_ref(self.next).map_err(serde::de::Error::custom)?;
        self.next += 1;
        seed.deserialize(Field { kind: column.kind, value })
            .map_err(|e: Refused| serde::de::Error::custom(format!("{}: {e}", column.name)))
    }
}

/// One value as its column keeps it.
struct Field<'a> {
    kind: Kind,
    value: ValueRef<'a>,
}

impl Field<'_> {
    fn text(&self) -> Result<&str, Refused> {
        match self.value {
            ValueRef::Text(text) => std::str::from_utf8(text).map_err(serde::de::Error::custom),
            _ => Err(serde::de::Error::custom("not a text")),
        }
    }
}

impl<'de> Deserializer<'de> for Field<'_> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match (self.kind, self.value) {
            (Kind::OptText | Kind::OptList, ValueRef::Null) => visitor.visit_unit(),
            (Kind::Text | Kind::OptText, _) => visitor.visit_str(self.text()?),
            (Kind::Integer, ValueRef::Integer(number)) => visitor.visit_i64(number),
            (Kind::Flag, ValueRef::Integer(flag @ (0 | 1))) => visitor.visit_bool(flag == 1),
            (Kind::List | Kind::OptList, _) => {
                let list: serde_json::Value = serde_json::from_str(self.text()?).map_err(serde::de::Error::custom)?;
                list.deserialize_seq(visitor).map_err(serde::de::Error::custom)
            }
            _ => Err(serde::de::Error::custom("of another type than its column")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.value == ValueRef::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let text: StrDeserializer<'_, Refused> = self.text()?.into_deserializer();
        text.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
