//! An Excel file that came from outside: whatever it claims, reading it costs little, and its cells are what a reader sees in them.
//!
//! | module | says |
//! |---|---|
//! | [`outside`] | what is no workbook that can be read, before anything reads it |
//! | [`bounded`] | how often its bytes may be read |
//! | [`grid`] | the cells of a sheet |

mod bounded;
pub mod grid;
pub mod outside;

pub use grid::Content;
pub use outside::MAX_BYTES;

/// `F`, and `AA` after `Z`; columns count from 0.
#[must_use]
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// `现场管理!F12`
#[must_use]
pub fn address(sheet: &str, (row, column): (u32, u32)) -> String {
    format!("{sheet}!{}{}", letters(column), row + 1)
}
