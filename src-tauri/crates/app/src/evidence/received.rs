//! What became of each file that was to be evidence: nothing that was said along with it is dropped without a word.

use super::EvidenceDraft;
use domain::{Evidence, Id};
use serde::{Deserialize, Serialize};
use store::StoredFile;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Received {
    /// The evidence that holds its content now.
    pub evidence: Id,
    /// The evidence's label.
    pub label: String,
    /// Name of the file.
    pub file_name: String,
    /// Whether the name is another one than the file had: that one was no text, or held characters that no name of ours may hold.
    pub renamed: bool,
    /// What happened.
    pub outcome: FileOutcome,
    /// What was said along with the file and is not recorded, as the evidence was there before, completed by what is recorded: editing
    /// the evidence with it records it.
    pub unrecorded: Option<EvidenceDraft>,
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum FileOutcome {
    /// It is new evidence.
    Added,
    /// Evidence of this content was there before.
    Known,
    /// The content of evidence that was missing or changed is there again.
    Restored,
}

impl Received {
    /// `held` is the evidence that was there before; `draft` what was said along with the file.
    pub(super) fn known(held: &Evidence, file: &StoredFile, draft: &EvidenceDraft) -> Self {
        let outcome = if file.was_there { FileOutcome::Known } else { FileOutcome::Restored };
        Self { outcome, unrecorded: unrecorded(held, draft), ..Self::added(held, file) }
    }

    pub(super) fn added(evidence: &Evidence, file: &StoredFile) -> Self {
        Self {
            evidence: evidence.id,
            label: evidence.label(),
            file_name: domain::plain_name(&file.file_name).into_owned(),
            renamed: !file.named_in_text || domain::plain_name(&file.file_name) != file.file_name,
            outcome: FileOutcome::Added,
            unrecorded: None,
        }
    }
}

fn unrecorded(held: &Evidence, draft: &EvidenceDraft) -> Option<EvidenceDraft> {
    let text = |given: &String, held: &String| if given.trim().is_empty() { held.clone() } else { given.clone() };
    let recorded = EvidenceDraft::of(held);
    let wanted = EvidenceDraft {
        title: text(&draft.title, &held.title),
        location: text(&draft.location, &held.location),
        text: text(&draft.text, &held.text),
        effective: draft.effective.or(held.effective),
        expires: draft.expires.or(held.expires),
        locator: String::new(),
    };
    (wanted != recorded).then_some(wanted)
}
