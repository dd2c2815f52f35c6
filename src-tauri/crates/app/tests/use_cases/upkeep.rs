//! Backups and restoring, as the use cases offer them.

use crate::common::{World, flip_a_byte};
use app::{Session, upkeep};
use chrono::TimeDelta;
use domain::Verdict;

#[test]
fn a_backup_lies_beside_the_workspace_and_brings_a_state_back() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let root = world.root();
    let made = upkeep::backup(&world.session).unwrap();
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
    let made = upkeep::backup(&world.session).unwrap();
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
