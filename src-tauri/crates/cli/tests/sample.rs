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
    assert_eq!(seen["pages"]["compared"], true);
    // A report of a version whose pages cannot be made again is no defect, and is not said to hold either.
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/golden/0.1.0/reports/open-gap-zh.pdf");
    for (lang, words) in
        [("zh", "! 页面未比对：报告由 0.1.0 版生成"), ("en", "! Pages were not compared: version 0.1.0")]
    {
        let said = run(&["--lang", lang, "verify", old]);
        let said = (said.status.code(), String::from_utf8(said.stdout).unwrap());
        assert_eq!(said.0, Some(0));
        assert!(said.1.contains(words) && !said.1.contains('✓'), "{}", said.1);
    }

    // A second pack must not be mixed into the first.
    assert_eq!(run(&["pack", text(&workspace), "-o", text(&at("证据包"))]).status.code(), Some(1));

    // A change of the workspace since is found.
    json(&["mark", text(&workspace), "XC3-05", "nonconform"], 0);
    let found = json(&["verify", text(&report), "--workspace", text(&workspace)], 3);
    assert_eq!(found["mismatches"][0]["subject"], "XC3-05");
}

/// Flips one bit at some share of a file while `look` looks.
fn harmed(path: &Path, share: f64, look: impl FnOnce()) {
    let whole = std::fs::read(path).unwrap();
    let mut harmed = whole.clone();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place")]
    let at = (whole.len() as f64 * share) as usize;
    harmed[at.min(whole.len() - 1)] ^= 1;
    std::fs::write(path, harmed).unwrap();
    look();
    std::fs::write(path, whole).unwrap();
}

#[test]
fn one_flipped_byte_in_any_file_of_a_pack_makes_verify_exit_with_three() {
    let temp = tempfile::tempdir().unwrap();
    let (workspace, pack) = (temp.path().join("样例"), temp.path().join("证据包"));
    json(&["sample", text(&workspace)], 0);
    json(&["pack", text(&workspace), "-o", text(&pack), "--layout", "management"], 0);
    let report = pack.join("report-zh.pdf");
    let look = ["verify", text(&report), "--pack", text(&pack), "--json"];
    let verify = |code| json(&look[..4], code);
    let names = |found: &Value| -> Vec<String> {
        let list = found["mismatches"].as_array().unwrap();
        list.iter().map(|m| m["subject"].as_str().unwrap().to_owned()).collect()
    };
    verify(0);
    for name in ["assessment.json", "criteria.toml", "README.txt", "SHA256SUMS", "report-zh.pdf"] {
        for share in [0.0, 0.33, 0.999] {
            harmed(&pack.join(name), share, || {
                let list_names_another = name == "SHA256SUMS" && {
                    let seen: Value = serde_json::from_slice(&run(&look).stdout).unwrap();
                    !seen["renamed"].as_array().unwrap().is_empty()
                };
                // In the list, a byte of a name makes a content stand under another name: told, as for a file that was renamed.
                let found = names(&verify(if list_names_another { 0 } else { 3 }));
                assert!(name == "SHA256SUMS" || found.iter().any(|f| f.ends_with(name)), "{name}: {found:?}");
            });
        }
    }
    // Each evidence file is found by itself: all are harmed at once, one run must name every one of them.
    let evidence: Vec<_> = std::fs::read_dir(pack.join("evidence")).unwrap().map(|e| e.unwrap().path()).collect();
    assert!(evidence.len() > 50);
    let whole: Vec<_> = evidence.iter().map(|p| std::fs::read(p).unwrap()).collect();
    for (path, content) in evidence.iter().zip(&whole) {
        let mut content = content.clone();
        let middle = content.len() / 2;
        content[middle] ^= 1;
        std::fs::write(path, content).unwrap();
    }
    let found = names(&verify(3));
    for path in &evidence {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(found.iter().any(|f| f.ends_with(name)), "{name}");
    }
    for (path, content) in evidence.iter().zip(&whole) {
        std::fs::write(path, content).unwrap();
    }
    verify(0);
}

/// Every report of this version says how it was made. One that names this version and does not was forged: from one of 0.1.0, which
/// had no recipe, by an appended line.
#[test]
fn a_report_that_names_this_version_and_has_no_recipe_makes_verify_exit_with_three() {
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/golden/0.1.0/reports/signed-management-en.pdf");
    let seen = json(&["verify", old], 0);
    assert_eq!(seen["pages"]["compared"], false);

    let mut pdf = std::fs::read(old).unwrap();
    let said = String::from_utf8_lossy(&pdf).into_owned();
    let after = |what: &str, ends: &str| -> String {
        let (_, rest) = said.rsplit_once(what).unwrap();
        rest.split_once(ends).unwrap().0.trim().to_owned()
    };
    let (info, catalog, size) = (after("/Info ", " 0 R"), after("/Root ", " 0 R"), after("/Size ", "/"));
    let (root, before) = (after("<beishen:root>", "<"), after("startxref", "%%EOF"));
    let version = env!("CARGO_PKG_VERSION");
    let at = pdf.len();
    let object = format!("{info} 0 obj\n<</Producer(Beishen report {version} with)/BeishenRoot({root})>>\nendobj\n");
    let list = format!("xref\n{info} 1\n{at:010} 00000 n \ntrailer\n");
    let trailer = format!("<</Root {catalog} 0 R/Info {info} 0 R/Size {size}/Prev {before}>>\nstartxref\n");
    pdf.extend_from_slice(format!("{object}{list}{trailer}{}\n%%EOF\n", at + object.len()).as_bytes());
    let temp = tempfile::tempdir().unwrap();
    let claims = temp.path().join("自称本版.pdf");
    std::fs::write(&claims, pdf).unwrap();
    let found = json(&["verify", text(&claims)], 3);
    let [lacks] = found["mismatches"].as_array().unwrap().as_slice() else { panic!("{found}") };
    assert_eq!((&lacks["kind"], &lacks["subject"]), (&"part".into(), &"report.json".into()), "{found}");
}

#[test]
fn one_flipped_byte_in_the_attachment_makes_verify_exit_with_three() {
    let temp = tempfile::tempdir().unwrap();
    let (workspace, report) = (temp.path().join("样例"), temp.path().join("报告.pdf"));
    json(&["sample", text(&workspace)], 0);
    json(&["report", text(&workspace), "-o", text(&report), "--layout", "management"], 0);
    let whole = std::fs::read(&report).unwrap();
    let find = |from: usize, what: &[u8]| from + whole[from..].windows(what.len()).position(|w| w == what).unwrap();
    let begin = find(find(0, b"/EmbeddedFile"), b"stream\n") + 7;
    let end = find(begin, b"endstream");
    assert!(end - begin > 10_000, "the attachment");
    for step in 0..12 {
        let mut harmed = whole.clone();
        harmed[begin + (end - begin - 2) * step / 11] ^= 0x10;
        std::fs::write(&report, harmed).unwrap();
        let found = json(&["verify", text(&report)], 3);
        assert_eq!(found["mismatches"][0]["kind"], "root", "step {step}");
    }
    // The pages are not covered by the root; the workspace that wrote the file knows its hash.
    let mut harmed = whole.clone();
    let text_of_a_page = whole.len() / 30;
    harmed[text_of_a_page] ^= 1;
    std::fs::write(&report, harmed).unwrap();
    json(&["verify", text(&report), "--workspace", text(&workspace)], 3);
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
    // A disk that takes no more than this: told in words, and neither a part of the file nor a row stays.
    #[cfg(unix)]
    for verb in ["report", "pack"] {
        let target = if verb == "report" { target.clone() } else { temp.path().join("证据包") };
        let full = "trap '' XFSZ; ulimit -f 300; exec \"$0\" \"$@\"";
        let program = env!("CARGO_BIN_EXE_beishen-cli");
        let args = ["-c", full, program, verb, text(&workspace), "-o", text(&target)];
        // Whoever wants the former report replaced gets it back all the same.
        let replaces = (verb == "report").then_some("--overwrite");
        let output = Command::new("sh").args(args).args(replaces).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{verb}: {said}");
        assert!(said.contains("请另选位置"), "{verb}: {said}");
    }
    assert_eq!(std::fs::read(&target).unwrap(), b"former");
    let replacing = ["report", text(&workspace), "-o", text(&target), "--layout", "management", "--overwrite"];
    let first = json(&replacing, 0);
    assert_eq!(first["report"], "R-01", "what was not written is not on record");
    let mut left: Vec<_> =
        std::fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.retain(|name| name.starts_with('.') || name == "证据包");
    assert!(left.is_empty(), "{left:?}");
}
