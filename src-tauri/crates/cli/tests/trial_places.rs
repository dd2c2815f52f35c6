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
const WRITING: [(&str, &str); 8] = [
    ("criteria convert", ".xlsx"),
    ("criteria init", ".toml"),
    ("pack", ""),
    ("plan", ".csv"),
    ("report", ".pdf"),
    ("request-list", ".xlsx"),
    ("word", ".docx"),
    ("workbook out", ".xlsx"),
];

/// The command with its workspace, if it is about one.
fn about(command: &str) -> Vec<&str> {
    let workspace = (!command.starts_with("criteria")).then_some("{}");
    command.split(' ').chain(workspace).collect()
}

/// What a command wants to know besides.
fn besides(command: &str) -> &'static [&'static str] {
    match command {
        "word" => &["--kind", "gap"],
        "criteria convert" => &[concat!(env!("CARGO_MANIFEST_DIR"), "/../../../criteria/yd-t-2823-2015.toml")],
        _ => &[],
    }
}

#[test]
fn every_command_that_writes_where_it_is_told_is_on_the_list() {
    let desk = Desk::new();
    let help =
        |path: &[&str]| String::from_utf8(desk.run(&[path, &["--lang", "en", "--help"]].concat()).stdout).unwrap();
    let listed = |help: &str| -> Vec<String> {
        let under = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let named = under.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("   "));
        named.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
    };
    let mut writing = Vec::new();
    for command in listed(&help(&[])).into_iter().filter(|word| word != "help") {
        let said = help(&[&command]);
        for verb in listed(&said).into_iter().filter(|word| word != "help") {
            if help(&[&command, &verb]).contains("--output") {
                writing.push(format!("{command} {verb}"));
            }
        }
        if said.contains("--output") {
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
            let mut line = about(command);
            line.extend(["-o", text(&path)]);
            line.extend(besides(command));
            let said = desk.refused(&line);
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

/// A workspace whose newest rows know nothing of a file that a backup needs: the way there is a restore whose former database was
/// thrown away. Answers with that backup and the file's content in the workspace.
fn with_content_only_a_backup_needs() -> (Desk, PathBuf, PathBuf) {
    let desk = Desk::new();
    desk.ok(&["new", "{}", "--organization", "甲呼叫中心"]);
    let empty = desk.ok(&["backup", "{}"])["path"].as_str().unwrap().to_owned();
    let file = desk.beside("签到表.txt");
    fs::write(&file, "培训签到").unwrap();
    let sha256 = desk.ok(&["evidence", "add", "{}", "--item", "GH1-01", text(&file)])["evidence"][0]["sha256"].clone();
    let needs_it = desk.ok(&["backup", "{}"])["path"].as_str().unwrap().to_owned();
    let kept = desk.ok(&["restore", "{}", "--from", &empty])["kept_aside"].as_str().unwrap().to_owned();
    fs::remove_file(kept).unwrap();
    let sha256 = sha256.as_str().unwrap();
    let content = desk.dir.join("evidence").join(&sha256[..2]).join(sha256);
    assert!(content.exists());
    (desk, needs_it.into(), content)
}

fn paths(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|backup| backup["path"].as_str().unwrap()).collect()
}

#[cfg(unix)]
#[test]
fn a_workspace_has_the_same_backups_by_whatever_link_it_is_reached() {
    let desk = Desk::with_evidence();
    let link = desk.beside("链接");
    std::os::unix::fs::symlink(&desk.dir, &link).unwrap();
    let by_name = desk.ok(&["backups", "{}"]);
    assert_eq!((paths(&by_name).len(), &desk.ok(&["backups", text(&link)])), (1, &by_name));
    desk.ok(&["backup", text(&link)]);
    assert!(!desk.beside("链接 备份").exists(), "one folder of backups, whatever the link is called");
    assert_eq!(paths(&desk.ok(&["backups", "{}"])).len(), 2);
    // What 0.1.0 made when it was opened by the link.
    fs::rename(desk.beside("云岭 工作区 备份"), desk.beside("链接 备份")).unwrap();
    assert_eq!(paths(&desk.ok(&["backups", "{}"])).len(), 2);
}

#[test]
fn a_workspace_that_was_renamed_or_moved_finds_its_backups_and_no_others() {
    let desk = Desk::with_evidence();
    let stranger = desk.beside("别家");
    desk.ok(&["new", text(&stranger), "--organization", "乙"]);
    desk.ok(&["backup", text(&stranger)]);
    let backups = desk.ok(&["backups", "{}"]);
    let renamed = desk.beside("改了名");
    fs::rename(&desk.dir, &renamed).unwrap();
    assert_eq!(desk.ok(&["backups", text(&renamed)]), backups);
    let far = desk.beside("远处").join("更远");
    fs::create_dir_all(&far).unwrap();
    let moved = far.join("云岭");
    fs::rename(&renamed, &moved).unwrap();
    assert_eq!(desk.ok(&["backups", text(&moved)]), backups, "it remembers where it was backed up to");
    desk.ok(&["backup", text(&moved)]);
    assert_eq!(paths(&desk.ok(&["backups", text(&moved)])).len(), 2);
    assert_eq!(paths(&desk.ok(&["backups", text(&stranger)])).len(), 1);
    // A new workspace under the old name is another one.
    desk.ok(&["new", "{}", "--organization", "甲呼叫中心"]);
    assert_eq!(paths(&desk.ok(&["backups", "{}"])), [""; 0]);
}

#[test]
fn sweeping_spares_what_a_backup_under_another_name_needs() {
    let (desk, _, content) = with_content_only_a_backup_needs();
    let renamed = desk.beside("改了名");
    fs::rename(&desk.dir, &renamed).unwrap();
    let content = renamed.join(content.strip_prefix(&desk.dir).unwrap());
    for folder in ["云岭 工作区 备份", "谁改的 备份"] {
        assert_eq!(desk.ok(&["tidy", text(&renamed), "--sweep"])["files"], 0, "{folder}");
        assert!(content.exists());
        let _ = fs::rename(desk.beside("云岭 工作区 备份"), desk.beside("谁改的 备份"));
    }
}

#[test]
fn while_a_backup_is_out_of_reach_sweeping_deletes_nothing_and_a_restore_brings_it_back() {
    let (desk, needs_it, content) = with_content_only_a_backup_needs();
    // On a disk that is not plugged in.
    let renamed = desk.beside("改了名");
    fs::rename(&desk.dir, &renamed).unwrap();
    let unplugged = desk.beside("硬盘");
    fs::create_dir(&unplugged).unwrap();
    let away = unplugged.join("云岭");
    fs::rename(needs_it.parent().unwrap(), &away).unwrap();
    let swept = desk.ok(&["tidy", text(&renamed), "--sweep"]);
    let moved_to = PathBuf::from(swept["moved_to"].as_str().unwrap());
    assert_eq!((&swept["files"], moved_to.join(content.file_name().unwrap()).exists()), (&1.into(), true), "{swept}");
    assert_eq!(desk.ok(&["tidy", text(&renamed)])["files"], 0, "what was moved is tidied");
    let restored = desk.ok(&["restore", text(&renamed), "--from", text(&away.join(needs_it.file_name().unwrap()))]);
    assert_eq!(restored["missing_evidence"], Value::Array(vec![]));
    let verified = desk.ok(&["evidence", "verify", text(&renamed)]);
    assert_eq!((&verified["checked"], &verified["harmed"]), (&1.into(), &Value::Array(vec![])));
}

/// Another process has the workspace: its lock is held, as the window does for hours.
#[test]
fn what_only_reads_works_beside_another_process() {
    let desk = Desk::with_evidence();
    desk.ok(&["mark", "{}", "GH1-01", "partial", "--note", "抽查"]);
    let root = desk.ok(&["snapshot", "{}"])["root"].clone();
    let lock = fs::File::open(desk.dir.join(".lock")).unwrap();
    lock.lock().unwrap();
    let before = content(&desk.dir);
    assert!(desk.refused(&["mark", "{}", "GH1-02", "conform"]).contains("已被打开"));
    let (pdf, plan, pack) = (desk.beside("旁.pdf"), desk.beside("旁.csv"), desk.beside("旁"));
    let reading: [&[&str]; 16] = [
        &["items", "{}"],
        &["score", "{}"],
        &["gate", "{}"],
        &["history", "{}"],
        &["snapshot", "{}"],
        &["conditions", "{}"],
        &["conditions", "{}", "--set", "outbound", "--dry-run"],
        &["evidence", "list", "{}"],
        &["evidence", "verify", "{}"],
        &["finding", "list", "{}"],
        &["task", "list", "{}"],
        &["backups", "{}"],
        &["report", "{}", "-o", text(&pdf)],
        &["plan", "{}", "-o", text(&plan)],
        &["pack", "{}", "-o", text(&pack)],
        &["verify", text(&pdf), "--workspace", "{}", "--json"],
    ];
    for args in reading {
        let output = desk.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        // 3: the gate and the comparison have something to say.
        assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {said}");
        assert!(args[0] == "backups" || said.contains("只读"), "{args:?} did not say that it only looks: {said}");
        if matches!(args[0], "report" | "pack") {
            assert!(said.contains("没有登记"), "{said}");
        }
    }
    assert_eq!(desk.ok(&["snapshot", "{}"])["root"], root);
    assert_eq!(desk.ok(&["items", "{}", "--verdict", "partial"])[0]["note"], "抽查");
    assert_eq!(content(&desk.dir), before, "reading wrote something");
    lock.unlock().unwrap();
    let recorded = desk.ok(&["report", "{}", "-o", text(&pdf), "--overwrite"]);
    assert_eq!(recorded["report"], "R-01", "no number was used up");
}

#[cfg(unix)]
mod permissions {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn exports_follow_the_umask_all_alike_and_a_workspace_stays_private() {
        let desk = Desk::with_evidence();
        for (umask, file, folder) in [("027", 0o640, 0o750), ("022", 0o644, 0o755), ("077", 0o600, 0o700)] {
            let [pdf, plan, xlsx, pack] =
                ["a.pdf", "b.csv", "c.xlsx", "d"].map(|name| desk.beside(&format!("{umask}{name}")));
            for (command, path) in [("report", &pdf), ("plan", &plan), ("plan", &xlsx), ("pack", &pack)] {
                let line = format!("umask {umask}; exec \"$0\" {command} \"$1\" -o \"$2\"");
                let program = env!("CARGO_BIN_EXE_beishen-cli");
                let done =
                    Command::new("sh").args(["-c", &line, program, text(&desk.dir), text(path)]).output().unwrap();
                assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            }
            let seen = content(&pack);
            assert!(seen.len() > 5);
            for path in seen.keys().chain([&pdf, &plan, &xlsx]) {
                assert_eq!(mode(path), file, "umask {umask}: {path:?}");
            }
            assert_eq!((mode(&pack), mode(&pack.join("evidence"))), (folder, folder), "umask {umask}");
        }
        assert_eq!((mode(&desk.dir), mode(&desk.dir.join("beishen.db"))), (0o700, 0o600));
        assert_eq!(mode(&desk.beside("云岭 工作区 备份")), 0o700);
    }

    #[test]
    fn no_access_is_not_no_workspace() {
        let desk = Desk::with_evidence();
        fs::set_permissions(desk.dir.parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
        let program = env!("CARGO_BIN_EXE_beishen-cli");
        // The administrator may look everywhere: then it is another user who asks.
        let as_nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", program];
        let is_root = fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
        if !is_root {
            fs::set_permissions(&desk.dir, fs::Permissions::from_mode(0o000)).unwrap();
        }
        let before = if is_root { as_nobody.as_slice() } else { &[program] };
        for (lang, words) in [("zh", "没有权限"), ("en", "may not look")] {
            let args = ["items", text(&desk.dir), "--lang", lang];
            let output = Command::new(before[0]).args(&before[1..]).args(args).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains(words) && !said.contains("新建一个工作区"), "{said}");
        }
        fs::set_permissions(&desk.dir, fs::Permissions::from_mode(0o700)).unwrap();
    }
}

/// A pack as it comes back from Windows and from macOS, with its report renamed by whoever got it.
#[cfg(target_os = "linux")]
#[test]
fn a_pack_that_came_back_under_other_names_is_said_to_be_renamed_not_changed() {
    use std::os::unix::ffi::OsStringExt as _;
    let desk = Desk::with_evidence();
    let (pack, pdf) = (desk.beside("证据包"), desk.beside("报告（终稿）.pdf"));
    desk.ok(&["pack", "{}", "-o", text(&pack)]);
    fs::copy(pack.join("report-zh.pdf"), &pdf).unwrap();
    fs::rename(pack.join("report-zh.pdf"), pack.join("甲公司 报告.pdf")).unwrap();
    // 签到表.txt as Windows zips it, unpacked by what takes names as they are.
    let gbk = b"EV-0001_\xC7\xA9\xB5\xBD\xB1\xED.txt".to_vec();
    let shelf = pack.join("evidence");
    fs::rename(shelf.join("EV-0001_签到表.txt"), shelf.join(std::ffi::OsString::from_vec(gbk))).unwrap();
    let sums = fs::read_to_string(pack.join("SHA256SUMS")).unwrap();
    fs::write(pack.join("SHA256SUMS"), format!("\u{FEFF}{}", sums.replace('\n', "\r\n"))).unwrap();
    let line = ["verify", text(&pdf), "--pack", text(&pack)];
    let seen = desk.ok(&line);
    assert_eq!((&seen["mismatches"], seen["renamed"].as_array().unwrap().len()), (&Value::Array(vec![]), 2), "{seen}");
    let said = String::from_utf8(desk.run(&line).stdout).unwrap();
    assert!(said.contains("evidence/EV-0001_签到表.txt → ") && said.contains("已改名"), "{said}");
    // What was changed is still found.
    fs::write(pack.join("甲公司 报告.pdf"), "换过").unwrap();
    assert_eq!(desk.run(&line).status.code(), Some(3));
}

#[cfg(target_os = "linux")]
#[test]
fn no_name_of_a_file_stops_a_batch_or_steers_the_terminal() {
    use std::os::unix::ffi::OsStringExt as _;
    let desk = Desk::new();
    desk.ok(&["new", "{}", "--organization", "甲呼叫中心"]);
    let names = [
        "好.txt".as_bytes(),
        b"Icon\r",
        "制\t表.txt".as_bytes(),
        "换\n行.txt".as_bytes(),
        b"\xD6\xC6\xD6\xC6.txt",
        "照片\u{202E}gpj.exe".as_bytes(),
    ];
    let mut line: Vec<std::ffi::OsString> =
        ["evidence", "add", text(&desk.dir), "--item", "GH1-01"].map(Into::into).into();
    for name in names {
        let path = desk.dir.with_file_name(std::ffi::OsString::from_vec(name.to_vec()));
        fs::write(&path, name).unwrap();
        line.push(path.into());
    }
    let output = Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(&line).output().unwrap();
    let (stdout, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{said}");
    assert_eq!(said.lines().filter(|line| line.contains("不能保留")).count(), 4, "{said}");
    let held = desk.ok(&["evidence", "list", "{}"]);
    let held: Vec<_> = held.as_array().unwrap().iter().map(|row| row["file_name"].as_str().unwrap()).collect();
    assert_eq!(held, ["好.txt", "Icon_", "制_表.txt", "换_行.txt", "制制.txt", "照片\u{202E}gpj.exe"]);
    assert!(stdout.contains("照片⟨U+202E⟩gpj.exe") && !stdout.contains('\u{202E}'), "{stdout}");
    let listed = String::from_utf8(desk.run(&["evidence", "list", "{}"]).stdout).unwrap();
    assert!(listed.contains("⟨U+202E⟩") && !listed.contains('\u{202E}'), "{listed}");
    // A path that is refused is repeated without turning the line round.
    let nowhere = desk.beside("没有\u{202E}gpj.exe");
    assert!(desk.refused(&["evidence", "add", "{}", "--item", "GH1-01", text(&nowhere)]).contains("⟨U+202E⟩"));
}

#[test]
fn known_content_says_which_evidence_it_is_and_what_was_not_recorded() {
    let desk = Desk::with_evidence();
    let file = desk.beside("签到表.txt");
    let add = |more: &[&str]| {
        let line = [&["evidence", "add", "{}", "--item", "GH1-02", text(&file)], more].concat();
        let output = desk.run(&line);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let said = add(&["--title", "培训签到（八月）", "--effective", "2026-08-31"]);
    assert!(said.contains("EV-0001") && said.contains("相同"), "{said}");
    let command = said.lines().find_map(|line| Some(line.split_once("beishen-cli ")?.1)).unwrap_or_default();
    assert!(command.contains("--title '培训签到（八月）'") && command.contains("--effective 2026-08-31"), "{said}");
    // The command that it offers does what it says.
    let line = format!("\"$0\" {command}");
    let done = Command::new("sh").args(["-c", &line, env!("CARGO_BIN_EXE_beishen-cli")]).output().unwrap();
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    let held = &desk.ok(&["evidence", "list", "{}"])[0];
    assert_eq!((&held["title"], &held["effective"]), (&"培训签到（八月）".into(), &"2026-08-31".into()));
    let again = add(&["--title", "培训签到（八月）"]);
    assert!(again.contains("EV-0001") && !again.contains("evidence edit"), "nothing differs: {again}");

    let sha256 = held["sha256"].as_str().unwrap();
    fs::remove_file(desk.dir.join("evidence").join(&sha256[..2]).join(sha256)).unwrap();
    assert!(add(&[]).contains("现已找回"));
    assert_eq!(desk.ok(&["evidence", "list", "{}"])[0]["state"], "present");
}
