//! Table `task`.

use crate::row::{Stored, Table, flag, integer, list, opt_text, text};
use domain::{Entity, Task};

impl Stored for Task {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Task,
    &[
        text("id"),
        text("assessment"),
        integer("number"),
        opt_text("finding"),
        text("item"),
        text("kind"),
        text("title"),
        text("detail"),
        text("owner"),
        opt_text("due"),
        opt_text("agreed_due"),
        text("priority"),
        text("state"),
        text("result"),
        text("verifier"),
        opt_text("closed_at"),
        list("proof"),
        integer("reopened"),
        flag("withdrawn"),
    ],
    &["id"],
);
