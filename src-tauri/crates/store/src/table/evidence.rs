//! Table `evidence`.

use crate::row::{Before, Stored, Table, flag, integer, opt_text, text};
use domain::{Entity, Evidence};

impl Stored for Evidence {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Evidence,
    &[
        text("id"),
        text("assessment"),
        integer("number"),
        text("kind"),
        text("title"),
        text("file_name"),
        text("media_type"),
        text("size_bytes"),
        text("sha256"),
        text("location"),
        text("text"),
        opt_text("effective"),
        opt_text("expires"),
        text("added_by"),
        text("added_at"),
        flag("withdrawn"),
        opt_text("flaw").since(4, Before::Blank),
    ],
    &["id"],
);
