//! The evidence pack (证据包): a folder an auditor can check with nothing but `sha256sum`.
//!
//! | file | holds |
//! |---|---|
//! | `report.pdf` | the report |
//! | `assessment.json` | the canonical snapshot; its SHA-256 is the root printed in the report |
//! | `criteria.toml` | the criteria file the round was assessed with |
//! | `evidence/EV-0001_….pdf` | evidence under readable names |
//! | `README.txt` | what this is and how to check it, Chinese and English |
//! | `SHA256SUMS` | hashes of all of the above, in the form `sha256sum -c` reads |

mod check;
mod readme;
mod sums;

pub use check::{Checked, PackProblem, Renamed, check};

use crate::{Error, safe_name};
use domain::{Lang, Sealed};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Name of the data file.
pub const DATA: &str = "assessment.json";
/// Name of the criteria file.
pub const CRITERIA: &str = "criteria.toml";
/// Name of the hash list.
pub const SUMS: &str = "SHA256SUMS";
/// Copy buffer: large enough for disks, small enough to keep memory flat.
const BUFFER_BYTES: usize = 1 << 20;

/// What goes into a pack.
pub struct PackParts<'a> {
    /// The organisation.
    pub organization: &'a str,
    /// Title of the round.
    pub title: &'a str,
    /// `YD/T 2823-2015`
    pub standard: &'a str,
    /// Notice of the criteria.
    pub notice: &'a str,
    /// The same in English.
    pub notice_en: &'a str,
    /// `R-03`
    pub report_label: &'a str,
    /// The PDF.
    pub report: &'a [u8],
    /// Language of the report.
    pub lang: Lang,
    /// The snapshot with its root.
    pub data: &'a Sealed,
    /// Text of the criteria file.
    pub criteria: String,
    /// Evidence files.
    pub evidence: Vec<PackEntry>,
    /// Labels of evidence that could not be included.
    pub left_out: &'a [String],
}

/// One evidence file of a pack.
pub struct PackEntry {
    /// `EV-0001`
    pub label: String,
    /// Original name.
    pub file_name: String,
    /// Title, for the list in the README.
    pub title: String,
    /// SHA-256 the content must have.
    pub sha256: String,
    /// Where to read it.
    pub source: PathBuf,
}

/// Name of the report in a pack.
#[must_use]
pub const fn report_name(lang: Lang) -> &'static str {
    lang.pick("report-zh.pdf", "report-en.pdf")
}

/// A pack goes into a new or empty folder only.
///
/// # Errors
/// [`Error::TargetInUse`].
pub fn check_target(folder: &Path) -> Result<(), Error> {
    let in_use = || Error::TargetInUse(folder.display().to_string());
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().map_or(Ok(()), |_| Err(in_use())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => Err(in_use()),
        Err(e) => Err(Error::io(folder)(e)),
    }
}

/// Writes a pack. Everything is gathered in a temporary folder beside the target and renamed into place at the end, so a
/// pack is whole or not there. Returns the number of files, `SHA256SUMS` included.
///
/// # Errors
/// [`Error::TargetInUse`], [`Error::Altered`], [`Error::Io`], [`Error::Cancelled`].
pub fn write(folder: &Path, parts: &PackParts<'_>, on: &mut dyn FnMut(u32) -> ControlFlow<()>) -> Result<u32, Error> {
    check_target(folder)?;
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made: Vec<PathBuf> = parent.ancestors().take_while(|p| !p.exists()).map(Path::to_owned).collect();
    let written =
        fs::create_dir_all(parent).map_err(Error::io(parent)).and_then(|()| gather(folder, parent, parts, on));
    if written.is_err() {
        // Folders made for a pack that did not come about go again, unless somebody has put something there since.
        for folder in &made {
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

fn gather(
    folder: &Path,
    parent: &Path,
    parts: &PackParts<'_>,
    on: &mut dyn FnMut(u32) -> ControlFlow<()>,
) -> Result<u32, Error> {
    let mut staging = tempfile::Builder::new();
    staging.prefix(".beishen-pack-");
    // A pack is made to be handed on: who may look into it is the user's own setting.
    #[cfg(unix)]
    staging.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o777));
    let staging = staging.tempdir_in(parent).map_err(Error::io(parent))?;
    let files = fill(staging.path(), parts, on)?;
    if folder.exists() {
        fs::remove_dir(folder).map_err(Error::io(folder))?;
    }
    let staged = staging.keep();
    fs::rename(&staged, folder).map_err(|e| {
        // Nothing half-made may stay behind; the rename's own error is the one to tell.
        let _ = fs::remove_dir_all(&staged);
        Error::io(folder)(e)
    })?;
    Ok(files)
}

fn fill(folder: &Path, parts: &PackParts<'_>, on: &mut dyn FnMut(u32) -> ControlFlow<()>) -> Result<u32, Error> {
    let mut sums = Sums { folder, lines: Vec::new() };
    sums.put(report_name(parts.lang), parts.report)?;
    sums.put(DATA, parts.data.json())?;
    sums.put(CRITERIA, parts.criteria.as_bytes())?;
    fs::create_dir(folder.join("evidence")).map_err(Error::io(folder))?;
    let mut taken = BTreeSet::new();
    let mut listed = Vec::new();
    for (done, entry) in (1_u32..).zip(&parts.evidence) {
        let name = evidence_name(entry, &mut taken);
        sums.copy(&format!("evidence/{name}"), entry)?;
        listed.push((name, entry));
        if on(done).is_break() {
            return Err(Error::Cancelled);
        }
    }
    sums.put("README.txt", readme::text(parts, &listed).as_bytes())?;
    let list = sums.lines.join("");
    write_file(&folder.join(SUMS), list.as_bytes())?;
    Ok(u32::try_from(sums.lines.len() + 1).unwrap_or(u32::MAX))
}

struct Sums<'a> {
    folder: &'a Path,
    lines: Vec<String>,
}

impl Sums<'_> {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        write_file(&self.folder.join(name), bytes)?;
        self.lines.push(format!("{}  {name}\n", domain::snapshot::sha256_hex(bytes)));
        Ok(())
    }

    fn copy(&mut self, name: &str, entry: &PackEntry) -> Result<(), Error> {
        let target = self.folder.join(name);
        let mut from = File::open(&entry.source).map_err(Error::io(&entry.source))?;
        let mut to = File::create(&target).map_err(Error::io(&target))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let read = from.read(&mut buffer).map_err(Error::io(&entry.source))?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            to.write_all(&buffer[..read]).map_err(Error::io(&target))?;
        }
        to.sync_all().map_err(Error::io(&target))?;
        let found = domain::snapshot::hex(&hash.finalize());
        if found != entry.sha256 {
            return Err(Error::Altered(entry.label.clone()));
        }
        self.lines.push(format!("{found}  {name}\n"));
        Ok(())
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = File::create(path).map_err(Error::io(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Error::io(path))
}

/// `EV-0001_排班表.xlsx`, unique in the pack also where case does not count.
fn evidence_name(entry: &PackEntry, taken: &mut BTreeSet<String>) -> String {
    let name = safe_name(&format!("{}_{}", entry.label, entry.file_name));
    let mut candidate = name.clone();
    let mut n = 2;
    while !taken.insert(candidate.to_lowercase()) {
        candidate = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}_{n}.{extension}"),
            None => format!("{name}_{n}"),
        };
        n += 1;
    }
    candidate
}
