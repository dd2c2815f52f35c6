//! Databases of every schema version there was are upgraded to the same content, with the old file kept.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use std::fs;
use std::path::{Path, PathBuf};
use store::Workspace;

fn golden(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v{version}"))
}

fn placed(version: u32) -> Place {
    let p = place();
    fs::create_dir(&p.dir).unwrap();
    fs::copy(golden(version).join("beishen.db"), p.dir.join("beishen.db")).unwrap();
    p
}

fn version_of(path: &Path) -> u32 {
    let conn = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// Databases that an upgrade kept.
fn kept(dir: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    names.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("beishen.db.v")).collect()
}

/// The version this program writes.
fn newest() -> u32 {
    let p = place();
    Workspace::create(&p.dir, &holder()).unwrap().close().unwrap();
    version_of(&p.dir.join("beishen.db"))
}

/// The versions that were released.
const RELEASED: [u32; 4] = [1, 2, 3, 4];

#[test]
fn every_version_opens_with_its_content() {
    for version in RELEASED {
        let p = placed(version);
        let w = Workspace::open(&p.dir, &holder()).unwrap();
        // In the format of its snapshots.
        let format = if version < 4 { 1 } else { 2 };
        let root_of = |round| w.snapshot_in(round, pack_identity(), format).unwrap().root();
        let found = format!("{}\n{}\n{}\n", root_of(round_id()), root_of(id(2)), w.chain_head().unwrap());
        assert_eq!(found, fs::read_to_string(golden(version).join("expected.txt")).unwrap(), "version {version}");
        // The golden folder holds no evidence; everything else is in order.
        assert!(doctor(&w).iter().all(|t| t.area == store::Area::Evidence), "version {version}: {:?}", doctor(&w));
        w.close().unwrap();
        assert_eq!(version_of(&p.dir.join("beishen.db")), newest());
        Workspace::open(&p.dir, &holder()).unwrap();
    }
}

#[test]
fn the_old_database_is_kept_before_an_upgrade() {
    let p = placed(1);
    Workspace::open(&p.dir, &holder()).unwrap().close().unwrap();
    let kept = kept(&p.dir);
    assert_eq!(kept.iter().map(|k| version_of(k)).collect::<Vec<_>>(), [1]);
    // It is a backup like any other: putting it back and opening it upgrades again.
    let restored = store::restore(&p.dir, &kept[0], &holder(), at(1)).unwrap();
    assert_eq!(restored.counts.of(domain::Entity::Assessment), 2);
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    let root = w.snapshot_in(round_id(), pack_identity(), 1).unwrap().root();
    assert!(fs::read_to_string(golden(1).join("expected.txt")).unwrap().starts_with(&root));
}

#[test]
fn an_old_database_with_something_slipped_in_is_not_upgraded() {
    let p = placed(1);
    let db = p.dir.join("beishen.db");
    let conn = rusqlite::Connection::open(&db).unwrap();
    conn.execute_batch("CREATE TRIGGER report_no_delete BEFORE DELETE ON report BEGIN SELECT 1; END").unwrap();
    drop(conn);
    let before = fs::read(&db).unwrap();
    let error = Workspace::open(&p.dir, &holder()).unwrap_err();
    assert_eq!(error.code(), "workspace_damaged", "{error}");
    assert_eq!(fs::read(&db).unwrap(), before);
    assert_eq!(kept(&p.dir), Vec::<PathBuf>::new());
}

#[test]
fn a_version_zero_is_nobodys() {
    let p = placed(1);
    let db = p.dir.join("beishen.db");
    let mut bytes = fs::read(&db).unwrap();
    bytes[60..64].fill(0);
    fs::write(&db, &bytes).unwrap();
    assert_eq!(Workspace::open(&p.dir, &holder()).unwrap_err().code(), "workspace_foreign");
}
