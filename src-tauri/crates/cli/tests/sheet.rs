//! Somebody else's list on the command line: the fixed shape, what was said of columns and words remembered, words edited.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/calls.rs"]
mod calls;
mod common;

use common::Desk;
use serde_json::{Value, json};

impl Desk {
    /// What is said to people.
    fn tells(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).stderr).unwrap()
    }

    fn root(&self) -> Value {
        self.ok(&["snapshot", "{}"])["root"].clone()
    }

    fn started() -> Self {
        let desk = Self::new();
        desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
        desk
    }

    fn list(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.dir.with_file_name(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

/// `编号,结论,说明 / XC1-01,符合,班表按月公布` as Chinese Windows writes it.
const GB18030: &[u8] = b"\xB1\xE0\xBA\xC5,\xBD\xE1\xC2\xDB,\xCB\xB5\xC3\xF7\r\nXC1-01,\xB7\xFB\xBA\xCF,\xB0\xE0\xB1\xED\xB0\xB4\xD4\xC2\xB9\xAB\xB2\xBC\r\n";

#[test]
fn a_list_comes_in_in_the_fixed_shape_and_is_undone_in_one_step() {
    let desk = Desk::started();
    let root = desk.root();
    let file = desk.list("客户清单.csv", GB18030);
    let seen = desk.ok(&["sheet", "in", "{}", &file, "--map", "编号=code,结论=verdict,说明=note", "--dry-run"]);
    let cell = |n: usize| {
        ["item", "field", "old", "new", "cell"].map(|name| seen["changes"][n][name].as_str().unwrap().to_owned())
    };
    assert_eq!(cell(0), ["XC1-01", "verdict", "", "conform", "客户清单!B2"]);
    assert_eq!(cell(1), ["XC1-01", "note", "", "班表按月公布", "客户清单!C2"]);
    assert_eq!([&seen["conflicts"], &seen["refused"], &seen["applied"]], [&json!([]), &json!([]), &json!(false)]);
    assert_eq!(seen["source"]["encoding"], "gb18030", "what was found is told");
    assert_eq!(desk.root(), root, "a dry run writes nothing");
    assert!(!desk.dir.join("sheets.json").exists(), "and remembers nothing");
    let said = desk.tells(&["sheet", "in", "{}", &file, "--dry-run"]);
    assert!(said.contains("GB18030、逗号") && said.contains("编号=条目编号，结论=结论，说明=评估记录"), "{said}");
    assert_eq!(desk.ok(&["sheet", "in", "{}", &file, "--as", "李工"])["applied"], true);
    let history = desk.ok(&["history", "{}"]);
    assert_eq!(
        (&history[0]["actor"], &history[0]["action"]),
        (&json!("李工 via 客户清单.csv"), &json!("take_in_sheet"))
    );
    assert_eq!(desk.ok(&["sheet", "in", "{}", &file])["changes"], json!([]), "it is so already");
    desk.ok(&["undo", "{}"]);
    assert_eq!(desk.root(), root);
}

#[test]
fn what_would_replace_an_answer_is_decided_by_the_user() {
    let desk = Desk::started();
    desk.ok(&["mark", "{}", "XC1-01", "partial", "--note", "我们的"]);
    let root = desk.root();
    let file = desk.list("表.csv", "编号,结论,说明\nXC1-01,符合,他们的\nXC9-99,符合,\nXC1-02,差不多,\n".as_bytes());
    for flags in [&[][..], &["--theirs"], &["--mine"], &["--skip-refused"]] {
        let (seen, code) = desk.says(&[&["sheet", "in", "{}", &file], flags].concat());
        assert_eq!((code, &seen["applied"]), (3, &json!(false)), "{flags:?}");
        assert_eq!(desk.root(), root, "{flags:?}");
        assert_eq!(seen["conflicts"][0]["old"], "partial");
        let refused: Vec<_> = seen["refused"].as_array().unwrap().iter().map(|r| (&r["cell"], &r["value"])).collect();
        let wanted = [(json!("表!A3"), json!("XC9-99")), (json!("表!B4"), json!("差不多"))];
        assert_eq!(refused, wanted.each_ref().map(|(cell, value)| (cell, value)), "{flags:?}");
        assert!(!seen["refused"][1]["expected"].as_str().unwrap().is_empty());
    }
    let said = desk.tells(&["sheet", "in", "{}", &file, "--lang", "en"]);
    for word in ["--mine", "--words", "sheet words set", "--skip-refused", "nothing was written"] {
        assert!(said.contains(word), "{said}");
    }
    assert_eq!(desk.ok(&["sheet", "in", "{}", &file, "--theirs", "--skip-refused"])["applied"], true);
    let answer = desk.ok(&["snapshot", "{}"])["snapshot"]["answers"][0].clone();
    assert_eq!((&answer["verdict"], &answer["note"]), (&json!("conform"), &json!("他们的")));
}

#[test]
fn the_mapping_is_remembered_and_words_are_edited() {
    let desk = Desk::started();
    let list = |n: &str| format!("条,评,话\nXC1-0{n},优,第{n}条\n");
    let first = desk.list("一.csv", list("1").as_bytes());
    let (seen, code) = desk.says(&["sheet", "in", "{}", &first]);
    assert_eq!((code, seen["changes"].as_array().unwrap().len()), (3, 0), "nobody knows these headings: {seen}");
    let words = desk.ok(&["sheet", "words", "set", "{}", "优", "conform"]);
    assert_eq!(words[0], json!({ "word": "优", "means": "conform", "is_own": true, "is_fixed": false }));
    let map = "条=code,评=verdict,话=note";
    assert_eq!(desk.ok(&["sheet", "in", "{}", &first, "--map", map])["applied"], true);
    let second = desk.list("二.csv", list("2").as_bytes());
    let seen = desk.ok(&["sheet", "in", "{}", &second]);
    assert_eq!((&seen["applied"], &seen["changes"][0]["new"]), (&json!(true), &json!("conform")), "{seen}");
    desk.ok(&["sheet", "words", "set", "{}", "优", "ask"]);
    let third = desk.list("三.csv", list("3").as_bytes());
    let (seen, code) = desk.says(&["sheet", "in", "{}", &third, "--dry-run"]);
    assert_eq!((code, &seen["refused"][0]["cell"]), (3, &json!("三!B2")));
    assert_eq!(
        desk.ok(&["sheet", "in", "{}", &third, "--dry-run", "--words", "优=partial"])["changes"][0]["new"],
        "partial"
    );
    desk.ok(&["sheet", "words", "remove", "{}", "优"]);
    let listed = desk.ok(&["sheet", "words", "list", "{}"]);
    let of = |word: &str| listed.as_array().unwrap().iter().find(|line| line["word"] == word).cloned();
    assert_eq!(of("优"), None);
    assert_eq!(of("√").unwrap()["means"], "conform");
    assert_eq!(of("基本符合").unwrap()["means"], "ask");
    for (args, word) in [(["set", "1", "conform"], "数字"), (["set", "符合", "na"], "备审自己的")] {
        let said = desk.tells(&["sheet", "words", args[0], "{}", args[1], args[2]]);
        assert!(said.contains(word), "{said}");
    }
    let said = desk.tells(&["sheet", "words", "remove", "{}", "√", "--lang", "en"]);
    assert!(said.contains("Word for a verdict") && said.contains("none"), "{said}");
}

#[test]
fn a_mapping_that_cannot_be_understood_is_wrong_usage_or_says_what_there_is() {
    let desk = Desk::started();
    let file = desk.list("表.csv", "编号,结论\nXC1-01,符合\n".as_bytes());
    let (said, code) = desk.says(&["sheet", "in", "{}", &file, "--map", "编号=代码"]);
    assert_eq!((code, &said["code"]), (2, &json!("usage")));
    let (said, code) = desk.says(&["sheet", "in", "{}", &file, "--map", "条款=code"]);
    assert_eq!((code, &said["code"]), (1, &json!("field")));
    assert!(said["message"].as_str().unwrap().contains("编号、结论"), "{said}");
    let (said, code) = desk.says(&["sheet", "in", "{}", "没有.csv"]);
    assert_eq!((code, &said["code"]), (1, &json!("file")));
    let (said, code) = desk.says(&["sheet", "in", "{}", &desk.list("空.csv", b"")]);
    assert_eq!((code, &said["code"]), (1, &json!("workbook")));
}
