//! Whose ground a path is on: workspaces and folders of backups are ours, and nothing that is made for others may land there.

use crate::workspace::DATABASE;
use crate::{Error, Result, backup, evidence, header, lock};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What follows a workspace's name in the name of the folder of its backups.
pub(crate) const BACKUPS_SUFFIX: &str = " 备份";

/// The folder beside a workspace that its backups go to: not in it, so that losing the folder does not lose both. A workspace has
/// one such folder, by whatever link it was reached.
///
/// # Errors
/// When the workspace has no name to go by (a file system root), or its path leads nowhere.
pub fn backups_beside(workspace: &Path) -> io::Result<PathBuf> {
    beside(&real(workspace)?).ok_or_else(|| ErrorKind::InvalidFilename.into())
}

pub(crate) fn beside(workspace: &Path) -> Option<PathBuf> {
    let mut name = workspace.file_name()?.to_owned();
    name.push(BACKUPS_SUFFIX);
    Some(workspace.parent()?.join(name))
}

/// Where a path leads: links followed, `..` climbed, letters as the disk spells them. What is not there yet is taken as it is
/// written, after a folder that is.
///
/// # Errors
/// When the system does not let us look, when a link leads nowhere, and for `..` behind what is not there.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut at = whole.as_path();
    loop {
        match at.canonicalize() {
            Ok(there) => return Ok(missing.iter().rev().fold(plainly(there), |path, name| path.join(name))),
            Err(error) if error.kind() == ErrorKind::NotFound && at.symlink_metadata().is_err() => {
                let (Some(name), Some(parent)) = (at.file_name(), at.parent()) else { return Err(error) };
                missing.push(name);
                at = parent;
            }
            Err(error) => return Err(error),
        }
    }
}

/// `\\?\C:\…` says the same as `C:\…`, but not to people.
#[cfg(windows)]
fn plainly(path: PathBuf) -> PathBuf {
    use std::path::{Component, Prefix};
    let mut parts = path.components();
    match parts.next() {
        Some(Component::Prefix(prefix)) => match prefix.kind() {
            Prefix::VerbatimDisk(letter) => Path::new(&format!("{}:\\", char::from(letter)))
                .join(parts.as_path().strip_prefix("\\").unwrap_or(parts.as_path())),
            _ => path,
        },
        _ => path,
    }
}

#[cfg(not(windows))]
fn plainly(path: PathBuf) -> PathBuf {
    path
}

/// Whether two paths lead to the same place.
#[must_use]
pub fn same_place(one: &Path, other: &Path) -> bool {
    one == other || matches!((real(one), real(other)), (Ok(one), Ok(other)) if one == other)
}

/// The one gate that whatever is made for others goes through: where it will really lie, and that this is no ground of ours.
///
/// # Errors
/// [`Error::OurGround`] inside of a workspace or a folder of backups and for a database of ours wherever it lies; when the
/// system does not let us look.
pub fn outside(path: &Path) -> Result<PathBuf> {
    let real = real(path).map_err(|e| Error::io(path, e))?;
    if real.ancestors().any(|place| is_workspace(place) || keeps_backups(place)) || header::is_ours(&real) {
        return Err(Error::OurGround(path.to_owned()));
    }
    Ok(real)
}

/// A workspace, or what is left of one: a damaged one is worth as much. The database alone is not enough: a copy that somebody was
/// sent does not make a workspace of the folder with their downloads.
fn is_workspace(dir: &Path) -> bool {
    let has = |name: &str| dir.join(name).symlink_metadata().is_ok();
    let has_database = || {
        let kept = format!("{DATABASE}.");
        has(DATABASE) || names(dir).any(|name| name.starts_with(&kept))
    };
    (has(lock::NAME) || has(evidence::FOLDER)) && (has_database() || !evidence::names(dir).is_empty())
}

/// A folder of backups: called so beside a workspace, or called so and holding some.
fn keeps_backups(dir: &Path) -> bool {
    let Some(name) = dir.file_name().and_then(|name| name.to_str()) else { return false };
    let Some(workspace) = name.strip_suffix(BACKUPS_SUFFIX) else {
        return backup::has_notes(dir) && holds_backups(dir);
    };
    is_workspace(&dir.with_file_name(workspace)) || holds_backups(dir)
}

fn holds_backups(dir: &Path) -> bool {
    names(dir).any(|name| backup::stamp_of(&name).is_some())
}

fn names(dir: &Path) -> impl Iterator<Item = String> {
    std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned())
}
