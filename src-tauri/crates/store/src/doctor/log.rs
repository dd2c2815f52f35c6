//! The change log against itself, against the rows, and against the signatures in it.

use super::{Area, Severity, Troubles, order};
use crate::chain::{Chain, Entry, walk};
use crate::log::BatchKind;
use crate::read::{Rounds as _, snapshot_of};
use crate::replay::Replay;
use crate::row::Table;
use crate::schema::Version;
use crate::{Error, Result, commit, table};
use domain::{Entity, Id, Instant, SignOff, Words};
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// Changes that are read at a time. In between, others may write: a save waits for milliseconds.
const SLICE: u32 = 4096;

/// One pass over the log: chain, values, signatures; then the rows against its outcome. Answers with every evidence content that
/// some state in the log refers to; `None` when it could not be read to its end, or `stop` was set.
pub(super) fn check(
    conn: &Connection,
    version: Version,
    stop: &AtomicBool,
    troubles: &mut Troubles,
) -> Option<HashSet<String>> {
    let mut pass = Pass::new(conn, version, troubles);
    match pass.run(stop) {
        Ok(true) => Some(pass.referred),
        Ok(false) => None,
        Err(error) => {
            let seq = pass.seq;
            troubles.failed(Area::Log, format!("{seq}"), &error);
            None
        }
    }
}

/// Replays what happened in one round and compares its rows with the outcome: far less than [`check`], and enough to know that a
/// signed round is what was signed.
pub(super) fn check_round(conn: &Connection, version: Version, round: Id, troubles: &mut Troubles) -> Result<()> {
    let mut replay = Replay::new(conn, version);
    let of_round = "JOIN batch b ON b.ordinal = c.batch WHERE b.assessment = ?1 ORDER BY c.seq";
    walk(conn, version, of_round, [round.to_string()], |change| {
        replay.apply(change).map_err(|what| Error::Damaged(format!("变更记录第 {} 条{}", change.seq, what.chinese)))
    })?;
    compare_rows(conn, version, &replay, Some(round), troubles)
}

struct Pass<'a> {
    conn: &'a Connection,
    version: Version,
    troubles: &'a mut Troubles,
    replay: Replay<'a>,
    chain: Chain,
    seq: u32,
    /// The last batch whose changes were read.
    ordinal: i64,
    /// What the changes of each batch make it.
    kinds: HashMap<i64, BatchKind>,
    /// Batches that name the root of a round, and in which format of the snapshot.
    naming: BTreeMap<i64, u32>,
    /// The batch being read, if it is one of these.
    named: Option<Named>,
    referred: HashSet<String>,
}

/// Roots that a batch names: those of signatures and of exported reports.
struct Named {
    round: Id,
    /// The format in which the roots are taken.
    format: u32,
    /// Root of the round before the batch; none when the log is too broken to tell.
    before: Option<String>,
    first_seq: u32,
    roots: Vec<(Entity, String, Option<String>)>,
    /// When each report was begun.
    begun: BTreeMap<String, Instant>,
}

impl<'a> Pass<'a> {
    fn new(conn: &'a Connection, version: Version, troubles: &'a mut Troubles) -> Self {
        Self {
            conn,
            version,
            troubles,
            replay: Replay::new(conn, version),
            chain: Chain::new(),
            seq: 0,
            ordinal: 0,
            kinds: HashMap::new(),
            naming: BTreeMap::new(),
            named: None,
            referred: HashSet::new(),
        }
    }

    /// Whether it came to its end.
    fn run(&mut self, stop: &AtomicBool) -> Result<bool> {
        while self.slice(SLICE)? == SLICE {
            if stop.load(Ordering::Relaxed) {
                return Ok(false);
            }
        }
        // What was written meanwhile, and the rows as they are after it.
        let still = self.conn.unchecked_transaction()?;
        self.slice(u32::MAX)?;
        self.finish_batch();
        let lost = "SELECT count(*) FROM change WHERE batch NOT IN (SELECT ordinal FROM batch)";
        let empty = "SELECT count(*) FROM batch WHERE kind NOT IN ('undo', 'redo') \
                     AND ordinal NOT IN (SELECT batch FROM change)";
        let count = |sql: &str| -> Result<u32> { Ok(self.conn.query_row(sql, [], |row| row.get(0))?) };
        if count(lost)? + count(empty)? > 0 {
            self.unlike_the_batches();
        }
        order::check(self.conn, self.version, &self.kinds, self.troubles)?;
        compare_rows(self.conn, self.version, &self.replay, None, self.troubles)?;
        drop(still);
        Ok(true)
    }

    fn unlike_the_batches(&mut self) {
        let chinese = "变更记录与操作列表不相符，有记录被删去；请从备份恢复";
        let english =
            "the change log and the list of steps do not go together, something was deleted; restore from a backup";
        self.troubles.add(Area::Log, Severity::Error, "batch", (chinese, english));
    }

    /// Reads on; answers with how many changes there were, not counting those of no batch.
    fn slice(&mut self, limit: u32) -> Result<u32> {
        let conn = self.conn;
        // Rows from before there was a second format say nothing of it: theirs is the first.
        let naming = "SELECT batch, coalesce(max(iif(field = 'format', CAST(new AS INTEGER), NULL)), 1) FROM change \
                      WHERE entity IN ('sign_off', 'report') AND field IN ('root', 'format') AND seq > ?1 GROUP BY batch";
        let mut naming = conn.prepare_cached(naming)?;
        for named in naming.query_map([self.seq], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (batch, format) = named?;
            // A slice may have ended within it.
            self.naming.entry(batch).or_insert(format);
        }
        let mut read = 0;
        walk(conn, self.version, "WHERE c.seq > ?1 ORDER BY c.seq LIMIT ?2", [self.seq, limit], |change| {
            read += 1;
            self.take(change)
        })?;
        Ok(read)
    }

    fn take(&mut self, change: &Entry<'_>) -> Result<()> {
        self.seq += 1;
        if change.seq != self.seq {
            let (from, to) = (self.seq, change.seq.saturating_sub(1));
            let chinese = format!("变更记录第 {from} 至 {to} 条缺失，曾被删去；请从备份恢复");
            let english = format!("entries {from} to {to} of the change log were deleted; restore from a backup");
            self.troubles.add(Area::Log, Severity::Error, format!("{from}"), (chinese, english));
            self.seq = change.seq;
        }
        if !self.chain.follows(change)? {
            let seq = self.seq;
            let chinese = format!("变更记录第 {seq} 条与校验值不符，记录曾被改动；请从备份恢复或对照已打印的报告核实");
            let english = format!(
                "entry {seq} of the change log is not what its hash says, it was changed; restore from a backup or compare with the printed report"
            );
            self.troubles.add(Area::Log, Severity::Error, format!("{seq}"), (chinese, english));
        }
        let ordinal = change.batch.ordinal;
        if ordinal != self.ordinal {
            self.finish_batch();
            if ordinal < self.ordinal {
                self.unlike_the_batches();
            }
            self.ordinal = ordinal;
            self.named = self.naming.get(&ordinal).map(|&format| Named {
                round: change.batch.assessment,
                format,
                before: root(&self.replay, change.batch.assessment, format),
                first_seq: change.seq,
                roots: Vec::new(),
                begun: BTreeMap::new(),
            });
        }
        let kind = commit::kind_of(change.table.entity, change.field);
        self.kinds.entry(ordinal).and_modify(|known| *known = known.with(kind)).or_insert(kind);
        if change.table.entity == Entity::Evidence && change.field == "sha256" {
            self.referred
                .extend([change.old, change.new].into_iter().filter_map(|json| serde_json::from_str(json).ok()));
        }
        if let Some(named) = &mut self.named {
            named.note(change);
        }
        if let Err(what) = self.replay.apply(change) {
            let Entry { seq, table, key, .. } = change;
            let (table, Words { chinese, english }) = (table.name, what);
            let chinese = format!("变更记录第 {seq} 条（{table} {key}）{chinese}；请从备份恢复");
            let english = format!("entry {seq} of the change log ({table} {key}): {english}; restore from a backup");
            self.troubles.add(Area::Log, Severity::Error, seq.to_string(), (chinese, english));
        }
        Ok(())
    }

    /// Judges the roots that a batch names: each must be that of the round as it stood just before, or, when the batch did more than
    /// that, just after. A report may be noted later than it was begun: work goes on while it is made.
    fn finish_batch(&mut self) {
        let Some(named) = self.named.take() else { return };
        let mut after = None;
        for (entity, key, wanted) in &named.roots {
            let is_root = |root: &Option<String>| root.is_some() && root == wanted;
            if is_root(&named.before)
                || is_root(after.get_or_insert_with(|| root(&self.replay, named.round, named.format)))
            {
                continue;
            }
            if *entity == Entity::Report && self.stood_since_it_was_begun(&named, key, wanted).unwrap_or(false) {
                continue;
            }
            let (severity, words) = if *entity == Entity::SignOff {
                let name = signer(&self.replay, named.round, key);
                let chinese = format!("{name}签署的校验值与签署当时的内容不符；签署无效，请核实后重新签署");
                let english = format!(
                    "the root that {name} signed is not that of the content then; the signature is void, look into it and sign again"
                );
                (Severity::Error, Words { chinese, english })
            } else {
                let chinese = "导出报告时登记的校验值与当时的内容不符；请重新导出报告";
                let english = "the root noted with the report is not that of the content then; export the report again";
                (Severity::Warning, (chinese, english).into())
            };
            self.troubles.add(Area::SignOff, severity, key.clone(), words);
        }
    }

    /// Whether the round had the root that a report names at some time between its beginning and the batch that notes it.
    fn stood_since_it_was_begun(&self, named: &Named, key: &str, wanted: &Option<String>) -> Result<bool> {
        let Some(begun) = named.begun.get(key) else { return Ok(false) };
        let mut replay = Replay::new(self.conn, self.version);
        let (mut last, mut stood) = (None, false);
        walk(self.conn, self.version, "WHERE c.seq < ?1 ORDER BY c.seq", [named.first_seq], |change| {
            let is_next = last != Some(change.batch.ordinal);
            if !stood && is_next && change.batch.at >= *begun {
                stood = root(&replay, named.round, named.format).is_some_and(|root| Some(root) == *wanted);
            }
            last = Some(change.batch.ordinal);
            // What does not fit is told by the pass that looks at everything.
            let _ = replay.apply(change);
            Ok(())
        })?;
        Ok(stood)
    }
}

impl Named {
    fn note(&mut self, change: &Entry<'_>) {
        let Entry { table: &Table { entity, .. }, key, field, new, .. } = *change;
        if matches!(entity, Entity::SignOff | Entity::Report) && field == "root" {
            self.roots.push((entity, key.to_owned(), serde_json::from_str(new).ok()));
        }
        if entity == Entity::Report
            && field == "exported_at"
            && let Ok(at) = serde_json::from_str(new)
        {
            self.begun.insert(key.to_owned(), at);
        }
    }
}

/// Rows of one round, or of all, against the outcome of the log.
fn compare_rows(
    conn: &Connection,
    version: Version,
    replay: &Replay<'_>,
    round: Option<Id>,
    troubles: &mut Troubles,
) -> Result<()> {
    let round = round.map(|id| id.to_string());
    for table in version.tables() {
        let columns = version.columns(table);
        // What is left in here at the end is in the log and not in the table.
        let mut logged: HashMap<&str, _> = replay.of(table).collect();
        let of_round = if table.entity == Entity::Assessment { "id" } else { "assessment" };
        let mut scratch = Vec::new();
        table::visit(conn, version, table, &format!("WHERE ?1 IS NULL OR {of_round} = ?1"), [&round], |row| {
            let key = table.key_in(row)?;
            let Some(cells) = logged.remove(key.as_str()) else {
                let chinese = "记录不是由本程序写入的（变更记录里没有它）；请核实或从备份恢复";
                let english = "not written by this program, the change log does not have it; look into it or restore from a backup";
                troubles.add(Area::Rows, Severity::Error, format!("{} {key}", table.name), (chinese, english));
                return Ok(());
            };
            // Compared as the texts they are: a doctor looks at hundreds of thousands of values, and hardly any differs.
            let mut differing = Vec::new();
            for (index, column) in columns.iter().enumerate() {
                let is_same = column.kind.is(row.get_ref(index)?, cells.json(columns, index), &mut scratch);
                match is_same {
                    Some(true) => {}
                    Some(false) => differing.push(column.name),
                    None => return Err(Error::Damaged(format!("{}.{}", table.name, column.name))),
                }
            }
            if !differing.is_empty() {
                let chinese =
                    format!("字段 {} 与变更记录不符，曾在程序之外被改动；请核实或从备份恢复", differing.join("、"));
                let english = format!(
                    "not what the change log says, changed outside this program: {}; look into it or restore from a backup",
                    differing.join(", ")
                );
                troubles.add(Area::Rows, Severity::Error, format!("{} {key}", table.name), (chinese, english));
            }
            Ok(())
        })?;
        tell_missing(table, logged.into_keys().collect(), troubles);
    }
    Ok(())
}

fn tell_missing(table: &Table, mut keys: Vec<&str>, troubles: &mut Troubles) {
    keys.sort_unstable();
    for key in keys {
        let chinese = "变更记录里有，表中没有：记录被删去；请从备份恢复";
        let english = "deleted: the change log has it, the table has not; restore from a backup";
        troubles.add(Area::Rows, Severity::Error, format!("{} {key}", table.name), (chinese, english));
    }
}

/// The root of a round in a format as far as the log has been replayed; none when the log is too broken to tell.
fn root(replay: &Replay<'_>, id: Id, format: u32) -> Option<String> {
    Some(snapshot_of(replay, id, None, format).ok()?.root())
}

fn signer(replay: &Replay<'_>, round: Id, key: &str) -> String {
    let signed: Vec<SignOff> = replay.rows(round).unwrap_or_default();
    signed.into_iter().find(|s| s.id.to_string() == key).map_or_else(String::new, |s| s.name)
}
