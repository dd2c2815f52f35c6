//! The first hundred bytes of the database file, read before `SQLite` sees it, so that a refused file is never written to.

use crate::{Error, Result, files, schema};
use std::io::{ErrorKind, Read as _};
use std::path::Path;

const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER_BYTES: usize = 100;
/// Write and read version of a file in that mode (bytes 18 and 19 of the file format).
const WRITE_AHEAD: u8 = 2;

/// What the header says about a database of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Version of the schema; 1 … [`schema::VERSION`].
    pub version: u32,
    /// Whether another program has set the file to write-ahead logging. `SQLite` takes that back on opening, which writes to it.
    pub write_ahead: bool,
}

/// Reads and judges the header.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NoAccess`], [`Error::Empty`], [`Error::Foreign`], [`Error::Truncated`], [`Error::Newer`].
pub(crate) fn check(path: &Path) -> Result<Header> {
    let meta = std::fs::symlink_metadata(path).map_err(|e| absent(path, &e))?;
    if !meta.is_file() {
        return Err(Error::Foreign(path.to_owned()));
    }
    if meta.len() == 0 {
        return Err(Error::Empty(path.to_owned()));
    }
    let mut bytes = Vec::with_capacity(HEADER_BYTES);
    files::open_plain(path)
        .and_then(|f| f.take(HEADER_BYTES as u64).read_to_end(&mut bytes))
        .map_err(|e| Error::io(path, e))?;
    let same = bytes.len().min(MAGIC.len());
    if bytes[..same] != MAGIC[..same] {
        return Err(Error::Foreign(path.to_owned()));
    }
    let Ok(header) = <[u8; HEADER_BYTES]>::try_from(bytes) else {
        return Err(Error::Truncated { path: path.to_owned(), expected: HEADER_BYTES as u64, actual: meta.len() });
    };
    let number = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if number(68) != schema::APPLICATION_ID {
        return Err(Error::Foreign(path.to_owned()));
    }
    let version = number(60);
    if version > schema::VERSION {
        return Err(Error::Newer { path: path.to_owned(), found: version, known: schema::VERSION });
    }
    if version == 0 {
        return Err(Error::Foreign(path.to_owned()));
    }
    // The page count is meaningful when it was written by the same transaction as the change counter. A hot journal may still
    // bring pages back, so then the length is judged after recovery.
    let page_bytes = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65536,
        size => u64::from(size),
    };
    let expected = u64::from(number(28)) * page_bytes;
    if number(24) == number(92) && meta.len() < expected && !has_journal(path) {
        return Err(Error::Truncated { path: path.to_owned(), expected, actual: meta.len() });
    }
    Ok(Header { version, write_ahead: header[18] == WRITE_AHEAD || header[19] == WRITE_AHEAD })
}

/// Why nothing can be seen under this name. A folder that may not be looked into may well hold a workspace.
fn absent(path: &Path, why: &std::io::Error) -> Error {
    match why.kind() {
        ErrorKind::PermissionDenied => Error::NoAccess(path.to_owned()),
        _ => Error::NotFound(path.to_owned()),
    }
}

/// Whether a file carries our mark in its header, whatever else is wrong with it.
pub(crate) fn is_ours(path: &Path) -> bool {
    let mut bytes = Vec::with_capacity(HEADER_BYTES);
    let read = files::open_plain(path).and_then(|f| f.take(HEADER_BYTES as u64).read_to_end(&mut bytes));
    read.is_ok() && bytes.starts_with(MAGIC) && bytes.get(68..72) == Some(&schema::APPLICATION_ID.to_be_bytes())
}

/// Whether a rollback journal with content lies beside the database: the last writer died in the middle of a save.
pub(crate) fn has_journal(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-journal")).is_ok_and(|m| m.len() > 0)
}

/// `beishen.db` → `beishen.db-journal`.
pub(crate) fn beside(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
