//! Evidence that is a file: taking files in, naming them in rows, replacing one by another.

use super::{EvidenceDraft, Received, blank, by_id, check, described, known_items, links, writable};
use crate::fields::{hinted, line, required_line};
use crate::view::Update;
use crate::{Error, Result, Session};
use domain::{Action, Entity, Evidence, EvidenceKind, Flaw, Id, Snapshot, plain_name};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Edit, ImportProgress, StoredFile};

/// Warning code: of what was taken in, the rows with a flaw show nothing as they are.
pub const SHOWS_NOTHING: &str = "evidence_shows_nothing";

/// A file whose content lies in the workspace, and what a look into it found.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The content.
    pub stored: StoredFile,
    /// Why it proves nothing as it is.
    pub flaw: Option<Flaw>,
}

impl Taken {
    fn look(session: &Session, stored: StoredFile) -> Self {
        let flaw = super::look::flaw(&session.workspace.evidence_path(&stored.sha256), &stored.file_name);
        Self { stored, flaw }
    }
}

/// Called with the progress of an import; breaking off cancels it and nothing is written.
pub type OnImport<'a> = &'a mut dyn FnMut(ImportProgress) -> ControlFlow<()>;

/// Adds files and links each to the given items, as one undo step. Same content is stored once; adding a file whose content
/// this round already holds links the existing evidence instead of making a second one. [`Update::received`] says what became of each.
///
/// # Errors
/// When an item is unknown, a file is refused (folder, device, unreadable, changed while read) or the round is frozen.
/// Nothing is written then.
pub fn add_files(
    session: &mut Session,
    round: Id,
    items: &[String],
    files: &[PathBuf],
    draft: &EvidenceDraft,
    on: OnImport<'_>,
) -> Result<Update> {
    check_files(session, round, items, files, draft)?;
    let stored = take_in(session, files, on)?;
    add_stored(session, round, items, &stored, draft)
}

/// The first part of [`add_files`]: refuses what can be refused before anything is copied.
///
/// # Errors
/// As [`add_files`].
pub fn check_files(
    session: &mut Session,
    round: Id,
    items: &[String],
    files: &[PathBuf],
    draft: &EvidenceDraft,
) -> Result<()> {
    may_add(session, round, items, draft)?;
    for file in files {
        line("文件名", &plain_name(&name_of(file)))?;
    }
    Ok(())
}

/// The second part of [`add_files`]: copies the content and looks into it. Takes long; a session aside may do it.
///
/// # Errors
/// As [`add_files`].
pub fn take_in(session: &mut Session, files: &[PathBuf], on: OnImport<'_>) -> Result<Vec<Taken>> {
    let stored = session.workspace.import_files(files, on)?;
    Ok(stored.into_iter().map(|file| Taken::look(session, file)).collect())
}

/// Adds content that came without a file, e.g. a pasted screenshot.
///
/// # Errors
/// As [`add_files`].
pub fn add_bytes(
    session: &mut Session,
    round: Id,
    items: &[String],
    file_name: &str,
    bytes: &[u8],
    draft: &EvidenceDraft,
) -> Result<Update> {
    may_add(session, round, items, draft)?;
    let (given, file_name) = (file_name, required_line("文件名", file_name)?);
    let stored = session.workspace.import_bytes(&file_name, bytes)?;
    let taken = Taken::look(session, stored);
    Ok(hinted(add_stored(session, round, items, &[taken], draft)?, &given))
}

/// The last part of [`add_files`]: the rows. Content that no row names in the end is an orphan, which a sweep removes.
///
/// # Errors
/// As [`add_files`].
pub fn add_stored(
    session: &mut Session,
    round: Id,
    items: &[String],
    taken: &[Taken],
    draft: &EvidenceDraft,
) -> Result<Update> {
    let snapshot = may_add(session, round, items, draft)?;
    let mut number = session.workspace.next_number(Entity::Evidence, round)?;
    let mut added: Vec<Evidence> = Vec::new();
    let mut edits = Vec::new();
    let mut received = Vec::new();
    for Taken { stored: file, flaw } in taken {
        session.forget_verified(&file.sha256);
        let id = match snapshot.evidence.iter().chain(&added).find(|e| e.sha256 == file.sha256) {
            Some(held) => {
                received.push(Received::known(held, file, draft));
                held.id
            }
            None => {
                let mut evidence = blank(session, round, number, EvidenceKind::File);
                evidence.file_name = line("文件名", &plain_name(&file.file_name))?;
                let title = if draft.title.trim().is_empty() { &evidence.file_name } else { &draft.title };
                let draft = EvidenceDraft { title: title.clone(), ..draft.clone() };
                evidence.media_type = media_type(&file.file_name).to_owned();
                evidence.size_bytes = file.size_bytes.to_string();
                evidence.sha256.clone_from(&file.sha256);
                evidence.flaw = *flaw;
                let id = evidence.id;
                let evidence = described(evidence, &draft)?;
                received.push(Received::added(&evidence, file));
                edits.push(Edit::Evidence(evidence.clone()));
                added.push(evidence);
                number += 1;
                id
            }
        };
        // Adding a file once more without saying where to look must not wipe where it said to look before.
        let located = |item: &&String| {
            draft.locator.trim().is_empty() && snapshot.links.iter().any(|l| l.evidence == id && l.item == **item)
        };
        let to_link: Vec<String> = items.iter().filter(|item| !located(item)).cloned().collect();
        edits.extend(links(round, id, &to_link, &draft.locator)?);
    }
    let update = hinted(warned(session.commit(round, Action::AddEvidence, &edits)?), draft);
    Ok(Update { received, ..update })
}

/// Replaces the content of a file evidence by another file; links stay, the old content stays on disk and in the history.
///
/// # Errors
/// When it is not a file evidence or the file is refused.
pub fn replace(session: &mut Session, round: Id, evidence: Id, file: PathBuf, on: OnImport<'_>) -> Result<Update> {
    check_replacement(session, round, evidence, &file)?;
    let stored = take_in(session, &[file], on)?;
    replace_stored(session, round, evidence, &stored)
}

/// The first part of [`replace`]: refuses what can be refused before anything is copied. Answers with the evidence.
///
/// # Errors
/// As [`replace`].
pub fn check_replacement(session: &mut Session, round: Id, evidence: Id, file: &Path) -> Result<Evidence> {
    let (_, snapshot) = writable(session, round)?;
    let held = by_id(&snapshot, evidence)?.clone();
    if held.kind != EvidenceKind::File {
        return Err(Error::Field {
            field: "证据类型",
            expected: ("只有文件证据可以替换文件", "only evidence that is a file has one to replace").into(),
        });
    }
    line("文件名", &plain_name(&name_of(file)))?;
    Ok(held)
}

/// The last part of [`replace`]: the row.
///
/// # Errors
/// As [`replace`].
pub fn replace_stored(session: &mut Session, round: Id, evidence: Id, taken: &[Taken]) -> Result<Update> {
    let [Taken { stored: file, flaw }] = taken else {
        return Err(Error::Unknown { what: "文件", key: evidence.to_string() });
    };
    let held = check_replacement(session, round, evidence, Path::new(&file.file_name))?;
    session.forget_verified(&file.sha256);
    let file_name = line("文件名", &plain_name(&file.file_name))?;
    let edited = Evidence {
        title: if held.title == held.file_name { file_name.clone() } else { held.title.clone() },
        file_name,
        media_type: media_type(&file.file_name).to_owned(),
        size_bytes: file.size_bytes.to_string(),
        sha256: file.sha256.clone(),
        flaw: *flaw,
        ..held
    };
    Ok(warned(session.commit(round, Action::ReplaceEvidence, &[Edit::Evidence(edited)])?))
}

/// Nothing is refused for showing nothing: there may be a reason. But whoever adds it is told at once.
fn warned(mut update: Update) -> Update {
    if update.evidence.iter().any(|e| !e.shows_something()) {
        update.warnings.push(SHOWS_NOTHING.to_owned());
    }
    update
}

/// Whether evidence may be added to these items with this draft; what there is already.
fn may_add(session: &mut Session, round: Id, items: &[String], draft: &EvidenceDraft) -> Result<Arc<Snapshot>> {
    let (pack, snapshot) = writable(session, round)?;
    known_items(&pack, items)?;
    check(draft, [None; 2])?;
    Ok(snapshot)
}

fn name_of(path: &Path) -> String {
    domain::name_read(path.file_name().unwrap_or_default()).0
}

/// Media type by file extension: what call centres keep. Anything else is a plain stream of bytes.
#[must_use]
pub fn media_type(file_name: &str) -> &'static str {
    let extension = file_name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "csv" => "text/csv",
        "txt" | "log" | "md" => "text/plain",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "webp" => "image/webp",
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "amr" => "audio/amr",
        "aac" => "audio/aac",
        "ogg" | "opus" => "audio/ogg",
        "wma" => "audio/x-ms-wma",
        "mp4" => "video/mp4",
        "mov" => "video/quicktime",
        "zip" => "application/zip",
        "eml" => "message/rfc822",
        _ => "application/octet-stream",
    }
}
