//! How a workspace is, for the settings screen and for the banners over every screen.

use super::{AutoBackup, BackupFile, Checked, Notes, Paused, automatic, backup_dir, shown};
use crate::{Result, Session};
use serde::{Deserialize, Serialize};
use store::{Danger, Severity, Trouble};

/// How a workspace is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Health {
    /// Folder of its backups.
    pub backup_dir: String,
    /// The newest good backup.
    pub last_backup: Option<BackupFile>,
    /// How many good ones there are.
    pub good_backups: u32,
    /// Whether there is something that no good backup holds.
    pub changed_since: bool,
    /// How the last automatic backup of this session came out.
    pub automatic: Option<AutoBackup>,
    /// After a restore old backups are kept until the user has confirmed it; `None` when they are thinned.
    pub paused: Option<Paused>,
    /// The last complete check.
    pub checked: Option<Checked>,
    /// Signed rounds that are not what was signed.
    pub signed: Vec<Trouble>,
    /// Everything to be shown over the screens.
    pub banners: Vec<Banner>,
}

/// Something the user should know about the workspace as long as it is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Banner {
    /// `signed_changed`, `approved_differs`, `read_only`, `cloud_folder`, `network_path`, `conflict_copies`,
    /// `restore_unconfirmed`, `backup_failed`, `space_short`.
    pub code: String,
    /// What it is about: a round, a folder, a file.
    pub subject: String,
    /// What may happen and what to do, in Chinese.
    pub detail: String,
}

/// How the workspace is.
///
/// # Errors
/// When the folder of the backups cannot be read.
pub fn health(session: &Session) -> Result<Health> {
    let dir = backup_dir(session.workspace.dir())?;
    let head = session.workspace.chain_head()?;
    let all = super::all_backups(session.workspace.dir())?;
    let good: Vec<_> = all.iter().filter(|b| b.counts.is_some()).collect();
    let notes = Notes::read(&dir);
    Ok(Health {
        backup_dir: dir.display().to_string(),
        last_backup: good.first().map(|newest| shown(newest)),
        good_backups: u32::try_from(good.len()).unwrap_or(u32::MAX),
        changed_since: !automatic::holds(&all, &head),
        automatic: automatic::last(session).cloned(),
        paused: notes.paused,
        checked: notes.checked,
        signed: session.signed_troubles().to_vec(),
        banners: banners(session),
    })
}

/// What the user should know about the workspace as long as it is open, the most serious first.
#[must_use]
pub fn banners(session: &Session) -> Vec<Banner> {
    let banner = |code: &str, subject: &str, detail: &str| Banner {
        code: code.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
    };
    let dir = session.workspace.dir();
    let mut found: Vec<Banner> = session
        .signed_troubles()
        .iter()
        .map(|t| {
            let code = if t.severity == Severity::Error { "signed_changed" } else { "approved_differs" };
            banner(code, &t.subject, &t.message)
        })
        .collect();
    if session.workspace.is_read_only() {
        let what = "此位置不可写，只能查看和导出；如需修改，请把整个工作区文件夹复制到可写的位置后打开";
        found.push(banner("read_only", &dir.display().to_string(), what));
    }
    found.extend(session.workspace.space_warning().map(|what| banner("space_short", "", what)));
    found.extend(store::place_warnings(dir).into_iter().map(|w| banner(danger(w.danger), &w.subject, &w.message)));
    if let Some(paused) = backup_dir(dir).ok().and_then(|dir| Notes::read(&dir).paused) {
        let what = "工作区已从备份恢复；在您确认恢复的内容无误之前，旧备份一律保留，不会清理";
        found.push(banner("restore_unconfirmed", &paused.from, what));
    }
    if let Some(failed) = automatic::last(session).filter(|last| last.made.is_none()) {
        found.push(banner("backup_failed", &failed.code, &failed.detail));
    }
    found
}

/// Stable code of a warning about a place.
#[must_use]
pub const fn danger(danger: Danger) -> &'static str {
    match danger {
        Danger::CloudFolder => "cloud_folder",
        Danger::NetworkShare => "network_path",
        Danger::ConflictCopy => "conflict_copies",
    }
}
