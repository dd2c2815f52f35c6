//! Backups and restoring, as the use cases offer them.

use crate::common::{PACK, World, flip_a_byte};
use app::Session;
use app::answers::AnswerPatch;
use app::upkeep::{self, BackupReason, automatic};
use chrono::TimeDelta;
use domain::Verdict;

#[test]
fn a_backup_lies_beside_the_workspace_and_brings_a_state_back() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let root = world.root();
    let made = upkeep::backup(&mut world.session).unwrap();
    assert!(made.good && made.path.contains("云岭 2026 备份"), "{made:?}");
    assert_eq!(made.answers, 1);
    world.outside.pass(TimeDelta::minutes(5));
    world.mark(&["XC3-05"], Verdict::Nonconform);
    let lost = world.add_file(&["XC3-05"], "班表.xlsx", "八月排班");
    assert_ne!(world.root(), root);

    let dir = world.dir();
    let env = world.outside.env("质检主管");
    let locked = upkeep::restore(&dir, made.path.as_ref(), &env).unwrap_err();
    assert_eq!(locked.code(), "workspace_locked", "not under the feet of an open session");
    let World { temp, outside, session, round } = world;
    session.close().unwrap();
    let restored = upkeep::restore(&dir, made.path.as_ref(), &env).unwrap();
    assert!(restored.kept_aside.is_some());
    assert_eq!(restored.missing_evidence, [""; 0]);
    let session = Session::open(&dir, outside.env("质检主管")).unwrap();
    let mut world = World { temp, outside, session, round };
    assert_eq!(world.root(), root);
    let troubles = world.doctor();
    assert_eq!(troubles.len(), 1, "the file that no row names any more: {troubles:?}");
    assert_eq!(troubles[0].subject, lost.sha256);
    assert_eq!(upkeep::backups(&dir).unwrap().len(), 1);
}

#[test]
fn a_damaged_backup_is_shown_as_such_and_refused() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let made = upkeep::backup(&mut world.session).unwrap();
    let path = std::path::PathBuf::from(&made.path);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let dir = world.dir();
    assert!(!upkeep::backups(&dir).unwrap()[0].good);
    let root = world.root();
    let World { temp, outside, session, round } = world;
    session.close().unwrap();
    assert_eq!(upkeep::restore(&dir, &path, &outside.env("质检主管")).unwrap_err().code(), "backup_bad");
    let session = Session::open(&dir, outside.env("质检主管")).unwrap();
    assert_eq!(World { temp, outside, session, round }.root(), root);
}

#[test]
fn the_doctor_finds_a_changed_byte() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "班表.xlsx", "八月排班");
    assert_eq!(world.doctor(), []);
    flip_a_byte(&world.content(&held));
    let troubles = world.doctor();
    assert_eq!(troubles.len(), 1);
    assert_eq!(troubles[0].subject, "EV-0001");
}

#[test]
fn a_folder_that_cannot_have_a_neighbour_is_refused() {
    assert_eq!(upkeep::backup_dir("/".as_ref()).unwrap_err().code(), "field");
    let beside = upkeep::backup_dir("/客户/云岭".as_ref()).unwrap();
    assert_eq!(beside, std::path::Path::new("/客户/云岭 备份"));
}

/// Names of the backups in the folder beside the workspace.
fn names(world: &World) -> Vec<String> {
    let dir = upkeep::backup_dir(&world.dir()).unwrap();
    upkeep::backups(&world.dir()).unwrap().iter().map(|b| b.path.replace(&format!("{}/", dir.display()), "")).collect()
}

#[test]
fn half_an_hour_of_work_is_backed_up_once_and_idle_hours_never() {
    let mut world = World::new();
    let due = |world: &mut World| automatic::make(&mut world.session, BackupReason::Interval);
    world.mark(&["XC3-05"], Verdict::Conform);
    assert_eq!(due(&mut world), None, "too early");
    world.outside.pass(TimeDelta::minutes(30));
    let made = due(&mut world).unwrap();
    assert!(made.made.is_some_and(|b| b.good && b.answers == 1), "{}", made.detail);
    world.outside.pass(TimeDelta::days(1));
    assert_eq!(due(&mut world), None, "nothing was changed");
    world.mark(&["XC3-06"], Verdict::Partial);
    assert!(due(&mut world).is_some());
    assert_eq!(automatic::take_news(&mut world.session).len(), 2);
    assert_eq!(automatic::take_news(&mut world.session).len(), 0);

    // The next session does not save what is saved already, and looking saves nothing.
    let mut world = world.reopened();
    assert_eq!(automatic::make(&mut world.session, BackupReason::Close), None);
    assert_eq!(names(&world).len(), 2);
}

#[test]
fn what_was_backed_up_by_hand_is_not_backed_up_again() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    upkeep::backup(&mut world.session).unwrap();
    world.outside.pass(TimeDelta::hours(1));
    for reason in [BackupReason::Interval, BackupReason::Close, BackupReason::BulkChange, BackupReason::Restore] {
        assert_eq!(automatic::make(&mut world.session, reason), None, "{reason:?}");
    }
    // The next session finds it in the folder; what it writes itself is in none.
    let mut world = world.reopened();
    assert_eq!(automatic::make(&mut world.session, BackupReason::BulkChange), None);
    world.mark(&["XC3-06"], Verdict::Partial);
    assert!(automatic::make(&mut world.session, BackupReason::BulkChange).is_some());
    assert_eq!(names(&world).len(), 2);
}

#[test]
fn the_state_before_a_bulk_change_is_saved() {
    let mut world = World::new();
    let items: Vec<String> = PACK.0.items.iter().map(|i| i.code.clone()).take(21).collect();
    let few: Vec<&str> = items.iter().take(20).map(String::as_str).collect();
    world.mark(&few, Verdict::Conform);
    assert_eq!(names(&world), [""; 0], "twenty are no bulk change");
    let all: Vec<&str> = items.iter().map(String::as_str).collect();
    let head = world.session.head().unwrap();
    let update = world.mark(&all, Verdict::Partial);
    assert_eq!(update.warnings, [""; 0]);
    let saved = store::backups(&upkeep::backup_dir(&world.dir()).unwrap()).unwrap();
    assert_eq!(saved[0].counts.as_ref().unwrap().chain_head, head, "the state before, not after");
    let news = automatic::take_news(&mut world.session);
    assert_eq!(news.iter().map(|n| n.reason).collect::<Vec<_>>(), [BackupReason::BulkChange]);
}

#[test]
fn a_backup_that_fails_is_told_and_holds_nobody_up() {
    let mut world = World::new();
    // A file lies where the folder should be.
    std::fs::write(upkeep::backup_dir(&world.dir()).unwrap(), "不是文件夹").unwrap();
    let items: Vec<&str> = PACK.0.items.iter().map(|i| i.code.as_str()).take(30).collect();
    let update = world.mark(&items, Verdict::Conform);
    assert_eq!(update.answers.len(), 30, "the change itself can be undone");
    assert_eq!(update.warnings, ["backup_failed"]);
    let news = automatic::take_news(&mut world.session);
    assert!(news[0].made.is_none() && !news[0].code.is_empty() && !news[0].detail.is_empty(), "{news:?}");
    assert!(upkeep::banners(&world.session).iter().any(|b| b.code == "backup_failed"));
}

#[test]
fn after_a_restore_no_old_backup_goes_until_the_user_confirms() {
    let mut world = World::new();
    for _ in 0..3 {
        world.mark(&["XC3-05"], Verdict::Conform);
        upkeep::backup(&mut world.session).unwrap();
        world.outside.pass(TimeDelta::minutes(10));
    }
    let from = upkeep::backups(&world.dir()).unwrap().pop().unwrap();
    let (dir, World { temp, outside, session, round }) = (world.dir(), world);
    session.close().unwrap();
    upkeep::restore(&dir, from.path.as_ref(), &outside.env("质检主管")).unwrap();
    let session = Session::open(&dir, outside.env("质检主管")).unwrap();
    let mut world = World { temp, outside, session, round };
    let codes = |world: &World| upkeep::banners(&world.session).into_iter().map(|b| b.code).collect::<Vec<_>>();
    assert_eq!(codes(&world), ["restore_unconfirmed"]);
    world.outside.pass(TimeDelta::days(400));
    upkeep::backup(&mut world.session).unwrap();
    assert_eq!(names(&world).len(), 4, "the three that are a year old would have been thinned to one");
    upkeep::confirm_restore(&world.dir()).unwrap();
    assert_eq!(codes(&world), [""; 0]);
    upkeep::backup(&mut world.session).unwrap();
    assert_eq!(names(&world).len(), 3);
}

#[test]
fn health_says_what_is_saved_and_what_was_checked() {
    let mut world = World::new();
    let fresh = upkeep::health(&world.session).unwrap();
    assert_eq!((fresh.last_backup, fresh.changed_since, fresh.checked), (None, true, None));
    world.mark(&["XC3-05"], Verdict::Conform);
    let made = upkeep::backup(&mut world.session).unwrap();
    let held = world.add_file(&["XC3-05"], "班表.xlsx", "八月排班");
    flip_a_byte(&world.content(&held));
    world.doctor();
    let health = upkeep::health(&world.session).unwrap();
    assert_eq!(health.last_backup, Some(made));
    assert!(health.changed_since);
    let checked = health.checked.unwrap();
    assert_eq!((checked.at, checked.errors, checked.warnings), (world.session.env.now(), 0, 1));
    upkeep::backup(&mut world.session).unwrap();
    assert!(!upkeep::health(&world.session).unwrap().changed_since);
}

#[test]
fn orphans_are_counted_first_and_swept_after_a_backup() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "班表.xlsx", "八月排班");
    let path = world.content(&held);
    let stray = path.parent().unwrap().parent().unwrap().join("ab").join("ab".repeat(32));
    std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
    std::fs::write(&stray, "残留").unwrap();
    let found = upkeep::orphans(&world.session).unwrap();
    assert_eq!((found.files, found.bytes.as_str()), (1, "6"));
    assert!(stray.exists(), "counting removes nothing");
    assert_eq!(upkeep::sweep(&mut world.session).unwrap(), found);
    assert!(!stray.exists() && path.exists());
    assert_eq!(names(&world).len(), 1);
    assert_eq!(upkeep::orphans(&world.session).unwrap().files, 0);
}

#[test]
fn a_wrong_clock_puts_no_backup_off_and_costs_none() {
    let mut world = World::new();
    let year = TimeDelta::days(365);
    let epoch = chrono::DateTime::UNIX_EPOCH;
    for (n, jump) in [TimeDelta::minutes(31), -year * 2, year * 12, -year * 10, TimeDelta::hours(-3)].iter().enumerate()
    {
        world.outside.pass(*jump);
        let note = Some(format!("第 {n} 次"));
        world.patch(&["XC3-05"], &AnswerPatch { note, ..AnswerPatch::default() });
        let made = automatic::make(&mut world.session, BackupReason::Interval).unwrap();
        assert!(made.made.is_some(), "after a jump of {jump}: {}", made.detail);
        assert!(!upkeep::health(&world.session).unwrap().changed_since);
    }
    world.outside.pass(epoch - world.session.env.now());
    world.patch(&["XC3-05"], &AnswerPatch { note: Some("元年".into()), ..AnswerPatch::default() });
    assert!(automatic::make(&mut world.session, BackupReason::Interval).unwrap().made.is_some());
    // The clock is right again after years, and everything old is thinned: what was verified last is still there.
    world.outside.pass(year * 80);
    store::thin_backups(&upkeep::backup_dir(&world.dir()).unwrap(), world.session.env.now()).unwrap();
    assert!(!upkeep::health(&world.session).unwrap().changed_since);
    assert_eq!(world.doctor(), []);
}

#[test]
fn of_two_backups_of_one_day_the_one_with_more_in_it_stays_whatever_the_clock_said() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    upkeep::backup(&mut world.session).unwrap();
    // The clock is put right: three hours back.
    world.outside.pass(TimeDelta::hours(-3));
    world.mark(&["XC3-06"], Verdict::Conform);
    let newest = upkeep::backup(&mut world.session).unwrap();
    world.outside.pass(TimeDelta::days(30));
    store::thin_backups(&upkeep::backup_dir(&world.dir()).unwrap(), world.session.env.now()).unwrap();
    let left = upkeep::backups(&world.dir()).unwrap();
    assert!(left.iter().any(|b| b.path == newest.path), "{left:?}");
}
