//! Table `answer`.

use crate::row::{Stored, Table, list, opt_text, text};
use domain::{Answer, Entity};

impl Stored for Answer {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table {
    entity: Entity::Answer,
    columns: &[
        text("assessment"),
        text("item"),
        opt_text("verdict"),
        text("note"),
        text("reason"),
        list("ticks"),
        text("assessor"),
        opt_text("assessed_at"),
        text("review"),
        text("review_note"),
    ],
    key: &["assessment", "item"],
};
