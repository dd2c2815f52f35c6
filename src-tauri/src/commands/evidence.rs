//! Evidence: adding, linking, looking at it, verifying it.

use crate::error::{IpcError, Result};
use crate::preview::{Preview, preview};
use crate::state::{AppState, Open, aside};
use crate::{jobs::Job, outside};
use app::domain::{Evidence, EvidenceKind, Id};
use app::evidence::{self, EvidenceDraft};
use app::store::ImportProgress;
use app::view::{FigureChanges, Update};
use base64::Engine as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::State;

/// Adds files the user chose and links each to the items.
#[tauri::command]
#[specta::specta]
pub async fn add_files(
    state: State<'_, AppState>,
    job: String,
    items: Vec<String>,
    paths: Vec<String>,
    draft: EvidenceDraft,
) -> Result<Update> {
    let files = state.grants.check_all(&paths)?;
    let mut job = state.job(&job);
    let add = Arc::new((items, draft));
    let (check, add) = (Arc::clone(&add), add);
    state
        .beside(
            move |open| {
                evidence::check_files(&mut open.session, open.round, &check.0, &files, &check.1)?;
                Ok((open.session.aside(open.round)?, open.round, files))
            },
            move |(mut aside, round, files)| {
                Ok((round, evidence::take_in(&mut aside, &files, &mut of_import(&mut job))?))
            },
            move |open, (round, stored)| Ok(evidence::add_stored(&mut open.session, round, &add.0, &stored, &add.1)?),
        )
        .await
}

/// Adds content without a file, such as a pasted screenshot, in base64.
#[tauri::command]
#[specta::specta]
pub async fn add_bytes(
    state: State<'_, AppState>,
    items: Vec<String>,
    file_name: String,
    bytes_base64: String,
    draft: EvidenceDraft,
) -> Result<Update> {
    state
        .with(move |open| {
            let bytes = decode(&bytes_base64)?;
            Ok(evidence::add_bytes(&mut open.session, open.round, &items, &file_name, &bytes, &draft)?)
        })
        .await
}

/// Adds a link, record, interview or observation.
#[tauri::command]
#[specta::specta]
pub async fn add_record(
    state: State<'_, AppState>,
    items: Vec<String>,
    kind: EvidenceKind,
    draft: EvidenceDraft,
) -> Result<Update> {
    state.with(move |open| Ok(evidence::add_record(&mut open.session, open.round, &items, kind, &draft)?)).await
}

/// Replaces what is said about evidence.
#[tauri::command]
#[specta::specta]
pub async fn edit_evidence(state: State<'_, AppState>, id: Id, draft: EvidenceDraft) -> Result<Update> {
    state.with(move |open| Ok(evidence::edit(&mut open.session, open.round, id, &draft)?)).await
}

/// Links evidence to items.
#[tauri::command]
#[specta::specta]
pub async fn link_evidence(state: State<'_, AppState>, id: Id, items: Vec<String>, locator: String) -> Result<Update> {
    state.with(move |open| Ok(evidence::link(&mut open.session, open.round, id, &items, &locator)?)).await
}

/// Takes a link away.
#[tauri::command]
#[specta::specta]
pub async fn unlink_evidence(state: State<'_, AppState>, id: Id, item: String) -> Result<Update> {
    state.with(move |open| Ok(evidence::unlink(&mut open.session, open.round, id, &item)?)).await
}

/// Withdraws evidence.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_evidence(state: State<'_, AppState>, id: Id) -> Result<Update> {
    state.with(move |open| Ok(evidence::withdraw(&mut open.session, open.round, id)?)).await
}

/// Replaces the file of evidence by another one the user chose.
#[tauri::command]
#[specta::specta]
pub async fn replace_evidence(state: State<'_, AppState>, job: String, id: Id, path: String) -> Result<Update> {
    let file = state.grants.check(&path)?;
    let mut job = state.job(&job);
    state
        .beside(
            move |open| {
                evidence::check_replacement(&mut open.session, open.round, id, &file)?;
                Ok((open.session.aside(open.round)?, open.round, file))
            },
            move |(mut aside, round, file)| {
                Ok((round, evidence::take_in(&mut aside, &[file], &mut of_import(&mut job))?))
            },
            move |open, (round, stored)| Ok(evidence::replace_stored(&mut open.session, round, id, &stored)?),
        )
        .await
}

/// Hashes every evidence file and looks into it; what shows nothing is recorded as such.
#[tauri::command]
#[specta::specta]
pub async fn verify_evidence(state: State<'_, AppState>, job: String) -> Result<Update> {
    let mut job = state.job(&job);
    state
        .beside(
            aside,
            move |(mut aside, round)| {
                evidence::read_files(&mut aside, round, &mut |done, total| job.step_bytes("verify", done, total))?;
                evidence::look_again(&mut aside, round, &mut |done, total| job.step_bytes("verify", done, total))?;
                Ok((aside, round))
            },
            move |open, (aside, round)| {
                open.session.learn(&aside);
                Ok(evidence::record_flaws(&mut open.session, round)?)
            },
        )
        .await
}

/// Looks whether every evidence file is there, without reading it.
#[tauri::command]
#[specta::specta]
pub async fn look_at_evidence(state: State<'_, AppState>) -> Result<FigureChanges> {
    state.with(|open| Ok(open.session.look(open.round)?)).await
}

/// A look at evidence: a picture, the beginning of a text, or nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_evidence(state: State<'_, AppState>, id: Id) -> Result<Preview> {
    let (evidence, path) = state.with(move |open| content(open, id)).await?;
    // Decoding takes a while: the workspace is free for others meanwhile.
    state.off_thread(move || Ok(preview(&path, &evidence.media_type))).await
}

/// Opens evidence in the system's program for it, from a read-only copy.
#[tauri::command]
#[specta::specta]
pub async fn open_evidence(state: State<'_, AppState>, id: Id) -> Result<()> {
    let (evidence, path) = state.with(move |open| content(open, id)).await?;
    let folder = state.home.join("opened");
    state
        .off_thread(move || {
            let copy = outside::copy(&folder, &path, &evidence.sha256, &evidence.file_name)?;
            tauri_plugin_opener::open_path(&copy, None::<&str>).map_err(|_| no_program(&evidence.file_name))
        })
        .await
}

/// The evidence and where its content lies.
fn content(open: &mut Open, id: Id) -> Result<(Evidence, PathBuf)> {
    let (_, snapshot) = open.session.snapshot(open.round)?;
    let evidence = evidence::by_id(&snapshot, id)?.clone();
    if evidence.kind != EvidenceKind::File {
        let label = evidence.label();
        return Err(IpcError::new("not_a_file", format!("{label} 不是文件证据"), format!("{label} is no file")));
    }
    let path = open.session.content_path(&evidence.sha256);
    Ok((evidence, path))
}

fn no_program(name: &str) -> IpcError {
    IpcError::new("no_program", format!("没有可打开 {name} 的程序"), format!("no program here opens {name}"))
}

fn of_import(job: &mut Job) -> impl FnMut(ImportProgress) -> ControlFlow<()> {
    move |progress| job.step_bytes("import", progress.bytes_done, progress.bytes_total)
}

/// Pasted content: at most 64 MiB, which no screenshot reaches; larger things come as files.
fn decode(base64: &str) -> Result<Vec<u8>> {
    const MAX_CHARS: usize = (64 << 20) / 3 * 4;
    if base64.len() > MAX_CHARS {
        return Err(IpcError::new(
            "pasted_too_large",
            "粘贴的内容超过 64 MiB，请以文件方式添加",
            "more than 64 MiB were pasted; add it as a file",
        ));
    }
    base64::engine::general_purpose::STANDARD
        .decode(base64)
        .map_err(|_| IpcError::new("pasted_unreadable", "粘贴的内容无法读取", "what was pasted cannot be read"))
}
