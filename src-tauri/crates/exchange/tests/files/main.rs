//! What other programs get to read, through the crate's public seams.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;
mod edit;
mod names;
mod pack;
mod plan;
mod sheet;
mod workbook;
