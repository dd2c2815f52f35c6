//! The disk fills up in the middle of the work: it is said so, what was confirmed is there, and after making room it goes on.

use crate::child::{BESIDE, DIR, WORK};
use crate::common::*;
use domain::Verdict;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use store::{HistoryQuery, Severity, Workspace, backups};

pub const TESTS: &[(&str, fn())] = &[("file_size_limit", file_size_limit), ("small_file_system", small_file_system)];

/// Runs the child under a shell line and returns what it said.
fn run(shell: &str, dir: &Path, beside: &Path) -> Vec<String> {
    let output = Command::new("sh")
        .args(["-c", shell, "sh"])
        .arg(std::env::current_exe().unwrap())
        .env(WORK, "until-full")
        .env(DIR, dir)
        .env(BESIDE, beside)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn check(dir: &Path, said: &[String]) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    let hashes: BTreeMap<u32, String> =
        w.history(&HistoryQuery::default()).unwrap().into_iter().map(|c| (c.seq, c.hash)).collect();
    let saved: Vec<_> = said.iter().filter_map(|line| line.strip_prefix("saved ")).collect();
    assert!(!saved.is_empty());
    for line in saved {
        let (seq, hash) = line.split_once(' ').unwrap();
        assert_eq!(hashes.get(&seq.parse().unwrap()).map(String::as_str), Some(hash), "lost: {line}");
    }
    let others: Vec<_> = said.iter().filter(|line| !line.starts_with("saved")).map(String::as_str).collect();
    let refused = "refused disk_full";
    let (backup, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|line| line.starts_with("backup"));
    assert_eq!(others, [refused, refused, refused, "import disk_full", "read"]);
    assert!(doctor(&w).iter().all(|t| t.severity == Severity::Note), "{:?}", doctor(&w));
    let inside = |folder: &str| std::fs::read_dir(dir.join(folder)).unwrap().count();
    assert_eq!(inside("evidence"), 0);
    // The copy has no free pages and may just fit where the original did not; then it is a whole one.
    let made = backups(&dir.join("备份")).unwrap();
    assert_eq!(inside("备份"), made.len());
    assert!(made.iter().all(|b| b.counts.is_some()));
    assert_eq!(backup, [if made.is_empty() { "backup disk_full" } else { "backup done" }]);
    // There is room again.
    mark(&mut w, 9, "XC3-99", Verdict::Conform);
    assert_eq!(snapshot(&w).verdict("XC3-99"), Some(Verdict::Conform));
}

fn prepared(p: &Place) {
    workspace(&p.dir).close().unwrap();
    std::fs::create_dir(p.dir.join("备份")).unwrap();
    std::fs::File::create(p.temp.path().join("大录音.wav")).unwrap().set_len(8 << 20).unwrap();
}

/// No file may grow beyond 1 MB (2048 blocks of 512 bytes): every write at every layer may be the one that fails.
fn file_size_limit() {
    for blocks in [1000, 1001, 2048, 2500] {
        let p = place();
        prepared(&p);
        let said = run(&format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$1\""), &p.dir, p.temp.path());
        check(&p.dir, &said);
    }
}

/// A file system of 3 MB. Mounting needs root; CI containers without it say so here and rely on the limit above.
fn small_file_system() {
    let p = place();
    let mount = p.temp.path().join("盘");
    std::fs::create_dir(&mount).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(&mount).output();
    if !mounted.is_ok_and(|o| o.status.success()) {
        println!("small_file_system: this user may not mount; only file_size_limit was tried");
        return;
    }
    let outcome = std::panic::catch_unwind(|| {
        let on_disk = Place { temp: tempfile::tempdir_in(&mount).unwrap(), dir: mount.join("工作区") };
        workspace(&on_disk.dir).close().unwrap();
        std::fs::create_dir(on_disk.dir.join("备份")).unwrap();
        std::fs::File::create(p.temp.path().join("大录音.wav")).unwrap().set_len(8 << 20).unwrap();
        let said = run("exec \"$1\"", &on_disk.dir, p.temp.path());
        let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&mount).status().unwrap();
        assert!(grown.success());
        check(&on_disk.dir, &said);
    });
    let unmounted = Command::new("umount").arg(&mount).status().unwrap();
    assert!(unmounted.success());
    outcome.unwrap();
}
