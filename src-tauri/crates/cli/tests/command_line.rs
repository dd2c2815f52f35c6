//! The command line as its user types it: output, exit codes, and that a refusal changes nothing.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;
#[path = "../../domain/tests/common/next_pack.rs"]
mod next_pack;

use common::Desk;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

impl Desk {
    fn with_round() -> Self {
        let desk = Self::new();
        desk.ok(&["new", "{}", "--organization", "云岭客服中心", "--from", "2025-10-01", "--to", "2026-09-30"]);
        desk
    }

    /// Runs a command; `{}` stands for the workspace.
    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(self.args(args)).output().unwrap()
    }

    fn ok(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Runs a command that must be refused with one line on stderr; returns the line.
    fn refused(&self, args: &[&str], code: i32) -> String {
        let output = self.run(args);
        let line = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {line}");
        assert_eq!(line.trim_end().lines().count(), 1, "{args:?}: {line}");
        line
    }

    fn root(&self) -> String {
        self.ok(&["snapshot", "{}"])["root"].as_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.dir.parent().unwrap().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_built_in_criteria_are_whole() {
    let seen = Desk::new().ok(&["criteria", "check"]);
    assert_eq!(seen["standard"], "YD/T 2823-2015");
    assert_eq!([&seen["domains"], &seen["sections"], &seen["items"]], [9, 43, 224]);
    assert_eq!(seen["problems"], Value::Array(vec![]));
    assert_eq!(seen["sha256"].as_str().unwrap().len(), 64);
    let english = Desk::new().run(&["--lang", "en", "criteria", "check"]).stdout;
    assert!(english.is_ascii(), "{}", String::from_utf8_lossy(&english));
}

#[test]
fn a_bad_criteria_file_is_refused_and_nothing_is_created() {
    let desk = Desk::new();
    let bad = desk.file("准则.toml", "# 不是准则\n[pack]\nid = 1\n".as_bytes());
    let line = desk.refused(&["criteria", "check", "--file", text(&bad)], 1);
    assert!(line.contains("第 3 行") || line.contains("第 2 行"), "{line}");
    desk.refused(&["new", "{}", "--organization", "云岭客服中心", "--criteria", text(&bad)], 1);
    assert!(!desk.dir.exists());
    assert!(line.contains("现有评估不受影响"), "{line}");
    for endless in ["/dev/zero", "/"] {
        if Path::new(endless).exists() {
            desk.refused(&["criteria", "check", "--file", endless], 1);
        }
    }
    desk.refused(&["new", "{}", "--organization", "  "], 1);
    desk.refused(&["new", "{}", "--organization", "云岭", "--from", "2026-09-30", "--to", "2025-10-01"], 1);
    assert!(!desk.dir.exists());
}

#[test]
fn marking_scoring_undoing() {
    let desk = Desk::with_round();
    let empty = desk.root();
    desk.ok(&["--as", "质检主管", "mark", "{}", "XC3-04,XC3-05", "conform", "--note", "抽三个月班表，均按期公布"]);
    desk.ok(&["mark", "{}", "XC3-06", "partial"]);
    desk.ok(&["mark", "{}", "XC3-07", "na", "--reason", "不设轮班"]);
    let score = desk.ok(&["score", "{}"]);
    // 2.5 points of 223 applicable items.
    assert_eq!((score["rate"].as_f64(), score["lower"].as_f64()), (Some(1.12), Some(1.12)));
    assert_eq!(score["counts"]["unassessed"], 220);
    assert_eq!(score["readiness"]["level"], "incomplete");
    let items = desk.ok(&["items", "{}", "--domain", "XC", "--verdict", "conform"]);
    let codes: Vec<_> = items.as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["XC3-04", "XC3-05"]);
    assert_eq!(items[0]["note"], "抽三个月班表，均按期公布");
    assert_eq!(desk.ok(&["items", "{}", "--search", "均按期公布"]).as_array().unwrap().len(), 2);
    let history = desk.ok(&["history", "{}", "XC3-05"]);
    assert!(history.as_array().unwrap().iter().any(|c| c["actor"] == "质检主管" && c["field"] == "verdict"));
    for _ in 0..3 {
        assert_eq!(desk.ok(&["undo", "{}"])["done"], true);
    }
    assert_eq!(desk.root(), empty);
    assert_eq!(desk.ok(&["undo", "{}"])["done"], false, "the round itself is not undone");
    assert_eq!(desk.ok(&["redo", "{}"])["done"], true);
    assert_ne!(desk.root(), empty);
}

#[test]
fn refusals_are_one_line_and_change_nothing() {
    let desk = Desk::with_round();
    let before = desk.root();
    let folder = desk.dir.parent().unwrap().join("一个文件夹");
    std::fs::create_dir(&folder).unwrap();
    let gone = desk.dir.parent().unwrap().join("没有这个文件.pdf");
    for (args, code, says) in [
        (&["mark", "{}", "ZZ9-01", "conform"][..], 1, "ZZ9-01"),
        (&["mark", "{}", "XC3-05,ZZ9-01", "conform"], 1, "ZZ9-01"),
        (&["mark", "{}", "XC3-05", "na"], 1, "理由"),
        (&["--lang", "en", "mark", "{}", "XC3-05", "na"], 1, "reason"),
        (&["evidence", "add", "{}", "--item", "XC3-05", text(&folder)], 1, "文件夹"),
        (&["evidence", "add", "{}", "--item", "XC3-05", text(&gone)], 1, "没有这个文件.pdf"),
        (&["finding", "add", "{}", "--item", "XC3-05", "--grade", "minor", "--fact", " "], 1, "事实"),
        (
            &["task", "add", "{}", "--finding", "NC-09", "--title", "t", "--owner", "o", "--due", "2026-12-01"],
            1,
            "NC-09",
        ),
        (&["task", "move", "{}", "T-001", "doing"], 1, "T-001"),
        (&["history", "{}", "ZZ9-01"], 1, "ZZ9-01"),
        (&["items", "{}", "--domain", "ZZ"], 1, "ZZ"),
        (&["--assessment", "0190a0a0-0000-7000-8000-000000000000", "score", "{}"], 1, "0190a0a0"),
    ] {
        let line = desk.refused(args, code);
        assert!(line.contains(says), "{args:?}: {line}");
        assert_eq!(desk.root(), before, "{args:?} changed something");
    }
    assert_eq!(desk.run(&["mark", "{}", "XC3-05", "maybe"]).status.code(), Some(2), "wrong usage");
    assert_eq!(desk.run(&["frobnicate"]).status.code(), Some(2), "wrong usage");
}

#[test]
fn evidence_findings_and_tasks_through_their_life() {
    let desk = Desk::with_round();
    let file = desk.file("9月班表公布通知.csv", "日期,通知人\n2026-08-24,排班专员\n".as_bytes());
    let added =
        desk.ok(&["evidence", "add", "{}", "--item", "XC3-04,XC3-05", text(&file), "--effective", "2026-08-24"]);
    assert_eq!(added["evidence"][0]["title"], "9月班表公布通知.csv");
    let again = desk.ok(&["evidence", "add", "{}", "--item", "XC3-06", text(&file)]);
    assert_eq!(again["total"], 1, "the same content is one piece of evidence");
    let list = desk.ok(&["evidence", "list", "{}"]);
    assert_eq!(list[0]["items"], serde_json::json!(["XC3-04", "XC3-05", "XC3-06"]));
    assert_eq!(desk.ok(&["evidence", "verify", "{}"])["checked"], 1);

    desk.ok(&["mark", "{}", "XC3-05", "partial"]);
    desk.ok(&[
        "finding",
        "add",
        "{}",
        "--item",
        "XC3-05",
        "--grade",
        "minor",
        "--fact",
        "8月班表3份迟发",
        "--cause",
        "无备岗",
    ]);
    desk.ok(&[
        "task",
        "add",
        "{}",
        "--finding",
        "NC-01",
        "--title",
        "设备岗",
        "--owner",
        "排班主管",
        "--due",
        "2099-01-01",
    ]);
    desk.ok(&["task", "move", "{}", "T-001", "doing"]);
    desk.ok(&["task", "move", "{}", "T-001", "to-verify"]);
    assert!(desk.refused(&["task", "move", "{}", "T-001", "closed"], 1).contains("整改结果"));
    let by_owner = ["task", "move", "{}", "T-001", "closed", "--result", "已设", "--verifier", "排班主管"];
    assert!(desk.refused(&by_owner, 1).contains("验证人"));
    desk.ok(&["task", "move", "{}", "T-001", "closed", "--result", "已设备岗，10月无迟发", "--verifier", "质检主管"]);
    assert_eq!(desk.ok(&["finding", "list", "{}"])[0]["open"], false);
    let reopened = desk.ok(&["task", "move", "{}", "T-001", "reopened"]);
    assert_eq!(
        (reopened["tasks"][0]["state"].as_str(), &reopened["tasks"][0]["reopened"]),
        (Some("doing"), &Value::from(1))
    );
    assert_eq!(desk.ok(&["finding", "list", "{}"])[0]["open"], true);
}

#[test]
fn a_due_date_before_today_is_a_remark_and_not_a_refusal() {
    let desk = Desk::with_round();
    let output = desk.run(&[
        "task",
        "add",
        "{}",
        "--item",
        "XC3-05",
        "--title",
        "补录",
        "--owner",
        "排班主管",
        "--due",
        "2020-01-01",
    ]);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("早于今天"));
}

#[test]
fn the_gate_and_the_doctor_exit_with_three_when_something_is_wrong() {
    let desk = Desk::with_round();
    let output = desk.run(&["gate", "{}", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let defects: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &defects["defects"][0];
    assert_eq!((first["rule"].as_str(), first["item"].as_str()), (Some("unassessed"), Some("GH1-01")));
    assert!(!first["remedy"].as_str().unwrap().is_empty());
    assert_eq!(desk.run(&["doctor", "{}"]).status.code(), Some(0));

    let file = desk.file("班表.csv", "日期\n2026-08-24\n".as_bytes());
    let added = desk.ok(&["evidence", "add", "{}", "--item", "XC3-05", text(&file)]);
    let sha = added["evidence"][0]["sha256"].as_str().unwrap();
    std::fs::remove_file(desk.dir.join("evidence").join(&sha[..2]).join(sha)).unwrap();
    let said = |lang: &str| {
        let output = desk.run(&["--lang", lang, "doctor", "{}"]);
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said("zh").contains("文件缺失；请从备份或原始位置找回"), "{}", said("zh"));
    assert!(said("en").contains("the file is missing; find it in a backup"), "{}", said("en"));
    assert_eq!(desk.run(&["evidence", "verify", "{}"]).status.code(), Some(3));
}

#[test]
fn every_command_says_what_it_is_for() {
    let desk = Desk::new();
    for command in [
        "criteria", "new", "sample", "items", "mark", "evidence", "finding", "task", "score", "gate", "history",
        "undo", "redo", "report", "pack", "verify", "snapshot", "doctor", "backup", "backups", "restore",
    ] {
        let output = desk.run(&[command, "--help"]);
        assert!(output.status.success() && output.stdout.len() > 80, "{command}");
    }
}

/// In both languages: what is affected, and nothing of the other language.
#[test]
fn a_refusal_says_what_became_of_the_data_in_the_language_asked_for() {
    let desk = Desk::with_round();
    let nowhere = desk.dir.parent().unwrap().join("no such folder").join("x");
    let nowhere = text(&nowhere);
    for args in [
        &["items", nowhere][..],
        &["new", "{}", "--organization", "Yunling"],
        &["evidence", "add", "{}", nowhere, "--item", "XC3-05"],
        &["evidence", "add", "{}", "/", "--item", "XC3-05"],
        &["report", "{}", "-o", nowhere],
        &["plan", "{}", "-o", &format!("{nowhere}.csv")],
        &["mark", "{}", "XC3-99", "conform"],
        &["task", "move", "{}", "T-009", "doing"],
        &["restore", "{}", "--from", nowhere],
        &["verify", nowhere],
        &["criteria", "check", "--file", nowhere],
    ] {
        let zh = desk.refused(args, 1);
        let safe = ["没有", "未作任何改动", "不受影响", "原样未动"].iter().any(|words| zh.contains(words));
        assert!(safe && !zh.contains("os error"), "{args:?}: {zh}");
        let en = desk
            .refused(&[&["--lang", "en"], args].concat(), 1)
            .replace(desk.dir.to_str().unwrap(), "")
            .replace(nowhere, "");
        assert!(en.is_ascii() || en.chars().all(|c| c == '…' || c.is_ascii()), "{args:?}: {en}");
        assert!(["not", "nothing", "no "].iter().any(|words| en.contains(words)), "{args:?}: {en}");
    }
}

#[test]
fn criteria_are_updated_in_one_step_that_is_shown_before_and_taken_back_after() {
    use next_pack::{ADDED, CHANGED, RENAMED, UNTICKED, WITHDRAWN, next};
    let desk = Desk::with_round();
    let later = next(include_str!("../../../../criteria/yd-t-2823-2015.toml"));
    let later = desk.file("新准则.toml", later.as_bytes());
    for item in [CHANGED, WITHDRAWN, RENAMED[0]] {
        desk.ok(&["mark", "{}", item, "partial", "--note", "抽查三期"]);
    }
    desk.ok(&["finding", "add", "{}", "--item", WITHDRAWN, "--grade", "minor", "--fact", "两份说明书没有批准日期"]);
    let root = desk.root();
    let shown = desk.ok(&["criteria", "update", "{}", "--to", text(&later), "--dry-run"]);
    assert_eq!(desk.root(), root, "shown only");
    assert_eq!(shown["kept"], 222);
    let codes = |list: &str| {
        shown[list].as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (codes("changed"), codes("new"), codes("withdrawn")),
        (vec![CHANGED.into()], vec![ADDED.into()], vec![WITHDRAWN.into()])
    );
    assert_eq!(shown["changed"][0]["what"], serde_json::json!(["requirement", "evidence"]));
    assert_eq!(shown["renamed"][0]["to"], RENAMED[1]);
    assert_eq!(shown["withdrawn"][0]["findings"], 1);
    assert_eq!(
        (&shown["score"]["before"], &shown["score"]["after"]),
        (&serde_json::json!(0.67), &serde_json::json!(0.45))
    );
    let compared = desk.run(&["criteria", "compare", "{}", CHANGED, "--to", text(&later)]).stdout;
    let compared = String::from_utf8(compared).unwrap();
    assert!(compared.contains("{+遇节假日另行确认；+}") && compared.contains(&UNTICKED[..6]), "{compared}");

    let done = desk.ok(&["criteria", "update", "{}", "--to", text(&later)]);
    assert!(done["batch"].is_string());
    assert_eq!((&done["changed"], &done["score"]), (&shown["changed"], &shown["score"]));
    let gate = desk.run(&["gate", "{}", "--json"]).stdout;
    assert!(String::from_utf8(gate).unwrap().contains("verdict_to_confirm"));
    let waiting = desk.ok(&["criteria", "compare", "{}", CHANGED]);
    assert_eq!((&waiting["code"], &waiting["parts"][0]["part"]), (&Value::from(CHANGED), &Value::from("requirement")));
    let history = desk.ok(&["history", "{}"]);
    let packs =
        history.as_array().unwrap().iter().find(|c| c["action"] == "update_criteria" && c["field"] == "pack_sha256");
    let packs = packs.unwrap();
    assert!(packs["new_criteria"]["version"].as_str().unwrap().starts_with("2099."), "{packs}");
    assert_eq!(packs["old_criteria"]["sha256"], packs["old"]);
    assert!(!desk.ok(&["history", "{}", WITHDRAWN]).as_array().unwrap().is_empty(), "still told");
    let said = String::from_utf8(desk.run(&["history", "{}"]).stdout).unwrap();
    assert!(said.contains("YD/T 2823-2015 2099."), "{said}");
    desk.refused(&["history", "{}", "XC9-99"], 1);

    let again = desk.ok(&["criteria", "update", "{}", "--to", text(&later)]);
    assert_eq!((&again["batch"], &again["kept"]), (&Value::Null, &Value::from(224)));
    desk.ok(&["undo", "{}"]);
    assert_eq!(desk.root(), root);
    // The built-in ones are those it has: nothing to do.
    assert!(desk.ok(&["criteria", "update", "{}"])["batch"].is_null());
    desk.refused(&["criteria", "update", "{}", "--to", text(&desk.file("坏.toml", b"[pack]"))], 1);
    desk.ok(&["sign", "{}", "prepared", "--name", "质检主管"]);
    let refused = desk.refused(&["criteria", "update", "{}", "--to", text(&later)], 1);
    assert!(refused.contains("下一次评估"), "{refused}");
    assert_eq!(desk.root(), root);
}
