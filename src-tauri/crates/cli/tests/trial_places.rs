//! What a field trial broke about places: exports that hit the workspace or somebody's file, and what its owner may see of them.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Desk;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

impl Desk {
    /// A workspace with one item, one file of evidence and a backup.
    fn with_evidence() -> Self {
        let desk = Self::new();
        desk.ok(&["new", "{}", "--organization", "甲呼叫中心", "--from", "2026-01-01", "--to", "2026-12-31"]);
        let file = desk.beside("签到表.txt");
        fs::write(&file, "培训签到").unwrap();
        desk.ok(&["evidence", "add", "{}", "--item", "GH1-01", text(&file)]);
        desk.ok(&["backup", "{}"]);
        desk
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.dir.with_file_name(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(self.args(args)).output().unwrap()
    }

    fn ok(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        said
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Every file under a folder with its content; links are not followed.
fn content(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(content(&entry.path()));
        } else if kind.is_file() {
            // Opening notes who has it; the lock's own content is not what a user could lose.
            let bytes = if entry.file_name() == ".lock" { Vec::new() } else { fs::read(entry.path()).unwrap() };
            found.insert(entry.path(), bytes);
        }
    }
    found
}

/// Every command that writes where it is told, with what the name of its output ends in. A new one is found by its help.
const WRITING: [(&str, &str); 3] = [("pack", ""), ("plan", ".csv"), ("report", ".pdf")];

#[test]
fn every_command_that_writes_where_it_is_told_is_on_the_list() {
    let desk = Desk::new();
    let help = String::from_utf8(desk.run(&["--help"]).stdout).unwrap();
    let commands = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let mut writing = Vec::new();
    for command in commands.filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')) {
        let help = String::from_utf8(desk.run(&[command, "--help"]).stdout).unwrap();
        if help.contains("--output") {
            writing.push(command);
        }
    }
    writing.sort_unstable();
    writing.dedup();
    assert_eq!(
        writing,
        WRITING.map(|(command, _)| command),
        "put it on the list: it is tried on every forbidden place"
    );
}

#[cfg(unix)]
#[test]
fn no_export_lands_in_a_workspace_or_a_folder_of_backups_by_whatever_path() {
    let desk = Desk::with_evidence();
    let other = Desk::with_evidence();
    let link = desk.beside("链接");
    std::os::unix::fs::symlink(&desk.dir, &link).unwrap();
    let backups = desk.beside("云岭 工作区 备份");
    let shelf = fs::read_dir(desk.dir.join("evidence")).unwrap().next().unwrap().unwrap().path();
    let evidence = fs::read_dir(&shelf).unwrap().next().unwrap().unwrap().path();
    let backup = fs::read_dir(&backups).unwrap().flatten().map(|e| e.path()).find(|p| p.extension().unwrap() == "db");
    let ours =
        [desk.dir.join("beishen.db"), desk.dir.join(".lock"), desk.dir.join("reserve"), evidence, backup.unwrap()];
    for (command, ending) in WRITING {
        let name = format!("out{ending}");
        let folders = [&desk.dir, &shelf, &backups, &link, &other.dir];
        let mut forbidden: Vec<PathBuf> = folders.iter().map(|folder| folder.join(&name)).collect();
        forbidden.push(desk.dir.join("evidence").join("..").join(&name));
        forbidden.push(backups.join("..").join("链接").join(&name));
        forbidden.push(desk.dir.join("里面").join("更里面").join(&name));
        for (n, target) in ours.iter().enumerate() {
            if ending == ".pdf" {
                forbidden.push(target.clone());
            }
            let named = desk.beside(&format!("{command}-link-{n}{ending}"));
            std::os::unix::fs::symlink(target, &named).unwrap();
            forbidden.push(named);
        }
        let second = desk.beside(&format!("{command}-second{ending}"));
        fs::hard_link(desk.dir.join("beishen.db"), &second).unwrap();
        forbidden.push(second);
        // Data that was exported before is recorded no more: nothing would put the file back.
        let before = (content(desk.dir.parent().unwrap()), content(&other.dir));
        for path in forbidden {
            let said = desk.refused(&[command, "{}", "-o", text(&path)]);
            let mut line = vec![command, "{}", "-o", text(&path)];
            if command != "pack" {
                line.push("--overwrite");
                desk.refused(&line);
            }
            assert!(!said.contains("--overwrite"), "{path:?}: {said}");
            assert_eq!((content(desk.dir.parent().unwrap()), content(&other.dir)), before, "{command} -o {path:?}");
        }
    }
    desk.refused(&["new", text(&desk.dir.join("里面")), "--organization", "乙"]);
    desk.refused(&["sample", text(&backups.join("样例"))]);
    assert_eq!(desk.ok(&["doctor", "{}"])["troubles"], Value::Array(vec![]));
    assert_eq!(desk.ok(&["evidence", "verify", "{}"])["harmed"], Value::Array(vec![]));
}

#[test]
fn only_our_own_unchanged_report_is_replaced_without_a_word_of_the_user() {
    let desk = Desk::with_evidence();
    let (contract, pdf, plan) = (desk.beside("合同.docx"), desk.beside("报告.pdf"), desk.beside("计划.csv"));
    fs::write(&contract, "合同").unwrap();
    assert!(desk.refused(&["report", "{}", "-o", text(&contract)]).contains("--overwrite"));
    assert_eq!(fs::read(&contract).unwrap(), "合同".as_bytes());

    desk.ok(&["report", "{}", "-o", text(&pdf)]);
    let first = fs::read(&pdf).unwrap();
    desk.ok(&["report", "{}", "-o", text(&pdf)]);
    assert_eq!(fs::read(&pdf).unwrap(), first, "the same report");
    desk.ok(&["mark", "{}", "GH1-01", "conform"]);
    desk.ok(&["report", "{}", "-o", text(&pdf)]);
    let second = fs::read(&pdf).unwrap();
    assert_ne!(second, first, "our own and unchanged: replaced");
    let annotated = [second.as_slice(), b"\n% annotated"].concat();
    fs::write(&pdf, &annotated).unwrap();
    desk.refused(&["report", "{}", "-o", text(&pdf), "--draft"]);
    assert_eq!(fs::read(&pdf).unwrap(), annotated, "somebody wrote into it");
    desk.ok(&["report", "{}", "-o", text(&pdf), "--draft", "--overwrite"]);
    assert_ne!(fs::read(&pdf).unwrap(), annotated);

    desk.ok(&["plan", "{}", "-o", text(&plan)]);
    desk.ok(&["plan", "{}", "-o", text(&plan)]);
    fs::write(&plan, "我改过的计划").unwrap();
    desk.refused(&["plan", "{}", "-o", text(&plan)]);
    assert_eq!(fs::read(&plan).unwrap(), "我改过的计划".as_bytes());
    desk.ok(&["plan", "{}", "-o", text(&plan), "--overwrite"]);
    assert!(fs::read(&plan).unwrap().starts_with("\u{FEFF}".as_bytes()));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_never_replaced() {
    let desk = Desk::with_evidence();
    let (folder, pipe, nowhere) = (desk.beside("夹.pdf"), desk.beside("管道.pdf"), desk.beside("断链.pdf"));
    fs::create_dir(&folder).unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink(desk.beside("没有"), &nowhere).unwrap();
    for path in [&folder, &pipe, &nowhere, Path::new("/dev/null")] {
        desk.refused(&["report", "{}", "-o", text(path), "--overwrite"]);
    }
    assert!(folder.is_dir() && nowhere.is_symlink());
    assert!(std::os::unix::fs::FileTypeExt::is_fifo(&pipe.symlink_metadata().unwrap().file_type()));
    // A link to a file elsewhere stays a link: what it names is what the user named.
    let (there, by) = (desk.beside("那边.pdf"), desk.beside("快捷.pdf"));
    fs::write(&there, "旧").unwrap();
    std::os::unix::fs::symlink(&there, &by).unwrap();
    desk.ok(&["report", "{}", "-o", text(&by), "--overwrite"]);
    assert!(by.is_symlink() && fs::read(&there).unwrap().starts_with(b"%PDF"));
}
