//! A program with all processes it started: their memory, their work, their end.

use crate::processes::{family, fields, name, parent};
use std::fs;
use std::process::{Child, Command};
use std::time::Duration;

const BETWEEN: Duration = Duration::from_millis(100);
/// So many looks in a row without work make a program idle: two seconds.
const QUIET: usize = 20;
const TIDYING: Duration = Duration::from_secs(15);
/// A caret that blinks is not work.
const TICKS: u64 = 1;

/// A started program.
pub struct Tree(pub Child);

/// What a process holds, in MiB. Pages that several processes hold are divided among them (PSS): the sum over the processes is what
/// the program takes from the machine, which a sum of resident sizes counts several times over.
pub struct Memory {
    pub name: String,
    pub all: f64,
    /// Without pages that lie in files as well (code, fonts), which the system takes back when it needs room.
    pub own: f64,
}

fn memory(pid: u32) -> Option<Memory> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let mib = |field: &str| {
        let line = rollup.lines().find_map(|line| line.strip_prefix(field))?;
        Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
    };
    Some(Memory { name: name(pid)?, all: mib("Pss:")?, own: mib("Pss_Anon:")? + mib("Pss_Shmem:")? })
}

impl Tree {
    /// Memory of each process.
    pub fn memory(&self) -> Vec<Memory> {
        family(self.0.id()).into_iter().filter_map(memory).collect()
    }

    /// Waits until nothing runs any more and the web view has tidied up: it collects garbage some ten seconds after the last work.
    pub async fn settled(&self) {
        self.idle().await;
        tokio::time::sleep(TIDYING).await;
        self.idle().await;
    }

    /// Waits until nothing runs any more.
    pub async fn idle(&self) {
        let (mut quiet, mut ticks) = (0, self.ticks());
        while quiet < QUIET {
            tokio::time::sleep(BETWEEN).await;
            let done = self.ticks();
            // Judged from the beginning of the pause: slow work is work.
            if done <= ticks + TICKS {
                quiet += 1;
            } else {
                (quiet, ticks) = (0, done);
            }
        }
    }

    /// Ends all processes and waits until they are gone.
    pub async fn end(mut self) {
        let pids = family(self.0.id());
        Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        self.0.wait().unwrap();
        // The web view's processes end by themselves when the program does.
        crate::harness::until("all processes have ended", || async { pids.iter().all(|pid| parent(*pid).is_none()) })
            .await;
    }

    /// Time of all processes on the processor, in clock ticks.
    fn ticks(&self) -> u64 {
        family(self.0.id()).into_iter().filter_map(ticks).sum()
    }
}

/// Time of a process on the processor, in clock ticks.
pub fn ticks(pid: u32) -> Option<u64> {
    let fields = fields(pid)?;
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(number(11)? + number(12)?)
}
