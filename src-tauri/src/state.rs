//! What the shell holds while it runs: at most one open workspace, the settings, the running jobs, the paths the user chose.

use crate::error::{IpcError, Result};
use crate::grants::Grants;
use crate::jobs::{Job, Jobs, Tell};
use crate::pick::Picker;
use crate::settings::SettingsFile;
use app::Session;
use app::upkeep::{AutoBackup, BackupReason, automatic};
use domain::Id;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

pub(crate) use app::domain;

/// The open workspace and the round on screen.
pub struct Open {
    /// The workspace with clock, ids and actor.
    pub session: Session,
    /// The round every command is about.
    pub round: Id,
}

/// A session aside for long work on the round on screen; the first part of [`AppState::beside`].
///
/// # Errors
/// When the round cannot be read.
pub fn aside(open: &mut Open) -> Result<(Session, Id)> {
    Ok((open.session.aside(open.round)?, open.round))
}

/// The place of the open workspace, and what opening and closing one needs.
pub struct Slot {
    /// What is open.
    pub open: Option<Open>,
    /// Who acts; the list of workspaces.
    pub settings: Arc<SettingsFile>,
    tell: TellBackup,
}

impl Slot {
    /// What is open.
    ///
    /// # Errors
    /// `no_workspace`.
    pub fn get(&mut self) -> Result<&mut Open> {
        self.open.as_mut().ok_or_else(IpcError::nothing_open)
    }

    /// Makes a last backup if something was changed, and closes what is open.
    ///
    /// # Errors
    /// When the clean end cannot be noted; the work itself is safe.
    pub fn close(&mut self) -> Result<()> {
        if let Some(open) = &mut self.open {
            automatic::make(&mut open.session, BackupReason::Close);
        }
        self.tell_news();
        self.open.take().map_or(Ok(()), |open| Ok(open.session.close()?))
    }

    /// Tells the page about the automatic backups since the last time.
    fn tell_news(&mut self) {
        for outcome in self.open.iter_mut().flat_map(|open| automatic::take_news(&mut open.session)) {
            (self.tell)(BackupNews(outcome));
        }
    }
}

/// The event `backup-news`: an automatic backup was made or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub struct BackupNews(pub AutoBackup);

/// Tells the page about an automatic backup.
pub type TellBackup = Arc<dyn Fn(BackupNews) + Send + Sync>;

/// What to open when the page is first there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Launch {
    /// The sample assessment.
    Sample,
    /// A workspace.
    Workspace(PathBuf),
}

/// A workspace that is being opened.
pub type Opening = tauri::async_runtime::JoinHandle<Result<crate::commands::workspace::Opened>>;

/// Everything the commands share.
pub struct AppState {
    /// Settings on disk.
    pub settings: Arc<SettingsFile>,
    /// Jobs that can be cancelled.
    pub jobs: Jobs,
    /// Paths the user chose; the page may name no others.
    pub grants: Arc<Grants>,
    /// File dialogs, or a test's answers.
    pub picker: Arc<dyn Picker>,
    /// Where the sample, logs and copies for viewing lie.
    pub home: PathBuf,
    /// Where new workspaces are proposed.
    pub documents: PathBuf,
    /// What the command line asked for; taken by the first `current`.
    pub launch: Mutex<Option<Launch>>,
    /// It, being opened while the window is made.
    pub opening: Mutex<Option<Opening>>,
    tell: Tell,
    slot: Arc<Mutex<Slot>>,
    /// Held by the one long work that goes on beside the slot, and by whoever changes what is open under it. Always taken before
    /// the slot.
    long: Arc<Mutex<()>>,
}

impl AppState {
    /// Language of the program.
    #[must_use]
    pub fn lang(&self) -> domain::Lang {
        self.settings.get().language().parse().unwrap_or_default()
    }

    /// A state with nothing open.
    #[must_use]
    pub fn new(
        home: PathBuf,
        documents: PathBuf,
        picker: Arc<dyn Picker>,
        tell: Tell,
        tell_backup: TellBackup,
    ) -> Self {
        let settings = Arc::new(SettingsFile::at(home.join("settings.json")));
        Self {
            slot: Arc::new(Mutex::new(Slot { open: None, settings: Arc::clone(&settings), tell: tell_backup })),
            settings,
            jobs: Jobs::default(),
            grants: Arc::default(),
            picker,
            home,
            documents,
            launch: Mutex::new(None),
            opening: Mutex::new(None),
            tell,
            long: Arc::default(),
        }
    }

    /// Runs `work` on the open workspace, off the main thread: it reads or writes the disk.
    ///
    /// # Errors
    /// When nothing is open, and what `work` is refused for.
    pub async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Open) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (command, slot) = (name_of(&work), Arc::clone(&self.slot));
        self.run(command, move || in_slot(&slot, |slot| work(slot.get()?))).await
    }

    /// Long work in three parts, so that other commands are answered while the second goes on: `prepare` and `record` have the
    /// open workspace, `work` has what `prepare` gave it. What is open stays open until `record` has run.
    ///
    /// # Errors
    /// As [`Self::with`].
    pub async fn beside<P, W, T: Send + 'static>(
        &self,
        prepare: impl FnOnce(&mut Open) -> Result<P> + Send + 'static,
        work: impl FnOnce(P) -> Result<W> + Send + 'static,
        record: impl FnOnce(&mut Open, W) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (slot, long) = (Arc::clone(&self.slot), Arc::clone(&self.long));
        self.run(name_of(&record), move || {
            let _one = lock(&long);
            let prepared = prepare(lock(&slot).get()?)?;
            let worked = work(prepared)?;
            in_slot(&slot, |slot| record(slot.get()?, worked))
        })
        .await
    }

    /// A job that reports its progress and can be cancelled; counts as running until the value is dropped.
    #[must_use]
    pub fn job(&self, name: &str) -> Job {
        self.jobs.start(name, Arc::clone(&self.tell))
    }

    /// Runs `work` on the place of the open workspace when no long work goes on; asks jobs to stop for it.
    ///
    /// # Errors
    /// What `work` is refused for.
    pub async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Slot) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.jobs.cancel_all();
        let (slot, long) = (Arc::clone(&self.slot), Arc::clone(&self.long));
        self.run(name_of(&work), move || {
            let _one = lock(&long);
            in_slot(&slot, work)
        })
        .await
    }

    /// Runs `work` on the place of the open workspace. What changes what is open takes [`Self::alone`].
    ///
    /// # Errors
    /// What `work` is refused for.
    pub async fn slot<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Slot) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let slot = Arc::clone(&self.slot);
        self.run(name_of(&work), move || in_slot(&slot, work)).await
    }

    /// Runs `work`, which needs nothing that is open, off the main thread.
    ///
    /// # Errors
    /// What `work` is refused for.
    pub async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        self.run(name_of(&work), work).await
    }

    /// Runs `work` off the main thread and logs how it ended: name, time and code, never the user's text.
    async fn run<T: Send + 'static>(
        &self,
        command: &'static str,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let began = Instant::now();
        let done = tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|_| Err(IpcError::internal()));
        let millis = began.elapsed().as_millis();
        match &done {
            Ok(_) => tracing::debug!(command, millis, "done"),
            Err(error) => tracing::warn!(command, millis, code = error.code, "refused"),
        }
        done
    }

    /// Closes what is open, so that the next start finds a clean workspace.
    pub fn close(&self) {
        self.jobs.cancel_all();
        let _one = lock(&self.long);
        if let Err(error) = lock(&self.slot).close() {
            tracing::warn!(code = error.code, "the workspace was not closed cleanly");
        }
    }

    /// Makes the half-hourly backup if it is due. Only copying the rows keeps other commands waiting.
    pub fn back_up_if_due(&self) {
        let begin = |slot: &mut Slot| {
            let open = slot.open.as_mut()?;
            Some((open.session.dir().to_owned(), automatic::begin(&mut open.session, BackupReason::Interval)?))
        };
        let Some((dir, begun)) = begin(&mut lock(&self.slot)) else { return };
        let finished = begun.finish();
        let mut slot = lock(&self.slot);
        match &mut slot.open {
            Some(open) if open.session.dir() == dir => automatic::remember(&mut open.session, finished),
            // Closed meanwhile; the page shall know all the same.
            _ => (slot.tell)(BackupNews(finished.outcome)),
        }
        slot.tell_news();
    }

    /// Makes the actor of the settings the one who acts from now on.
    pub async fn rename_actor(&self, actor: String) {
        let named = self.slot(move |slot| {
            if let Some(open) = &mut slot.open {
                open.session.env.actor = actor;
            }
            Ok(())
        });
        // Nothing in it can be refused.
        drop(named.await);
    }
}

fn in_slot<T>(slot: &Mutex<Slot>, work: impl FnOnce(&mut Slot) -> Result<T>) -> Result<T> {
    let mut slot = lock(slot);
    let done = work(&mut slot);
    slot.tell_news();
    done
}

/// The function a closure stands in, for the log: a command is named once, where it is written.
fn name_of<F>(_: &F) -> &'static str {
    let path = std::any::type_name::<F>();
    let function = path.split("::{{closure}}").next().unwrap_or(path);
    function.rsplit("::").next().unwrap_or(function)
}

/// Locks a mutex. A panic while it was held left whole values behind (every write goes through one transaction), so the
/// next one may go on.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_closure_bears_the_name_of_its_function() {
        async fn move_task() -> &'static str {
            name_of(&|| ())
        }
        assert_eq!(tauri::async_runtime::block_on(move_task()), "move_task");
    }
}
