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
        Job { name: name.to_owned(), stop, last_step: None, tell, jobs: self.clone() }
    }

    /// Asks a job to stop; unknown names are none of anybody's harm (the job has just ended).
    pub fn cancel(&self, name: &str) {
        if let Some(stop) = lock(&self.0).get(name) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Asks every job to stop.
    pub fn cancel_all(&self) {
        for stop in lock(&self.0).values() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Whether a job was asked to stop; also when it has ended.
    #[must_use]
    pub fn is_cancelled(&self, name: &str) -> bool {
        lock(&self.0).get(name).is_none_or(|stop| stop.load(Ordering::Relaxed))
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
    last_step: Option<Instant>,
    tell: Tell,
    jobs: Jobs,
}

impl Job {
    /// Says how far it is, and hears whether to go on.
    pub fn step(&mut self, stage: &str, done: u32, total: u32) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        if done >= total || self.last_step.is_none_or(|at| at.elapsed() >= PAUSE) {
            self.last_step = Some(Instant::now());
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn jobs() -> (Jobs, Tell, Arc<Mutex<Vec<Progress>>>) {
        let steps = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&steps);
        (Jobs::default(), Arc::new(move |progress| heard.lock().unwrap().push(progress)), steps)
    }

    #[test]
    fn a_cancelled_job_is_told_to_stop_and_others_go_on() {
        let (jobs, tell, _) = jobs();
        let mut import = jobs.start("import", Arc::clone(&tell));
        let mut verify = jobs.start("verify", tell);
        assert!(import.step("import", 1, 3).is_continue());
        jobs.cancel("import");
        assert!(import.step("import", 2, 3).is_break());
        assert!(verify.step("verify", 1, 3).is_continue());
        drop((import, verify));
        assert_eq!(jobs.running(), 0);
        // The name is free again, and a late cancel harms nobody.
        jobs.cancel("import");
        assert_eq!(jobs.running(), 0);
    }

    #[test]
    fn the_page_hears_the_first_and_the_last_step_but_not_a_flood() {
        let (jobs, tell, steps) = jobs();
        let mut job = jobs.start("j", tell);
        for done in 0..=50_000 {
            let _ = job.step("verify", done, 50_000);
        }
        let steps = steps.lock().unwrap();
        assert_eq!((steps[0].done, steps.last().unwrap().done), (0, 50_000));
        assert!(steps.len() < 5_000, "{} events", steps.len());
    }

    #[test]
    fn bytes_beyond_the_page_s_numbers_are_told_as_a_part_of_the_whole() {
        let (jobs, tell, steps) = jobs();
        let mut job = jobs.start("j", tell);
        let _ = job.step_bytes("import", 0, 0);
        let _ = job.step_bytes("import", u64::MAX, u64::MAX);
        let steps = steps.lock().unwrap();
        assert!(steps.iter().all(|p| (p.done, p.total) == (10_000, 10_000)));
    }
}
