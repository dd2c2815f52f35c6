//! Checking a pack against its report, without the workspace.

use super::{BUFFER_BYTES, CRITERIA, DATA, SUMS, sums};
use crate::Error;
use domain::Snapshot;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// One thing in a pack that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// File name in the pack, or the label of evidence that is not in it.
    pub file: String,
    /// What is wrong.
    pub message: &'static str,
    /// The same in English.
    pub message_en: &'static str,
}

/// A file whose name is another one than the list says, and whose content is the same: archives made under Windows or macOS spell
/// names in their own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Name in the hash list.
    pub listed: String,
    /// Name in the folder.
    pub found: String,
}

/// What checking a pack found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Files that were hashed.
    pub files: u32,
    /// What does not hold.
    pub problems: Vec<PackProblem>,
    /// What only has another name.
    pub renamed: Vec<Renamed>,
}

/// Checks every file of a pack: against `SHA256SUMS`, the data file against the report's root, criteria and evidence against the
/// hashes in the report's own data (`None` = too damaged to read), that the report lies in it, and that nothing else does.
/// Content decides: a file that is there under another name is not missing.
///
/// # Errors
/// [`Error::Io`] when the folder or `SHA256SUMS` cannot be read at all.
pub fn check(folder: &Path, snapshot: Option<&Snapshot>, root: &str, report: &[u8]) -> Result<Checked, Error> {
    let (folder, sums) = unpacked(folder);
    let list = folder.join(&sums);
    let text = sums::text(&fs::read(&list).map_err(Error::io(&list))?);
    let mut problems = Vec::new();
    let mut listed = BTreeSet::new();
    let mut hashes = BTreeMap::new();
    let mut sought = Vec::new();
    for line in text.lines() {
        let Some((expected, name)) = sums::entry(line) else {
            problems.push(problem(line, "校验清单中有无法识别的行", "The hash list has a line that cannot be read"));
            continue;
        };
        listed.insert(name);
        match hash(&folder, name) {
            Ok(found) => {
                if !found.eq_ignore_ascii_case(expected) {
                    problems.push(problem(name, "内容与校验清单不一致", "Its content is not what the hash list says"));
                }
                hashes.insert(name, found);
            }
            Err(_) => sought.push((expected.to_ascii_lowercase(), name)),
        }
    }
    let mut unlisted = files(&folder);
    unlisted.retain(|(name, _)| *name != sums && !listed.contains(name.as_str()));
    let renamed = find_renamed(sought, &mut unlisted, &mut hashes, &mut problems);
    against_report(&listed, &hashes, snapshot, root, report, &mut problems);
    for (name, _) in unlisted {
        problems.push(problem(&name, "校验清单未列出此文件", "The hash list does not name this file"));
    }
    Ok(Checked { files: u32::try_from(hashes.len()).unwrap_or(u32::MAX), problems, renamed })
}

/// Looks for content that is not there by its name among the files that the list does not name, and takes it out of these.
fn find_renamed<'a>(
    sought: Vec<(String, &'a str)>,
    unlisted: &mut Vec<(String, PathBuf)>,
    hashes: &mut BTreeMap<&'a str, String>,
    problems: &mut Vec<PackProblem>,
) -> Vec<Renamed> {
    // Only then, as it reads all of them.
    let contents: Vec<_> =
        if sought.is_empty() { Vec::new() } else { unlisted.iter().map(|(_, path)| hash_of(path).ok()).collect() };
    let mut taken = BTreeSet::new();
    let mut renamed = Vec::new();
    for (expected, name) in sought {
        let is_it = |n: &usize| contents[*n].as_ref() == Some(&expected) && !taken.contains(n);
        match (0..contents.len()).find(is_it) {
            Some(n) => {
                taken.insert(n);
                renamed.push(Renamed { listed: name.to_owned(), found: unlisted[n].0.clone() });
                hashes.insert(name, expected);
            }
            None => problems.push(problem(name, "文件缺失或无法读取", "The file is missing or cannot be read")),
        }
    }
    let mut n = 0..;
    unlisted.retain(|_| n.next().is_some_and(|n| !taken.contains(&n)));
    renamed
}

/// The folder with the list, and what the list is called: unpacking often makes one folder more, and mail programs give the list
/// an ending.
fn unpacked(folder: &Path) -> (PathBuf, String) {
    let list = |folder: &Path| {
        let names = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<_> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names.into_iter().find(|name| [SUMS, "SHA256SUMS.txt"].iter().any(|list| name.eq_ignore_ascii_case(list)))
    };
    let inside = || {
        let mut folders = fs::read_dir(folder).ok()?.flatten().filter(|e| e.file_type().is_ok_and(|t| t.is_dir()));
        let (only, None) = (folders.next()?.path(), folders.next()) else { return None };
        list(&only).map(|name| (only, name))
    };
    let here = list(folder).map(|name| (folder.to_owned(), name));
    here.or_else(inside).unwrap_or_else(|| (folder.to_owned(), SUMS.to_owned()))
}

/// A hash list is no signature: whoever changes a file can change its line as well. So everything that the report itself knows
/// the hash of is compared with the report.
fn against_report(
    listed: &BTreeSet<&str>,
    hashes: &BTreeMap<&str, String>,
    snapshot: Option<&Snapshot>,
    root: &str,
    report: &[u8],
    problems: &mut Vec<PackProblem>,
) {
    for (name, wanted, message) in [
        (DATA, Some(root), ["与报告的数据根不一致", "It does not match the root of the report"]),
        (
            CRITERIA,
            snapshot.map(|s| s.pack.sha256.as_str()),
            ["不是报告所用的评审准则", "They are not the criteria the report was made with"],
        ),
    ] {
        if !listed.contains(name) {
            problems.push(problem(name, "校验清单未列出", "The hash list does not name it"));
        } else if hashes.get(name).zip(wanted).is_some_and(|(found, wanted)| found != wanted) {
            problems.push(problem(name, message[0], message[1]));
        }
    }
    let report = domain::snapshot::sha256_hex(report);
    if !hashes.values().any(|found| *found == report) {
        problems.push(problem(
            "report",
            "证据包中的报告不是正在核对的这一份",
            "The pack does not hold the report being verified",
        ));
    }
    let Some(snapshot) = snapshot else { return };
    for evidence in snapshot.evidence.iter().filter(|e| !e.sha256.is_empty()) {
        if !hashes.values().any(|found| *found == evidence.sha256) {
            problems.push(problem(
                &evidence.label(),
                "报告列出的证据文件不在证据包中，或内容已改变",
                "Evidence named in the report is not in the pack, or its content has changed",
            ));
        }
    }
    let foreign = |hash: &str| snapshot.evidence.iter().all(|e| e.sha256 != hash);
    for (name, _) in hashes.iter().filter(|(name, hash)| name.starts_with("evidence/") && foreign(hash)) {
        if !problems.iter().any(|p| p.file == *name) {
            problems.push(problem(name, "报告中没有这份证据", "The report names no such evidence"));
        }
    }
}

/// SHA-256 of a file of the pack. A pack holds plain files only: a link, also one in the place of a folder, could lead anywhere.
fn hash(folder: &Path, name: &str) -> std::io::Result<String> {
    let mut path = folder.to_owned();
    for part in name.split(['/', '\\']) {
        path.push(part);
        if fs::symlink_metadata(&path)?.is_symlink() {
            return Err(std::io::ErrorKind::InvalidInput.into());
        }
    }
    hash_of(&path)
}

fn hash_of(path: &Path) -> std::io::Result<String> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(domain::snapshot::hex(&hash.finalize()));
        }
        hash.update(&buffer[..read]);
    }
}

/// What file managers put into every folder they show; it says nothing about who changed what.
const LEFT_BY_FILE_MANAGERS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Names and paths of everything in a folder and the folders in it that is not itself a folder; links are named, not followed.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut todo = vec![(folder.to_owned(), String::new())];
    while let Some((path, prefix)) = todo.pop() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                todo.push((entry.path(), format!("{prefix}{name}/")));
            } else if !LEFT_BY_FILE_MANAGERS.contains(&name.as_str()) {
                found.push((format!("{prefix}{name}"), entry.path()));
            }
        }
    }
    found.sort();
    found
}

fn problem(file: &str, message: &'static str, message_en: &'static str) -> PackProblem {
    PackProblem { file: file.to_owned(), message, message_en }
}
