//! What is recorded in the rounds.

use super::Session;
use crate::held::Held;
use crate::{Error, Result};
use domain::{Assessment, CriteriaPack, Id, PackIdentity, ReportRecord, Roots, SignOff, Snapshot};
use std::sync::Arc;

impl Session {
    /// Its rounds, newest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn rounds(&self) -> Result<Vec<Assessment>> {
        Ok(self.workspace.assessments()?)
    }

    /// Reports of a round, oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn reports(&self, round: Id) -> Result<Vec<ReportRecord>> {
        Ok(self.workspace.reports(round)?)
    }

    /// Signatures of a round that were not withdrawn, oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn sign_offs(&self, round: Id) -> Result<Vec<SignOff>> {
        Ok(self.workspace.sign_offs(round)?)
    }

    /// The round with this id, or the newest one.
    ///
    /// # Errors
    /// When there is none.
    pub fn choose(&self, wanted: Option<Id>) -> Result<Id> {
        let rounds = self.rounds()?;
        match wanted {
            Some(id) if rounds.iter().any(|a| a.id == id) => Ok(id),
            Some(id) => Err(Error::Unknown { what: "评估", key: id.to_string() }),
            None => rounds
                .first()
                .map(|a| a.id)
                .ok_or_else(|| Error::Unknown { what: "评估", key: "（工作区内尚无评估）".into() }),
        }
    }

    /// What is recorded in a round, with the criteria it was started with. It stays what it was: whoever still holds it while
    /// something is written has the session make a copy for itself.
    ///
    /// # Errors
    /// When the round or its criteria are not there.
    pub fn snapshot(&mut self, round: Id) -> Result<(Arc<CriteriaPack>, Arc<Snapshot>)> {
        let head = self.workspace.chain_head()?;
        if let Some(held) = &self.held
            && (held.head == head || self.is_aside)
            && held.snapshot.assessment.id == round
        {
            let snapshot = Arc::clone(&held.snapshot);
            return Ok((self.pack(&snapshot.pack.sha256)?, snapshot));
        }
        let unknown = || Error::Unknown { what: "评估", key: round.to_string() };
        // Which criteria it names is known only when it has been read.
        let nameless = PackIdentity { standard: String::new(), version: String::new(), sha256: String::new() };
        let before = self.before.take().filter(|(of, _)| *of == round).map(|(_, before)| before);
        let mut snapshot = match self.workspace.snapshot_over(round, nameless, before) {
            Ok(snapshot) if snapshot.assessment.withdrawn => return Err(unknown()),
            Ok(snapshot) => snapshot,
            Err(store::Error::UnknownAssessment(id)) if id == round => return Err(unknown()),
            Err(error) => return Err(error.into()),
        };
        let pack = self.pack(&snapshot.assessment.pack_sha256)?;
        snapshot.pack = PackIdentity::of(&pack);
        let snapshot = Arc::new(snapshot);
        if !self.is_aside {
            self.before = Some((round, (snapshot.format, snapshot.predecessor.clone())));
            self.held = Some(Held { head, snapshot: Arc::clone(&snapshot) });
        }
        Ok((pack, snapshot))
    }

    /// What is recorded in a round in a format, which may be an earlier one: that of a signature, or of a report.
    ///
    /// # Errors
    /// When the round or its criteria are not there.
    pub(crate) fn snapshot_in(&mut self, round: Id, format: u32) -> Result<Arc<Snapshot>> {
        let (_, now) = self.snapshot(round)?;
        if now.format == format {
            return Ok(now);
        }
        Ok(Arc::new(self.workspace.snapshot_in(round, now.pack.clone(), format)?))
    }

    /// The root of a snapshot, which is at hand, and those that signatures of its round in other formats name if they stand for the
    /// same content.
    ///
    /// # Errors
    /// When the round cannot be read.
    pub(crate) fn roots<'a>(
        &mut self,
        snapshot: &Snapshot,
        root: &str,
        signatures: impl Iterator<Item = &'a SignOff>,
    ) -> Result<Roots> {
        let mut roots = Roots::of(snapshot.format, root);
        for signature in signatures.filter(|s| !s.withdrawn) {
            if roots.root(signature.format).is_none() {
                let then = self.snapshot_in(snapshot.assessment.id, signature.format)?;
                roots.add(&then);
            }
        }
        Ok(roots)
    }
}
