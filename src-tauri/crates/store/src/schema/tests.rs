#![allow(clippy::unwrap_used)]
use super::{Connection, SCHEMA, STEPS, Schema, Step, VERSION, apply, migrations};
use crate::table;

#[test]
fn every_step_applies_to_the_one_before() {
    migrations(&STEPS).validate().unwrap();
}

#[test]
fn a_slipped_in_view_or_trigger_is_noticed() {
    for sql in ["CREATE VIEW v AS SELECT 1", "DROP TRIGGER change_no_delete", "ALTER TABLE answer ADD COLUMN x TEXT"] {
        let mut conn = Connection::open_in_memory().unwrap();
        SCHEMA.migrate(&mut conn).unwrap();
        SCHEMA.version(VERSION).check(&conn).unwrap();
        conn.execute_batch(sql).unwrap();
        assert_eq!(SCHEMA.version(VERSION).check(&conn).unwrap_err().code(), "workspace_damaged", "{sql}");
    }
}

#[test]
fn a_version_is_held_to_its_own_schema() {
    for version in 1..=VERSION {
        let mut conn = Connection::open_in_memory().unwrap();
        apply(&mut conn, &STEPS[..version as usize]).unwrap();
        for other in 0..=VERSION + 1 {
            assert_eq!(SCHEMA.version(other).check(&conn).is_ok(), other == version, "{version} as {other}");
        }
    }
}

#[test]
fn a_step_that_fails_halfway_leaves_the_version_before() {
    static BROKEN: Schema = Schema::of(
        &[
            Step::plain(include_str!("../../migrations/001-tables.sql")),
            Step::plain("DROP TABLE report; CREATE TABLE report2 (id TEXT) STRICT; INSERT INTO nowhere VALUES (1);"),
        ],
        &table::ALL,
    );
    let mut conn = Connection::open_in_memory().unwrap();
    apply(&mut conn, &STEPS[..1]).unwrap();
    let error = BROKEN.migrate(&mut conn).unwrap_err();
    assert_eq!(error.code(), "migration_failed");
    assert!(error.to_string().len() < 400, "{error}");
    SCHEMA.version(1).check(&conn).unwrap();
}
