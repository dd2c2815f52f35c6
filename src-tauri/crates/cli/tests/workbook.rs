//! The checklist workbook on the command line: out, filled in, back; what is undecided leaves with 3 and writes nothing.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/calls.rs"]
mod calls;
mod common;
#[path = "../../exchange/tests/files/edit.rs"]
mod edit;

use common::Desk;
use edit::{edited, rewritten, text};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

/// Number of the sheet of items in a workbook of one domain.
const ITEMS: usize = 2;

impl Desk {
    fn handed_out() -> (Self, PathBuf, String) {
        let desk = Self::new();
        desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
        desk.ok(&["mark", "{}", "XC1-01", "conform", "--note", "班表按月公布"]);
        let path = desk.dir.with_file_name("检查表.xlsx");
        let file = path.to_str().unwrap().to_owned();
        assert_eq!(desk.ok(&["workbook", "out", "{}", "-o", &file, "--domain", "XC", "--for", "王工"])["file"], file);
        (desk, path, file)
    }
}

#[test]
fn a_filled_workbook_comes_back_in_the_fixed_shape_and_is_undone_in_one_step() {
    let (desk, path, file) = Desk::handed_out();
    let root = desk.ok(&["snapshot", "{}"])["root"].clone();
    let edits = [(ITEMS, "F3", &*text("不适用")), (ITEMS, "H3", &text("没有外包")), (ITEMS, "G2", &text("=1+1 不算"))];
    std::fs::write(&path, edited(&std::fs::read(&path).unwrap(), &edits)).unwrap();
    let seen = desk.ok(&["workbook", "in", "{}", &file, "--dry-run"]);
    assert_eq!([&seen["conflicts"], &seen["refused"], &seen["applied"]], [&json!([]), &json!([]), &json!(false)]);
    let first = &seen["changes"][0];
    let fixed = ["item", "field", "old", "new", "cell"].map(|name| first[name].as_str().unwrap());
    assert_eq!(fixed, ["XC1-01", "note", "班表按月公布", "=1+1 不算", "现场管理!G2"]);
    assert_eq!(desk.ok(&["snapshot", "{}"])["root"], root, "a dry run writes nothing");
    assert_eq!(desk.ok(&["workbook", "in", "{}", &file, "--as", "李工"])["applied"], true);
    let history = desk.ok(&["history", "{}"]);
    assert_eq!(history[0]["actor"], "李工 via 检查表.xlsx");
    assert_eq!(desk.ok(&["workbook", "in", "{}", &file])["changes"], json!([]), "it is so already");
    desk.ok(&["undo", "{}"]);
    assert_eq!(desk.ok(&["snapshot", "{}"])["root"], root);
    // Nobody is named here, but the file was made for somebody.
    desk.ok(&["workbook", "in", "{}", &file]);
    assert_eq!(desk.ok(&["history", "{}"])[0]["actor"], "王工 via 检查表.xlsx");
}

#[test]
fn what_is_undecided_or_refused_leaves_with_3_and_writes_nothing() {
    let (desk, path, file) = Desk::handed_out();
    let edits = [(ITEMS, "G2", &*text("他们的")), (ITEMS, "F3", &text("差不多")), (ITEMS, "F2", "")];
    std::fs::write(&path, edited(&std::fs::read(&path).unwrap(), &edits)).unwrap();
    desk.ok(&["mark", "{}", "XC1-01", "keep", "--note", "我们的"]);
    let root = desk.ok(&["snapshot", "{}"])["root"].clone();
    for flags in [&[][..], &["--theirs"], &["--theirs", "--keep-cleared"], &["--skip-refused", "--mine"]] {
        let (seen, code) = desk.says(&[&["workbook", "in", "{}", &file], flags].concat());
        assert_eq!((code, &seen["applied"]), (3, &json!(false)), "{flags:?}");
        assert_eq!(desk.ok(&["snapshot", "{}"])["root"], root, "{flags:?}");
        assert_eq!(seen["conflicts"][0]["cell"], "现场管理!G2");
        assert_eq!(seen["cleared"][0]["cell"], "现场管理!F2");
        assert_eq!(seen["refused"][0]["cell"], "现场管理!F3");
        assert_eq!(seen["refused"][0]["value"], "差不多");
    }
    let said = desk.run(&["workbook", "in", "{}", &file, "--lang", "en"]);
    let said = String::from_utf8(said.stderr).unwrap();
    assert!(said.contains("--mine") && said.contains("--take-cleared") && said.contains("--skip-refused"), "{said}");
    let taken = ["workbook", "in", "{}", &file, "--theirs", "--keep-cleared", "--skip-refused"];
    assert_eq!(desk.ok(&taken)["applied"], true);
    let answers = desk.ok(&["snapshot", "{}"])["snapshot"]["answers"].clone();
    assert_eq!((&answers[0]["note"], &answers[0]["verdict"]), (&json!("他们的"), &json!("conform")));
}

#[test]
fn a_file_that_is_none_of_ours_is_refused_with_1() {
    let (desk, path, file) = Desk::handed_out();
    let macros = rewritten(&std::fs::read(&path).unwrap(), |_, _| ());
    assert!(desk.ok(&["workbook", "in", "{}", &file, "--dry-run"])["changes"].as_array().unwrap().is_empty());
    std::fs::write(&path, &macros[..macros.len() - 40]).unwrap();
    let (said, code) = desk.says(&["workbook", "in", "{}", &file]);
    assert_eq!((code, &said["code"]), (1, &json!("workbook")));
    let (said, code) = desk.says(&["workbook", "in", "{}", "没有.xlsx"]);
    assert_eq!((code, &said["code"]), (1, &json!("file")));
}

/// What somebody else's program saved: exactly the cells that were filled in are changes.
fn exactly_these_five(desk: &Desk, file: &str) {
    let seen = desk.ok(&["workbook", "in", "{}", file, "--dry-run"]);
    let mut cells: Vec<_> = seen["changes"].as_array().unwrap().iter().map(|c| c["cell"].as_str().unwrap()).collect();
    cells.sort_unstable();
    assert_eq!(cells, FIVE.map(|(cell, _)| format!("现场管理!{cell}")), "{seen}");
    assert_eq!(seen["undecided"], 0, "{seen}");
}

/// Cells that are filled in, in the order of their names.
const FIVE: [(&str, &str); 5] =
    [("F2", "部分符合"), ("F3", "不适用"), ("G4", "抽查三期\n一期晚两天"), ("G5", "=1+1 也是文字"), ("H3", "没有外包")];

#[test]
fn openpyxl_fills_in_five_cells_and_they_alone_are_different() {
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../target/pdf-tools/bin/python");
    let has = Command::new(python).args(["-c", "import openpyxl"]).output().is_ok_and(|o| o.status.success());
    if !has {
        eprintln!("NOT CHECKED: openpyxl is missing (cargo xtask test installs it)");
        return;
    }
    let (desk, _, file) = Desk::handed_out();
    let script = "import openpyxl, json, sys\nbook = openpyxl.load_workbook(sys.argv[1])\nsheet = book['现场管理']\n\
        for cell, value in json.loads(sys.argv[2]):\n    sheet[cell].value = value\n    sheet[cell].data_type = 's'\nbook.save(sys.argv[1])";
    let cells = json!(FIVE.map(|(cell, value)| [cell, value])).to_string();
    let made = Command::new(python).args(["-c", script, &file, &cells]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    exactly_these_five(&desk, &file);
}

#[test]
fn libreoffice_saves_a_filled_workbook_and_five_cells_alone_are_different() {
    let (desk, path, _) = Desk::handed_out();
    let cells = FIVE.map(|(cell, value)| (ITEMS, cell, text(value)));
    let edits: Vec<_> = cells.iter().map(|(sheet, cell, xml)| (*sheet, *cell, xml.as_str())).collect();
    std::fs::write(&path, edited(&std::fs::read(&path).unwrap(), &edits)).unwrap();
    let saved = path.with_file_name("存过");
    let profile = format!("-env:UserInstallation=file://{}", path.with_file_name("profile").display());
    let office = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .args([&saved, &path])
        .output();
    let Ok(office) = office else {
        eprintln!("NOT CHECKED: LibreOffice is missing (cargo xtask test installs it)");
        return;
    };
    let file = saved.join("检查表.xlsx");
    assert!(office.status.success() && file.exists(), "{}", String::from_utf8_lossy(&office.stderr));
    exactly_these_five(&desk, file.to_str().unwrap());
}
