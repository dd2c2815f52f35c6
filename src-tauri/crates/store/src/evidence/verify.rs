//! Whether the files are still what their rows say.

use super::{CHUNK_BYTES, is_hash, path_of};
use crate::{Error, Result, Workspace, files};
use domain::{Evidence, EvidenceKind, FileState, Id};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::io::{ErrorKind, Read as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

/// Threads that hash; one disk gains nothing from more.
const HASHERS: usize = 2;

/// Bytes that a thread hashes before it says so: ten thousand small files shall not be ten thousand messages.
const TELL_BYTES: u64 = 1 << 20;

impl Workspace {
    /// Reads every file and compares its hash; `on` gets bytes done and bytes to do. Evidence that is no file is left out.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn verify_files(
        &self,
        evidence: &[Evidence],
        on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<BTreeMap<Id, FileState>> {
        let mut by_hash = BTreeMap::new();
        for file in files_of(evidence) {
            by_hash.insert(file.sha256.as_str(), self.evidence_path(&file.sha256));
        }
        let size = |path: &Path| std::fs::symlink_metadata(path).map_or(0, |m| if m.is_file() { m.len() } else { 0 });
        let bytes_total = by_hash.values().map(|path| size(path)).sum();
        let todo = Mutex::new(by_hash.iter());
        let stop = AtomicBool::new(false);
        let (tell, read) = mpsc::sync_channel::<u64>(64);
        let mut states = HashMap::new();
        std::thread::scope(|scope| {
            let (todo, stop) = (&todo, &stop);
            let hashers = [(); HASHERS].map(|()| {
                let tell = tell.clone();
                scope.spawn(move || hash_all(todo, stop, &tell))
            });
            drop(tell);
            let mut bytes_done = 0;
            for bytes in read {
                bytes_done += bytes;
                if on(bytes_done, bytes_total).is_break() {
                    stop.store(true, Ordering::Relaxed);
                }
            }
            for hasher in hashers {
                states.extend(hasher.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
        });
        if stop.into_inner() {
            return Err(Error::Cancelled);
        }
        let state = |file: &Evidence| states.get(file.sha256.as_str()).copied().unwrap_or(FileState::Unreadable);
        Ok(files_of(evidence).map(|file| (file.id, state(file))).collect())
    }

    /// Looks whether every file is there with the right size, without reading it.
    #[must_use]
    pub fn glance_files(&self, evidence: &[Evidence]) -> BTreeMap<Id, FileState> {
        files_of(evidence).map(|file| (file.id, glance(&self.dir, file))).collect()
    }
}

/// Hashes what is to do until nothing is left; answers with the states of what this thread took.
fn hash_all<'a, P: AsRef<Path> + 'a>(
    todo: &Mutex<impl Iterator<Item = (&'a &'a str, &'a P)>>,
    stop: &AtomicBool,
    tell: &mpsc::SyncSender<u64>,
) -> Vec<(&'a str, FileState)> {
    let (mut states, mut chunk, mut untold) = (Vec::new(), vec![0; CHUNK_BYTES], 0);
    while !stop.load(Ordering::Relaxed) {
        // A poisoned queue is still a queue: the other thread's panic says nothing about it.
        let next = todo.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
        let Some((sha256, path)) = next else { break };
        let mut progress = |bytes| {
            untold += bytes;
            if untold >= TELL_BYTES {
                let _ = tell.send(std::mem::take(&mut untold));
            }
            !stop.load(Ordering::Relaxed)
        };
        states.push((*sha256, state_of(path.as_ref(), sha256, &mut chunk, &mut progress)));
    }
    let _ = tell.send(untold);
    states
}

/// Whether exactly this content lies there.
pub(super) fn is_intact(path: &Path, sha256: &str) -> bool {
    state_of(path, sha256, &mut vec![0; CHUNK_BYTES], &mut |_| true) == FileState::Present
}

/// Reads one file through `chunk`; `go_on` gets the bytes of each and may stop it.
fn state_of(path: &Path, sha256: &str, chunk: &mut [u8], go_on: &mut dyn FnMut(u64) -> bool) -> FileState {
    let mut file = match files::open_plain(path) {
        Ok(file) => file,
        // A link, a folder or a pipe is not opened at all.
        Err(_) if std::fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file()) => return FileState::Changed,
        Err(e) if e.kind() == ErrorKind::NotFound => return FileState::Missing,
        Err(_) => return FileState::Unreadable,
    };
    let mut hash = Sha256::new();
    loop {
        match file.read(chunk) {
            Ok(0) => break,
            Ok(got) => {
                hash.update(&chunk[..got]);
                if !go_on(got as u64) {
                    return FileState::Unreadable;
                }
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(_) => return FileState::Unreadable,
        }
    }
    if domain::snapshot::hex(&hash.finalize()) == sha256 { FileState::Present } else { FileState::Changed }
}

fn files_of(evidence: &[Evidence]) -> impl Iterator<Item = &Evidence> {
    evidence.iter().filter(|e| e.kind == EvidenceKind::File)
}

/// See [`Workspace::glance_files`].
pub(crate) fn glance(dir: &Path, file: &Evidence) -> FileState {
    if !is_hash(&file.sha256) {
        return FileState::Missing;
    }
    match std::fs::symlink_metadata(path_of(dir, &file.sha256)) {
        Err(e) if e.kind() == ErrorKind::NotFound => FileState::Missing,
        Err(_) => FileState::Unreadable,
        Ok(meta) if meta.is_file() && meta.len().to_string() == file.size_bytes => FileState::Present,
        Ok(_) => FileState::Changed,
    }
}
