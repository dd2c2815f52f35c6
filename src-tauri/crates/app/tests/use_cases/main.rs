//! The use cases through their public seams: a real workspace in a temporary folder, a clock and ids of our own.
#![allow(clippy::unwrap_used, missing_docs)]

mod answers;
mod common;
mod conditions;
mod cost;
mod criteria;
mod criteria_update;
mod days;
#[path = "../../../exchange/tests/files/edit.rs"]
mod edit;
mod errors;
mod evidence;
mod exports;
mod findings;
mod flaws;
#[path = "../../../../../tests/golden/folder.rs"]
mod folder;
mod frozen;
mod golden;
mod hostile;
mod hostile_texts;
mod log;
#[path = "../../../domain/tests/common/next_pack.rs"]
mod next_pack;
mod packs;
mod paste;
mod requests;
mod rounds;
mod sample;
mod sequences;
mod sheet;
mod sign_offs;
mod signed;
mod tasks;
mod upkeep;
mod verified;
mod workbook;
