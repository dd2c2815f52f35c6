//! Use cases of 备审: what the shell, the command line and the tests call.
//!
//! Every verb takes a [`Session`] (an open workspace, a clock, a source of ids and the actor's name), checks its input against
//! the criteria, writes one batch through the store's one write path and answers with an [`Update`]: what changed, and the
//! figures that follow from it.
//!
//! | module | verbs |
//! |---|---|
//! | [`rounds`] | create, start, edit and choose assessments |
//! | [`conditions`] | what applies, changed after the start |
//! | [`answers`] | mark, note, reason, ticks, review |
//! | [`paste`] | what a pasted table would set |
//! | [`evidence`] | add, link, edit, withdraw, verify |
//! | [`findings`], [`tasks`] | record, edit, move, withdraw |
//! | [`requests`] | who hands in which papers, and what was handed in |
//! | [`sign_offs`] | sign, withdraw, reopen |
//! | [`log`] | history, undo, redo |
//! | [`exports`] | report, evidence pack, plan tables, workbook, request list, snapshot, verification |
//! | [`workbook`] | a workbook that came back |
//! | [`sheet`] | a list that somebody else keeps, and the words for verdicts |
//! | [`criteria`] | the built-in pack and foreign ones |
//! | [`sample`] | the sample assessment |
//! | [`upkeep`] | backups, restoring, the doctor |

pub mod answers;
pub mod conditions;
pub mod criteria;
mod days;
pub mod english;
pub mod env;
pub mod error;
pub mod evidence;
pub mod exports;
pub mod fields;
mod files;
pub mod findings;
mod held;
pub mod log;
pub mod paste;
pub mod requests;
pub mod rounds;
pub mod sample;
pub mod session;
pub mod sheet;
pub mod sign_offs;
pub mod tasks;
pub mod upkeep;
pub mod view;
pub mod workbook;

pub use env::Env;
pub use error::{Error, Result};
pub use session::Session;
pub use view::{Round, Update};

pub use {domain, exchange, report, store};
