//! What the shell holds while it runs: at most one open workspace, the settings, the running jobs, the paths the user chose.

use crate::error::{IpcError, Result};
use crate::grants::Grants;
use crate::jobs::{Job, Jobs, Tell};
use crate::pick::Picker;
use crate::settings::SettingsFile;
use app::Session;
use domain::Id;
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

/// What to open when the page is first there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Launch {
    /// The sample assessment.
    Sample,
    /// A workspace.
    Workspace(PathBuf),
}

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
    tell: Tell,
    open: Arc<Mutex<Option<Open>>>,
}

impl AppState {
    /// A state with nothing open.
    #[must_use]
    pub fn new(home: PathBuf, documents: PathBuf, picker: Arc<dyn Picker>, tell: Tell) -> Self {
        Self {
            settings: Arc::new(SettingsFile::at(home.join("settings.json"))),
            jobs: Jobs::default(),
            grants: Arc::default(),
            picker,
            home,
            documents,
            launch: Mutex::new(None),
            tell,
            open: Arc::default(),
        }
    }

    /// Runs `work` on the open workspace, off the main thread: it reads or writes the disk.
    ///
    /// # Errors
    /// When nothing is open, and what `work` is refused for.
    pub async fn with<T: Send + 'static>(
        &self,
        command: &'static str,
        work: impl FnOnce(&mut Open) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.slot(command, move |slot| work(slot.as_mut().ok_or_else(IpcError::nothing_open)?)).await
    }

    /// As [`Self::with`], as a job that reports its progress and can be cancelled.
    ///
    /// # Errors
    /// As [`Self::with`].
    pub async fn job<T: Send + 'static>(
        &self,
        command: &'static str,
        name: &str,
        work: impl FnOnce(&mut Open, &mut Job) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let mut job = self.jobs.start(name, Arc::clone(&self.tell));
        self.with(command, move |open| work(open, &mut job)).await
    }

    /// Runs `work` on the place of the open workspace: opening, changing and closing it.
    ///
    /// # Errors
    /// What `work` is refused for.
    pub async fn slot<T: Send + 'static>(
        &self,
        command: &'static str,
        work: impl FnOnce(&mut Option<Open>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let open = Arc::clone(&self.open);
        self.aside(command, move || work(&mut lock(&open))).await
    }

    /// Runs `work` off the main thread and logs how it ended: name, time and code, never the user's text.
    ///
    /// # Errors
    /// What `work` is refused for.
    pub async fn aside<T: Send + 'static>(
        &self,
        command: &'static str,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let began = Instant::now();
        let done = tauri::async_runtime::spawn_blocking(work)
            .await
            .unwrap_or_else(|_| Err(IpcError::new("internal", "程序内部错误，详见日志")));
        let millis = began.elapsed().as_millis();
        match &done {
            Ok(_) => tracing::debug!(command, millis, "done"),
            Err(error) => tracing::warn!(command, millis, code = error.code, "refused"),
        }
        done
    }

    /// Closes what is open, so that the next start finds a clean workspace.
    pub fn close(&self) {
        if let Some(open) = lock(&self.open).take()
            && let Err(error) = open.session.close()
        {
            tracing::warn!(code = error.code(), "the workspace was not closed cleanly");
        }
    }

    /// Makes the actor of the settings the one who acts from now on.
    pub async fn rename_actor(&self, actor: String) {
        let named = self.slot("actor", move |slot| {
            if let Some(open) = slot {
                open.session.env.actor = actor;
            }
            Ok(())
        });
        // Nothing in it can be refused.
        drop(named.await);
    }
}

/// Locks a mutex. A panic while it was held left whole values behind (every write goes through one transaction), so the
/// next one may go on.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
