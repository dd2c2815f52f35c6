//! Putting a finished file where the user wants it: whole or not at all, and taking it away again if nobody may know of it.

use crate::{Error, Result};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Writes `bytes` beside `path` under a temporary name, syncs, then renames over `path`. Whatever goes wrong, the former file
/// stays and no partial one is left.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    finished(path, bytes)?.persist(path).map_err(|e| Error::file(path)(e.error))?;
    Ok(())
}

/// A complete file beside `path`, on disk.
fn finished(path: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    if path.is_dir() {
        let path = path.display();
        let expected =
            (format!("{path} 是文件夹，请给出文件名"), format!("{path} is a folder, give the name of a file")).into();
        return Err(Error::Field { field: "保存位置", expected });
    }
    let folder = folder_of(path);
    let mut file = NamedTempFile::new_in(folder).map_err(Error::file(folder))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(Error::file(path))?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Something new in its place. Unless it is [kept](Placed::keep), the place becomes again what it was.
#[must_use]
pub(super) struct Placed {
    path: PathBuf,
    former: Option<Former>,
}

/// What was there before.
enum Former {
    Nothing,
    File(TempPath),
    EmptyFolder,
    NoFolder,
}

impl Placed {
    /// Puts a file in its place.
    pub fn file(path: &Path, bytes: &[u8]) -> Result<Self> {
        let file = finished(path, bytes)?;
        let former = former(path).map_err(Error::file(path))?;
        file.persist(path).map_err(|e| Error::file(path)(e.error))?;
        Ok(Self { path: path.to_owned(), former: Some(former) })
    }

    /// Takes charge of a folder that `write` puts in its place, which is empty or not there before.
    pub fn folder<T>(path: &Path, write: impl FnOnce() -> Result<T>) -> Result<(Self, T)> {
        let former = if path.is_dir() { Former::EmptyFolder } else { Former::NoFolder };
        let written = write()?;
        Ok((Self { path: path.to_owned(), former: Some(former) }, written))
    }

    /// It is to stay.
    pub fn keep(mut self) {
        self.former = None;
    }
}

/// The former file under a second name: a link where the disk can link, else a copy.
fn former(path: &Path) -> std::io::Result<Former> {
    if path.symlink_metadata().is_err() {
        return Ok(Former::Nothing);
    }
    let second = |at: &Path| std::fs::hard_link(path, at).or_else(|_| std::fs::copy(path, at).map(drop));
    let file = tempfile::Builder::new().prefix(".beishen-former-").make_in(folder_of(path), second)?;
    Ok(Former::File(file.into_temp_path()))
}

impl Drop for Placed {
    /// The error that led here is the one to tell; what cannot be undone is seen by `verify`, which finds no such report.
    fn drop(&mut self) {
        let _ = match self.former.take() {
            None => Ok(()),
            Some(Former::Nothing) => std::fs::remove_file(&self.path),
            Some(Former::File(former)) => former.persist(&self.path).map_err(|e| e.error),
            Some(Former::NoFolder) => std::fs::remove_dir_all(&self.path),
            Some(Former::EmptyFolder) => {
                std::fs::remove_dir_all(&self.path).and_then(|()| std::fs::create_dir(&self.path))
            }
        };
    }
}
