//! The gate (准备度检查): defects that would embarrass us in front of the auditor. Each names its item and what to do.

use crate::pack::Item;
use crate::readiness::key_item_holds;
use crate::{CriteriaPack, Date, Evidence, FileState, Finding, Flaw, Id, Snapshot, Task, TaskState, Verdict, Words};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Which check a defect comes from. The wording lives with the reader's language: see [`Defect::message`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum GateRule {
    /// An item has no verdict.
    Unassessed,
    /// 符合 without any evidence.
    ConformWithoutEvidence,
    /// 不适用 without a reason.
    NaWithoutReason,
    /// 不符合 or 部分符合 without a finding.
    GapWithoutFinding,
    /// A nonconformity without a root cause.
    FindingWithoutCause,
    /// A nonconformity without a task.
    FindingWithoutTask,
    /// A task without an owner.
    TaskWithoutOwner,
    /// A task without a due date.
    TaskWithoutDue,
    /// A task is past its due date.
    TaskOverdue,
    /// Closed without a verifier.
    ClosedWithoutVerifier,
    /// Closed without a result.
    ClosedWithoutResult,
    /// Evidence is no longer valid.
    EvidenceExpired,
    /// Evidence is from outside the assessed period.
    EvidenceOutsidePeriod,
    /// The file is gone.
    EvidenceMissing,
    /// The file is not what was added.
    EvidenceChanged,
    /// The file cannot be read.
    EvidenceUnreadable,
    /// There is nothing to see in the file.
    EvidenceShowsNothing,
    /// A key item is not conforming.
    KeyItemNotConform,
    /// Every item is 不适用: there is nothing to be ready with.
    NothingApplicable,
}

/// One defect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Defect {
    /// Which check.
    pub rule: GateRule,
    /// The item to go to; for evidence the first item that uses it (empty when none does), for the round as a whole the first.
    pub item: String,
    /// `EV-0007`, `NC-03`, `T-012`; empty when the item itself is meant.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// What to do.
    pub remedy: String,
    /// The same in English.
    pub remedy_en: String,
}

/// All defects of a round: by item in pack order, evidence that no item uses last.
///
/// `files` says what the disk holds; evidence that is not in it is not judged (nobody has looked).
#[must_use]
pub fn gate(pack: &CriteriaPack, snapshot: &Snapshot, today: Date, files: &BTreeMap<Id, FileState>) -> Vec<Defect> {
    let mut defects = of_records(pack, snapshot, today);
    defects.extend(of_evidence(snapshot, today, files));
    let order = Order::of(pack);
    defects.sort_by(|a, b| order.compare(a, b));
    defects
}

/// The part of [`gate`] that a mark can change: defects of items, findings and tasks, in no particular order. What it takes does
/// not grow with the evidence but for one walk over the links.
#[must_use]
pub fn of_records(pack: &CriteriaPack, snapshot: &Snapshot, today: Date) -> Vec<Defect> {
    let mut defects = Vec::new();
    check_whole(pack, snapshot, &mut defects);
    let proven = snapshot.proven_items();
    for item in &pack.items {
        check_item(item, snapshot, &proven, &mut defects);
    }
    for finding in snapshot.findings.iter().filter(|f| f.grade.is_nonconformity()) {
        check_finding(finding, snapshot, &mut defects);
    }
    for task in &snapshot.tasks {
        check_task(task, today, &mut defects);
    }
    defects
}

/// The other part of [`gate`]: defects of evidence, in no particular order. They follow from the evidence, its links, the period,
/// the day and the disk; see [`GateRule::is_about_evidence`].
#[must_use]
pub fn of_evidence(snapshot: &Snapshot, today: Date, files: &BTreeMap<Id, FileState>) -> Vec<Defect> {
    let mut defects = Vec::new();
    for evidence in &snapshot.evidence {
        check_evidence(evidence, snapshot, today, files, &mut defects);
    }
    defects
}

/// The order of defects: by item in pack order, what belongs to none last; then by check and by label.
#[derive(Debug)]
pub struct Order<'a>(HashMap<&'a str, usize>);

impl<'a> Order<'a> {
    /// The order under some criteria.
    #[must_use]
    pub fn of(pack: &'a CriteriaPack) -> Self {
        Self(pack.items.iter().enumerate().map(|(at, item)| (item.code.as_str(), at)).collect())
    }

    /// Which of two defects comes first.
    #[must_use]
    pub fn compare(&self, a: &Defect, b: &Defect) -> Ordering {
        let place = |defect: &Defect| self.0.get(defect.item.as_str()).copied().unwrap_or(usize::MAX);
        // Most neighbours are of one item, and then there is nothing to look up.
        let items = if a.item == b.item { Ordering::Equal } else { place(a).cmp(&place(b)) };
        items.then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.subject.cmp(&b.subject))
    }
}

impl GateRule {
    /// Whether [`of_evidence`] finds it.
    #[must_use]
    pub const fn is_about_evidence(self) -> bool {
        matches!(
            self,
            Self::EvidenceExpired
                | Self::EvidenceOutsidePeriod
                | Self::EvidenceMissing
                | Self::EvidenceChanged
                | Self::EvidenceUnreadable
                | Self::EvidenceShowsNothing
        )
    }
}

fn defect(rule: GateRule, item: &str, subject: String, texts: [&str; 4]) -> Defect {
    let fill = |text: &str| text.replace("{}", if subject.is_empty() { item } else { &subject });
    Defect {
        rule,
        item: item.to_owned(),
        message: fill(texts[0]),
        message_en: fill(texts[1]),
        remedy: fill(texts[2]),
        remedy_en: fill(texts[3]),
        subject,
    }
}

/// What is wrong with the round as a whole stands at its first item: that is where to begin.
fn check_whole(pack: &CriteriaPack, snapshot: &Snapshot, defects: &mut Vec<Defect>) {
    let is_na = |item: &Item| snapshot.verdict(&item.code) == Some(Verdict::NotApplicable);
    if let Some(first) = pack.items.first().filter(|_| pack.items.iter().all(is_na)) {
        let texts = [
            "全部条目判为不适用，没有可以评分的条目",
            "Every item is marked not applicable; there is nothing to rate",
            "逐条复核不适用的理由，对适用的条目给出结论",
            "Review each reason and give a verdict to what does apply",
        ];
        defects.push(defect(GateRule::NothingApplicable, &first.code, String::new(), texts));
    }
}

fn check_item(item: &Item, snapshot: &Snapshot, proven: &HashSet<&str>, defects: &mut Vec<Defect>) {
    let code = item.code.as_str();
    let verdict = snapshot.verdict(code);
    let mut add = |rule, texts| defects.push(defect(rule, code, String::new(), texts));
    match verdict {
        None => add(
            GateRule::Unassessed,
            [
                "{} 尚未评估",
                "{} has not been assessed",
                "对照核查要点给出结论",
                "Give a verdict against the check points",
            ],
        ),
        Some(Verdict::Conform) if !proven.contains(code) => add(
            GateRule::ConformWithoutEvidence,
            [
                "{} 判为符合，但没有可用的证据",
                "{} is marked conforming without usable evidence",
                "关联至少一份证据，或修改结论",
                "Link at least one piece of evidence, or change the verdict",
            ],
        ),
        Some(Verdict::NotApplicable) if snapshot.answer(code).is_none_or(|a| a.reason.trim().is_empty()) => {
            add(
                GateRule::NaWithoutReason,
                [
                    "{} 判为不适用，但没有理由",
                    "{} is marked not applicable without a reason",
                    "写明本组织为何不适用",
                    "Write down why it does not apply here",
                ],
            );
        }
        Some(Verdict::Nonconform | Verdict::Partial) if snapshot.findings_of(code).next().is_none() => {
            add(
                GateRule::GapWithoutFinding,
                [
                    "{} 未完全符合，但没有登记发现",
                    "{} falls short without a recorded finding",
                    "登记不符合项或观察项，写清事实",
                    "Record a finding with the facts",
                ],
            );
        }
        _ => {}
    }
    if item.key && !key_item_holds(verdict) {
        add(
            GateRule::KeyItemNotConform,
            [
                "关键条目 {} 未符合",
                "Key item {} is not conforming",
                "优先整改并补充证据：关键条目未符合时不得判为就绪",
                "Remedy this first: no ready label while a key item fails",
            ],
        );
    }
}

fn check_finding(finding: &Finding, snapshot: &Snapshot, defects: &mut Vec<Defect>) {
    let mut add = |rule, texts| defects.push(defect(rule, &finding.item, finding.label(), texts));
    if finding.cause.trim().is_empty() {
        add(
            GateRule::FindingWithoutCause,
            [
                "不符合项 {} 没有原因分析",
                "Nonconformity {} has no root cause",
                "补充原因分析（人、制度、系统、数据）",
                "Add the root cause",
            ],
        );
    }
    if snapshot.tasks_for(finding.id).next().is_none() {
        add(
            GateRule::FindingWithoutTask,
            [
                "不符合项 {} 没有整改任务",
                "Nonconformity {} has no remediation task",
                "从该不符合项建立整改任务",
                "Create a task from this finding",
            ],
        );
    }
}

fn check_task(task: &Task, today: Date, defects: &mut Vec<Defect>) {
    let mut add = |rule, texts| defects.push(defect(rule, &task.item, task.label(), texts));
    if task.owner.trim().is_empty() {
        add(
            GateRule::TaskWithoutOwner,
            ["整改任务 {} 没有责任人", "Task {} has no owner", "指定责任人", "Name an owner"],
        );
    }
    if task.due.is_none() {
        add(
            GateRule::TaskWithoutDue,
            ["整改任务 {} 没有完成期限", "Task {} has no due date", "约定完成期限", "Agree on a due date"],
        );
    }
    if task.is_overdue(today) {
        add(
            GateRule::TaskOverdue,
            [
                "整改任务 {} 已逾期",
                "Task {} is overdue",
                "完成整改并提交验证，或重新约定期限并说明原因",
                "Finish it and hand it over for verification, or agree on a new date",
            ],
        );
    }
    if task.state == TaskState::Closed && task.verifier.trim().is_empty() {
        add(
            GateRule::ClosedWithoutVerifier,
            [
                "整改任务 {} 已关闭，但没有验证人",
                "Task {} is closed without a verifier",
                "由责任人以外的人验证并署名，或重新打开",
                "Have somebody other than the owner verify it, or reopen it",
            ],
        );
    }
    if task.state == TaskState::Closed && task.result.trim().is_empty() {
        add(
            GateRule::ClosedWithoutResult,
            [
                "整改任务 {} 已关闭，但没有整改结果",
                "Task {} is closed without a result",
                "写明做了什么、效果如何，或重新打开",
                "Write down what was done and what it achieved, or reopen it",
            ],
        );
    }
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
pub fn flaw_said(evidence: &Evidence) -> Option<Words> {
    let [chinese, english, ..] = flaw_texts(evidence.flaw?);
    let said = |text: &str| text.replace("{}", &evidence.label());
    Some((said(chinese), said(english)).into())
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
