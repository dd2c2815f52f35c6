//! An open workspace with the world around it. What it does is parted by what it is for: reading rounds, the figures that follow from
//! them, writing, criteria, and work that goes on beside.

mod beside;
mod figures;
mod packs;
mod read;
mod write;

use crate::held::{Held, Standing};
use crate::upkeep::Watch;
use crate::{Env, Result};
use domain::{CriteriaPack, FileState, Flaw, Id, Predecessor};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Holder, Trouble, Workspace};

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

    /// Ends the session: marks the clean shutdown and lets go of the lock.
    ///
    /// # Errors
    /// When the mark cannot be written.
    pub fn close(self) -> Result<()> {
        Ok(self.workspace.close()?)
    }

    /// The folder of the workspace.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.workspace.dir()
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
