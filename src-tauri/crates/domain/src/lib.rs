//! Nouns and rules of 备审: the criteria pack, the assessment and what hangs on it, scoring, readiness, gate and snapshot.
//!
//! No I/O, no clock, no random ids: time and ids come in from outside, so every rule here is a pure function that a test can call.
//!
//! | module | holds |
//! |---|---|
//! | [`pack`] | `CriteriaPack`: identity of the standard, domains, sections, items, laws, KPIs, scoring profiles |
//! | [`assessment`] | `Assessment`, `Verdict`, `Answer` |
//! | [`evidence`] | `Evidence`, `Link`, `FileState` |
//! | [`finding`] | `Finding`, `Grade` |
//! | [`task`] | `Task` and its life cycle |
//! | [`sign_off`] | `SignOff`, `ReportRecord` |
//! | [`keeper`], [`paper`] | `Keeper`, `Paper`: who hands in the papers of a section, and which are there |
//! | [`request`] | the request list (迎审资料清单): who hands in what by when |
//! | [`action`] | `Action`: the word of a batch, and what a frozen round takes of it |
//! | [`entity`] | the list of all entities |
//! | [`change`] | `Change`: one field, old → new, hash-chained |
//! | [`snapshot`] | `Snapshot`: everything above for one round, canonical JSON and its root |
//! | [`scoring`] | the one score, with bounds |
//! | [`readiness`] | the verdict under a profile, with every rule that fired |
//! | [`search`] | `Search`: what a search takes for the same, and which hits come first |
//! | [`gate`] | defects that would embarrass us in front of the auditor |
//! | [`Lang`] | the language spoken to a reader |
//! | [`terms`] | `Term`: what verdicts, grades, states and kinds are called |
//! | [`words`] | `Words`: a sentence in both languages |

pub mod action;
pub mod assessment;
pub mod change;
pub mod entity;
pub mod evidence;
pub mod finding;
mod follow;
pub mod gaps;
pub mod gate;
pub mod keeper;
mod lang;
pub mod pack;
pub mod paper;
pub mod readiness;
pub mod request;
pub mod scoring;
pub mod search;
pub mod sign_off;
pub mod snapshot;
pub mod task;
pub mod terms;
pub mod visible;
pub mod words;

pub use action::Action;
pub use assessment::{Answer, Assessment, AssessmentKind, Member, Review, Verdict};
pub use change::Change;
pub use entity::Entity;
pub use evidence::{Evidence, EvidenceKind, FileState, Flaw, Link};
pub use finding::{Finding, Grade};
pub use gate::{Defect, GateRule};
pub use keeper::Keeper;
pub use lang::{Lang, NotALanguage};
pub use pack::CriteriaPack;
pub use paper::Paper;
pub use readiness::Readiness;
pub use request::{Request, Standing};
pub use scoring::{Score, Tally};
pub use sign_off::{ReportRecord, SignOff, SignRole};
pub use snapshot::{NotASnapshot, PackIdentity, Predecessor, Roots, Sealed, Snapshot};
pub use task::{Priority, Task, TaskKind, TaskState};
pub use terms::Term;
pub use visible::{name_read, plain_name, turns_the_order, visible};
pub use words::Words;

/// Version 7 UUID of an entity, handed in by the caller.
pub type Id = uuid::Uuid;

/// A point in time in UTC, to the millisecond.
pub type Instant = chrono::DateTime<chrono::Utc>;

/// A calendar date (`2026-11-22`).
pub type Date = chrono::NaiveDate;
