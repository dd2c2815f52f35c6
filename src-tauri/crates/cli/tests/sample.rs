//! The whole job on the sample assessment: sample, score, gate, report twice, pack, verify.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(args).output().unwrap()
}

fn json(args: &[&str], code: i32) -> Value {
    let output = run(&[args, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_sample_is_believable_complete_and_the_same_everywhere() {
    let temp = tempfile::tempdir().unwrap();
    let (a, b) = (temp.path().join("甲"), temp.path().join("乙"));
    let first = json(&["sample", text(&a)], 0);
    let second = json(&["sample", text(&b)], 0);
    assert_eq!(first["root"], second["root"], "fixed ids and times");
    let score = json(&["score", text(&a)], 0);
    assert_eq!((score["counts"]["items"].as_u64(), score["counts"]["unassessed"].as_u64()), (Some(224), Some(0)));
    assert_eq!(score["rate"], score["upper"], "nothing is open");
    let defects = json(&["gate", text(&a)], 3)["defects"].as_array().unwrap().clone();
    assert!((5..=40).contains(&defects.len()), "some defects on purpose, not a heap: {}", defects.len());
    let evidence = json(&["evidence", "list", text(&a)], 0).as_array().unwrap().clone();
    for ending in ["pdf", "png", "xlsx", "docx", "wav", "csv"] {
        let held = evidence.iter().filter(|e| e["file_name"].as_str().unwrap().ends_with(ending)).count();
        assert!(held >= 5, "{held} files of type {ending}");
    }
    assert_eq!(json(&["finding", "list", text(&a)], 0).as_array().unwrap().len(), 25);
    let tasks = json(&["task", "list", text(&a)], 0).as_array().unwrap().clone();
    assert_eq!(tasks.len(), 30);
    for state in ["todo", "doing", "to-verify", "closed"] {
        assert!(tasks.iter().any(|t| t["state"] == state), "no task is {state}");
    }
    let snapshot = json(&["snapshot", text(&a)], 0);
    assert!(snapshot["snapshot"]["predecessor"]["verdicts"].as_object().unwrap().len() > 200);
    assert_eq!(run(&["doctor", text(&a)]).status.code(), Some(0));
}

#[test]
fn report_pack_and_verification() {
    let temp = tempfile::tempdir().unwrap();
    let workspace = temp.path().join("样例");
    let at = |name: &str| temp.path().join(name);
    json(&["sample", text(&workspace)], 0);
    let once = json(&["report", text(&workspace), "-o", text(&at("一.pdf"))], 0);
    let twice = json(&["report", text(&workspace), "-o", text(&at("二.pdf"))], 0);
    assert_eq!(once["report"], "R-01");
    assert_eq!(twice["report"], "R-01", "the same data and options are the same report");
    assert_eq!(std::fs::read(at("一.pdf")).unwrap(), std::fs::read(at("二.pdf")).unwrap());
    let english = json(&["--lang", "en", "report", text(&workspace), "-o", text(&at("en.pdf")), "--draft"], 0);
    assert_eq!((english["report"].as_str(), &english["root"]), (Some("R-02"), &once["root"]));

    let pack = json(&["pack", text(&workspace), "-o", text(&at("证据包"))], 0);
    assert!(pack["files"].as_u64().unwrap() > 50);
    let sums =
        Command::new("sha256sum").args(["-c", "--quiet", "SHA256SUMS"]).current_dir(at("证据包")).status().unwrap();
    assert!(sums.success());
    let report = at("证据包").join("report-zh.pdf");
    let seen = json(&["verify", text(&report), "--pack", text(&at("证据包")), "--workspace", text(&workspace)], 0);
    assert_eq!(seen["mismatches"], Value::Array(vec![]));
    assert_eq!((&seen["printed_root"], &seen["computed_root"]), (&once["root"], &once["root"]));

    // A second pack must not be mixed into the first.
    assert_eq!(run(&["pack", text(&workspace), "-o", text(&at("证据包"))]).status.code(), Some(1));

    // One flipped byte in any file of the pack is found.
    for entry in std::fs::read_dir(at("证据包").join("evidence")).unwrap().take(3) {
        let path = entry.unwrap().path();
        let whole = std::fs::read(&path).unwrap();
        let mut harmed = whole.clone();
        let middle = harmed.len() / 2;
        harmed[middle] ^= 1;
        std::fs::write(&path, harmed).unwrap();
        let found = json(&["verify", text(&report), "--pack", text(&at("证据包"))], 3);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(found["mismatches"].as_array().unwrap().iter().any(|m| m["subject"].as_str().unwrap().ends_with(name)));
        std::fs::write(&path, whole).unwrap();
    }
    // So is a change of the workspace since.
    json(&["mark", text(&workspace), "XC3-05", "nonconform"], 0);
    let found = json(&["verify", text(&report), "--workspace", text(&workspace)], 3);
    assert_eq!(found["mismatches"][0]["subject"], "XC3-05");
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_former_one_alone() {
    let temp = tempfile::tempdir().unwrap();
    let workspace = temp.path().join("样例");
    json(&["sample", text(&workspace)], 0);
    let taken = temp.path().join("报告.pdf");
    std::fs::create_dir(&taken).unwrap();
    assert_eq!(run(&["report", text(&workspace), "-o", text(&taken)]).status.code(), Some(1));
    let nowhere = temp.path().join("没有的文件夹").join("报告.pdf");
    assert_eq!(run(&["report", text(&workspace), "-o", text(&nowhere)]).status.code(), Some(1));
    let logo = temp.path().join("标志.png");
    std::fs::write(&logo, b"not an image").unwrap();
    let target = temp.path().join("旧报告.pdf");
    std::fs::write(&target, b"former").unwrap();
    let output = run(&["report", text(&workspace), "-o", text(&target), "--logo", text(&logo)]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read(&target).unwrap(), b"former");
    let left: Vec<_> = std::fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().starts_with(".tmp")), "{left:?}");
}
