//! What follows from a round: its figures, and the state of its evidence files.

use super::Session;
use crate::Result;
use crate::held::{Basis, News, Standing};
use crate::view::{FigureChanges, Figures, Round, Step};
use domain::{CriteriaPack, FileState, Id, Snapshot};
use std::collections::BTreeMap;

impl Session {
    /// Everything about a round. The figures' changes that follow build on these.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn round(&mut self, round: Id) -> Result<Round> {
        let (pack, snapshot) = self.snapshot(round)?;
        let version = self.standing.as_ref().map_or(0, |known| known.figures.version) + 1;
        let figures = Figures { version, ..self.figures(&pack, &snapshot)? };
        let criteria = pack.sha256.clone();
        self.standing = Some(Standing { round, day: self.env.today(), criteria, figures: figures.clone() });
        self.files_touched = false;
        Ok(Round {
            figures,
            archived: crate::criteria::archived(self, &snapshot, &pack)?,
            criteria: self.criteria_of(round)?,
            newer_criteria: crate::criteria::newer_than(&pack)?,
            sign_offs: self.workspace.sign_offs(round)?,
            reports: self.workspace.reports(round)?,
            read_only: self.is_read_only(),
            snapshot: Snapshot::clone(&snapshot),
        })
    }

    /// What follows from a snapshot today, evidence files looked at.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn figures(&self, pack: &CriteriaPack, snapshot: &Snapshot) -> Result<Figures> {
        let (undo, redo) = self.steps(snapshot.assessment.id)?;
        Ok(self.basis(pack, snapshot).figures(self.file_states(snapshot), undo, redo))
    }

    fn basis<'a>(&self, pack: &'a CriteriaPack, snapshot: &'a Snapshot) -> Basis<'a> {
        Basis { pack, snapshot, today: self.env.today() }
    }

    fn steps(&self, round: Id) -> Result<(Option<Step>, Option<Step>)> {
        crate::log::next_steps(self, round)
    }

    /// Looks at the evidence files and answers with what is different since the figures were answered with last. A verb looks by
    /// itself only when it writes evidence: asking the disk for every file takes longer than anything else a mark does.
    ///
    /// # Errors
    /// When the round cannot be read.
    pub fn look(&mut self, round: Id) -> Result<FigureChanges> {
        self.files_touched = true;
        self.figure_changes(round, false)
    }

    pub(super) fn figure_changes(&mut self, round: Id, evidence: bool) -> Result<FigureChanges> {
        let (pack, snapshot) = self.snapshot(round)?;
        let (undo, redo) = self.steps(round)?;
        let looks = std::mem::take(&mut self.files_touched) || evidence;
        let basis = self.basis(&pack, &snapshot);
        let holds = |known: &Standing| known.round == round && known.criteria == pack.sha256;
        let Some(mut standing) = self.standing.take().filter(holds) else {
            let figures = Figures { version: 1, ..basis.figures(self.file_states(&snapshot), undo, redo) };
            let changes = FigureChanges::all(&figures);
            self.standing = Some(Standing { round, day: basis.today, criteria: pack.sha256.clone(), figures });
            return Ok(changes);
        };
        let files = looks.then(|| self.file_states(&snapshot));
        let changes = standing.follow(basis, News { files, evidence }, undo, redo);
        #[cfg(debug_assertions)]
        standing.check(basis);
        self.standing = Some(standing);
        Ok(changes)
    }

    /// State of the evidence files: a glance (existence and size), and where the file lies there with the right size, what the
    /// last full verification read in it.
    #[must_use]
    pub fn file_states(&self, snapshot: &Snapshot) -> BTreeMap<Id, FileState> {
        let mut files = self.workspace.glance_files(&snapshot.evidence);
        for evidence in &snapshot.evidence {
            if let Some(state) = files.get_mut(&evidence.id)
                && *state == FileState::Present
                // That it was missing then says nothing about a file that lies there now.
                && let Some(found @ (FileState::Changed | FileState::Unreadable)) = self.verified.get(&evidence.sha256)
            {
                *state = *found;
            }
        }
        files
    }

    pub(crate) fn remember_verified(&mut self, snapshot: &Snapshot, states: &BTreeMap<Id, FileState>) {
        let found = snapshot.evidence.iter().filter_map(|e| Some((e.sha256.clone(), *states.get(&e.id)?)));
        self.verified.extend(found);
        self.files_touched = true;
    }

    /// A file with this content has just been taken in: whatever harm was found before is repaired.
    pub(crate) fn forget_verified(&mut self, sha256: &str) {
        self.verified.remove(sha256);
        self.files_touched = true;
    }
}
