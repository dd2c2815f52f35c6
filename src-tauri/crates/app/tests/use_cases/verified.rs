//! What verification says of a report's pages, also of reports that an earlier version left on disks.

use crate::common::{World, new_round, short};
use app::exports::{self, Verification};
use app::{Session, rounds};
use domain::{CriteriaPack, Verdict};
use std::path::{Path, PathBuf};

fn left_by_0_1_0(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden/0.1.0").join(name)
}

fn alone(pdf: &Path) -> Verification {
    exports::verify(pdf, None, None).unwrap()
}

#[test]
fn pages_are_made_again_and_a_forged_part_is_named_in_both_languages() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Partial);
    let path = world.at("报告.pdf");
    world.report(&path, &short(), &["总经理".to_owned()]);
    let seen = alone(&path);
    assert_eq!((seen.mismatches, seen.pages.compared), (vec![], true));
    assert!(seen.pages.message.starts_with("全部一致") && seen.pages.message_en.starts_with("Everything holds"));

    // The metadata packet lies in the file as it is, so that it can be forged with a text editor.
    let mut bytes = std::fs::read(&path).unwrap();
    let title = b"<xmp:CreatorTool>B";
    let at = bytes.windows(title.len()).position(|part| part == title).unwrap();
    bytes[at + title.len() - 1] = b'X';
    std::fs::write(&path, &bytes).unwrap();
    let seen = alone(&path);
    assert!(seen.pages.compared && !seen.pages.message.contains("一致"));
    let [found] = seen.mismatches.as_slice() else { panic!("{:?}", seen.mismatches) };
    assert_eq!((found.kind.as_str(), found.subject.as_str()), ("part", "Metadata"));
    assert_eq!((found.message.as_str(), found.message_en.is_empty()), ("文档信息已改动", false));
}

#[test]
fn a_report_over_criteria_of_ones_own_verifies_without_the_workspace() {
    let mut world = World::new();
    let text = app::criteria::BUILT_IN.replace("呼叫中心", "客服中心");
    let own = CriteriaPack::parse(text.as_bytes()).unwrap();
    let own = world.session.adopt_pack(own, &text).unwrap();
    world.round = rounds::start(&mut world.session, &own, &new_round()).unwrap();
    let path = world.at("自有准则.pdf");
    world.report(&path, &short(), &[]);
    let seen = alone(&path);
    assert_eq!((seen.mismatches, seen.pages.compared), (vec![], true), "{}", seen.pages.message);
}

#[test]
fn reports_of_0_1_0_hold_and_say_that_their_pages_were_not_compared() {
    for name in ["open-gap-zh", "signed-certification-zh", "signed-management-en"] {
        let seen = alone(&left_by_0_1_0(&format!("reports/{name}.pdf")));
        assert_eq!((seen.mismatches, seen.pages.compared), (vec![], false), "{name}");
        assert!(seen.pages.message.starts_with("页面未比对：报告由 0.1.0 版生成"), "{}", seen.pages.message);
        assert!(seen.pages.message_en.contains("version 0.1.0 made the report"), "{}", seen.pages.message_en);
    }
    let pack = left_by_0_1_0("pack");
    let seen = exports::verify(&pack.join("report-zh.pdf"), Some(&pack), None).unwrap();
    assert_eq!((seen.mismatches, seen.files_checked, seen.pages.compared), (vec![], 6, false));
}

/// The workspace that wrote a report knows its hash, so that pages need not be made again to know that nobody changed them.
#[test]
fn a_report_of_0_1_0_is_known_to_the_workspace_that_wrote_it() {
    let temp = tempfile::tempdir().unwrap();
    let workspace = temp.path().join("云岭");
    copy(&left_by_0_1_0("云岭"), &workspace);
    let world = World::new();
    let mut session = Session::open(&workspace, world.outside.env("周敏")).unwrap();
    let report = left_by_0_1_0("reports/signed-certification-zh.pdf");
    let seen = exports::verify(&report, None, Some(&mut session)).unwrap();
    assert_eq!(seen.mismatches, []);
    assert!(!seen.pages.compared && seen.pages.message.contains("在导出后没有改动"), "{}", seen.pages.message);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}
