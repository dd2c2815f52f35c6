//! Files that the user named, outside of any workspace.

use crate::{Error, Result};
use std::fs::File;
use std::path::Path;

/// Reads at most `limit` bytes and one more, so that the caller can tell what is too large: a path may name something endless.
pub(crate) fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(Error::file(path))?;
    Ok(bytes)
}
