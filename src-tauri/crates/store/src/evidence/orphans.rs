//! Files that nobody refers to, neither the database nor a backup of it.

use crate::row::Stored as _;
use crate::{Error, Result, Workspace, backups, connection};
use domain::{Evidence, Instant};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;

/// Files that could be swept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Hashes of their content.
    pub sha256: Vec<String>,
    /// Bytes in all of them.
    pub bytes: u64,
}

impl Workspace {
    /// Evidence files that neither a row (withdrawn ones included) nor any backup in `backup_dir` refers to.
    ///
    /// # Errors
    /// When the database, or a backup, cannot be read: what it refers to is not known then.
    pub fn orphans(&self, backup_dir: &Path) -> Result<Orphans> {
        let mut needed = hashes(&self.conn)?;
        for backup in backups(backup_dir)? {
            let unreadable = |e: Error| Error::Backup(format!("{}：{e}", backup.path.display()));
            let conn = connection::open_read_only(&backup.path).map_err(unreadable)?;
            needed.extend(hashes(&conn).map_err(unreadable)?);
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

    /// Removes the [`Workspace::orphans`], after making one more backup in `backup_dir`. Answers with what went.
    ///
    /// # Errors
    /// [`Error::ReadOnly`]; when the backup fails, or one in the folder cannot be read; nothing is removed then.
    pub fn sweep_orphans(&mut self, backup_dir: &Path, now: Instant) -> Result<Orphans> {
        if self.is_read_only() {
            return Err(Error::ReadOnly);
        }
        self.start_backup(backup_dir, now)?.finish()?;
        let found = self.orphans(backup_dir)?;
        for name in &found.sha256 {
            let path = self.evidence_path(name);
            std::fs::remove_file(&path).map_err(|e| Error::io(&path, e))?;
        }
        Ok(found)
    }
}

fn hashes(conn: &Connection) -> Result<BTreeSet<String>> {
    let sql = format!("SELECT sha256 FROM {} WHERE sha256 <> ''", Evidence::TABLE.name());
    let mut statement = conn.prepare(&sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
