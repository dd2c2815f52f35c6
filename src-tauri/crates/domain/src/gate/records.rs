//! Checks of what people wrote down: items, findings, tasks.

use super::{Defect, GateRule, defect};
use crate::pack::Item;
use crate::readiness::key_item_holds;
use crate::{CriteriaPack, Date, Finding, Snapshot, Task, TaskState, Verdict};
use std::collections::HashSet;

/// The part of [`gate`](super::gate) that a mark can change: defects of items, findings and tasks, in no particular order. What it takes does
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
    if snapshot.awaits_confirmation(code) {
        add(
            GateRule::VerdictToConfirm,
            [
                "{} 的条文在更新评审准则后有变，原结论尚未重新确认",
                "{} asks something else since the criteria were updated, and its verdict has not been confirmed",
                "对照变更处复核，确认原结论或重新判定；确认之前不能批准",
                "Look at what changed, then confirm the verdict or give another; nothing is approved before that",
            ],
        );
    }
    // Beside whatever is missing: that it holds up the label is a reason of its own to begin here.
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
