//! The built-in criteria and foreign criteria files.

use crate::common::{PACK, World, new_round};
use app::{Session, criteria, rounds};

#[test]
fn marks_and_line_ends_of_windows_change_nothing() {
    let world = World::new();
    let (plain, text) = &*PACK;
    for (name, bytes) in [
        ("bom.toml", format!("\u{FEFF}{}", criteria::BUILT_IN)),
        ("crlf.toml", criteria::BUILT_IN.replace('\n', "\r\n")),
        ("both.toml", format!("\u{FEFF}{}", criteria::BUILT_IN.replace('\n', "\r\n"))),
    ] {
        let path = world.file(name, &bytes);
        let (pack, normalised) = criteria::load(Some(&path)).unwrap();
        assert_eq!((&pack.sha256, &normalised), (&plain.sha256, text), "{name}");
        // A workspace can be made from it, and a round in it finds its criteria after a restart.
        let dir = world.at(&format!("{name} 工作区"));
        let mut session = Session::create(&dir, world.outside.env("质检主管"), &pack, &normalised).unwrap();
        let pack = session.adopt_pack(pack, &normalised).unwrap();
        let round = rounds::start(&mut session, &pack, &new_round()).unwrap();
        session.close().unwrap();
        let mut session = Session::open(&dir, world.outside.env("质检主管")).unwrap();
        assert_eq!(session.snapshot(round).unwrap().0.sha256, plain.sha256);
    }
}

#[test]
fn the_criteria_that_were_read_when_building_are_the_file() {
    let read_now = domain::CriteriaPack::parse(criteria::BUILT_IN.as_bytes()).unwrap();
    assert!(*criteria::built_in().unwrap() == read_now);
}

#[test]
fn a_round_keeps_the_criteria_it_was_started_with() {
    let mut world = World::new();
    let newer = criteria::BUILT_IN.replacen("version = \"", "version = \"2099.", 1);
    let path = world.file("newer.toml", &newer);
    let (pack, text) = criteria::load(Some(&path)).unwrap();
    assert_ne!(pack.sha256, PACK.0.sha256);
    let pack = world.session.adopt_pack(pack, &text).unwrap();
    let second = rounds::start(&mut world.session, &pack, &new_round()).unwrap();
    let mut world = world.reopened();
    let (first_round, round) = (world.round, second);
    assert_eq!(world.session.snapshot(first_round).unwrap().1.pack.sha256, PACK.0.sha256);
    assert!(world.session.snapshot(round).unwrap().1.pack.version.starts_with("2099."));
    assert_eq!(world.doctor(), []);
}

#[test]
fn the_built_in_criteria_are_adopted_once() {
    let mut world = World::new();
    let first = world.session.built_in_pack().unwrap();
    let second = world.session.built_in_pack().unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &second));
    assert_eq!(first.sha256, PACK.0.sha256);
    let missing = world.session.pack(&"0".repeat(64)).unwrap_err();
    assert_eq!(missing.code(), "pack_missing");
    assert!(missing.to_string().contains("000000000000") && !missing.to_string().contains(&"0".repeat(64)));
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    let world = World::new();
    let gbk = world.at("gbk.toml");
    std::fs::write(&gbk, b"# \xB1\xB8\xC9\xF3\n").unwrap();
    let huge = world.at("huge.toml");
    std::fs::File::create(&huge).unwrap().set_len(1 << 40).unwrap();
    let short = world.file("short.toml", "[pack]\nid = \"x\"\n");
    let item_gone = world.file("gone.toml", &criteria::BUILT_IN.replace("code = \"XC3-05\"", "code = \"XC3-99\""));
    for path in [gbk, huge, short, item_gone] {
        let error = criteria::load(Some(&path)).unwrap_err();
        assert_eq!(error.code(), "criteria_refused", "{}", path.display());
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
    assert_eq!(criteria::load(Some(&world.at("没有.toml"))).unwrap_err().code(), "file");
    assert_eq!(criteria::load(Some(world.temp.path())).unwrap_err().code(), "file");
}
