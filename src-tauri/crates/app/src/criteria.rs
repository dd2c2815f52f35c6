//! The built-in criteria and foreign criteria files.

use crate::Result;
use crate::error::read_up_to;
use domain::CriteriaPack;
use std::path::Path;

/// The criteria file this program ships.
pub const BUILT_IN: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

/// Reads and validates a criteria file, or the built-in one. Returns the pack and its normalised text.
///
/// # Errors
/// [`Error::File`], [`Error::Pack`].
pub fn load(file: Option<&Path>) -> Result<(CriteriaPack, String)> {
    let bytes = match file {
        Some(path) => read_up_to(path, domain::pack::MAX_PACK_BYTES as u64)?,
        None => BUILT_IN.as_bytes().to_vec(),
    };
    let pack = CriteriaPack::parse(&bytes)?;
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).replace("\r\n", "\n");
    Ok((pack, text))
}
