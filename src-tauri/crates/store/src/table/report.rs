//! Table `report`.

use crate::row::{Stored, Table, flag, integer, text};
use domain::{Entity, ReportRecord};

impl Stored for ReportRecord {
    const TABLE: &'static Table = &TABLE;
}

static TABLE: Table = Table {
    entity: Entity::Report,
    columns: &[
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
    ],
    key: &["id"],
};
