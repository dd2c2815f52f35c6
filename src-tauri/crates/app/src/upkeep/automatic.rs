//! Backups that nobody has to think of: every half hour if something changed, before bulk changes and restores, at the end.

use super::{BackupFile, backup_dir, shown, thin};
use crate::{Error, Result, Session};
use chrono::TimeDelta;
use domain::Instant;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use store::{Backup, UncheckedBackup};

/// Time between two backups of a workspace that is being worked on.
pub const INTERVAL_MINUTES: i64 = 30;

/// Changing more answers than this at once is a bulk change.
const BULK_ANSWERS: usize = 20;

/// Code of the warning of a bulk change whose backup failed; the change itself can be undone.
const WARNING: &str = "backup_failed";

/// Why a backup is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum BackupReason {
    /// Half an hour of work.
    Interval,
    /// Many answers are about to change at once.
    BulkChange,
    /// Another backup is about to take the workspace's place.
    Restore,
    /// The workspace is being closed.
    Close,
}

/// How an automatic backup came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AutoBackup {
    /// Why it was tried.
    pub reason: BackupReason,
    /// When.
    pub at: Instant,
    /// The backup; `None` when it failed.
    pub made: Option<BackupFile>,
    /// Code of the failure; empty when it was made.
    pub code: String,
    /// What went wrong and what to do; empty when it was made.
    pub detail: String,
}

/// What a session knows about its backups.
#[derive(Debug)]
pub(crate) struct Watch {
    /// Head of the log when the workspace was opened: a session that wrote nothing has nothing to save.
    opened: String,
    /// Head of the log that is known to be in a good backup.
    saved: Option<String>,
    /// When the last one was tried, or the session began.
    tried: Instant,
    last: Option<AutoBackup>,
    news: Vec<AutoBackup>,
}

impl Watch {
    pub fn from(head: String, now: Instant) -> Self {
        Self { opened: head, saved: None, tried: now, last: None, news: Vec::new() }
    }

    /// A good backup holds the log up to this head.
    pub fn note_saved(&mut self, head: String) {
        self.saved = Some(head);
    }
}

/// An automatic backup whose rows are copied. The second half needs no session, so that others can go on writing.
#[derive(Debug)]
pub struct Begun {
    reason: BackupReason,
    at: Instant,
    head: String,
    dir: PathBuf,
    may_thin: bool,
    copy: Result<UncheckedBackup>,
}

impl Begun {
    /// Reads the copy back, names it, and thins the older ones.
    #[must_use]
    pub fn finish(self) -> Finished {
        let Self { reason, at, head, dir, may_thin, copy } = self;
        let made = copy.and_then(|copy| Ok(copy.finish()?));
        if made.is_ok() && may_thin {
            thin(&dir, at);
        }
        let outcome = match made {
            Ok(made) => AutoBackup { reason, at, made: Some(shown(&made)), code: String::new(), detail: String::new() },
            Err(error) => {
                AutoBackup { reason, at, made: None, code: error.code().to_owned(), detail: error.to_string() }
            }
        };
        Finished { outcome, head }
    }
}

/// How it came out, for [`remember`].
#[derive(Debug)]
pub struct Finished {
    /// How it came out.
    pub outcome: AutoBackup,
    head: String,
}

/// Copies the rows for an automatic backup, if one is due: something was changed that no backup holds and, for
/// [`BackupReason::Interval`], half an hour has passed. A clock that was set back counts as passed: it must not put backups off.
pub fn begin(session: &mut Session, reason: BackupReason) -> Option<Begun> {
    if session.workspace.is_read_only() {
        return None;
    }
    let at = session.env.now();
    let watch = &session.backups;
    let passed = at < watch.tried || at - watch.tried >= TimeDelta::minutes(INTERVAL_MINUTES);
    if reason == BackupReason::Interval && !passed {
        return None;
    }
    let head = session.workspace.chain_head().ok()?;
    let wrote = head != session.backups.opened;
    let is_at_rest = matches!(reason, BackupReason::Interval | BackupReason::Close) && !wrote;
    let dir = backup_dir(session.workspace.dir()).ok()?;
    if is_at_rest || is_saved(session, &dir, &head) {
        return None;
    }
    session.backups.tried = at;
    let copy = session.workspace.start_backup(&dir, at).map_err(Error::from);
    Some(Begun { reason, at, head, may_thin: super::may_thin(session), dir, copy })
}

/// Notes how a backup came out, for [`take_news`] and the settings screen.
pub fn remember(session: &mut Session, finished: Finished) {
    let Finished { outcome, head } = finished;
    if outcome.made.is_some() {
        session.backups.note_saved(head);
    } else {
        tracing::warn!(code = outcome.code, "an automatic backup failed");
    }
    session.backups.last = Some(outcome.clone());
    session.backups.news.push(outcome);
}

/// Makes an automatic backup at once, if one is due.
pub fn make(session: &mut Session, reason: BackupReason) -> Option<AutoBackup> {
    let finished = begin(session, reason)?.finish();
    let outcome = finished.outcome.clone();
    remember(session, finished);
    Some(outcome)
}

/// How the backups since the last call came out, oldest first.
pub fn take_news(session: &mut Session) -> Vec<AutoBackup> {
    std::mem::take(&mut session.backups.news)
}

/// How the last automatic backup of this session came out.
#[must_use]
pub fn last(session: &Session) -> Option<&AutoBackup> {
    session.backups.last.as_ref()
}

/// Saves the state before many answers change. Answers with a warning when that failed: the change can still be undone, so it is
/// not refused for it.
pub(crate) fn before_bulk(session: &mut Session, answers: usize) -> Option<String> {
    if answers <= BULK_ANSWERS || session.is_read_only() {
        return None;
    }
    let outcome = make(session, BackupReason::BulkChange)?;
    outcome.made.is_none().then(|| WARNING.to_owned())
}

/// Whether a good backup holds the log up to this head.
fn is_saved(session: &mut Session, dir: &Path, head: &str) -> bool {
    let watch = &mut session.backups;
    // What this session wrote is in no backup but its own, and those are noted when they are made. Only of what it found can the
    // folder say more, and looking there reads every backup.
    if watch.saved.as_deref() != Some(head)
        && watch.opened == head
        && store::backups(dir).is_ok_and(|all| holds(&all, head))
    {
        watch.note_saved(head.to_owned());
    }
    watch.saved.as_deref() == Some(head)
}

/// Whether one of these backups is good and holds the log up to this head.
pub(super) fn holds(all: &[Backup], head: &str) -> bool {
    all.iter().filter_map(|backup| backup.counts.as_ref()).any(|counts| counts.chain_head == head)
}
