//! Whether something may be written, and the one way to write it.

use super::Session;
use crate::view::Update;
use crate::{Error, Result};
use domain::{Action, Id};
use store::{Act, Edit, Receipt, Severity, Trouble};

impl Session {
    /// Signed rounds that were not what was signed when the workspace was opened.
    #[must_use]
    pub fn signed_troubles(&self) -> &[Trouble] {
        &self.signed
    }

    /// Why nothing may be written though the disk would take it.
    fn hold(&self) -> Option<&Trouble> {
        self.signed.iter().find(|t| t.severity == Severity::Error && !self.works_on)
    }

    /// Whether nothing can be written: read-only media, or a signed round that is not what was signed.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.workspace.is_read_only() || self.hold().is_some()
    }

    /// The user has seen that a signed round is not what was signed, and works on for this session.
    pub fn work_on(&mut self) {
        self.works_on = true;
    }

    /// Refuses while [`Session::work_on`] has not been said.
    ///
    /// # Errors
    /// [`Error::SignedChanged`].
    pub(crate) fn may_write(&self) -> Result<()> {
        self.hold().map_or(Ok(()), |trouble| Err(Error::SignedChanged(trouble.message.clone())))
    }

    /// Writes one batch and says what changed.
    pub(crate) fn commit(&mut self, round: Id, action: Action, edits: &[Edit]) -> Result<Update> {
        self.commit_by(self.env.actor.clone(), round, action, edits)
    }

    /// [`Session::commit`] in the name of somebody else, whose work it is.
    pub(crate) fn commit_by(&mut self, actor: String, round: Id, action: Action, edits: &[Edit]) -> Result<Update> {
        let act = Act { actor, ..self.act(round, action)? };
        let receipt = self.workspace.commit(&act, edits)?;
        self.update(round, &receipt)
    }

    /// [`Session::commit`], keeping criteria that the rows name in the same transaction.
    pub(crate) fn commit_with(
        &mut self,
        round: Id,
        action: Action,
        (sha256, text): (&str, &str),
        edits: &[Edit],
    ) -> Result<Update> {
        let act = self.act(round, action)?;
        let receipt = self.workspace.commit_with_pack(&act, sha256, text, edits)?;
        self.update(round, &receipt)
    }

    /// Who writes what, if anything may be written.
    pub(crate) fn act(&mut self, round: Id, action: Action) -> Result<Act> {
        self.may_write()?;
        // What is written may be the round before another one.
        self.before.take_if(|(of, _)| *of != round);
        let head = self.workspace.chain_head()?;
        self.held.take_if(|held| held.head != head || held.snapshot.assessment.id != round);
        Ok(Act { actor: self.env.actor.clone(), at: self.env.now(), batch: self.env.id(), action, assessment: round })
    }

    /// The answer to a verb: changed rows as they are now, and the figures after.
    pub(crate) fn update(&mut self, round: Id, receipt: &Receipt) -> Result<Update> {
        let rows = self.workspace.rows_of(receipt)?;
        self.follow(receipt, &rows)?;
        let evidence = rows.iter().any(|row| matches!(row, Edit::Evidence(_) | Edit::Link(_) | Edit::Assessment(_)));
        let batch = (!receipt.changes.is_empty()).then_some(receipt.batch);
        let (saved_at, figures) = (self.env.now(), self.figure_changes(round, evidence)?);
        Ok(Update::of(batch, saved_at, rows, figures))
    }

    /// Brings what is held up to date with what was just written.
    fn follow(&mut self, receipt: &Receipt, rows: &[Edit]) -> Result<()> {
        let Some(last) = receipt.changes.last() else { return Ok(()) };
        self.held = self.held.take().and_then(|held| held.follow(receipt, rows, last.hash.clone()));
        #[cfg(debug_assertions)]
        if let Some(held) = &self.held {
            let snapshot = &held.snapshot;
            let read = self.workspace.snapshot(snapshot.assessment.id, snapshot.pack.clone())?;
            assert_eq!(**snapshot, read, "what is held is not what was written");
        }
        Ok(())
    }
}
