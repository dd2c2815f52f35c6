//! The way back: is a report what it says, is its pack whole, and what has changed in the workspace since.

use crate::error::read_up_to;
use crate::{Error, Result, Session};
use domain::{Assessment, Evidence, Finding, Link, Snapshot, Task};
use exchange::evidence_pack;
use report::Verified;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

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
    /// Everything that does not hold; empty = verified.
    pub mismatches: Vec<Mismatch>,
}

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Mismatch {
    /// `root`, `file`, `workspace`: stable code.
    pub kind: String,
    /// File name, item code or label.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

/// Verifies a report: attached data against printed root, files of a pack against their hashes, and, if a workspace is
/// given, what differs from it today.
///
/// # Errors
/// When the report cannot be read at all.
pub fn verify(pdf: &Path, pack: Option<&Path>, workspace: Option<&mut Session>) -> Result<Verification> {
    /// 512 MiB: a report of 5,000 evidence rows has some ten.
    const MAX_REPORT_BYTES: u64 = 512 << 20;
    let bytes = read_up_to(pdf, MAX_REPORT_BYTES)?;
    let seen = report::verify(&bytes)?;
    let mut mismatches = Vec::new();
    if !seen.matches {
        mismatches.push(mismatch(
            "root",
            &pdf.display().to_string(),
            [
                "报告中打印的数据根与所附 assessment.json 的 SHA-256 不一致",
                "The printed root is not the SHA-256 of the attached assessment.json",
            ],
        ));
    }
    let mut files_checked = 0;
    if let Some(folder) = pack {
        let (checked, problems) = evidence_pack::check(folder, &seen.snapshot, &seen.recomputed, &bytes)?;
        files_checked = checked;
        mismatches.extend(problems.into_iter().map(|p| Mismatch {
            kind: "file".into(),
            subject: p.file,
            message: p.message.into(),
            message_en: p.message_en.into(),
        }));
    }
    if let Some(session) = workspace {
        mismatches.extend(against_workspace(session, &seen)?);
    }
    Ok(Verification {
        printed_root: seen.printed,
        computed_root: seen.recomputed,
        organization: seen.snapshot.assessment.organization.clone(),
        title: seen.snapshot.assessment.title.clone(),
        files_checked,
        mismatches,
    })
}

fn mismatch(kind: &str, subject: &str, [message, message_en]: [&str; 2]) -> Mismatch {
    Mismatch { kind: kind.into(), subject: subject.into(), message: message.into(), message_en: message_en.into() }
}

/// What the workspace holds today that the report does not: item by item, row by row.
fn against_workspace(session: &mut Session, seen: &Verified) -> Result<Vec<Mismatch>> {
    let then = &seen.snapshot;
    let now = match session.snapshot(then.assessment.id) {
        Ok((_, now)) => now,
        Err(Error::Unknown { .. }) => {
            let message = [
                "该工作区没有这份报告所依据的评估",
                "The workspace does not hold the assessment this report was made from",
            ];
            return Ok(vec![mismatch("workspace", &then.assessment.title, message)]);
        }
        Err(error) => return Err(error),
    };
    if now.root() == seen.recomputed {
        return Ok(Vec::new());
    }
    let head = |s: &Snapshot| Assessment { frozen: false, ..s.assessment.clone() };
    let mut found = Vec::new();
    let mut differ = |subject: &str, message| found.push(mismatch("workspace", subject, message));
    if head(then) != head(&now) || then.pack != now.pack || then.format != now.format {
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
