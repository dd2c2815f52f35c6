//! The criteria of the workspace's rounds, parsed once.

use super::Session;
use crate::{Error, Result, criteria};
use domain::pack::Item;
use domain::{CriteriaPack, Id, PackIdentity};
use std::sync::Arc;

impl Session {
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

    /// What an item was in the criteria that a round had before those of now, and the hash of those: the latest that held it.
    ///
    /// # Errors
    /// When the log or the criteria cannot be read.
    pub(crate) fn former_item(&mut self, round: Id, code: &str) -> Result<Option<(String, Item)>> {
        for sha256 in self.workspace.packs_of(round)? {
            if let Some(item) = self.pack(&sha256)?.item(code) {
                return Ok(Some((sha256, item.clone())));
            }
        }
        Ok(None)
    }

    /// What the criteria are called that a round has or had, the latest first.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn criteria_of(&self, round: Id) -> Result<Vec<PackIdentity>> {
        self.workspace.packs_of(round)?.iter().map(|sha256| Ok(self.workspace.pack_identity(sha256)?)).collect()
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
}
