//! Chinese and Latin text: cleaning, faces and metrics, line breaking. Knows nothing of pages or PDF.

pub mod breaks;
pub mod clean;
pub mod faces;
pub mod lines;

pub use clean::clean;
pub use faces::{Face, Fonts};
pub use lines::{Align, Frag, Line, Mark, Para, Span, Style, lay};

/// A colour, eight bits per channel in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rgb(pub u8, pub u8, pub u8);
