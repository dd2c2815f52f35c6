//! The way back: a verified backup takes the place of the database; what was there is kept beside it.

use crate::lock::Lock;
use crate::schema::{SCHEMA, Version};
use crate::workspace::DATABASE;
use crate::{Counts, Error, Holder, Result, backup, connection, doctor, evidence, files, header, table, trial};
use domain::{Evidence, EvidenceKind, FileState, Instant};
use std::path::{Path, PathBuf};

/// Unfinished copies start with this.
pub(crate) const TEMP: &str = ".restore-";

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Restored {
    /// What is in the workspace now.
    pub counts: Counts,
    /// The database that was there before; `None` when there was none.
    pub kept_aside: Option<PathBuf>,
    /// Evidence of the restored database whose file is not there or not of the right size.
    pub missing_evidence: Vec<Evidence>,
}

/// Puts a backup in the place of a workspace's database. Works on workspaces that can no longer be opened.
///
/// # Errors
/// [`Error::Locked`], [`Error::BadBackup`], [`Error::NotFound`] when the folder is not there; failures to write. The workspace is as before then.
pub fn restore(dir: &Path, from: &Path, holder: &Holder, now: Instant) -> Result<Restored> {
    if !dir.is_dir() {
        return Err(Error::NotFound(dir.to_owned()));
    }
    let lock = Lock::take(dir, holder)?;
    let db = dir.join(DATABASE);
    verify(from).map_err(bad)?;
    let temp = copy(from, dir)?;
    // Judged again after the copy: the medium it came from may be failing.
    let (counts, version) = verify(&temp).map_err(bad)?;
    finish_interrupted_save(&db);
    let kept_aside = set_aside(dir, &db, now)?;
    files::rename(&temp, &db)?;
    files::sync_dir(dir)?;
    let missing_evidence = missing(dir, &db, version)?;
    lock.note_clean_end()?;
    Ok(Restored { counts, kept_aside, missing_evidence })
}

fn bad(why: Error) -> Error {
    Error::BadBackup(Box::new(why))
}

/// A backup is good when its header and structure are, and its rows are what its change log says.
fn verify(path: &Path) -> Result<(Counts, Version)> {
    let version = SCHEMA.version(header::check(path)?.version);
    let conn = connection::open_read_only(path)?;
    connection::integrity_check(&conn)?;
    version.check(&conn)?;
    match doctor::first_error(&conn, version) {
        Some(what) => Err(Error::Damaged(what)),
        None => Ok((backup::count(&conn, version)?, version)),
    }
}

fn copy(from: &Path, dir: &Path) -> Result<tempfile::TempPath> {
    let temp = tempfile::Builder::new().prefix(TEMP).tempfile_in(dir).map_err(|e| Error::io(dir, e))?;
    let (mut to, temp) = temp.into_parts();
    let mut source = files::open_plain(from).map_err(|e| Error::io(from, e))?;
    std::io::copy(&mut source, &mut to).and_then(|_| to.sync_all()).map_err(|e| Error::io(&temp, e))?;
    Ok(temp)
}

/// Lets the database that is to be replaced recover first, where it can: then it is whole without its journal, whenever this
/// process may die. Where it cannot, it is being replaced anyway.
fn finish_interrupted_save(db: &Path) {
    if header::has_journal(db) && trial::recover_a_copy(db).is_ok() {
        let _ = connection::open(db).and_then(|conn| crate::log::last(&conn));
    }
}

/// Gives the present database a second name; the first stays until the restored one takes it in a single step. A journal goes
/// along under the matching name, so that `SQLite` could still recover the old database; beside the new one it would destroy it.
fn set_aside(dir: &Path, db: &Path, now: Instant) -> Result<Option<PathBuf>> {
    let stamp = now.format("%Y%m%dT%H%M%S%.3fZ");
    let name = |n: u32| {
        if n == 0 { format!("{DATABASE}.replaced-{stamp}") } else { format!("{DATABASE}.replaced-{stamp}~{n}") }
    };
    let kept = (0..1000).map(|n| dir.join(name(n))).find(|path| !path.exists());
    let kept = kept.ok_or_else(|| Error::NotEmpty(dir.to_owned()))?;
    let was_there = std::fs::symlink_metadata(db).is_ok();
    // File systems without hard links (FAT) get a copy.
    if was_there && std::fs::hard_link(db, &kept).is_err() {
        std::fs::copy(db, &kept).map_err(|e| Error::io(&kept, e))?;
        files::sync_file(&kept)?;
    }
    for suffix in ["-journal", "-wal", "-shm"] {
        let from = header::beside(db, suffix);
        match std::fs::metadata(&from) {
            Ok(meta) if meta.len() > 0 => files::rename(&from, &header::beside(&kept, suffix))?,
            Ok(_) => std::fs::remove_file(&from).map_err(|e| Error::io(&from, e))?,
            Err(_) => {}
        }
    }
    files::sync_dir(dir)?;
    Ok(was_there.then_some(kept))
}

fn missing(dir: &Path, db: &Path, version: Version) -> Result<Vec<Evidence>> {
    let conn = connection::open_read_only(db)?;
    let mut rows: Vec<Evidence> = table::select_in(&conn, version, "WHERE withdrawn = 0", [])?;
    rows.retain(|e| e.kind == EvidenceKind::File && evidence::verify::glance(dir, e) != FileState::Present);
    rows.retain(|e| !evidence::orphans::bring_back(dir, &e.sha256));
    Ok(rows)
}
