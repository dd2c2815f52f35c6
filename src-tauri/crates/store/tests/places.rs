//! Where a workspace may lie and what its files may be called: it works, or it is refused in words.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::Verdict;
use std::fs;
use std::path::{Path, PathBuf};
use store::{Edit, Workspace, backups, restore};

/// Everything a workspace does, in one place.
fn whole_life(dir: &Path, beside: &Path) {
    let mut w = workspace(dir);
    let stored = w.import_bytes("班表.pdf", b"%PDF-1.7 roster").unwrap();
    w.commit(&act(2, "evidence"), &[Edit::Evidence(evidence(1, &stored))]).unwrap();
    mark(&mut w, 3, "XC3-05", Verdict::Conform);
    let (then, made) = (root(&w), w.backup(beside, at(1)).unwrap());
    assert_eq!(backups(beside).unwrap(), std::slice::from_ref(&made));
    mark(&mut w, 4, "XC3-06", Verdict::Partial);
    w.close().unwrap();
    assert_eq!(restore(dir, &made.path, &holder(), at(2)).unwrap().missing_evidence, []);
    let w = Workspace::open(dir, &holder()).unwrap();
    assert_eq!((root(&w), doctor(&w)), (then, vec![]));
}

#[test]
fn names_of_many_kinds() {
    let temp = place_in_memory().temp;
    for name in [
        "客户 甲（2026 年）",
        "O'Brien \"QA\" 100%",
        "a?b#c;d",
        "%2e%2e",
        ":memory:",
        "file:x?mode=ro",
        "😀👩‍💻",
        "ＡＢＣ．ｄｂ",
        "-rf",
    ] {
        whole_life(&temp.path().join(name), &temp.path().join(format!("{name} 备份")));
    }
}

/// 240 bytes a part, as deep as the system allows beside our own names: works, or is refused without leaving anything.
#[cfg(unix)]
#[test]
fn long_paths() {
    let temp = tempfile::tempdir().unwrap();
    let part = "呼叫中心".repeat(20);
    let mut dir = temp.path().to_owned();
    let (mut worked, mut refused) = (0, 0);
    while dir.as_os_str().len() < 4095 {
        dir.push(&part);
        let trial = dir.join("工作区");
        let outcome = std::panic::catch_unwind(|| Workspace::create(&trial, &holder()).map(Workspace::close));
        match outcome.unwrap() {
            Ok(closed) => {
                closed.unwrap();
                Workspace::open(&trial, &holder()).unwrap().close().unwrap();
                worked += 1;
            }
            Err(error) => {
                assert!(!error.to_string().contains('\n'));
                assert!(!trial.join("beishen.db").exists());
                refused += 1;
                break;
            }
        }
    }
    assert!(worked >= 1, "{worked} worked, {refused} refused");
}

#[test]
fn evidence_of_the_longest_and_of_odd_names() {
    let p = place();
    let mut w = workspace(&p.dir);
    let mut names = vec![
        "长".repeat(83) + ".pdf",
        " 前后有空格 .pdf".into(),
        "没有扩展名".into(),
        ".隐藏".into(),
        "a'b;c\"d.txt".into(),
    ];
    if cfg!(unix) {
        names.extend(["尾点.".to_owned(), "CON".to_owned(), "a:b.wav".to_owned(), "换\n行.txt".to_owned()]);
    }
    for name in names {
        let source = p.temp.path().join(&name);
        fs::write(&source, name.as_bytes()).unwrap();
        let stored = w.import_files(&[source], &mut quietly).unwrap().remove(0);
        // The name is what it was; on disk it plays no part.
        assert_eq!(stored.file_name, name);
        assert_eq!(w.evidence_path(&stored.sha256).file_name().unwrap().len(), 64);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let temp = tempfile::tempdir().unwrap();
    let gbk = |bytes: &[u8]| PathBuf::from(std::ffi::OsStr::from_bytes(bytes));
    // 客户 as Windows of 2005 wrote it, from an old disk.
    let dir = temp.path().join(gbk(b"\xBF\xCD\xBB\xA7"));
    whole_life(&dir, &temp.path().join(gbk(b"\xB1\xB8\xB7\xDD")));
    let names: Vec<_> = fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "something was written under another spelling: {names:?}");
    let source = temp.path().join(gbk(b"\xBC\xC7\xC2\xBC.txt"));
    fs::write(&source, b"x").unwrap();
    let mut w = Workspace::open(&dir, &holder()).unwrap();
    let stored = w.import_files(&[source], &mut quietly).unwrap().remove(0);
    assert_eq!((stored.file_name.as_str(), stored.named_in_text), ("记录.txt", false));
}

#[cfg(unix)]
#[test]
fn a_workspace_behind_a_link_is_one_workspace() {
    let temp = tempfile::tempdir().unwrap();
    let (real, link) = (temp.path().join("真"), temp.path().join("链接"));
    workspace(&real).close().unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let mut w = Workspace::open(&link, &holder()).unwrap();
    mark(&mut w, 9, "XC3-05", Verdict::Conform);
    assert_eq!(Workspace::open(&real, &holder()).unwrap_err().code(), "workspace_locked");
    w.close().unwrap();
    assert_eq!(snapshot(&Workspace::open(&real, &holder()).unwrap()).verdict("XC3-05"), Some(Verdict::Conform));
}

/// Renamed in the file manager while it is open. Nothing must be written under the old name, and nothing that was confirmed lost.
#[cfg(unix)]
#[test]
fn a_workspace_that_is_moved_while_it_is_open() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 9, "XC3-05", Verdict::Conform);
    let moved = p.temp.path().join("改了名");
    fs::rename(&p.dir, &moved).unwrap();
    let edit = [Edit::Answer(answer("XC3-06", Some(Verdict::Partial), ""))];
    let outcome = w.commit(&act(10, "mark"), &edit);
    assert!(!p.dir.exists(), "the old name came back");
    drop(w);
    invariants::must_hold(&moved, &[]);
    let w = Workspace::open(&moved, &holder()).unwrap();
    assert_eq!(snapshot(&w).verdict("XC3-05"), Some(Verdict::Conform));
    let expected = outcome.is_ok().then_some(Verdict::Partial);
    assert_eq!(snapshot(&w).verdict("XC3-06"), expected, "{outcome:?}");
}
