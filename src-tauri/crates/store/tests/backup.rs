//! Backups that were read back, and the way back from them.
#![allow(clippy::unwrap_used)]

mod common;

use chrono::Duration;
use common::*;
use domain::{Entity, Verdict};
use std::fs;
use std::path::{Path, PathBuf};
use store::{Edit, Workspace, backups, restore, thin_backups};

fn folder(p: &Place) -> PathBuf {
    p.temp.path().join("备份")
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_holds_what_the_workspace_holds() {
    let p = place();
    let mut w = workspace(&p.dir);
    for n in 1..=30 {
        mark(&mut w, 1 + n, &format!("XC3-{n:02}"), Verdict::Conform);
    }
    let made = w.backup(&folder(&p), at(60)).unwrap();
    let counts = made.counts.clone().unwrap();
    assert_eq!((counts.of(Entity::Assessment), counts.of(Entity::Answer)), (1, 30));
    assert_eq!(counts.chain_head, w.chain_head().unwrap());
    assert_eq!(backups(&folder(&p)).unwrap(), std::slice::from_ref(&made));
    assert_eq!(names(&folder(&p)), ["beishen-20261122T020000.000Z.db"]);
    // The same moment again does not overwrite.
    let again = w.backup(&folder(&p), at(60)).unwrap();
    assert_ne!(again.path, made.path);
    assert_eq!(backups(&folder(&p)).unwrap().len(), 2);
}

#[test]
fn the_way_back_keeps_what_was_there() {
    let p = place();
    let mut w = workspace(&p.dir);
    let stored = w.import_bytes("班表.pdf", b"%PDF").unwrap();
    let lost = w.import_bytes("录音.wav", b"RIFF").unwrap();
    let rows = [Edit::Evidence(evidence(1, &stored)), Edit::Evidence(evidence(2, &lost))];
    w.commit(&act(2, "evidence"), &rows).unwrap();
    let then = root(&w);
    let made = w.backup(&folder(&p), at(60)).unwrap();
    mark(&mut w, 3, "XC3-05", Verdict::Conform);
    let later = root(&w);
    assert_eq!(restore(&p.dir, &made.path, &holder(), at(61)).unwrap_err().code(), "workspace_locked");
    fs::remove_file(w.evidence_path(&lost.sha256)).unwrap();
    w.close().unwrap();

    let restored = restore(&p.dir, &made.path, &holder(), at(61)).unwrap();
    assert_eq!(Some(restored.counts), made.counts);
    assert_eq!(restored.missing_evidence.iter().map(domain::Evidence::label).collect::<Vec<_>>(), ["EV-0002"]);
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    assert_eq!(root(&w), then);
    w.close().unwrap();

    // And forth again, from what was kept aside.
    let kept = restored.kept_aside.unwrap();
    assert!(kept.file_name().unwrap().to_string_lossy().starts_with("beishen.db.replaced-2026"));
    restore(&p.dir, &kept, &holder(), at(62)).unwrap();
    assert_eq!(root(&Workspace::open(&p.dir, &holder()).unwrap()), later);
}

#[test]
fn a_destroyed_workspace_comes_back() {
    type Destroy = fn(&Path);
    let destroyers: [Destroy; 4] = [
        |db| fs::write(db, b"").unwrap(),
        |db| fs::remove_file(db).unwrap(),
        |db| fs::write(db, vec![0xFF; 50_000]).unwrap(),
        |db| fs::OpenOptions::new().write(true).open(db).unwrap().set_len(10_000).unwrap(),
    ];
    for destroy in destroyers {
        let p = place();
        let w = workspace(&p.dir);
        let (then, made) = (root(&w), w.backup(&folder(&p), at(60)).unwrap());
        w.close().unwrap();
        destroy(&p.dir.join("beishen.db"));
        // A journal that belongs to the destroyed one must not be rolled into the restored one.
        fs::write(p.dir.join("beishen.db-journal"), vec![0xD9; 9000]).unwrap();
        assert!(Workspace::open(&p.dir, &holder()).is_err());
        restore(&p.dir, &made.path, &holder(), at(61)).unwrap();
        let w = Workspace::open(&p.dir, &holder()).unwrap();
        assert_eq!(root(&w), then);
        assert_eq!(doctor(&w), []);
    }
}

#[test]
fn a_bad_backup_is_refused_and_the_workspace_stays() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let made = w.backup(&folder(&p), at(60)).unwrap();
    w.close().unwrap();
    let db = p.dir.join("beishen.db");
    let before = fs::read(&db).unwrap();
    let good = fs::read(&made.path).unwrap();
    let flipped = {
        // In the middle of the note, where SQLite itself sees nothing wrong.
        let at = good.windows(6).position(|w| w == "班表".as_bytes()).unwrap();
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    for bad in [&b""[..], b"\x89PNG\r\n\x1a\n", &good[..good.len() / 2], &flipped] {
        fs::write(&made.path, bad).unwrap();
        let error = restore(&p.dir, &made.path, &holder(), at(61)).unwrap_err();
        assert_eq!(error.code(), "backup_bad", "{error}");
        assert_eq!(fs::read(&db).unwrap(), before);
    }
    assert_eq!(restore(&p.dir, &folder(&p), &holder(), at(61)).unwrap_err().code(), "backup_bad");
    assert_eq!(
        restore(&folder(&p).join("无"), &made.path, &holder(), at(61)).unwrap_err().code(),
        "workspace_not_found"
    );
    assert_eq!(names(&p.dir), [".backups", ".lock", "beishen.db", "beishen.db-journal", "evidence", "reserve"]);
    assert_eq!(doctor(&Workspace::open(&p.dir, &holder()).unwrap()), []);
}

#[test]
fn a_damaged_workspace_makes_no_backup_and_costs_none() {
    let p = place();
    let mut w = workspace(&p.dir);
    for n in 1..=200 {
        mark(&mut w, 1 + n, &format!("XC3-{n:03}"), Verdict::Conform);
    }
    let good = w.backup(&folder(&p), at(60)).unwrap();
    // Zero a page in the middle of the file, as a failing disk would.
    let db = p.dir.join("beishen.db");
    let mut bytes = fs::read(&db).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0);
    w.close().unwrap();
    fs::write(&db, &bytes).unwrap();
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    assert!(!doctor(&w).is_empty());
    let error = w.backup(&folder(&p), at(61)).unwrap_err();
    assert_eq!(error.code(), "backup_failed", "{error}");
    assert_eq!(names(&folder(&p)).len(), 1);
    assert_eq!(backups(&folder(&p)).unwrap(), [good]);
}

#[test]
fn a_year_of_backups_is_thinned_and_strangers_are_left_alone() {
    let p = place();
    let w = workspace(&p.dir);
    let made = w.backup(&folder(&p), at(0)).unwrap();
    let bytes = fs::read(&made.path).unwrap();
    for day in 1..400 {
        let name = (at(0) - Duration::days(day)).format("beishen-%Y%m%dT%H%M%S%.3fZ.db").to_string();
        fs::write(folder(&p).join(name), &bytes).unwrap();
    }
    let rotten = folder(&p).join("beishen-20250101T000000.000Z.db");
    fs::write(&rotten, &bytes[..bytes.len() / 2]).unwrap();
    fs::write(folder(&p).join("beishen-说明.db"), b"x").unwrap();
    let gone = thin_backups(&folder(&p), at(0)).unwrap();
    let left = backups(&folder(&p)).unwrap();
    assert_eq!((left.len(), gone.len()), (2 + 12 + 10 + 9 + 1, 400 - 2 - 12 - 10 - 9));
    assert_eq!(left[0], made);
    assert!(rotten.exists() && folder(&p).join("beishen-说明.db").exists());
    assert_eq!(left.iter().filter(|b| b.counts.is_none()).count(), 1);
    assert_eq!(thin_backups(&folder(&p), at(0)).unwrap(), Vec::<PathBuf>::new());
}

/// 400 days, a backup each evening, the newest destroyed now and then: the newest good one is always there.
#[test]
fn the_last_good_backup_outlives_400_days_of_bad_ones() {
    let p = place_in_memory();
    let w = workspace(&p.dir);
    let good = fs::read(&w.backup(&folder(&p), at(0)).unwrap().path).unwrap();
    drop(w);
    let evening = |day: i64| at(0) + Duration::days(day);
    let file = |day: i64| folder(&p).join(evening(day).format("beishen-%Y%m%dT%H%M%S%.3fZ.db").to_string());
    let mut newest_good = 0;
    for day in 1..=400 {
        let is_bad = day % 7 == 3 || day > 300;
        fs::write(file(day), if is_bad { &good[..good.len() / 3] } else { &good }).unwrap();
        if !is_bad {
            newest_good = day;
        }
        // Thinning reads every file; once in four days is often enough to meet every tier.
        if day % 4 == 0 {
            let gone = thin_backups(&folder(&p), evening(day)).unwrap();
            assert!(!gone.contains(&file(newest_good)), "day {day}: the last good one went");
            assert!(file(newest_good).exists());
        }
    }
    let left = backups(&folder(&p)).unwrap();
    assert_eq!(left.iter().find(|b| b.counts.is_some()).unwrap().path, file(newest_good));
    // And it is the one that brings the work back.
    restore(&p.dir, &file(newest_good), &holder(), evening(401)).unwrap();
    assert_eq!(doctor(&Workspace::open(&p.dir, &holder()).unwrap()), []);
}

#[test]
fn no_folder_means_no_backups() {
    let p = place();
    assert_eq!(backups(&folder(&p)).unwrap(), []);
}

#[test]
fn a_copy_taken_while_the_workspace_is_open_is_whole() {
    let p = place();
    let mut w = workspace(&p.dir);
    for n in 1..=40 {
        mark(&mut w, 1 + n, &format!("XC3-{n:02}"), Verdict::Conform);
        // What a user does in the file manager: the one file, nothing else.
        let copy = place();
        fs::create_dir(&copy.dir).unwrap();
        fs::copy(p.dir.join("beishen.db"), copy.dir.join("beishen.db")).unwrap();
        let c = Workspace::open(&copy.dir, &holder()).unwrap();
        assert_eq!(root(&c), root(&w), "mark {n} is missing in the copy");
    }
}
