//! The evidence pack: whole or not there, and checkable.

use crate::common::{CRITERIA, evidence, round};
use domain::{Sealed, Snapshot};
use exchange::Error;
use exchange::evidence_pack::{Checked, PackEntry, PackParts, PackProblem, SUMS, check, write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

const REPORT: &[u8] = b"%PDF-1.7 made for this test";

struct Pack {
    temp: tempfile::TempDir,
    snapshot: Snapshot,
    data: Sealed,
    sources: Vec<(PathBuf, String)>,
}

/// Three files, two of which came under the same name.
fn pack() -> Pack {
    let temp = tempfile::tempdir().unwrap();
    let mut snapshot = round();
    let mut sources = Vec::new();
    for (number, name, content) in [
        (1, "班表公布通知.pdf", "三月班表于二月二十日公布"),
        (2, "班表公布通知.PDF", "四月班表于三月二十二日公布"),
        (3, "门禁:记录?.csv", "时间,工号,门\n2026-08-01 08:55,10086,机房"),
    ] {
        let source = temp.path().join(format!("source-{number}"));
        std::fs::write(&source, content).unwrap();
        snapshot.evidence.push(evidence(number, name, content.as_bytes()));
        sources.push((source, name.to_owned()));
    }
    let data = snapshot.sealed();
    Pack { temp, snapshot, data, sources }
}

impl Pack {
    fn folder(&self) -> PathBuf {
        self.temp.path().join("证据包")
    }

    fn parts(&self) -> PackParts<'_> {
        let entry = |(e, (source, name)): (&domain::Evidence, &(PathBuf, String))| PackEntry {
            label: e.label(),
            file_name: name.clone(),
            title: e.title.clone(),
            sha256: e.sha256.clone(),
            source: source.clone(),
        };
        PackParts {
            organization: &self.snapshot.assessment.organization,
            title: &self.snapshot.assessment.title,
            standard: "YD/T 2823-2015",
            notice: "条目为本项目自编，非标准原文。",
            notice_en: "The items are this project's own, not the text of the standard.",
            report_label: "R-01",
            report: REPORT,
            lang: domain::Lang::Zh,
            data: &self.data,
            criteria: CRITERIA.to_owned(),
            evidence: self.snapshot.evidence.iter().zip(&self.sources).map(entry).collect(),
            left_out: &[],
        }
    }

    fn write(&self) -> Result<u32, Error> {
        write(&self.folder(), &self.parts(), &mut |_| ControlFlow::Continue(()))
    }

    fn checked(&self) -> Checked {
        check(&self.folder(), Some(&self.snapshot), self.data.root(), REPORT).unwrap()
    }

    fn problems(&self) -> Vec<PackProblem> {
        self.checked().problems
    }

    fn edit_sums(&self, edit: impl Fn(&str) -> String) {
        let path = self.folder().join(SUMS);
        std::fs::write(&path, edit(&std::fs::read_to_string(&path).unwrap())).unwrap();
    }

    /// Everything beside the sources.
    fn left(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.temp.path()).unwrap();
        let mut names: Vec<_> = names.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.retain(|n| !n.starts_with("source-"));
        names.sort();
        names
    }
}

fn sha256sum(folder: &Path) -> bool {
    let args = ["--check", "--strict", "--quiet", SUMS];
    Command::new("sha256sum").args(args).current_dir(folder).status().unwrap().success()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_fresh_pack_holds_and_sha256sum_agrees() {
    let pack = pack();
    assert_eq!(pack.write().unwrap(), 8);
    assert_eq!(files(&pack.folder()).len(), 8);
    assert_eq!(pack.checked(), Checked { files: 7, ..Checked::default() });
    assert!(sha256sum(&pack.folder()));
    let names: Vec<_> = files(&pack.folder().join("evidence"));
    let names: Vec<_> = names.iter().map(|p| p.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["EV-0001_班表公布通知.pdf", "EV-0002_班表公布通知.PDF", "EV-0003_门禁_记录_.csv"]);
    assert_eq!(pack.left(), ["证据包"]);
}

#[test]
fn the_readme_says_what_it_is_and_how_to_check_in_both_languages() {
    let pack = pack();
    let mut parts = pack.parts();
    let left_out = ["EV-0004".to_owned()];
    parts.left_out = &left_out;
    write(&pack.folder(), &parts, &mut |_| ControlFlow::Continue(())).unwrap();
    let text = std::fs::read_to_string(pack.folder().join("README.txt")).unwrap();
    for part in [
        "sha256sum -c SHA256SUMS",
        "certutil -hashfile",
        pack.data.root(),
        "不是认证结论",
        "not a certificate",
        "EV-0004",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("国标") && !text.contains("通过认证"));
    assert!(text.contains("Get-FileHash") && text.contains("shasum -a 256 -c SHA256SUMS"));
    // The old editor of Windows takes a text without a mark for its own code page and knows no other line ends.
    assert!(text.starts_with('\u{FEFF}') && text.lines().count() > 60);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

/// What the README asks of a Windows user, taken apart as PowerShell does it: hash, two spaces, name.
#[test]
fn every_line_of_the_list_can_be_checked_by_hand() {
    let pack = pack();
    pack.write().unwrap();
    let list = std::fs::read_to_string(pack.folder().join(SUMS)).unwrap();
    assert!(!list.starts_with('\u{FEFF}') && !list.contains('\r'), "sha256sum would look for files of that name");
    for line in list.lines() {
        let (hash, name) = line.split_once("  ").unwrap();
        let content = std::fs::read(pack.folder().join(name)).unwrap();
        assert_eq!(domain::snapshot::sha256_hex(&content), hash);
        assert!(!name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) && name.encode_utf16().count() < 130);
    }
    assert_eq!(list.lines().count(), files(&pack.folder()).len() - 1);
}

#[test]
fn a_flipped_byte_in_any_file_is_found() {
    let pack = pack();
    pack.write().unwrap();
    for path in files(&pack.folder()) {
        let whole = std::fs::read(&path).unwrap();
        let mut harmed = whole.clone();
        let middle = harmed.len() / 2;
        harmed[middle] ^= 1;
        std::fs::write(&path, harmed).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Checked { problems, renamed, .. } = pack.checked();
        // A flipped byte in the middle of the hash list makes a line unreadable or a name unknown.
        let in_list = name == SUMS && !(problems.is_empty() && renamed.is_empty());
        assert!(in_list || problems.iter().any(|p| p.file.ends_with(name)), "{name}: {problems:?}");
        std::fs::write(&path, whole).unwrap();
    }
    assert_eq!(pack.problems(), []);
}

#[test]
fn a_flipped_byte_anywhere_in_the_hash_list_is_found() {
    let pack = pack();
    pack.write().unwrap();
    let path = pack.folder().join(SUMS);
    let whole = std::fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut harmed = whole.clone();
        harmed[at] ^= 0x81;
        std::fs::write(&path, harmed).unwrap();
        let found = pack.checked();
        // A name that is spelt otherwise names a file that is there under another one.
        assert!(!(found.problems.is_empty() && found.renamed.is_empty()), "byte {at}");
    }
}

#[test]
fn a_pack_is_checked_against_its_own_list_when_the_report_is_too_damaged_to_say_more() {
    let pack = pack();
    pack.write().unwrap();
    assert_eq!(
        check(&pack.folder(), None, pack.data.root(), REPORT).unwrap(),
        Checked { files: 7, ..Checked::default() }
    );
    std::fs::write(pack.folder().join("evidence").join("EV-0001_班表公布通知.pdf"), "换过").unwrap();
    assert_eq!(check(&pack.folder(), None, pack.data.root(), REPORT).unwrap().problems.len(), 1);
}

#[test]
fn whoever_changes_a_file_and_its_line_is_found_out_by_the_report() {
    for name in ["assessment.json", "criteria.toml", "report-zh.pdf", "evidence/EV-0001_班表公布通知.pdf"] {
        let pack = pack();
        pack.write().unwrap();
        let path = pack.folder().join(name);
        let former = domain::snapshot::sha256_hex(&std::fs::read(&path).unwrap());
        std::fs::write(&path, "改过的内容").unwrap();
        let now = domain::snapshot::sha256_hex("改过的内容".as_bytes());
        pack.edit_sums(|text| text.replace(&former, &now));
        assert!(sha256sum(&pack.folder()), "the list itself was forged well");
        assert!(!pack.problems().is_empty(), "{name}");
    }
}

#[test]
fn missing_files_missing_lines_and_files_put_in_are_found() {
    let pack = pack();
    pack.write().unwrap();
    let evidence = pack.folder().join("evidence");
    let elsewhere = pack.temp.path().join("source-aside");
    let first = evidence.join("EV-0001_班表公布通知.pdf");

    std::fs::rename(&first, &elsewhere).unwrap();
    let files: Vec<_> = pack.problems().into_iter().map(|p| p.file).collect();
    assert_eq!(files, ["evidence/EV-0001_班表公布通知.pdf", "EV-0001"]);
    std::fs::rename(&elsewhere, &first).unwrap();

    // Not listed: a file nobody vouches for.
    let put_in = evidence.join("EV-0009_补充材料.pdf");
    std::fs::write(&put_in, "补充").unwrap();
    let found = pack.problems();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].file.as_str(), found[0].message), ("evidence/EV-0009_补充材料.pdf", "校验清单未列出此文件"));

    // Listed as well: the report still does not know it.
    let line = format!("{}  evidence/EV-0009_补充材料.pdf\n", domain::snapshot::sha256_hex("补充".as_bytes()));
    pack.edit_sums(|text| format!("{text}{line}"));
    let found = pack.problems();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].file.as_str(), found[0].message), ("evidence/EV-0009_补充材料.pdf", "报告中没有这份证据"));
    std::fs::remove_file(&put_in).unwrap();
    pack.edit_sums(|text| text.replace(&line, ""));

    // What a file manager leaves is no forgery.
    std::fs::write(pack.folder().join("Thumbs.db"), "缩略图").unwrap();
    assert_eq!(pack.problems(), []);

    for name in ["assessment.json", "criteria.toml"] {
        let whole = std::fs::read_to_string(pack.folder().join(SUMS)).unwrap();
        pack.edit_sums(|text| text.lines().filter(|l| !l.ends_with(name)).map(|l| format!("{l}\n")).collect());
        assert!(pack.problems().iter().any(|p| p.file == name), "{name}");
        pack.edit_sums(|_| whole.clone());
    }
    // Line ends of Windows do no harm.
    pack.edit_sums(|text| text.replace('\n', "\r\n"));
    assert_eq!(pack.problems(), []);
}

#[test]
fn lines_that_lead_out_of_the_pack_are_refused_unread() {
    let pack = pack();
    pack.write().unwrap();
    let secret = pack.temp.path().join("source-secret");
    std::fs::write(&secret, "不属于证据包").unwrap();
    let hash = domain::snapshot::sha256_hex("不属于证据包".as_bytes());
    for name in [
        "../source-secret".to_owned(),
        "evidence/../../source-secret".to_owned(),
        r"..\source-secret".to_owned(),
        secret.display().to_string(),
        r"C:\source-secret".to_owned(),
        String::new(),
    ] {
        let line = format!("{hash}  {name}");
        pack.edit_sums(|text| format!("{text}{line}\n"));
        let found = pack.problems();
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!((found[0].file.as_str(), found[0].message), (line.as_str(), "校验清单中有无法识别的行"));
        pack.edit_sums(|text| text.replace(&format!("{line}\n"), ""));
    }
    assert_eq!(pack.problems(), []);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let pack = pack();
    pack.write().unwrap();
    let evidence = pack.folder().join("evidence");
    let first = evidence.join("EV-0001_班表公布通知.pdf");
    let elsewhere = pack.temp.path().join("source-aside");
    std::fs::rename(&first, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &first).unwrap();
    assert!(pack.problems().iter().any(|p| p.message == "文件缺失或无法读取"));
    std::fs::remove_file(&first).unwrap();
    std::fs::rename(&elsewhere, &first).unwrap();

    std::fs::rename(&evidence, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &evidence).unwrap();
    let found = pack.problems();
    assert_eq!(found.iter().filter(|p| p.message == "文件缺失或无法读取").count(), 3, "{found:?}");
}

#[test]
fn a_pack_is_whole_or_not_there() {
    // Stopped half-way, into folders that have to be made.
    let stopped = pack();
    let deep = stopped.temp.path().join("交付").join("2026").join("证据包");
    let outcome = write(&deep, &stopped.parts(), &mut |done| match done {
        2 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    assert!(matches!(outcome, Err(Error::Cancelled)));
    assert_eq!(stopped.left(), [""; 0]);

    // A source that is not what it was.
    let altered = pack();
    std::fs::write(&altered.sources[2].0, "换过的内容").unwrap();
    assert!(matches!(altered.write(), Err(Error::Altered(label)) if label == "EV-0003"));
    assert_eq!(altered.left(), [""; 0]);

    // A source that is gone.
    let gone = pack();
    std::fs::remove_file(&gone.sources[0].0).unwrap();
    assert!(matches!(gone.write(), Err(Error::Io { .. })));
    assert_eq!(gone.left(), [""; 0]);

    // A file in the place of the folder above.
    let blocked = pack();
    let in_file = blocked.sources[0].0.join("证据包");
    assert!(write(&in_file, &blocked.parts(), &mut |_| ControlFlow::Continue(())).is_err());
    assert_eq!(std::fs::read(&blocked.sources[0].0).unwrap(), "三月班表于二月二十日公布".as_bytes());
}

#[test]
fn a_pack_goes_into_a_new_or_empty_folder_only() {
    let pack = pack();
    std::fs::create_dir(pack.folder()).unwrap();
    assert_eq!(pack.write().unwrap(), 8, "an empty folder is fine");
    assert!(matches!(pack.write(), Err(Error::TargetInUse(_))), "the pack itself is in the way now");
    assert_eq!(pack.problems(), [], "and was left as it is");
    let file = pack.temp.path().join("source-1");
    let onto_file = write(&file, &pack.parts(), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(onto_file, Err(Error::TargetInUse(_))));
}

#[test]
fn two_packs_of_the_same_data_are_the_same() {
    let (a, b) = (pack(), pack());
    a.write().unwrap();
    b.write().unwrap();
    let content = |p: &Pack| files(&p.folder()).iter().map(|f| std::fs::read(f).unwrap()).collect::<Vec<_>>();
    assert_eq!(content(&a), content(&b));
}

/// Every file of a pack with its name recoded.
fn recode(folder: &Path, recoded: impl Fn(&str) -> std::ffi::OsString) {
    for path in files(folder) {
        let name = path.file_name().unwrap().to_str().unwrap();
        std::fs::rename(&path, path.with_file_name(recoded(name))).unwrap();
    }
}

#[test]
fn a_pack_that_went_through_archives_and_editors_is_whole_and_its_names_are_told() {
    // GBK read as Latin, as unpackers do that ask nobody; é in two characters, as macOS keeps it; report and list renamed.
    let gbk_as_latin = |name: &str| name.chars().map(|c| if c.is_ascii() { c } else { '°' }).collect::<String>();
    type Recoding<'a> = &'a dyn Fn(&str) -> String;
    let recodings: [(&str, Recoding<'_>); 3] = [
        ("GBK", &|name| gbk_as_latin(name).replace("SHA256SUMS", "SHA256SUMS.txt")),
        ("NFD", &|name| name.replace('班', "班\u{301}")),
        ("报告改名", &|name| name.replace("report-zh.pdf", "甲公司 准备度报告（终稿）.pdf")),
    ];
    for (what, recoded) in recodings {
        let pack = pack();
        pack.write().unwrap();
        recode(&pack.folder(), |name| recoded(name).into());
        let found = pack.checked();
        assert_eq!((found.files, found.problems), (7, vec![]), "{what}");
        assert!(!found.renamed.is_empty(), "{what}");
        for renamed in found.renamed {
            let name = Path::new(&renamed.listed).file_name().unwrap().to_str().unwrap();
            assert!(renamed.found.ends_with(&recoded(name)), "{renamed:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_any_more_are_found_by_what_is_in_the_files() {
    use std::os::unix::ffi::OsStringExt as _;
    let pack = pack();
    pack.write().unwrap();
    // Latin letters stay, everything else becomes two bytes that are no UTF-8.
    let gbk = |name: &str| {
        let bytes =
            name.chars().flat_map(|c| if c.is_ascii() { vec![c as u8] } else { vec![0xB0, 0xE0 | c as u8 & 0xF] });
        std::ffi::OsString::from_vec(bytes.collect())
    };
    recode(&pack.folder(), gbk);
    let found = pack.checked();
    assert_eq!((found.problems, found.renamed.len()), (vec![], 3));
}

#[test]
fn a_list_that_an_editor_saved_its_own_way_is_the_same_list() {
    let pack = pack();
    pack.write().unwrap();
    let path = pack.folder().join(SUMS);
    let text = std::fs::read_to_string(&path).unwrap();
    let windows = text.replace('\n', "\r\n");
    let wide =
        |order: fn(u16) -> [u8; 2]| format!("\u{FEFF}{windows}").encode_utf16().flat_map(order).collect::<Vec<u8>>();
    for saved in [
        format!("\u{FEFF}{text}").into_bytes(),
        format!("\u{FEFF}{windows}").into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ] {
        std::fs::write(&path, saved).unwrap();
        assert_eq!(pack.checked(), Checked { files: 7, ..Checked::default() });
    }
}

#[test]
fn the_folder_around_a_pack_will_do() {
    let pack = pack();
    pack.write().unwrap();
    let around = pack.temp.path().join("解压");
    std::fs::create_dir(&around).unwrap();
    std::fs::rename(pack.folder(), around.join("证据包")).unwrap();
    let found = check(&around, Some(&pack.snapshot), pack.data.root(), REPORT).unwrap();
    assert_eq!(found, Checked { files: 7, ..Checked::default() });
}

#[test]
fn files_that_change_names_with_each_other_are_not_merely_renamed() {
    let pack = pack();
    pack.write().unwrap();
    let evidence = pack.folder().join("evidence");
    let [first, third] = ["EV-0001_班表公布通知.pdf", "EV-0003_门禁_记录_.csv"].map(|name| evidence.join(name));
    let elsewhere = pack.temp.path().join("source-aside");
    std::fs::rename(&first, &elsewhere).unwrap();
    std::fs::rename(&third, &first).unwrap();
    std::fs::rename(&elsewhere, &third).unwrap();
    let found = pack.checked();
    assert_eq!((found.problems.len(), found.renamed), (2, vec![]));
    assert!(found.problems.iter().all(|p| p.message == "内容与校验清单不一致"), "{:?}", found.problems);
}
