//! Criteria packs, kept by their hash. They never change; a round knows its pack by hash.

use crate::{Error, Result, Workspace};
use domain::snapshot::sha256_hex;
use domain::{Id, PackIdentity};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Deserialize;

/// The part of a criteria file that names it. Whether the rest is sound was judged before it came here.
#[derive(Deserialize)]
struct Head {
    pack: Name,
}

#[derive(Deserialize)]
struct Name {
    standard: String,
    version: String,
}

/// A pack that is to be kept.
pub(crate) struct NewPack<'a> {
    sha256: &'a str,
    name: Name,
    text: String,
}

impl NewPack<'_> {
    /// Keeps it, inside a transaction.
    pub(crate) fn insert(&self, conn: &Connection) -> Result<()> {
        let sql = "INSERT INTO pack (sha256, standard, version, text) VALUES (?1, ?2, ?3, ?4)";
        conn.execute(sql, params![self.sha256, self.name.standard, self.name.version, self.text])?;
        Ok(())
    }
}

impl Workspace {
    /// Keeps the text of a criteria pack. Keeping the same text again does nothing.
    ///
    /// `sha256` is the hash of the text without byte order mark and with LF line ends, as the domain computes it.
    ///
    /// # Errors
    /// [`Error::BadPack`] when the text has another hash or names no standard; failures to write.
    pub fn put_pack(&mut self, sha256: &str, text: &str) -> Result<()> {
        match self.new_pack(sha256, text)? {
            Some(new) => self.write(|conn| new.insert(conn)),
            None => Ok(()),
        }
    }

    /// A pack that is to be kept; `None` when it is here already.
    pub(crate) fn new_pack<'a>(&self, sha256: &'a str, text: &str) -> Result<Option<NewPack<'a>>> {
        if self.has_pack(sha256)? {
            return Ok(None);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        if sha256_hex(text.as_bytes()) != sha256 {
            return Err(Error::BadPack(format!("应为 {sha256}")));
        }
        let head: Head = toml::from_str(&text).map_err(|e| Error::BadPack(e.message().to_owned()))?;
        Ok(Some(NewPack { sha256, name: head.pack, text }))
    }

    /// Whether a criteria pack is here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_pack(&self, sha256: &str) -> Result<bool> {
        Ok(self.conn.prepare_cached("SELECT 1 FROM pack WHERE sha256 = ?1")?.exists([sha256])?)
    }

    /// What a pack that is here is called.
    ///
    /// # Errors
    /// [`Error::UnknownPack`]; when the database cannot be read.
    pub fn pack_identity(&self, sha256: &str) -> Result<PackIdentity> {
        identity(&self.conn, sha256)
    }

    /// Hashes of the packs that a round has or had, the latest first, each once.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn packs_of(&self, assessment: Id) -> Result<Vec<String>> {
        let sql = "SELECT new FROM change WHERE entity = 'assessment' AND key = ?1 AND field = 'pack_sha256' ORDER BY seq DESC";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut found = statement.query([assessment.to_string()])?;
        let mut packs: Vec<String> = Vec::new();
        while let Some(row) = found.next()? {
            let json: String = row.get(0)?;
            let sha256: String = serde_json::from_str(&json).map_err(|e| Error::Damaged(e.to_string()))?;
            if !packs.contains(&sha256) {
                packs.push(sha256);
            }
        }
        Ok(packs)
    }

    /// The text of a criteria pack, if it is here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pack_text(&self, sha256: &str) -> Result<Option<String>> {
        let mut statement = self.conn.prepare_cached("SELECT text FROM pack WHERE sha256 = ?1")?;
        Ok(statement.query_row([sha256], |row| row.get(0)).optional()?)
    }
}

/// Standard and version of a pack that is kept here.
pub(crate) fn identity(conn: &Connection, sha256: &str) -> Result<PackIdentity> {
    let mut statement = conn.prepare_cached("SELECT standard, version FROM pack WHERE sha256 = ?1")?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(PackIdentity { standard: row.get(0)?, version: row.get(1)?, sha256: sha256.to_owned() })
    };
    statement.query_row([sha256], read).optional()?.ok_or_else(|| Error::UnknownPack(sha256.to_owned()))
}
