//! The rows a commit touched, as they are now.

use crate::{Edit, Receipt, Result, Workspace, table};
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
            rows.push(Edit::of(entity, row)?);
        }
        Ok(rows)
    }
}
