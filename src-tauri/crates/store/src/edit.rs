//! What goes into a commit and what comes out of it.

use crate::Result;
use crate::row::{Row, Stored as _, Table, from_row, to_row};
use domain::{Action, Change, Entity, Id, Instant};
use serde::Serialize;

/// Who does what, when: one use case, one step of undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub actor: String,
    /// When; kept for people, never used for ordering.
    pub at: Instant,
    /// Identity of the batch; each is used once.
    pub batch: Id,
    /// What.
    pub action: Action,
    /// The one round it touches.
    pub assessment: Id,
}

macro_rules! edits {
    ($($name:ident($row:ident) $table:literal of $round:ident, listed as $list:ident: $many:ident;)*) => {
        /// "This row shall look like this." The commit finds out what differs. Rows are keyed by their id, answers by (assessment,
        /// item), links by (evidence, item); a row that is not there is created. Removing is setting `withdrawn`.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "edits live as long as one commit")]
        pub enum Edit {
            $(#[doc = concat!("A row of `", $table, "`.")] $name(domain::$row),)*
        }

        impl Edit {
            /// The round it belongs to.
            #[must_use]
            pub fn assessment(&self) -> Id {
                match self {
                    $(Self::$name(row) => row.$round,)*
                }
            }

            pub(crate) fn parts(&self) -> Result<(&'static Table, Row)> {
                match self {
                    $(Self::$name(row) => Ok((domain::$row::TABLE, to_row(row)?)),)*
                }
            }

            /// A row as the log sees it, as what it is.
            pub(crate) fn of(entity: Entity, row: Row) -> Result<Self> {
                match entity {
                    $(Entity::$name => from_row(row).map(Self::$name),)*
                }
            }
        }
    };
}
domain::entities!(edits);

/// What a commit did. No changes means that nothing differed and nothing was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The batch.
    pub batch: Id,
    /// Its action; undo or redo for those.
    pub action: Action,
    /// One per field that changed, in the order of the log.
    pub changes: Vec<Change>,
}

/// What undo or redo would take back or bring back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BatchLabel {
    /// The batch.
    pub batch: Id,
    /// What it did.
    pub action: String,
    /// Who did it.
    pub actor: String,
    /// When.
    pub at: Instant,
    /// How many rows it touched.
    pub rows: u32,
    /// The first few of them.
    pub subjects: Vec<Subject>,
}

/// A row that a batch touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Subject {
    /// Which table.
    pub entity: Entity,
    /// Which row.
    pub key: String,
    /// The item it is about, where there is one.
    pub item: Option<String>,
}
