//! Documents for Word: the form of a report that people go on editing.

use super::place::{Over, Placed};
use super::subject::Subject;
use super::{ExportProgress, OnProgress, label};
use crate::files::has_extension;
use crate::{Error, Result, Session};
use ::report::{Input, WordKind, word};
use domain::{Id, Lang};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a document is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The file.
    pub to: &'a Path,
    /// Which document.
    pub kind: WordKind,
    /// Language of every word that is not the user's own.
    pub lang: Lang,
    /// PNG, JPEG or SVG, above the title.
    pub logo: Option<&'a [u8]>,
    /// Says that it is a draft.
    pub draft: bool,
    /// The user was asked whether the file at `to` is to be replaced.
    pub overwrite: bool,
}

/// A document that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WordDone {
    /// The PDF report that its first page names, like `R-03`; none was exported of these contents when there is none.
    pub report: Option<String>,
    /// Root of the snapshot it was made from.
    pub root: String,
    /// Size of the file in bytes.
    pub bytes: u32,
}

/// Writes a document for Word. It is no report: it gets no number and no row, and its first page names the PDF that can be verified.
/// No list is kept of it, so a file that is there is replaced only when the user was asked: somebody may have gone on working in it.
///
/// # Errors
/// When the name does not end in `.docx`, when it cannot be made (logo) or written, or when another file lies there.
pub fn word(session: &mut Session, round: Id, wanted: &Document<'_>, on: OnProgress<'_>) -> Result<WordDone> {
    if !has_extension(wanted.to, "docx") {
        let expected = ("文件名应以 .docx 结尾", "the name of the file ends in .docx").into();
        return Err(Error::Field { field: "保存位置", expected });
    }
    let over = Over::unlisted(wanted.overwrite);
    let subject = Subject::of(session, round)?;
    let Subject { pack, snapshot, sealed, sign_offs, roots, last_pack, archived, files } = &subject;
    let root = sealed.root().to_owned();
    let report = session.workspace.reports(round)?.iter().rfind(|r| !r.withdrawn && r.root == root).map(label);
    let input = Input {
        pack,
        snapshot,
        last_pack: last_pack.as_deref(),
        archived,
        sign_offs,
        files,
        today: session.env.today(),
        generated_at: session.env.local(),
        number: report.as_deref().unwrap_or_default(),
        history: &[],
        distribution: &[],
        roots,
        texts: &[],
    };
    let author = session.env.actor.as_str();
    let Document { kind, lang, logo, draft, .. } = *wanted;
    let mut report_on = |progress| on(ExportProgress::from(progress));
    let bytes = word::document(&input, sealed, &word::Wanted { kind, lang, logo, draft, author }, &mut report_on)?;
    Placed::file(wanted.to, &bytes, &over)?.keep();
    Ok(WordDone { report, root, bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX) })
}
