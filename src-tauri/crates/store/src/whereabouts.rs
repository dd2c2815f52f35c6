//! Where the backups of a workspace lie. They know it by its id, so that a workspace that was renamed, moved or reached through a
//! link is still theirs; and the workspace remembers where it was backed up to, so that it knows of those it cannot see.

use crate::ground::{BACKUPS_SUFFIX, beside, real};
use crate::workspace::DATABASE;
use crate::{Error, Result, backup, connection, files};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Name of the file in the workspace that remembers the folders of its backups, each with the last one that was made there.
const NAME: &str = ".backups";

/// The folders of a workspace's backups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Id of the workspace; `None` when its database cannot be read.
    pub id: Option<String>,
    /// Folders that may hold some, the one for new ones first.
    pub folders: Vec<PathBuf>,
    /// Folders it was backed up to that are not there: on a disk that is not plugged in, or moved away.
    pub missing: Vec<PathBuf>,
}

/// Looks for the backups of a workspace: beside it, beside the link it was reached by, where it remembers, and in every folder
/// of backups nearby that holds some of this workspace's.
///
/// # Errors
/// When the workspace has no name to go by, or its path leads nowhere.
pub fn whereabouts(workspace: &Path) -> Result<Whereabouts> {
    let io = |e| Error::io(workspace, e);
    let dir = real(workspace).map_err(io)?;
    let home = beside(&dir).ok_or_else(|| io(std::io::ErrorKind::InvalidFilename.into()))?;
    let id = id_of(&dir.join(DATABASE));
    let given = std::path::absolute(workspace).ok();
    let places: BTreeSet<&Path> =
        [dir.parent(), given.as_deref().and_then(Path::parent)].into_iter().flatten().collect();
    let remembered = remembered(&dir);
    let named = given.as_deref().and_then(beside).into_iter().chain(remembered.keys().map(PathBuf::from));
    // Without an id nobody can tell whose a neighbour's backups are.
    let near = places.into_iter().filter(|_| id.is_some()).flat_map(folders_of_backups);
    let there = home.canonicalize().ok();
    let candidates: BTreeSet<PathBuf> = near
        .chain(named)
        .filter_map(|path| path.canonicalize().ok())
        .filter(|path| Some(path) != there.as_ref())
        .collect();
    let holds_ours = |folder: &PathBuf| id.is_none() || files_in(folder).any(|file| id_of(&file) == id);
    let mut folders = vec![home];
    folders.extend(candidates.into_iter().filter(holds_ours));
    // A folder that went along under another name is there: it holds the backup that was made in it last.
    let went_along = |last: &String| folders.iter().any(|folder| folder.join(last).exists());
    let gone = |(path, last): &(&String, &String)| !Path::new(path).is_dir() && !went_along(last);
    let missing = remembered.iter().filter(gone).map(|(path, _)| PathBuf::from(path)).collect();
    Ok(Whereabouts { id, folders, missing })
}

/// Notes where a backup was made. Best effort: a workspace that cannot be written to is found by its neighbours alone.
pub(crate) fn remember(workspace: &Path, made: &Path) {
    let note = || -> Option<()> {
        let dir = real(workspace).ok()?;
        let folder = made.parent()?.canonicalize().ok()?;
        let (folder, last) = (folder.to_str()?, made.file_name()?.to_str()?);
        let missing = whereabouts(&dir).ok()?.missing;
        let mut places = remembered(&dir);
        places.retain(|path, _| Path::new(path).is_dir() || missing.iter().any(|gone| gone == Path::new(path)));
        places.insert(folder.to_owned(), last.to_owned());
        let json = serde_json::to_vec_pretty(&places).ok()?;
        files::write_whole(&dir.join(NAME), &json).ok()
    };
    if note().is_none() {
        tracing::info!("the place of a backup was not noted");
    }
}

/// Id of the workspace that a database belongs to.
pub(crate) fn id_of(database: &Path) -> Option<String> {
    id(&connection::open_read_only(database).ok()?)
}

pub(crate) fn id(conn: &Connection) -> Option<String> {
    conn.query_row("SELECT id FROM workspace", [], |row| row.get(0)).ok()
}

fn remembered(dir: &Path) -> BTreeMap<String, String> {
    std::fs::read(dir.join(NAME)).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

fn folders_of_backups(place: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(BACKUPS_SUFFIX));
    named.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// Backups in a folder, the newest first: it is the likeliest to be whole.
fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let stamped =
        entries.filter_map(|entry| Some((backup::stamp_of(&entry.file_name().to_string_lossy())?, entry.path())));
    let mut found: Vec<_> = stamped.collect();
    found.sort();
    found.into_iter().rev().map(|(_, path)| path)
}
