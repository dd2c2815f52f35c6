//! The built-in criteria and foreign criteria files.

use crate::Result;
use crate::files::read_up_to;
use domain::CriteriaPack;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The criteria file this program ships.
pub const BUILT_IN: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

/// [`BUILT_IN`] as the build script has read it; that both hold the same is a test.
const PREPARED: &str = include_str!(concat!(env!("OUT_DIR"), "/criteria.json"));

/// [`BUILT_IN`], read once per process.
static PARSED: OnceLock<Arc<CriteriaPack>> = OnceLock::new();

/// The built-in criteria.
///
/// # Errors
/// [`Error::Pack`](crate::Error::Pack): never in a program that passed its tests.
pub fn built_in() -> Result<Arc<CriteriaPack>> {
    if let Some(pack) = PARSED.get() {
        return Ok(Arc::clone(pack));
    }
    let pack = Arc::new(CriteriaPack::prepared(PREPARED)?);
    Ok(Arc::clone(PARSED.get_or_init(|| pack)))
}

/// Reads and validates a criteria file, or the built-in one. Returns the pack and its normalised text.
///
/// # Errors
/// [`Error::File`], [`Error::Pack`].
pub fn load(file: Option<&Path>) -> Result<(CriteriaPack, String)> {
    let Some(path) = file else {
        return Ok(((*built_in()?).clone(), BUILT_IN.to_owned()));
    };
    let bytes = read_up_to(path, domain::pack::MAX_PACK_BYTES as u64)?;
    let pack = CriteriaPack::parse(&bytes)?;
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).replace("\r\n", "\n");
    Ok((pack, text))
}
