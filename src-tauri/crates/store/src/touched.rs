//! The rows a commit touched, as they are now.

use crate::row::from_row;
use crate::{Edit, Receipt, Result, Workspace, table};
use domain::Entity;
use std::collections::BTreeSet;

impl Workspace {
    /// The rows a commit, undo or redo touched, as they are now, tombstones included; each once.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_of(&self, receipt: &Receipt) -> Result<Vec<Edit>> {
        let touched: BTreeSet<_> = receipt.changes.iter().map(|c| (c.entity, c.key.as_str())).collect();
        let mut rows = Vec::with_capacity(touched.len());
        for (entity, key) in touched {
            let Some(row) = table::by_key(&self.conn, table::of(entity), key)? else { continue };
            rows.push(match entity {
                Entity::Assessment => Edit::Assessment(from_row(row)?),
                Entity::Answer => Edit::Answer(from_row(row)?),
                Entity::Evidence => Edit::Evidence(from_row(row)?),
                Entity::Link => Edit::Link(from_row(row)?),
                Entity::Finding => Edit::Finding(from_row(row)?),
                Entity::Task => Edit::Task(from_row(row)?),
                Entity::SignOff => Edit::SignOff(from_row(row)?),
                Entity::Report => Edit::Report(from_row(row)?),
            });
        }
        Ok(rows)
    }
}
