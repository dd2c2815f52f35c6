//! The canonical JSON of a snapshot (RFC 8785), written row by row. The library that writes it keeps every object until it
//! is complete, to sort its fields; for a round of 20,000 files that is all of it several times over.

use super::Snapshot;
use super::format::{ADDED, FORMAT, cut};
use crate::Assessment;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{Error, ErrorKind, Result, Write};

impl Snapshot {
    /// Writes the canonical JSON of its format: sorted keys, no white space. The caller hands in a normalized snapshot.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_canonical(&self, out: &mut dyn Write) -> Result<()> {
        let Self { format, pack, assessment, answers, evidence, links, findings, tasks, predecessor } = self;
        // Approval freezes a round: the mark must not change the root that was approved.
        let unfrozen = Assessment { frozen: false, ..assessment.clone() };
        let mut parts = Parts { out, format: *format, begun: false };
        // In the order of their names, as the canonical form has them.
        parts.rows("answers", answers)?;
        parts.one("assessment", &unfrozen)?;
        parts.rows("evidence", evidence)?;
        parts.rows("findings", findings)?;
        parts.one("format", format)?;
        parts.rows("links", links)?;
        parts.one("pack", pack)?;
        parts.one("predecessor", predecessor)?;
        parts.rows("tasks", tasks)?;
        parts.out.write_all(b"}")
    }
}

struct Parts<'a> {
    out: &'a mut dyn Write,
    format: u32,
    begun: bool,
}

impl Parts<'_> {
    fn one(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        if self.name(name)? { self.value(name, value) } else { Ok(()) }
    }

    fn rows(&mut self, name: &str, rows: &[impl Serialize]) -> Result<()> {
        if !self.name(name)? {
            return Ok(());
        }
        let mut before = b"[".as_slice();
        for row in rows {
            self.out.write_all(before)?;
            self.value(name, row)?;
            before = b",";
        }
        self.out.write_all(if rows.is_empty() { b"[]" } else { b"]" })
    }

    /// Begins a part, if the format knows it.
    fn name(&mut self, name: &str) -> Result<bool> {
        if ADDED.iter().any(|added| added.since > self.format && added.path == name) {
            return Ok(false);
        }
        write!(self.out, "{}\"{name}\":", if self.begun { ',' } else { '{' })?;
        self.begun = true;
        Ok(true)
    }

    /// A part, or a row of one, without what its format does not know.
    fn value(&mut self, part: &str, value: &impl Serialize) -> Result<()> {
        if self.format >= FORMAT {
            return Ok(serde_json_canonicalizer::to_writer(value, &mut self.out)?);
        }
        let mut json = serde_json::to_value(value)?;
        for later in ADDED.iter().filter(|added| added.since > self.format) {
            let inside = later.path.strip_prefix(part).and_then(|rest| rest.strip_prefix('/'));
            inside.into_iter().for_each(|path| cut(&mut json, path));
        }
        Ok(serde_json_canonicalizer::to_writer(&json, &mut self.out)?)
    }
}

/// Takes the SHA-256 of what is written.
#[derive(Default)]
pub(super) struct Hashed(pub(super) Sha256);

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// What is still to be written; anything else is refused.
pub(super) struct Expected<'a>(pub(super) &'a [u8]);

impl Write for Expected<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or(Error::from(ErrorKind::InvalidData))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
