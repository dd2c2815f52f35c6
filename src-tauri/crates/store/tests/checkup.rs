//! The weekly look through the whole file: when it is due, what it finds, and that it costs a clean opening nothing.
#![allow(clippy::unwrap_used)]

mod common;

use chrono::Duration;
use common::*;
use domain::Verdict;
use std::fs;
use std::path::Path;
use store::{Holder, Workspace};

fn on_day(day: i64) -> Holder {
    Holder { since: at(0) + Duration::days(day), ..holder() }
}

fn noted(dir: &Path) -> String {
    let conn = rusqlite::Connection::open(dir.join("beishen.db")).unwrap();
    conn.query_row("SELECT checked_at FROM checkup", [], |row| row.get(0)).unwrap()
}

fn open_and_close(dir: &Path, day: i64) {
    Workspace::open(dir, &on_day(day)).unwrap().close().unwrap();
}

#[test]
fn the_file_is_looked_through_once_a_week() {
    let p = place();
    workspace(&p.dir).close().unwrap();
    let made = noted(&p.dir);
    assert_eq!(made, "2026-11-22T01:00:00Z");
    let before = fs::read(p.dir.join("beishen.db")).unwrap();
    open_and_close(&p.dir, 6);
    assert_eq!(fs::read(p.dir.join("beishen.db")).unwrap(), before, "nothing was due and nothing was written");
    open_and_close(&p.dir, 7);
    assert_eq!(noted(&p.dir), "2026-11-29T01:00:00Z");
    // The clock was ten years ahead once, then right again: waiting ten years for the next look would be wrong.
    open_and_close(&p.dir, 3650);
    assert!(noted(&p.dir).starts_with("2036-"));
    open_and_close(&p.dir, 8);
    assert_eq!(noted(&p.dir), "2026-11-30T01:00:00Z");
}

#[test]
fn rot_is_found_by_the_weekly_look_and_the_affected_table_is_named() {
    let p = place();
    let mut w = workspace(&p.dir);
    for n in 1..=200 {
        mark(&mut w, 1 + n, &format!("XC3-{n:03}"), Verdict::Conform);
    }
    w.close().unwrap();
    let db = p.dir.join("beishen.db");
    let root_page: u32 = {
        let conn = rusqlite::Connection::open(&db).unwrap();
        conn.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'answer'", [], |row| row.get(0)).unwrap()
    };
    let mut bytes = fs::read(&db).unwrap();
    let root_page = root_page as usize;
    bytes[(root_page - 1) * 4096..root_page * 4096].fill(0);
    fs::write(&db, &bytes).unwrap();
    // Within the week nobody looks, which is why there is a week.
    open_and_close(&p.dir, 1);
    let error = Workspace::open(&p.dir, &on_day(7)).unwrap_err();
    assert_eq!(error.code(), "workspace_damaged");
    let words = error.to_string();
    assert!(words.contains("受影响：answer；") && words.contains("从备份恢复"), "{words}");
    assert_eq!(fs::read(&db).unwrap(), bytes, "a refused file was touched");
    // It stays refused until it is restored, also the day after.
    assert_eq!(Workspace::open(&p.dir, &on_day(8)).unwrap_err().code(), "workspace_damaged");
}
