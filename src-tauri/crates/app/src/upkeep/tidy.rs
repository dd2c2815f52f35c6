//! Evidence files that nothing refers to any more: what an interrupted import or a restore left.

use super::backup_dir;
use crate::{Result, Session};
use serde::{Deserialize, Serialize};

/// Evidence files that neither the workspace nor any backup refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct OrphanFiles {
    /// How many.
    pub files: u32,
    /// Bytes in all of them, as a decimal string so that no reader rounds it.
    pub bytes: String,
    /// Where they were put because a place that the workspace was backed up to is out of reach; `None` when they are gone.
    pub moved_to: Option<String>,
}

/// How many there are. Removes nothing.
///
/// # Errors
/// When the workspace or one of its backups cannot be read: what it refers to is not known then.
pub fn orphans(session: &Session) -> Result<OrphanFiles> {
    Ok(counted(&session.workspace.orphans(&backup_dir(session.workspace.dir())?)?))
}

/// Removes them, after making one more backup; puts them aside while not every backup is within reach. Answers with what went.
///
/// # Errors
/// As [`orphans`]; when the backup fails; when nothing may be written. Nothing is removed then.
pub fn sweep(session: &mut Session) -> Result<OrphanFiles> {
    session.may_write()?;
    let dir = backup_dir(session.workspace.dir())?;
    let now = session.env.now();
    Ok(counted(&session.workspace.sweep_orphans(&dir, now)?))
}

fn counted(found: &store::Orphans) -> OrphanFiles {
    OrphanFiles {
        files: u32::try_from(found.sha256.len()).unwrap_or(u32::MAX),
        bytes: found.bytes.to_string(),
        moved_to: found.moved_to.as_ref().map(|folder| folder.display().to_string()),
    }
}
