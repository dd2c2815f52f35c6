//! Adding, linking, replacing, withdrawing and verifying evidence.

use crate::common::{World, day, flip_a_byte, owned, quiet, quietly, tree};
use app::evidence::{self, EvidenceDraft};
use app::sign_offs;
use domain::gate::GateRule;
use domain::{EvidenceKind, FileState, SignRole, TaskState, Verdict};
use std::ops::ControlFlow;

fn titled(title: &str) -> EvidenceDraft {
    EvidenceDraft { title: title.into(), ..EvidenceDraft::default() }
}

fn at(locator: &str) -> EvidenceDraft {
    EvidenceDraft { locator: locator.into(), ..EvidenceDraft::default() }
}

#[test]
fn files_are_kept_numbered_and_linked_as_one_step() {
    let mut world = World::new();
    let first = world.root();
    let files =
        [world.file("排班表.xlsx", "八月排班"), world.file("录音 01.wav", "RIFF"), world.file("说明", "无扩展名")];
    let update = world.add_files(&["XC3-05", "XC3-06"], &files, &at("第 3 页")).unwrap();
    let labels: Vec<_> = update.evidence.iter().map(domain::Evidence::label).collect();
    assert_eq!(labels, ["EV-0001", "EV-0002", "EV-0003"]);
    let types: Vec<_> = update.evidence.iter().map(|e| e.media_type.as_str()).collect();
    assert_eq!(
        types,
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "audio/wav", "application/octet-stream"]
    );
    let one = &update.evidence[0];
    assert_eq!(
        (one.title.as_str(), one.file_name.as_str(), one.size_bytes.as_str()),
        ("排班表.xlsx", "排班表.xlsx", "12")
    );
    assert_eq!(one.sha256, domain::snapshot::sha256_hex("八月排班".as_bytes()));
    assert_eq!(std::fs::read_to_string(world.content(one)).unwrap(), "八月排班");
    assert_eq!(update.links.len(), 6);
    assert!(update.links.iter().all(|l| l.locator == "第 3 页"));
    let step = update.figures.undo.unwrap();
    assert_eq!((step.action.as_str(), step.rows), ("add_evidence", 9));
    app::log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.root(), first);
    app::log::redo(&mut world.session, world.round).unwrap();
    assert_eq!(world.doctor(), []);
}

#[test]
fn the_same_content_is_one_piece_of_evidence() {
    let mut world = World::new();
    let twice = [world.file("门禁记录.csv", "时间,工号"), world.file("门禁记录（副本）.csv", "时间,工号")];
    let update = world.add_files(&["AQ1-01"], &twice, &at("B7")).unwrap();
    assert_eq!((update.evidence.len(), update.links.len()), (1, 1), "twice in one batch");
    let held = update.evidence[0].clone();

    // Later, for another item: linked, not added again.
    let update = world.add_files(&["XC3-05"], &twice[1..], &titled("别的标题")).unwrap();
    assert_eq!((update.evidence.len(), update.links.len()), (0, 1));
    assert_eq!(update.links[0].evidence, held.id);
    assert_eq!(world.snapshot().evidence, std::slice::from_ref(&held), "its title stays");

    // Again for the same item: nothing differs, and what was said about where to look is not wiped.
    let update = world.add_files(&["AQ1-01"], &twice[..1], &EvidenceDraft::default()).unwrap();
    assert_eq!(update.batch, None);
    let locator = |world: &mut World| world.snapshot().evidence_of("AQ1-01")[0].1.locator.clone();
    assert_eq!(locator(&mut world), "B7");
    world.add_files(&["AQ1-01"], &twice[..1], &at("B9")).unwrap();
    assert_eq!(locator(&mut world), "B9");

    // Withdrawn evidence is not brought back by its content: it becomes a new piece under the next number.
    evidence::withdraw(&mut world.session, world.round, held.id).unwrap();
    let update = world.add_files(&["AQ1-01"], &twice[..1], &EvidenceDraft::default()).unwrap();
    assert_eq!(update.evidence[0].label(), "EV-0002");
    assert_eq!(world.doctor(), []);
}

#[test]
fn a_batch_with_one_bad_file_takes_none() {
    let mut world = World::new();
    let good = world.file("制度.pdf", "排班管理制度");
    let folder = world.at("文件夹");
    std::fs::create_dir(&folder).unwrap();
    for (bad, code) in [(folder, "evidence_is_folder"), (world.at("没有.pdf"), "evidence_unreadable")] {
        let files = [good.clone(), bad];
        let error = world.refused(|s, r| {
            evidence::add_files(s, r, &owned(&["XC3-05"]), &files, &EvidenceDraft::default(), &mut quiet)
        });
        assert_eq!(error.code(), code);
    }
    let unknown = world.refused(|s, r| {
        let items = owned(&["XC3-05", "XC3-99"]);
        evidence::add_files(s, r, &items, std::slice::from_ref(&good), &EvidenceDraft::default(), &mut quiet)
    });
    assert_eq!(unknown.code(), "unknown_item");
    let stopped = world.refused(|s, r| {
        let items = owned(&["XC3-05"]);
        let files = [good.clone(), good.clone()];
        evidence::add_files(s, r, &items, &files, &EvidenceDraft::default(), &mut |p| {
            if p.files_done == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    });
    assert!(matches!(stopped, app::Error::Cancelled));
}

#[test]
fn a_bad_description_is_refused_before_a_byte_is_copied() {
    let mut world = World::new();
    let file = world.file("制度.pdf", "排班管理制度");
    let backwards = EvidenceDraft {
        effective: Some(day("2026-03-02")),
        expires: Some(day("2026-03-01")),
        ..EvidenceDraft::default()
    };
    let bad = [
        titled(&"标题".repeat(251)),
        at(&"第3页".repeat(167)),
        EvidenceDraft { text: "长".repeat(100_001), ..EvidenceDraft::default() },
        EvidenceDraft { location: "柜".repeat(501), ..EvidenceDraft::default() },
        backwards,
    ];
    for draft in bad {
        let error = world.refused(|s, r| {
            let files = std::slice::from_ref(&file);
            evidence::add_files(s, r, &owned(&["XC3-05"]), files, &draft, &mut quiet)
        });
        assert_eq!(error.code(), "field");
        let error = world.refused(|s, r| evidence::add_bytes(s, r, &owned(&["XC3-05"]), "截图.png", b"PNG", &draft));
        assert_eq!(error.code(), "field");
    }
    for name in ["", "  ", "\n\u{7}"] {
        let draft = EvidenceDraft::default();
        world.refused(|s, r| evidence::add_bytes(s, r, &owned(&["XC3-05"]), name, b"PNG", &draft));
    }
}

#[cfg(unix)]
#[test]
fn a_file_name_with_a_line_break_is_kept_on_one_line() {
    let mut world = World::new();
    let file = world.file("两行\n名.pdf", "内容");
    let added = world.add_files(&["XC3-05"], &[file], &EvidenceDraft::default()).unwrap();
    assert_eq!([&added.evidence[0].file_name, &added.evidence[0].title], ["两行_名.pdf"; 2]);
    let other = world.file("三行\n名.pdf", "别的内容");
    let id = added.evidence[0].id;
    let replaced = evidence::replace(&mut world.session, world.round, id, other, &mut quiet).unwrap();
    assert_eq!([&replaced.evidence[0].file_name, &replaced.evidence[0].title], ["三行_名.pdf"; 2]);
}

#[test]
fn a_pasted_picture_and_things_that_are_no_files() {
    let mut world = World::new();
    let picture = evidence::add_bytes(
        &mut world.session,
        world.round,
        &owned(&["XC3-05"]),
        "截图 2026-11-22.png",
        b"\x89PNG\r\n\x1a\n",
        &titled("班表系统截图"),
    );
    let picture = picture.unwrap().evidence.remove(0);
    assert_eq!((picture.title.as_str(), picture.media_type.as_str()), ("班表系统截图", "image/png"));
    for (kind, title) in [
        (EvidenceKind::Link, "公司内网排班公告"),
        (EvidenceKind::Record, "纸质签到表，档案柜 3 层"),
        (EvidenceKind::Interview, "访谈：三名座席"),
        (EvidenceKind::Observation, "现场：公告栏"),
    ] {
        let draft = EvidenceDraft { location: "https://intra.example.invalid/roster".into(), ..titled(title) };
        let update = evidence::add_record(&mut world.session, world.round, &owned(&["XC3-05"]), kind, &draft).unwrap();
        let record = &update.evidence[0];
        assert_eq!((record.kind, record.sha256.as_str(), record.file_name.as_str()), (kind, "", ""));
    }
    let figures = world.session.round(world.round).unwrap().figures;
    assert_eq!(figures.files.len(), 1, "only files are judged");
    let draft = titled("文件");
    world.refused(|s, r| evidence::add_record(s, r, &[], EvidenceKind::File, &draft));
    world.refused(|s, r| evidence::add_record(s, r, &[], EvidenceKind::Record, &titled("  ")));
}

#[test]
fn links_come_go_and_carry_a_locator() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "制度.pdf", "排班管理制度");
    let round = world.round;
    let update = evidence::link(&mut world.session, round, held.id, &owned(&["XC3-05", "XC3-06"]), "第 2 章").unwrap();
    assert_eq!(update.links.len(), 2, "one new, one with another locator");
    assert!(update.links.iter().all(|l| l.locator == "第 2 章"));
    let update = evidence::unlink(&mut world.session, round, held.id, "XC3-05").unwrap();
    assert!(update.links[0].withdrawn);
    assert!(world.snapshot().evidence_of("XC3-05").is_empty());
    assert_eq!(world.refused(|s, r| evidence::unlink(s, r, held.id, "XC3-05")).code(), "unknown");
    let unknown = domain::Id::from_u128(8);
    assert_eq!(world.refused(|s, r| evidence::link(s, r, unknown, &owned(&["XC3-05"]), "")).code(), "unknown");
    assert_eq!(world.refused(|s, r| evidence::link(s, r, held.id, &owned(&["XC9-05"]), "")).code(), "unknown_item");
    assert_eq!(
        world.refused(|s, r| evidence::link(s, r, held.id, &owned(&["XC3-05"]), &"页".repeat(501))).code(),
        "field"
    );
    // A link taken away can be made again.
    evidence::link(&mut world.session, round, held.id, &owned(&["XC3-05"]), "").unwrap();
    assert_eq!(world.snapshot().evidence_of("XC3-05").len(), 1);
}

#[test]
fn evidence_is_found_by_label() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "制度.pdf", "排班管理制度");
    let snapshot = world.snapshot();
    for label in ["EV-0001", "ev-1", " EV-01 "] {
        assert_eq!(evidence::by_label(&snapshot, label).unwrap().id, held.id, "{label}");
    }
    for label in ["EV-2", "EV-", "0001", "证据1", "EV-1x", ""] {
        assert_eq!(evidence::by_label(&snapshot, label).unwrap_err().code(), "unknown", "{label}");
    }
}

#[test]
fn editing_says_something_else_about_the_same_content() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "制度.pdf", "排班管理制度");
    let draft = EvidenceDraft {
        text: "第 3 版\r\n总经理签发".into(),
        effective: Some(day("2025-03-01")),
        expires: Some(day("2027-02-28")),
        ..titled("排班管理制度 V3")
    };
    let edited = evidence::edit(&mut world.session, world.round, held.id, &draft).unwrap().evidence.remove(0);
    assert_eq!((edited.title.as_str(), edited.text.as_str()), ("排班管理制度 V3", "第 3 版\n总经理签发"));
    assert_eq!((&edited.sha256, &edited.file_name, edited.number), (&held.sha256, &held.file_name, 1));
    assert_eq!(world.refused(|s, r| evidence::edit(s, r, held.id, &titled(""))).code(), "field");
}

#[test]
fn replacing_keeps_number_links_and_the_old_content() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05", "XC3-06"], "制度 V2.pdf", "旧版排班管理制度");
    let newer = world.file("制度 V3.pdf", "新版排班管理制度，现行有效");
    let update = evidence::replace(&mut world.session, world.round, held.id, newer.clone(), &mut quiet).unwrap();
    let now = &update.evidence[0];
    assert_eq!((now.id, now.number, now.title.as_str()), (held.id, 1, "制度 V3.pdf"));
    assert_eq!(world.snapshot().links.len(), 2);
    assert!(world.content(&held).is_file() && world.content(now).is_file());
    app::log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.snapshot().evidence[0], held);
    let snapshot = world.snapshot();
    assert_eq!(world.session.file_states(&snapshot)[&held.id], FileState::Present);

    // A title somebody chose stays.
    evidence::edit(&mut world.session, world.round, held.id, &titled("排班制度")).unwrap();
    let update = evidence::replace(&mut world.session, world.round, held.id, newer, &mut quiet).unwrap();
    assert_eq!(update.evidence[0].title, "排班制度");
    let record = evidence::add_record(&mut world.session, world.round, &[], EvidenceKind::Record, &titled("签到表"));
    let record = record.unwrap().evidence.remove(0);
    let file = world.file("签到表.pdf", "扫描件");
    assert_eq!(world.refused(|s, r| evidence::replace(s, r, record.id, file, &mut quiet)).code(), "field");
}

#[test]
fn withdrawing_takes_links_and_proof_along_and_comes_back_whole() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05", "XC3-06"], "整改照片.png", "公告栏");
    let finding = world.add_finding("XC3-05");
    let task = world.add_task(&finding);
    let closure = app::tasks::Closure { proof: vec![held.id], ..Default::default() };
    app::tasks::move_to(&mut world.session, world.round, task.id, TaskState::Doing, &closure).unwrap();
    let before = world.root();
    let update = evidence::withdraw(&mut world.session, world.round, held.id).unwrap();
    assert_eq!((update.evidence.len(), update.links.len(), update.tasks.len()), (1, 2, 1));
    let snapshot = world.snapshot();
    assert_eq!((snapshot.evidence.len(), snapshot.links.len()), (0, 0));
    assert!(snapshot.tasks[0].proof.is_empty(), "no task rests on what is withdrawn");
    assert!(world.content(&held).is_file(), "the content stays");
    assert_eq!(world.refused(|s, r| evidence::withdraw(s, r, held.id)).code(), "unknown");
    app::log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.root(), before);
}

#[test]
fn a_changed_byte_shows_in_the_gate_blocks_signing_and_is_forgiven_when_repaired() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let held = world.add_file(&["XC3-05"], "制度.txt", "排班管理制度第三版");
    let path = world.content(&held);
    let whole = std::fs::read(&path).unwrap();
    let rules = |world: &mut World| {
        let figures = world.session.round(world.round).unwrap().figures;
        let of_file = figures.defects.into_iter().filter(|d| d.subject == "EV-0001").map(|d| (d.rule, d.item));
        (figures.files[&held.id], of_file.collect::<Vec<_>>())
    };
    assert_eq!(rules(&mut world), (FileState::Present, vec![]));

    flip_a_byte(&path);
    assert_eq!(rules(&mut world).0, FileState::Present, "a glance cannot see it");
    let figures = evidence::verify(&mut world.session, world.round, &mut quietly).unwrap();
    assert_eq!(figures.files[&held.id], FileState::Changed);
    let changed = (FileState::Changed, vec![(GateRule::EvidenceChanged, "XC3-05".to_owned())]);
    assert_eq!(rules(&mut world), changed, "every view knows it from now on");
    let error = world.refused(|s, r| sign_offs::sign(s, r, SignRole::Prepared, "周敏"));
    assert!(matches!(&error, app::Error::SignRefused(why) if why.chinese.contains("EV-0001")), "{error}");
    assert!(app::english::refusal(&error).starts_with("the file of EV-0001 is missing or was changed: "));

    std::fs::write(&path, &whole).unwrap();
    assert_eq!(rules(&mut world), changed, "nobody has read it since");
    let figures = evidence::verify(&mut world.session, world.round, &mut quietly).unwrap();
    assert_eq!(figures.files[&held.id], FileState::Present);
    assert_eq!(rules(&mut world), (FileState::Present, vec![]));
    sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "周敏").unwrap();
}

#[test]
fn signing_looks_for_itself() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "制度.pdf", "排班管理制度第三版");
    flip_a_byte(&world.content(&held));
    // Nobody has asked for a verification.
    world.refused(|s, r| sign_offs::sign(s, r, SignRole::Prepared, "周敏"));
}

#[test]
fn adding_the_original_again_repairs_it_at_once() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "制度.pdf", "排班管理制度第三版");
    flip_a_byte(&world.content(&held));
    evidence::verify(&mut world.session, world.round, &mut quietly).unwrap();
    let original = world.at("制度.pdf");
    let update = world.add_files(&["XC3-05"], &[original], &EvidenceDraft::default()).unwrap();
    assert_eq!(update.batch, None, "no row differs");
    assert_eq!(update.figures.files[&held.id], FileState::Present);
    assert_eq!(world.doctor(), []);
}

#[test]
fn replacing_a_harmed_file_is_judged_by_the_new_file() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "制度.pdf", "排班管理制度第三版");
    flip_a_byte(&world.content(&held));
    evidence::verify(&mut world.session, world.round, &mut quietly).unwrap();
    let newer = world.file("制度 V4.pdf", "排班管理制度第四版，现行");
    let update = evidence::replace(&mut world.session, world.round, held.id, newer, &mut quiet).unwrap();
    assert_eq!(update.figures.files[&held.id], FileState::Present);
    // Undo brings the old content back, harm and all.
    let undone = app::log::undo(&mut world.session, world.round).unwrap().unwrap();
    assert_eq!(undone.figures.files[&held.id], FileState::Changed);
}

#[test]
fn a_missing_file_is_seen_at_a_glance_and_gone_from_the_gate_when_it_is_back() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "录音.wav", "通话录音");
    let (path, elsewhere) = (world.content(&held), world.at("别处"));
    let state = |world: &mut World| world.session.round(world.round).unwrap().figures.files[&held.id];
    std::fs::rename(&path, &elsewhere).unwrap();
    assert_eq!(state(&mut world), FileState::Missing);
    evidence::verify(&mut world.session, world.round, &mut quietly).unwrap();
    assert_eq!(state(&mut world), FileState::Missing);
    let error = world.refused(|s, r| sign_offs::sign(s, r, SignRole::Prepared, "周敏"));
    assert_eq!(error.code(), "sign_refused");
    std::fs::rename(&elsewhere, &path).unwrap();
    assert_eq!(state(&mut world), FileState::Present);
    std::fs::write(&path, "别的长度的内容").unwrap();
    assert_eq!(state(&mut world), FileState::Changed, "another size is seen at a glance");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_eq!(state(&mut world), FileState::Changed, "so is a folder in its place");
}

#[test]
fn what_was_found_is_not_remembered_across_sessions_and_a_stopped_verification_says_nothing() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "录音.wav", &"通话".repeat(600_000));
    flip_a_byte(&world.content(&held));
    let stopped = evidence::verify(&mut world.session, world.round, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(app::Error::Cancelled)));
    let state = |world: &mut World| world.session.round(world.round).unwrap().figures.files[&held.id];
    assert_eq!(state(&mut world), FileState::Present);
    let mut steps = Vec::new();
    evidence::verify(&mut world.session, world.round, &mut |done, total| {
        steps.push((done, total));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(steps.last().map(|t| (t.0 == t.1, t.1)), Some((true, 3_600_000)));
    assert_eq!(state(&mut world), FileState::Changed);
    let mut world = world.reopened();
    assert_eq!(state(&mut world), FileState::Present, "a glance, until somebody verifies again");
}

#[test]
fn nothing_of_the_source_is_touched() {
    let mut world = World::new();
    let folder = world.at("客户资料");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("制度.pdf"), "排班管理制度").unwrap();
    let before = tree(&folder);
    world.add_files(&["XC3-05"], &[folder.join("制度.pdf")], &EvidenceDraft::default()).unwrap();
    assert_eq!(tree(&folder), before);
}
