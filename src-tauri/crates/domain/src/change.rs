//! The change log: one field of one entity, old → new, by whom, when; each row hashed over the one before.

use crate::{Id, Instant};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which table a change belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    /// [`crate::Assessment`], keyed by id.
    Assessment,
    /// [`crate::Answer`], keyed by `<assessment>/<item>`.
    Answer,
    /// [`crate::Evidence`], keyed by id.
    Evidence,
    /// [`crate::Link`], keyed by `<evidence>/<item>`.
    Link,
    /// [`crate::Finding`], keyed by id.
    Finding,
    /// [`crate::Task`], keyed by id.
    Task,
    /// [`crate::SignOff`], keyed by id.
    SignOff,
    /// [`crate::ReportRecord`], keyed by id.
    Report,
}

impl Entity {
    /// The table's name, which is also the name in the log.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Answer => "answer",
            Self::Evidence => "evidence",
            Self::Link => "link",
            Self::Finding => "finding",
            Self::Task => "task",
            Self::SignOff => "sign_off",
            Self::Report => "report",
        }
    }
}

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
