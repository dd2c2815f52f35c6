//! The way back: is a report what it says, is its pack whole, and what has changed in the workspace since.

use super::comparison::{self, Comparison};
use crate::files::read_up_to;
use crate::{Error, Result, Session};
use domain::{Assessment, CriteriaPack, Evidence, Finding, Link, Snapshot, Task};
use exchange::evidence_pack;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Outcome of verifying a report.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Verification {
    /// Root printed in the report.
    pub printed_root: String,
    /// Root computed from the attached `assessment.json`.
    pub computed_root: String,
    /// Organisation named in it.
    pub organization: String,
    /// Title of the round named in it.
    pub title: String,
    /// Number of files of the pack that were checked.
    pub files_checked: u32,
    /// Files of the pack whose content is as listed and whose name is another one; archives recode names.
    pub renamed: Vec<RenamedFile>,
    /// Whether the pages were compared with those made of the data.
    pub pages: Comparison,
    /// Everything that does not hold; empty = nothing found that does not.
    pub mismatches: Vec<Mismatch>,
}

/// A file of a pack under another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RenamedFile {
    /// Name in the hash list.
    pub listed: String,
    /// Name in the folder.
    pub found: String,
}

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Mismatch {
    /// `root`, `page`, `part`, `file`, `workspace`: stable code.
    pub kind: String,
    /// Numbers of pages, part of the PDF, file name, item code or label.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

/// Verifies a report: attached data against printed root, pages against those made of the data, files of a pack against their hashes, and, if a workspace is
/// given, what differs from it today.
///
/// # Errors
/// When the report cannot be read at all.
pub fn verify(pdf: &Path, pack: Option<&Path>, mut workspace: Option<&mut Session>) -> Result<Verification> {
    /// 512 MiB: a report of 5,000 evidence rows has some ten.
    const MAX_REPORT_BYTES: u64 = 512 << 20;
    let bytes = read_up_to(pdf, MAX_REPORT_BYTES)?;
    let seen = report::verify(&bytes, &mut |sha256| criteria(sha256, pack, workspace.as_deref_mut()))?;
    let mut mismatches = Vec::new();
    if !seen.matches {
        let message = if seen.snapshot.is_some() {
            [
                "报告中打印的数据根与所附 assessment.json 的 SHA-256 不一致",
                "The printed root is not the SHA-256 of the attached assessment.json",
            ]
        } else {
            [
                "报告已损坏或被改动：所附 assessment.json 无法读取",
                "The report is damaged or was changed: the attached assessment.json cannot be read",
            ]
        };
        mismatches.push(mismatch("root", &pdf.display().to_string(), message));
    }
    mismatches.extend(comparison::mismatches(seen.pages.as_ref()));
    let (mut files_checked, mut renamed) = (0, Vec::new());
    if let Some(folder) = pack {
        let checked = evidence_pack::check(folder, seen.snapshot.as_ref(), &seen.printed, &bytes)?;
        files_checked = checked.files;
        let names = |r: evidence_pack::Renamed| RenamedFile { listed: r.listed, found: r.found };
        renamed = checked.renamed.into_iter().map(names).collect();
        mismatches.extend(checked.problems.into_iter().map(|p| Mismatch {
            kind: "file".into(),
            subject: p.file,
            message: p.message.into(),
            message_en: p.message_en.into(),
        }));
    }
    let mut recorded = false;
    if let (Some(session), Some(then)) = (workspace, &seen.snapshot) {
        mismatches.extend(against_workspace(session, then, &seen.recomputed)?);
        let record = record(session, then, &seen.recomputed, &bytes)?;
        recorded = record == Some(true);
        mismatches.extend((record == Some(false)).then(|| not_recorded(then)));
    }
    let named = |field: fn(&Assessment) -> &String| {
        seen.snapshot.as_ref().map_or_else(String::new, |s| field(&s.assessment).clone())
    };
    Ok(Verification {
        printed_root: seen.printed,
        computed_root: seen.recomputed,
        organization: named(|a| &a.organization),
        title: named(|a| &a.title),
        files_checked,
        renamed,
        pages: Comparison::of(seen.pages.as_ref(), recorded),
        mismatches,
    })
}

pub(super) fn mismatch(kind: &str, subject: &str, [message, message_en]: [&str; 2]) -> Mismatch {
    Mismatch { kind: kind.into(), subject: subject.into(), message: message.into(), message_en: message_en.into() }
}

/// The criteria with this hash: built in, in the pack beside the report, or in the workspace.
fn criteria(sha256: &str, pack: Option<&Path>, workspace: Option<&mut Session>) -> Option<Arc<CriteriaPack>> {
    let built_in = || crate::criteria::built_in().ok();
    let beside = || {
        let (read, _) = crate::criteria::load(Some(&pack?.join(evidence_pack::CRITERIA))).ok()?;
        Some(Arc::new(read))
    };
    let is = |pack: &Arc<CriteriaPack>| pack.sha256 == sha256;
    built_in().filter(is).or_else(|| beside().filter(is)).or_else(|| workspace?.pack(sha256).ok())
}

/// Whether the workspace has noted this very file when it wrote it; `None` when it has noted none with this root.
fn record(session: &Session, then: &Snapshot, root: &str, bytes: &[u8]) -> Result<Option<bool>> {
    let file = domain::snapshot::sha256_hex(bytes);
    let of_this_root = session.workspace.reports(then.assessment.id)?.into_iter().filter(|r| r.root == root);
    Ok(of_this_root.map(|r| r.pdf_sha256 == file).reduce(|any, is| any || is))
}

fn not_recorded(then: &Snapshot) -> Mismatch {
    let message = [
        "工作区的导出记录中没有这份文件（SHA-256 不符）：它可能在导出后被改动，或由另一份工作区导出",
        "The workspace has no record of this file (its SHA-256 differs): it may have been changed since, or come from another workspace",
    ];
    mismatch("workspace", &then.assessment.title, message)
}

/// What the workspace holds today that the report does not: item by item, row by row.
fn against_workspace(session: &mut Session, then: &Snapshot, root: &str) -> Result<Vec<Mismatch>> {
    let now = match session.snapshot_in(then.assessment.id, then.format) {
        Ok(now) => now,
        Err(Error::Unknown { .. }) => {
            let message = [
                "该工作区没有这份报告所依据的评估",
                "The workspace does not hold the assessment this report was made from",
            ];
            return Ok(vec![mismatch("workspace", &then.assessment.title, message)]);
        }
        Err(error) => return Err(error),
    };
    if now.root() == root {
        return Ok(Vec::new());
    }
    let head = |s: &Snapshot| Assessment { frozen: false, ..s.assessment.clone() };
    let mut found = Vec::new();
    let mut differ = |subject: &str, message| found.push(mismatch("workspace", subject, message));
    if head(then) != head(&now) || then.pack != now.pack {
        differ(
            &now.assessment.title,
            ["评估的基本信息与报告不同", "The round's own data is not what the report shows"],
        );
    }
    if then.predecessor != now.predecessor {
        differ(
            &now.assessment.title,
            ["上一轮评估的数据与报告不同", "The round before is not what the report compares with"],
        );
    }
    let codes: BTreeSet<&str> = then.answers.iter().chain(&now.answers).map(|a| a.item.as_str()).collect();
    for code in codes.into_iter().filter(|code| then.answer(code) != now.answer(code)) {
        differ(code, ["评估记录与报告不同", "The recorded answer is not what the report shows"]);
    }
    let linked: BTreeSet<&str> = then.links.iter().chain(&now.links).map(|l| l.item.as_str()).collect();
    let links = |s: &Snapshot, code: &str| s.links.iter().filter(|l| l.item == code).cloned().collect::<Vec<Link>>();
    for code in linked.into_iter().filter(|code| links(then, code) != links(&now, code)) {
        differ(code, ["证据关联与报告不同", "The linked evidence is not what the report shows"]);
    }
    let rows = differing(&then.evidence, &now.evidence, Evidence::label)
        .into_iter()
        .chain(differing(&then.findings, &now.findings, Finding::label))
        .chain(differing(&then.tasks, &now.tasks, Task::label));
    for label in rows {
        differ(&label, ["内容与报告不同", "It is not what the report shows"]);
    }
    Ok(found)
}

/// Labels of the rows that are only in one of the two lists, or not the same in both.
fn differing<T: PartialEq>(then: &[T], now: &[T], label: fn(&T) -> String) -> BTreeSet<String> {
    let missing = |from: &[T], row: &&T| !from.contains(*row);
    then.iter().filter(|row| missing(now, row)).chain(now.iter().filter(|row| missing(then, row))).map(label).collect()
}
