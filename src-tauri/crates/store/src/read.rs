//! Reading rounds: lists and snapshots.

use crate::commit::require_round;
use crate::row::Stored;
use crate::{Error, Result, Workspace, log, pack, table};
use domain::{
    Answer, Assessment, Entity, Evidence, Finding, Id, Keeper, Link, PackIdentity, Paper, Predecessor, ReportRecord,
    SignOff, SignRole, Snapshot, Task, TaskState, snapshot,
};
use rusqlite::{Connection, params};

/// Longest chain of rounds that is followed back. A yearly audit reaches this in a lifetime.
const MAX_ROUNDS_BACK: u32 = 64;

impl Workspace {
    /// All rounds, newest first, without tombstones.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn assessments(&self) -> Result<Vec<Assessment>> {
        let mut rounds: Vec<Assessment> = table::select(&self.conn, "WHERE withdrawn = 0", [])?;
        rounds.sort_by_key(|round| std::cmp::Reverse((round.created_at, round.id)));
        Ok(rounds)
    }

    /// Everything recorded in a round, in canonical order, with what the comparison needs of the round before. A frozen round is in
    /// the format in which it was approved, others are in the newest.
    ///
    /// # Errors
    /// [`Error::UnknownAssessment`]; when the database cannot be read.
    pub fn snapshot(&self, assessment: Id, pack: PackIdentity) -> Result<Snapshot> {
        self.snapshot_over(assessment, pack, None)
    }

    /// As [`Workspace::snapshot`], in a format: what a signature was put to, or a report printed.
    ///
    /// # Errors
    /// As [`Workspace::snapshot`].
    pub fn snapshot_in(&self, assessment: Id, pack: PackIdentity, format: u32) -> Result<Snapshot> {
        snapshot_of(&Tables(&self.conn), assessment, Some(pack), format)
    }

    /// As [`Workspace::snapshot`], by somebody who read the same round before and knows that nothing was written to the rounds
    /// before it since: `before` is the format of that snapshot and what it held of them. Their root takes as long to compute as
    /// this one's.
    ///
    /// # Errors
    /// As [`Workspace::snapshot`].
    pub fn snapshot_over(
        &self,
        assessment: Id,
        pack: PackIdentity,
        before: Option<(u32, Option<Predecessor>)>,
    ) -> Result<Snapshot> {
        let from = Tables(&self.conn);
        let round = from.round(assessment)?;
        let format = format_of(&from, &round)?;
        match before {
            Some((same, before)) if same == format => Ok(rows_of(&from, format, round, pack, before)?.normalized()),
            _ => self.snapshot_in(assessment, pack, format),
        }
    }

    /// Signatures of a round, oldest first, without tombstones.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sign_offs(&self, assessment: Id) -> Result<Vec<SignOff>> {
        let mut signed: Vec<SignOff> = table::of_round(&self.conn, assessment)?;
        signed.retain(|s| !s.withdrawn);
        signed.sort_by_key(|s| (s.revision, s.signed_at, s.id));
        Ok(signed)
    }

    /// Reports exported of a round, by number, without tombstones.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reports(&self, assessment: Id) -> Result<Vec<ReportRecord>> {
        let mut reports: Vec<ReportRecord> = table::of_round(&self.conn, assessment)?;
        reports.retain(|r| !r.withdrawn);
        reports.sort_by_key(|r| (r.number, r.id));
        Ok(reports)
    }

    /// Who hands in the papers of the sections of a round, as far as it was said, without tombstones.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn keepers(&self, assessment: Id) -> Result<Vec<Keeper>> {
        let mut keepers: Vec<Keeper> = table::of_round(&self.conn, assessment)?;
        keepers.retain(|k| !k.withdrawn);
        Ok(keepers)
    }

    /// What is noted of the papers that are asked for in a round, without tombstones.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn papers(&self, assessment: Id) -> Result<Vec<Paper>> {
        let mut papers: Vec<Paper> = table::of_round(&self.conn, assessment)?;
        papers.retain(|p| !p.withdrawn);
        Ok(papers)
    }

    /// The next running number of a round. Numbers of withdrawn rows are not used again.
    ///
    /// # Errors
    /// [`Error::Unnumbered`] for rows without a number; when the database cannot be read.
    pub fn next_number(&self, entity: Entity, assessment: Id) -> Result<u32> {
        let table = table::of(entity);
        if table.kind_of("number").is_none() {
            return Err(Error::Unnumbered(table.name));
        }
        let sql = format!("SELECT coalesce(max(number), 0) + 1 FROM {} WHERE assessment = ?1", table.name);
        Ok(self.conn.prepare_cached(&sql)?.query_row(params![assessment.to_string()], |row| row.get(0))?)
    }

    /// Hash of the last change; stands for the whole log. Kept outside (in a report), it proves later that nothing was cut off.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn chain_head(&self) -> Result<String> {
        Ok(log::last(&self.conn)?.1)
    }
}

/// Where the rows of a round come from: the tables, or the log replayed up to some point.
pub(crate) trait Rounds {
    fn round(&self, id: Id) -> Result<Assessment>;
    fn rows<T: Stored>(&self, assessment: Id) -> Result<Vec<T>>;
    fn pack(&self, sha256: &str) -> Result<PackIdentity>;
}

/// The tables as they are.
pub(crate) struct Tables<'a>(pub &'a Connection);

impl Rounds for Tables<'_> {
    fn round(&self, id: Id) -> Result<Assessment> {
        require_round(self.0, id)
    }

    fn rows<T: Stored>(&self, assessment: Id) -> Result<Vec<T>> {
        table::of_round(self.0, assessment)
    }

    fn pack(&self, sha256: &str) -> Result<PackIdentity> {
        pack::identity(self.0, sha256)
    }
}

/// The format of a round's root: what was approved stays what it was.
fn format_of(from: &impl Rounds, round: &Assessment) -> Result<u32> {
    if !round.frozen {
        return Ok(snapshot::FORMAT);
    }
    let signed: Vec<SignOff> = from.rows(round.id)?;
    let approved =
        signed.iter().filter(|s| !s.withdrawn && s.role == SignRole::Approved && s.revision == round.revision);
    Ok(approved.max_by_key(|s| (s.signed_at, s.id)).map_or(snapshot::FORMAT, |s| s.format))
}

/// A round's snapshot in a format; its pack is looked up unless it is handed in.
pub(crate) fn snapshot_of(
    from: &impl Rounds,
    assessment: Id,
    pack: Option<PackIdentity>,
    format: u32,
) -> Result<Snapshot> {
    build(from, from.round(assessment)?, pack, format, MAX_ROUNDS_BACK)
}

fn build(
    from: &impl Rounds,
    assessment: Assessment,
    pack: Option<PackIdentity>,
    format: u32,
    rounds_left: u32,
) -> Result<Snapshot> {
    let rounds_left = rounds_left.checked_sub(1).ok_or(Error::PredecessorLoop)?;
    let pack = pack.map_or_else(|| from.pack(&assessment.pack_sha256), Ok)?;
    let predecessor = match assessment.predecessor {
        Some(earlier) => predecessor(from, earlier, format, rounds_left)?,
        None => None,
    };
    Ok(rows_of(from, format, assessment, pack, predecessor)?.normalized())
}

fn rows_of(
    from: &impl Rounds,
    format: u32,
    assessment: Assessment,
    pack: PackIdentity,
    predecessor: Option<Predecessor>,
) -> Result<Snapshot> {
    let id = assessment.id;
    Ok(Snapshot {
        format,
        pack,
        assessment,
        answers: from.rows::<Answer>(id)?,
        evidence: from.rows::<Evidence>(id)?,
        links: from.rows::<Link>(id)?,
        findings: from.rows::<Finding>(id)?,
        tasks: from.rows::<Task>(id)?,
        predecessor,
    })
}

/// What the comparison needs of an earlier round; nothing of a withdrawn one. Its root is in its own format, so that it is the one
/// its report names, but in none that is newer than that of the round it is part of: that root must stay what it was.
fn predecessor(from: &impl Rounds, id: Id, format: u32, rounds_left: u32) -> Result<Option<Predecessor>> {
    let round = from.round(id)?;
    let format = format_of(from, &round)?.min(format);
    let before = build(from, round, None, format, rounds_left)?;
    if before.assessment.withdrawn {
        return Ok(None);
    }
    let root = before.root();
    let by_item = |a: &Answer| a.item.clone();
    Ok(Some(Predecessor {
        id,
        title: before.assessment.title,
        root,
        verdicts: before.answers.iter().filter_map(|a| Some((by_item(a), a.verdict?))).collect(),
        notes: before.answers.iter().filter(|a| !a.note.is_empty()).map(|a| (by_item(a), a.note.clone())).collect(),
        open_tasks: before.tasks.into_iter().filter(|t| t.state != TaskState::Closed).collect(),
    }))
}
