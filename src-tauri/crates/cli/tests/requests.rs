//! The request list on the command line: assigned, written for Excel and Word, ticked by others, taken back.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/calls.rs"]
mod calls;
mod common;

use common::Desk;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;

const PYTHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../target/pdf-tools/bin/python");

impl Desk {
    fn begun() -> Self {
        let desk = Self::new();
        desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
        desk.ok(&[
            "keeper",
            "assign",
            "{}",
            "--section",
            "XC3",
            "--department",
            "Operations",
            "--owner",
            "刘洋",
            "--due",
            "2026-12-15",
        ]);
        desk
    }

    fn at(&self, name: &str) -> (PathBuf, String) {
        let path = self.dir.with_file_name(name);
        let file = path.to_str().unwrap().to_owned();
        (path, file)
    }

    fn paper(&self, number: &str) -> Value {
        let papers = self.ok(&["paper", "list", "{}"]);
        papers.as_array().unwrap().iter().find(|p| p["paper"] == number).unwrap().clone()
    }
}

/// What a Python script with openpyxl prints, as JSON; none where it is missing.
fn openpyxl(script: &str, args: &[&str]) -> Option<Value> {
    let has = Command::new(PYTHON).args(["-c", "import openpyxl"]).output().is_ok_and(|o| o.status.success());
    if !has {
        eprintln!("NOT CHECKED: openpyxl is missing (cargo xtask test installs it)");
        return None;
    }
    let made = Command::new(PYTHON).args(["-c", script]).args(args).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(serde_json::from_slice(&made.stdout).unwrap())
}

#[test]
fn a_department_is_assigned_once_and_the_next_round_has_it_too() {
    let desk = Desk::begun();
    let paper = desk.paper("XC3-01.1");
    let fixed = ["department", "owner", "due", "standing"].map(|name| paper[name].as_str().unwrap().to_owned());
    assert_eq!(fixed, ["运营部", "刘洋", "2026-12-15", "open"]);
    desk.ok(&["keeper", "assign", "{}", "--section", "JS,AQ1", "--department", "华东职场"]);
    let keepers = desk.ok(&["keeper", "list", "{}"]);
    let of = |code: &str| keepers.as_array().unwrap().iter().find(|k| k["section"] == code).unwrap().clone();
    assert_eq!(
        [&of("JS5")["department"], &of("AQ1")["department"], &of("AQ2")["department"]],
        ["华东职场", "华东职场", "信息安全部"]
    );
    assert_eq!([&of("JS5")["said"], &of("AQ2")["said"]], [true, false]);
    desk.ok(&["undo", "{}"]);
    assert_eq!(desk.paper("JS5-01.1")["department"], "信息技术部");
    desk.ok(&["round", "start", "{}", "--organization", "云岭客服中心"]);
    assert_eq!(desk.paper("XC3-01.1")["owner"], "刘洋");
    assert_eq!(desk.paper("XC3-01.1")["due"], Value::Null, "its day has passed by then");
    desk.ok(&["keeper", "assign", "{}", "--section", "xc3", "--reset"]);
    assert_eq!(desk.paper("XC3-01.1")["owner"], "");
    for (args, code) in [
        (&["keeper", "assign", "{}", "--section", "ZZ9", "--department", "运营部"][..], "unknown"),
        (&["keeper", "assign", "{}", "--section", "XC3", "--due", "0026-12-01"], "field"),
        (&["paper", "hand-in", "{}", "XC3-05.9"], "unknown"),
    ] {
        let (said, exit) = desk.says(args);
        assert_eq!((exit, said["code"].as_str().unwrap()), (1, code), "{args:?}: {said}");
    }
}

#[test]
fn what_openpyxl_ticks_comes_back_and_nothing_else() {
    let desk = Desk::begun();
    desk.ok(&["paper", "hand-in", "{}", "XC3-02.1", "--on", "2026-11-20", "--note", "=1+1 的电子版"]);
    let root = desk.ok(&["snapshot", "{}"])["root"].clone();
    let (_, file) = desk.at("资料清单.xlsx");
    assert_eq!(desk.ok(&["request-list", "{}", "-o", &file, "--department", "运营部"])["file"], file);
    let unchanged = desk.ok(&["workbook", "in", "{}", &file, "--dry-run"]);
    assert_eq!((&unchanged["changes"], &unchanged["undecided"]), (&json!([]), &json!(0)));
    let script = r#"
import openpyxl, json, sys
book = openpyxl.load_workbook(sys.argv[1])
sheet = book['资料']
heads = [c.value for c in sheet[1]]
key, tick, note, dept = (heads.index(n) for n in ('资料号', '已交', '备注', '提交部门'))
rows = {r[key].value: r for r in sheet.iter_rows(min_row=2)}
told = {
    'sheets': [(s.title, s.sheet_state) for s in book],
    'departments': sorted({r[dept].value for r in rows.values()}),
    'formulas': [c.coordinate for s in book for r in s.iter_rows() for c in r if c.data_type == 'f'],
    'ticked': [k for k, r in rows.items() if r[tick].value],
    'freeze': sheet.freeze_panes, 'filter': sheet.auto_filter.ref is not None,
    'landscape': sheet.page_setup.orientation, 'paper': int(sheet.page_setup.paperSize),
    'heads': sheet.print_title_rows, 'lists': [v.formula1 for v in sheet.data_validations.dataValidation],
}
rows['XC3-01.1'][tick].value = '√'
rows['XC3-05.2'][tick].value = '是'
rows['XC3-05.2'][note].value = '下周补原件'
rows['XC3-02.1'][tick].value = None
book.save(sys.argv[1])
print(json.dumps(told))
"#;
    let Some(told) = openpyxl(script, &[&file]) else { return };
    assert_eq!(told["departments"], json!(["运营部"]));
    assert_eq!(told["sheets"], json!([["资料", "visible"], ["说明", "visible"], ["beishen", "veryHidden"]]));
    assert_eq!((&told["formulas"], &told["ticked"]), (&json!([]), &json!(["XC3-02.1"])));
    let set_up = ["freeze", "filter", "landscape", "paper", "heads"].map(|name| &told[name]);
    assert_eq!(set_up, [&json!("B2"), &json!(true), &json!("landscape"), &json!(9), &json!("$1:$1")]);
    assert!(told["lists"].to_string().contains('√'), "{told}");

    let (seen, code) = desk.says(&["workbook", "in", "{}", &file]);
    assert_eq!((code, &seen["applied"]), (3, &json!(false)), "a tick that was taken away is asked about");
    let said = |list: &str| -> Vec<String> {
        let cells = seen[list].as_array().unwrap().iter();
        cells
            .map(|c| {
                format!(
                    "{} {} {}",
                    c["item"].as_str().unwrap(),
                    c["field"].as_str().unwrap(),
                    c["new"].as_str().unwrap()
                )
            })
            .collect()
    };
    let mut changes = said("changes");
    changes.sort_unstable();
    assert_eq!(changes, ["XC3-01.1 handed_in yes", "XC3-05.2 handed_in yes", "XC3-05.2 note 下周补原件"]);
    assert_eq!((said("cleared"), said("refused").len()), (vec!["XC3-02.1 handed_in ".to_owned()], 0));
    desk.ok(&["workbook", "in", "{}", &file, "--keep-cleared"]);
    assert_eq!(desk.paper("XC3-02.1")["handed_in"], "2026-11-20");
    assert_eq!(desk.paper("XC3-01.1")["standing"], "handed-in");
    assert_eq!(desk.paper("XC3-05.2")["note"], "下周补原件");
    assert_eq!(desk.ok(&["history", "{}"])[0]["actor"], "运营部 via 资料清单.xlsx");
    assert_eq!(desk.ok(&["snapshot", "{}"])["root"], root, "what is signed does not hold it");
    desk.ok(&["undo", "{}"]);
    assert_eq!(desk.paper("XC3-01.1")["standing"], "open");
    // The checklist carries the same ticks.
    let (_, whole) = desk.at("核查表.xlsx");
    desk.ok(&["workbook", "out", "{}", "-o", &whole]);
    let script = "import openpyxl, json, sys\nbook = openpyxl.load_workbook(sys.argv[1])\nsheet = book['资料']\n\
        row = next(r for r in sheet.iter_rows(min_row=2) if r[0].value == 'KH1-01.1')\n\
        row[[c.value for c in sheet[1]].index('已交')].value = '√'\nbook.save(sys.argv[1])\nprint('[]')";
    openpyxl(script, &[&whole]).unwrap();
    let seen = desk.ok(&["workbook", "in", "{}", &whole]);
    assert_eq!((&seen["changes"][0]["table"], seen["changes"].as_array().unwrap().len()), (&json!("papers"), 1));
    assert_eq!(desk.paper("KH1-01.1")["standing"], "handed-in");
}

#[test]
fn libreoffice_prints_the_word_list_with_every_paper_a_table_for_each_department_and_page_numbers() {
    let desk = Desk::begun();
    desk.ok(&["paper", "hand-in", "{}", "XC3-05.2", "--note", "<w:p/> & =1+1"]);
    let (path, file) = desk.at("资料清单.docx");
    desk.ok(&["request-list", "{}", "-o", &file]);
    let office = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", desk.dir.with_file_name("profile").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .args([path.parent().unwrap(), &path])
        .output();
    let Ok(office) = office else {
        eprintln!("NOT CHECKED: LibreOffice is missing (cargo xtask test installs it)");
        return;
    };
    assert!(office.status.success(), "{}", String::from_utf8_lossy(&office.stderr));
    let pdf = path.with_extension("pdf");
    let text = Command::new("pdftotext").arg("-layout").args([&pdf, &PathBuf::from("-")]).output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for words in ["迎审资料清单", "接收人：", "2项：", "XC3-05.2", "刘洋", "<w:p/>&=1+1"] {
        assert!(bare.contains(words), "{words} is not in\n{text}");
    }
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    let bare_page = |page: &str| page.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (n, page) in pages.iter().enumerate() {
        let page = bare_page(page);
        assert!(page.contains(&format!("第{}页", n + 1)), "{page}");
        // Its head is repeated, however far the table of a department goes.
        assert!(n == 0 || page.contains("资料号"), "page {}: {page}", n + 1);
    }
    let papers = desk.ok(&["paper", "list", "{}"]);
    for paper in papers.as_array().unwrap() {
        let number = paper["paper"].as_str().unwrap();
        assert!(bare.contains(number), "{number}");
    }
}

#[test]
fn a_name_a_department_and_a_place_that_are_not_right_are_refused() {
    let desk = Desk::begun();
    let (path, file) = desk.at("清单.xlsx");
    for (args, code) in [
        (&["request-list", "{}", "-o", "清单.pdf"][..], "field"),
        (&["request-list", "{}", "-o", &file, "--department", "没有的部"], "unknown"),
    ] {
        let (said, exit) = desk.says(args);
        assert_eq!((exit, said["code"].as_str().unwrap()), (1, code), "{args:?}: {said}");
        assert!(!path.exists());
    }
    std::fs::write(&path, "别人的").unwrap();
    let (said, exit) = desk.says(&["request-list", "{}", "-o", &file]);
    assert_eq!((exit, said["code"].as_str().unwrap()), (1, "target_exists"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), "别人的".as_bytes());
    desk.ok(&["request-list", "{}", "-o", &file, "--overwrite", "--lang", "en"]);
    assert_eq!(&std::fs::read(&path).unwrap()[..2], b"PK");
}
