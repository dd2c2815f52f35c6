//! A criteria file as a workbook, for those who would rather edit a table than TOML: what goes out comes back the same.
//!
//! | module | says |
//! |---|---|
//! | [`lists`] | which sheets and columns there are: the one table for both ways |
//! | [`write()`] | a pack as a workbook |
//! | [`read()`] | a workbook as a pack, or what is wrong with it, by cell |

mod lists;
mod read;
mod write;

pub use read::read;
pub use write::write;
