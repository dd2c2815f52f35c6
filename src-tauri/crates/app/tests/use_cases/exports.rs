//! Reports and plan tables: the same data is the same report, and a file is whole or not there.

use crate::common::{World, day, new_round, quiet, short, task};
use app::exports::{self, Export, PlanFormat};
use calamine::Reader as _;
use chrono::TimeDelta;
use domain::{FileState, Lang, SignRole, Verdict};
use report::{Layout, Options};
use std::ops::ControlFlow;
use std::path::Path;

fn world() -> World {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Nonconform);
    world.mark(&["XC3-06", "GH1-01"], Verdict::Conform);
    world.add_file(&["XC3-06"], "班表.xlsx", "八月排班");
    let finding = world.add_finding("XC3-05");
    world.add_task(&finding);
    world
}

/// Exports and answers with number, whether it was recorded, and the bytes.
fn export(world: &mut World, options: &Options, distribution: &[&str]) -> (u32, bool, Vec<u8>) {
    let path = world.at("报告.pdf");
    let to = crate::common::owned(distribution);
    let (made, update) = world.report(&path, options, &to);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(made.bytes as usize, bytes.len());
    assert_eq!(made.record.pdf_sha256, domain::snapshot::sha256_hex(&bytes));
    assert_eq!(made.record.file_name, "报告.pdf");
    assert!(made.missing.is_empty());
    (made.record.number, update.is_some(), bytes)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_same_data_options_and_day_are_the_same_report() {
    let mut world = world();
    let (number, recorded, first) = export(&mut world, &short(), &[]);
    assert_eq!((number, recorded), (1, true));
    world.outside.pass(TimeDelta::hours(3));
    let (number, recorded, again) = export(&mut world, &short(), &[]);
    assert_eq!((number, recorded), (1, false), "it is that report");
    assert_eq!(first, again);
    let mut world = world.reopened();
    assert_eq!(export(&mut world, &short(), &[]), (1, false, first.clone()));
    assert_eq!(world.session.reports(world.round).unwrap().len(), 1);
    assert_eq!(world.doctor(), []);
    assert_eq!(exports::verify(&world.at("报告.pdf"), None, Some(&mut world.session)).unwrap().mismatches, []);
}

#[test]
fn whatever_makes_another_report_makes_the_next_number() {
    let mut world = world();
    assert_eq!(export(&mut world, &short(), &[]).0, 1);
    assert_eq!(export(&mut world, &Options { draft: true, ..short() }, &[]).0, 2);
    assert_eq!(export(&mut world, &Options { lang: Lang::En, ..short() }, &[]).0, 3);
    assert_eq!(export(&mut world, &short(), &["质量部", "认证机构"]).0, 4, "a distribution list is printed");
    let sections = Some([report::SectionId::Summary].into());
    assert_eq!(export(&mut world, &Options { sections, ..short() }, &[]).0, 5);
    let (number, recorded, _) = export(&mut world, &short(), &[]);
    assert_eq!((number, recorded), (1, false), "the first is still the first");
    app::sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "周敏").unwrap();
    let gap = Options { layout: Layout::Gap, ..short() };
    assert_eq!(export(&mut world, &gap, &[]).0, 6);
    world.mark(&["LC1-01"], Verdict::Conform);
    assert_eq!(export(&mut world, &short(), &[]).0, 7);
    world.outside.pass(TimeDelta::days(1));
    let (number, recorded, _) = export(&mut world, &short(), &[]);
    assert_eq!((number, recorded), (8, true), "tomorrow is another day");
    let numbers: Vec<_> = world.session.reports(world.round).unwrap().iter().map(|r| r.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(world.doctor(), []);
}

/// How often a report is rendered, seen by its progress: each rendering begins with laying out.
fn renderings(world: &mut World, options: &Options, distribution: &[&str]) -> (u32, usize) {
    let path = world.at("报告.pdf");
    let distribution = crate::common::owned(distribution);
    let wanted = Export { to: &path, options, distribution: &distribution, overwrite: true };
    let (mut count, mut rendering) = (0, true);
    let (made, _) = exports::report(&mut world.session, world.round, &wanted, &mut |progress| {
        let lays_out = progress.stage == exports::ExportStage::Layout;
        count += usize::from(lays_out && rendering);
        rendering = !lays_out;
        ControlFlow::Continue(())
    })
    .unwrap();
    (made.record.number, count)
}

#[test]
fn a_report_is_rendered_once_however_many_there_were_before_it() {
    let mut world = world();
    let departments = ["运营部", "质量部", "信息部", "认证机构"];
    for (number, department) in (1..).zip(departments) {
        assert_eq!(
            renderings(&mut world, &short(), &[department]),
            (number, 1),
            "{department} is not compared with others"
        );
    }
    for (number, department) in (1..).zip(departments) {
        assert_eq!(renderings(&mut world, &short(), &[department]), (number, 1), "{department} again is found at once");
    }
    let hashes: std::collections::BTreeSet<_> =
        world.session.reports(world.round).unwrap().into_iter().map(|r| r.options_sha256).collect();
    assert_eq!(hashes.len(), departments.len());
    assert!(hashes.iter().all(|hash| hash.len() == 64));
    // Whoever signed since, and what lies on the disk, is printed too.
    let held = world.snapshot().evidence[0].clone();
    std::fs::remove_file(world.content(&held)).unwrap();
    assert_eq!(renderings(&mut world, &short(), &[departments[0]]), (5, 1));
}

#[test]
fn an_export_is_no_step_of_undo_and_does_not_change_the_root() {
    let mut world = world();
    let root = world.root();
    let before = world.session.round(world.round).unwrap().figures.undo;
    export(&mut world, &short(), &[]);
    assert_eq!(world.session.round(world.round).unwrap().figures.undo, before);
    assert_eq!(world.root(), root);
}

#[test]
fn a_frozen_round_is_exported_and_listed() {
    let mut world = world();
    for (role, name) in [(SignRole::Prepared, "周敏"), (SignRole::Approved, "王总")] {
        app::sign_offs::sign(&mut world.session, world.round, role, name).unwrap();
    }
    assert_eq!(export(&mut world, &short(), &[]).0, 1);
    assert_eq!(world.session.reports(world.round).unwrap().len(), 1);
    assert_eq!(world.doctor(), []);
}

#[test]
fn the_newest_report_is_compared_with_the_round_as_it_is() {
    let mut world = world();
    let differs = |world: &mut World| exports::differs(&mut world.session, world.round).unwrap();
    assert_eq!(differs(&mut world), None, "no report yet");
    export(&mut world, &short(), &[]);
    assert_eq!(differs(&mut world), None);
    let printed = world.root();
    world.mark(&["LC1-01"], Verdict::Conform);
    let found = differs(&mut world).unwrap();
    assert_eq!((found.report.as_str(), &found.root, &found.now), ("R-01", &printed, &world.root()));
    app::log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(differs(&mut world), None, "undone is as printed");
}

#[test]
fn a_report_that_cannot_be_written_leaves_no_file_and_no_record() {
    let mut world = world();
    let out = world.at("输出");
    std::fs::create_dir_all(out.join("是文件夹.pdf")).unwrap();
    std::fs::write(out.join("是文件"), "x").unwrap();
    let former = out.join("旧报告.pdf");
    std::fs::write(&former, "旧报告").unwrap();
    let before = names(&out);
    let nowhere = out.join("没有").join("报告.pdf");
    for path in [out.join("是文件夹.pdf"), nowhere, out.join("是文件").join("报告.pdf")] {
        world.refused(|s, r| {
            exports::report(
                s,
                r,
                &Export { to: &path, options: &short(), distribution: &[], overwrite: false },
                &mut quiet,
            )
        });
    }
    let logo = Options { logo: Some(b"no picture".to_vec()), ..short() };
    world.refused(|s, r| {
        exports::report(s, r, &Export { to: &former, options: &logo, distribution: &[], overwrite: true }, &mut quiet)
    });
    for stop_at in [1, 3] {
        let mut steps = 0;
        let error = world.refused(|s, r| {
            exports::report(
                s,
                r,
                &Export { to: &former, options: &short(), distribution: &[], overwrite: true },
                &mut |_| {
                    steps += 1;
                    if steps == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            )
        });
        assert_eq!(error.code(), "cancelled", "one code for stopping, whoever was stopped");
    }
    assert_eq!(names(&out), before);
    assert_eq!(std::fs::read_to_string(&former).unwrap(), "旧报告");
    assert_eq!(world.session.reports(world.round).unwrap(), []);
    assert_eq!(export(&mut world, &short(), &[]).0, 1, "no number was used up");
}

#[cfg(unix)]
#[test]
fn a_report_that_cannot_be_recorded_is_taken_away_again() {
    let mut world = world();
    let mut other = World::new();
    world.round = app::rounds::start(&mut world.session, &crate::common::PACK.0, &new_round()).unwrap();
    let path = world.at("报告.pdf");
    for former in [None, Some("上一版报告")] {
        if let Some(former) = former {
            std::fs::write(&path, former).unwrap();
        }
        let before = crate::common::tree(world.temp.path());
        let place = |world: &mut World| {
            exports::place_report(
                &mut world.session,
                world.round,
                &Export { to: &path, options: &short(), distribution: &[], overwrite: true },
                &mut quiet,
            )
            .unwrap()
        };
        let placed = place(&mut world);
        assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
        // A workspace without this round cannot take the row.
        assert!(placed.record(&mut other.session).is_err());
        assert_eq!(crate::common::tree(world.temp.path()), before, "{former:?}");
        drop(place(&mut world));
        assert_eq!(crate::common::tree(world.temp.path()), before, "{former:?}: never recorded");
        assert_eq!(world.session.reports(world.round).unwrap(), []);
    }
    std::fs::remove_file(&path).unwrap();
    let (made, update) = world.report(&path, &short(), &[]);
    assert_eq!((made.record.number, update.is_some()), (1, true), "no number was used up");
    assert_eq!(names(world.temp.path()).iter().filter(|n| n.starts_with(".beishen")).count(), 0);
}

#[test]
fn a_folder_without_permission_is_told_and_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut world = world();
    let locked = world.at("只读");
    std::fs::create_dir(&locked).unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator writes everywhere; then there is nothing to refuse.
    let is_root = tempfile::tempfile_in(&locked).is_ok();
    let path = locked.join("报告.pdf");
    let outcome = exports::report(
        &mut world.session,
        world.round,
        &Export { to: &path, options: &short(), distribution: &[], overwrite: false },
        &mut quiet,
    );
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(outcome.is_ok(), is_root);
    assert_eq!(path.exists(), is_root);
    assert_eq!(world.session.reports(world.round).unwrap().len(), usize::from(is_root));
}

#[test]
fn the_plan_is_written_in_both_formats_and_reads_back() {
    let mut world = world();
    let risky = app::tasks::TaskDraft { due: Some(day("2026-11-01")), ..task("=cmd|' /C calc'!A0") };
    app::tasks::add(&mut world.session, world.round, &risky).unwrap();
    let (csv, xlsx) = (world.at("计划.csv"), world.at("计划.xlsx"));
    exports::plan(&mut world.session, world.round, &csv, PlanFormat::Csv, Lang::Zh, false).unwrap();
    exports::plan(&mut world.session, world.round, &xlsx, PlanFormat::Xlsx, Lang::En, false).unwrap();
    let text = std::fs::read_to_string(&csv).unwrap();
    assert!(text.starts_with('\u{FEFF}'));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].starts_with("T-002,,XC3-05,") && lines[1].contains(",'=cmd|"), "{}", lines[1]);
    assert!(lines[2].starts_with("T-001,NC-01,XC3-05,"), "{}", lines[2]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&xlsx).unwrap();
    let sheet = book.worksheet_range("Remediation plan").unwrap();
    assert_eq!(sheet.height(), 3);
    assert_eq!(sheet.get((1, 5)), Some(&calamine::Data::String("=cmd|' /C calc'!A0".into())));
    assert_eq!(sheet.get((1, 12)), Some(&calamine::Data::String("overdue".into())));

    let before = names(world.temp.path());
    world.refused(|s, r| exports::plan(s, r, Path::new("/dev/null/计划.csv"), PlanFormat::Csv, Lang::Zh, false));
    let folder = world.dir();
    world.refused(|s, r| exports::plan(s, r, &folder, PlanFormat::Xlsx, Lang::Zh, false));
    assert_eq!(names(world.temp.path()), before);
}

#[test]
fn suggested_names_are_safe() {
    let mut wanted = new_round();
    wanted.organization = "云岭/客服:中心?".into();
    let mut world = World::with(&wanted);
    let name = exports::suggested_name(&world.snapshot(), &Options { lang: Lang::En, ..short() });
    assert_eq!(name, Path::new("云岭_客服_中心_-management-en.pdf"));
    assert_eq!(exports::layout("gap"), Some(Layout::Gap));
    assert_eq!(exports::layout("everything"), None);
}

#[test]
fn a_logo_too_large_is_refused_before_it_is_read() {
    let world = World::new();
    let huge = world.at("huge.png");
    std::fs::File::create(&huge).unwrap().set_len(9 << 20).unwrap();
    assert_eq!(exports::read_logo(&huge).unwrap_err().code(), "field");
    assert_eq!(exports::read_logo(&world.at("没有.png")).unwrap_err().code(), "file");
    let small = world.file("logo.svg", "<svg/>");
    assert_eq!(exports::read_logo(&small).unwrap(), b"<svg/>");
}

#[test]
fn a_harmed_file_makes_another_report() {
    let mut world = world();
    let full = Options { layout: Layout::Certification, ..Options::default() };
    let first = export(&mut world, &full, &[]);
    let held = world.snapshot().evidence[0].clone();
    crate::common::flip_a_byte(&world.content(&held));
    let figures = app::evidence::verify(&mut world.session, world.round, &mut crate::common::quietly).unwrap();
    assert_eq!(figures.files[&held.id], FileState::Changed);
    let second = export(&mut world, &full, &[]);
    assert_eq!((second.0, second.1), (2, true), "it says so in the evidence index");
    assert_ne!(first.2, second.2);
}
