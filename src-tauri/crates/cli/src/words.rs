//! Words for the terminal in both languages.

use domain::{Grade, Lang, SignRole, TaskState, Verdict};

/// The word for a verdict.
pub const fn verdict(verdict: Option<Verdict>, lang: Lang) -> &'static str {
    match (verdict, lang) {
        (None, Lang::Zh) => "未评估",
        (None, Lang::En) => "Not assessed",
        (Some(Verdict::Conform), Lang::Zh) => "符合",
        (Some(Verdict::Conform), Lang::En) => "Conforms",
        (Some(Verdict::Partial), Lang::Zh) => "部分符合",
        (Some(Verdict::Partial), Lang::En) => "Partial",
        (Some(Verdict::Nonconform), Lang::Zh) => "不符合",
        (Some(Verdict::Nonconform), Lang::En) => "Nonconforming",
        (Some(Verdict::NotApplicable), Lang::Zh) => "不适用",
        (Some(Verdict::NotApplicable), Lang::En) => "Not applicable",
    }
}

/// The word for a grade.
pub const fn grade(grade: Grade, lang: Lang) -> &'static str {
    match (grade, lang) {
        (Grade::Major, Lang::Zh) => "严重不符合",
        (Grade::Major, Lang::En) => "Major nonconformity",
        (Grade::Minor, Lang::Zh) => "一般不符合",
        (Grade::Minor, Lang::En) => "Minor nonconformity",
        (Grade::Observation, Lang::Zh) => "观察项",
        (Grade::Observation, Lang::En) => "Observation",
        (Grade::Opportunity, Lang::Zh) => "改进机会",
        (Grade::Opportunity, Lang::En) => "Opportunity for improvement",
        (Grade::GoodPractice, Lang::Zh) => "良好实践",
        (Grade::GoodPractice, Lang::En) => "Good practice",
    }
}

/// The word for a task's state.
pub const fn state(state: TaskState, lang: Lang) -> &'static str {
    match (state, lang) {
        (TaskState::Todo, Lang::Zh) => "待整改",
        (TaskState::Todo, Lang::En) => "To do",
        (TaskState::Doing, Lang::Zh) => "整改中",
        (TaskState::Doing, Lang::En) => "In progress",
        (TaskState::ToVerify, Lang::Zh) => "待验证",
        (TaskState::ToVerify, Lang::En) => "To verify",
        (TaskState::Closed, Lang::Zh) => "已关闭",
        (TaskState::Closed, Lang::En) => "Closed",
    }
}

/// The word for the capacity somebody signs in.
pub const fn role(role: SignRole, lang: Lang) -> &'static str {
    match (role, lang) {
        (SignRole::Prepared, Lang::Zh) => "编制",
        (SignRole::Prepared, Lang::En) => "Prepared",
        (SignRole::Reviewed, Lang::Zh) => "审核",
        (SignRole::Reviewed, Lang::En) => "Reviewed",
        (SignRole::Approved, Lang::Zh) => "批准",
        (SignRole::Approved, Lang::En) => "Approved",
    }
}

/// The word for a round that nobody can change.
pub const fn frozen(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "已批准并冻结",
        Lang::En => "approved and frozen",
    }
}

/// The words for an act in the log; its name where there are none.
pub fn action(name: &str, lang: Lang) -> &str {
    let known = ACTIONS.iter().find(|(of, ..)| *of == name);
    known.map_or(name, |(_, zh, en)| lang.pick(zh, en))
}

const ACTIONS: &[(&str, &str, &str)] = &[
    ("mark", "标记结论", "mark"),
    ("note", "评估记录", "note"),
    ("reason", "不适用理由", "reason for not applicable"),
    ("tick", "应有证据", "expected evidence"),
    ("review", "复核", "review"),
    ("start_round", "建立评估", "start of the assessment"),
    ("edit_round", "评估信息", "assessment details"),
    ("change_conditions", "变更适用情形", "change of what applies"),
    ("add_evidence", "添加证据", "adding evidence"),
    ("edit_evidence", "编辑证据", "editing evidence"),
    ("link_evidence", "关联证据", "linking evidence"),
    ("unlink_evidence", "取消关联证据", "unlinking evidence"),
    ("withdraw_evidence", "撤回证据", "withdrawing evidence"),
    ("replace_evidence", "替换证据", "replacing evidence"),
    ("add_finding", "登记发现", "recording a finding"),
    ("edit_finding", "编辑发现", "editing a finding"),
    ("withdraw_finding", "撤回发现", "withdrawing a finding"),
    ("add_task", "建立整改任务", "making a task"),
    ("edit_task", "编辑整改任务", "editing a task"),
    ("move_task", "整改任务流转", "moving a task"),
    ("reopen_task", "重新打开任务", "reopening a task"),
    ("withdraw_task", "撤回整改任务", "withdrawing a task"),
    ("sign", "签署", "signing"),
    ("withdraw_signature", "撤回签署", "withdrawing a signature"),
    ("reopen", "重新打开评估", "reopening the assessment"),
    ("report", "导出报告", "exporting a report"),
    ("undo", "撤销", "undo"),
    ("redo", "重做", "redo"),
];

#[cfg(test)]
mod tests {
    use super::ACTIONS;
    use domain::Action;

    #[test]
    fn every_act_has_its_words() {
        for action in Action::ALL {
            let known = ACTIONS.iter().filter(|(of, ..)| *of == action.name()).count();
            assert_eq!(known, 1, "{}", action.name());
        }
    }
}
