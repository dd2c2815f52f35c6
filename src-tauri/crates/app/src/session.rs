//! An open workspace with the world around it.

use crate::held::{Basis, Held, News, Standing};
use crate::upkeep::Watch;
use crate::view::{FigureChanges, Figures, Round, Step, Update};
use crate::{Env, Error, Result, criteria};
use domain::{
    Action, Assessment, CriteriaPack, FileState, Flaw, Id, PackIdentity, Predecessor, ReportRecord, Roots, SignOff,
    Snapshot,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Act, Edit, Holder, Receipt, Severity, Trouble, Workspace};

/// An open workspace, the criteria of its rounds, and the world.
pub struct Session {
    /// The workspace on disk. Hosts read and write it by verbs only.
    pub(crate) workspace: Workspace,
    /// Clock, ids, actor.
    pub env: Env,
    packs: BTreeMap<String, Arc<CriteriaPack>>,
    /// Result of the last full verification by SHA-256 of the content, so that evidence whose file is replaced is not judged by
    /// the file it had before; a glance fills in the rest.
    verified: BTreeMap<String, FileState>,
    /// What a look into evidence files has seen, by SHA-256 of the content; `None` = nothing wrong.
    pub(crate) flaws: BTreeMap<String, Option<Flaw>>,
    /// The round that was read last, kept up to date: a verb does not read again what the verb before it has just answered with.
    held: Option<Held>,
    /// The figures as they were answered with last.
    standing: Option<Standing>,
    /// Evidence files were taken in or read since the figures were worked out: the next ones look at the disk.
    files_touched: bool,
    /// What the comparison needs of the round before this round, in the format of its snapshot. It stays the same while only this
    /// round is written.
    before: Option<(Id, (u32, Option<Predecessor>))>,
    /// See [`Session::aside`].
    is_aside: bool,
    /// What [`Workspace::check_signed`] found at opening.
    signed: Vec<Trouble>,
    /// The user has seen that and works on all the same.
    works_on: bool,
    pub(crate) backups: Watch,
}

impl Session {
    /// Makes an empty workspace holding one pack.
    ///
    /// # Errors
    /// When the folder is not empty or cannot be written.
    pub fn create(dir: &Path, env: Env, pack: &CriteriaPack, pack_text: &str) -> Result<Self> {
        let mut workspace = Workspace::create(dir, &holder(&env))?;
        workspace.put_pack(&pack.sha256, pack_text)?;
        Self::over(workspace, env)
    }

    /// Opens a workspace. When a signed round is not what was signed, it can be read but not written until
    /// [`Session::work_on`].
    ///
    /// # Errors
    /// When it is not one, is damaged, too new, or held by another process.
    pub fn open(dir: &Path, env: Env) -> Result<Self> {
        let workspace = Workspace::open(dir, &holder(&env))?;
        Self::over(workspace, env)
    }

    /// What is saved in a workspace that another process has open, to be read: nothing can be written to it.
    ///
    /// # Errors
    /// When it is no workspace or cannot be read.
    pub fn open_to_read(dir: &Path, env: Env) -> Result<Self> {
        Self::over(Workspace::look(dir)?, env)
    }

    fn over(workspace: Workspace, env: Env) -> Result<Self> {
        Ok(Self {
            signed: workspace.check_signed(),
            works_on: false,
            backups: Watch::from(workspace.chain_head()?, env.now()),
            workspace,
            env,
            packs: BTreeMap::new(),
            verified: BTreeMap::new(),
            flaws: BTreeMap::new(),
            held: None,
            standing: None,
            files_touched: false,
            before: None,
            is_aside: false,
        })
    }

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

    /// Ends the session: marks the clean shutdown and lets go of the lock.
    ///
    /// # Errors
    /// When the mark cannot be written.
    pub fn close(self) -> Result<()> {
        Ok(self.workspace.close()?)
    }

    /// The criteria with this hash, parsed once.
    ///
    /// # Errors
    /// [`Error::PackMissing`] when the workspace does not hold it.
    pub fn pack(&mut self, sha256: &str) -> Result<Arc<CriteriaPack>> {
        if let Some(pack) = self.packs.get(sha256) {
            return Ok(Arc::clone(pack));
        }
        let built_in = criteria::built_in()?;
        let pack = if built_in.sha256 == sha256 && self.workspace.has_pack(sha256)? {
            built_in
        } else {
            let text = self.workspace.pack_text(sha256)?;
            let text = text.ok_or_else(|| Error::PackMissing(sha256.chars().take(12).collect()))?;
            Arc::new(CriteriaPack::parse(text.as_bytes())?)
        };
        self.packs.insert(sha256.to_owned(), Arc::clone(&pack));
        Ok(pack)
    }

    /// Puts a pack into the workspace, for a round that is to be started with it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn adopt_pack(&mut self, pack: CriteriaPack, text: &str) -> Result<Arc<CriteriaPack>> {
        self.workspace.put_pack(&pack.sha256, text)?;
        let pack = Arc::new(pack);
        self.packs.insert(pack.sha256.clone(), Arc::clone(&pack));
        Ok(pack)
    }

    /// The built-in criteria, adopted into the workspace on first use.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn built_in_pack(&mut self) -> Result<Arc<CriteriaPack>> {
        let pack = criteria::built_in()?;
        if !self.packs.contains_key(&pack.sha256) && !self.workspace.has_pack(&pack.sha256)? {
            self.workspace.put_pack(&pack.sha256, criteria::BUILT_IN)?;
        }
        self.pack(&pack.sha256)
    }

    /// The folder of the workspace.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.workspace.dir()
    }

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

    /// Head of the change log: the same as long as nothing is written.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn head(&self) -> Result<String> {
        Ok(self.workspace.chain_head()?)
    }

    /// Where the content with this hash lies in the workspace.
    #[must_use]
    pub fn content_path(&self, sha256: &str) -> PathBuf {
        self.workspace.evidence_path(sha256)
    }

    /// Lets go of the pages of the database that were read: a window stays open for a week.
    pub fn forget_pages(&self) {
        self.workspace.forget_pages();
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

    /// The root of a snapshot, and those that signatures of its round in other formats name if they stand for the same content.
    ///
    /// # Errors
    /// When the round cannot be read.
    pub(crate) fn roots<'a>(
        &mut self,
        snapshot: &Snapshot,
        signatures: impl Iterator<Item = &'a SignOff>,
    ) -> Result<Roots> {
        let mut roots = Roots::default();
        roots.add(snapshot);
        for signature in signatures.filter(|s| !s.withdrawn) {
            if roots.root(signature.format).is_none() {
                let then = self.snapshot_in(snapshot.assessment.id, signature.format)?;
                roots.add(&then);
            }
        }
        Ok(roots)
    }

    /// Everything about a round. The figures' changes that follow build on these.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn round(&mut self, round: Id) -> Result<Round> {
        let (pack, snapshot) = self.snapshot(round)?;
        // The root takes twice as long as the figures, and neither needs the other.
        let (root, figures) = std::thread::scope(|scope| {
            let root = scope.spawn(|| snapshot.root());
            let figures = self.figures(&pack, &snapshot);
            (root.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), figures)
        });
        let version = self.standing.as_ref().map_or(0, |known| known.figures.version) + 1;
        let figures = Figures { version, ..figures? };
        self.standing = Some(Standing { round, day: self.env.today(), figures: figures.clone() });
        self.files_touched = false;
        Ok(Round {
            root,
            figures,
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

    fn figure_changes(&mut self, round: Id, evidence: bool) -> Result<FigureChanges> {
        let (pack, snapshot) = self.snapshot(round)?;
        let (undo, redo) = self.steps(round)?;
        let looks = std::mem::take(&mut self.files_touched) || evidence;
        let basis = self.basis(&pack, &snapshot);
        let Some(mut standing) = self.standing.take().filter(|known| known.round == round) else {
            let figures = Figures { version: 1, ..basis.figures(self.file_states(&snapshot), undo, redo) };
            let changes = FigureChanges::all(&figures);
            self.standing = Some(Standing { round, day: basis.today, figures });
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

pub(crate) fn step(label: store::BatchLabel) -> Step {
    let mut items: Vec<String> = label.subjects.into_iter().filter_map(|s| s.item).collect();
    items.dedup();
    Step { action: label.action, items, rows: label.rows }
}

pub(crate) fn holder(env: &Env) -> Holder {
    Holder {
        app: concat!("beishen ", env!("CARGO_PKG_VERSION")).to_owned(),
        user: crate::env::os_user(),
        host: crate::env::os_host(),
        pid: std::process::id(),
        since: env.now(),
    }
}
