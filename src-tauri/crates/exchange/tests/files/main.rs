//! What other programs get to read, through the crate's public seams.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;
mod names;
mod pack;
mod plan;
mod sheet;
