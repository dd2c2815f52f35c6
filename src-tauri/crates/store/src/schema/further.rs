//! The next version, made up: a table, a column and a kind of entity more. Nothing but the lists knows of it, and every file of
//! every version is read as what it is.
#![allow(clippy::unwrap_used)]

use super::{Connection, STEPS, Schema, Step, VERSION, Version};
use crate::log::{GENESIS, Shared, write_own};
use crate::row::{Before, Stored as _, Table, flag, integer, text};
use crate::{backup, doctor, log, table};
use domain::snapshot::sha256_hex;
use domain::{Action, Entity, Finding, Id};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The version that comes after the one of today.
const NEXT: u32 = VERSION + 1;

static FURTHER: LazyLock<Schema> = LazyLock::new(|| {
    let added = Step::plain(
        "CREATE TABLE interview (
             id         TEXT PRIMARY KEY NOT NULL,
             assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
             who        TEXT NOT NULL,
             minutes    INTEGER NOT NULL,
             withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
         ) STRICT;
         ALTER TABLE finding ADD COLUMN standing TEXT NOT NULL DEFAULT '未定';",
    );
    let steps: Vec<Step> = STEPS.iter().map(|step| Step { ..*step }).chain([added]).collect();
    let of_today = table::ALL.iter().map(|table| if table.entity == Entity::Finding { findings() } else { table });
    let tables: Vec<&'static Table> = of_today.chain([&INTERVIEW]).collect();
    Schema::of(steps.leak(), tables.leak())
});

/// Today's table of findings with a column more.
fn findings() -> &'static Table {
    let standing = text("standing").since(NEXT, Before::Is("\"未定\""));
    let columns: Vec<_> = Finding::TABLE.columns.iter().copied().chain([standing]).collect();
    Box::leak(Box::new(Table { columns: columns.leak(), ..*Finding::TABLE }))
}

/// The kind of entity has a name of its own; which of today's it counts as does not matter to what is read.
static INTERVIEW: Table = Table {
    name: "interview",
    entity: Entity::Finding,
    since: NEXT,
    columns: &[text("id"), text("assessment"), text("who"), integer("minutes"), flag("withdrawn")],
    key: &["id"],
};

/// A database of every version there was.
fn golden(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v{version}/beishen.db"))
}

fn opened(version: u32) -> (tempfile::TempDir, Connection) {
    let temp = tempfile::tempdir().unwrap();
    let db = temp.path().join("beishen.db");
    std::fs::copy(golden(version), &db).unwrap();
    (temp, Connection::open(db).unwrap())
}

#[test]
fn files_of_every_version_are_read_as_what_they_are() {
    for version in (1..NEXT).filter(|version| golden(*version).exists()) {
        let (temp, mut conn) = opened(version);
        let then = FURTHER.version(version);
        then.check(&conn).unwrap();
        assert_eq!(doctor::first_error(&conn, then), None, "version {version}");
        let counts = backup::count(&conn, then).unwrap();
        backup::copy_verified(&conn, then, temp.path(), &temp.path().join("copy.db")).unwrap();

        FURTHER.migrate(&mut conn).unwrap();
        let now = FURTHER.version(NEXT);
        now.check(&conn).unwrap();
        assert_eq!(doctor::first_error(&conn, now), None, "version {version} after the step");
        let after = backup::count(&conn, now).unwrap();
        assert_eq!((&after.chain_head, after.changes), (&counts.chain_head, counts.changes));
        assert_eq!(after.of(Entity::Finding), counts.of(Entity::Finding));
        let standing: Vec<String> = conn
            .prepare("SELECT standing FROM finding")
            .unwrap()
            .query_map([], |r| r.get(0))
            .unwrap()
            .flatten()
            .collect();
        assert!(!standing.is_empty() && standing.iter().all(|s| s == "未定"));
    }
}

#[test]
fn a_new_kind_of_entity_has_its_rows_and_its_log() {
    let (temp, mut conn) = opened(3);
    FURTHER.migrate(&mut conn).unwrap();
    let (then, now) = (FURTHER.version(VERSION), FURTHER.version(NEXT));
    write(&conn, VERSION, "finding", &finding_of(&conn), &[("cause", "\"", "\"另查\"")]);
    write(
        &conn,
        NEXT,
        "interview",
        "01935000-0000-7000-8000-000000009999",
        &[
            ("id", "null", "\"01935000-0000-7000-8000-000000009999\""),
            ("assessment", "null", &format!("\"{}\"", round_of(&conn))),
            ("who", "null", "\"班组长\""),
            ("minutes", "null", "25"),
        ],
    );
    let insert = "INSERT INTO interview VALUES ('01935000-0000-7000-8000-000000009999', ?1, '班组长', 25, 0)";
    conn.execute(insert, [round_of(&conn)]).unwrap();
    assert_eq!(doctor::first_error(&conn, now), None);
    let of_interviews = |version: Version| format!("{:?}", backup::count(&conn, version).unwrap());
    assert!(of_interviews(now).contains("\"interview\": 1") && !of_interviews(then).contains("interview"));
    backup::copy_verified(&conn, now, temp.path(), &temp.path().join("copy.db")).unwrap();
    // What is changed outside the program is seen in the new table and in the new column too …
    for sql in ["UPDATE interview SET minutes = 26", "UPDATE finding SET standing = '成立'"] {
        conn.execute_batch(&format!("BEGIN; {sql}")).unwrap();
        assert!(doctor::first_error(&conn, now).is_some(), "{sql}");
        conn.execute_batch("ROLLBACK").unwrap();
    }
    // … and a program of before does not take the file for one of its own.
    assert!(doctor::first_error(&conn, then).is_some());
    assert!(super::SCHEMA.version(NEXT).check(&conn).is_err());
}

fn round_of(conn: &Connection) -> String {
    conn.query_row("SELECT assessment FROM finding LIMIT 1", [], |row| row.get(0)).unwrap()
}

fn finding_of(conn: &Connection) -> String {
    conn.query_row("SELECT id FROM finding LIMIT 1", [], |row| row.get(0)).unwrap()
}

/// A batch as a program of that version would log it; an `old` of `"` stands for what is there.
fn write(conn: &Connection, schema: u32, table: &str, key: &str, fields: &[(&str, &str, &str)]) {
    let (last, mut head) = log::last(conn).unwrap();
    assert!(last > 0 && head != GENESIS);
    let (round, id) = (round_of(conn), Id::from_u128(u128::from(last)));
    let at = "2026-12-01T01:00:00Z";
    conn.execute(
        "INSERT INTO batch (id, assessment, action, actor, at, kind, schema) VALUES (?1, ?2, ?3, '新版本', ?4, 'edit', ?5)",
        rusqlite::params![id.to_string(), round, Action::EditFinding.name(), at, schema],
    )
    .unwrap();
    let ordinal = conn.last_insert_rowid();
    for (seq, (field, old, new)) in (last + 1..).zip(fields) {
        let mut before = (*old).to_owned();
        if *old == "\"" {
            let sql = format!("SELECT json_quote({field}) FROM {table} WHERE id = ?1");
            before = conn.query_row(&sql, [key], |row| row.get(0)).unwrap();
            let sql = format!("UPDATE {table} SET {field} = json_extract(?1, '$') WHERE id = ?2");
            conn.execute(&sql, [*new, key]).unwrap();
        }
        let mut bytes = head.clone().into_bytes();
        let (assessment, at) = (round.parse().unwrap(), at.parse().unwrap());
        let shared = Shared { action: Action::EditFinding.name(), actor: "新版本", assessment, at, batch: id };
        shared.write(&mut bytes).unwrap();
        write_own(&mut bytes, table, key, field, &before, new, seq).unwrap();
        head = sha256_hex(&bytes);
        let sql = "INSERT INTO change (seq, batch, entity, key, field, old, new, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        conn.execute(sql, rusqlite::params![seq, ordinal, table, key, field, before, new, head]).unwrap();
    }
}
