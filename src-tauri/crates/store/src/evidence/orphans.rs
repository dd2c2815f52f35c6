//! Files that nobody refers to, neither the database nor a backup of it.

use crate::row::Stored as _;
use crate::{Error, Result, Workspace, backups, connection};
use domain::{Evidence, Instant};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;

impl Workspace {
    /// Removes evidence files that neither a row (withdrawn ones included) nor any backup in `backup_dir` refers to, after making
    /// one more backup there. Answers with the hashes of what went.
    ///
    /// # Errors
    /// [`Error::ReadOnly`]; when the backup fails, or one in the folder cannot be read: what it refers to is not known then, and
    /// nothing is removed.
    pub fn sweep_orphans(&mut self, backup_dir: &Path, now: Instant) -> Result<Vec<String>> {
        if self.is_read_only() {
            return Err(Error::ReadOnly);
        }
        self.backup(backup_dir, now)?;
        let mut needed = hashes(&self.conn)?;
        for backup in backups(backup_dir)? {
            let unreadable = |e: Error| Error::Backup(format!("{}：{e}", backup.path.display()));
            let conn = connection::open_read_only(&backup.path).map_err(unreadable)?;
            needed.extend(hashes(&conn).map_err(unreadable)?);
        }
        let mut gone = Vec::new();
        for name in super::names(&self.dir) {
            // Only what an import may have left: a stranger's file under another name is not ours to remove.
            if super::is_hash(&name) && !needed.contains(&name) {
                let path = self.evidence_path(&name);
                std::fs::remove_file(&path).map_err(|e| Error::io(&path, e))?;
                gone.push(name);
            }
        }
        Ok(gone)
    }
}

fn hashes(conn: &Connection) -> Result<BTreeSet<String>> {
    let sql = format!("SELECT sha256 FROM {} WHERE sha256 <> ''", Evidence::TABLE.name());
    let mut statement = conn.prepare(&sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
