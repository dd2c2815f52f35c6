//! The change log against itself, against the rows, and against the signatures in it.

use super::{Area, Severity, Troubles};
use crate::log::{self, BatchKind, GENESIS};
use crate::read::{Rounds as _, snapshot_of};
use crate::replay::Replay;
use crate::row::Row;
use crate::{Error, Result, commit, table};
use domain::{Change, Entity, Id, Instant, SignOff};
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};

/// One pass over the log: chain, values, signatures; then the rows against its outcome.
pub(super) fn check(conn: &Connection, troubles: &mut Troubles) {
    let mut replay = Replay::new(conn);
    let (mut seq, mut head) = (0_u32, GENESIS.to_owned());
    let mut batch: Vec<Change> = Vec::new();
    let outcome = log::each(conn, "ORDER BY c.seq", [], |change| {
        seq += 1;
        if change.seq != seq {
            troubles.add(Area::Log, Severity::Error, format!("{seq}"), missing_change(seq, change.seq));
            seq = change.seq;
        }
        if log::link(&head, &change)? != change.hash {
            let what = format!("变更记录第 {seq} 条与校验值不符，记录曾被改动；请从备份恢复或对照已打印的报告核实");
            troubles.add(Area::Log, Severity::Error, format!("{seq}"), what);
        }
        head.clone_from(&change.hash);
        if batch.first().is_some_and(|first| first.batch != change.batch) {
            finish_batch(conn, &mut replay, &mut batch, troubles);
        }
        batch.push(change);
        Ok(())
    });
    finish_batch(conn, &mut replay, &mut batch, troubles);
    let outcome = outcome.and_then(|()| {
        let lost = "SELECT count(*) FROM change WHERE batch NOT IN (SELECT ordinal FROM batch)";
        let empty = "SELECT count(*) FROM batch WHERE kind NOT IN ('undo', 'redo') \
                     AND ordinal NOT IN (SELECT batch FROM change)";
        let count = |sql: &str| -> Result<u32> { Ok(conn.query_row(sql, [], |row| row.get(0))?) };
        if count(lost)? + count(empty)? > 0 {
            let what = "变更记录与操作列表不相符，有记录被删去；请从备份恢复";
            troubles.add(Area::Log, Severity::Error, "batch", what);
        }
        check_order(conn, troubles)?;
        compare_rows(conn, &replay, None, troubles)
    });
    if let Err(error) = outcome {
        troubles.add(Area::Log, Severity::Error, format!("{seq}"), error.to_string());
    }
}

/// Replays what happened in one round and compares its rows with the outcome: far less than [`check`], and enough to know that a
/// signed round is what was signed.
pub(super) fn check_round(conn: &Connection, round: Id, troubles: &mut Troubles) -> Result<()> {
    let mut replay = Replay::new(conn);
    for change in log::select(conn, "WHERE b.assessment = ?1 ORDER BY c.seq", [round.to_string()])? {
        if let Err(what) = replay.apply(&change) {
            return Err(Error::Damaged(format!("变更记录第 {} 条{what}", change.seq)));
        }
    }
    compare_rows(conn, &replay, Some(round), troubles)
}

/// Rows of one round, or of all, against the outcome of the log.
fn compare_rows(conn: &Connection, replay: &Replay<'_>, round: Option<Id>, troubles: &mut Troubles) -> Result<()> {
    let round = round.map(|id| id.to_string());
    for table in table::ALL {
        let mut logged: BTreeMap<&str, &Row> = replay.of(table.entity).collect();
        let of_round = if table.entity == Entity::Assessment { "id" } else { "assessment" };
        for row in table::rows(conn, table, &format!("WHERE ?1 IS NULL OR {of_round} = ?1"), [&round])? {
            let key = table.key_of(&row);
            let subject = format!("{} {key}", table.name());
            match logged.remove(key.as_str()) {
                None => {
                    troubles.add(
                        Area::Rows,
                        Severity::Error,
                        subject,
                        "记录不是由本程序写入的（变更记录里没有它）；请核实或从备份恢复",
                    );
                }
                Some(wanted) if *wanted != row => {
                    let fields: Vec<_> =
                        table.columns.iter().map(|c| c.name).filter(|f| wanted.get(*f) != row.get(*f)).collect();
                    let what =
                        format!("字段 {} 与变更记录不符，曾在程序之外被改动；请核实或从备份恢复", fields.join("、"));
                    troubles.add(Area::Rows, Severity::Error, subject, what);
                }
                Some(_) => {}
            }
        }
        for key in logged.into_keys() {
            let subject = format!("{} {key}", table.name());
            troubles.add(Area::Rows, Severity::Error, subject, "变更记录里有，表中没有：记录被删去；请从备份恢复");
        }
    }
    Ok(())
}

fn missing_change(from: u32, to: u32) -> String {
    format!("变更记录第 {from} 至 {} 条缺失，曾被删去；请从备份恢复", to.saturating_sub(1))
}

/// Applies the changes of one batch and judges the roots in it, of signatures and of exported reports: each must be that of the
/// round as it stood just before, or, when the batch did more than that, just after. A report may be noted later than it was
/// begun: work goes on while it is made.
fn finish_batch(conn: &Connection, replay: &mut Replay<'_>, batch: &mut Vec<Change>, troubles: &mut Troubles) {
    let names_root = |c: &&Change| matches!(c.entity, Entity::SignOff | Entity::Report) && c.field == "root";
    let round = batch.iter().find(names_root).map(|c| c.assessment);
    let before = round.map(|id| root(replay, id));
    for change in batch.iter() {
        if let Err(what) = replay.apply(change) {
            let message =
                format!("变更记录第 {} 条（{} {}）{what}；请从备份恢复", change.seq, change.entity.table(), change.key);
            troubles.add(Area::Log, Severity::Error, change.seq.to_string(), message);
        }
    }
    if let (Some(before), Some(id)) = (before, round) {
        let good = [before, root(replay, id)];
        for change in batch.iter().filter(names_root) {
            if good.iter().flatten().any(|root| change.new == *root.as_str()) {
                continue;
            }
            if change.entity == Entity::Report && stood_since_it_was_begun(conn, batch, change).unwrap_or(false) {
                continue;
            }
            let (severity, message) = if change.entity == Entity::SignOff {
                let name = signer(replay, id, &change.key);
                let what = format!("{name}签署的校验值与签署当时的内容不符；签署无效，请核实后重新签署");
                (Severity::Error, what)
            } else {
                let what = "导出报告时登记的校验值与当时的内容不符；请重新导出报告";
                (Severity::Warning, what.to_owned())
            };
            troubles.add(Area::SignOff, severity, change.key.clone(), message);
        }
    }
    batch.clear();
}

/// Whether the round had the root that a report names at some time between its beginning and the batch that notes it.
fn stood_since_it_was_begun(conn: &Connection, batch: &[Change], named: &Change) -> Result<bool> {
    let begun = batch.iter().find(|c| c.entity == Entity::Report && c.key == named.key && c.field == "exported_at");
    let begun: Option<Instant> = begun.and_then(|c| serde_json::from_value(c.new.clone()).ok());
    let (Some(begun), Some(noted)) = (begun, batch.first()) else { return Ok(false) };
    let mut replay = Replay::new(conn);
    let mut last = None;
    let mut stood = false;
    log::each(conn, "WHERE c.seq < ?1 ORDER BY c.seq", [noted.seq], |change| {
        let is_next = last != Some(change.batch);
        if !stood && is_next && change.at >= begun {
            stood = root(&replay, named.assessment).is_some_and(|root| named.new == *root.as_str());
        }
        last = Some(change.batch);
        // What does not fit is told by the pass that looks at everything.
        let _ = replay.apply(&change);
        Ok(())
    })?;
    Ok(stood)
}

/// The root of a round as far as the log has been replayed; none when the log is too broken to tell.
fn root(replay: &Replay<'_>, id: Id) -> Option<String> {
    Some(snapshot_of(replay, id, None).ok()?.root())
}

fn signer(replay: &Replay<'_>, round: Id, key: &str) -> String {
    let signed: Vec<SignOff> = replay.rows(round).unwrap_or_default();
    signed.into_iter().find(|s| s.id.to_string() == key).map_or_else(String::new, |s| s.name)
}

/// What sort each batch is and what it reverses are not under the hash: they follow from the rest. Follow it.
fn check_order(conn: &Connection, troubles: &mut Troubles) -> Result<()> {
    let mut lists: HashMap<Id, UndoLists> = HashMap::new();
    let mut statement =
        conn.prepare("SELECT ordinal, id, assessment, action, kind, reverses FROM batch ORDER BY ordinal")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let ordinal: i64 = row.get(0)?;
        let id: String = row.get(1)?;
        let round: String = row.get(2)?;
        let round = round.parse().map_err(|_| Error::Damaged(format!("batch {ordinal}")))?;
        let action: String = row.get(3)?;
        let kind = BatchKind::named(&row.get::<_, String>(4)?)?;
        let is_what_it_did = match kind {
            BatchKind::Undo => action == "undo",
            BatchKind::Redo => action == "redo",
            plain => plain == commit::kind_of(&fields_of(conn, ordinal)?.iter().map(|(e, f)| (*e, f.as_str()))),
        };
        if !lists.entry(round).or_default().take(ordinal, kind, row.get(5)?) || !is_what_it_did {
            let what = "操作的类别或其撤销关系与变更记录不符，曾在程序之外被改动；请从备份恢复";
            troubles.add(Area::Log, Severity::Error, format!("batch {id}"), what);
        }
    }
    Ok(())
}

fn fields_of(conn: &Connection, ordinal: i64) -> Result<Vec<(Entity, String)>> {
    let changes = log::select(conn, "WHERE c.batch = ?1", [ordinal])?;
    Ok(changes.into_iter().map(|c| (c.entity, c.field)).collect())
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
