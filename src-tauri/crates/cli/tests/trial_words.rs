//! What a field trial broke in the command line itself (inputs that failed in 0.1.0).
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Desk;
use serde_json::Value;
use std::process::{Command, Output, Stdio};

impl Desk {
    fn with_round() -> Self {
        let desk = Self::new();
        assert!(desk.run(&["new", "{}", "--organization", "甲呼叫中心"]).status.success());
        desk
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_beishen-cli"));
        command.args(self.args(args));
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_slice(&self.run(&[args, &["--json"]].concat()).stdout).unwrap()
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_text_may_begin_with_a_hyphen() {
    let desk = Desk::with_round();
    for (args, saved) in [
        (&["mark", "{}", "GH1-01", "partial", "--note", "- 抽查"][..], "- 抽查"),
        (&["finding", "add", "{}", "--item", "GH1-01", "--grade", "minor", "--fact", "-10%"], "-10%"),
        (
            &["task", "add", "{}", "--item", "GH1-01", "--title", "--加班", "--owner", "-", "--due", "2099-01-01"],
            "--加班",
        ),
        (&["round", "edit", "{}", "--scope", "- 外呼"], "- 外呼"),
        (&["--as", "-质检", "mark", "{}", "GH1-02", "conform"], "-质检"),
    ] {
        let output = desk.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{args:?}: {}", stderr(&output));
        assert!(stdout(&output).contains(saved), "{args:?}");
    }
}

/// In one language, the one asked for, and with what would be right.
/// An option that stands where a text should stand is not taken for the text: it was to be obeyed.
#[test]
fn an_option_is_not_taken_for_the_text_that_was_forgotten() {
    let desk = Desk::with_round();
    for args in [
        &["items", "{}", "--search", "--json"][..],
        &["mark", "{}", "GH1-01", "partial", "--note", "--lang", "en"],
        &["evidence", "add", "{}", "--title", "--item", "GH1-01", "甲.txt"],
    ] {
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stdout(&output));
    }
    assert_eq!(desk.json(&["history", "{}", "GH1-01"]), Value::Array(vec![]), "nothing was written down");
}

#[test]
fn a_new_workspace_that_is_refused_leaves_nothing_behind() {
    let desk = Desk::new();
    for wrong in [["--profile", "宽松"], ["--conditions", "火星"], ["--from", "0026-03-01"], ["--organization", " "]]
    {
        let mut args = vec!["new", "{}", "--organization", "甲呼叫中心"];
        if wrong[0] == "--organization" {
            args.truncate(2);
        }
        args.extend(wrong);
        assert_eq!(desk.run(&args).status.code(), Some(1), "{wrong:?}");
        assert!(!desk.dir.exists(), "{wrong:?}");
    }
}

/// What is wrong with which file is said in English too.
#[test]
fn english_refusals_say_as_much_as_chinese_ones() {
    let desk = Desk::with_round();
    let beside = |name: &str, content: &[u8]| {
        let path = desk.dir.with_file_name(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let (text, gbk) = (beside("笔记.txt", "甲".as_bytes()), beside("gbk.toml", b"# \xd7\xbc\xd4\xf2\xce\xc4\xbc\xfe"));
    let (syntax, full) = (beside("坏.toml", b"[pack]\nid"), desk.dir.parent().unwrap().display().to_string());
    let pdf = beside("新.pdf", b"");
    std::fs::remove_file(&pdf).unwrap();
    for (args, said) in [
        (&["restore", "{}", "--from", &text][..], "笔记.txt: this backup cannot be used"),
        (&["pack", "{}", "-o", &full], ": the folder is there and not empty"),
        (&["report", "{}", "-o", &pdf, "--logo", &text], "the logo cannot be read"),
        (&["verify", &text], "not a PDF that can be read"),
        (&["criteria", "check", &gbk], "not UTF-8"),
        (&["criteria", "check", &syntax], "line 2"),
    ] {
        let output = desk.run(&[args, &["--lang", "en", "--json"]].concat());
        let heard = stderr(&output);
        assert!(heard.contains(said), "{args:?}: {heard}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(!answer["detail"].as_str().unwrap_or_default().is_empty(), "{args:?}: {answer}");
        assert!(heard.matches(|c: char| ('一'..='龥').contains(&c)).count() < 20, "not in Chinese: {heard}");
    }
}

#[test]
fn wrong_usage_is_told_in_the_language_asked_for() {
    let desk = Desk::with_round();
    for (args, zh, en) in [
        (&["frobnicate"][..], "没有命令 frobnicate", "there is no command frobnicate"),
        (&["undo"], "缺少", "is missing"),
        (&["mark", "{}", "GH1-01", "maybe"], "应为 conform, partial", "give one of conform, partial"),
        (&["new", "x", "--organization", "y", "--from", "2026-13-01"], "应为日期，如", "a date such as"),
        (&["items", "{}", "--nope"], "不认识参数", "is not known"),
        (&["tidy", "{}", "--sweap"], "是否想用 --sweep", "--sweep?"),
        (
            &[
                "task",
                "add",
                "{}",
                "--item",
                "a",
                "--finding",
                "b",
                "--title",
                "t",
                "--owner",
                "o",
                "--due",
                "2099-01-01",
            ],
            "不能与",
            "cannot be used with",
        ),
        (&["items", "{}", "--lang", "fr"], "应为 zh, en", ""),
    ] {
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = stderr(&output);
        assert!(said.starts_with("用法错误：") && said.contains(zh), "{args:?}: {said}");
        assert!(!["error", "Usage", "tip", "For more"].iter().any(|word| said.contains(word)), "{args:?}: {said}");
        if en.is_empty() {
            continue;
        }
        let said = stderr(&desk.run(&[&["--lang", "en"], args].concat())).replace(desk.dir.to_str().unwrap(), "");
        assert!(said.starts_with("usage: ") && said.contains(en) && said.is_ascii(), "{args:?}: {said}");
    }
}

#[test]
fn a_refused_call_for_json_prints_one_object() {
    let desk = Desk::with_round();
    let bad = desk.dir.with_extension("toml");
    std::fs::write(&bad, "[pack]\nid = 1\n").unwrap();
    for (args, code, detail, exit) in [
        (&["mark", "{}", "ZZ9-99", "conform"][..], "unknown_item", "ZZ9-99", 1),
        (&["mark", "{}", "GH1-01", "na"], "reason_missing", "GH1-01", 1),
        (&["finding", "add", "{}", "--item", "GH1-01", "--grade", "minor", "--fact", " "], "field", "事实描述", 1),
        (&["task", "move", "{}", "T-009", "doing"], "unknown", "T-009", 1),
        (&["items", "没有这里"], "workspace_not_found", "没有这里", 1),
        (&["mark", "{}", "GH1-01", "maybe"], "usage", "VERDICT", 2),
        (&["frobnicate"], "usage", "frobnicate", 2),
        (&["criteria", "check", bad.to_str().unwrap()], "criteria_refused", "", 1),
    ] {
        let output = desk.run(&[args, &["--json"]].concat());
        assert_eq!(output.status.code(), Some(exit), "{args:?}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"));
        assert_eq!(answer["code"], code, "{args:?}");
        assert!(!answer["message"].as_str().unwrap().is_empty(), "{args:?}");
        assert!(answer["detail"].as_str().unwrap_or_default().contains(detail), "{args:?}: {answer}");
        assert!(answer["retry"].is_boolean(), "{args:?}");
        assert!(!stderr(&output).is_empty(), "{args:?}: people are told too");
    }
}

#[test]
fn a_criteria_file_is_checked_with_and_without_the_option() {
    let desk = Desk::new();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../criteria/yd-t-2823-2015.toml");
    let named = desk.json(&["criteria", "check", "--file", file]);
    assert_eq!(named["items"], 224);
    assert_eq!(desk.json(&["criteria", "check", file]), named);
    assert_eq!(desk.run(&["criteria", "check", file, "--file", file]).status.code(), Some(2));
}

/// What is saved is saved: code 4 and a note, no failure. A command that only reads has failed.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_no_failure_of_what_was_saved() {
    let desk = Desk::with_round();
    let full = || Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let output = desk.command(&["mark", "{}", "GH1-01", "conform"]).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(stderr(&output).starts_with("注意：已保存"), "{}", stderr(&output));
    assert_eq!(desk.json(&["items", "{}", "--verdict", "conform"]).as_array().unwrap().len(), 1);
    let output = desk.command(&["items", "{}"]).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

/// What nobody can see is left out and said so; line ends of other programs become line feeds without a word.
#[test]
fn dropped_characters_are_told_in_text_as_in_the_window() {
    let desk = Desk::with_round();
    let note = |item: &str, lang: &str, note: &str| {
        let output = desk.run(&["--lang", lang, "mark", "{}", item, "partial", "--note", note]);
        assert!(output.status.success(), "{}", stderr(&output));
        stderr(&output)
    };
    assert!(note("GH1-01", "zh", "甲\u{7F}乙").contains("看不见的控制字符，已去掉"));
    assert!(note("GH1-02", "en", "甲\u{1}乙").contains("control characters that nobody can see"));
    assert_eq!(note("XC3-05", "zh", "甲\u{B}乙\u{2028}丙"), "");
    let kept: Vec<_> = desk.json(&["items", "{}", "--verdict", "partial"]).as_array().unwrap().clone();
    assert_eq!(
        kept.iter().map(|row| row["note"].as_str().unwrap()).collect::<Vec<_>>(),
        ["甲乙", "甲乙", "甲\n乙\n丙"]
    );
}

/// As in the window: width and case do not matter, every word counts, what was typed comes first.
#[test]
fn items_are_searched_as_in_the_window() {
    let desk = Desk::with_round();
    desk.run(&["mark", "{}", "GH1-01", "partial", "--note", "抽查ＩＶＲ菜单甲乙"]);
    desk.run(&["mark", "{}", "XC3-05", "partial", "--note", "抽查ivr菜单甲乙"]);
    let found = |text: &str| -> Vec<String> {
        let rows = desk.json(&["items", "{}", "--search", text]);
        rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found("IVR 甲乙"), ["GH1-01", "XC3-05"]);
    assert_eq!(found("ivr 甲乙"), ["XC3-05", "GH1-01"]);
    assert_eq!(found("甲乙　ＧＨ１－０１"), ["GH1-01"]);
    assert!(found("甲乙 丙丁").is_empty());
}

#[test]
fn undo_says_what_it_undid() {
    let desk = Desk::with_round();
    desk.run(&["mark", "{}", "GH1-01,GH1-02", "conform"]);
    desk.run(&["finding", "add", "{}", "--item", "GH1-01", "--grade", "minor", "--fact", "迟发"]);
    assert_eq!(stdout(&desk.run(&["undo", "{}"])), "已撤销  登记发现  GH1-01\n");
    assert_eq!(stdout(&desk.run(&["--lang", "en", "redo", "{}"])), "redone  recording a finding  GH1-01\n");
    assert_eq!(desk.json(&["undo", "{}"])["what"]["action"], "add_finding");
    assert_eq!(stdout(&desk.run(&["undo", "{}"])), "已撤销  标记结论  GH1-01 GH1-02\n");
}

#[test]
fn columns_of_figures_have_a_heading() {
    let desk = Desk::with_round();
    let made = desk.json(&["backup", "{}"]);
    let backups = stdout(&desk.run(&["backups", "{}"]));
    let mut lines = backups.lines();
    assert!(lines.next().unwrap().starts_with("备份  时间  字节"), "{backups}");
    assert!(lines.next().unwrap().starts_with(made["path"].as_str().unwrap()), "{backups}");
    assert!(stdout(&desk.run(&["tidy", "{}"])).starts_with("不再被引用的文件  字节\n0  0"));
    assert!(stdout(&desk.run(&["--lang", "en", "tidy", "{}"])).is_ascii());
}

/// Who holds a workspace is somebody, whatever the environment says.
#[cfg(unix)]
#[test]
fn the_holder_has_a_name_without_any_variable() {
    let desk = Desk::with_round();
    let variables = ["USER", "USERNAME", "LOGNAME", "HOSTNAME", "COMPUTERNAME"];
    let without = |command: &mut Command| {
        for name in variables {
            command.env_remove(name);
        }
    };
    // Held as long as nobody reads what it prints, which is more than a pipe takes.
    let mut holding = desk.command(&["items", "{}", "--json"]);
    without(&mut holding);
    let mut holding = holding.stdout(Stdio::piped()).spawn().unwrap();
    let lock = desk.dir.join(".lock");
    while std::fs::metadata(&lock).map_or(0, |m| m.len()) == 0 {
        assert!(holding.try_wait().unwrap().is_none(), "it ended");
        std::thread::yield_now();
    }
    let refused = stderr(&desk.run(&["mark", "{}", "GH1-01", "conform"]));
    holding.kill().unwrap();
    holding.wait().unwrap();
    let (_, holder) = refused.split_once("已被打开：").unwrap_or_else(|| panic!("{refused}"));
    let (user, host) = holder.split_once('@').unwrap_or_else(|| panic!("{holder}"));
    assert!(!user.is_empty() && !host.starts_with('，'), "{holder}");

    // Nor is who acts nobody.
    let mut marking = desk.command(&["mark", "{}", "GH1-01", "conform"]);
    without(&mut marking);
    assert!(marking.output().unwrap().status.success());
    assert!(!desk.json(&["history", "{}"])[0]["actor"].as_str().unwrap().trim().is_empty());
}
