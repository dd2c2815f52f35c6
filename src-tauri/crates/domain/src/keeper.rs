//! Who keeps the papers of a section (归口), and so hands them in.

use crate::{Date, Id};
use serde::{Deserialize, Serialize};

/// Who hands in the papers of a section. What is not said here is as the criteria propose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Keeper {
    /// The round. The next one takes it over.
    pub assessment: Id,
    /// Section code.
    pub section: String,
    /// The department, by its Chinese name where the criteria know it.
    pub department: String,
    /// The person; empty = the department at large.
    pub owner: String,
    /// Until when.
    pub due: Option<Date>,
    /// Tombstone.
    pub withdrawn: bool,
}
