//! Text search by scanning: fast enough without an index, and right for Chinese words of two characters, which the full text
//! tokenizers of `SQLite` do not find.

use crate::{Result, Workspace};
use domain::{Entity, Id};
use rusqlite::params;
use serde::Serialize;

/// A place where the text stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Hit {
    /// The round.
    pub assessment: Id,
    /// Which table.
    pub entity: Entity,
    /// Which row.
    pub key: String,
    /// The item it is about; evidence may be about many and names none.
    pub item: Option<String>,
    /// In which field.
    pub field: String,
    /// The text around the first match.
    pub excerpt: String,
}

/// Where to look: entity, SQL for key and item, fields.
const PLACES: &[(Entity, &str, &str, &[&str])] = &[
    (Entity::Answer, "t.assessment || '/' || t.item", "t.item", &["note", "reason", "review_note"]),
    (Entity::Evidence, "t.id", "NULL", &["title", "file_name", "location", "text"]),
    (Entity::Finding, "t.id", "t.item", &["fact", "cause", "criterion"]),
    (Entity::Task, "t.id", "t.item", &["title", "detail", "result"]),
];

/// More hits help nobody; the user adds a word.
const MAX_HITS: usize = 2000;

/// Characters kept before and after the match.
const AROUND: usize = 24;

impl Workspace {
    /// Where a text stands, in one round or in all; ASCII letters match in either case, `%` and `_` mean themselves.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(&self, assessment: Option<Id>, text: &str) -> Result<Vec<Hit>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        // Where there is no letter that has two cases, `instr` finds the same and takes half the time of `LIKE`.
        let has_case = text.bytes().any(|b| b.is_ascii_alphabetic());
        let pattern = if has_case { like_pattern(text) } else { text.to_owned() };
        let condition = |field: &&str| {
            if has_case { format!("t.{field} LIKE ?1 ESCAPE '\\'") } else { format!("instr(t.{field}, ?1) > 0") }
        };
        let round = assessment.map(|id| id.to_string());
        let mut hits = Vec::new();
        for &(entity, key, item, fields) in PLACES {
            let table = entity.table();
            let alive = if entity == Entity::Answer { "" } else { "AND t.withdrawn = 0" };
            let columns = fields.join(", t.");
            let matches = fields.iter().map(condition).collect::<Vec<_>>().join(" OR ");
            let only = if round.is_some() { "t.assessment = ?2" } else { "?2 IS NULL" };
            let sql = format!(
                "SELECT t.assessment, {key}, {item}, t.{columns} FROM {table} t \
                 WHERE {only} AND ({matches}) {alive} \
                 AND (SELECT withdrawn FROM assessment WHERE id = t.assessment) = 0 LIMIT {MAX_HITS}"
            );
            let mut statement = self.conn.prepare_cached(&sql)?;
            let mut rows = statement.query(params![pattern, round])?;
            while let Some(row) = rows.next()? {
                let id: String = row.get(0)?;
                let assessment = id.parse().map_err(|_| crate::Error::Damaged(format!("{table}.assessment")))?;
                for (index, field) in fields.iter().enumerate() {
                    let value: String = row.get(index + 3)?;
                    if let Some(at) = find(&value, text) {
                        hits.push(Hit {
                            assessment,
                            entity,
                            key: row.get(1)?,
                            item: row.get(2)?,
                            field: (*field).to_owned(),
                            excerpt: excerpt(&value, at, text.len()),
                        });
                    }
                }
            }
        }
        hits.truncate(MAX_HITS);
        Ok(hits)
    }
}

fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Byte position of the first match, ASCII letters in either case: the same notion of equality as `LIKE`.
fn find(value: &str, text: &str) -> Option<usize> {
    let (value, text) = (value.as_bytes(), text.as_bytes());
    value.windows(text.len()).position(|w| w.eq_ignore_ascii_case(text))
}

fn excerpt(value: &str, at: usize, length: usize) -> String {
    let from = value[..at].char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
    let to = value[at + length..].char_indices().nth(AROUND).map_or(value.len(), |(i, _)| at + length + i);
    let mut cut = String::new();
    if from > 0 {
        cut.push('…');
    }
    cut.extend(value[from..to].chars().map(|c| if c.is_control() { ' ' } else { c }));
    if to < value.len() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::{excerpt, find, like_pattern};

    #[test]
    fn wildcards_mean_themselves() {
        assert_eq!(like_pattern("100%_\\"), "%100\\%\\_\\\\%");
    }

    #[test]
    fn the_excerpt_is_cut_at_characters_not_bytes() {
        let value = "现".repeat(40) + "门禁" + &"场".repeat(40);
        let at = find(&value, "门禁");
        let cut = at.map(|at| excerpt(&value, at, "门禁".len()));
        assert_eq!(cut, Some(format!("…{}门禁{}…", "现".repeat(24), "场".repeat(24))));
    }
}
