//! Processes that die and disks that fill up. This program starts itself as a child, which works until it is killed or refused,
//! and says on its output what it was told is saved; then the parent opens what is left.
//!
//! `BEISHEN_KILLS=500` sets the number of kills per kind of work (10 by default, which makes more than 50 in all),
//! `BEISHEN_POWER_CUTS=1500` the number of power cuts tried (200 by default).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../common/mod.rs"]
mod common;

mod child;
#[cfg(target_os = "linux")]
mod disk_full;
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

/// Name, and the work: how many faults it tried, 0 where this system does not let it.
type Test = (&'static str, fn() -> usize);

fn main() -> ExitCode {
    if let Ok(work) = std::env::var(child::WORK) {
        child::run(&work);
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let is_list = std::env::args().any(|a| a == "--list");
    let mut tests: Vec<Test> = kill::TESTS.to_vec();
    // Shell limits, small mounts and recorded system calls are things of Linux.
    #[cfg(target_os = "linux")]
    tests.extend(disk_full::TESTS.iter().chain(inject::TESTS).chain(lost::TESTS).chain(power::TESTS));
    let mut failed = 0;
    for (name, test) in tests {
        if !wanted.is_empty() && !wanted.iter().any(|w| name.contains(w.as_str())) {
            continue;
        }
        if is_list {
            println!("{name}: test");
            continue;
        }
        // What is lost fails the test, so whoever gets as far as a count has lost nothing.
        match std::panic::catch_unwind(test) {
            Ok(0) => println!("test {name} ... NOT TRIED here"),
            // A control does harm on purpose; what matters is that it was seen.
            Ok(rounds) if name.ends_with("would_be_noticed") => {
                println!("test {name} ... ok\n= {name}: {rounds} tried, the harm was seen");
            }
            Ok(rounds) => println!("test {name} ... ok\n= {name}: {rounds} tried, 0 lost"),
            Err(_) => {
                println!("test {name} ... FAILED\n= {name}: FAILED");
                failed += 1;
            }
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
