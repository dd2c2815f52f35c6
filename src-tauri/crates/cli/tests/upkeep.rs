//! Conditions, tidying, and clocks that jump, as the user of the command line meets them.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Desk;
use serde_json::Value;
use std::process::Command;

impl Desk {
    /// Runs the program, or another one in front of it.
    fn run(&self, before: &[&str], zone: &str, args: &[&str]) -> Value {
        let program = env!("CARGO_BIN_EXE_beishen-cli");
        let args = self.args(args).into_iter().chain(["--json"]);
        let line: Vec<&str> = before.iter().copied().chain([program]).chain(args).collect();
        let output = Command::new(line[0]).args(&line[1..]).env("TZ", zone).output().unwrap();
        assert!(output.status.success(), "{line:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn ok(&self, args: &[&str]) -> Value {
        self.run(&[], "Asia/Shanghai", args)
    }
}

#[test]
fn conditions_are_listed_tried_and_changed() {
    let desk = Desk::new();
    desk.ok(&[
        "new",
        "{}",
        "--organization",
        "云岭客服中心",
        "--conditions",
        "online,bot,outsourced,self-built,multi-site",
    ]);
    let held = desk.ok(&["conditions", "{}"]);
    assert_eq!(held["conditions"].as_array().unwrap().len(), 5);
    let proposed = desk.ok(&["items", "{}", "--verdict", "na"]).as_array().unwrap().len();
    assert!(proposed > 0, "nothing outbound was proposed as 不适用");
    let tried =
        desk.ok(&["conditions", "{}", "--set", "outbound,online,bot,outsourced,self-built,multi-site", "--dry-run"]);
    assert_eq!(tried["reopened"].as_array().unwrap().len(), proposed);
    assert_eq!(desk.ok(&["conditions", "{}"]), held, "trying changes nothing");
    let none = desk.ok(&["conditions", "{}", "--set", ""]);
    assert_eq!(none["conditions"], Value::Array(vec![]));
    desk.ok(&["undo", "{}"]);
    assert_eq!(desk.ok(&["conditions", "{}"]), held);
}

#[test]
fn what_nothing_refers_to_is_counted_and_swept() {
    let desk = Desk::new();
    desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
    let stray = desk.dir.join("evidence").join("cd").join("cd".repeat(32));
    std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
    std::fs::write(&stray, "残留").unwrap();
    assert_eq!(desk.ok(&["tidy", "{}"])["files"], 1);
    assert!(stray.exists());
    assert_eq!(desk.ok(&["tidy", "{}", "--sweep"])["bytes"], "6");
    assert!(!stray.exists());
    assert_eq!(desk.ok(&["backups", "{}"]).as_array().unwrap().len(), 1);
}

/// The real clock of the program, moved from outside.
#[test]
fn a_clock_that_jumps_changes_no_order_and_loses_nothing() {
    if Command::new("faketime").arg("--version").output().is_err() {
        eprintln!("NOT TESTED: faketime is not installed, so the jumping clock was not tried on the program itself");
        return;
    }
    let desk = Desk::new();
    let at = |moment: &str, zone: &str, args: &[&str]| desk.run(&["faketime", moment], zone, args);
    at("2026-11-22 09:00:00", "Asia/Shanghai", &["new", "{}", "--organization", "云岭客服中心"]);
    let mut roots = vec![desk.ok(&["snapshot", "{}"])["root"].clone()];
    // Two years back, ten forward, another zone in the middle of the work, the beginning of time.
    for (n, (moment, zone)) in [
        ("2024-11-22 09:00:00", "Asia/Shanghai"),
        ("2036-11-22 09:00:00", "Asia/Shanghai"),
        ("2026-11-22 10:00:00", "America/New_York"),
        ("1970-01-01 00:00:01", "UTC"),
        ("2026-11-22 11:00:00", "Asia/Kolkata"),
    ]
    .iter()
    .enumerate()
    {
        at(moment, zone, &["mark", "{}", "XC3-05", "conform", "--note", &format!("第 {n} 次")]);
        at(moment, zone, &["backup", "{}"]);
        roots.push(desk.ok(&["snapshot", "{}"])["root"].clone());
    }
    let history = desk.ok(&["history", "{}"]);
    let seqs: Vec<u64> = history.as_array().unwrap().iter().map(|c| c["seq"].as_u64().unwrap()).collect();
    assert!(seqs.is_sorted() || seqs.iter().rev().is_sorted(), "the log is in the order of what happened: {seqs:?}");
    assert_eq!(desk.ok(&["backups", "{}"]).as_array().unwrap().len(), 5, "no clock cost a backup");
    assert_eq!(desk.ok(&["doctor", "{}"])["troubles"], Value::Array(vec![]));
    let pdf = desk.dir.with_file_name("报告.pdf");
    at("2024-01-01 08:00:00", "America/New_York", &["report", "{}", "-o", pdf.to_str().unwrap(), "--draft"]);
    let bytes = std::fs::read(&pdf).unwrap();
    let zone = b"-05'00'";
    assert!(bytes.windows(zone.len()).any(|w| w == zone), "the report does not say in which zone its time is");
    for root in roots.iter().rev().skip(1) {
        at("1999-12-31 23:59:59", "UTC", &["undo", "{}"]);
        assert_eq!(desk.ok(&["snapshot", "{}"])["root"], *root, "undo goes back the way it came");
    }
}

#[test]
fn confirming_no_restore_writes_nothing() {
    let desk = Desk::new();
    let beside = || std::fs::read_dir(desk.dir.parent().unwrap()).unwrap().count();
    assert_eq!(desk.ok(&["confirm-restore", "{}"])["done"], false);
    assert_eq!(beside(), 0, "a folder of backups for a workspace that is not there");
    assert_eq!(desk.ok(&["backups", "{}"]), Value::Array(vec![]));
    desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
    let made = desk.ok(&["backup", "{}"]);
    desk.ok(&["restore", "{}", "--from", made["path"].as_str().unwrap()]);
    assert_eq!(desk.ok(&["confirm-restore", "{}"])["done"], true);
    assert_eq!(desk.ok(&["confirm-restore", "{}"])["done"], false, "once is enough");
}
