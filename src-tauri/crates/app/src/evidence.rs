//! Evidence: add files and records, link them to items, edit, replace, withdraw, verify.

use crate::error::{line, required_line, text};
use crate::view::{FigureChanges, Update};
use crate::{Error, Result, Session};
use domain::{CriteriaPack, Date, Entity, Evidence, EvidenceKind, Flaw, Id, Link, Snapshot};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Edit, ImportProgress, StoredFile};

/// What is said about a piece of evidence; used to add and to edit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct EvidenceDraft {
    /// Title; the file name when empty.
    pub title: String,
    /// Address or place.
    pub location: String,
    /// Notes.
    pub text: String,
    /// Valid from, or made on.
    pub effective: Option<Date>,
    /// Valid until.
    pub expires: Option<Date>,
    /// Where in the file to look, for the items named along with it.
    pub locator: String,
}

/// Called with the progress of an import; breaking off cancels it and nothing is written.
pub type OnImport<'a> = &'a mut dyn FnMut(ImportProgress) -> ControlFlow<()>;

/// Adds files and links each to the given items, as one undo step. Same content is stored once; adding a file whose content
/// this round already holds links the existing evidence instead of making a second one.
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
        line("文件名", &name_of(file))?;
    }
    Ok(())
}

/// The second part of [`add_files`]: copies the content. Takes long; a session aside may do it.
///
/// # Errors
/// As [`add_files`].
pub fn take_in(session: &mut Session, files: &[PathBuf], on: OnImport<'_>) -> Result<Vec<StoredFile>> {
    Ok(session.workspace.import_files(files, on)?)
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
    let file_name = required_line("文件名", file_name)?;
    let stored = session.workspace.import_bytes(&file_name, bytes)?;
    add_stored(session, round, items, &[stored], draft)
}

/// The last part of [`add_files`]: the rows. Content that no row names in the end is an orphan, which a sweep removes.
///
/// # Errors
/// As [`add_files`].
pub fn add_stored(
    session: &mut Session,
    round: Id,
    items: &[String],
    stored: &[StoredFile],
    draft: &EvidenceDraft,
) -> Result<Update> {
    let snapshot = may_add(session, round, items, draft)?;
    let mut number = session.workspace.next_number(Entity::Evidence, round)?;
    let mut added: Vec<Evidence> = Vec::new();
    let mut edits = Vec::new();
    for file in stored {
        session.forget_verified(&file.sha256);
        let held = snapshot.evidence.iter().chain(&added).find(|e| e.sha256 == file.sha256).map(|e| e.id);
        let id = match held {
            Some(id) => id,
            None => {
                let title = if draft.title.trim().is_empty() { &file.file_name } else { &draft.title };
                let mut evidence = blank(session, round, number, EvidenceKind::File);
                evidence.file_name = line("文件名", &file.file_name)?;
                evidence.media_type = media_type(&file.file_name).to_owned();
                evidence.size_bytes = file.size_bytes.to_string();
                evidence.sha256.clone_from(&file.sha256);
                let id = evidence.id;
                let draft = EvidenceDraft { title: title.clone(), ..draft.clone() };
                let evidence = said(evidence, &draft)?;
                edits.push(Edit::Evidence(evidence.clone()));
                added.push(evidence);
                number += 1;
                id
            }
        };
        // Adding a file once more without saying where to look must not wipe what was said before.
        let said_before = |item: &&String| {
            draft.locator.trim().is_empty() && snapshot.links.iter().any(|l| l.evidence == id && l.item == **item)
        };
        let to_link: Vec<String> = items.iter().filter(|item| !said_before(item)).cloned().collect();
        edits.extend(links(round, id, &to_link, &draft.locator)?);
    }
    session.commit(round, "add_evidence", &edits)
}

/// Adds a link, record, interview or observation.
///
/// # Errors
/// When an item is unknown, the title is empty, or the kind is a file.
pub fn add_record(
    session: &mut Session,
    round: Id,
    items: &[String],
    kind: EvidenceKind,
    draft: &EvidenceDraft,
) -> Result<Update> {
    let (pack, _) = writable(session, round)?;
    known_items(&pack, items)?;
    if kind == EvidenceKind::File {
        return Err(Error::Field {
            field: "证据类型",
            expected: ("文件证据须选择文件", "evidence that is a file needs one").into(),
        });
    }
    required_line("证据标题", &draft.title)?;
    let number = session.workspace.next_number(Entity::Evidence, round)?;
    let evidence = said(blank(session, round, number, kind), draft)?;
    let mut edits = links(round, evidence.id, items, &draft.locator)?;
    edits.insert(0, Edit::Evidence(evidence));
    session.commit(round, "add_evidence", &edits)
}

/// Replaces what is said about a piece of evidence (the content stays).
///
/// # Errors
/// When there is none, a field is refused or the round is frozen.
pub fn edit(session: &mut Session, round: Id, evidence: Id, draft: &EvidenceDraft) -> Result<Update> {
    let (_, snapshot) = writable(session, round)?;
    let held = by_id(&snapshot, evidence)?.clone();
    required_line("证据标题", &draft.title)?;
    session.commit(round, "edit_evidence", &[Edit::Evidence(said(held, draft)?)])
}

/// Links evidence to items with a locator; existing links get the new locator.
///
/// # Errors
/// When evidence or an item is unknown or the round is frozen.
pub fn link(session: &mut Session, round: Id, evidence: Id, items: &[String], locator: &str) -> Result<Update> {
    let (pack, snapshot) = writable(session, round)?;
    known_items(&pack, items)?;
    by_id(&snapshot, evidence)?;
    session.commit(round, "link_evidence", &links(round, evidence, items, locator)?)
}

/// Takes a link away; it stays in the history.
///
/// # Errors
/// When there is no such link or the round is frozen.
pub fn unlink(session: &mut Session, round: Id, evidence: Id, item: &str) -> Result<Update> {
    let (_, snapshot) = writable(session, round)?;
    let link = snapshot
        .links
        .iter()
        .find(|l| l.evidence == evidence && l.item == item)
        .ok_or_else(|| Error::Unknown { what: "证据关联", key: item.to_owned() })?;
    session.commit(round, "unlink_evidence", &[Edit::Link(Link { withdrawn: true, ..link.clone() })])
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
    line("文件名", &name_of(file))?;
    Ok(held)
}

/// The last part of [`replace`]: the row.
///
/// # Errors
/// As [`replace`].
pub fn replace_stored(session: &mut Session, round: Id, evidence: Id, stored: &[StoredFile]) -> Result<Update> {
    let [file] = stored else {
        return Err(Error::Unknown { what: "文件", key: evidence.to_string() });
    };
    let held = check_replacement(session, round, evidence, Path::new(&file.file_name))?;
    session.forget_verified(&file.sha256);
    let edited = Evidence {
        title: if held.title == held.file_name { file.file_name.clone() } else { held.title.clone() },
        file_name: file.file_name.clone(),
        media_type: media_type(&file.file_name).to_owned(),
        size_bytes: file.size_bytes.to_string(),
        sha256: file.sha256.clone(),
        ..held
    };
    session.commit(round, "replace_evidence", &[Edit::Evidence(edited)])
}

/// Withdraws evidence, its links, and its mention as proof of a task's effect; content and history stay.
///
/// # Errors
/// When there is none or the round is frozen.
pub fn withdraw(session: &mut Session, round: Id, evidence: Id) -> Result<Update> {
    let (_, snapshot) = writable(session, round)?;
    let held = by_id(&snapshot, evidence)?.clone();
    let mut edits = vec![Edit::Evidence(Evidence { withdrawn: true, ..held })];
    let of_it = snapshot.links.iter().filter(|l| l.evidence == evidence);
    edits.extend(of_it.map(|l| Edit::Link(Link { withdrawn: true, ..l.clone() })));
    edits.extend(snapshot.tasks.iter().filter(|t| t.proof.contains(&evidence)).map(|t| {
        let mut task = t.clone();
        task.proof.retain(|id| *id != evidence);
        Edit::Task(task)
    }));
    session.commit(round, "withdraw_evidence", &edits)
}

/// Hashes every evidence file of the round and answers with what is different in the figures now.
///
/// # Errors
/// [`Error::Cancelled`] when broken off.
pub fn verify(
    session: &mut Session,
    round: Id,
    on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<FigureChanges> {
    read_files(session, round, on)?;
    session.look(round)
}

/// The first part of [`verify`]: reads the files and remembers what was found. Takes long; a session aside may do it, and
/// [`Session::learn`] hands it over.
///
/// # Errors
/// As [`verify`].
pub fn read_files(session: &mut Session, round: Id, on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<()> {
    let (_, snapshot) = session.snapshot(round)?;
    let states = session.workspace.verify_files(&snapshot.evidence, on)?;
    session.remember_verified(&snapshot, &states);
    Ok(())
}

/// The evidence with this id.
///
/// # Errors
/// When there is none.
pub fn by_id(snapshot: &Snapshot, id: Id) -> Result<&Evidence> {
    snapshot.evidence.iter().find(|e| e.id == id).ok_or_else(|| Error::Unknown { what: "证据", key: id.to_string() })
}

/// The evidence with this label (`EV-0001`; case and leading zeros do not matter).
///
/// # Errors
/// When there is none.
pub fn by_label<'a>(snapshot: &'a Snapshot, label: &str) -> Result<&'a Evidence> {
    let number = crate::findings::number_of(label, "EV-");
    snapshot
        .evidence
        .iter()
        .find(|e| Some(e.number) == number)
        .ok_or_else(|| Error::Unknown { what: "证据", key: label.to_owned() })
}

fn writable(session: &mut Session, round: Id) -> Result<(Arc<CriteriaPack>, Arc<Snapshot>)> {
    session.may_write()?;
    let (pack, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen { Err(Error::Frozen) } else { Ok((pack, snapshot)) }
}

/// Whether evidence may be added to these items with this draft; what there is already.
fn may_add(session: &mut Session, round: Id, items: &[String], draft: &EvidenceDraft) -> Result<Arc<Snapshot>> {
    let (pack, snapshot) = writable(session, round)?;
    known_items(&pack, items)?;
    check(draft)?;
    Ok(snapshot)
}

fn known_items(pack: &CriteriaPack, items: &[String]) -> Result<()> {
    items.iter().find(|code| pack.item(code).is_none()).map_or(Ok(()), |code| Err(Error::UnknownItem(code.clone())))
}

fn blank(session: &Session, round: Id, number: u32, kind: EvidenceKind) -> Evidence {
    Evidence {
        id: session.env.id(),
        assessment: round,
        number,
        kind,
        title: String::new(),
        file_name: String::new(),
        media_type: String::new(),
        size_bytes: String::new(),
        sha256: String::new(),
        location: String::new(),
        text: String::new(),
        effective: None,
        expires: None,
        added_by: session.env.actor.clone(),
        added_at: session.env.now(),
        withdrawn: false,
        flaw: Flaw::None,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Refuses a draft before a file is copied for it.
fn check(draft: &EvidenceDraft) -> Result<()> {
    line("证据标题", &draft.title)?;
    line("位置", &draft.location)?;
    text("证据说明", &draft.text)?;
    line("定位", &draft.locator)?;
    if let (Some(from), Some(to)) = (draft.effective, draft.expires)
        && from > to
    {
        let expected = (
            format!("生效日期 {from} 不应晚于失效日期 {to}"),
            format!("the first day {from} must not come after the last one {to}"),
        );
        return Err(Error::Field { field: "有效期", expected: expected.into() });
    }
    Ok(())
}

fn said(mut evidence: Evidence, draft: &EvidenceDraft) -> Result<Evidence> {
    check(draft)?;
    evidence.title = line("证据标题", &draft.title)?;
    evidence.location = line("位置", &draft.location)?;
    evidence.text = text("证据说明", &draft.text)?;
    evidence.effective = draft.effective;
    evidence.expires = draft.expires;
    Ok(evidence)
}

fn links(round: Id, evidence: Id, items: &[String], locator: &str) -> Result<Vec<Edit>> {
    let locator = line("定位", locator)?;
    Ok(items
        .iter()
        .map(|item| {
            Edit::Link(Link {
                evidence,
                assessment: round,
                item: item.clone(),
                locator: locator.clone(),
                withdrawn: false,
            })
        })
        .collect())
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
