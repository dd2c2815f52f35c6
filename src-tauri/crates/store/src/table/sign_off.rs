//! Table `sign_off`.

use crate::row::{Stored, Table, flag, integer, text};
use domain::{Entity, SignOff};

impl Stored for SignOff {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table {
    entity: Entity::SignOff,
    columns: &[
        text("id"),
        text("assessment"),
        text("role"),
        text("name"),
        text("root"),
        integer("revision"),
        text("signed_at"),
        flag("withdrawn"),
    ],
    key: &["id"],
};
