//! Files that the user named, outside of any workspace.

use crate::{Error, Result};
use std::fs::File;
use std::path::Path;

/// Reads at most `limit` bytes and one more, so that the caller can tell what is too large: a path may name something endless.
pub(crate) fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>> {
    use std::io::Read as _;
    let read = || {
        let file = File::open(path)?;
        // As much room as it needs, where that is known: grown by doubling it would keep up to twice as much.
        let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len().min(limit)).unwrap_or_default());
        file.take(limit + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(Error::file(path))
}

/// Whether the name of a file ends so, in whatever case: it says in which of its forms something is written or read.
pub(crate) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|held| held.eq_ignore_ascii_case(extension))
}
