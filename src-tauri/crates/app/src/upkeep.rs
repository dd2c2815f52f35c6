//! Keeping a workspace sound: backups, restoring, the doctor, tidying.

pub mod automatic;
mod health;
mod notes;
mod tidy;

pub use automatic::{AutoBackup, BackupReason};
pub(crate) use automatic::{Watch, before_bulk};
pub use health::{Banner, Health, banners, danger, health};
use notes::Notes;
pub use notes::{Checked, Paused};
pub use tidy::{OrphanFiles, orphans, sweep};

use crate::session::holder;
use crate::{Env, Error, Result, Session};
use domain::{Entity, Instant};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use store::{Severity, Trouble};

/// A backup of a workspace's database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BackupFile {
    /// Where it lies.
    pub path: String,
    /// When it was made.
    pub at: Instant,
    /// Size in bytes, as a decimal string so that no reader rounds it.
    pub size_bytes: String,
    /// Whether it reads back whole.
    pub good: bool,
    /// Answers in it.
    pub answers: u32,
    /// Rows of the change log in it.
    pub changes: u32,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RestoredState {
    /// Where the state before was kept.
    pub kept_aside: Option<String>,
    /// Rows of the change log in the restored state.
    pub changes: u32,
    /// Labels of evidence whose file is not in the workspace.
    pub missing_evidence: Vec<String>,
}

/// Where new backups of a workspace go: beside it, not in it, so that losing the folder does not lose both.
///
/// # Errors
/// When the workspace has no name to go by (a file system root), or its path leads nowhere.
pub fn backup_dir(workspace: &Path) -> Result<PathBuf> {
    store::backups_beside(workspace).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidFilename => {
            let dir = workspace.display();
            let expected = (format!("{dir} 不能作为工作区"), format!("{dir} cannot be a workspace")).into();
            Error::Field { field: "工作区", expected }
        }
        _ => Error::file(workspace)(error),
    })
}

/// Backups of a workspace, wherever they lie, newest first. Those that cannot be read count as its own where new ones go.
fn all_backups(workspace: &Path) -> Result<Vec<store::Backup>> {
    let known = store::whereabouts(workspace)?;
    let mut all = Vec::new();
    for (n, folder) in known.folders.iter().enumerate() {
        let is_ours = |backup: &store::Backup| match (&backup.workspace, &known.id) {
            (Some(of), Some(id)) => of == id,
            _ => n == 0 || known.id.is_none(),
        };
        all.extend(store::backups(folder)?.into_iter().filter(is_ours));
    }
    all.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    Ok(all)
}

/// Makes a verified backup now and thins the older ones.
///
/// # Errors
/// When it cannot be written or does not read back.
pub fn backup(session: &mut Session) -> Result<BackupFile> {
    let dir = backup_dir(session.workspace.dir())?;
    let head = session.workspace.chain_head()?;
    let made = session.workspace.start_backup(&dir, session.env.now())?.finish()?;
    session.backups.note_saved(head);
    if may_thin(session) {
        thin(&dir, session.env.now());
    }
    Ok(shown(&made))
}

/// Whether old backups may go: not while somebody may still need one, because the state of the workspace is in doubt or a restore
/// has not been confirmed.
fn may_thin(session: &Session) -> bool {
    let notes = backup_dir(session.workspace.dir()).map(|dir| Notes::read(&dir)).unwrap_or_default();
    let is_damaged = session.signed_troubles().iter().any(|t| t.severity == Severity::Error)
        || notes.checked.is_some_and(|checked| checked.errors > 0);
    notes.paused.is_none() && !is_damaged
}

/// A backup that was made is made, whatever becomes of the old ones.
fn thin(dir: &Path, now: Instant) {
    if let Err(error) = store::thin_backups(dir, now) {
        tracing::warn!(code = error.code(), "old backups could not be removed");
    }
}

/// The user has looked at what was restored: old backups are thinned again. Answers whether a restore waited for it; nothing is
/// written when none did.
///
/// # Errors
/// When it cannot be noted.
pub fn confirm_restore(workspace: &Path) -> Result<bool> {
    let dir = backup_dir(workspace)?;
    let waited = Notes::read(&dir).paused.is_some();
    if waited {
        Notes::change(&dir, |notes| notes.paused = None)?;
    }
    Ok(waited)
}

/// Backups of a workspace, newest first.
///
/// # Errors
/// When a folder cannot be read.
pub fn backups(workspace: &Path) -> Result<Vec<BackupFile>> {
    Ok(all_backups(workspace)?.iter().map(shown).collect())
}

fn shown(backup: &store::Backup) -> BackupFile {
    BackupFile {
        path: backup.path.display().to_string(),
        at: backup.at,
        size_bytes: backup.size_bytes.to_string(),
        good: backup.counts.is_some(),
        answers: backup.counts.as_ref().map_or(0, |c| c.of(Entity::Answer)),
        changes: backup.counts.as_ref().map_or(0, |c| c.changes),
    }
}

/// Puts a backup in the place of the workspace's database. The state before is kept aside, and no old backup is removed until
/// [`confirm_restore`].
///
/// # Errors
/// When the backup is not one or is damaged, or the workspace is in use; nothing is changed then.
pub fn restore(workspace: &Path, from: &Path, env: &Env) -> Result<RestoredState> {
    let restored = store::restore(workspace, from, &holder(env), env.now())?;
    let from = from.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let noted = Notes::change(&backup_dir(workspace)?, |notes| notes.paused = Some(Paused { at: env.now(), from }));
    if let Err(error) = noted {
        tracing::warn!(code = error.code(), "the restore was not noted");
    }
    Ok(RestoredState {
        kept_aside: restored.kept_aside.map(|p| p.display().to_string()),
        changes: restored.counts.changes,
        missing_evidence: restored.missing_evidence.iter().map(domain::Evidence::label).collect(),
    })
}

/// Checks database, change log, signatures and evidence, and remembers when and with what result. A session aside may do it.
///
/// # Errors
/// When the check itself cannot run or is cancelled.
pub fn doctor(session: &Session, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Vec<Trouble>> {
    let troubles = session.workspace.doctor(on)?;
    let count =
        |severity| u32::try_from(troubles.iter().filter(|t| t.severity == severity).count()).unwrap_or(u32::MAX);
    let checked = Checked {
        at: session.env.now(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
    };
    let noted =
        backup_dir(session.workspace.dir()).and_then(|dir| Notes::change(&dir, |notes| notes.checked = Some(checked)));
    // A workspace on read-only media has nowhere to remember it.
    if let Err(error) = noted {
        tracing::info!(code = error.code(), "the check was not noted");
    }
    Ok(troubles)
}
