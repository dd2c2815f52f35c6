//! Every check there is, in one list of troubles.

mod log;

use crate::read::{Tables, snapshot_of};
use crate::{Error, Result, Workspace, connection, evidence, schema, table};
use domain::snapshot::sha256_hex;
use domain::{Assessment, Evidence, FileState, SignRole};
use rusqlite::Connection;
use serde::Serialize;
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

/// What is wrong with the criteria, the log, the rows or the signatures of a database, if anything is.
pub(crate) fn first_error(conn: &Connection) -> Option<String> {
    let mut troubles = Troubles(Vec::new());
    check_packs(conn, &mut troubles);
    log::check(conn, &mut troubles);
    troubles.0.into_iter().find(|t| t.severity == Severity::Error).map(|t| format!("{}：{}", t.subject, t.message))
}

impl Workspace {
    /// Checks database, change log, rows, signatures and evidence; `on` gets bytes of evidence done and to do.
    /// No troubles means that all of it is as it should be.
    ///
    /// # Errors
    /// [`Error::Cancelled`]; everything else that goes wrong is a trouble.
    pub fn doctor(&self, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Vec<Trouble>> {
        let mut troubles = self.doctor_rows();
        troubles.extend(self.doctor_files(on)?);
        Ok(troubles)
    }

    /// The first part of [`Workspace::doctor`]: database, change log, rows, signatures. Must not run while rows are written.
    #[must_use]
    pub fn doctor_rows(&self) -> Vec<Trouble> {
        let mut troubles = Troubles(Vec::new());
        self.check_structure(&mut troubles);
        check_packs(&self.conn, &mut troubles);
        log::check(&self.conn, &mut troubles);
        troubles.0
    }

    /// The second part of [`Workspace::doctor`], which takes as long as reading all evidence: the files.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn doctor_files(&self, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Vec<Trouble>> {
        let mut troubles = Troubles(Vec::new());
        self.check_evidence(&mut troubles, on)?;
        Ok(troubles.0)
    }

    /// Checks that every frozen round still is what its log says and what was approved. Takes milliseconds per round, so it can
    /// be asked after every opening.
    #[must_use]
    pub fn check_signed(&self) -> Vec<Trouble> {
        let mut troubles = Troubles(Vec::new());
        let frozen = table::select::<Assessment>(&self.conn, "WHERE frozen = 1", []);
        let checked = frozen.and_then(|rounds| {
            for round in rounds {
                log::check_round(&self.conn, round.id, &mut troubles)?;
                let approved = self.sign_offs(round.id)?.into_iter().rfind(|s| s.role == SignRole::Approved);
                if let Some(approved) = approved.filter(|s| s.revision == round.revision)
                    && snapshot_of(&Tables(&self.conn), round.id, None)?.root() != approved.root
                {
                    let what = format!(
                        "“{}”批准之后，内容或上一轮评估有变，校验值与批准时不同；请对照已打印的报告核实",
                        round.title
                    );
                    troubles.add(Area::SignOff, Severity::Warning, round.id.to_string(), what);
                }
            }
            Ok(())
        });
        if let Err(error) = checked {
            troubles.add(Area::SignOff, Severity::Error, "sign_off", error.to_string());
        }
        troubles.0
    }

    fn check_structure(&self, troubles: &mut Troubles) {
        let mut note = |subject: &str, outcome: Result<()>| {
            if let Err(error) = outcome {
                troubles.add(Area::Database, Severity::Error, subject, error.to_string());
            }
        };
        note("integrity_check", connection::integrity_check(&self.conn));
        note("schema", schema::check(&self.conn, schema::VERSION));
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

    fn check_evidence(&self, troubles: &mut Troubles, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<()> {
        // Listed before the rows are read: a file that is added meanwhile is no orphan.
        let names = evidence::names(&self.dir);
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
        let referred = match evidence::orphans::referred(&self.conn) {
            Ok(referred) => referred,
            Err(error) => {
                troubles.add(Area::Evidence, Severity::Error, "change", error.to_string());
                return Ok(());
            }
        };
        for name in names {
            if !referred.contains(&name) {
                let message = "没有记录引用此文件（导入中断的残留，或记录已恢复到更早的状态）；不影响使用";
                troubles.add(Area::Orphan, Severity::Note, name, message);
            }
        }
        Ok(())
    }
}

fn check_packs(conn: &Connection, troubles: &mut Troubles) {
    let packs = || -> Result<Vec<(String, String)>> {
        let mut statement = conn.prepare("SELECT sha256, text FROM pack")?;
        Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    };
    match packs() {
        Ok(packs) => {
            for (sha256, _) in packs.into_iter().filter(|(sha256, text)| sha256_hex(text.as_bytes()) != *sha256) {
                let what = "评审准则内容与校验值不符，曾在程序之外被改动；请从备份恢复";
                troubles.add(Area::Rows, Severity::Error, format!("pack {sha256}"), what);
            }
        }
        Err(error) => troubles.add(Area::Rows, Severity::Error, "pack", error.to_string()),
    }
}
