//! The remediation plan as a table.

use super::place::{Over, Placed};
use crate::{Result, Session};
use domain::{Id, Lang};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Writes the remediation plan as a table. No list is kept of plans, so a file that is there is replaced only when the user was
/// asked (`overwrite`): somebody may have gone on working in it.
///
/// # Errors
/// When the file cannot be written or another one lies there.
pub fn plan(
    session: &mut Session,
    round: Id,
    path: &Path,
    format: PlanFormat,
    lang: Lang,
    overwrite: bool,
) -> Result<()> {
    let over = Over::unlisted(overwrite);
    let (pack, snapshot) = session.snapshot(round)?;
    let rows = exchange::plan::rows(&pack, &snapshot, session.env.local(), lang);
    let bytes = match format {
        PlanFormat::Csv => exchange::plan::csv(&rows)?,
        PlanFormat::Xlsx => exchange::plan::xlsx(&rows, lang)?,
    };
    Placed::file(path, &bytes, &over)?.keep();
    Ok(())
}

/// File format of a plan table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum PlanFormat {
    /// Comma-separated, UTF-8 with byte order mark so that Excel reads it.
    Csv,
    /// Excel workbook.
    Xlsx,
}
