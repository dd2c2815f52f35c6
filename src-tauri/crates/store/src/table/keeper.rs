//! Table `keeper`.

use crate::row::{Stored, Table, flag, opt_text, text};
use domain::{Entity, Keeper};

impl Stored for Keeper {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Keeper,
    &[text("assessment"), text("section"), text("department"), text("owner"), opt_text("due"), flag("withdrawn")],
    &["assessment", "section"],
)
.since(5);
