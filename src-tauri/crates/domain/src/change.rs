//! The change log: one field of one entity, old → new, by whom, when; each row hashed over the one before.

use crate::{Entity, Id, Instant};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One row of the log (变更记录).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Change {
    /// Position in the log, from 1, without gaps.
    pub seq: u32,
    /// The batch (one use case, one undo step) it belongs to.
    pub batch: Id,
    /// What the batch did: the name of an [`crate::Action`], or the word of another program.
    pub action: String,
    /// The round.
    pub assessment: Id,
    /// Which table.
    pub entity: Entity,
    /// Key of the row in that table.
    pub key: String,
    /// Field of the row.
    pub field: String,
    /// Value before; `null` when the row was not there.
    pub old: Value,
    /// Value after.
    pub new: Value,
    /// Who.
    pub actor: String,
    /// When; shown, never used for ordering.
    pub at: Instant,
    /// SHA-256 over the previous row's hash and the canonical JSON of this row, 64 hex digits.
    pub hash: String,
}
