//! The disk fills up in the middle of the work: it is said so, what was confirmed is there, and after making room it goes on.

use crate::Test;
use crate::child::{BESIDE, DIR, WORK, fresh_act};
use crate::common::invariants::must_hold;
use crate::common::*;
use domain::Verdict;
use std::path::Path;
use std::process::Command;
use store::{Edit, Workspace, backups};

pub const TESTS: &[Test] = &[
    ("file_size_limit", file_size_limit),
    ("small_file_system", small_file_system),
    ("the_reserve_keeps_marks_going", the_reserve_keeps_marks_going),
    ("a_full_disk_can_be_opened", a_full_disk_can_be_opened),
    ("imports_leave_room_for_the_work", imports_leave_room_for_the_work),
];

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

/// `refused`: the code that a save must be refused with.
fn check(dir: &Path, said: &[String], refused: &str) {
    assert!(said.iter().any(|line| line.starts_with("saved ")));
    must_hold(dir, said);
    let mut w = Workspace::open(dir, &holder()).unwrap();
    let others: Vec<_> = said.iter().filter(|line| !line.starts_with("saved")).map(String::as_str).collect();
    let (backup, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|line| line.starts_with("backup"));
    assert_eq!(others, [refused, refused, refused, "import disk_full", "read"]);
    let inside = |folder: &str| std::fs::read_dir(dir.join(folder)).unwrap().count();
    assert_eq!(inside("evidence"), 0);
    // The copy has no free pages and may just fit where the original did not; then it is a whole one.
    let made = backups(&dir.join("备份")).unwrap();
    assert_eq!(inside("备份"), made.len());
    assert!(made.iter().all(|b| b.counts.is_some()));
    let expected = if made.is_empty() { refused.replace("refused", "backup") } else { "backup done".to_owned() };
    assert_eq!(backup, [expected]);
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
fn file_size_limit() -> usize {
    for blocks in [1000, 1001, 2048, 2500] {
        let p = place();
        prepared(&p);
        let said = run(&format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$1\""), &p.dir, p.temp.path());
        check(&p.dir, &said, "refused disk_failed");
    }
    4
}

/// Runs a test on a small file system of its own. Mounting needs root; where it is not allowed this says so, and the limit above is
/// all that is tried.
fn on_small_disk(size: &str, test: impl FnOnce(&Path) + std::panic::UnwindSafe) -> usize {
    let temp = tempfile::tempdir().unwrap();
    let mount = temp.path().join("盘");
    std::fs::create_dir(&mount).unwrap();
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(&mount).output();
    if !mounted.is_ok_and(|o| o.status.success()) {
        eprintln!(
            "!! full disk NOT TRIED on a disk of its own: this user may not mount; only file_size_limit was tried"
        );
        return 0;
    }
    let outcome = std::panic::catch_unwind(|| test(&mount));
    let unmounted = Command::new("umount").arg(&mount).status().unwrap();
    outcome.unwrap();
    assert!(unmounted.success());
    1
}

fn free(dir: &Path) -> u64 {
    fs4::available_space(dir).unwrap()
}

/// Leaves so many bytes free.
fn fill_up(disk: &Path, left: u64) {
    std::fs::write(disk.join("别的文件.iso"), vec![7; usize::try_from(free(disk) - left).unwrap()]).unwrap();
}

fn small_file_system() -> usize {
    on_small_disk("3m", |mount| {
        let beside = tempfile::tempdir().unwrap();
        let on_disk = Place { temp: tempfile::tempdir_in(mount).unwrap(), dir: mount.join("工作区") };
        workspace(&on_disk.dir).close().unwrap();
        // No room for a reserve here, and that is no reason to refuse anything.
        assert!(!on_disk.dir.join("reserve").exists());
        std::fs::create_dir(on_disk.dir.join("备份")).unwrap();
        std::fs::File::create(beside.path().join("大录音.wav")).unwrap().set_len(8 << 20).unwrap();
        let said = run("exec \"$1\"", &on_disk.dir, beside.path());
        let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(mount).status().unwrap();
        assert!(grown.success());
        check(&on_disk.dir, &said, "refused disk_full");
    })
}

/// Another program fills the disk to the last byte: the reserve goes, marks go on for megabytes, and it comes back by itself.
fn the_reserve_keeps_marks_going() -> usize {
    on_small_disk("40m", |disk| {
        let dir = disk.join("工作区");
        let mut w = workspace(&dir);
        let reserve = dir.join("reserve");
        assert_eq!((std::fs::metadata(&reserve).unwrap().len(), w.space_warning()), (8 << 20, None));
        fill_up(disk, 0);
        let note = "现场抽查记录".repeat(60);
        let mut said = Vec::new();
        let mut save = |w: &mut Workspace, n: usize| {
            let edit = [Edit::Answer(answer(
                &format!("XC3-{:02}", n % 40),
                Some(Verdict::ALL[n % 4]),
                &format!("{n} {note}"),
            ))];
            let receipt = w.commit(&fresh_act("mark"), &edit)?;
            let last = receipt.changes.last().unwrap();
            said.push(format!("saved {} {}", last.seq, last.hash));
            Ok::<_, store::Error>(())
        };
        for n in 0..400 {
            save(&mut w, n).unwrap();
        }
        assert!(!reserve.exists());
        let words = w.space_warning().unwrap();
        assert!(words.contains("可继续工作") && words.contains("清理磁盘") && !words.contains('\n'), "{words}");
        // The doctor has no quarrel with a reserve that is gone, nor with one that is there.
        assert_eq!(doctor(&w), []);
        // Files are refused long before the last byte, in words that say so.
        let error = w.import_bytes("录音.wav", &[7; 4096]).unwrap_err();
        assert!(matches!(error, store::Error::NoSpace { .. }), "{error}");
        // A session that ends and begins on the full disk is no different.
        w.close().unwrap();
        let mut w = Workspace::open(&dir, &holder()).unwrap();
        save(&mut w, 401).unwrap();
        std::fs::remove_file(disk.join("别的文件.iso")).unwrap();
        save(&mut w, 402).unwrap();
        assert_eq!((std::fs::metadata(&reserve).unwrap().len(), w.space_warning()), (8 << 20, None));
        assert_eq!(doctor(&w), []);
        w.close().unwrap();
        must_hold(&dir, &said);
    })
}

/// Full to the last block before the program starts: even the name of the holder in the lock needs one.
fn a_full_disk_can_be_opened() -> usize {
    on_small_disk("40m", |disk| {
        let dir = disk.join("工作区");
        workspace(&dir).close().unwrap();
        fill_up(disk, 0);
        let mut w = Workspace::open(&dir, &holder()).unwrap();
        mark(&mut w, 9, "XC3-05", Verdict::Conform);
        assert!(w.space_warning().is_some());
        w.close().unwrap();
        must_hold(&dir, &[]);
    })
}

/// An import that fits beside the reserve but not beside the 64 MB that stay free for the work is refused before its first byte;
/// a disk that somebody else fills meanwhile ends it without a trace, and marks go on.
fn imports_leave_room_for_the_work() -> usize {
    on_small_disk("100m", |disk| {
        let dir = disk.join("工作区");
        let mut w = workspace(&dir);
        let source = disk.join("录音.wav");
        std::fs::write(&source, vec![7; 10 << 20]).unwrap();
        fill_up(disk, (64 << 20) + (9 << 20));
        let error = w.import_files(std::slice::from_ref(&source), &mut quietly).unwrap_err();
        assert!(matches!(error, store::Error::NoSpace { need, free } if free < need), "{error}");
        std::fs::remove_file(disk.join("别的文件.iso")).unwrap();
        fill_up(disk, (64 << 20) + (11 << 20));
        let mut is_first = true;
        let error = w
            .import_files(std::slice::from_ref(&source), &mut |_| {
                if std::mem::take(&mut is_first) {
                    std::fs::write(disk.join("另一个.iso"), vec![7; usize::try_from(free(disk)).unwrap()]).unwrap();
                }
                std::ops::ControlFlow::Continue(())
            })
            .unwrap_err();
        assert_eq!(error.code(), "disk_full");
        assert_eq!(std::fs::read_dir(dir.join("evidence")).unwrap().count(), 0);
        mark(&mut w, 9, "XC3-05", Verdict::Conform);
        w.close().unwrap();
        must_hold(&dir, &[]);
    })
}
