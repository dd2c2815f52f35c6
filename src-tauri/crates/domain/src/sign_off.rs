//! Signatures over a root, and the list of reports that were exported.

use crate::{Id, Instant};
use serde::{Deserialize, Serialize};

/// A signature (签署) of one person over one root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Identity.
    pub id: Id,
    /// The round.
    pub assessment: Id,
    /// In which capacity.
    pub role: SignRole,
    /// Who signs.
    pub name: String,
    /// The root that was signed, 64 hex digits.
    pub root: String,
    /// Revision of the round that was signed.
    pub revision: u32,
    /// When.
    pub signed_at: Instant,
    /// Withdrawn signatures stay in the history.
    pub withdrawn: bool,
    /// Format of the snapshot whose root was signed; see [`crate::snapshot::FORMAT`].
    #[serde(default = "first_format")]
    pub format: u32,
}

/// Rows from before there was a second format do not say which theirs is.
const fn first_format() -> u32 {
    1
}

/// 编制 / 审核 / 批准.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum SignRole {
    /// 编制
    Prepared,
    /// 审核
    Reviewed,
    /// 批准; freezes the round.
    Approved,
}

impl SignRole {
    /// In signing order.
    pub const ALL: [Self; 3] = [Self::Prepared, Self::Reviewed, Self::Approved];
}

/// One exported report, so that a later change can be told from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct ReportRecord {
    /// Identity.
    pub id: Id,
    /// The round.
    pub assessment: Id,
    /// Running number in the round; shown as `R-01`.
    pub number: u32,
    /// Root of the snapshot that was printed.
    pub root: String,
    /// SHA-256 of the PDF file.
    pub pdf_sha256: String,
    /// File name it was written under (no folder: that may name a person).
    pub file_name: String,
    /// `management`, `gap` or `certification`.
    pub layout: String,
    /// `zh` or `en`.
    pub lang: String,
    /// Whether it carried the draft mark.
    pub draft: bool,
    /// Who exported it.
    pub exported_by: String,
    /// When.
    pub exported_at: Instant,
    /// Tombstone.
    pub withdrawn: bool,
    /// SHA-256 of the options it was made with; empty in records of 0.1.0.
    #[serde(default)]
    pub options_sha256: String,
    /// Format of the snapshot that was printed; see [`crate::snapshot::FORMAT`].
    #[serde(default = "first_format")]
    pub format: u32,
}
