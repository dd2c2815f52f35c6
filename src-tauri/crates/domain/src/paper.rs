//! Papers that were asked for and whether they are there.

use crate::{Date, Id};
use serde::{Deserialize, Serialize};

/// What is noted of a paper that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The round.
    pub assessment: Id,
    /// Which: [`crate::Request::paper`].
    pub paper: String,
    /// The day on which it was handed in; `None` = not yet.
    pub handed_in: Option<Date>,
    /// A remark.
    pub note: String,
    /// Tombstone.
    pub withdrawn: bool,
}
