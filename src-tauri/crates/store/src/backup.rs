//! Verified copies of the database. Evidence files never change, so a backup is the database with the list of their hashes.

use crate::header::Header;
use crate::row::Table;
use crate::schema::{CURRENT, SCHEMA, Version};
use crate::thin::{Kept, superfluous};
use crate::{Error, Result, Workspace, connection, files, header, reserve, whereabouts};
use chrono::{Duration, NaiveDateTime};
use domain::{Entity, Instant};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// `beishen-20261122T041500.123Z.db`.
const PREFIX: &str = "beishen-";
const SUFFIX: &str = ".db";
/// Unfinished copies start with this.
pub(crate) const TEMP: &str = ".backup-";
/// What the use cases remember about backups; no backup is called so.
pub const NOTES: &str = "notes.json";
/// A copy that has not grown a name after so long never will.
const UNFINISHED_HOURS: i64 = 6;
const STAMP: &str = "%Y%m%dT%H%M%S%.3fZ";

/// A backup on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made.
    pub at: Instant,
    /// Size in bytes.
    pub size_bytes: u64,
    /// What it holds; `None` when it cannot be read, so it cannot be restored either.
    pub counts: Option<Counts>,
    /// Id of the workspace it was made of; `None` when it cannot be read.
    pub workspace: Option<String>,
}

/// How many rows of each kind, tombstones included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows by table; an old database has fewer tables.
    rows: BTreeMap<&'static str, u32>,
    /// Changes in the log.
    pub changes: u32,
    /// Hash of the last change.
    pub chain_head: String,
}

impl Counts {
    /// How many rows of an entity.
    #[must_use]
    pub fn of(&self, entity: Entity) -> u32 {
        self.rows.get(entity.table()).copied().unwrap_or_default()
    }
}

impl Workspace {
    /// Makes a verified backup in a folder and removes those that [`thin_backups`] finds superfluous.
    ///
    /// The copy is written under a temporary name, flushed, opened again, checked and counted, and only then named.
    ///
    /// # Errors
    /// [`Error::Backup`], [`Error::DiskFull`]; failures to write. Nothing is left then, and older backups stay.
    pub fn backup(&self, to_dir: &Path, now: Instant) -> Result<Backup> {
        let made = self.start_backup(to_dir, now)?.finish()?;
        if let Err(error) = thin_backups(to_dir, now) {
            tracing::warn!(code = error.code(), "old backups could not be removed");
        }
        Ok(made)
    }

    /// The first half of [`Workspace::backup`], without thinning: copies the rows as they are now. Only this half needs the
    /// workspace; flushing and checking take longer and can be done while others write.
    ///
    /// # Errors
    /// As [`Workspace::backup`].
    pub fn start_backup(&self, to_dir: &Path, now: Instant) -> Result<UncheckedBackup> {
        files::make_private_dir(to_dir)?;
        // A clock that is far off must not make the age of a temporary name overflow.
        if let Some(before) = now.checked_sub_signed(Duration::hours(UNFINISHED_HOURS)) {
            files::sweep(to_dir, &[TEMP], Some(before.into()));
        }
        let copy = copy_out(&self.conn, CURRENT, to_dir);
        if matches!(copy, Err(Error::DiskFull)) {
            // Where backups lie on the same disk as the work, the work comes first.
            reserve::give_up_if_full(&self.dir);
        }
        Ok(UncheckedBackup { copy: copy?, of: self.dir.clone(), dir: to_dir.to_owned(), at: now })
    }
}

/// A backup whose rows are copied but that nobody has read back yet. Dropping it leaves nothing.
#[derive(Debug)]
pub struct UncheckedBackup {
    copy: Copy,
    of: PathBuf,
    dir: PathBuf,
    at: Instant,
}

impl UncheckedBackup {
    /// Flushes the copy, opens it again, checks and counts it, and only then gives it its name.
    ///
    /// # Errors
    /// As [`Workspace::backup`].
    pub fn finish(self) -> Result<Backup> {
        let path = free_name(&self.dir, self.at)?;
        settle(&self.copy, &self.dir, &path)?;
        whereabouts::remember(&self.of, &path);
        describe(&path, self.at).ok_or_else(|| Error::Backup("备份写好后读不回来".to_owned()))
    }
}

/// Backups in a folder, newest first. Files of other names are not backups; a folder that is not there holds none.
///
/// # Errors
/// When the folder cannot be read.
pub fn backups(dir: &Path) -> Result<Vec<Backup>> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io(dir, e)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| Error::io(dir, e))?;
        if let Some(at) = stamp_of(&entry.file_name().to_string_lossy())
            && let Some(backup) = describe(&entry.path(), at)
        {
            found.push(backup);
        }
    }
    found.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    Ok(found)
}

/// Removes old backups: all of the last two days stay, then the newest of 12 days, 10 weeks and 9 months. The newest good one
/// never goes, nor does the one with most changes in it: a clock may have been wrong. Each workspace that has backups here is
/// judged by itself. Answers with what went.
///
/// # Errors
/// When the folder cannot be read or a file cannot be removed.
pub fn thin_backups(dir: &Path, now: Instant) -> Result<Vec<PathBuf>> {
    let mut of_each: BTreeMap<_, Vec<Backup>> = BTreeMap::new();
    for backup in backups(dir)? {
        of_each.entry(backup.workspace.clone()).or_default().push(backup);
    }
    let mut gone = Vec::new();
    for all in of_each.into_values() {
        let kept: Vec<_> = all.iter().map(|b| Kept { at: b.at, is_good: b.counts.is_some() }).collect();
        // The names say what a clock said. What was saved last is where most has been recorded.
        let changes = |index: &usize| all[*index].counts.as_ref().map(|counts| counts.changes);
        let most = (0..all.len()).rev().max_by_key(changes);
        for index in superfluous(&kept, now).into_iter().filter(|&index| Some(index) != most) {
            let path = &all[index].path;
            std::fs::remove_file(path).map_err(|e| Error::io(path, e))?;
            gone.push(path.clone());
        }
    }
    Ok(gone)
}

/// Copies a database to `path` through a temporary name in `dir`, and names it only when the copy was read back and is whole.
pub(crate) fn copy_verified(conn: &Connection, version: Version, dir: &Path, path: &Path) -> Result<()> {
    settle(&copy_out(conn, version, dir)?, dir, path)
}

/// The rows of a database in a file without a name of its own.
#[derive(Debug)]
struct Copy {
    // In a folder of its own: a copy that fails may leave its journal too.
    inside: tempfile::TempDir,
    version: Version,
    /// What it must hold.
    counts: Counts,
}

impl Copy {
    fn file(&self) -> PathBuf {
        self.inside.path().join("copy.db")
    }
}

fn copy_out(conn: &Connection, version: Version, dir: &Path) -> Result<Copy> {
    let inside = tempfile::Builder::new().prefix(TEMP).tempdir_in(dir).map_err(|e| Error::io(dir, e))?;
    let mut copy = Copy { inside, version, counts: Counts::default() };
    let temp = copy.file();
    files::private_options().write(true).create_new(true).open(&temp).map_err(|e| Error::io(&temp, e))?;
    conn.execute("VACUUM INTO ?1", params![FileName(&temp)]).map_err(failed)?;
    copy.counts = count(conn, version)?;
    Ok(copy)
}

/// A path for `VACUUM INTO`. File names of Unix are bytes, whatever they spell, and so are texts of `SQLite`; a lossy spelling would
/// name another folder.
struct FileName<'a>(&'a Path);

impl rusqlite::ToSql for FileName<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        #[cfg(unix)]
        let text = Some(std::os::unix::ffi::OsStrExt::as_bytes(self.0.as_os_str()));
        #[cfg(not(unix))]
        let text = self.0.to_str().map(str::as_bytes);
        let text = text.ok_or_else(|| rusqlite::Error::InvalidPath(self.0.to_owned()))?;
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(text)))
    }
}

fn settle(copy: &Copy, dir: &Path, path: &Path) -> Result<()> {
    let temp = copy.file();
    files::sync_file(&temp)?;
    let found = connection::open_read_only(&temp).map_err(unsound)?;
    connection::quick_check(&found).map_err(unsound)?;
    let (ours, theirs) = (&copy.counts, count(&found, copy.version).map_err(unsound)?);
    drop(found);
    if *ours != theirs {
        return Err(Error::Backup(format!("内容不一致：应为 {ours:?}，实为 {theirs:?}")));
    }
    // Not over a file that is there: a good backup is never replaced.
    let temp = tempfile::TempPath::try_from_path(temp).map_err(|e| Error::io(path, e))?;
    temp.persist_noclobber(path).map_err(|e| Error::io(path, e.error))?;
    files::sync_dir(dir)
}

fn failed(error: rusqlite::Error) -> Error {
    match Error::from(error) {
        room @ (Error::DiskFull | Error::DiskFailed(_)) => room,
        other => Error::Backup(other.to_string()),
    }
}

fn unsound(error: impl std::fmt::Display) -> Error {
    Error::Backup(error.to_string())
}

/// What a database of some version holds.
pub(crate) fn count(conn: &Connection, version: Version) -> Result<Counts> {
    let rows = |table: &Table| -> Result<_> {
        let sql = format!("SELECT count(*) FROM {}", table.name);
        Ok((table.name, conn.query_row(&sql, [], |row| row.get(0))?))
    };
    let rows = version.tables().map(rows).collect::<Result<_>>()?;
    let (changes, chain_head) = crate::log::last(conn)?;
    Ok(Counts { rows, changes, chain_head })
}

fn describe(path: &Path, at: Instant) -> Option<Backup> {
    let size_bytes = std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file)?.len();
    let open = |header: Header| Ok((connection::open_read_only(path)?, SCHEMA.version(header.version)));
    let found = header::check(path).and_then(open).ok();
    let counts = found.as_ref().and_then(|(conn, version)| count(conn, *version).ok());
    let workspace = found.as_ref().and_then(|(conn, _)| whereabouts::id(conn));
    Some(Backup { path: path.to_owned(), at, size_bytes, counts, workspace })
}

pub(crate) fn stamp_of(name: &str) -> Option<Instant> {
    let stamp = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let (stamp, _) = stamp.split_once('~').unwrap_or((stamp, ""));
    Some(NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc())
}

/// Whether our notes lie in a folder.
pub(crate) fn has_notes(dir: &Path) -> bool {
    dir.join(NOTES).is_file()
}

fn free_name(dir: &Path, now: Instant) -> Result<PathBuf> {
    let stamp = now.format(STAMP);
    // Twice in a millisecond happens when a clock stands still.
    (0..1000)
        .map(|n| {
            dir.join(if n == 0 { format!("{PREFIX}{stamp}{SUFFIX}") } else { format!("{PREFIX}{stamp}~{n}{SUFFIX}") })
        })
        .find(|path| !path.exists())
        .ok_or_else(|| Error::Backup("同一时刻的备份过多".to_owned()))
}
