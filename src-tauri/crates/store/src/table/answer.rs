//! Table `answer`.

use crate::row::{Before, Stored, Table, flag, list, opt_text, text};
use crate::schema::was_proposed;
use domain::{Answer, Entity};

impl Stored for Answer {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Answer,
    &[
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
        flag("proposed").since(4, Before::Follows(was_proposed)),
        text("given_for").since(5, Before::Blank),
    ],
    &["assessment", "item"],
);
