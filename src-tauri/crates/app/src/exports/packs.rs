//! Evidence packs: a report with everything that proves it.

use super::issue::issue;
use super::place::Placed;
use super::subject::Subject;
use super::{Export, ExportProgress, ExportStage, Exported, OnProgress, Unrecorded, exported, label};
use crate::view::Update;
use crate::{Result, Session};
use domain::{Id, Snapshot};
use exchange::evidence_pack::{self, PackEntry, PackParts};
use serde::{Deserialize, Serialize};

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
    let (folder, lang) = (wanted.to, wanted.options.lang);
    evidence_pack::check_target(&store::outside(folder)?)?;
    let subject = Subject::of(session, round)?;
    let (record, report) = issue(session, &subject, evidence_pack::report_name(lang), wanted, &mut *on)?;
    let Subject { pack, snapshot, sealed, .. } = &subject;
    let (entries, left_out) = entries(session, snapshot);
    let parts = PackParts {
        organization: &snapshot.assessment.organization,
        title: &snapshot.assessment.title,
        standard: &pack.pack.standard,
        notice: &pack.pack.notice,
        notice_en: &pack.pack.notice_en,
        report_label: &label(&record),
        report: &report.pdf,
        lang,
        data: sealed,
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
