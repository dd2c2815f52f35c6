//! The way back: a verified backup takes the place of the database; what was there is kept beside it.

use crate::lock::Lock;
use crate::workspace::DATABASE;
use crate::{Counts, Error, Holder, Result, backup, connection, evidence, files, header, log, schema, table};
use domain::{Evidence, EvidenceKind, FileState, Instant};
use std::path::{Path, PathBuf};

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
    verify(from).map_err(|e| Error::BadBackup(e.to_string()))?;
    let temp = copy(from, dir)?;
    // Judged again after the copy: the medium it came from may be failing.
    let counts = verify(&temp).map_err(|e| Error::BadBackup(e.to_string()))?;
    let kept_aside = set_aside(dir, &db, now)?;
    files::rename(&temp, &db)?;
    files::sync_dir(dir)?;
    let missing_evidence = missing(dir, &db)?;
    lock.note_clean_end()?;
    Ok(Restored { counts, kept_aside, missing_evidence })
}

/// A backup is good when its header, structure and change log are.
fn verify(path: &Path) -> Result<Counts> {
    let header = header::check(path)?;
    let conn = connection::open_read_only(path)?;
    connection::integrity_check(&conn)?;
    if header.version == schema::VERSION {
        schema::check(&conn)?;
    }
    log::verify(&conn)?;
    backup::count(&conn)
}

fn copy(from: &Path, dir: &Path) -> Result<tempfile::TempPath> {
    let temp = tempfile::Builder::new().prefix(".restore-").tempfile_in(dir).map_err(|e| Error::io(dir, e))?;
    let (mut to, temp) = temp.into_parts();
    let mut source = files::open_plain(from).map_err(|e| Error::io(from, e))?;
    std::io::copy(&mut source, &mut to).and_then(|_| to.sync_all()).map_err(|e| Error::io(&temp, e))?;
    Ok(temp)
}

/// Gives the present database a second name; the first stays until the restored one takes it in a single step. A journal goes
/// along under the matching name, so that `SQLite` could still recover the old database; beside the new one it would destroy it.
fn set_aside(dir: &Path, db: &Path, now: Instant) -> Result<Option<PathBuf>> {
    if std::fs::symlink_metadata(db).is_err() {
        return Ok(None);
    }
    let stamp = now.format("%Y%m%dT%H%M%S%.3fZ");
    let aside = (0..1000)
        .map(|n| {
            dir.join(if n == 0 {
                format!("{DATABASE}.replaced-{stamp}")
            } else {
                format!("{DATABASE}.replaced-{stamp}~{n}")
            })
        })
        .find(|path| !path.exists())
        .ok_or_else(|| Error::NotEmpty(dir.to_owned()))?;
    // File systems without hard links (FAT) get a copy.
    if std::fs::hard_link(db, &aside).is_err() {
        std::fs::copy(db, &aside).map_err(|e| Error::io(&aside, e))?;
        files::sync_file(&aside)?;
    }
    for suffix in ["-journal", "-wal", "-shm"] {
        let from = header::beside(db, suffix);
        if from.exists() {
            files::rename(&from, &header::beside(&aside, suffix))?;
        }
    }
    files::sync_dir(dir)?;
    Ok(Some(aside))
}

fn missing(dir: &Path, db: &Path) -> Result<Vec<Evidence>> {
    let conn = connection::open_read_only(db)?;
    let mut rows: Vec<Evidence> = table::select(&conn, "WHERE withdrawn = 0", [])?;
    rows.retain(|e| e.kind == EvidenceKind::File && evidence::verify::glance(dir, e) != FileState::Present);
    Ok(rows)
}
