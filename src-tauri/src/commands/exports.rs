//! What leaves the workspace, and verifying it.

use crate::error::Result;
use crate::grants::Grants;
use crate::jobs::Job;
use crate::state::{AppState, aside};
use app::domain::Lang;
use app::domain::ReportRecord;
use app::exports::{self, Document, Export, ExportProgress, ExportStage, Exported, PlanFormat, Verification, WordDone};
use app::report::{Layout, Options, SectionId, WordKind};
use app::view::Update;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::PathBuf;
use tauri::State;

/// How a report is to look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(default)]
pub struct ReportOptions {
    /// Which sections, and how detailed.
    pub layout: Layout,
    /// Language of every printed word that is not the user's own.
    pub lang: Lang,
    /// Path of a picture the user chose, drawn on the cover.
    pub logo: Option<String>,
    /// Prints the draft mark on every page.
    pub draft: bool,
    /// Only these sections; all of the layout's when null.
    pub sections: Option<Vec<SectionId>>,
    /// Who gets a copy.
    pub distribution: Vec<String>,
}

/// A report that was written.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ExportedReport {
    /// Its entry in the list of reports.
    pub record: ReportRecord,
    /// Pages.
    pub pages: u32,
    /// Size of the file in bytes.
    pub bytes: u32,
    /// Characters that no font of ours can draw; printed as 〓.
    pub missing: Vec<String>,
    /// What changed; null when this very report was exported before.
    pub update: Option<Update>,
}

/// An evidence pack that was written.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PackResult {
    /// The folder.
    pub dir: String,
    /// Number of files in it.
    pub files: u32,
    /// Evidence whose file could not be included, by label.
    pub left_out: Vec<String>,
    /// The report in it.
    pub report: ExportedReport,
}

/// A report that no longer shows what the workspace holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Differs {
    /// Number of the report.
    pub number: u32,
    /// Root it was printed with.
    pub root: String,
    /// Root of the round now.
    pub now: String,
}

/// Outcome of verifying a report.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct VerifyResult {
    /// Whether everything holds.
    pub ok: bool,
    /// What was found.
    #[serde(flatten)]
    pub found: Verification,
}

/// Writes a report to a place the user chose.
#[tauri::command]
#[specta::specta]
pub async fn export_report(
    state: State<'_, AppState>,
    job: String,
    path: String,
    options: ReportOptions,
) -> Result<ExportedReport> {
    let path = state.grants.check(&path)?;
    let logo = logo(&state.grants, options.logo.as_deref())?;
    let overwrite = state.grants.may_replace(&path);
    let mut job = state.job(&job);
    state
        .beside(
            aside,
            move |(mut aside, round)| {
                let (wanted, distribution) = wanted(options, logo)?;
                let export = Export { to: &path, options: &wanted, distribution: &distribution, overwrite };
                Ok(exports::place_report(&mut aside, round, &export, &mut of_export(&mut job))?)
            },
            |open, placed| {
                let (done, update) = placed.record(&mut open.session)?;
                Ok(exported(done, update))
            },
        )
        .await
}

/// The newest report that no longer shows what is recorded; null when it does or there is none.
#[tauri::command]
#[specta::specta]
pub async fn report_differs(state: State<'_, AppState>) -> Result<Option<Differs>> {
    state
        .with(move |open| {
            let newest = open.session.reports(open.round)?.pop();
            let differs = exports::differs(&mut open.session, open.round)?;
            Ok(differs.zip(newest).map(|(d, report)| Differs { number: report.number, root: d.root, now: d.now }))
        })
        .await
}

/// Writes the evidence pack into a folder the user chose, or a new one in it.
#[tauri::command]
#[specta::specta]
pub async fn export_pack(
    state: State<'_, AppState>,
    job: String,
    dir: String,
    options: ReportOptions,
) -> Result<PackResult> {
    let folder = state.grants.check(&dir)?;
    let logo = logo(&state.grants, options.logo.as_deref())?;
    let mut job = state.job(&job);
    state
        .beside(
            aside,
            move |(mut aside, round)| {
                let (wanted, distribution) = wanted(options, logo)?;
                // A folder that holds something is never replaced.
                let export = Export { to: &folder, options: &wanted, distribution: &distribution, overwrite: false };
                Ok(exports::place_pack(&mut aside, round, &export, &mut of_export(&mut job))?)
            },
            |open, placed| {
                let (packed, update) = placed.record(&mut open.session)?;
                Ok(PackResult {
                    dir: packed.folder,
                    files: packed.files,
                    left_out: packed.left_out,
                    report: exported(packed.report, update),
                })
            },
        )
        .await
}

/// How a document for Word is to be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct WordOptions {
    /// Which document.
    pub kind: WordKind,
    /// Language of every word that is not the user's own.
    pub lang: Lang,
    /// Path of a picture the user chose, above the title.
    pub logo: Option<String>,
    /// Says that it is a draft.
    pub draft: bool,
}

/// Writes a document that people go on editing to a place the user chose.
#[tauri::command]
#[specta::specta]
pub async fn export_word(
    state: State<'_, AppState>,
    job: String,
    path: String,
    options: WordOptions,
) -> Result<WordDone> {
    let path = state.grants.check(&path)?;
    let logo = logo(&state.grants, options.logo.as_deref())?;
    let overwrite = state.grants.may_replace(&path);
    let mut job = state.job(&job);
    state
        .beside(
            aside,
            move |(mut aside, round)| {
                let logo = logo.map(|path| exports::read_logo(&path)).transpose()?;
                let WordOptions { kind, lang, draft, .. } = options;
                let wanted = Document { to: &path, kind, lang, logo: logo.as_deref(), draft, overwrite };
                Ok(exports::word(&mut aside, round, &wanted, &mut of_export(&mut job))?)
            },
            |_, done| Ok(done),
        )
        .await
}

/// Writes the remediation plan as a table to a place the user chose.
#[tauri::command]
#[specta::specta]
pub async fn export_plan(state: State<'_, AppState>, path: String, format: PlanFormat) -> Result<()> {
    let path = state.grants.check(&path)?;
    let lang = state.lang();
    let overwrite = state.grants.may_replace(&path);
    state
        .beside(
            aside,
            move |(mut aside, round)| Ok(exports::plan(&mut aside, round, &path, format, lang, overwrite)?),
            |_, ()| Ok(()),
        )
        .await
}

/// Verifies a report the user chose: its own data, the pack around it, and the open workspace if it is about the same round.
#[tauri::command]
#[specta::specta]
pub async fn verify_report(state: State<'_, AppState>, path: String, pack_dir: Option<String>) -> Result<VerifyResult> {
    let path = state.grants.check(&path)?;
    let pack = pack_dir.map(|dir| state.grants.check(&dir)).transpose()?;
    // A report can be verified without any workspace.
    let seen = state.slot(|slot| slot.open.as_mut().map(aside).transpose()).await?;
    state
        .off_thread(move || {
            let mut seen = seen.map(|(session, _)| session);
            let found = exports::verify(&path, pack.as_deref(), seen.as_mut())?;
            Ok(VerifyResult { ok: found.mismatches.is_empty(), found })
        })
        .await
}

fn logo(grants: &Grants, path: Option<&str>) -> Result<Option<PathBuf>> {
    path.filter(|path| !path.is_empty()).map(|path| grants.check(path)).transpose()
}

fn wanted(options: ReportOptions, logo: Option<PathBuf>) -> Result<(Options, Vec<String>)> {
    let wanted = Options {
        layout: options.layout,
        lang: options.lang,
        logo: logo.map(|path| exports::read_logo(&path)).transpose()?,
        draft: options.draft,
        sections: options.sections.map(|list| list.into_iter().collect()),
    };
    Ok((wanted, options.distribution))
}

fn exported(done: Exported, update: Option<Update>) -> ExportedReport {
    ExportedReport {
        record: done.record,
        pages: done.pages,
        bytes: done.bytes,
        missing: done.missing.into_iter().map(String::from).collect(),
        update,
    }
}

fn of_export(job: &mut Job) -> impl FnMut(ExportProgress) -> ControlFlow<()> {
    move |progress| {
        let stage = match progress.stage {
            ExportStage::Layout => "layout",
            ExportStage::Render => "render",
            ExportStage::Pack => "pack",
        };
        job.step(stage, progress.done, progress.total)
    }
}
