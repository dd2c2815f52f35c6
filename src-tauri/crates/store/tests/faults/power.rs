//! The power goes: a run is recorded call by call, and every disk that a cut could leave is opened.

use crate::Test;
use crate::child::{BESIDE, DIR, WORK};
use crate::common::invariants;
use crate::common::*;
use crate::trace::{Dice, Recording};
use std::path::Path;
use std::process::Command;

pub const TESTS: &[Test] = &[("power_cuts", power_cuts), ("power_cuts_would_be_noticed", power_cuts_would_be_noticed)];

const CALLS: &str = "trace=openat,write,pwrite64,lseek,ftruncate,fsync,fdatasync,syncfs,mkdir,unlink,unlinkat,rmdir,rename,renameat,renameat2";

fn cuts() -> usize {
    std::env::var("BEISHEN_POWER_CUTS").map_or(200, |n| n.parse().unwrap())
}

/// Records the child; `None` where there is no `strace` or it may not trace.
fn record(work: &str, temp: &Path) -> Option<Recording> {
    let dir = temp.join("w");
    workspace(&dir).close().unwrap();
    // Eight megabytes that play no part would be laid out anew for every cut.
    std::fs::remove_file(dir.join("reserve")).unwrap();
    let before = temp.join("before");
    assert!(Command::new("cp").arg("-r").args([&dir, &before]).status().unwrap().success());
    let trace = temp.join("trace");
    let status = Command::new("strace")
        .args(["-xx", "-s", "1000000", "-e", CALLS, "-o"])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .env(WORK, work)
        .env(DIR, &dir)
        .env(BESIDE, temp)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status();
    if !status.is_ok_and(|s| s.success()) {
        println!("power cuts: strace is missing or may not trace here; install it to try them");
        return None;
    }
    let recording = Recording::of(&before, &dir, &std::fs::read_to_string(trace).unwrap());
    // The recording followed to its end is what is on disk now.
    let replayed = temp.join("replayed");
    recording.materialise(recording.len(), &replayed, &mut || true);
    for name in ["beishen.db", ".lock"] {
        assert_eq!(std::fs::read(replayed.join(name)).unwrap(), std::fs::read(dir.join(name)).unwrap(), "{name}");
    }
    Some(recording)
}

/// Tries many cuts: for each moment in turn everything unsynced lost, everything kept, and mixtures. Says which ones failed.
fn try_cuts(recording: &Recording, is_sound: impl Fn(&Path, &[String]) -> Result<(), String>) -> Vec<String> {
    let mut dice = Dice(0x5EED_2026_1122_0002);
    let mut failed = Vec::new();
    for n in 0..cuts() {
        // The cuts are made up, so nothing need reach a disk.
        let p = place_in_memory();
        let dir = p.dir.clone();
        let moment = 1 + (n * recording.len() / cuts() + dice.below(3)) % recording.len();
        let odds = [0, 1, 2, 5, 9, 10][n % 6];
        recording.materialise(moment, &dir, &mut || dice.below(10) < odds);
        if let Err(what) = is_sound(&dir, &recording.said(moment)) {
            failed.push(format!("cut {n} after call {moment}, odds {odds}: {what}"));
        }
    }
    failed
}

fn power_cuts() -> usize {
    let temp = tempfile::tempdir().unwrap();
    let Some(recording) = record("power", temp.path()) else { return 0 };
    assert!(recording.syncs() > 60 && recording.said(recording.len()).len() > 15);
    let failed = try_cuts(&recording, invariants::hold);
    assert_eq!(failed, Vec::<String>::new());
    cuts()
}

/// The control: a writer that syncs nothing must be seen to lose, or the test above proves nothing.
fn power_cuts_would_be_noticed() -> usize {
    let temp = tempfile::tempdir().unwrap();
    let Some(recording) = record("power-careless", temp.path()) else { return 0 };
    let failed = try_cuts(&recording, |dir, said| {
        let conn = rusqlite::Connection::open(dir.join("beishen.db")).map_err(|e| e.to_string())?;
        let kept = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, String>(0)).map_err(|e| e.to_string());
        let verdict = kept("PRAGMA integrity_check(1)")?;
        if verdict != "ok" {
            return Err(verdict);
        }
        if let Some(last) = said.last().and_then(|line| line.strip_prefix("careless ")) {
            let newest = kept("SELECT CAST(max(n) AS TEXT) FROM careless")?;
            if newest.parse::<u32>().unwrap() < last.parse().unwrap() {
                return Err(format!("lost: {last}"));
            }
        }
        Ok(())
    });
    assert!(failed.len() > cuts() / 3, "only {} of {} cuts did harm", failed.len(), cuts());
    println!("  the careless writer lost or broke something in {} of {} cuts", failed.len(), cuts());
    cuts()
}
