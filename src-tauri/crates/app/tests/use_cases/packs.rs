//! Evidence packs, and verifying what came out against what is in the workspace.

use crate::common::{World, flip_a_byte, quiet, quietly, short, tree};
use app::answers::AnswerPatch;
use app::evidence::{self, EvidenceDraft};
use app::exports::{self, Export, ExportStage, Packed, Verification};
use app::{findings, tasks};
use domain::{Assessment, FileState, Verdict};
use std::ops::ControlFlow;
use std::path::PathBuf;

fn world() -> World {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Nonconform);
    world.mark(&["XC3-06"], Verdict::Conform);
    world.add_file(&["XC3-06"], "班表.xlsx", "八月排班");
    world.add_file(&["XC3-05"], "公告:栏?.png", "公告栏照片");
    let finding = world.add_finding("XC3-05");
    world.add_task(&finding);
    world
}

fn folder(world: &World) -> PathBuf {
    world.at("交付").join("证据包")
}

fn pack(world: &mut World) -> Packed {
    let folder = folder(world);
    exports::evidence_pack(
        &mut world.session,
        world.round,
        &Export { to: &folder, options: &short(), distribution: &[], overwrite: false },
        &mut quiet,
    )
    .unwrap()
    .0
}

fn verify(world: &mut World) -> Verification {
    let (folder, pdf) = (folder(world), folder(world).join("report-zh.pdf"));
    exports::verify(&pdf, Some(&folder), Some(&mut world.session)).unwrap()
}

#[test]
fn a_pack_verifies_on_its_own_and_against_its_workspace() {
    let mut world = world();
    let packed = pack(&mut world);
    assert_eq!((packed.files, packed.left_out.as_slice()), (7, &[][..]));
    assert_eq!(packed.report.record.number, 1);
    let seen = verify(&mut world);
    assert_eq!((seen.mismatches, seen.files_checked), (vec![], 6));
    let root = world.root();
    assert_eq!((&seen.printed_root, &seen.computed_root), (&root, &root));
    assert_eq!(seen.organization, "示例组织·云岭客服中心");
    let data = std::fs::read(folder(&world).join("assessment.json")).unwrap();
    assert_eq!(domain::snapshot::sha256_hex(&data), root, "what the README promises");
    assert_eq!(std::fs::read_to_string(folder(&world).join("criteria.toml")).unwrap(), crate::common::PACK.1);

    // The report in it is the one that is exported alone on the same day.
    let path = world.at("报告.pdf");
    let (made, update) = world.report(&path, &short(), &[]);
    assert_eq!((made.record.number, update.is_none()), (1, true));
    assert_eq!(std::fs::read(path).unwrap(), std::fs::read(folder(&world).join("report-zh.pdf")).unwrap());
}

#[test]
fn a_pack_that_does_not_come_about_leaves_nothing() {
    let mut world = world();
    let before = tree(world.temp.path());
    let deep = folder(&world);
    for stop_at in [ExportStage::Layout, ExportStage::Pack] {
        let error = world.refused(|s, r| {
            exports::evidence_pack(
                s,
                r,
                &Export { to: &deep, options: &short(), distribution: &[], overwrite: false },
                &mut |p| {
                    if p.stage == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            )
        });
        assert_eq!(error.code(), "cancelled");
    }
    // Content that changed since anybody looked.
    let held = world.snapshot().evidence[1].clone();
    flip_a_byte(&world.content(&held));
    let error = world.refused(|s, r| {
        exports::evidence_pack(
            s,
            r,
            &Export { to: &deep, options: &short(), distribution: &[], overwrite: false },
            &mut quiet,
        )
    });
    assert_eq!(error.code(), "evidence_changed");
    assert!(error.to_string().contains("EV-0002"));
    flip_a_byte(&world.content(&held));
    assert_eq!(tree(world.temp.path()), before);
    assert!(!world.at("交付").exists());
    assert_eq!(world.session.reports(world.round).unwrap(), [], "no report was issued");

    let taken = world.at("已有内容");
    std::fs::create_dir(&taken).unwrap();
    std::fs::write(taken.join("合同.pdf"), "别人的文件").unwrap();
    let error = world.refused(|s, r| {
        exports::evidence_pack(
            s,
            r,
            &Export { to: &taken, options: &short(), distribution: &[], overwrite: false },
            &mut quiet,
        )
    });
    assert_eq!(error.code(), "target_in_use");
    assert_eq!(std::fs::read_dir(&taken).unwrap().count(), 1);
}

#[test]
fn a_pack_whose_report_cannot_be_recorded_is_taken_away_again() {
    let mut world = world();
    let mut other = World::new();
    world.round = app::rounds::start(&mut world.session, &crate::common::PACK.0, &crate::common::new_round()).unwrap();
    for empty_before in [false, true] {
        let deep = folder(&world);
        if empty_before {
            std::fs::create_dir(&deep).unwrap();
        }
        let placed = exports::place_pack(
            &mut world.session,
            world.round,
            &Export { to: &deep, options: &short(), distribution: &[], overwrite: false },
            &mut quiet,
        )
        .unwrap();
        assert!(deep.join("SHA256SUMS").exists());
        // A workspace without this round cannot take the row.
        assert!(placed.record(&mut other.session).is_err());
        assert_eq!(deep.exists(), empty_before);
        assert!(!empty_before || std::fs::read_dir(&deep).unwrap().next().is_none(), "empty as it was");
        assert_eq!(world.session.reports(world.round).unwrap(), []);
    }
}

#[test]
fn the_report_of_a_pack_names_who_gets_it() {
    let mut world = world();
    let (folder, to) = (folder(&world), crate::common::owned(&["认证机构审核组"]));
    exports::evidence_pack(
        &mut world.session,
        world.round,
        &Export { to: &folder, options: &short(), distribution: &to, overwrite: false },
        &mut quiet,
    )
    .unwrap();
    let path = world.at("报告.pdf");
    let (_, update) = world.report(&path, &short(), &to);
    assert!(update.is_none(), "with the same list it is the same report");
    let (_, update) = world.report(&path, &short(), &[]);
    assert!(update.is_some(), "without it another");
}

#[test]
fn evidence_known_to_be_harmed_is_left_out_and_named() {
    let mut world = world();
    let evidence_rows = world.snapshot().evidence;
    std::fs::remove_file(world.content(&evidence_rows[0])).unwrap();
    flip_a_byte(&world.content(&evidence_rows[1]));
    let figures = evidence::verify(&mut world.session, world.round, &mut quietly).unwrap();
    assert_eq!(figures.files[&evidence_rows[1].id], FileState::Changed);
    let packed = pack(&mut world);
    assert_eq!(packed.left_out, ["EV-0001", "EV-0002"]);
    let readme = std::fs::read_to_string(folder(&world).join("README.txt")).unwrap();
    assert!(readme.contains("EV-0001, EV-0002"));
    let subjects: Vec<_> = verify(&mut world).mismatches.into_iter().map(|m| m.subject).collect();
    assert_eq!(subjects, ["EV-0001", "EV-0002"], "whoever verifies is told as well");
}

#[test]
fn verification_names_what_differs_from_the_workspace() {
    type Change = fn(&mut World);
    let changes: [(Change, &[&str]); 9] = [
        (|w| drop(w.mark(&["XC3-05"], Verdict::Partial)), &["XC3-05"]),
        (
            |w| drop(w.patch(&["LC1-01"], &AnswerPatch { note: Some("后来写的".into()), ..AnswerPatch::default() })),
            &["LC1-01"],
        ),
        (
            |w| {
                let draft = EvidenceDraft { title: "改过的标题".into(), ..EvidenceDraft::default() };
                let id = w.snapshot().evidence[0].id;
                evidence::edit(&mut w.session, w.round, id, &draft).unwrap();
            },
            &["EV-0001"],
        ),
        (
            |w| {
                let id = w.snapshot().evidence[0].id;
                evidence::withdraw(&mut w.session, w.round, id).unwrap();
            },
            &["XC3-06", "EV-0001"],
        ),
        (
            |w| {
                let id = w.snapshot().evidence[0].id;
                let items = crate::common::owned(&["GH1-01"]);
                evidence::link(&mut w.session, w.round, id, &items, "第 9 页").unwrap();
            },
            &["GH1-01"],
        ),
        (
            |w| {
                let id = w.snapshot().findings[0].id;
                let draft = findings::FindingDraft { cause: "另有原因".into(), ..crate::common::finding("XC3-05") };
                findings::edit(&mut w.session, w.round, id, &draft).unwrap();
            },
            &["NC-01"],
        ),
        (
            |w| {
                let id = w.snapshot().tasks[0].id;
                tasks::withdraw(&mut w.session, w.round, id).unwrap();
            },
            &["T-001"],
        ),
        (
            |w| {
                let edited = Assessment { scope: "只含热线".into(), ..w.snapshot().assessment };
                app::rounds::edit(&mut w.session, &edited).unwrap();
            },
            &["示例组织·云岭客服中心2026年内部自评"],
        ),
        (
            |w| {
                w.add_file(&["AQ1-01"], "门禁.csv", "时间,工号");
                w.mark(&["AQ1-01"], Verdict::Conform);
            },
            &["AQ1-01", "AQ1-01", "EV-0003"],
        ),
    ];
    let mut world = world();
    pack(&mut world);
    for (change, wanted) in changes {
        change(&mut world);
        let seen = verify(&mut world);
        let subjects: Vec<_> = seen.mismatches.iter().map(|m| m.subject.as_str()).collect();
        assert_eq!(subjects, wanted);
        assert!(seen.mismatches.iter().all(|m| m.kind == "workspace" && !m.message_en.is_empty()));
        while exports::differs(&mut world.session, world.round).unwrap().is_some() {
            app::log::undo(&mut world.session, world.round).unwrap().unwrap();
        }
        assert_eq!(verify(&mut world).mismatches, []);
    }
}

#[test]
fn an_approval_after_the_report_is_no_difference() {
    let mut world = world();
    pack(&mut world);
    for (role, name) in [(domain::SignRole::Prepared, "周敏"), (domain::SignRole::Approved, "王总")] {
        app::sign_offs::sign(&mut world.session, world.round, role, name).unwrap();
    }
    assert_eq!(verify(&mut world).mismatches, []);
}

#[test]
fn a_change_of_the_round_before_is_named() {
    let mut world = world();
    let before = world.round;
    let next = app::view::NewRound { predecessor: Some(before), ..crate::common::new_round() };
    world.round = app::rounds::start(&mut world.session, &crate::common::PACK.0, &next).unwrap();
    pack(&mut world);
    let after = std::mem::replace(&mut world.round, before);
    world.mark(&["XC3-05"], Verdict::Conform);
    world.round = after;
    let messages: Vec<_> = verify(&mut world).mismatches.into_iter().map(|m| m.message).collect();
    assert_eq!(messages, ["上一轮评估的数据与报告不同"]);
}

#[test]
fn another_workspace_does_not_hold_the_round() {
    let mut world = world();
    pack(&mut world);
    // Ids of the other world start elsewhere, as real ones do.
    let mut other = World::new();
    let foreign = Assessment { id: domain::Id::from_u128(77), ..other.snapshot().assessment };
    assert!(other.session.snapshot(foreign.id).is_err());
    let dir = other.at("空");
    let mut empty =
        app::Session::create(&dir, other.outside.env("质检主管"), &crate::common::PACK.0, &crate::common::PACK.1)
            .unwrap();
    let pdf = folder(&world).join("report-zh.pdf");
    let seen = exports::verify(&pdf, None, Some(&mut empty)).unwrap();
    assert_eq!(seen.mismatches.len(), 1);
    assert_eq!((seen.mismatches[0].kind.as_str(), seen.files_checked), ("workspace", 0));
}

#[test]
fn what_is_no_report_is_refused() {
    let world = World::new();
    assert_eq!(exports::verify(&world.at("没有.pdf"), None, None).unwrap_err().code(), "file");
    for content in ["", "不是 PDF", "%PDF-1.7\n%%EOF"] {
        let path = world.file("伪造.pdf", content);
        assert_eq!(exports::verify(&path, None, None).unwrap_err().code(), "report_not_pdf", "{content}");
    }
}

#[test]
fn a_pack_without_its_hash_list_is_refused() {
    let mut world = world();
    pack(&mut world);
    std::fs::remove_file(folder(&world).join("SHA256SUMS")).unwrap();
    let pdf = folder(&world).join("report-zh.pdf");
    assert_eq!(exports::verify(&pdf, Some(&folder(&world)), None).unwrap_err().code(), "file");
}
