//! The change log as it is asked for.

use crate::{Result, Workspace, log};
use domain::{Change, Id};
use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;

/// Which changes are wanted; what is `None` does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Of this round.
    pub assessment: Option<Id>,
    /// About this item: its answer, links to it, findings and tasks that are or were about it.
    pub item: Option<String>,
    /// By this person.
    pub actor: Option<String>,
    /// With a higher number than this.
    pub since: Option<u32>,
    /// At most so many, the newest.
    pub limit: Option<u32>,
}

/// `?` is the item code three times: as end of a key, and as JSON string twice.
const ABOUT_ITEM: &str = "((c.entity IN ('answer', 'link') AND substr(c.key, 38) = ?) \
     OR (c.entity IN ('finding', 'task') AND c.key IN \
        (SELECT key FROM change WHERE entity IN ('finding', 'task') AND field = 'item' AND (new = ? OR old = ?))))";

impl Workspace {
    /// Changes, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn history(&self, query: &HistoryQuery) -> Result<Vec<Change>> {
        let mut conditions = vec!["1"];
        let mut values = Vec::new();
        if let Some(assessment) = query.assessment {
            conditions.push("b.assessment = ?");
            values.push(Sql::Text(assessment.to_string()));
        }
        if let Some(item) = &query.item {
            let json = serde_json::Value::from(item.as_str()).to_string();
            conditions.push(ABOUT_ITEM);
            values.extend([Sql::Text(item.clone()), Sql::Text(json.clone()), Sql::Text(json)]);
        }
        if let Some(actor) = &query.actor {
            conditions.push("b.actor = ?");
            values.push(Sql::Text(actor.clone()));
        }
        if let Some(since) = query.since {
            conditions.push("c.seq > ?");
            values.push(Sql::Integer(since.into()));
        }
        values.push(Sql::Integer(query.limit.map_or(-1, i64::from)));
        let condition = format!("WHERE {} ORDER BY c.seq DESC LIMIT ?", conditions.join(" AND "));
        log::select(&self.conn, &condition, params_from_iter(values))
    }
}
