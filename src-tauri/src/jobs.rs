//! Long work: how far it is, and stopping it.

use crate::state::lock;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The event `progress`: how far a job is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub struct Progress {
    /// Name the page gave the job.
    pub job: String,
    /// Done so far: files, pages, or ten-thousandths of the bytes; see `stage`.
    pub done: u32,
    /// Of how many.
    pub total: u32,
    /// What is being done: `import`, `verify`, `layout`, `render`, `pack`, `check`.
    pub stage: String,
}

/// Tells the page how far a job is.
pub type Tell = Arc<dyn Fn(Progress) + Send + Sync>;

/// No page can draw more often than this, so no more is sent.
const PAUSE: Duration = Duration::from_millis(40);

/// The jobs that are running, by name.
#[derive(Clone, Default)]
pub struct Jobs(Arc<Mutex<HashMap<String, Arc<AtomicBool>>>>);

impl Jobs {
    /// Registers a job; it counts as running until the value is dropped.
    #[must_use]
    pub fn start(&self, name: &str, tell: Tell) -> Job {
        let stop = Arc::new(AtomicBool::new(false));
        lock(&self.0).insert(name.to_owned(), Arc::clone(&stop));
        Job { name: name.to_owned(), stop, told: None, tell, jobs: self.clone() }
    }

    /// Asks a job to stop; unknown names are none of anybody's harm (the job has just ended).
    pub fn cancel(&self, name: &str) {
        if let Some(stop) = lock(&self.0).get(name) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// How many are running.
    #[must_use]
    pub fn running(&self) -> usize {
        lock(&self.0).len()
    }
}

/// One running job.
pub struct Job {
    name: String,
    stop: Arc<AtomicBool>,
    told: Option<Instant>,
    tell: Tell,
    jobs: Jobs,
}

impl Job {
    /// Says how far it is, and hears whether to go on.
    pub fn step(&mut self, stage: &str, done: u32, total: u32) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        if done >= total || self.told.is_none_or(|at| at.elapsed() >= PAUSE) {
            self.told = Some(Instant::now());
            (self.tell)(Progress { job: self.name.clone(), done, total, stage: stage.to_owned() });
        }
        ControlFlow::Continue(())
    }

    /// As [`Self::step`] for amounts of bytes, which may not fit the page's whole numbers.
    pub fn step_bytes(&mut self, stage: &str, done: u64, total: u64) -> ControlFlow<()> {
        const WHOLE: u32 = 10_000;
        let part = u128::from(done.min(total)) * u128::from(WHOLE);
        let part = if total == 0 { WHOLE } else { u32::try_from(part / u128::from(total)).unwrap_or(WHOLE) };
        self.step(stage, part, WHOLE)
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        lock(&self.jobs.0).remove(&self.name);
    }
}
