//! Who has the workspace open: a lock of the operating system on `.lock`, with the holder's name inside.
//!
//! The lock ends with the process, however it ends. What stays in the file after a crash is the holder's name: a `.lock` with
//! content and without a lock therefore means that the last session did not shut down cleanly.

use crate::{Error, Result, files};
use domain::Instant;
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// Who opens the workspace; shown to the second one who tries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Program and version.
    pub app: String,
    /// User of the operating system.
    pub user: String,
    /// Name of the machine.
    pub host: String,
    /// Process id.
    pub pid: u32,
    /// Since when.
    pub since: Instant,
}

impl Holder {
    fn words(&self) -> String {
        let Self { app, user, host, pid, since } = self;
        let who = [user.as_str(), host].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join("@");
        let who = if who.is_empty() { who } else { who + "，" };
        format!("{who}{app}，进程 {pid}，自 {}", since.format("%Y-%m-%d %H:%M UTC"))
    }
}

/// The lock of one session.
#[derive(Debug)]
pub(crate) struct Lock {
    file: Option<File>,
    path: PathBuf,
    writes: bool,
    /// Whether the session before this one ended without [`Lock::note_clean_end`], or there never was one.
    pub was_unclean: bool,
}

/// Name of the lock file in the workspace.
pub(crate) const NAME: &str = ".lock";

/// Longest holder text that is read back; more is not ours.
const HOLDER_BYTES: u64 = 4096;

impl Lock {
    /// Takes the lock for writing, or says who has it.
    pub(crate) fn take(dir: &Path, holder: &Holder) -> Result<Self> {
        let path = dir.join(NAME);
        // Where nobody ever opened it, the database is a copy from elsewhere, perhaps one that was taken in the middle of a save.
        let is_new = !path.exists();
        let mut options = files::private_options();
        let file = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = file.map_err(|e| Error::io(&path, e))?;
        hold(&file, &path)?;
        let was_unclean = is_new || file.metadata().map_err(|e| Error::io(&path, e))?.len() > 0;
        let name = serde_json::to_vec(holder).unwrap_or_default();
        // Never empty on the way: whoever dies here must not look like one who ended as they should.
        file.rewind()
            .and_then(|()| file.write_all(&name))
            .and_then(|()| file.set_len(name.len() as u64))
            .and_then(|()| file.sync_all())
            .map_err(|e| Error::io(&path, e))?;
        Ok(Self { file: Some(file), path, writes: true, was_unclean })
    }

    /// Respects somebody else's lock on a folder that cannot be written to. Without a lock file nobody can be writing.
    pub(crate) fn take_read_only(dir: &Path) -> Result<Self> {
        let path = dir.join(NAME);
        let Ok(file) = File::open(&path) else {
            return Ok(Self { file: None, path, writes: false, was_unclean: false });
        };
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => return Err(held(&path)),
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let was_unclean = file.metadata().is_ok_and(|m| m.len() > 0);
        Ok(Self { file: Some(file), path, writes: false, was_unclean })
    }

    /// No lock: another value in this process holds it.
    pub(crate) fn of_another(dir: &Path) -> Self {
        Self { file: None, path: dir.join(NAME), writes: false, was_unclean: false }
    }

    /// Empties the lock file: this session ended as it should. The lock itself goes when this is dropped, after the database.
    pub(crate) fn note_clean_end(&self) -> Result<()> {
        match &self.file {
            Some(file) if self.writes => {
                file.set_len(0).and_then(|()| file.sync_all()).map_err(|e| Error::io(&self.path, e))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough: a process that is just being started elsewhere in this program shares the handle for a
        // moment, and the next opening would be told that we still have the workspace.
        if let Some(file) = &self.file {
            let _ = file.unlock();
        }
    }
}

fn hold(file: &File, path: &Path) -> Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(held(path)),
        Err(TryLockError::Error(e)) => Err(Error::io(path, e)),
    }
}

fn held(path: &Path) -> Error {
    let mut text = String::new();
    // On Windows a locked file cannot be read by others; then only the fact is known.
    let _ = File::open(path).and_then(|f| f.take(HOLDER_BYTES).read_to_string(&mut text));
    let holder = serde_json::from_str::<Holder>(&text).map_or_else(|_| "另一个程序".to_owned(), |h| h.words());
    Error::Locked { holder }
}
