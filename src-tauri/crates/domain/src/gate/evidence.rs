//! Checks of evidence, by what is recorded of it and what the disk says.

use super::{Defect, GateRule, defect};
use crate::{Date, Evidence, FileState, Flaw, Id, Snapshot, Words};
use std::collections::BTreeMap;

/// The other part of [`gate`](super::gate): defects of evidence, in no particular order. They follow from the evidence, its links, the period,
/// the day and the disk; see [`GateRule::is_about_evidence`].
#[must_use]
pub fn of_evidence(snapshot: &Snapshot, today: Date, files: &BTreeMap<Id, FileState>) -> Vec<Defect> {
    let mut defects = Vec::new();
    for evidence in &snapshot.evidence {
        check_evidence(evidence, snapshot, today, files, &mut defects);
    }
    defects
}

fn check_evidence(
    evidence: &Evidence,
    snapshot: &Snapshot,
    today: Date,
    files: &BTreeMap<Id, FileState>,
    defects: &mut Vec<Defect>,
) {
    // Defects stand with the items. Evidence of several stands with the first, so that it is named once; of none, at the end.
    let item = snapshot.links_of(evidence.id).first().map_or("", |link| link.item.as_str());
    let mut add = |rule, texts| defects.push(defect(rule, item, evidence.label(), texts));
    if evidence.expires.is_some_and(|day| day < today) {
        add(
            GateRule::EvidenceExpired,
            [
                "证据 {} 已过有效期",
                "Evidence {} has expired",
                "换成现行有效的版本",
                "Replace it with the current version",
            ],
        );
    }
    // Both may be: what expired before the period began proves nothing in it, and is to be replaced for either reason.
    if outside_period(evidence, snapshot) {
        add(
            GateRule::EvidenceOutsidePeriod,
            [
                "证据 {} 不在评估期间内",
                "Evidence {} is from outside the assessed period",
                "换成评估期间内的记录；若是仍然有效的制度文件，请填写有效期至",
                "Replace it with a record from the period; for a document still in force, enter its expiry date",
            ],
        );
    }
    if let Some(flaw) = evidence.flaw {
        add(GateRule::EvidenceShowsNothing, flaw_texts(flaw));
    }
    // What the disk said when somebody last looked; evidence that is no file is never in it.
    match files.get(&evidence.id) {
        Some(FileState::Missing) => add(
            GateRule::EvidenceMissing,
            [
                "证据 {} 的文件在工作区中找不到",
                "The file of evidence {} is missing from the workspace",
                "从备份找回，或重新添加该文件",
                "Restore it from a backup, or add the file again",
            ],
        ),
        Some(FileState::Changed) => add(
            GateRule::EvidenceChanged,
            [
                "证据 {} 的文件内容与登记时不一致",
                "The file of evidence {} is not what was added",
                "从备份找回原文件，或撤回后重新添加",
                "Restore the original, or withdraw it and add it anew",
            ],
        ),
        Some(FileState::Unreadable) => add(
            GateRule::EvidenceUnreadable,
            [
                "证据 {} 的文件无法读取",
                "The file of evidence {} cannot be read",
                "检查文件权限或磁盘后重新核验",
                "Check permissions and disk, then verify again",
            ],
        ),
        Some(FileState::Present) | None => {}
    }
}

/// What is said about evidence in which there is nothing to see, to whoever adds it.
#[must_use]
pub fn flaw_words(evidence: &Evidence) -> Option<Words> {
    let [chinese, english, ..] = flaw_texts(evidence.flaw?);
    let about = |text: &str| text.replace("{}", &evidence.label());
    Some((about(chinese), about(english)).into())
}

const fn flaw_texts(flaw: Flaw) -> [&'static str; 4] {
    match flaw {
        Flaw::Empty => [
            "证据 {} 是空文件（0字节）",
            "Evidence {} is an empty file of 0 bytes",
            "换成有内容的文件",
            "Replace it with a file that holds something",
        ],
        Flaw::Blank => [
            "证据 {} 打开后没有任何内容",
            "Evidence {} opens, and shows nothing",
            "换成有内容的文件",
            "Replace it with a file that holds something",
        ],
        Flaw::Protected => [
            "证据 {} 需要密码才能打开",
            "Evidence {} opens with a password only",
            "换成不需密码的文件，审核人员打得开才能作证明",
            "Replace it with one that opens without: an auditor must be able to read it",
        ],
        Flaw::Unreadable => [
            "证据 {} 已损坏，或不是扩展名所称的文件",
            "Evidence {} is damaged, or not what its extension says",
            "换成打得开的文件",
            "Replace it with a file that opens",
        ],
    }
}

/// A document that came into effect before the period and is still valid is fine: it governed the period.
/// A dated record without an expiry must lie inside the period, and nothing may start after its end.
fn outside_period(evidence: &Evidence, snapshot: &Snapshot) -> bool {
    let (from, to) = (snapshot.assessment.period_from, snapshot.assessment.period_to);
    let Some(effective) = evidence.effective else { return false };
    if to.is_some_and(|to| effective > to) {
        return true;
    }
    from.is_some_and(|from| match evidence.expires {
        Some(expires) => expires < from,
        None => effective < from,
    })
}
