//! Putting what was made for others where the user wants it: never on our own ground, never over what is not ours to replace, whole
//! or not at all, and taken away again if nobody may know of it. Whatever writes for the user goes through [`Placed`].

use crate::{Error, Result};
use domain::snapshot::sha256_hex;
use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use store::{Access, finished, folder_of};
use tempfile::TempPath;

/// What may be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Only files that are still what we wrote, by their SHA-256.
    Own(BTreeSet<String>),
    /// Whatever file lies there: the user was asked about this very path.
    Any,
}

impl Over {
    /// For what no list is kept of: a file that is there is replaced only when the user was asked (`overwrite`), as somebody may have
    /// gone on working in it.
    pub const fn unlisted(overwrite: bool) -> Self {
        if overwrite { Self::Any } else { Self::Own(BTreeSet::new()) }
    }

    /// Refuses what may not be replaced, before anything is made for it.
    pub fn check(&self, path: &Path) -> Result<()> {
        let real = store::outside(path)?;
        self.allows(&real, None)
    }

    /// `coming` is what is to be put there: what is the same is not replaced.
    fn allows(&self, real: &Path, coming: Option<&[u8]>) -> Result<()> {
        let Ok(there) = real.symlink_metadata() else { return Ok(()) };
        is_a_file(real, &there)?;
        let Self::Own(known) = self else { return Ok(()) };
        let is_of_us = |file: &[u8]| coming.is_some_and(|coming| coming == file) || known.contains(&sha256_hex(file));
        match std::fs::read(real).map_err(Error::file(real))? {
            file if is_of_us(&file) => Ok(()),
            _ => Err(Error::TargetExists(real.display().to_string())),
        }
    }
}

fn is_a_file(path: &Path, there: &Metadata) -> Result<()> {
    let path = path.display();
    let expected = if there.is_dir() {
        (format!("{path} 是文件夹，请给出文件名"), format!("{path} is a folder, give the name of a file"))
    } else if there.is_file() {
        return Ok(());
    } else {
        (format!("{path} 是管道或设备，请给出文件名"), format!("{path} is a pipe or a device, give the name of a file"))
    };
    Err(Error::Field { field: "保存位置", expected: expected.into() })
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
    /// Puts a file in its place. It is first written whole beside it; whatever goes wrong, what was there stays.
    pub fn file(path: &Path, bytes: &[u8], over: &Over) -> Result<Self> {
        let path = store::outside(path)?;
        over.allows(&path, Some(bytes))?;
        let folder = folder_of(&path);
        let file = finished(folder, bytes, Access::Shared).map_err(Error::file(folder))?;
        let former = former(&path).map_err(Error::file(&path))?;
        let put = match former {
            // Whatever has come there since nobody was asked about.
            Former::Nothing => file.persist_noclobber(&path),
            _ => file.persist(&path),
        };
        put.map_err(|e| Error::file(&path)(e.error))?;
        Ok(Self { path, former: Some(former) })
    }

    /// Takes charge of a folder that `write` puts in its place, which is empty or not there before.
    pub fn folder<T>(path: &Path, write: impl FnOnce(&Path) -> Result<T>) -> Result<(Self, T)> {
        let path = store::outside(path)?;
        let former = if path.is_dir() { Former::EmptyFolder } else { Former::NoFolder };
        let written = write(&path)?;
        Ok((Self { path, former: Some(former) }, written))
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
