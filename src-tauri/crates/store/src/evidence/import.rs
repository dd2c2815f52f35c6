//! Taking files in: one pass that hashes while it copies, one flush for the whole batch, all or nothing.

use super::{CHUNK_BYTES, FOLDER, UNFINISHED, path_of};
use crate::{Error, Result, Workspace, files, reserve};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, Metadata};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// A file that is in the workspace now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// SHA-256 of what was stored, 64 lower-case hex digits.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Name it came under, without folder, as text.
    pub file_name: String,
    /// Whether that name was text in the first place, and not bytes that had to be read as such.
    pub named_in_text: bool,
    /// Whether the content lay there whole before.
    pub was_there: bool,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// Files done.
    pub files_done: usize,
    /// Files in the batch.
    pub files_total: usize,
    /// Bytes copied, over all files.
    pub bytes_done: u64,
    /// Bytes to copy, over all files.
    pub bytes_total: u64,
    /// The file being copied.
    pub file_name: String,
}

/// A copied file that has no name yet.
struct Incoming {
    temp: TempPath,
    stored: StoredFile,
}

/// What was seen of a source before its first byte was read.
struct Source {
    path: PathBuf,
    file: File,
    meta: Metadata,
    file_name: String,
    named_in_text: bool,
}

impl Workspace {
    /// Copies files into the workspace. Progress is told after every chunk and every file; breaking off leaves nothing.
    ///
    /// The same content is kept once. Content that is there but damaged is replaced by the good copy.
    ///
    /// # Errors
    /// [`Error::SourceIsFolder`], [`Error::SourceIsSpecial`], [`Error::SourceUnreadable`], [`Error::SourceChanged`],
    /// [`Error::NoSpace`], [`Error::DiskFull`], [`Error::Cancelled`], [`Error::ReadOnly`]; failures to write. None of the files is
    /// taken in then.
    pub fn import_files(
        &mut self,
        sources: &[PathBuf],
        on: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Vec<StoredFile>> {
        let taken = self.take_in(sources, on);
        if matches!(taken, Err(Error::DiskFull)) {
            // Somebody else filled the disk meanwhile. The files are refused, but marks can still be saved.
            reserve::give_up_if_full(&self.dir);
        }
        taken
    }

    fn take_in(
        &self,
        sources: &[PathBuf],
        on: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Vec<StoredFile>> {
        let folder = self.evidence_folder()?;
        // Every source is judged before the first is copied: a folder among a thousand files is told at once.
        let mut bytes_total = 0_u64;
        for path in sources {
            bytes_total = bytes_total.saturating_add(judge(path)?.len());
        }
        files::require_space(&folder, bytes_total)?;
        let mut progress = ImportProgress {
            files_done: 0,
            files_total: sources.len(),
            bytes_done: 0,
            bytes_total,
            file_name: String::new(),
        };
        let mut incoming = Vec::with_capacity(sources.len());
        for path in sources {
            let source = open(path)?;
            progress.file_name.clone_from(&source.file_name);
            incoming.push(copy(&folder, source, &mut progress, on)?);
            progress.files_done += 1;
            tell(&progress, on)?;
        }
        settle(&self.dir, &folder, incoming)
    }

    /// As [`Workspace::import_files`], for content that is in memory.
    ///
    /// # Errors
    /// [`Error::NoSpace`], [`Error::DiskFull`], [`Error::ReadOnly`]; failures to write.
    pub fn import_bytes(&mut self, file_name: &str, bytes: &[u8]) -> Result<StoredFile> {
        let folder = self.evidence_folder()?;
        files::require_space(&folder, bytes.len() as u64)?;
        let (mut to, temp) = new_temp(&folder)?;
        to.write_all(bytes).map_err(|e| Error::io(&temp, e))?;
        let sha256 = domain::snapshot::sha256_hex(bytes);
        let stored = StoredFile {
            sha256,
            size_bytes: bytes.len() as u64,
            file_name: file_name.to_owned(),
            named_in_text: true,
            was_there: false,
        };
        let kept = settle(&self.dir, &folder, vec![Incoming { temp, stored }])?;
        kept.into_iter().next().ok_or(Error::Cancelled)
    }

    fn evidence_folder(&self) -> Result<PathBuf> {
        if !self.takes_files() {
            return Err(Error::ReadOnly);
        }
        let folder = self.dir.join(FOLDER);
        files::make_private_dir(&folder)?;
        Ok(folder)
    }
}

/// Refuses everything that is not a regular file, without opening it: opening a pipe would wait for its writer.
fn judge(path: &Path) -> Result<Metadata> {
    let unreadable = |source| Error::SourceUnreadable { path: path.to_owned(), source };
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if meta.is_dir() {
        return Err(Error::SourceIsFolder(path.to_owned()));
    }
    if !meta.is_file() {
        return Err(Error::SourceIsSpecial(path.to_owned()));
    }
    Ok(meta)
}

fn open(path: &Path) -> Result<Source> {
    judge(path)?;
    let unreadable = |source| Error::SourceUnreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    let meta = file.metadata().map_err(unreadable)?;
    let (file_name, named_in_text) = domain::name_read(path.file_name().unwrap_or_default());
    Ok(Source { path: path.to_owned(), file, meta, file_name, named_in_text })
}

fn new_temp(folder: &Path) -> Result<(File, TempPath)> {
    // The crate makes it readable by its owner only.
    let temp = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).map_err(|e| Error::io(folder, e))?;
    Ok(temp.into_parts())
}

/// Copies one source to a temporary file and hashes what it writes. Refuses a source that changes meanwhile: the evidence would
/// be a mixture that never existed.
fn copy(
    folder: &Path,
    mut source: Source,
    progress: &mut ImportProgress,
    on: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
) -> Result<Incoming> {
    let (mut to, temp) = new_temp(folder)?;
    let mut hash = Sha256::new();
    let mut size_bytes = 0_u64;
    let mut chunk = vec![0; CHUNK_BYTES];
    let changed = || Error::SourceChanged(source.path.clone());
    loop {
        let got = match source.file.read(&mut chunk) {
            Ok(0) => break,
            Ok(got) => got,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Error::SourceUnreadable { path: source.path, source: e }),
        };
        hash.update(&chunk[..got]);
        to.write_all(&chunk[..got]).map_err(|e| Error::io(&temp, e))?;
        size_bytes += got as u64;
        progress.bytes_done += got as u64;
        if size_bytes > source.meta.len() {
            return Err(changed());
        }
        tell(progress, on)?;
    }
    let after = source.file.metadata().map_err(|_| changed())?;
    let by_name = judge(&source.path).map_err(|_| changed())?;
    for now in [after, by_name] {
        if size_bytes != now.len() || source.meta.modified().ok() != now.modified().ok() {
            return Err(changed());
        }
    }
    let sha256 = domain::snapshot::hex(&hash.finalize());
    Ok(Incoming {
        temp,
        stored: StoredFile {
            sha256,
            size_bytes,
            file_name: source.file_name,
            named_in_text: source.named_in_text,
            was_there: false,
        },
    })
}

fn tell(progress: &ImportProgress, on: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>) -> Result<()> {
    match on(progress.clone()) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Cancelled),
    }
}

/// Makes the copies durable, gives them their names, and makes the names durable.
fn settle(dir: &Path, folder: &Path, incoming: Vec<Incoming>) -> Result<Vec<StoredFile>> {
    flush(&incoming)?;
    let mut placed = Placed::default();
    let mut stored = Vec::with_capacity(incoming.len());
    let mut touched = BTreeMap::new();
    for Incoming { temp, stored: mut file } in incoming {
        let path = path_of(dir, &file.sha256);
        let parent = path.parent().unwrap_or(folder).to_owned();
        file.was_there = placed.paths.contains(&path) || super::verify::is_intact(&path, &file.sha256);
        if !file.was_there {
            if !parent.is_dir() {
                files::make_private_dir(&parent)?;
            }
            clear_way(&path)?;
            files::rename(&temp, &path)?;
            placed.paths.insert(path);
            touched.insert(parent, ());
        }
        stored.push(file);
    }
    for parent in touched.keys() {
        files::sync_dir(parent)?;
    }
    if !touched.is_empty() {
        files::sync_dir(folder)?;
    }
    placed.paths.clear();
    Ok(stored)
}

/// Names given so far; an error takes them back, so that a batch is all or nothing.
#[derive(Default)]
struct Placed {
    paths: BTreeSet<PathBuf>,
}

impl Drop for Placed {
    fn drop(&mut self) {
        for path in &self.paths {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// A folder put where the content belongs cannot be replaced by a rename; set it aside, delete nothing.
fn clear_way(path: &Path) -> Result<()> {
    if std::fs::symlink_metadata(path).is_ok_and(|m| m.is_dir()) {
        let mut replaced = path.as_os_str().to_owned();
        replaced.push(".replaced");
        files::rename(path, Path::new(&replaced))?;
    }
    Ok(())
}

/// From this many files on, one flush of the file system is cheaper than one per file.
#[cfg(target_os = "linux")]
const MANY: usize = 16;

fn flush(incoming: &[Incoming]) -> Result<()> {
    #[cfg(target_os = "linux")]
    if let Some(first) = incoming.first()
        && incoming.len() >= MANY
    {
        let file = File::open(&first.temp).map_err(|e| Error::io(&first.temp, e))?;
        return rustix::fs::syncfs(&file).map_err(|e| Error::io(&first.temp, e.into()));
    }
    incoming.iter().try_for_each(|file| files::sync_file(&file.temp))
}
