//! What must hold after every fault, whatever it was. One function, so that no test forgets a part of it.

use super::{at, doctor, holder};
use std::collections::BTreeMap;
use std::path::Path;
use store::{Area, HistoryQuery, Holder, Severity, Workspace};

/// Opens the workspace as the next session would and judges it. `said` are the words of the session that met the fault; the
/// lines `saved <seq> <hash>` are what it promised.
///
/// 1. it opens;
/// 2. every change that was promised is there, with its hash;
/// 3. structure, log, rows, signatures and evidence are sound: the doctor tells of nothing but files that nobody refers to;
/// 4. every table passes `SQLite`'s own check on a connection of its own;
/// 5. nothing half-done is left in the folder or among the evidence;
/// 6. nothing lies in the folder that does not belong there.
pub fn hold(dir: &Path, said: &[String]) -> Result<(), String> {
    let later = Holder { since: at(30), ..holder() };
    let w = Workspace::open(dir, &later).map_err(|e| format!("does not open: {e}"))?;
    let history = w.history(&HistoryQuery::default()).map_err(|e| e.to_string())?;
    let hashes: BTreeMap<_, _> = history.into_iter().map(|c| (c.seq.to_string(), c.hash)).collect();
    for line in said {
        if let ["saved", seq, hash] = line.split(' ').collect::<Vec<_>>()[..]
            && hashes.get(seq).map(String::as_str) != Some(hash)
        {
            return Err(format!("lost: {line}"));
        }
    }
    let is_harmless = |t: &store::Trouble| t.severity == Severity::Note && t.area == Area::Orphan;
    if let Some(trouble) = doctor(&w).into_iter().find(|t| !is_harmless(t)) {
        return Err(format!("{trouble:?}"));
    }
    w.close().map_err(|e| e.to_string())?;
    every_table_is_sound(&dir.join("beishen.db"))?;
    nothing_strange(dir)
}

/// As [`hold`], for a test that has nothing to add to the answer.
pub fn must_hold(dir: &Path, said: &[String]) {
    if let Err(what) = hold(dir, said) {
        panic!("{}: {what}; said: {said:?}", dir.display());
    }
}

fn every_table_is_sound(db: &Path) -> Result<(), String> {
    let words = |e: rusqlite::Error| e.to_string();
    let conn = rusqlite::Connection::open_with_flags(db, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(words)?;
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(words)?;
    if tables.len() < 10 {
        return Err(format!("only {} tables", tables.len()));
    }
    for table in tables {
        let check = format!("PRAGMA quick_check('{table}')");
        let verdict: String = conn.query_row(&check, [], |row| row.get(0)).map_err(words)?;
        if verdict != "ok" {
            return Err(format!("{table}: {verdict}"));
        }
    }
    Ok(())
}

fn nothing_strange(dir: &Path) -> Result<(), String> {
    let names = |path: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(path).unwrap().map(Result::unwrap);
        entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect()
    };
    let belongs = |name: &str| {
        [".lock", ".backups", "beishen.db", "beishen.db-journal", "evidence", "reserve", "备份"].contains(&name)
            || name.starts_with("beishen.db.replaced-")
            || name.starts_with("beishen.db.v")
    };
    if let Some(strange) = names(dir).into_iter().find(|name| !belongs(name)) {
        return Err(format!("left in the workspace: {strange}"));
    }
    let journal = std::fs::metadata(dir.join("beishen.db-journal"));
    if journal.is_ok_and(|m| m.len() > 0) {
        return Err("a journal is left".into());
    }
    for folder in names(&dir.join("evidence")) {
        let is_hex = |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_hexdigit());
        let inside = dir.join("evidence").join(&folder);
        if !is_hex(&folder, 2) || !names(&inside).iter().all(|name| is_hex(name, 64) && name.starts_with(&folder)) {
            return Err(format!("left among the evidence: {folder}"));
        }
    }
    Ok(())
}
