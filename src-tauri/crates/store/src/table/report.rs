//! Table `report`.

use crate::row::{Before, Stored, Table, flag, integer, text};
use domain::{Entity, ReportRecord};

impl Stored for ReportRecord {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table::of(
    Entity::Report,
    &[
        text("id"),
        text("assessment"),
        integer("number"),
        text("root"),
        text("pdf_sha256"),
        text("file_name"),
        text("layout"),
        text("lang"),
        flag("draft"),
        text("exported_by"),
        text("exported_at"),
        flag("withdrawn"),
        text("options_sha256").since(4, Before::Blank),
        integer("format").since(4, Before::Is("1")),
    ],
    &["id"],
);
