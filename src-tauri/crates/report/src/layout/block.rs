//! What a section says before any line or page is set: the pieces that another writer puts together in its own way.

use super::display::Item;
use super::table::{Column, Row, Rules};
use crate::text::Para;

/// A piece of a document, in reading order.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading.
    Heading {
        /// 0 = title of the document, 1 = top, 3 = lowest.
        level: u8,
        /// Its words, with their number where they have one.
        text: String,
        /// Name of the place.
        anchor: Option<String>,
        /// Whether it is one of the contents.
        listed: bool,
    },
    /// A paragraph.
    Para(Para),
    /// A table; its columns have no heads where it needs none.
    Table {
        /// Heads and widths.
        columns: Vec<Column>,
        /// How lines are ruled.
        rules: Rules,
        /// Boxes side by side that are no table to those who listen.
        boxes: bool,
        /// Its rows.
        rows: Vec<Row>,
    },
    /// A drawing.
    Figure {
        /// What is drawn, in points.
        items: Vec<Item>,
        /// Left, top, width, height of what belongs to it.
        area: [f32; 4],
        /// Words in its place.
        alt: String,
    },
    /// The list of headings goes here.
    Contents,
    /// What follows begins on a new page.
    Page,
}
