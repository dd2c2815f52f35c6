//! The workspace on disk: `SQLite` tables, the one write path with its change log, evidence files, backups.
//!
//! A workspace is a folder: `beishen.db`, `evidence/ab/<sha256>`, `.lock`, and `reserve`, which is given up when the disk is full.
//! Everything that changes a row goes through [`Workspace::commit`]: one `BEGIN IMMEDIATE` transaction that compares the wanted rows with the rows that are there, writes the
//! fields that differ and appends one hash-chained change per field. History, undo, redo and the audit trail read that log.
//!
//! | module | holds |
//! |---|---|
//! | [`workspace`] | create, open, close: the open sequence, the lock, read-only media |
//! | `look` | what is saved in a workspace that another process has open |
//! | [`edit`] | `Act`, `Edit`, `Receipt`: what goes into a commit and what comes out |
//! | [`history`] | the change log as it is asked for |
//! | [`evidence`] | evidence files by content: import, open, verify |
//! | [`backup`], [`restore`] | verified copies of the database and the way back |
//! | [`place`] | warnings about sync folders and network shares |
//! | [`mod@whereabouts`] | where the backups of a workspace lie |
//! | `ground` | whose ground a path is on: the gate for everything that is exported |
//! | [`doctor`] | every check there is, in one list of troubles |
//!
//! Only this crate names rusqlite. It draws no clock and no entity ids: both come in with [`Act`].

pub mod backup;
mod chain;
mod checkup;
mod commit;
mod connection;
pub mod doctor;
pub mod edit;
mod error;
pub mod evidence;
mod files;
mod ground;
mod header;
pub mod history;
mod lock;
mod log;
mod look;
mod pack;
pub mod place;
mod read;
mod replay;
mod reserve;
pub mod restore;
mod row;
mod schema;
mod table;
mod thin;
mod touched;
mod trial;
mod typed;
mod undo;
pub mod whereabouts;
pub mod workspace;

pub use backup::{Backup, Counts, UncheckedBackup, backups, thin_backups};
pub use doctor::{Area, Severity, Trouble};
pub use edit::{Act, BatchLabel, Edit, Receipt};
pub use error::{Error, Result, in_words};
pub use evidence::{ImportProgress, Orphans, StoredFile};
pub use files::{Access, finished, folder_of, private_dir, write_whole};
pub use ground::{backups_beside, outside, real, same_place};
pub use history::HistoryQuery;
pub use lock::Holder;
pub use place::{Danger, PlaceWarning, place_warnings};
pub use restore::{Restored, restore};
pub use whereabouts::{Whereabouts, whereabouts};
pub use workspace::Workspace;
