//! Every check there is, in one list of troubles.

use crate::log::{self, GENESIS};
use crate::read::{Rounds as _, snapshot_of};
use crate::replay::Replay;
use crate::row::Row;
use crate::{Error, Result, Workspace, connection, evidence, schema, table};
use domain::{Change, Entity, Evidence, FileState, Id, SignOff};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Trouble {
    /// What was checked.
    pub area: Area,
    /// What exactly is affected: a row, a file, a number in the log.
    pub subject: String,
    /// What is wrong and what to do, one line.
    pub message: String,
    /// How serious it is.
    pub severity: Severity,
}

/// What was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Structure of the database file.
    Database,
    /// The chain of the change log.
    Log,
    /// Rows against what the log says.
    Rows,
    /// Signatures against the state they were given for.
    SignOff,
    /// Evidence files against their rows.
    Evidence,
    /// Files nobody refers to.
    Orphan,
}

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something cannot be relied on; work can go on.
    Warning,
    /// Data is damaged or was tampered with; restore before going on.
    Error,
}

struct Troubles(Vec<Trouble>);

impl Troubles {
    fn add(&mut self, area: Area, severity: Severity, subject: impl Into<String>, message: impl Into<String>) {
        self.0.push(Trouble { area, subject: subject.into(), message: message.into(), severity });
    }
}

impl Workspace {
    /// Checks database, change log, rows, signatures and evidence; `on` gets bytes of evidence done and to do.
    /// No troubles means that all of it is as it should be.
    ///
    /// # Errors
    /// [`Error::Cancelled`]; everything else that goes wrong is a trouble.
    pub fn doctor(&self, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Vec<Trouble>> {
        let mut troubles = Troubles(Vec::new());
        self.check_structure(&mut troubles);
        self.check_log(&mut troubles);
        self.check_evidence(&mut troubles, on)?;
        Ok(troubles.0)
    }

    fn check_structure(&self, troubles: &mut Troubles) {
        let mut note = |subject: &str, outcome: Result<()>| {
            if let Err(error) = outcome {
                troubles.add(Area::Database, Severity::Error, subject, error.to_string());
            }
        };
        note("integrity_check", connection::integrity_check(&self.conn));
        note("schema", schema::check(&self.conn));
        let dangling = self.conn.prepare("PRAGMA foreign_key_check").and_then(|mut s| s.exists([]));
        note(
            "foreign_key_check",
            match dangling {
                Ok(false) => Ok(()),
                Ok(true) => Err(Error::Damaged("有记录引用了不存在的记录".to_owned())),
                Err(error) => Err(error.into()),
            },
        );
    }

    /// One pass over the log: chain, values, signatures; then the rows against its outcome.
    fn check_log(&self, troubles: &mut Troubles) {
        let mut replay = Replay::new(&self.conn);
        let (mut seq, mut head) = (0_u32, GENESIS.to_owned());
        let mut batch: Vec<Change> = Vec::new();
        let outcome = log::each(&self.conn, "ORDER BY c.seq", [], |change| {
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
                finish_batch(&mut replay, &mut batch, troubles);
            }
            batch.push(change);
            Ok(())
        });
        finish_batch(&mut replay, &mut batch, troubles);
        let outcome = outcome.and_then(|()| {
            let lost = "SELECT count(*) FROM change WHERE batch NOT IN (SELECT ordinal FROM batch)";
            let empty = "SELECT count(*) FROM batch WHERE kind NOT IN ('undo', 'redo') \
                         AND ordinal NOT IN (SELECT batch FROM change)";
            let count = |sql: &str| -> Result<u32> { Ok(self.conn.query_row(sql, [], |row| row.get(0))?) };
            if count(lost)? + count(empty)? > 0 {
                let what = "变更记录与操作列表不相符，有记录被删去；请从备份恢复";
                troubles.add(Area::Log, Severity::Error, "batch", what);
            }
            self.compare_rows(&replay, troubles)
        });
        if let Err(error) = outcome {
            troubles.add(Area::Log, Severity::Error, format!("{seq}"), error.to_string());
        }
    }

    fn compare_rows(&self, replay: &Replay<'_>, troubles: &mut Troubles) -> Result<()> {
        for table in table::ALL {
            let mut logged: BTreeMap<&str, &Row> = replay.of(table.entity).collect();
            for row in table::rows(&self.conn, table, "", [])? {
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
                        let what = format!(
                            "字段 {} 与变更记录不符，曾在程序之外被改动；请核实或从备份恢复",
                            fields.join("、")
                        );
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

    fn check_evidence(&self, troubles: &mut Troubles, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<()> {
        let rows: Vec<Evidence> = match table::select(&self.conn, "", []) {
            Ok(rows) => rows,
            Err(error) => {
                troubles.add(Area::Evidence, Severity::Error, "evidence", error.to_string());
                return Ok(());
            }
        };
        let states = self.verify_files(&rows, on)?;
        for row in &rows {
            let what = match states.get(&row.id) {
                None | Some(FileState::Present) => continue,
                Some(FileState::Missing) => "文件缺失",
                Some(FileState::Changed) => "文件内容已变（或被文件夹、链接替换）",
                Some(FileState::Unreadable) => "文件无法读取",
            };
            // The content of withdrawn evidence stays on disk, but nothing that is printed rests on it.
            let severity = if row.withdrawn { Severity::Note } else { Severity::Warning };
            let message = format!("{} {}：{what}；请从备份或原始位置找回后重新添加", row.label(), row.title);
            troubles.add(Area::Evidence, severity, row.label(), message);
        }
        let known: BTreeSet<_> = rows.iter().map(|e| e.sha256.as_str()).collect();
        for name in evidence::names(&self.dir) {
            if !known.contains(name.as_str()) {
                let message = "没有记录引用此文件（导入中断的残留，或记录已恢复到更早的状态）；不影响使用";
                troubles.add(Area::Orphan, Severity::Note, name, message);
            }
        }
        Ok(())
    }
}

fn missing_change(from: u32, to: u32) -> String {
    format!("变更记录第 {from} 至 {} 条缺失，曾被删去；请从备份恢复", to.saturating_sub(1))
}

/// Applies the changes of one batch and judges the signatures in it: each must be over the round as it stood just before, or, when
/// the batch did more than sign, just after.
fn finish_batch(replay: &mut Replay<'_>, batch: &mut Vec<Change>, troubles: &mut Troubles) {
    let signs = batch.iter().any(|c| c.entity == Entity::SignOff && c.field == "root" && c.old.is_null());
    let round = batch.first().map(|c| c.assessment);
    let before = round.filter(|_| signs).map(|id| root(replay, id));
    for change in batch.iter() {
        if let Err(what) = replay.apply(change) {
            let message =
                format!("变更记录第 {} 条（{} {}）{what}；请从备份恢复", change.seq, change.entity.table(), change.key);
            troubles.add(Area::Log, Severity::Error, change.seq.to_string(), message);
        }
    }
    if let (Some(before), Some(id)) = (before, round) {
        let good = [before, root(replay, id)];
        for change in batch.iter().filter(|c| c.entity == Entity::SignOff && c.field == "root") {
            if !good.iter().flatten().any(|root| change.new == *root.as_str()) {
                let name = signer(replay, id, &change.key);
                let message = format!("{name}签署的校验值与签署当时的内容不符；签署无效，请核实后重新签署");
                troubles.add(Area::SignOff, Severity::Error, change.key.clone(), message);
            }
        }
    }
    batch.clear();
}

/// The root of a round as far as the log has been replayed; none when the log is too broken to tell.
fn root(replay: &Replay<'_>, id: Id) -> Option<String> {
    Some(snapshot_of(replay, id, None).ok()?.root())
}

fn signer(replay: &Replay<'_>, round: Id, key: &str) -> String {
    let signed: Vec<SignOff> = replay.rows(round).unwrap_or_default();
    signed.into_iter().find(|s| s.id.to_string() == key).map_or_else(String::new, |s| s.name)
}
