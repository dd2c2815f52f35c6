//! What an export is about: the round as it is at one moment, with everything that is read or worked out once for it.

use crate::{Result, Session};
use domain::pack::Item;
use domain::{CriteriaPack, FileState, Id, Roots, Sealed, SignOff, Snapshot};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The round, its criteria and signatures, and what follows from them.
pub(super) struct Subject {
    pub pack: Arc<CriteriaPack>,
    pub snapshot: Arc<Snapshot>,
    /// The snapshot's bytes and root: printed, attached and written into a pack from here, so that an export takes them once.
    pub sealed: Sealed,
    /// Withdrawn signatures and those over another version too: the sign-off page says that they do not cover this report.
    pub sign_offs: Vec<SignOff>,
    pub roots: Roots,
    /// The criteria of the round before, when they were others.
    pub last_pack: Option<Arc<CriteriaPack>>,
    /// Items that something is recorded on and that the criteria no longer hold.
    pub archived: Vec<Item>,
    /// Looked at now: what a report says about a file must be so when it says it.
    pub files: BTreeMap<Id, FileState>,
}

impl Subject {
    pub fn of(session: &mut Session, round: Id) -> Result<Self> {
        let (pack, snapshot) = session.snapshot(round)?;
        let sealed = snapshot.sealed();
        let sign_offs = session.workspace.sign_offs(round)?;
        let roots = session.roots(&snapshot, sealed.root(), sign_offs.iter())?;
        let last_pack = last_pack(session, &snapshot)?;
        let archived = crate::criteria::archived(session, &snapshot, &pack)?;
        let files = session.file_states(&snapshot);
        Ok(Self { pack, snapshot, sealed, sign_offs, roots, last_pack, archived, files })
    }
}

fn last_pack(session: &mut Session, snapshot: &Snapshot) -> Result<Option<Arc<CriteriaPack>>> {
    let Some(before) = &snapshot.predecessor else { return Ok(None) };
    let before = session.workspace.assessments()?.into_iter().find(|a| a.id == before.id);
    let other = before.map(|a| a.pack_sha256).filter(|sha256| *sha256 != snapshot.pack.sha256);
    other.map(|sha256| session.pack(&sha256)).transpose()
}
