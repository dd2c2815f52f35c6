//! The disk goes away or turns read-only under an open workspace, and copies are taken from under a writer.

use crate::Test;
use crate::common::invariants::{hold, must_hold};
use crate::common::*;
use crate::kill::{child, first_line};
use domain::Verdict;
use std::path::Path;
use std::process::Command;
use store::{Edit, Error, Workspace};

pub const TESTS: &[Test] = &[
    ("read_only_in_mid_run", read_only_in_mid_run),
    ("the_disk_is_pulled_out", the_disk_is_pulled_out),
    ("copies_under_load", copies_under_load),
    ("a_second_instance_is_refused_and_a_dead_one_is_not", a_second_instance),
];

fn try_to_mark(w: &mut Workspace, item: &str) -> Result<(), Error> {
    let edit = [Edit::Answer(answer(item, Some(Verdict::Partial), "断开之后"))];
    w.commit(&crate::child::fresh_act("mark"), &edit).map(drop)
}

fn promised(w: &Workspace) -> Vec<String> {
    let all = w.history(&store::HistoryQuery::default()).unwrap();
    all.into_iter().map(|c| format!("saved {} {}", c.seq, c.hash)).collect()
}

/// Somebody locks the files while they are open: nothing claims to be saved, what is there can be read, and it goes on afterwards.
fn read_only_in_mid_run() -> usize {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let said = promised(&w);
    let names = ["beishen.db", "beishen.db-journal", "."].map(|name| p.dir.join(name));
    let lock = |flag: &str| Command::new("chattr").arg(flag).args(&names).status().is_ok_and(|s| s.success());
    if !lock("+i") {
        lock("-i");
        eprintln!("!! read_only_in_mid_run NOT TRIED: chattr is missing or may not be used here");
        return 0;
    }
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        for _ in 0..3 {
            let error = try_to_mark(&mut w, "XC3-06").unwrap_err();
            assert!(error.to_string().contains("没有保存"), "{error}");
            assert_eq!(snapshot(&w).verdict("XC3-05"), Some(Verdict::Conform));
        }
    }));
    assert!(lock("-i"));
    outcome.unwrap();
    try_to_mark(&mut w, "XC3-06").unwrap();
    w.close().unwrap();
    must_hold(&p.dir, &said);
    3
}

/// As a USB disk that is pulled out: the folder is gone, and what was confirmed is on the disk when it comes back.
fn the_disk_is_pulled_out() -> usize {
    let p = place();
    let (image, mount) = (p.temp.path().join("盘.img"), p.temp.path().join("盘"));
    std::fs::create_dir(&mount).unwrap();
    std::fs::File::create(&image).unwrap().set_len(48 << 20).unwrap();
    let run = |program: &str, args: &[&std::ffi::OsStr]| {
        Command::new(program).args(args).output().is_ok_and(|output| output.status.success())
    };
    let plug_in = || run("mount", &["-o".as_ref(), "loop".as_ref(), image.as_ref(), mount.as_ref()]);
    if !run("mkfs.ext4", &["-q".as_ref(), "-F".as_ref(), image.as_ref()]) || !plug_in() {
        eprintln!("!! the_disk_is_pulled_out NOT TRIED: no mkfs.ext4, or this user may not mount");
        return 0;
    }
    let dir = mount.join("工作区");
    let mut w = workspace(&dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let said = promised(&w);
    assert!(run("umount", &["-l".as_ref(), mount.as_ref()]));
    for _ in 0..3 {
        let error = try_to_mark(&mut w, "XC3-06").unwrap_err();
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    // Nothing is written where the disk used to be.
    assert_eq!(std::fs::read_dir(&mount).unwrap().count(), 0);
    drop(w);
    assert!(plug_in());
    let outcome = hold(&dir, &said);
    assert!(run("umount", &[mount.as_ref()]));
    outcome.unwrap();
    3
}

/// What a user or a backup program copies while marks are being saved, without the journal, at any moment: the copy is refused, or
/// the doctor tells, or it holds everything that was confirmed before.
fn copies_under_load() -> usize {
    let copies = std::env::var("BEISHEN_KILLS").map_or(10, |n| n.parse::<u32>().unwrap());
    // Ten of each workspace: the writer waits when nobody reads what it says, and then there is no load any more.
    let noticed: u32 = (0..copies).step_by(10).map(|first| copied(10.min(copies - first))).sum();
    println!("  {copies} copies: {} whole, {noticed} refused or noticed", copies - noticed);
    assert!(noticed < copies);
    copies as usize
}

/// How many copies of one workspace were refused or told.
fn copied(copies: u32) -> u32 {
    let p = place();
    workspace(&p.dir).close().unwrap();
    let mut writer = child("mark", &p.dir, p.temp.path());
    let mut lines = first_line(&mut writer).1;
    let mut noticed = 0;
    for _ in 0..copies {
        let before = lines.next().unwrap().unwrap();
        let copy = place_in_memory();
        std::fs::create_dir(&copy.dir).unwrap();
        std::fs::create_dir(copy.dir.join("evidence")).unwrap();
        std::fs::copy(p.dir.join("beishen.db"), copy.dir.join("beishen.db")).unwrap();
        if let Err(what) = hold(&copy.dir, std::slice::from_ref(&before)) {
            assert!(!what.starts_with("lost"), "a copy passes for whole: {what}");
            noticed += 1;
        }
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
    must_hold(&p.dir, &[]);
    noticed
}

fn a_second_instance() -> usize {
    let p = place();
    workspace(&p.dir).close().unwrap();
    let mut first = child("hold", &p.dir, p.temp.path());
    assert_eq!(first_line(&mut first).0, "open");
    let error = Workspace::open(&p.dir, &holder()).unwrap_err();
    assert_eq!(error.code(), "workspace_locked");
    assert!(error.to_string().contains(&format!("进程 {}", first.id())), "{error}");
    let db = std::fs::read(p.dir.join("beishen.db")).unwrap();
    let restored = store::restore(&p.dir, Path::new("beishen.db"), &holder(), at(1)).unwrap_err();
    assert_eq!((restored.code(), std::fs::read(p.dir.join("beishen.db")).unwrap()), ("workspace_locked", db));
    // It dies and leaves its name in the lock: that holds nobody up.
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(!std::fs::read(p.dir.join(".lock")).unwrap().is_empty());
    must_hold(&p.dir, &[]);
    1
}
