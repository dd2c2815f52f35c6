//! The checklist workbook (核查表工作簿): a round as sheets that people fill in with Excel, WPS or `LibreOffice`, and the way back. Pure.
//!
//! | module | says |
//! |---|---|
//! | [`columns`] | which columns there are, and which come back |
//! | [`values`] | what a cell may hold, and how it is compared |
//! | [`origin`] | what a file was made from, on a hidden sheet: the base of the comparison |
//! | [`write`] | the round as a file |
//! | [`read`] | the file as rows |
//! | [`compare`] | what is different: theirs alone, both, cleared |

pub mod columns;
pub mod compare;
mod guide;
mod look;
pub mod origin;
pub mod read;
pub mod values;
pub mod write;

pub use columns::{Field, Table};
pub use compare::{Comparison, Difference, Kind, Refused, compare};
pub use origin::Origin;
pub use read::{Filled, read};
pub use values::Holds;
pub use write::{Wanted, write};
