//! A table's columns are exactly the fields of its struct, here and in `SQLite`; a field added to the domain and forgotten fails.
#![allow(clippy::unwrap_used)]

use super::ALL;
use crate::schema::SCHEMA;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Field names that serde knows of a struct, out of its own complaint about one that it does not know.
fn fields_of<T: serde::de::DeserializeOwned>() -> BTreeSet<String> {
    let complaint = serde_json::from_str::<T>(r#"{"no such field": 1}"#).err().unwrap().to_string();
    complaint.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

#[test]
fn columns_are_the_fields_of_the_domain() {
    let mut conn = Connection::open_in_memory().unwrap();
    SCHEMA.migrate(&mut conn).unwrap();
    macro_rules! fields {
        ($($name:ident($row:ident) $table:literal of $round:ident, listed as $list:ident: $many:ident;)*) => {
            [$(fields_of::<domain::$row>(),)*]
        };
    }
    let of_domain = domain::entities!(fields);
    for (table, fields) in ALL.iter().zip(of_domain) {
        let listed: BTreeSet<_> = table.columns.iter().map(|c| c.name.to_owned()).collect();
        assert_eq!(listed, fields, "{}", table.name);
        let sql = format!("SELECT name FROM pragma_table_info('{}')", table.name);
        let mut statement = conn.prepare(&sql).unwrap();
        let real: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert_eq!(real, table.columns.iter().map(|c| c.name).collect::<Vec<_>>(), "{}", table.name);
        assert!(table.key.iter().all(|k| listed.contains(*k)));
    }
}
