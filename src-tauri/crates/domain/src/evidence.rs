//! Evidence and what it is linked to.

use crate::{Date, Id, Instant};
use serde::{Deserialize, Serialize};

/// A proof (证据): a stored file, or a pointer to something that cannot be copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Identity.
    pub id: Id,
    /// The round it belongs to.
    pub assessment: Id,
    /// Running number in the round; shown as `EV-0001`.
    pub number: u32,
    /// What it is.
    pub kind: EvidenceKind,
    /// Name shown in lists; defaults to the file name.
    pub title: String,
    /// Original file name; empty unless `kind` is `File`.
    pub file_name: String,
    /// Media type guessed from the extension; empty unless `kind` is `File`.
    pub media_type: String,
    /// Size in bytes, as a decimal string so that no reader rounds it; empty unless `kind` is `File`.
    pub size_bytes: String,
    /// SHA-256 of the content, 64 lower-case hex digits; empty unless `kind` is `File`.
    pub sha256: String,
    /// Address or place for links and records (document number, system, cabinet).
    pub location: String,
    /// Interview notes, what was observed, remarks.
    pub text: String,
    /// Day from which it is valid or on which it was made.
    pub effective: Option<Date>,
    /// Last day on which it is valid.
    pub expires: Option<Date>,
    /// Who added it.
    pub added_by: String,
    /// When.
    pub added_at: Instant,
    /// Tombstone; the content stays on disk.
    pub withdrawn: bool,
    /// Why the file proves nothing as it is; `None` = nothing of the kind was seen.
    #[serde(default)]
    pub flaw: Option<Flaw>,
}

impl Evidence {
    /// `EV-0001`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("EV-{:04}", self.number)
    }

    /// Whether there is anything to see in it, as far as anybody has looked.
    #[must_use]
    pub fn shows_something(&self) -> bool {
        self.flaw.is_none()
    }
}

/// What is wrong with the content of a file, as seen when it was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Flaw {
    /// It has no bytes.
    Empty,
    /// It shows nothing: empty pages.
    Blank,
    /// It opens with a password only.
    Protected,
    /// It is not what its name says, or damaged.
    Unreadable,
}

/// What kind of proof it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// A file kept in the workspace.
    File,
    /// An address.
    Link,
    /// A record that stays where it is (a paper file, a system).
    Record,
    /// Interview notes.
    Interview,
    /// What was seen on site.
    Observation,
}

/// One evidence proves something about one item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The evidence.
    pub evidence: Id,
    /// The round.
    pub assessment: Id,
    /// Item code.
    pub item: String,
    /// Where to look: `第 3 页`, `02:14`, `Sheet1!B7`.
    pub locator: String,
    /// Tombstone.
    pub withdrawn: bool,
}

/// What the disk says about an evidence file today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    /// There, and its SHA-256 is what the row says.
    Present,
    /// Not there.
    Missing,
    /// There, but with other content (or a folder or symbolic link in its place).
    Changed,
    /// There, but cannot be read.
    Unreadable,
}
