//! Files that nobody refers to: neither the database with its log nor a backup of it.

use crate::row::Stored as _;
use crate::workspace::DATABASE;
use crate::{Error, Result, Workspace, backups, connection, files, header, whereabouts};
use domain::{Evidence, Instant};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Folder under `evidence` for content that only a backup out of reach may still need.
const UNSWEPT: &str = ".aside";

/// Files that could be swept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Hashes of their content.
    pub sha256: Vec<String>,
    /// Bytes in all of them.
    pub bytes: u64,
    /// Where they were put by a sweep that could not see every backup; `None` when they were removed, or only counted.
    pub moved_to: Option<PathBuf>,
}

impl Workspace {
    /// Evidence files that nothing refers to: no row (withdrawn ones included), no state in the change log, no backup in `backup_dir`
    /// or anywhere [this workspace has some](whereabouts()), and no database that was kept aside in the workspace.
    ///
    /// # Errors
    /// When the database, or a backup, cannot be read: what it refers to is not known then.
    pub fn orphans(&self, backup_dir: &Path) -> Result<Orphans> {
        let mut needed = referred(&self.conn)?;
        let mut folders: BTreeSet<PathBuf> = whereabouts(&self.dir)?.folders.into_iter().collect();
        folders.insert(backup_dir.to_owned());
        let mut databases = kept_aside(&self.dir)?;
        for folder in folders {
            databases.extend(backups(&folder)?.into_iter().map(|backup| backup.path));
        }
        for path in databases {
            let unreadable =
                |e: Error| Error::Backup(format!("{} 读不出来，不知道它需要哪些证据文件：{e}", path.display()));
            let conn = connection::open_read_only(&path).map_err(unreadable)?;
            needed.extend(referred(&conn).map_err(unreadable)?);
        }
        let mut found = Orphans::default();
        for name in super::names(&self.dir) {
            // Only what an import may have left: a stranger's file under another name is not ours to remove.
            if super::is_hash(&name) && !needed.contains(&name) {
                found.bytes += std::fs::symlink_metadata(self.evidence_path(&name)).map_or(0, |m| m.len());
                found.sha256.push(name);
            }
        }
        Ok(found)
    }

    /// Removes the [`Workspace::orphans`], after making one more backup in `backup_dir`. Answers with what went. While a place it was
    /// backed up to is out of reach they are only put aside, from where a [restore](crate::restore()) brings them back.
    ///
    /// # Errors
    /// [`Error::ReadOnly`]; when the backup fails, or one in the folder cannot be read; nothing is removed then.
    pub fn sweep_orphans(&mut self, backup_dir: &Path, now: Instant) -> Result<Orphans> {
        if self.is_read_only() {
            return Err(Error::ReadOnly);
        }
        self.start_backup(backup_dir, now)?.finish()?;
        let mut found = self.orphans(backup_dir)?;
        let moved_to = moved_to(&self.dir);
        if !whereabouts(&self.dir)?.missing.is_empty() && !found.sha256.is_empty() {
            files::make_private_dir(&moved_to)?;
            found.moved_to = Some(moved_to.clone());
        }
        for name in &found.sha256 {
            let path = self.evidence_path(name);
            match found.moved_to {
                Some(_) => files::rename(&path, &moved_to.join(name))?,
                None => std::fs::remove_file(&path).map_err(|e| Error::io(&path, e))?,
            }
        }
        Ok(found)
    }
}

fn moved_to(dir: &Path) -> PathBuf {
    dir.join(super::FOLDER).join(UNSWEPT)
}

/// Brings content back that a sweep put aside. Answers whether it is in its place now.
pub(crate) fn bring_back(dir: &Path, sha256: &str) -> bool {
    let (from, to) = (moved_to(dir).join(sha256), super::path_of(dir, sha256));
    let comes = super::is_hash(sha256) && super::verify::is_intact(&from, sha256);
    let shelf = to.parent().unwrap_or(dir);
    comes && files::make_private_dir(shelf).and_then(|()| files::rename(&from, &to)).is_ok()
}

/// Every content that a database refers to: its rows, and every state that its log can bring back. Evidence whose file was replaced
/// is in the log alone, and an undo must find it.
pub(crate) fn referred(conn: &Connection) -> Result<BTreeSet<String>> {
    let rows = Evidence::TABLE.name;
    let sql = format!(
        "SELECT sha256 FROM {rows} \
         UNION SELECT json_extract(new, '$') FROM change WHERE entity = 'evidence' AND field = 'sha256' \
         UNION SELECT json_extract(old, '$') FROM change WHERE entity = 'evidence' AND field = 'sha256'"
    );
    let mut statement = conn.prepare(&sql)?;
    let found = statement.query_map([], |row| row.get::<_, Option<String>>(0))?;
    found.filter_map(|sha256| sha256.transpose().map(|s| s.map_err(Error::from))).collect()
}

/// Databases that an upgrade, a restore or somebody's own copy left beside the one in use: the way back to them needs their
/// evidence too.
fn kept_aside(dir: &Path) -> Result<Vec<PathBuf>> {
    let prefix = format!("{DATABASE}.");
    let entries = std::fs::read_dir(dir).map_err(|e| Error::io(dir, e))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| Error::io(dir, e))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_companion = ["-journal", "-wal", "-shm"].iter().any(|suffix| name.ends_with(suffix));
        let is_kept = name.starts_with(&prefix) || (name != DATABASE && header::is_ours(&path));
        if is_kept && !is_companion {
            found.push(path);
        }
    }
    Ok(found)
}
