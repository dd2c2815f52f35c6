//! Checking a pack against its report, without the workspace.

use super::{BUFFER_BYTES, DATA, SUMS, hex};
use crate::Error;
use domain::Snapshot;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

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

/// Checks every file of a pack: against `SHA256SUMS`, the data file against the report's root, evidence against the hashes in
/// the report's own data, and that the report lies in it. Returns how many files were hashed and what does not hold.
///
/// # Errors
/// [`Error::Io`] when the folder or `SHA256SUMS` cannot be read at all.
pub fn check(folder: &Path, snapshot: &Snapshot, root: &str, report: &[u8]) -> Result<(u32, Vec<PackProblem>), Error> {
    let list = folder.join(SUMS);
    let text = fs::read_to_string(&list).map_err(Error::io(&list))?;
    let mut problems = Vec::new();
    let mut hashes = BTreeMap::new();
    for line in text.lines() {
        let Some((expected, name)) = entry(line) else {
            problems.push(problem(line, "校验清单中有无法识别的行", "The hash list has a line that cannot be read"));
            continue;
        };
        match hash(&folder.join(name)) {
            Ok(found) => {
                if found != expected {
                    problems.push(problem(name, "内容与校验清单不一致", "Its content is not what the hash list says"));
                }
                hashes.insert(name.to_owned(), found);
            }
            Err(_) => problems.push(problem(name, "文件缺失或无法读取", "The file is missing or cannot be read")),
        }
    }
    if hashes.get(DATA).is_some_and(|found| found != root) {
        problems.push(problem(DATA, "与报告的数据根不一致", "It does not match the root of the report"));
    }
    if !hashes.contains_key(DATA) && !problems.iter().any(|p| p.file == DATA) {
        problems.push(problem(DATA, "校验清单未列出", "The hash list does not name it"));
    }
    let report = domain::snapshot::sha256_hex(report);
    if !hashes.values().any(|found| *found == report) {
        problems.push(problem(
            "report",
            "证据包中的报告不是正在核对的这一份",
            "The pack does not hold the report being verified",
        ));
    }
    for evidence in snapshot.evidence.iter().filter(|e| !e.sha256.is_empty()) {
        if !hashes.values().any(|found| *found == evidence.sha256) {
            problems.push(problem(
                &evidence.label(),
                "报告列出的证据文件不在证据包中，或内容已改变",
                "Evidence named in the report is not in the pack, or its content has changed",
            ));
        }
    }
    Ok((u32::try_from(hashes.len()).unwrap_or(u32::MAX), problems))
}

/// `<64 hex>  name`, as `sha256sum` writes it. Names that leave the folder are refused.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (hash, name) = line.split_once("  ")?;
    let inside =
        !name.starts_with(['/', '\\']) && !name.contains(':') && name.split(['/', '\\']).all(|part| part != "..");
    (hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && inside && !name.is_empty())
        .then_some((hash, name))
}

fn hash(path: &Path) -> std::io::Result<String> {
    // A link could point anywhere; a pack holds plain files only.
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..read]);
    }
}

fn problem(file: &str, message: &'static str, message_en: &'static str) -> PackProblem {
    PackProblem { file: file.to_owned(), message, message_en }
}
