//! A signed round that was changed behind our back.

use crate::common::{PACK, World, new_round};
use app::answers::AnswerPatch;
use app::{Session, rounds, sign_offs, upkeep};
use domain::{SignRole, Verdict};

/// Replaces a text in the database file by another one as long, the first time it stands there.
fn tamper(world: &World, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let path = world.dir().join("beishen.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    std::fs::write(path, bytes).unwrap();
}

fn approved() -> World {
    let mut world = World::new();
    let note = Some("抽查三十份录音均有质检记录".to_owned());
    world.patch(&["XC3-05"], &AnswerPatch { verdict: Some(Verdict::Conform), note, ..AnswerPatch::default() });
    for role in [SignRole::Prepared, SignRole::Approved] {
        sign_offs::sign(&mut world.session, world.round, role, "周敏").unwrap();
    }
    upkeep::backup(&mut world.session).unwrap();
    world
}

fn reopened_after(world: World, change: impl FnOnce(&World)) -> World {
    let dir = world.dir();
    let World { temp, outside, session, round } = world;
    session.close().unwrap();
    let closed = World {
        session: Session::create(&temp.path().join("空"), outside.env("周敏"), &PACK.0, &PACK.1).unwrap(),
        temp,
        outside,
        round,
    };
    change(&closed);
    let World { temp, outside, round, .. } = closed;
    let session = Session::open(&dir, outside.env("质检主管")).unwrap();
    World { temp, outside, session, round }
}

#[test]
fn it_opens_for_reading_says_so_and_takes_nothing_until_the_user_works_on() {
    let mut world = reopened_after(approved(), |w| tamper(w, "抽查三十份录音", "抽查三百份录音"));
    let banners = upkeep::banners(&world.session);
    assert_eq!(banners[0].code, "signed_changed");
    assert!(banners[0].detail.contains("核实") && banners[0].detail.contains("备份"), "{banners:?}");
    assert!(world.session.round(world.round).unwrap().read_only);
    let start = |s: &mut Session| rounds::start(s, &PACK.0, &new_round());
    let refusals = [
        world.refused(|s, _| start(s)).code(),
        world.refused(app::log::undo).code(),
        world.refused(|s, r| sign_offs::reopen(s, r, "补充证据")).code(),
        world.refused(|s, _| upkeep::sweep(s)).code(),
    ];
    assert_eq!(refusals, ["signed_changed"; 4]);
    // What is there can still be saved, and no older backup goes for it.
    world.outside.pass(chrono::TimeDelta::days(400));
    upkeep::backup(&mut world.session).unwrap();
    upkeep::backup(&mut world.session).unwrap();
    assert_eq!(upkeep::backups(&world.dir()).unwrap().len(), 3);

    world.session.work_on();
    assert!(!world.session.is_read_only());
    assert!(start(&mut world.session).is_ok());
    assert_eq!(upkeep::banners(&world.session)[0].code, "signed_changed", "it is not forgotten");
}

#[test]
fn the_backup_from_before_brings_the_signed_state_back() {
    let mut world = approved();
    let (root, dir) = (world.root(), world.dir());
    let world = reopened_after(world, |w| tamper(w, "抽查三十份录音", "抽查三百份录音"));
    let from = upkeep::backups(&dir).unwrap().pop().unwrap();
    let World { temp, outside, session, round } = world;
    session.close().unwrap();
    upkeep::restore(&dir, from.path.as_ref(), &outside.env("质检主管")).unwrap();
    let session = Session::open(&dir, outside.env("质检主管")).unwrap();
    let mut world = World { temp, outside, session, round };
    assert_eq!(world.root(), root);
    assert_eq!(world.session.signed_troubles(), []);
}

#[test]
fn an_untouched_signed_round_opens_as_ever() {
    let world = reopened_after(approved(), |_| ());
    assert_eq!(upkeep::banners(&world.session), []);
    assert!(!world.session.is_read_only());
}
