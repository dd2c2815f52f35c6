//! Criteria as a file to edit.

use super::place::{Over, Placed};
use crate::files::has_extension;
use crate::{Result, criteria};
use domain::CriteriaPack;
use std::path::Path;

/// Writes criteria as a file, TOML or a workbook by its name, and returns them as they read back. No list is kept of such files: what lies at `path` is replaced only
/// when the user was asked.
///
/// # Errors
/// When the criteria do not hold, when the file cannot be written or another one lies there.
pub fn criteria_file(path: &Path, pack: &CriteriaPack, overwrite: bool) -> Result<CriteriaPack> {
    let over = Over::unlisted(overwrite);
    over.check(path)?;
    let (pack, text) = criteria::written(pack)?;
    let bytes = match has_extension(path, "xlsx") {
        true => exchange::criteria::write(&pack)?,
        false => text.into_bytes(),
    };
    Placed::file(path, &bytes, &over)?.keep();
    Ok(pack)
}
