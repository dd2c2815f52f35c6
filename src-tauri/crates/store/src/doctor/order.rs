//! The batches in their order: what sort each is, what it reverses and the schema it speaks in are not under a hash, but follow
//! from the rest.

use super::{Area, Severity, Troubles};
use crate::log::BatchKind;
use crate::schema::{BATCH_NAMES_SCHEMA, Version};
use crate::{Error, Result};
use domain::{Action, Id};
use rusqlite::Connection;
use std::collections::HashMap;

/// Follows the batches; `kinds` is what their changes make them.
pub(super) fn check(
    conn: &Connection,
    version: Version,
    kinds: &HashMap<i64, BatchKind>,
    troubles: &mut Troubles,
) -> Result<()> {
    let mut lists: HashMap<Id, UndoLists> = HashMap::new();
    let schema = if version.number < BATCH_NAMES_SCHEMA { "1" } else { "schema" };
    let sql = format!("SELECT ordinal, id, assessment, action, kind, reverses, {schema} FROM batch ORDER BY ordinal");
    let mut statement = conn.prepare(&sql)?;
    // A program never writes in an earlier schema than the one before it.
    let mut known = 1;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let ordinal: i64 = row.get(0)?;
        let id: String = row.get(1)?;
        let round: String = row.get(2)?;
        let round = round.parse().map_err(|_| Error::Damaged(format!("batch {ordinal}")))?;
        let action: String = row.get(3)?;
        let kind = BatchKind::named(&row.get::<_, String>(4)?)?;
        let is_what_it_did = match kind {
            BatchKind::Undo => action == Action::Undo.name(),
            BatchKind::Redo => action == Action::Redo.name(),
            plain => plain == kinds.get(&ordinal).copied().unwrap_or(BatchKind::Report),
        };
        let schema: u32 = row.get(6)?;
        let is_in_time = (known..=version.number).contains(&schema);
        known = schema;
        if !lists.entry(round).or_default().take(ordinal, kind, row.get(5)?) || !is_what_it_did || !is_in_time {
            let chinese = "操作的类别或其撤销关系与变更记录不符，曾在程序之外被改动；请从备份恢复";
            let english = "its kind, or what it takes back, is not what the change log says: changed outside this program; restore from a backup";
            troubles.add(Area::Log, Severity::Error, format!("batch {id}"), (chinese, english));
        }
    }
    Ok(())
}

/// What could be undone and redone in one round, as the batches so far left it.
#[derive(Default)]
struct UndoLists {
    undo: Vec<i64>,
    /// The edit, and the undo that took it away.
    redo: Vec<(i64, i64)>,
}

impl UndoLists {
    /// Whether this batch may come next.
    fn take(&mut self, ordinal: i64, kind: BatchKind, reverses: Option<i64>) -> bool {
        match kind {
            BatchKind::Report => reverses.is_none(),
            BatchKind::Edit => {
                self.redo.clear();
                self.undo.push(ordinal);
                reverses.is_none()
            }
            BatchKind::Fixed => {
                *self = Self::default();
                reverses.is_none()
            }
            BatchKind::Undo => self.undo.pop().is_some_and(|edit| {
                self.redo.push((edit, ordinal));
                reverses == Some(edit)
            }),
            BatchKind::Redo => self.redo.pop().is_some_and(|(edit, undo)| {
                self.undo.push(edit);
                reverses == Some(undo)
            }),
        }
    }
}
