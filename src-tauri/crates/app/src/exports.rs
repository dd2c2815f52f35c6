//! What leaves the workspace: report, evidence pack, plan tables; and the way back, verification.

mod place;
mod verification;

pub use verification::{Mismatch, Verification, verify};

use crate::files::read_up_to;
use crate::view::Update;
use crate::{Error, Result, Session};
use domain::{CriteriaPack, Entity, Id, ReportRecord, SignOff, Snapshot};
use exchange::evidence_pack::{self, PackEntry, PackParts};
use place::{Over, Placed};
use report::{Input, Layout, Options, Report};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ExportProgress {
    /// What is being done.
    pub stage: ExportStage,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// What an export is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum ExportStage {
    /// Setting lines and pages.
    Layout,
    /// Writing the PDF.
    Render,
    /// Copying evidence into a pack.
    Pack,
}

/// Called with the progress of an export; breaking off cancels it and leaves no file behind.
pub type OnProgress<'a> = &'a mut dyn FnMut(ExportProgress) -> ControlFlow<()>;

fn of_report(progress: report::Progress) -> ExportProgress {
    let stage = match progress.stage {
        report::Stage::Layout => ExportStage::Layout,
        report::Stage::Render => ExportStage::Render,
    };
    ExportProgress { stage, done: progress.done, total: progress.total }
}

/// What an export is asked for, a report or a pack.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The file of the report, or the folder of the pack.
    pub to: &'a Path,
    /// What the report looks like.
    pub options: &'a Options,
    /// Who gets it, as printed on its control page.
    pub distribution: &'a [String],
    /// The user was asked whether the file at `to` is to be replaced. Without it only this round's own earlier export is,
    /// and only while it is what was written.
    pub overwrite: bool,
}

impl Export<'_> {
    fn over(&self, session: &Session, round: Id) -> Result<Over> {
        if self.overwrite {
            return Ok(Over::Any);
        }
        let reports = session.workspace.reports(round)?;
        Ok(Over::Own(reports.into_iter().map(|report| report.pdf_sha256).collect()))
    }
}

/// A report that was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Exported {
    /// Its entry in the list of reports.
    pub record: ReportRecord,
    /// Pages.
    pub pages: u32,
    /// Size of the file in bytes.
    pub bytes: u32,
    /// Characters that no font of ours can draw; printed as 〓.
    pub missing: BTreeSet<char>,
}

/// Something that lies in its place and that no row names yet. Dropped instead of [recorded](Unrecorded::record), it takes
/// itself away and the place is what it was: there is no report that the workspace does not know.
#[must_use]
pub struct Unrecorded<T> {
    done: T,
    round: Id,
    record: ReportRecord,
    placed: Placed,
}

impl<T> Unrecorded<T> {
    /// Notes the report in its round. No update when the round knows this very report or nothing may be written.
    ///
    /// # Errors
    /// When the row cannot be written; what was put in place is taken away again then.
    pub fn record(self, session: &mut Session) -> Result<(T, Option<Update>)> {
        let update = session.record(self.round, &self.record)?;
        self.placed.keep();
        Ok((self.done, update))
    }
}

/// Makes a report, writes it to `path` and records it, all or nothing. The same data, options and day give the same bytes and
/// the same number; what lies at `path` is replaced only if it may be, and when the whole report is on disk beside it.
///
/// # Errors
/// When the report cannot be made (logo), written or recorded; the former file at `path` is untouched then.
pub fn report(
    session: &mut Session,
    round: Id,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<(Exported, Option<Update>)> {
    place_report(session, round, wanted, on)?.record(session)
}

/// The first half of [`report`], for a session aside: everything but the row.
///
/// # Errors
/// When the report cannot be made (logo) or written; the former file at `path` is untouched then.
pub fn place_report(
    session: &mut Session,
    round: Id,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<Unrecorded<Exported>> {
    let over = wanted.over(session, round)?;
    over.check(wanted.to)?;
    let file_name = wanted.to.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (record, report) = issue(session, round, &file_name, wanted, on)?;
    let placed = Placed::file(wanted.to, &report.pdf, &over)?;
    Ok(Unrecorded { done: exported(record.clone(), &report), round, record, placed })
}

fn exported(record: ReportRecord, report: &Report) -> Exported {
    Exported {
        record,
        pages: report.pages,
        bytes: u32::try_from(report.pdf.len()).unwrap_or(u32::MAX),
        missing: report.missing.clone(),
    }
}

/// Renders a report as the next number, or as the number it already has: when the last report of the day over the same root
/// and options comes out with the same bytes, it *is* that report.
fn issue(
    session: &mut Session,
    round: Id,
    file_name: &str,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<(ReportRecord, Report)> {
    let Export { options, distribution, .. } = *wanted;
    let (pack, snapshot) = session.snapshot(round)?;
    let root = snapshot.root();
    let draft = report::is_draft(&pack, &snapshot, options);
    // Withdrawn signatures and those over another version too: the sign-off page says that they do not cover this report.
    let sign_offs: Vec<SignOff> = session.workspace.sign_offs(round)?;
    let roots = session.roots(&snapshot, sign_offs.iter())?;
    let last_pack = last_pack(session, &snapshot)?;
    let files = session.file_states(&snapshot);
    let history = session.workspace.reports(round)?;
    let offset = *session.env.local().offset();
    let mut render = |record: &ReportRecord| {
        let earlier: Vec<ReportRecord> = history.iter().filter(|r| r.number < record.number).cloned().collect();
        report::render(
            &Input {
                pack: &pack,
                snapshot: &snapshot,
                last_pack: last_pack.as_deref(),
                sign_offs: &sign_offs,
                files: &files,
                today: record.exported_at.with_timezone(&offset).date_naive(),
                generated_at: record.exported_at.with_timezone(&offset),
                number: &label(record),
                history: &earlier,
                distribution,
                roots: &roots,
            },
            options,
            &mut |progress| on(of_report(progress)),
        )
    };
    let like_this = |r: &&ReportRecord| {
        r.root == root
            && r.layout == options.layout.key()
            && r.lang == options.lang.key()
            && r.draft == draft
            && r.exported_at.with_timezone(&offset).date_naive() == session.env.today()
    };
    for known in history.iter().rev().filter(like_this) {
        let report = render(known)?;
        if domain::snapshot::sha256_hex(&report.pdf) == known.pdf_sha256 {
            return Ok((known.clone(), report));
        }
    }
    let mut record = ReportRecord {
        id: session.env.id(),
        assessment: round,
        number: session.workspace.next_number(Entity::Report, round)?,
        root: root.clone(),
        pdf_sha256: String::new(),
        file_name: file_name.to_owned(),
        layout: options.layout.key().to_owned(),
        lang: options.lang.key().to_owned(),
        draft,
        exported_by: session.env.actor.clone(),
        exported_at: session.env.now(),
        withdrawn: false,
        options_sha256: String::new(),
        format: snapshot.format,
    };
    let report = render(&record)?;
    record.pdf_sha256 = domain::snapshot::sha256_hex(&report.pdf);
    Ok((record, report))
}

/// The criteria of the round before, when they were others.
fn last_pack(session: &mut Session, snapshot: &Snapshot) -> Result<Option<Arc<CriteriaPack>>> {
    let Some(before) = &snapshot.predecessor else { return Ok(None) };
    let before = session.workspace.assessments()?.into_iter().find(|a| a.id == before.id);
    let other = before.map(|a| a.pack_sha256).filter(|sha256| *sha256 != snapshot.pack.sha256);
    other.map(|sha256| session.pack(&sha256)).transpose()
}

fn label(record: &ReportRecord) -> String {
    format!("R-{:02}", record.number)
}

/// The newest report whose root is not the round's root any more, with the root of today: "differs from report R".
///
/// # Errors
/// When the round cannot be read.
pub fn differs(session: &mut Session, round: Id) -> Result<Option<Difference>> {
    let Some(newest) = session.workspace.reports(round)?.pop() else { return Ok(None) };
    let now = session.snapshot_in(round, newest.format)?.root();
    Ok((newest.root != now).then(|| Difference { report: label(&newest), root: newest.root, now }))
}

/// A report that no longer shows what the workspace holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Difference {
    /// Label of the report.
    pub report: String,
    /// Root it was printed with.
    pub root: String,
    /// Root of the round now.
    pub now: String,
}

/// A pack that was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Packed {
    /// The folder.
    pub folder: String,
    /// Number of files in it.
    pub files: u32,
    /// The report in it.
    pub report: Exported,
    /// Evidence whose file could not be included, by label.
    pub left_out: Vec<String>,
}

/// Writes the evidence pack (report, evidence under readable names, `assessment.json`, `SHA256SUMS`, README in two languages)
/// and records its report, all or nothing. The folder must not exist or be empty; it appears only when everything is in it.
///
/// # Errors
/// When the folder is in use, a file cannot be written, the report cannot be recorded, or the export is cancelled.
pub fn evidence_pack(
    session: &mut Session,
    round: Id,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<(Packed, Option<Update>)> {
    place_pack(session, round, wanted, on)?.record(session)
}

/// The first half of [`evidence_pack`], for a session aside: everything but the row.
///
/// # Errors
/// When the folder is in use, a file cannot be written, or the export is cancelled.
pub fn place_pack(
    session: &mut Session,
    round: Id,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<Unrecorded<Packed>> {
    let (folder, lang) = (wanted.to, wanted.options.lang.key());
    evidence_pack::check_target(&store::outside(folder)?)?;
    let (record, report) = issue(session, round, evidence_pack::report_name(lang), wanted, &mut *on)?;
    let (pack, snapshot) = session.snapshot(round)?;
    let (entries, left_out) = entries(session, &snapshot);
    let parts = PackParts {
        organization: &snapshot.assessment.organization,
        title: &snapshot.assessment.title,
        standard: &pack.pack.standard,
        notice: &pack.pack.notice,
        notice_en: &pack.pack.notice_en,
        report_label: &label(&record),
        report: &report.pdf,
        lang,
        snapshot_json: &snapshot.canonical_json(),
        root: &record.root,
        criteria: session.workspace.pack_text(&snapshot.pack.sha256)?.unwrap_or_default(),
        evidence: entries,
        left_out: &left_out,
    };
    let total = u32::try_from(parts.evidence.len()).unwrap_or(u32::MAX);
    let mut on = |done| on(ExportProgress { stage: ExportStage::Pack, done, total });
    let (placed, files) = Placed::folder(folder, |folder| Ok(evidence_pack::write(folder, &parts, &mut on)?))?;
    let packed =
        Packed { folder: folder.display().to_string(), files, report: exported(record.clone(), &report), left_out };
    Ok(Unrecorded { done: packed, round, record, placed })
}

/// Evidence files for a pack, and labels of those that are missing, changed or unreadable.
fn entries(session: &Session, snapshot: &Snapshot) -> (Vec<PackEntry>, Vec<String>) {
    let mut entries = Vec::new();
    let mut left_out = Vec::new();
    let states = session.file_states(snapshot);
    for evidence in snapshot.evidence.iter().filter(|e| !e.sha256.is_empty()) {
        if states.get(&evidence.id).is_some_and(|s| *s != domain::FileState::Present) {
            left_out.push(evidence.label());
            continue;
        }
        entries.push(PackEntry {
            label: evidence.label(),
            file_name: evidence.file_name.clone(),
            title: evidence.title.clone(),
            sha256: evidence.sha256.clone(),
            source: session.workspace.evidence_path(&evidence.sha256),
        });
    }
    (entries, left_out)
}

/// Writes the remediation plan as a table. No list is kept of plans, so a file that is there is replaced only when the user was
/// asked (`overwrite`): somebody may have gone on working in it.
///
/// # Errors
/// When the file cannot be written or another one lies there.
pub fn plan(
    session: &mut Session,
    round: Id,
    path: &Path,
    format: PlanFormat,
    english: bool,
    overwrite: bool,
) -> Result<()> {
    let over = if overwrite { Over::Any } else { Over::Own(BTreeSet::new()) };
    let (pack, snapshot) = session.snapshot(round)?;
    let rows = exchange::plan::rows(&pack, &snapshot, session.env.local(), english);
    let bytes = match format {
        PlanFormat::Csv => exchange::plan::csv(&rows)?,
        PlanFormat::Xlsx => exchange::plan::xlsx(&rows, english)?,
    };
    Placed::file(path, &bytes, &over)?.keep();
    Ok(())
}

/// File format of a plan table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum PlanFormat {
    /// Comma-separated, UTF-8 with byte order mark so that Excel reads it.
    Csv,
    /// Excel workbook.
    Xlsx,
}

/// Reads a logo from disk, refusing what is too large to be one before reading it.
///
/// # Errors
/// [`Error::File`], [`Error::Field`].
pub fn read_logo(path: &Path) -> Result<Vec<u8>> {
    /// 8 MiB: a print-quality logo is a hundredth of it.
    const MAX_LOGO_BYTES: u64 = 8 << 20;
    let bytes = read_up_to(path, MAX_LOGO_BYTES)?;
    if bytes.len() as u64 > MAX_LOGO_BYTES {
        return Err(Error::Field { field: "标志图片", expected: ("不超过 8 MiB", "at most 8 MiB").into() });
    }
    Ok(bytes)
}

/// Layout by its stable name.
#[must_use]
pub fn layout(name: &str) -> Option<Layout> {
    Layout::ALL.into_iter().find(|l| l.key() == name)
}

/// Where a report goes when nobody says otherwise: `<organisation>-<layout>-<lang>.pdf` with characters that no file system
/// refuses.
#[must_use]
pub fn suggested_name(snapshot: &Snapshot, options: &Options) -> PathBuf {
    let name = format!("{}-{}-{}.pdf", snapshot.assessment.organization, options.layout.key(), options.lang.key());
    PathBuf::from(exchange::safe_name(&name))
}
