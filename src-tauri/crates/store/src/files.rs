//! Folders and files that only their owner can read, files that are whole or not there, and moves that are on disk when they
//! return.

use crate::{Error, Result};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// Makes a folder (and its parents) that only the owner can enter. Folders that are there already stay as they are.
///
/// # Errors
/// When it cannot be made.
pub fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// As [`private_dir`], refused in this crate's words.
pub(crate) fn make_private_dir(path: &Path) -> Result<()> {
    private_dir(path).map_err(|e| Error::io(path, e))
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nobody but its owner: what belongs to a workspace or to the program.
    Private,
    /// Whoever may by the user's own setting (umask): what is made for others.
    Shared,
}

/// A complete file on disk in `folder`, without a name of its own yet: whoever persists it puts the whole of it in its place.
///
/// # Errors
/// When it cannot be written; nothing is left then.
pub fn finished(folder: &Path, bytes: &[u8], access: Access) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if access == Access::Shared {
        builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = access;
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes a private file of ours whole, or leaves the former one as it was.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    finished(folder_of(path), bytes, Access::Private)?.persist(path)?;
    Ok(())
}

/// The folder that a file lies in, as it was spelt.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Options for a file that only the owner can read.
pub(crate) fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a regular file for reading; never follows a symbolic link, never waits for a pipe's other end.
pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC).bits().cast_signed());
    }
    #[cfg(not(unix))]
    if fs::symlink_metadata(path)?.file_type().is_symlink() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::from(io::ErrorKind::InvalidInput)) }
}

/// Makes a folder's entries durable. Windows has no such call; there a rename is durable with the journal of the file system.
pub(crate) fn sync_dir(path: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(path).and_then(|dir| dir.sync_all()).map_err(|e| Error::io(path, e))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Makes a file's content durable.
pub(crate) fn sync_file(path: &Path) -> Result<()> {
    // Windows flushes only through a handle that may write.
    OpenOptions::new().read(true).write(true).open(path).and_then(|f| f.sync_all()).map_err(|e| Error::io(path, e))
}

/// Moves a file over another name in the same file system.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    patiently(|| fs::rename(from, to), std::thread::sleep).map_err(|e| Error::io(to, e))
}

/// Waits between the tries of [`patiently`]; together 190 ms.
const WAITS: [Duration; 4] =
    [Duration::from_millis(10), Duration::from_millis(30), Duration::from_millis(50), Duration::from_millis(100)];

/// Repeats an operation that a virus scanner, an indexer or a sync client may briefly hold up on Windows.
///
/// Only `ERROR_ACCESS_DENIED` (5), `ERROR_SHARING_VIOLATION` (32) and `ERROR_LOCK_VIOLATION` (33) are worth another try; on other
/// systems these numbers mean something else, and nothing is repeated.
fn patiently<T>(operation: impl FnMut() -> io::Result<T>, wait: impl FnMut(Duration)) -> io::Result<T> {
    retry(operation, wait, |error| cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33)))
}

fn retry<T>(
    mut operation: impl FnMut() -> io::Result<T>,
    mut wait: impl FnMut(Duration),
    worth_it: impl Fn(&io::Error) -> bool,
) -> io::Result<T> {
    for pause in WAITS {
        match operation() {
            Err(error) if worth_it(&error) => wait(pause),
            done => return done,
        }
    }
    operation()
}

/// Removes what a dead process left half-written: entries whose name starts with one of these, if they are older than `before`.
/// Nobody refers to them, so failing to remove one matters to nobody either.
pub(crate) fn sweep(dir: &Path, prefixes: &[&str], before: Option<SystemTime>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_old = || {
            let changed = entry.metadata().and_then(|m| m.modified());
            before.is_none_or(|limit| changed.is_ok_and(|at| at < limit))
        };
        if prefixes.iter().any(|prefix| name.starts_with(prefix)) && is_old() {
            let path = entry.path();
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

/// Free space that always stays: `SQLite` needs room to roll back.
pub(crate) const RESERVE_BYTES: u64 = 64 << 20;

/// Refuses when `need` bytes plus the reserve do not fit on the file system of `dir`.
pub(crate) fn require_space(dir: &Path, need: u64) -> Result<()> {
    let free = fs4::available_space(dir).map_err(|e| Error::io(dir, e))?;
    let need = need.saturating_add(RESERVE_BYTES);
    if free < need { Err(Error::NoSpace { need, free }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{io, retry};

    fn sharing_violation(error: &io::Error) -> bool {
        error.raw_os_error() == Some(32)
    }

    #[test]
    fn a_file_held_briefly_is_renamed_in_the_end() {
        let (mut tries, mut waited) = (0, Vec::new());
        let operation = || {
            tries += 1;
            if tries < 4 { Err(io::Error::from_raw_os_error(32)) } else { Ok(tries) }
        };
        assert_eq!(retry(operation, |pause| waited.push(pause.as_millis()), sharing_violation).unwrap(), 4);
        assert_eq!(waited, [10, 30, 50]);
    }

    #[test]
    fn it_gives_up_after_five_tries_and_a_fifth_of_a_second() {
        let (mut tries, mut waited) = (0, 0);
        let operation = || {
            tries += 1;
            io::Result::<()>::Err(io::Error::from_raw_os_error(32))
        };
        let error = retry(operation, |pause| waited += pause.as_millis(), sharing_violation).unwrap_err();
        assert_eq!((tries, waited, error.raw_os_error()), (5, 190, Some(32)));
    }

    #[test]
    fn other_errors_are_not_repeated() {
        let mut tries = 0;
        let operation = || {
            tries += 1;
            io::Result::<()>::Err(io::Error::from(io::ErrorKind::NotFound))
        };
        assert!(retry(operation, |_| panic!("must not wait"), sharing_violation).is_err());
        assert_eq!(tries, 1);
    }
}
