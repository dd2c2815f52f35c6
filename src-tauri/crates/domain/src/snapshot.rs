//! The snapshot: everything recorded in one round, in one canonical form with one hash.

mod canonical;
mod format;
mod sealed;

pub use format::{ADDED, Added, FORMAT, NotASnapshot, in_format};
pub use sealed::Sealed;

use crate::{Answer, Assessment, CriteriaPack, Evidence, Finding, Id, Link, SignOff, Task, Verdict};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Everything recorded in one round (快照). The app, the score, the gate and the report all read this.
///
/// Tombstoned entities and blank answers are left out, so that undoing everything brings back the first root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The format in which its root is taken: [`FORMAT`], or the one in which a frozen round was approved.
    pub format: u32,
    /// Which criteria were used.
    pub pack: PackIdentity,
    /// The round.
    pub assessment: Assessment,
    /// Sorted by item code.
    pub answers: Vec<Answer>,
    /// Sorted by number.
    pub evidence: Vec<Evidence>,
    /// Sorted by evidence, then item.
    pub links: Vec<Link>,
    /// Sorted by number.
    pub findings: Vec<Finding>,
    /// Sorted by number.
    pub tasks: Vec<Task>,
    /// The round before, as far as the comparison needs it.
    pub predecessor: Option<Predecessor>,
}

/// Identity of a criteria pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct PackIdentity {
    /// `YD/T 2823-2015`
    pub standard: String,
    /// Version of the pack.
    pub version: String,
    /// SHA-256 of the pack's normalised text.
    pub sha256: String,
}

/// What is kept of the round before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// Identity of that round.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its root when this snapshot was taken.
    pub root: String,
    /// Its verdicts by item code.
    pub verdicts: BTreeMap<String, Verdict>,
    /// Its notes by item code (only those not empty).
    pub notes: BTreeMap<String, String>,
    /// Its tasks that were never closed.
    pub open_tasks: Vec<Task>,
}

impl PackIdentity {
    /// The identity of a loaded pack.
    #[must_use]
    pub fn of(pack: &CriteriaPack) -> Self {
        Self { standard: pack.pack.standard.clone(), version: pack.pack.version.clone(), sha256: pack.sha256.clone() }
    }
}

impl Snapshot {
    /// Brings rows in any order into the one canonical order, leaving out tombstones, blank answers, and what the snapshot's format
    /// does not know.
    #[must_use]
    pub fn normalized(self) -> Self {
        let mut this = self.known_to_its_format();
        this.sort();
        this
    }

    fn sort(&mut self) {
        self.answers.retain(|a| !a.is_blank());
        self.answers.sort_by(|a, b| a.item.cmp(&b.item));
        for answer in &mut self.answers {
            answer.ticks.sort();
            answer.ticks.dedup();
        }
        self.evidence.retain(|e| !e.withdrawn);
        self.evidence.sort_by_key(|e| (e.number, e.id));
        let known: HashSet<Id> = self.evidence.iter().map(|e| e.id).collect();
        self.links.retain(|l| !l.withdrawn && known.contains(&l.evidence));
        self.links.sort();
        self.findings.retain(|f| !f.withdrawn);
        self.findings.sort_by_key(|f| (f.number, f.id));
        self.tasks.retain(|t| !t.withdrawn);
        self.tasks.sort_by_key(|t| (t.number, t.id));
        if let Some(before) = &mut self.predecessor {
            before.open_tasks.sort_by_key(|t| (t.number, t.id));
        }
    }

    /// Canonical JSON (RFC 8785) of its format: sorted keys, no white space. The caller hands in a normalized snapshot.
    ///
    /// # Panics
    /// Never: every field of a snapshot is representable in JSON.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        let mut json = Vec::new();
        self.write_canonical(&mut json).expect("a snapshot holds only JSON-representable values");
        String::from_utf8(json).expect("JSON is UTF-8")
    }

    /// The root: SHA-256 of [`Self::canonical_json`], 64 lower-case hex digits. Printed in every report footer.
    ///
    /// # Panics
    /// Never: as there.
    #[must_use]
    pub fn root(&self) -> String {
        let mut hashed = canonical::Hashed::default();
        self.write_canonical(&mut hashed).expect("a snapshot holds only JSON-representable values");
        hex(&hashed.0.finalize())
    }

    /// The answer of an item, if one was recorded.
    #[must_use]
    pub fn answer(&self, item: &str) -> Option<&Answer> {
        self.answers.binary_search_by(|a| a.item.as_str().cmp(item)).ok().map(|i| &self.answers[i])
    }

    /// The verdict of an item; `None` = 未评估.
    #[must_use]
    pub fn verdict(&self, item: &str) -> Option<Verdict> {
        self.answer(item).and_then(|a| a.verdict)
    }

    /// Whether the verdict of an item waits for somebody to confirm it ([`Answer::given_for`]).
    #[must_use]
    pub fn awaits_confirmation(&self, item: &str) -> bool {
        self.answer(item).is_some_and(Answer::awaits_confirmation)
    }

    /// Links of a piece of evidence, by item: they stand together in a normalized snapshot.
    #[must_use]
    pub fn links_of(&self, evidence: Id) -> &[Link] {
        let from = self.links.partition_point(|l| l.evidence < evidence);
        let count = self.links[from..].partition_point(|l| l.evidence == evidence);
        &self.links[from..from + count]
    }

    /// Codes of the items that some evidence proves: linked to them, and with something to see in it. Whoever asks about every item asks this once: [`Self::evidence_of`] walks
    /// over all links each time.
    #[must_use]
    pub fn proven_items(&self) -> HashSet<&str> {
        let empty: HashSet<Id> = self.evidence.iter().filter(|e| !e.shows_something()).map(|e| e.id).collect();
        self.links.iter().filter(|l| !empty.contains(&l.evidence)).map(|l| l.item.as_str()).collect()
    }

    /// Evidence of every item with its locator, by number: [`Self::evidence_of`] for whoever asks about many.
    #[must_use]
    pub fn evidence_by_item(&self) -> HashMap<&str, Vec<(&Evidence, &Link)>> {
        let mut by_item: HashMap<&str, Vec<_>> = HashMap::new();
        for evidence in &self.evidence {
            for link in self.links_of(evidence.id) {
                by_item.entry(&link.item).or_default().push((evidence, link));
            }
        }
        by_item
    }

    /// Evidence linked to an item with its locator, by number.
    #[must_use]
    pub fn evidence_of(&self, item: &str) -> Vec<(&Evidence, &Link)> {
        let mut found: Vec<_> = self
            .links
            .iter()
            .filter(|l| l.item == item)
            .filter_map(|l| self.evidence.iter().find(|e| e.id == l.evidence).map(|e| (e, l)))
            .collect();
        found.sort_by_key(|(e, _)| e.number);
        found
    }

    /// Findings about an item, by number.
    pub fn findings_of<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |f| f.item == item)
    }

    /// Tasks about an item, by number.
    pub fn tasks_of<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a Task> {
        self.tasks.iter().filter(move |t| t.item == item)
    }

    /// Tasks that answer a finding, by number.
    pub fn tasks_for(&self, finding: Id) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |t| t.finding == Some(finding))
    }

    /// A finding is open until it has at least one task and all of them are closed;
    /// observations, opportunities and good practice without a task are never open.
    #[must_use]
    pub fn is_open(&self, finding: &Finding) -> bool {
        let mut tasks = self.tasks_for(finding.id).peekable();
        if tasks.peek().is_none() {
            return finding.grade.is_nonconformity();
        }
        tasks.any(|t| t.state != crate::TaskState::Closed)
    }
}

/// The roots of one content in several formats. A signature covers the content when it names the root of its own format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roots(BTreeMap<u32, String>);

impl Roots {
    /// The root in a format, taken before.
    #[must_use]
    pub fn of(format: u32, root: &str) -> Self {
        Self(BTreeMap::from([(format, root.to_owned())]))
    }

    /// Adds the root of a snapshot of the content in its format.
    pub fn add(&mut self, snapshot: &Snapshot) {
        self.0.entry(snapshot.format).or_insert_with(|| snapshot.root());
    }

    /// The root in this format.
    #[must_use]
    pub fn root(&self, format: u32) -> Option<&str> {
        self.0.get(&format).map(String::as_str)
    }

    /// Whether a signature stands for this content.
    #[must_use]
    pub fn are_covered_by(&self, signature: &SignOff) -> bool {
        !signature.withdrawn && self.root(signature.format) == Some(&signature.root)
    }
}

/// SHA-256 of some bytes as 64 lower-case hex digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex digits; for digests of what is too large to be in memory at once.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
