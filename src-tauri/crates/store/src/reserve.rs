//! Eight megabytes set aside in the workspace and given up when the disk is full: from inside a full database nothing can be made
//! free, not even by deleting, and what the user types next must still be saved while they look for something to throw away.

use crate::files;
use std::fs::File;
use std::path::Path;

/// Name of the file in the workspace.
pub(crate) const NAME: &str = "reserve";

/// Its size: some thousand marks.
const BYTES: u64 = 8 << 20;

/// Makes the reserve where it is not there and as much again stays free. Best effort: without it everything works, only not for
/// as long on a full disk. Answers whether it is there.
pub(crate) fn keep(dir: &Path) -> bool {
    let path = dir.join(NAME);
    if is_whole(&path) {
        return true;
    }
    if !fs4::available_space(dir).is_ok_and(|free| free >= 2 * BYTES) {
        return false;
    }
    let mut options = files::private_options();
    let made = options.write(true).create_new(true).open(&path).and_then(|file| fill(&file));
    match made {
        Ok(()) => true,
        // Not ours: somebody put something under this name, or an old reserve of another size lies there.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            is_file(&path) && std::fs::remove_file(&path).is_ok() && keep(dir)
        }
        Err(_) => {
            let _ = std::fs::remove_file(&path);
            false
        }
    }
}

/// Gives the reserve up. Answers whether there was one to give.
pub(crate) fn give_up(dir: &Path) -> bool {
    let path = dir.join(NAME);
    let given = is_file(&path) && std::fs::remove_file(&path).is_ok();
    if given {
        tracing::warn!("the disk is full: the reserve was given up");
    }
    given
}

/// As [`give_up`], when the disk of this folder is the one that is full; a full backup disk is not helped by it.
pub(crate) fn give_up_if_full(dir: &Path) {
    if fs4::available_space(dir).is_ok_and(|free| free < BYTES) {
        give_up(dir);
    }
}

/// Whether there is one.
pub(crate) fn is_there(dir: &Path) -> bool {
    is_file(&dir.join(NAME))
}

fn is_file(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file())
}

/// Whether it is there and really holds room; a copy of the folder may have made it a file full of holes.
fn is_whole(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|meta| {
        #[cfg(unix)]
        let held = std::os::unix::fs::MetadataExt::blocks(&meta).saturating_mul(512);
        #[cfg(not(unix))]
        let held = meta.len();
        meta.is_file() && meta.len() == BYTES && held >= BYTES
    })
}

fn fill(file: &File) -> std::io::Result<()> {
    // Takes the room at once without writing it, where the file system can.
    #[cfg(target_os = "linux")]
    if rustix::fs::fallocate(file, rustix::fs::FallocateFlags::empty(), 0, BYTES).is_ok() {
        return Ok(());
    }
    write(file)
}

/// Bytes that a compressing file system cannot make small.
fn write(mut file: &File) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut block = Vec::with_capacity(1 << 20);
    for _ in 0..BYTES >> 20 {
        block.clear();
        while block.len() < 1 << 20 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            block.extend(state.to_le_bytes());
        }
        file.write_all(&block)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{BYTES, NAME, fill, give_up, is_whole, keep, write};
    use std::fs::{self, File};

    #[test]
    fn it_is_made_once_given_up_once_and_made_again() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join(NAME);
        for _ in 0..2 {
            assert!(keep(temp.path()) && is_whole(&path));
            let made = fs::metadata(&path).unwrap().modified().unwrap();
            assert!(keep(temp.path()));
            assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), made);
            assert!(give_up(temp.path()) && !path.exists() && !give_up(temp.path()));
        }
    }

    #[test]
    fn written_by_hand_it_is_as_good_as_reserved_by_the_file_system() {
        let temp = tempfile::tempdir().unwrap();
        for make in [fill, |file: &File| write(file)] {
            let path = temp.path().join(NAME);
            make(&File::create(&path).unwrap()).unwrap();
            File::open(&path).unwrap().sync_all().unwrap();
            assert!(is_whole(&path) && fs::metadata(&path).unwrap().len() == BYTES);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_reserve_full_of_holes_is_made_again_and_a_strangers_folder_is_left() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join(NAME);
        File::create(&path).unwrap().set_len(BYTES).unwrap();
        assert!(!is_whole(&path) && keep(temp.path()) && is_whole(&path));
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(!keep(temp.path()) && !give_up(temp.path()) && path.is_dir());
    }
}
