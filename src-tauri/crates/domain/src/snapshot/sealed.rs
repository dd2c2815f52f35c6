//! The canonical JSON of a snapshot with its root, taken together and once.

use super::{Snapshot, sha256_hex};
use std::sync::Arc;

/// The bytes of a snapshot and the root over them. Whoever prints a root, attaches the data or writes them into a pack is handed
/// this instead of taking both anew: over ten thousand files that takes longer than the figures. Nobody else can make one, so the
/// root is always that of the bytes; a copy shares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    json: Arc<Vec<u8>>,
    root: String,
}

impl Sealed {
    /// Bytes that somebody else wrote, which may be no snapshot.
    #[must_use]
    pub fn of_json(json: Vec<u8>) -> Self {
        let root = sha256_hex(&json);
        Self { json: Arc::new(json), root }
    }

    /// The bytes; of a [sealed snapshot](Snapshot::sealed) its canonical JSON.
    #[must_use]
    pub fn json(&self) -> &[u8] {
        &self.json
    }

    /// Their SHA-256, 64 lower-case hex digits.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }
}

impl Snapshot {
    /// Its canonical JSON and root. The caller hands in a normalized snapshot.
    #[must_use]
    pub fn sealed(&self) -> Sealed {
        Sealed::of_json(self.canonical_json().into_bytes())
    }
}
