//! What a workspace remembers of the lists that it took in: a small file in its folder, no part of the assessment. What came of a list stands
//! in the change log; a file that is lost costs a question.

use crate::{Error, Result, Session};
use exchange::sheet::{Column, Meaning, Meanings, folded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Its name.
const NAME: &str = "sheets.json";
/// Most bytes of it that are read.
const MAX_BYTES: u64 = 1 << 20;

/// The content of the file. What another version has written there stays there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// What columns hold, by their headings as they are compared.
    columns: BTreeMap<String, String>,
    /// What words mean, as they are compared.
    words: BTreeMap<String, String>,
}

impl Memory {
    /// What is remembered; nothing when the file is not there or cannot be read.
    pub fn read(dir: &Path) -> Self {
        let bytes = crate::files::read_up_to(&dir.join(NAME), MAX_BYTES);
        bytes.ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
    }

    /// Changes what is remembered, if that makes a difference.
    ///
    /// # Errors
    /// When nothing may be written to the workspace, or the file cannot be.
    pub fn change(session: &Session, change: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let before = Self::read(session.dir());
        let mut after = before.clone();
        change(&mut after)?;
        if after == before {
            return Ok(());
        }
        if session.is_read_only() {
            return Err(store::Error::ReadOnly.into());
        }
        let path = session.dir().join(NAME);
        let json = serde_json::to_vec_pretty(&after).map_err(|e| Error::file(&path)(e.into()))?;
        store::write_whole(&path, &json).map_err(Error::file(&path))
    }

    /// What columns hold, by their headings as they are compared.
    pub fn columns(&self) -> BTreeMap<String, Column> {
        let known = |key: &String| serde_json::from_value(key.as_str().into()).ok();
        self.columns.iter().filter_map(|(heading, key)| Some((heading.clone(), known(key)?))).collect()
    }

    /// Remembers what a column with this heading holds.
    pub fn put_column(&mut self, heading: &str, column: Column) {
        let heading = folded(heading);
        if let Ok(serde_json::Value::String(key)) = serde_json::to_value(column)
            && !heading.is_empty()
        {
            self.columns.insert(heading, key);
        }
    }

    /// The table of words as this workspace has it.
    pub fn meanings(&self) -> Meanings {
        let mut meanings = Meanings::default();
        for (word, key) in &self.words {
            // What somebody wrote there by hand has to be one that could have been set.
            if let Some(meaning) = Meaning::named(key) {
                let _ = meanings.set(word, meaning);
            }
        }
        meanings
    }

    /// Puts a word into the table.
    pub fn put_word(&mut self, word: &str, meaning: Meaning) -> Result<()> {
        let set = self.meanings().set(word, meaning);
        set.map_err(|expected| Error::Field { field: "结论用语", expected })?;
        self.words.insert(folded(word), meaning.key().to_owned());
        Ok(())
    }

    /// Takes a word out again. Answers whether it was there.
    pub fn remove_word(&mut self, word: &str) -> bool {
        self.words.remove(&folded(word)).is_some()
    }
}
