//! What has to be remembered about the backups of a workspace: a small file beside them.

use crate::{Error, Result};
use domain::Instant;
use serde::{Deserialize, Serialize};
use std::path::Path;
use store::backup::NOTES;

/// Since when no old backup is removed, and because of which restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Paused {
    /// When it was restored.
    pub at: Instant,
    /// Name of the backup that was restored.
    pub from: String,
}

/// The last complete check and what it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Checked {
    /// When.
    pub at: Instant,
    /// Damage: restore before going on.
    pub errors: u32,
    /// Something cannot be relied on; work can go on.
    pub warnings: u32,
    /// Worth knowing.
    pub notes: u32,
}

/// The content of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Notes {
    pub paused: Option<Paused>,
    pub checked: Option<Checked>,
}

impl Notes {
    /// What is remembered; nothing when the file is not there. An unreadable one forgets, which only costs a reminder: the newest
    /// good backup is never removed anyway.
    pub fn read(dir: &Path) -> Self {
        std::fs::read(dir.join(NOTES)).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
    }

    /// Changes what is remembered.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn change(dir: &Path, change: impl FnOnce(&mut Self)) -> Result<()> {
        let mut notes = Self::read(dir);
        change(&mut notes);
        store::private_dir(dir).map_err(Error::file(dir))?;
        let json = serde_json::to_vec_pretty(&notes).map_err(|e| Error::file(dir)(e.into()))?;
        let path = dir.join(NOTES);
        store::write_whole(&path, &json).map_err(Error::file(&path))
    }
}
