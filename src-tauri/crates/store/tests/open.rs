//! The open sequence: what is refused, that what is refused stays byte for byte, and who may open what.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::Verdict;
use std::fs;
use std::path::Path;
use store::{Edit, Holder, Workspace};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// Every file of a folder with its bytes, save the lock.
fn contents(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.ends_with(".lock") => {}
                path => all.push((path.display().to_string(), fs::read(&path).unwrap())),
            }
        }
    }
    all.sort();
    all
}

fn refused(dir: &Path, code: &str) {
    let before = contents(dir);
    let error = Workspace::open(dir, &holder()).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    assert!(!error.to_string().contains('\n') && error.to_string().len() > 20, "{error}");
    assert_eq!(contents(dir), before, "{code}: the folder was touched");
}

/// A closed workspace with some content.
fn filled(p: &Place) -> Vec<u8> {
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    w.close().unwrap();
    fs::read(p.dir.join("beishen.db")).unwrap()
}

#[test]
fn what_is_not_a_workspace_is_refused_and_untouched() {
    let p = place();
    assert_eq!(Workspace::open(&p.dir, &holder()).unwrap_err().code(), "workspace_not_found");
    fs::create_dir(&p.dir).unwrap();
    refused(&p.dir, "workspace_not_found");
    let db = p.dir.join("beishen.db");
    for (bytes, code) in [
        (&b""[..], "workspace_empty"),
        (PNG, "workspace_foreign"),
        (b"SQLite", "workspace_truncated"),
        (b"SQLite format 3\0", "workspace_truncated"),
        (&[0; 4096], "workspace_foreign"),
        ("一份普通的文本".as_bytes(), "workspace_foreign"),
    ] {
        fs::write(&db, bytes).unwrap();
        refused(&p.dir, code);
    }
    fs::remove_file(&db).unwrap();
    fs::create_dir(&db).unwrap();
    refused(&p.dir, "workspace_foreign");
}

#[test]
fn a_database_of_another_program_is_refused() {
    let p = place();
    fs::create_dir(&p.dir).unwrap();
    let conn = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x'); PRAGMA user_version = 2;",
    )
    .unwrap();
    drop(conn);
    refused(&p.dir, "workspace_foreign");
}

/// Other tools set a database to write-ahead logging, and opening it takes that back by writing to it.
#[test]
fn a_database_set_to_write_ahead_logging_is_ours_again_or_refused_untouched() {
    let p = place();
    filled(&p);
    let db = p.dir.join("beishen.db");
    rusqlite::Connection::open(&db).unwrap().execute_batch("PRAGMA journal_mode = WAL").unwrap();
    let sound = fs::read(&db).unwrap();
    assert_eq!(sound[18..20], [2, 2]);
    // Found by fuzzing: the refusal came after the mode was changed.
    let conn = rusqlite::Connection::open(&db).unwrap();
    conn.execute_batch("CREATE TRIGGER quiet AFTER INSERT ON answer BEGIN UPDATE answer SET note = ''; END;").unwrap();
    drop(conn);
    refused(&p.dir, "workspace_damaged");

    fs::write(&db, &sound).unwrap();
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    assert_eq!(w.assessments().unwrap().len(), 1);
    w.close().unwrap();
    assert_eq!(fs::read(&db).unwrap()[18..20], [1, 1], "whoever copies this one file has everything");
}

#[test]
fn every_truncation_is_refused() {
    let p = place();
    let whole = filled(&p);
    let db = p.dir.join("beishen.db");
    for kept in [17, 99, 100, 512, 4095, 4096, 5000, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        fs::write(&db, &whole[..kept]).unwrap();
        refused(&p.dir, "workspace_truncated");
    }
}

#[test]
fn a_newer_version_is_refused_with_words() {
    let p = place();
    let mut bytes = filled(&p);
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(p.dir.join("beishen.db"), &bytes).unwrap();
    refused(&p.dir, "workspace_newer");
    let words = Workspace::open(&p.dir, &holder()).unwrap_err().to_string();
    assert!(words.contains("99") && words.contains("升级"), "{words}");
}

#[test]
fn a_schema_with_something_slipped_in_is_refused() {
    let p = place();
    filled(&p);
    let conn = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    conn.execute_batch("CREATE TRIGGER quiet AFTER INSERT ON answer BEGIN UPDATE answer SET note = ''; END;").unwrap();
    drop(conn);
    refused(&p.dir, "workspace_damaged");
}

/// A hot rollback journal, as `SQLite` writes it: whoever opens the database beside it puts these pages back.
fn journal(pages_before: usize, pages: &[(usize, &[u8])]) -> Vec<u8> {
    const NONCE: u32 = 0x2823_2015;
    let number = |n: usize| u32::try_from(n).unwrap().to_be_bytes();
    let mut bytes = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7".to_vec();
    for field in [number(pages.len()), NONCE.to_be_bytes(), number(pages_before), number(512), number(4096)] {
        bytes.extend(field);
    }
    bytes.resize(512, 0);
    for (page, content) in pages {
        assert_eq!(content.len(), 4096);
        let sum = content.iter().rev().skip(199).step_by(200).fold(NONCE, |sum, b| sum.wrapping_add(u32::from(*b)));
        bytes.extend(number(*page));
        bytes.extend(*content);
        bytes.extend(sum.to_be_bytes());
    }
    bytes
}

#[test]
fn a_strangers_journal_is_not_rolled_in() {
    let p = place();
    filled(&p);
    let strange: Vec<u8> = "另一个程序的页".bytes().cycle().take(4096).collect();
    let other = journal(40, &[(2, &strange), (5, &strange), (9, &strange)]);
    fs::write(p.dir.join("beishen.db-journal"), &other).unwrap();
    refused(&p.dir, "workspace_damaged");
    // The control: SQLite alone would have rolled it in.
    let control = place();
    fs::create_dir(&control.dir).unwrap();
    for name in ["beishen.db", "beishen.db-journal"] {
        fs::copy(p.dir.join(name), control.dir.join(name)).unwrap();
    }
    let conn = rusqlite::Connection::open(control.dir.join("beishen.db")).unwrap();
    let _ = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    drop(conn);
    assert_ne!(fs::read(control.dir.join("beishen.db")).unwrap(), fs::read(p.dir.join("beishen.db")).unwrap());

    fs::remove_file(p.dir.join("beishen.db-journal")).unwrap();
    assert_eq!(doctor(&Workspace::open(&p.dir, &holder()).unwrap()), []);
}

#[test]
fn a_journal_of_our_own_is_rolled_back() {
    let p = place();
    let before = filled(&p);
    let (db, root) = (p.dir.join("beishen.db"), root(&Workspace::open(&p.dir, &holder()).unwrap()));
    // A writer died in the middle: some pages are already new, and the journal holds what they were.
    let pages: Vec<_> = before.chunks(4096).enumerate().map(|(n, page)| (n + 1, page)).collect();
    let mut half_written = before.clone();
    for (number, _) in pages.iter().skip(1).step_by(3) {
        half_written[(number - 1) * 4096..number * 4096].fill(0xA5);
    }
    half_written.extend([0xA5; 8192]);
    fs::write(&db, &half_written).unwrap();
    fs::write(p.dir.join("beishen.db-journal"), journal(pages.len(), &pages)).unwrap();
    let w = Workspace::open(&p.dir, &Holder { since: at(30), ..holder() }).unwrap();
    assert_eq!(common::root(&w), root);
    assert_eq!(doctor(&w), []);
    w.close().unwrap();
    assert_eq!(fs::metadata(p.dir.join("beishen.db-journal")).unwrap().len(), 0);
    assert_eq!(common::root(&Workspace::open(&p.dir, &holder()).unwrap()), root);
}

#[test]
fn a_second_one_is_told_who_has_it() {
    let p = place();
    let w = workspace(&p.dir);
    let error = Workspace::open(&p.dir, &holder()).unwrap_err();
    assert_eq!(error.code(), "workspace_locked");
    let words = error.to_string();
    assert!(words.contains("质检主管@kefu-01") && words.contains("2026-11-22"), "{words}");
    let root = root(&w);
    w.close().unwrap();
    assert_eq!(common::root(&Workspace::open(&p.dir, &holder()).unwrap()), root);
}

#[test]
fn a_folder_with_something_in_it_is_not_made_a_workspace() {
    let p = place();
    fs::create_dir(&p.dir).unwrap();
    fs::write(p.dir.join("客户资料.docx"), b"PK").unwrap();
    let before = contents(&p.dir);
    assert_eq!(Workspace::create(&p.dir, &holder()).unwrap_err().code(), "workspace_not_empty");
    assert_eq!(contents(&p.dir), before);
    fs::remove_file(p.dir.join("客户资料.docx")).unwrap();
    // What a creation that was cut off leaves does not stand in the way of the next.
    fs::write(p.dir.join(".beishen.db.new"), b"half").unwrap();
    fs::write(p.dir.join(".lock"), b"{}").unwrap();
    fs::create_dir(p.dir.join("evidence")).unwrap();
    Workspace::create(&p.dir, &holder()).unwrap();
    assert_eq!(Workspace::create(&p.dir, &holder()).unwrap_err().code(), "workspace_not_empty");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let p = place();
    let mut w = workspace(&p.dir);
    let stored = w.import_bytes("录音.wav", b"RIFF").unwrap();
    let made = w.backup(&p.temp.path().join("备份"), at(1)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let content = w.evidence_path(&stored.sha256);
    for folder in [&p.dir, &p.dir.join("evidence"), content.parent().unwrap(), made.path.parent().unwrap()] {
        assert_eq!(mode(folder), 0o700, "{}", folder.display());
    }
    let journal = p.dir.join("beishen.db-journal");
    for file in [&p.dir.join("beishen.db"), &p.dir.join(".lock"), &journal, &content, &made.path] {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
}

/// Ours unless the tests run as root, who may write anything; then somebody else's eyes are borrowed.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_opened_to_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let p = place();
    filled(&p);
    let lockdown = |on: bool| {
        for (name, mode) in [("beishen.db", 0o400), ("beishen.db-journal", 0o400), (".lock", 0o400), ("", 0o500)] {
            let mode = if on { mode } else { 0o700 };
            let _ = fs::set_permissions(p.dir.join(name), fs::Permissions::from_mode(mode));
        }
        // Root is not held by modes, but by this.
        let flag = if on { "+i" } else { "-i" };
        let names = ["beishen.db", ".lock", "."].map(|name| p.dir.join(name));
        std::process::Command::new("chattr").arg(flag).args(names).status().is_ok_and(|s| s.success())
    };
    let held = lockdown(true);
    let can_write = tempfile::tempfile_in(&p.dir).is_ok();
    assert!(held || !can_write, "root without chattr: nothing here can be read-only");
    let outcome = std::panic::catch_unwind(|| {
        let mut w = Workspace::open(&p.dir, &holder()).unwrap();
        assert!(w.is_read_only());
        assert_eq!(snapshot(&w).verdict("XC3-05"), Some(Verdict::Conform));
        assert_eq!(doctor(&w), []);
        let edit = [Edit::Answer(answer("XC3-06", Some(Verdict::Partial), ""))];
        assert_eq!(w.commit(&act(9, "mark"), &edit).unwrap_err().code(), "workspace_read_only");
        assert_eq!(w.undo(&act(9, "undo"), round_id()).unwrap_err().code(), "workspace_read_only");
        let newer = PACK.replace("0.1.0", "0.2.0");
        assert_eq!(w.import_bytes("a.txt", b"a").unwrap_err().code(), "workspace_read_only");
        assert_eq!(
            w.put_pack(&domain::snapshot::sha256_hex(newer.as_bytes()), &newer).unwrap_err().code(),
            "workspace_read_only"
        );
        w.close().unwrap();
    });
    lockdown(false);
    outcome.unwrap();
}

#[test]
fn a_workspace_can_be_moved_and_has_a_chinese_name_with_spaces() {
    let p = place();
    let root = {
        let mut w = workspace(&p.dir);
        mark(&mut w, 2, "XC3-05", Verdict::Conform);
        root(&w)
    };
    let moved = p.temp.path().join("客户 甲（2026 年）");
    fs::rename(&p.dir, &moved).unwrap();
    assert_eq!(common::root(&Workspace::open(&moved, &holder()).unwrap()), root);
}

/// A process that is being started shares our handles until its program runs; the lock must not linger there.
#[cfg(unix)]
#[test]
fn closing_lets_go_even_while_processes_are_being_started() {
    let p = place();
    workspace(&p.dir).close().unwrap();
    let starting = std::thread::spawn(|| {
        for _ in 0..150 {
            assert!(std::process::Command::new("true").status().unwrap().success());
        }
    });
    while !starting.is_finished() {
        Workspace::open(&p.dir, &holder()).unwrap().close().unwrap();
    }
    starting.join().unwrap();
}

/// A support tool that turned WAL on does not change how we save.
#[test]
fn a_workspace_in_wal_mode_is_brought_back() {
    let p = place();
    filled(&p);
    let conn = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    drop(conn);
    let mut w = Workspace::open(&p.dir, &holder()).unwrap();
    mark(&mut w, 7, "XC3-06", Verdict::Partial);
    let root = root(&w);
    w.close().unwrap();
    assert!(!p.dir.join("beishen.db-wal").exists());
    let copy = place();
    fs::create_dir(&copy.dir).unwrap();
    fs::copy(p.dir.join("beishen.db"), copy.dir.join("beishen.db")).unwrap();
    assert_eq!(common::root(&Workspace::open(&copy.dir, &holder()).unwrap()), root);
}
