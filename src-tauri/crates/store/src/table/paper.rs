//! Table `paper`.

use crate::row::{Stored, Table, flag, opt_text, text};
use domain::{Entity, Paper};

impl Stored for Paper {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Paper,
    &[text("assessment"), text("paper"), opt_text("handed_in"), text("note"), flag("withdrawn")],
    &["assessment", "paper"],
)
.since(5);
