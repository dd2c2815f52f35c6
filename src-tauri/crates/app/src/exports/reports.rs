//! Reports as files: written, recorded, and compared with the round as it is.

use super::issue::issue;
use super::place::Placed;
use super::subject::Subject;
use super::{Export, Exported, OnProgress, Unrecorded, exported, label};
use crate::files::read_up_to;
use crate::view::Update;
use crate::{Error, Result, Session};
use domain::Id;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Makes a report, writes it to `path` and records it, all or nothing. The same data, options and day give the same bytes and
/// the same number; what lies at `path` is replaced only if it may be, and when the whole report is on disk beside it.
///
/// # Errors
/// When the report cannot be made (logo), written or recorded; the former file at `path` is untouched then.
pub fn report(
    session: &mut Session,
    round: Id,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<(Exported, Option<Update>)> {
    place_report(session, round, wanted, on)?.record(session)
}

/// The first half of [`report`], for a session aside: everything but the row.
///
/// # Errors
/// When the report cannot be made (logo) or written; the former file at `path` is untouched then.
pub fn place_report(
    session: &mut Session,
    round: Id,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<Unrecorded<Exported>> {
    let over = wanted.over(session, round)?;
    over.check(wanted.to)?;
    let file_name = wanted.to.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let subject = Subject::of(session, round)?;
    let (record, report) = issue(session, &subject, &file_name, wanted, on)?;
    let placed = Placed::file(wanted.to, &report.pdf, &over)?;
    Ok(Unrecorded { done: exported(record.clone(), &report), round, record, placed })
}

/// The newest report whose root is not the round's root any more, with the root of today: "differs from report R".
///
/// # Errors
/// When the round cannot be read.
pub fn differs(session: &mut Session, round: Id) -> Result<Option<Difference>> {
    let Some(newest) = session.workspace.reports(round)?.pop() else { return Ok(None) };
    let now = session.snapshot_in(round, newest.format)?.root();
    Ok((newest.root != now).then(|| Difference { report: label(&newest), root: newest.root, now }))
}

/// A report that no longer shows what the workspace holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Difference {
    /// Label of the report.
    pub report: String,
    /// Root it was printed with.
    pub root: String,
    /// Root of the round now.
    pub now: String,
}

/// Reads a logo from disk, refusing what is too large to be one before reading it.
///
/// # Errors
/// [`Error::File`], [`Error::Field`].
pub fn read_logo(path: &Path) -> Result<Vec<u8>> {
    /// 8 MiB: a print-quality logo is a hundredth of it.
    const MAX_LOGO_BYTES: u64 = 8 << 20;
    let bytes = read_up_to(path, MAX_LOGO_BYTES)?;
    if bytes.len() as u64 > MAX_LOGO_BYTES {
        return Err(Error::Field { field: "标志图片", expected: ("不超过 8 MiB", "at most 8 MiB").into() });
    }
    Ok(bytes)
}
