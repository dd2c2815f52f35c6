//! Evidence files, kept by content: `evidence/ab/<sha256>`. A file gets that name only when all its bytes are on disk, and a row
//! names it only after that; so whatever dies in between leaves at most a file that nobody refers to.

mod import;
pub(crate) mod orphans;
pub(crate) mod verify;

pub use import::{ImportProgress, StoredFile};
pub use orphans::Orphans;

use crate::{Error, Result, Workspace, files};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Name of the folder in the workspace.
pub(crate) const FOLDER: &str = "evidence";

/// Files being written start with this.
const UNFINISHED: &str = ".incoming-";

/// Bytes read at a time.
const CHUNK_BYTES: usize = 1 << 20;

impl Workspace {
    /// Where the content with this hash is kept. Text that is not a hash leads to a name that is never used.
    #[must_use]
    pub fn evidence_path(&self, sha256: &str) -> PathBuf {
        path_of(&self.dir, sha256)
    }

    /// Opens the content of an evidence for reading. Never follows a symbolic link.
    ///
    /// # Errors
    /// [`Error::EvidenceMissing`], [`Error::EvidenceChanged`] when something else lies there; failures to read.
    pub fn open_evidence(&self, sha256: &str) -> Result<File> {
        let path = self.evidence_path(sha256);
        let meta = match std::fs::symlink_metadata(&path) {
            Ok(meta) => meta,
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(Error::EvidenceMissing(sha256.to_owned())),
            Err(e) => return Err(Error::io(&path, e)),
        };
        if !meta.is_file() {
            return Err(Error::EvidenceChanged(sha256.to_owned()));
        }
        files::open_plain(&path).map_err(|e| Error::io(&path, e))
    }
}

/// Whether a text is a SHA-256 in lower-case hex.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// See [`Workspace::evidence_path`].
pub(crate) fn path_of(dir: &Path, sha256: &str) -> PathBuf {
    let folder = dir.join(FOLDER);
    if is_hash(sha256) { folder.join(&sha256[..2]).join(sha256) } else { folder.join("none") }
}

/// Removes what an interrupted import left. Only the holder of the lock may call it.
pub(crate) fn sweep_unfinished(dir: &Path) {
    files::sweep(&dir.join(FOLDER), &[UNFINISHED], None);
}

/// Names of all files under `evidence/ab/`. Folders of other names are not ours, or hold what was set aside.
pub(crate) fn names(dir: &Path) -> Vec<String> {
    let inside = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten();
    let is_shelf = |name: &std::ffi::OsStr| name.len() == 2 && !name.to_string_lossy().starts_with('.');
    let folders = inside(&dir.join(FOLDER)).filter(|entry| is_shelf(&entry.file_name()) && entry.path().is_dir());
    folders
        .flat_map(|folder| inside(&folder.path()).map(|file| file.file_name().to_string_lossy().into_owned()))
        .collect()
}
