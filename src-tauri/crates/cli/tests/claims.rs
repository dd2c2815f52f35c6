//! What may not be claimed: readiness without evidence or without anything that applies, a final report of an open round, a year
//! that nobody meant.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Desk;
use serde_json::Value;
use std::process::{Command, Output};

fn run(desk: &Desk, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(desk.args(args)).output().unwrap()
}

fn json(desk: &Desk, args: &[&str], code: i32) -> Value {
    let output = run(desk, &[args, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A round in which every item has this verdict.
fn all(verdict: &[&str]) -> Desk {
    let desk = Desk::new();
    json(&desk, &["new", "{}", "--organization", "甲呼叫中心", "--from", "2026-01-01", "--to", "2026-12-31"], 0);
    let items = json(&desk, &["items", "{}"], 0);
    let codes: Vec<&str> = items.as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap()).collect();
    json(&desk, &[&["mark", "{}"], codes.as_slice(), verdict].concat(), 0);
    desk
}

#[test]
fn conforming_without_evidence_is_not_ready() {
    let desk = all(&["conform"]);
    let readiness = json(&desk, &["score", "{}"], 0)["readiness"].clone();
    assert_eq!(readiness["level"], "not_ready");
    let broken: Vec<_> = readiness["rules"].as_array().unwrap().iter().filter(|r| r["holds"] == false).collect();
    assert_eq!(broken[0]["because"].as_array().unwrap().len(), 224);
}

#[test]
fn nothing_applicable_has_no_rate_is_not_ready_and_stops_at_the_gate() {
    let desk = all(&["na", "--reason", "本中心没有此项业务"]);
    let score = json(&desk, &["score", "{}"], 0);
    assert_eq!((&score["rate"], score["readiness"]["level"].as_str()), (&Value::Null, Some("not_ready")));
    let rate = score["readiness"]["rules"].as_array().unwrap().iter().find(|r| r["id"] == "domain-block").unwrap();
    assert_eq!((&rate["measured"], &rate["holds"]), (&Value::Null, &Value::Bool(false)));
    let defects = json(&desk, &["gate", "{}"], 3)["defects"].clone();
    assert_eq!(defects[0]["rule"], "nothing_applicable");
    let text = String::from_utf8(run(&desk, &["score", "{}"]).stdout).unwrap();
    assert!(text.contains('—') && !text.contains("0.00%"), "{text}");
}

#[test]
fn the_report_of_an_untouched_round_is_a_draft() {
    let desk = Desk::new();
    json(&desk, &["new", "{}", "--organization", "甲呼叫中心"], 0);
    let to = desk.dir.with_extension("pdf");
    json(&desk, &["report", "{}", "-o", to.to_str().unwrap(), "--layout", "management"], 0);
    let reports = json(&desk, &["score", "{}"], 0);
    assert_eq!(reports["readiness"]["level"], "incomplete");
    let text = Command::new("pdftotext").arg(&to).arg("-").output();
    let Ok(text) = text else {
        assert!(std::env::var_os("BEISHEN_ALLOW_MISSING_TOOLS").is_some(), "pdftotext is missing");
        return;
    };
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("评估进行中，不是定稿") && !text.contains("定稿，待批准签署"));
}

#[test]
fn a_year_of_two_digits_is_refused_with_the_year_that_was_read() {
    for (from, year) in [("26-03-01", "0026"), ("1926-03-01", "1926"), ("9999-12-31", "9999")] {
        let desk = Desk::new();
        let output = run(&desk, &["new", "{}", "--organization", "乙", "--from", from]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(year) && said.contains("2000"), "{from}: {said}");
        assert!(!desk.dir.exists(), "{from}: something was made");
    }
}

#[test]
fn an_empty_file_is_taken_in_with_a_word() {
    let desk = Desk::new();
    json(&desk, &["new", "{}", "--organization", "甲呼叫中心"], 0);
    let empty = desk.dir.with_file_name("空.pdf");
    std::fs::write(&empty, b"").unwrap();
    let output = run(&desk, &["evidence", "add", "{}", "--item", "GH1-01", empty.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("EV-0001") && said.contains("空文件"), "{said}");
}
