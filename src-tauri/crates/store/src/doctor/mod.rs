//! Every check there is, in one list of troubles.

mod log;
mod order;

use crate::read::{Tables, snapshot_of};
use crate::schema::{CURRENT, Version};
use crate::workspace::DATABASE;
use crate::{Error, Result, Workspace, connection, evidence, table};
use domain::snapshot::sha256_hex;
use domain::{Assessment, Evidence, FileState, SignRole, Words};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ScopedJoinHandle;

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
    /// The same in English.
    pub message_en: String,
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
    fn add(&mut self, area: Area, severity: Severity, subject: impl Into<String>, words: impl Into<Words>) {
        let Words { chinese, english } = words.into();
        self.0.push(Trouble { area, subject: subject.into(), message: chinese, message_en: english, severity });
    }

    /// What could not be checked.
    fn failed(&mut self, area: Area, subject: impl Into<String>, error: &Error) {
        let english = match error {
            // What SQLite finds is in English.
            Error::Damaged(what) if what.is_ascii() => format!("damaged: {what}; restore from a backup"),
            Error::Damaged(_) => "damaged; restore from a backup".to_owned(),
            _ => {
                format!("could not be checked [{}]; try again, and restore from a backup if it stays so", error.code())
            }
        };
        self.add(area, Severity::Error, subject, (error.to_string(), english));
    }
}

/// What is wrong with the criteria, the log, the rows or the signatures of a database of some version, if anything is.
pub(crate) fn first_error(conn: &Connection, version: Version) -> Option<String> {
    let mut troubles = Troubles(Vec::new());
    check_packs(conn, &mut troubles);
    log::check(conn, version, &AtomicBool::new(false), &mut troubles);
    troubles.0.into_iter().find(|t| t.severity == Severity::Error).map(|t| format!("{}：{}", t.subject, t.message))
}

impl Workspace {
    /// Checks database, change log, rows, signatures and evidence; `on` gets bytes of evidence done and to do.
    /// No troubles means that all of it is as it should be.
    ///
    /// Reading the evidence takes longest, so the structure of the database and the log are looked at meanwhile, each through a
    /// connection of its own. Others may go on writing: a save waits at most as long as `SQLite` looks at the structure.
    ///
    /// # Errors
    /// [`Error::Cancelled`]; everything else that goes wrong is a trouble.
    pub fn doctor(&self, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Vec<Trouble>> {
        let database = self.dir.join(DATABASE);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let structure = scope.spawn(|| apart(&database, check_structure));
            // Listed before the log and the rows are read: a file that is added meanwhile is no orphan.
            let names = evidence::names(&self.dir);
            let log = scope.spawn(|| apart(&database, |conn, troubles| log::check(conn, CURRENT, &stop, troubles)));
            let mut of_files = Troubles(Vec::new());
            let files = self.check_evidence(&mut of_files, on);
            stop.store(files.is_err(), Ordering::Relaxed);
            let (mut troubles, _) = joined(structure);
            let (of_log, referred) = joined(log);
            if let (Some(mut referred), Some(rows)) = (referred.flatten(), files?) {
                // A row that the log does not have is told of elsewhere; its file is still referred to.
                referred.extend(rows.into_iter().map(|row| row.sha256));
                tell_orphans(names, &referred, &mut of_files);
            }
            troubles.0.extend(of_log.0.into_iter().chain(of_files.0));
            Ok(troubles.0)
        })
    }

    /// Checks that every frozen round still is what its log says and what was approved. Takes milliseconds per round, so it can
    /// be asked after every opening.
    #[must_use]
    pub fn check_signed(&self) -> Vec<Trouble> {
        let mut troubles = Troubles(Vec::new());
        let frozen = table::select::<Assessment>(&self.conn, "WHERE frozen = 1", []);
        let checked = frozen.and_then(|rounds| {
            for round in rounds {
                log::check_round(&self.conn, CURRENT, round.id, &mut troubles)?;
                let approved = self.sign_offs(round.id)?.into_iter().rfind(|s| s.role == SignRole::Approved);
                if let Some(approved) = approved.filter(|s| s.revision == round.revision)
                    && snapshot_of(&Tables(&self.conn), round.id, None, approved.format)?.root() != approved.root
                {
                    let title = &round.title;
                    let chinese = format!(
                        "“{title}”批准之后，内容或上一轮评估有变，校验值与批准时不同；请对照已打印的报告核实"
                    );
                    let english = format!(
                        "\"{title}\" or the round before it changed after the approval, its root is another one; compare it with the printed report"
                    );
                    troubles.add(Area::SignOff, Severity::Warning, round.id.to_string(), (chinese, english));
                }
            }
            Ok(())
        });
        if let Err(error) = checked {
            troubles.failed(Area::SignOff, "sign_off", &error);
        }
        troubles.0
    }

    /// Answers with the rows; `None` when they cannot be read.
    fn check_evidence(
        &self,
        troubles: &mut Troubles,
        on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Option<Vec<Evidence>>> {
        let rows: Vec<Evidence> = match table::select(&self.conn, "", []) {
            Ok(rows) => rows,
            Err(error) => {
                troubles.failed(Area::Evidence, "evidence", &error);
                return Ok(None);
            }
        };
        let states = self.verify_files(&rows, on)?;
        for row in &rows {
            let (what, what_en) = match states.get(&row.id) {
                None | Some(FileState::Present) => continue,
                Some(FileState::Missing) => ("文件缺失", "the file is missing"),
                Some(FileState::Changed) => {
                    ("文件内容已变（或被文件夹、链接替换）", "the file was changed, or replaced by a folder or a link")
                }
                Some(FileState::Unreadable) => ("文件无法读取", "the file cannot be read"),
            };
            // The content of withdrawn evidence stays on disk, but nothing that is printed rests on it.
            let severity = if row.withdrawn { Severity::Note } else { Severity::Warning };
            let title = &row.title;
            let chinese = format!("{} {title}：{what}；请从备份或原始位置找回后重新添加", row.label());
            let english = format!("{title}: {what_en}; find it in a backup or where it came from and add it again");
            troubles.add(Area::Evidence, severity, row.label(), (chinese, english));
        }
        Ok(Some(rows))
    }
}

fn check_structure(conn: &Connection, troubles: &mut Troubles) {
    let mut note = |subject: &str, outcome: Result<()>| {
        if let Err(error) = outcome {
            troubles.failed(Area::Database, subject, &error);
        }
    };
    note("integrity_check", connection::integrity_check(conn));
    note("schema", CURRENT.check(conn));
    let dangling = conn.prepare("PRAGMA foreign_key_check").and_then(|mut s| s.exists([]));
    note(
        "foreign_key_check",
        match dangling {
            Ok(false) => Ok(()),
            Ok(true) => Err(Error::Damaged("有记录引用了不存在的记录".to_owned())),
            Err(error) => Err(error.into()),
        },
    );
    check_packs(conn, troubles);
}

/// Runs a check on a connection of its own.
fn apart<T>(database: &Path, check: impl FnOnce(&Connection, &mut Troubles) -> T) -> (Troubles, Option<T>) {
    let mut troubles = Troubles(Vec::new());
    let found = match connection::open_read_only(database) {
        Ok(conn) => Some(check(&conn, &mut troubles)),
        Err(error) => {
            troubles.failed(Area::Database, "open", &error);
            None
        }
    };
    (troubles, found)
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Files that neither a row nor a state in the log refers to.
fn tell_orphans(names: Vec<String>, referred: &HashSet<String>, troubles: &mut Troubles) {
    for name in names.into_iter().filter(|name| !referred.contains(name)) {
        let chinese = "没有记录引用此文件（导入中断的残留，或记录已恢复到更早的状态）；不影响使用";
        let english =
            "nothing refers to this file: left by an import that was cut off, or by a restore; it does no harm";
        troubles.add(Area::Orphan, Severity::Note, name, (chinese, english));
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
                let chinese = "评审准则内容与校验值不符，曾在程序之外被改动；请从备份恢复";
                let english = "the criteria are not what their hash says, they were changed outside this program; restore from a backup";
                troubles.add(Area::Rows, Severity::Error, format!("pack {sha256}"), (chinese, english));
            }
        }
        Err(error) => troubles.failed(Area::Rows, "pack", &error),
    }
}
