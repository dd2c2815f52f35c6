//! Faults at every step: the n-th call of a kind fails, or the process dies on it. `strace` puts them in, so the program under
//! test is the one that is shipped and knows of no test.

use crate::Test;
use crate::child::{BESIDE, DIR, WORK};
use crate::common::invariants::{hold, must_hold};
use crate::common::*;
use crate::tour::{TOURS, prepare};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use store::{Workspace, backups};

pub const TESTS: &[Test] = &[
    ("death_at_every_step", || at_every_step("signal=KILL", DEADLY)),
    ("failing_disk_at_every_step", || at_every_step("error=EIO", FAILING)),
    ("full_disk_at_every_step", || at_every_step("error=ENOSPC", FILLING)),
    ("injected_faults_would_be_noticed", faults_are_put_in),
];

/// Calls that change what is on disk.
const DEADLY: &str = "fsync,fdatasync,syncfs,pwrite64,write,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,mkdir,fallocate";
/// Calls that a failing disk refuses.
const FAILING: &str = DEADLY;
/// Calls that need room.
const FILLING: &str = "fsync,fdatasync,syncfs,pwrite64,write,rename,link,linkat,mkdir,fallocate";

/// At how many of its steps a tour is hit; they are spread over it. Dying in an upgrade is tried at every one, as it happens to each
/// workspace once. The same with signatures has four times as many steps and takes minutes: by night.
fn steps(tour: &str, fault: &str, all: usize) -> usize {
    if tour == "tour-upgrade" && fault.starts_with("signal") {
        return all;
    }
    std::env::var("BEISHEN_STEPS").map_or(9, |n| n.parse().unwrap()).min(all)
}

/// One run of a tour: what it said, whether it came to its end, and the names of the calls it made, in order.
struct Run {
    said: Vec<String>,
    ended: bool,
    calls: Vec<String>,
}

/// Runs a tour, with a fault in it (`call:fault:when=n`) or just to count. `None` where there is no `strace` or it may not trace.
fn run(tour: &str, p: &Place, calls: &str, fault: Option<&str>) -> Option<Run> {
    let inject = fault.map(|fault| format!("inject={fault}"));
    let outside = p.temp.path().join("outside");
    std::fs::create_dir(&outside).unwrap();
    let trace = p.temp.path().join("trace");
    let output = Command::new("strace")
        .args(["-qq", "-e", &format!("trace={calls}")])
        .args(inject.iter().flat_map(|inject| ["-e", inject]))
        .arg("-o")
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .env(WORK, tour)
        .env(DIR, &p.dir)
        .env(BESIDE, p.temp.path())
        .env("TMPDIR", &outside)
        .env("HOME", &outside)
        .current_dir(&outside)
        .output();
    let text = std::fs::read_to_string(&trace).unwrap_or_default();
    let Some(output) = output.ok().filter(|_| text.contains('(')) else {
        eprintln!("!! faults at every step NOT TRIED: strace is missing or may not trace here");
        return None;
    };
    // Nothing is written anywhere but in the workspace and where the backups go.
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0, "{tour} {fault:?}: something was written elsewhere");
    let said: Vec<_> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{tour} {fault:?}: {errors}; said {said:?}");
    Some(Run {
        ended: said.last().is_some_and(|line| line == "end"),
        said,
        calls: text.lines().filter_map(|line| Some(line.split_once('(')?.0.to_owned())).collect(),
    })
}

fn at_every_step(fault: &str, calls: &str) -> usize {
    let (mut tried, mut refused) = (0, 0);
    for tour in TOURS {
        let began = Instant::now();
        let made = {
            let p = place();
            prepare(tour, &p.dir, p.temp.path());
            let Some(run) = run(tour, &p, calls, None) else { return 0 };
            assert!(run.ended && !run.said.iter().any(|line| line.starts_with("refused")), "{tour}: {:?}", run.said);
            judge(tour, &p, &run.said).unwrap();
            run.calls
        };
        let wanted = steps(tour, fault, made.len());
        for n in 0..wanted {
            // The middle of each stretch, so that few steps do not all hit the opening.
            let at = (2 * n + 1) * made.len() / (2 * wanted);
            let nth = made[..=at].iter().filter(|call| **call == made[at]).count();
            let what = format!("{}:{fault}:when={nth}", made[at]);
            let p = place();
            prepare(tour, &p.dir, p.temp.path());
            let Some(run) = run(tour, &p, calls, Some(&what)) else { return 0 };
            assert_eq!(run.ended, !fault.starts_with("signal"), "{tour} {what}: {:?}", run.said);
            judge(tour, &p, &run.said).unwrap_or_else(|e| panic!("{tour} {what}: {e}; said {:?}", run.said));
            tried += 1;
            refused += usize::from(run.said.iter().any(|line| line.starts_with("refused")));
        }
        println!("  {tour}: {fault} at {wanted} of {} steps in {:.1?}", made.len(), began.elapsed());
    }
    println!("  {fault}: {tried} faults, {refused} of them refused something, nothing lost");
    assert!(tried >= TOURS.len());
    tried
}

/// What must hold after any fault, and what holds for this tour alone.
fn judge(tour: &str, p: &Place, said: &[String]) -> Result<(), String> {
    let made = p.temp.path().join("备份");
    for backup in backups(&made).map_err(|e| e.to_string())? {
        if backup.counts.is_none() {
            return Err(format!("a bad backup has a name: {}", backup.path.display()));
        }
    }
    match tour {
        // What died before its first word is not there, and can be made.
        "tour-create" if !p.dir.join("beishen.db").exists() => {
            if said.iter().any(|line| line == "created") {
                return Err("lost: the workspace".into());
            }
            drop(workspace(&p.dir));
            hold(&p.dir, &[])
        }
        "tour-upgrade" => {
            let w = Workspace::open(&p.dir, &holder()).map_err(|e| e.to_string())?;
            let expected = include_str!("../golden/v1/expected.txt").lines().next().unwrap();
            let root = w.snapshot_in(round_id(), pack_identity(), 1).map_err(|e| e.to_string())?.root();
            if root == expected { Ok(()) } else { Err("the upgraded content differs".into()) }
        }
        "tour-sweep" => {
            hold(&p.dir, said)?;
            let kept = domain::snapshot::sha256_hex(b"%PDF-1.7 roster");
            let path = p.dir.join("evidence").join(&kept[..2]).join(&kept);
            if path.is_file() { Ok(()) } else { Err("evidence that is needed was swept".into()) }
        }
        _ => hold(&p.dir, said),
    }
}

/// The control: a fault that hits the program is seen in what it says.
fn faults_are_put_in() -> usize {
    let p = place();
    prepare("tour-work", &p.dir, p.temp.path());
    let Some(run) = run("tour-work", &p, "fsync,fdatasync", Some("fsync,fdatasync:error=EIO:when=1+")) else {
        return 0;
    };
    let refused = run.said.iter().filter(|line| line.starts_with("refused")).count();
    assert!(refused >= 2 && !run.said.iter().any(|line| line.starts_with("saved")), "{:?}", run.said);
    must_hold(Path::new(&p.dir), &[]);
    refused
}
