//! Formats of the snapshot's JSON. A report carries its data for ever, and a signature names a root for ever; so what later
//! formats added is left out when a snapshot is written in the format of an earlier one, and the bytes are those of then.

use super::Snapshot;
use super::canonical::Expected;
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

/// The newest format; what nobody has approved yet is in it. Readers refuse a higher one.
pub const FORMAT: u32 = 3;

/// Something that a format added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// The first format that has it.
    pub since: u32,
    /// Where it lies: names joined by `/`; a list stands for each of its rows.
    pub path: &'static str,
}

/// All that the formats after the first added. A field that is named here is read with a default where it is not there.
pub const ADDED: &[Added] = &[
    Added { since: 2, path: "answers/proposed" },
    Added { since: 2, path: "evidence/flaw" },
    Added { since: 3, path: "answers/given_for" },
];

/// Why some bytes are not read as a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotASnapshot {
    /// Written by a newer program.
    #[error("assessment.json is in format {found}, this program reads up to {FORMAT}")]
    Newer {
        /// Its format.
        found: u32,
    },
    /// Damaged, or not what its format says.
    #[error("{0}")]
    Damaged(String),
}

impl Snapshot {
    /// Reads the JSON of a snapshot by the rules of the format that it names: its bytes must be the one way to write it.
    ///
    /// # Errors
    /// [`NotASnapshot`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, NotASnapshot> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let damaged = |why: serde_json::Error| NotASnapshot::Damaged(why.to_string());
        let Head { format } = serde_json::from_slice(bytes).map_err(damaged)?;
        if format > FORMAT {
            return Err(NotASnapshot::Newer { found: format });
        }
        let mut snapshot: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        // Grown while they were read, kept as long as a report is made again.
        snapshot.evidence.shrink_to_fit();
        snapshot.links.shrink_to_fit();
        // Also refuses what this format does not know, e.g. a field of a later one.
        let mut expected = Expected(bytes);
        let is_canonical = snapshot.write_canonical(&mut expected).is_ok() && expected.0.is_empty();
        if format == 0 || !is_canonical {
            return Err(NotASnapshot::Damaged(format!("not the canonical JSON of format {format}")));
        }
        Ok(snapshot)
    }

    /// Without what its format does not know: two snapshots of one content are equal when their formats are.
    pub(super) fn known_to_its_format(self) -> Self {
        if self.format >= FORMAT {
            return self;
        }
        let json = serde_json::to_value(&self).expect("a snapshot holds only JSON-representable values");
        serde_json::from_value(in_format(json, self.format, ADDED)).expect("what a format added has a default")
    }
}

/// The JSON of a snapshot without what was `added` after a format.
#[must_use]
pub fn in_format(mut json: Value, format: u32, added: &[Added]) -> Value {
    for later in added.iter().filter(|added| added.since > format) {
        cut(&mut json, later.path);
    }
    json
}

/// Takes out what lies at a path.
pub(super) fn cut(json: &mut Value, path: &str) {
    let (parents, name) = path.rsplit_once('/').unwrap_or(("", path));
    let parents: Vec<&str> = parents.split('/').filter(|name| !name.is_empty()).collect();
    remove(json, &parents, name);
}

fn remove(from: &mut Value, parents: &[&str], name: &str) {
    match (from, parents) {
        (Value::Array(rows), _) => rows.iter_mut().for_each(|row| remove(row, parents, name)),
        (Value::Object(fields), []) => drop(fields.remove(name)),
        (Value::Object(fields), [first, rest @ ..]) => {
            if let Some(inside) = fields.get_mut(*first) {
                remove(inside, rest, name);
            }
        }
        // The round before may be null.
        _ => {}
    }
}
