//! Evidence files: by content, all or nothing, and what the disk says about them later.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Evidence, EvidenceKind, FileState};
use std::fs;
use std::io::{Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use store::{Edit, ImportProgress, Workspace};

fn source(p: &Place, name: &str, content: &[u8]) -> PathBuf {
    let path = p.temp.path().join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Names of everything in the evidence folder, unfinished files included.
fn stored(w: &Workspace) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(w.dir().join("evidence")).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            names.extend(fs::read_dir(entry.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()));
        } else {
            names.push(entry.file_name().into_string().unwrap());
        }
    }
    names.sort();
    names
}

#[test]
fn the_same_content_is_kept_once_whatever_its_name() {
    let p = place();
    let mut w = workspace(&p.dir);
    let files =
        [source(&p, "通话录音 01.wav", b"RIFF...."), source(&p, "copy.amr", b"RIFF...."), source(&p, "空.txt", b"")];
    let got = w.import_files(&files, &mut quietly).unwrap();
    assert_eq!(got.iter().map(|f| f.file_name.as_str()).collect::<Vec<_>>(), ["通话录音 01.wav", "copy.amr", "空.txt"]);
    assert_eq!(got[0].sha256, got[1].sha256);
    assert_eq!(got[0].sha256, domain::snapshot::sha256_hex(b"RIFF...."));
    assert_eq!(got.iter().map(|f| f.size_bytes).collect::<Vec<_>>(), [8, 8, 0]);
    assert_eq!(w.import_bytes("第三份.mp3", b"RIFF....").unwrap().sha256, got[0].sha256);
    assert_eq!(stored(&w).len(), 2);
    let mut content = Vec::new();
    w.open_evidence(&got[0].sha256).unwrap().read_to_end(&mut content).unwrap();
    assert_eq!(content, b"RIFF....");
}

#[test]
fn progress_runs_to_the_end_and_files_of_many_chunks_arrive_whole() {
    let p = place();
    let mut w = workspace(&p.dir);
    let big: Vec<u8> = (0..5_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let files = [source(&p, "a.mp3", &big), source(&p, "b.pdf", b"%PDF")];
    let mut seen: Vec<ImportProgress> = Vec::new();
    let got = w
        .import_files(&files, &mut |progress| {
            seen.push(progress);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(got[0].sha256, domain::snapshot::sha256_hex(&big));
    assert_eq!(fs::read(w.evidence_path(&got[0].sha256)).unwrap(), big);
    assert!(seen.len() > 4 && seen.windows(2).all(|s| s[0].bytes_done <= s[1].bytes_done));
    let last = seen.last().unwrap();
    assert_eq!((last.bytes_done, last.bytes_total, last.files_done, last.files_total), (5_000_004, 5_000_004, 2, 2));
}

#[test]
fn breaking_off_leaves_nothing() {
    let p = place();
    let mut w = workspace(&p.dir);
    let files = [source(&p, "a.pdf", b"%PDF-a"), source(&p, "b.pdf", b"%PDF-b")];
    for stop_at in 0..4 {
        let mut calls = 0;
        let outcome = w.import_files(&files, &mut |_| {
            calls += 1;
            if calls > stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(outcome.unwrap_err().code(), "cancelled");
        assert_eq!(stored(&w), Vec::<String>::new());
    }
}

#[test]
fn what_is_no_file_is_refused_and_takes_the_batch_with_it() {
    let p = place();
    let mut w = workspace(&p.dir);
    let good = source(&p, "a.pdf", b"%PDF-a");
    let folder = p.temp.path().join("文件夹");
    fs::create_dir(&folder).unwrap();
    let mut bad = vec![(folder, "evidence_is_folder"), (p.temp.path().join("没有.pdf"), "evidence_unreadable")];
    #[cfg(unix)]
    {
        let fifo = p.temp.path().join("管道");
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        bad.push((fifo, "evidence_is_special"));
        bad.push((PathBuf::from("/dev/zero"), "evidence_is_special"));
        let socket = p.temp.path().join("s");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        bad.push((socket, "evidence_is_special"));
        let nowhere = p.temp.path().join("断链.pdf");
        std::os::unix::fs::symlink("no such file", &nowhere).unwrap();
        bad.push((nowhere, "evidence_unreadable"));
    }
    for (path, code) in bad {
        let error = w.import_files(&[good.clone(), path.clone()], &mut quietly).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(&*path.to_string_lossy()), "{error}");
        assert_eq!(stored(&w), Vec::<String>::new());
    }
}

#[test]
fn a_sparse_giant_does_not_fit() {
    let p = place();
    let mut w = workspace(&p.dir);
    let path = p.temp.path().join("巨大.wav");
    fs::File::create(&path).unwrap().set_len(8 << 40).unwrap();
    // On a machine with more than 8 TB free the break ends it, and the test says so.
    let error = w.import_files(&[path], &mut |_| ControlFlow::Break(())).unwrap_err();
    assert_eq!(error.code(), "disk_full", "{error}");
    assert_eq!(stored(&w), Vec::<String>::new());
}

#[test]
fn a_source_that_changes_while_it_is_read_is_refused() {
    type Meddle = fn(&Path);
    let grow: Meddle = |path| fs::OpenOptions::new().append(true).open(path).unwrap().write_all(b"more").unwrap();
    let shrink: Meddle = |path| fs::OpenOptions::new().write(true).open(path).unwrap().set_len(2_000_000).unwrap();
    let rewrite: Meddle = |path| fs::OpenOptions::new().write(true).open(path).unwrap().write_all(b"other").unwrap();
    let replace: Meddle = |path| {
        fs::write(path.with_extension("new"), vec![1; 7]).unwrap();
        fs::rename(path.with_extension("new"), path).unwrap();
    };
    let remove: Meddle = |path| fs::remove_file(path).unwrap();
    for meddle in [grow, shrink, rewrite, replace, remove] {
        let p = place();
        let mut w = workspace(&p.dir);
        let path = source(&p, "通话.wav", &vec![0; 3_000_000]);
        // As old as a real source, so that a change within the clock's grain shows.
        let old = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
        fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
        let mut done = false;
        let outcome = w.import_files(std::slice::from_ref(&path), &mut |_| {
            if !std::mem::replace(&mut done, true) {
                meddle(&path);
            }
            ControlFlow::Continue(())
        });
        let error = outcome.unwrap_err();
        assert_eq!(error.code(), "evidence_changed_while_read", "{error}");
        assert_eq!(stored(&w), Vec::<String>::new());
    }
}

#[test]
fn hundreds_of_files_and_thousands_of_links_of_one_batch_arrive() {
    let p = place();
    let mut w = workspace(&p.dir);
    let files: Vec<_> =
        (0..200).map(|n| source(&p, &format!("记录 {n}.csv"), format!("日期,数值\n{n}").as_bytes())).collect();
    let got = w.import_files(&files, &mut quietly).unwrap();
    let rows: Vec<_> = (1_u32..).zip(&got).map(|(n, file)| evidence(n, file)).collect();
    let links = rows.iter().flat_map(|e| (1..=10).map(|n| Edit::Link(link(e, &format!("XC3-{n:02}")))));
    let edits: Vec<_> = rows.iter().cloned().map(Edit::Evidence).chain(links).collect();
    w.commit(&act(2, "evidence"), &edits).unwrap();
    assert_eq!((snapshot(&w).evidence.len(), snapshot(&w).links.len(), stored(&w).len()), (200, 2000, 200));
    assert_eq!(doctor(&w), []);
}

#[test]
fn one_file_a_thousand_times_is_kept_once_and_one_evidence_serves_every_item() {
    let p = place();
    let mut w = workspace(&p.dir);
    let path = source(&p, "年度总结.pdf", b"%PDF-1.7 the same");
    let got = w.import_files(&vec![path; 1000], &mut quietly).unwrap();
    assert_eq!((got.len(), stored(&w).len()), (1000, 1));
    let row = evidence(1, &got[0]);
    let links = (0..224).map(|n| Edit::Link(link(&row, &format!("XC{}-{:02}", n / 30 + 1, n % 30 + 1))));
    let edits: Vec<_> = std::iter::once(Edit::Evidence(row.clone())).chain(links).collect();
    w.commit(&act(2, "evidence"), &edits).unwrap();
    assert_eq!(snapshot(&w).links.len(), 224);
    assert_eq!(doctor(&w), []);
}

/// A workspace with one evidence file, and its row.
fn with_evidence(p: &Place) -> (Workspace, Evidence, PathBuf) {
    let mut w = workspace(&p.dir);
    let file = w.import_bytes("班表.pdf", b"%PDF-1.7 roster").unwrap();
    let row = evidence(1, &file);
    w.commit(&act(2, "evidence"), &[Edit::Evidence(row.clone())]).unwrap();
    let path = w.evidence_path(&file.sha256);
    (w, row, path)
}

fn verified(w: &Workspace, row: &Evidence) -> FileState {
    w.verify_files(std::slice::from_ref(row), &mut |_, _| ControlFlow::Continue(())).unwrap()[&row.id]
}

#[test]
fn what_happens_to_a_file_behind_our_back_is_seen() {
    let p = place();
    let (w, row, path) = with_evidence(&p);
    let glanced = || w.glance_files(std::slice::from_ref(&row))[&row.id];
    let in_doctor = || doctor(&w).iter().map(|t| (t.area, t.subject.clone())).collect::<Vec<_>>();
    assert_eq!((verified(&w, &row), glanced()), (FileState::Present, FileState::Present));
    // Same length, other bytes: only reading shows it.
    fs::write(&path, b"%PDF-1.7 Roster").unwrap();
    assert_eq!((verified(&w, &row), glanced()), (FileState::Changed, FileState::Present));
    assert_eq!(in_doctor(), [(store::Area::Evidence, "EV-0001".to_owned())]);
    fs::write(&path, b"short").unwrap();
    assert_eq!((verified(&w, &row), glanced()), (FileState::Changed, FileState::Changed));
    fs::remove_file(&path).unwrap();
    assert_eq!((verified(&w, &row), glanced()), (FileState::Missing, FileState::Missing));
    assert_eq!(w.open_evidence(&row.sha256).unwrap_err().code(), "evidence_missing");
    fs::create_dir(&path).unwrap();
    assert_eq!((verified(&w, &row), glanced()), (FileState::Changed, FileState::Changed));
    assert_eq!(w.open_evidence(&row.sha256).unwrap_err().code(), "evidence_changed");
    fs::remove_dir(&path).unwrap();
    #[cfg(unix)]
    {
        // Even a link to the very same content: tomorrow it may lead elsewhere.
        let same = source(&p, "same.pdf", b"%PDF-1.7 roster");
        std::os::unix::fs::symlink(same, &path).unwrap();
        assert_eq!((verified(&w, &row), glanced()), (FileState::Changed, FileState::Changed));
        assert_eq!(w.open_evidence(&row.sha256).unwrap_err().code(), "evidence_changed");
        fs::remove_file(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert_eq!((verified(&w, &row), glanced()), (FileState::Changed, FileState::Changed));
    }
}

#[test]
fn adding_the_file_again_heals_it() {
    let p = place();
    let (mut w, row, path) = with_evidence(&p);
    fs::write(&path, b"%PDF-1.7 Roster").unwrap();
    w.import_bytes("班表.pdf", b"%PDF-1.7 roster").unwrap();
    assert_eq!(verified(&w, &row), FileState::Present);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("别的"), b"x").unwrap();
    w.import_bytes("班表.pdf", b"%PDF-1.7 roster").unwrap();
    assert_eq!(verified(&w, &row), FileState::Present);
}

#[test]
fn verifying_tells_its_progress_and_can_be_stopped() {
    let p = place();
    let mut w = workspace(&p.dir);
    let rows: Vec<_> =
        (1..=6_u8).map(|n| evidence(n.into(), &w.import_bytes("a", &vec![n; 3_000_000]).unwrap())).collect();
    let mut last = (0, 0);
    let states = w.verify_files(&rows, &mut |done, total| {
        assert!(done >= last.0 && total == 18_000_000);
        last = (done, total);
        ControlFlow::Continue(())
    });
    assert!(states.unwrap().values().all(|s| *s == FileState::Present));
    assert_eq!(last.0, 18_000_000);
    let stopped = w.verify_files(&rows, &mut |_, _| ControlFlow::Break(()));
    assert_eq!(stopped.unwrap_err().code(), "cancelled");
}

#[test]
fn pointers_are_not_looked_for_on_disk() {
    let p = place();
    let (w, row, _) = with_evidence(&p);
    let record = Evidence { kind: EvidenceKind::Record, sha256: String::new(), size_bytes: String::new(), ..row };
    assert!(w.verify_files(std::slice::from_ref(&record), &mut |_, _| ControlFlow::Continue(())).unwrap().is_empty());
    assert!(w.glance_files(&[record]).is_empty());
}

#[test]
fn text_that_is_no_hash_leads_nowhere() {
    let p = place();
    let w = workspace(&p.dir);
    let inside = w.dir().join("evidence");
    for text in ["", "..", "../../../../etc/passwd", "ABCDEF", &"g".repeat(64), &"é".repeat(32), &"/".repeat(64)] {
        assert_eq!(w.evidence_path(text).parent().unwrap(), inside, "{text}");
        assert_eq!(w.open_evidence(text).unwrap_err().code(), "evidence_missing", "{text}");
    }
}

#[test]
fn what_a_dead_import_left_is_swept_and_orphans_are_told() {
    let p = place();
    let mut w = workspace(&p.dir);
    let orphan = w.import_bytes("孤儿.pdf", b"%PDF").unwrap();
    fs::write(w.dir().join("evidence/.incoming-x1"), b"half").unwrap();
    w.close().unwrap();
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    assert_eq!(stored(&w), std::slice::from_ref(&orphan.sha256));
    let troubles = doctor(&w);
    assert_eq!((troubles.len(), troubles[0].area, &troubles[0].subject), (1, store::Area::Orphan, &orphan.sha256));
    assert_eq!(troubles[0].severity, store::Severity::Note);
}

#[test]
fn an_orphan_goes_only_when_no_backup_needs_it() {
    let p = place();
    let (w, row, path) = with_evidence(&p);
    let backups = p.temp.path().join("备份");
    let before = w.backup(&backups, at(1)).unwrap();
    // Back to a state that knows of no evidence: the file is an orphan, but the backup after it needs it.
    let empty = {
        let other = place();
        workspace(&other.dir).backup(&p.temp.path().join("空"), at(0)).unwrap()
    };
    w.close().unwrap();
    let kept = store::restore(&p.dir, &empty.path, &holder(), at(2)).unwrap().kept_aside.unwrap();
    let mut w = Workspace::open(&p.dir, &holder()).unwrap();
    let orphan = w.import_bytes("孤儿.pdf", b"%PDF orphan").unwrap();
    fs::write(path.with_file_name("说明.txt"), b"not ours").unwrap();
    assert_eq!(w.sweep_orphans(&backups, at(3)).unwrap().sha256, std::slice::from_ref(&orphan.sha256));
    assert_eq!(stored(&w), [row.sha256.as_str(), "说明.txt"]);
    fs::write(&before.path, b"rotten").unwrap();
    assert_eq!(w.sweep_orphans(&backups, at(4)).unwrap_err().code(), "backup_failed");
    assert!(path.exists());
    fs::remove_file(&before.path).unwrap();
    // What the restore kept aside is a way back too.
    assert_eq!(w.sweep_orphans(&backups, at(5)).unwrap(), store::Orphans::default());
    fs::write(&kept, b"rotten").unwrap();
    let error = w.sweep_orphans(&backups, at(6)).unwrap_err();
    assert!(error.to_string().contains(&*kept.to_string_lossy()), "{error}");
    fs::remove_file(&kept).unwrap();
    assert_eq!(w.sweep_orphans(&backups, at(7)).unwrap().sha256, [row.sha256]);
}

#[test]
fn content_that_was_replaced_is_no_orphan_and_an_undo_finds_it() {
    let p = place();
    let (mut w, row, _) = with_evidence(&p);
    let second = w.import_bytes("班表（改）.pdf", b"%PDF-1.7 roster 2").unwrap();
    w.commit(&act(3, "evidence"), &[Edit::Evidence(evidence(1, &second))]).unwrap();
    let backups = p.temp.path().join("备份");
    assert_eq!(doctor(&w), []);
    assert_eq!(w.sweep_orphans(&backups, at(4)).unwrap(), store::Orphans::default());
    w.undo(&act(5, "undo"), round_id()).unwrap().unwrap();
    assert_eq!(
        (snapshot(&w).evidence[0].sha256.as_str(), verified(&w, &row)),
        (row.sha256.as_str(), FileState::Present)
    );
    // Taken back altogether, the row is withdrawn and the log still knows both.
    w.undo(&act(6, "undo"), round_id()).unwrap().unwrap();
    assert_eq!(doctor(&w), []);
    assert_eq!(w.sweep_orphans(&backups, at(7)).unwrap(), store::Orphans::default());
    assert_eq!(stored(&w).len(), 2);
}
