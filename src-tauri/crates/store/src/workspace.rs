//! Create, open, close.

use crate::lock::{self, Lock};
use crate::schema::{APPLICATION_ID, CURRENT, SCHEMA, VERSION, Version};
use crate::{
    Error, Holder, Result, backup, chain, checkup, connection, evidence, files, ground, header, reserve, restore, trial,
};
use domain::Instant;
use rusqlite::{Connection, params};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Name of the database in the workspace.
pub(crate) const DATABASE: &str = "beishen.db";

/// The database while it is being made; it gets its name when it is complete.
const UNFINISHED: &str = ".beishen.db.new";

/// A workspace that this process has open (工作区).
#[derive(Debug)]
pub struct Workspace {
    pub(crate) dir: PathBuf,
    pub(crate) conn: Connection,
    read_only: bool,
    takes_files: bool,
    is_closed: bool,
    // Last, so that it is let go of after the database.
    lock: Lock,
}

impl Workspace {
    /// Makes a workspace in a folder that is not there or empty, and not inside of another one.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::OurGround`]; failures to write.
    pub fn create(dir: &Path, holder: &Holder) -> Result<Self> {
        if !is_free(dir)? {
            return Err(Error::NotEmpty(dir.to_owned()));
        }
        ground::outside(dir)?;
        files::make_private_dir(dir)?;
        let lock = Lock::take(dir, holder)?;
        files::make_private_dir(&dir.join(evidence::FOLDER))?;
        let unfinished = dir.join(UNFINISHED);
        make_database(&unfinished, holder.since)?;
        files::rename(&unfinished, &dir.join(DATABASE))?;
        files::sync_dir(dir)?;
        let conn = connection::open(&dir.join(DATABASE))?;
        reserve::keep(dir);
        Ok(Self { dir: dir.to_owned(), conn, read_only: false, takes_files: true, is_closed: false, lock })
    }

    /// Opens a workspace. What is refused is left exactly as it was. A folder that cannot be written to is opened read-only.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NoAccess`], [`Error::Empty`], [`Error::Truncated`], [`Error::Foreign`], [`Error::Newer`], [`Error::Locked`],
    /// [`Error::Damaged`], [`Error::Migration`], [`Error::Setting`]; failures to read.
    pub fn open(dir: &Path, holder: &Holder) -> Result<Self> {
        match Self::open_once(dir, holder) {
            // Even the lock needs a block. Whoever cannot open the workspace cannot throw anything out of it either.
            Err(error) if error.is_about_room() && reserve::give_up(dir) => Self::open_once(dir, holder),
            opened => opened,
        }
    }

    fn open_once(dir: &Path, holder: &Holder) -> Result<Self> {
        let db = dir.join(DATABASE);
        header::check(&db)?;
        if !is_writable(dir, &db) {
            return Self::open_read_only(dir, holder.since);
        }
        let lock = Lock::take(dir, holder)?;
        // Again, now that nobody else can be writing.
        let opened = open_locked(dir, &db, lock.was_unclean, holder.since);
        match opened {
            Ok(conn) => {
                evidence::sweep_unfinished(dir);
                files::sweep(dir, &[backup::TEMP, restore::TEMP, trial::TEMP, UNFINISHED], None);
                reserve::keep(dir);
                Ok(Self { dir: dir.to_owned(), conn, read_only: false, takes_files: true, is_closed: false, lock })
            }
            Err(error) => {
                // A refusal does not count as a session: the next one must see what the last real one left.
                if !lock.was_unclean {
                    let _ = lock.note_clean_end();
                }
                Err(error)
            }
        }
    }

    fn open_read_only(dir: &Path, now: Instant) -> Result<Self> {
        let db = dir.join(DATABASE);
        let lock = Lock::take_read_only(dir)?;
        if header::has_journal(&db) {
            return Err(Error::Damaged(
                "上次保存被中断，只读位置无法恢复；请把工作区复制到可写的位置后打开".to_owned(),
            ));
        }
        if header::check(&db)?.version < VERSION {
            return Err(Error::Migration("只读位置无法升级，请把工作区复制到可写的位置后打开".to_owned()));
        }
        let conn = connection::open_read_only(&db)?;
        CURRENT.check(&conn)?;
        if lock.was_unclean || checkup::is_due(&conn, now)? {
            connection::quick_check(&conn)?;
        }
        Ok(Self { dir: dir.to_owned(), conn, read_only: true, takes_files: false, is_closed: false, lock })
    }

    /// A second way into the workspace that is open here, for work that takes long while this one goes on saving: it reads rows
    /// and takes in files, but writes no rows. It is of use only while this one is open, which holds the lock for both.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn aside(&self) -> Result<Self> {
        let conn = connection::open_read_only(&self.dir.join(DATABASE))?;
        let (dir, lock) = (self.dir.clone(), Lock::of_another(&self.dir));
        Ok(Self { dir, conn, read_only: true, takes_files: self.takes_files, is_closed: true, lock })
    }

    /// A copy in memory of what another process has open.
    pub(crate) fn over_copy(dir: &Path, conn: Connection, lock: Lock) -> Self {
        Self { dir: dir.to_owned(), conn, read_only: true, takes_files: false, is_closed: true, lock }
    }

    /// Whether evidence files may be taken in.
    pub(crate) fn takes_files(&self) -> bool {
        self.takes_files
    }

    /// Its id, which stays with it when it is moved or copied; `None` when it cannot be read.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        crate::whereabouts::id(&self.conn)
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether it was opened from read-only media; every commit is refused then.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// What to tell the user while the disk is so full that the reserve had to be given up, one line. It is made again by itself
    /// with the first change after there is room.
    #[must_use]
    pub fn space_warning(&self) -> Option<&'static str> {
        let is_short = !self.read_only && !reserve::is_there(&self.dir);
        is_short.then_some(
            "磁盘几乎已满，工作区的备用空间已经用掉：目前仍可继续工作和保存，请尽快清理磁盘，否则不久将无法保存",
        )
    }

    /// Gives back the pages that were read to show a whole round: few of them are asked for again, and the system keeps the file.
    pub fn forget_pages(&self) {
        // Nothing depends on it.
        let _ = self.conn.execute_batch("PRAGMA shrink_memory");
    }

    /// Closes the database, notes that the session ended as it should, and lets go of the lock. Dropping does the same but cannot
    /// say what failed.
    ///
    /// # Errors
    /// When the lock file cannot be written; the work itself is safe.
    pub fn close(mut self) -> Result<()> {
        self.is_closed = true;
        self.lock.note_clean_end()
    }

    /// A fresh connection after a disk error. When even that fails, the workspace stays as it is and every call says why.
    pub(crate) fn reconnect(&mut self) {
        match connection::open(&self.dir.join(DATABASE)) {
            Ok(conn) => self.conn = conn,
            Err(error) => tracing::warn!(code = error.code(), "reconnecting to the database failed"),
        }
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // A panic is not a clean end: the next opening shall check.
        if !self.is_closed
            && !std::thread::panicking()
            && let Err(error) = self.lock.note_clean_end()
        {
            tracing::warn!(code = error.code(), "the end of the session could not be noted");
        }
    }
}

fn open_locked(dir: &Path, db: &Path, was_unclean: bool, now: Instant) -> Result<Connection> {
    let interrupted = header::has_journal(db);
    if interrupted || header::check(db)?.write_ahead {
        trial::recover_a_copy(db)?;
    }
    header::check(db)?;
    let mut conn = connection::open(db)?;
    if was_unclean || interrupted {
        connection::quick_check(&conn)?;
    }
    // Only now: an upgrade that was cut off may have written the new version before its journal took it back.
    let found = SCHEMA.version(header::check(db)?.version);
    found.check(&conn)?;
    if found.number < VERSION {
        connection::integrity_check(&conn)?;
        keep_before_migration(dir, &conn, found, now)?;
        SCHEMA.migrate(&mut conn)?;
        CURRENT.check(&conn)?;
    }
    if was_unclean || interrupted {
        chain::verify(&conn, CURRENT)?;
        // The note is also the first save after the death: it takes away a journal that was not even begun properly.
        checkup::note(&conn, now);
    } else if checkup::is_due(&conn, now)? {
        connection::quick_check(&conn)?;
        checkup::note(&conn, now);
    }
    Ok(conn)
}

/// `beishen.db.v1-20261122T041500Z`: the database as it was, verified, before an upgrade touches it.
fn keep_before_migration(dir: &Path, conn: &Connection, version: Version, now: Instant) -> Result<()> {
    let kept = dir.join(format!("{DATABASE}.v{}-{}", version.number, now.format("%Y%m%dT%H%M%SZ")));
    if kept.exists() {
        return Ok(());
    }
    backup::copy_verified(conn, version, dir, &kept)
}

fn make_database(path: &Path, now: Instant) -> Result<()> {
    // What an interrupted attempt left has no name yet and is nobody's.
    let _ = std::fs::remove_file(path);
    files::private_options().write(true).create_new(true).open(path).map_err(|e| Error::io(path, e))?;
    let mut conn = Connection::open(path)?;
    conn.pragma_update(None, "page_size", 4096)?;
    // Nobody reads this file before it is complete, synced and renamed.
    conn.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    SCHEMA.migrate(&mut conn)?;
    let id = "INSERT INTO workspace (id, created_at) VALUES (lower(hex(randomblob(16))), ?1)";
    conn.execute(id, params![now.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)])?;
    checkup::note(&conn, now);
    conn.close().map_err(|(_, e)| e)?;
    files::sync_file(path)
}

/// Whether a folder is not there, empty, or holds only what an interrupted creation left.
fn is_free(dir: &Path) -> Result<bool> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => return Ok(false),
        Err(e) => return Err(Error::io(dir, e)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| Error::io(dir, e))?;
        let name = entry.file_name();
        let leftover = [UNFINISHED, lock::NAME, reserve::NAME].iter().any(|ours| name == OsStr::new(ours));
        let empty_folder = name == OsStr::new(evidence::FOLDER)
            && std::fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none());
        if !leftover && !empty_folder {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether both the folder (for the journal and the lock) and the database take writes. A full disk is not read-only media.
fn is_writable(dir: &Path, db: &Path) -> bool {
    let database = std::fs::OpenOptions::new().read(true).write(true).open(db).map(drop);
    let folder = tempfile::tempfile_in(dir).map(drop);
    let forbids = |e: &std::io::Error| {
        matches!(e.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem)
    };
    !database.is_err_and(|e| forbids(&e)) && !folder.is_err_and(|e| forbids(&e))
}
