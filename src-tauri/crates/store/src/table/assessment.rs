//! Table `assessment`.

use crate::row::{Stored, Table, flag, integer, list, opt_list, opt_text, text};
use domain::{Assessment, Entity};

impl Stored for Assessment {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Assessment,
    &[
        text("id"),
        text("title"),
        text("organization"),
        text("kind"),
        text("scope"),
        text("exclusions"),
        text("objectives"),
        text("sampling"),
        text("dissent"),
        list("sites"),
        opt_text("period_from"),
        opt_text("period_to"),
        list("team"),
        list("auditees"),
        opt_list("conditions"),
        text("profile"),
        text("pack_sha256"),
        opt_text("predecessor"),
        text("confidentiality"),
        integer("revision"),
        text("reopened_because"),
        flag("frozen"),
        text("created_at"),
        flag("withdrawn"),
    ],
    &["id"],
);
