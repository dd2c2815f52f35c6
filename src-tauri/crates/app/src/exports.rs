//! What leaves the workspace: report, documents for Word, evidence pack, plan tables, request list; and the way back, verification.

mod comparison;
mod criteria_files;
mod issue;
mod packs;
mod place;
mod plans;
mod reports;
mod requests;
mod subject;
mod verification;
mod word;
mod workbooks;

pub use comparison::Comparison;
pub use criteria_files::criteria_file;
pub use packs::{Packed, evidence_pack, place_pack};
pub use plans::{PlanFormat, plan};
pub use reports::{Difference, differs, place_report, read_logo, report};
pub use requests::request_list;
pub use verification::{Mismatch, RenamedFile, Verification, verify};
pub use word::{Document, WordDone, word};
pub use workbooks::{WorkbookOptions, workbook};

use crate::view::Update;
use crate::{Result, Session};
use ::report::{Layout, Options, Report};
use domain::{Id, ReportRecord, Snapshot};
use place::{Over, Placed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

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

impl From<::report::Progress> for ExportProgress {
    fn from(progress: ::report::Progress) -> Self {
        let stage = match progress.stage {
            ::report::Stage::Layout => ExportStage::Layout,
            ::report::Stage::Render => ExportStage::Render,
        };
        Self { stage, done: progress.done, total: progress.total }
    }
}

/// Called with the progress of an export; breaking off cancels it and leaves no file behind.
pub type OnProgress<'a> = &'a mut dyn FnMut(ExportProgress) -> ControlFlow<()>;

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

fn exported(record: ReportRecord, report: &Report) -> Exported {
    Exported {
        record,
        pages: report.pages,
        bytes: u32::try_from(report.pdf.len()).unwrap_or(u32::MAX),
        missing: report.missing.clone(),
    }
}

fn label(record: &ReportRecord) -> String {
    format!("R-{:02}", record.number)
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
