//! A second session for long work, and what it brings back.

use super::Session;
use crate::Result;
use crate::upkeep::Watch;
use crate::view::Update;
use domain::{Action, Id, ReportRecord};
use store::Edit;

impl Session {
    /// A second session on the same workspace for work that takes long (exports, imports, hashing), while this one goes on: it
    /// reads, takes in files and writes no rows, and of `round` it sees for ever what there is now. What it found out is handed
    /// back with [`Session::learn`], a report with [`Session::record`].
    ///
    /// # Errors
    /// When the round cannot be read.
    pub fn aside(&mut self, round: Id) -> Result<Self> {
        self.snapshot(round)?;
        Ok(Self {
            workspace: self.workspace.aside()?,
            env: self.env.clone(),
            packs: self.packs.clone(),
            verified: self.verified.clone(),
            flaws: self.flaws.clone(),
            held: self.held.clone(),
            standing: None,
            files_touched: false,
            before: None,
            is_aside: true,
            signed: self.signed.clone(),
            works_on: self.works_on,
            backups: Watch::from(self.workspace.chain_head()?, self.env.now()),
        })
    }

    /// Takes over what a session aside has read in the evidence files.
    pub fn learn(&mut self, aside: &Self) {
        self.verified.extend(aside.verified.clone());
        self.flaws.extend(aside.flaws.clone());
        self.files_touched = true;
    }

    /// Whether nothing was written since a session was set aside.
    pub(crate) fn is_as_seen_by(&self, aside: &Self) -> Result<bool> {
        let head = self.workspace.chain_head()?;
        Ok(aside.held.as_ref().is_some_and(|seen| seen.head == head))
    }

    /// Notes a report that a session aside has written. `None` when it is known already or nothing may be written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record(&mut self, round: Id, report: &ReportRecord) -> Result<Option<Update>> {
        if self.is_read_only() || self.workspace.reports(round)?.iter().any(|known| known.id == report.id) {
            return Ok(None);
        }
        self.commit(round, Action::Report, &[Edit::Report(report.clone())]).map(Some)
    }
}
