//! Processes that die and disks that fill up. This program starts itself as a child, which works until it is killed or refused,
//! and says on its output what it was told is saved; then the parent opens what is left.
//!
//! `BEISHEN_KILLS=500` sets the number of kills of each kind of work (50 by default), `BEISHEN_STEPS=500` the number of steps of each
//! tour at which a fault is put in (9 by default; a kill hits every step of an upgrade), `BEISHEN_POWER_CUTS=1500` the number of power cuts tried (200 by default).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../common/mod.rs"]
mod common;

mod child;
#[cfg(target_os = "linux")]
mod disk_full;
#[path = "../../../../../tests/golden/folder.rs"]
mod folder;
#[cfg(target_os = "linux")]
mod inject;
mod kill;
#[cfg(target_os = "linux")]
mod lost;
#[cfg(target_os = "linux")]
mod power;
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "what it is prepared for runs on Linux only"))]
mod tour;
#[cfg(target_os = "linux")]
mod trace;

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Name, and the work: how many faults it tried, 0 where this system does not let it.
type Test = (&'static str, fn() -> usize);

fn main() -> ExitCode {
    if let Ok(work) = std::env::var(child::WORK) {
        child::run(&work);
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let is_wanted = |test: &&Test| wanted.is_empty() || wanted.iter().any(|w| test.0.contains(w.as_str()));
    // Shell limits, small mounts and recorded system calls are things of Linux.
    #[cfg(target_os = "linux")]
    let (apart, alone) =
        ([kill::TESTS, inject::TESTS, power::TESTS].concat(), [disk_full::TESTS, lost::TESTS].concat());
    #[cfg(not(target_os = "linux"))]
    let (apart, alone) = (kill::TESTS.to_vec(), Vec::new());
    if std::env::args().any(|a| a == "--list") {
        for (name, _) in apart.iter().chain(&alone).filter(is_wanted) {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    // Half of a kill is waiting for its moment, so two of these go on at a time. What fills disks and takes them away goes alone.
    let queue = Mutex::new(apart.iter().filter(is_wanted));
    let failed = AtomicUsize::new(0);
    let work = || {
        while let Some(test) = { queue.lock().unwrap().next() } {
            failed.fetch_add(usize::from(!holds(*test)), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let failed = failed.into_inner() + alone.iter().filter(is_wanted).filter(|test| !holds(**test)).count();
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a test and says what came of it. What is lost fails the test, so whoever gets as far as a count has lost nothing.
fn holds((name, test): Test) -> bool {
    let began = std::time::Instant::now();
    let outcome = std::panic::catch_unwind(test);
    let took = began.elapsed().as_secs_f32();
    match outcome {
        Ok(0) => println!("test {name} ... NOT TRIED here"),
        // A control does harm on purpose; what matters is that it was seen.
        Ok(rounds) if name.ends_with("would_be_noticed") => {
            println!("test {name} ... ok ({took:.1} s)\n= {name}: {rounds} tried, the harm was seen");
        }
        Ok(rounds) => println!("test {name} ... ok ({took:.1} s)\n= {name}: {rounds} tried, 0 lost"),
        Err(_) => println!("test {name} ... FAILED\n= {name}: FAILED"),
    }
    outcome.is_ok()
}
