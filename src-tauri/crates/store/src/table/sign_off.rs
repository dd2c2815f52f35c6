//! Table `sign_off`.

use crate::row::{Before, Stored, Table, flag, integer, text};
use domain::{Entity, SignOff};

impl Stored for SignOff {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::SignOff,
    &[
        text("id"),
        text("assessment"),
        text("role"),
        text("name"),
        text("root"),
        integer("revision"),
        text("signed_at"),
        flag("withdrawn"),
        integer("format").since(4, Before::Is("1")),
    ],
    &["id"],
);
