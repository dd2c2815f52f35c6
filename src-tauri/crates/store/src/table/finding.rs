//! Table `finding`.

use crate::row::{Stored, Table, flag, integer, text};
use domain::{Entity, Finding};

impl Stored for Finding {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Finding,
    &[
        text("id"),
        text("assessment"),
        integer("number"),
        text("item"),
        text("grade"),
        text("fact"),
        text("criterion"),
        text("cause"),
        text("department"),
        text("found_by"),
        text("found_on"),
        flag("withdrawn"),
    ],
    &["id"],
);
