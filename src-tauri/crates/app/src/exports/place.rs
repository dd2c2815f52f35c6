//! Putting a finished file where the user wants it: whole or not at all.

use crate::{Error, Result};
use std::io::Write as _;
use std::path::Path;

/// Writes `bytes` beside `path` under a temporary name, syncs, then renames over `path`. Whatever goes wrong, the former file
/// stays and no partial one is left.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if path.is_dir() {
        return Err(Error::Field {
            field: "保存位置", expected: format!("{} 是文件夹，请给出文件名", path.display())
        });
    }
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::file(folder))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(Error::file(path))?;
    file.persist(path).map_err(|e| Error::file(path)(e.error))?;
    Ok(())
}
