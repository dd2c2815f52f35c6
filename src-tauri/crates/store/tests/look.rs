//! Looking at a workspace while its holder saves.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::Verdict;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Edit, Workspace};

#[test]
fn whoever_looks_sees_whole_saves_and_holds_nobody_up() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (dir, done) = (&p.dir, &done);
        let reader = scope.spawn(move || {
            let mut looks = Vec::new();
            while !done.load(Ordering::Relaxed) {
                let seen = Workspace::look(dir).unwrap();
                let snapshot = snapshot(&seen);
                let note = |item: &str| snapshot.answer(item).map(|a| a.note.clone());
                assert_eq!(note("XC3-06"), note("LC1-01"), "half of a save");
                assert!(seen.is_read_only());
                looks.push(note("XC3-06"));
            }
            looks
        });
        for n in 0..60 {
            let note = format!("第 {n} 次 {}", "抽查".repeat(2000));
            let both = ["XC3-06", "LC1-01"].map(|item| Edit::Answer(answer(item, Some(Verdict::Partial), &note)));
            w.commit(&act(100 + n, "mark"), &both).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        let looks = reader.join().unwrap();
        assert!(looks.len() > 3, "{} looks", looks.len());
    });
    assert_eq!(root(&Workspace::look(&p.dir).unwrap()), root(&w));
    assert_eq!(doctor(&w), []);
}

#[test]
fn whoever_looks_can_write_nothing() {
    let p = place();
    let w = workspace(&p.dir);
    let mut seen = Workspace::look(&p.dir).unwrap();
    let edit = [Edit::Answer(answer("XC3-05", Some(Verdict::Conform), ""))];
    assert_eq!(seen.commit(&act(2, "mark"), &edit).unwrap_err().code(), "workspace_read_only");
    assert_eq!(seen.import_bytes("a.txt", b"a").unwrap_err().code(), "workspace_read_only");
    drop(seen);
    assert_eq!(Workspace::open(&p.dir, &holder()).unwrap_err().code(), "workspace_locked", "the lock is the holder's");
    w.close().unwrap();
    assert_eq!(Workspace::look(&p.temp.path().join("没有")).unwrap_err().code(), "workspace_not_found");
}
