//! Criteria of other sizes than ours: a company's own, a part of ours, the short round; the whole job by each of them.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/calls.rs"]
mod calls;
mod common;

use common::Desk;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

impl Desk {
    fn beside(&self, name: &str) -> PathBuf {
        self.dir.parent().unwrap().join(name)
    }

    /// Marks everything, hands it out in every form, and looks at what came out.
    fn whole_job(&self, items: usize) {
        let listed = self.ok(&["items", "{}"]);
        let codes: Vec<&str> = listed.as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap()).collect();
        assert_eq!(codes.len(), items);
        self.ok(&["mark", "{}", &codes.join(","), "conform"]);
        self.ok(&["mark", "{}", codes[0], "partial", "--note", "8月缺一份记录"]);
        self.ok(&["finding", "add", "{}", "--item", codes[0], "--grade", "minor", "--fact", "8月缺一份记录"]);
        assert_eq!(self.ok(&["score", "{}"])["coverage"], 100.0);
        for lang in ["zh", "en"] {
            let (pdf, xlsx) = (self.beside(&format!("{lang}.pdf")), self.beside(&format!("{lang}.xlsx")));
            let (pdf, xlsx) = (pdf.to_str().unwrap(), xlsx.to_str().unwrap());
            self.ok(&["report", "{}", "-o", pdf, "--lang", lang]);
            let seen = self.ok(&["verify", pdf]);
            assert_eq!((&seen["mismatches"], &seen["pages"]["compared"]), (&json!([]), &json!(true)), "{seen}");
            self.ok(&["workbook", "out", "{}", "-o", xlsx, "--lang", lang]);
            let back = self.ok(&["workbook", "in", "{}", xlsx, "--dry-run"]);
            assert_eq!((&back["changes"], &back["refused"]), (&json!([]), &json!([])), "{lang}");
        }
        let word = self.beside("差距.docx");
        self.ok(&["word", "{}", "-o", word.to_str().unwrap(), "--kind", "gap"]);
    }
}

#[test]
fn a_pack_of_twelve_items_runs_the_whole_job() {
    // Eight of one domain and four of another; and all of one, which makes the smallest chart there is.
    for named in [
        "XC1-01,XC1-02,XC1-03,XC1-04,XC2-01,XC2-02,XC3-03,XC3-05,KH1-01,KH1-02,KH2-01,KH2-02",
        "AQ1-01,AQ1-02,AQ1-03,AQ1-04,AQ2-01,AQ2-02,AQ2-03,AQ3-01,AQ3-02,AQ3-03,AQ4-01,AQ4-02",
    ] {
        let desk = Desk::new();
        let file = desk.beside("监督审核.toml");
        let file = file.to_str().unwrap();
        let made = desk.ok(&["criteria", "init", "-o", file, "--items", named]);
        assert_eq!((&made["items"], &desk.ok(&["criteria", "check", file])["items"]), (&json!(12), &json!(12)));
        desk.ok(&["new", "{}", "--organization", "云岭客服中心", "--criteria", file]);
        desk.whole_job(12);
        // The next round goes on with them, and with ours where that is asked for.
        desk.ok(&["round", "start", "{}"]);
        assert_eq!(desk.ok(&["items", "{}"]).as_array().unwrap().len(), 12);
        desk.ok(&["round", "start", "{}", "--whole"]);
        assert_eq!(desk.ok(&["items", "{}"]).as_array().unwrap().len(), 224);
    }
}

#[test]
fn a_short_round_says_that_it_is_none_of_the_whole() {
    let desk = Desk::new();
    desk.ok(&["new", "{}", "--organization", "云岭客服中心", "--short"]);
    desk.whole_job(62);
    let score = desk.ok(&["score", "{}"]);
    assert_eq!(score["readiness"]["level"], "incomplete", "{score}");
    let text = Command::new("pdftotext").arg(desk.beside("zh.pdf")).arg("-").output().unwrap().stdout;
    let text: String = String::from_utf8(text).unwrap().split_whitespace().collect();
    for words in ["简评：224条中的62条", "不是完整评估", "简评，不作准备度结论", "看了全部224个条目"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    desk.ok(&["round", "start", "{}"]);
    assert_eq!(desk.ok(&["items", "{}"]).as_array().unwrap().len(), 62, "goes on as a short round");
}

#[test]
fn a_criteria_file_is_never_put_over_another_and_unknown_codes_are_named() {
    let desk = Desk::new();
    let file = desk.beside("自有.toml");
    std::fs::write(&file, "别人的文件").unwrap();
    let args = ["criteria", "init", "-o", file.to_str().unwrap(), "--domains", "XC"];
    assert_eq!(desk.run(&args).status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "别人的文件");
    assert_eq!(desk.ok(&[&args[..], &["--overwrite"]].concat())["items"], 38);
    for named in [["--items", "XC9-99"], ["--domains", "ZZ"]] {
        let output =
            desk.run(&[&["criteria", "init", "-o", file.to_str().unwrap(), "--overwrite"], &named[..]].concat());
        assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains(named[1]));
    }
    assert!(std::fs::read_to_string(&file).unwrap().contains("XC3-05"), "a refused call leaves what is there");
}

#[test]
fn a_criteria_file_goes_to_excel_and_back_and_says_the_same() {
    let desk = Desk::new();
    let at = |name: &str| desk.beside(name).to_str().unwrap().to_owned();
    let whole = desk.ok(&["criteria", "init", "-o", &at("全部.toml")]);
    assert_eq!(desk.ok(&["criteria", "convert", &at("全部.toml"), "-o", &at("全部.xlsx")]), whole);
    assert_eq!(desk.ok(&["criteria", "convert", &at("全部.xlsx"), "-o", &at("再来.toml")]), whole);
    let read = |name: &str| std::fs::read_to_string(at(name)).unwrap();
    assert!(read("全部.toml") == read("再来.toml"), "nothing is lost on the way through Excel");
    assert_eq!(desk.ok(&["criteria", "check", &at("全部.xlsx")]), whole);
    let renamed = "[[renamed]]\nfrom = \"GH1-91\"\nto = \"GH1-01\"\n";
    std::fs::write(at("更名.toml"), format!("{}\n{renamed}", read("全部.toml"))).unwrap();
    desk.ok(&["criteria", "convert", &at("更名.toml"), "-o", &at("更名.xlsx")]);
    desk.ok(&["criteria", "convert", &at("更名.xlsx"), "-o", &at("更名再来.toml")]);
    assert!(read("更名再来.toml").contains(renamed), "what an item was called goes along");
    // A workbook starts a round as a TOML file does.
    desk.ok(&["criteria", "init", "-o", &at("简评.xlsx"), "--short"]);
    desk.ok(&["new", "{}", "--organization", "云岭客服中心", "--criteria", &at("简评.xlsx")]);
    assert_eq!(desk.ok(&["items", "{}"]).as_array().unwrap().len(), 62);
}

#[test]
fn what_is_wrong_in_a_workbook_of_criteria_is_told_by_its_cell() {
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../target/pdf-tools/bin/python");
    if !Command::new(python).args(["-c", "import openpyxl"]).output().is_ok_and(|o| o.status.success()) {
        eprintln!("NOT CHECKED: openpyxl is missing (cargo xtask test installs it)");
        return;
    }
    let desk = Desk::new();
    let file = desk.beside("自有.xlsx").to_str().unwrap().to_owned();
    let edits = "import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
items = book['条目']
at = {cell.value.split()[-1]: cell.column_letter for cell in items[1]}
items.move_range(f'A1:{items.cell(1, items.max_column).column_letter}{items.max_row}', cols=1)
for cell, value in eval(sys.argv[2]):
    book[cell.split('!')[0]][cell.split('!')[1]].value = value
book.save(sys.argv[1])";
    // The columns were moved by one: the heading says what each holds.
    for (cells, cell, words, words_en) in [
        ("[('条目!F2', '九')]", "条目!F2", "应为整数", "a whole number expected"),
        ("[('条目!F2', 9)]", "条目!F2", "没有第 9 个核查要点", "there is no check point 9"),
        ("[('条目!K3', 'dokument')]", "条目!B3", "没有这个取值", "unknown variant"),
        ("[('条目!B3', 'GH1-01')]", "条目!B3", "重复", "stands there twice"),
        ("[('主题!E2', 77)]", "主题!E2", "应含 77 个条目", "77 items expected"),
        ("[('条目!D4', '')]", "条目!D4", "应为 1–600 个字符", "1–600 characters expected"),
        ("[('准则!B8', 'zwei')]", "准则!B8", "应为整数", "a whole number expected"),
    ] {
        desk.ok(&["criteria", "init", "-o", &file, "--overwrite"]);
        let made = Command::new(python).args(["-c", edits, &file, cells]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        for (lang, words) in [("zh", words), ("en", words_en)] {
            let output = desk.run(&["criteria", "check", &file, "--lang", lang]);
            let said = String::from_utf8(output.stdout).unwrap();
            let place = said.lines().find(|line| line.contains(cell));
            assert!(place.is_some_and(|line| line.contains(words)), "{cells} {lang}: {said}");
            assert!(!output.status.success());
        }
    }
    // What people do all the time and means nothing: own columns, other order of columns, a day typed as a day.
    desk.ok(&["criteria", "init", "-o", &file, "--overwrite"]);
    let harmless = "[('条目!A1', '我的备注'), ('条目!A5', '下次再看')]";
    assert!(Command::new(python).args(["-c", edits, &file, harmless]).output().unwrap().status.success());
    assert_eq!(desk.ok(&["criteria", "check", &file])["items"], 224);
}

#[test]
fn what_is_no_workbook_of_criteria_is_refused_in_one_sentence() {
    let desk = Desk::new();
    let file = desk.beside("名单.xlsx");
    desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
    desk.ok(&["workbook", "out", "{}", "-o", file.to_str().unwrap()]);
    for (lang, words) in [("zh", "不是评审准则工作簿"), ("en", "no workbook of criteria")] {
        let output = desk.run(&["criteria", "check", file.to_str().unwrap(), "--lang", lang]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words), "{said}");
    }
}

#[test]
fn what_is_wrong_with_a_criteria_file_is_told_in_the_language_of_the_user() {
    let desk = Desk::new();
    let file = desk.beside("错的.toml");
    let ours = include_str!("../../../../criteria/yd-t-2823-2015.toml");
    std::fs::write(&file, ours.replacen("kpis = [\"K11\"]", "kpis = [\"K99\"]", 1)).unwrap();
    for (lang, words) in [("zh", "引用了未收录的指标 K99"), ("en", "the indicator K99 is not in the file")] {
        let output = desk.run(&["criteria", "check", file.to_str().unwrap(), "--lang", lang]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(!output.status.success() && said.contains(words), "{lang}: {said}");
    }
}
