//! Words for the terminal in both languages.

use crate::args::Language;
use domain::{Grade, SignRole, TaskState, Verdict};

/// The word for a verdict.
pub const fn verdict(verdict: Option<Verdict>, lang: Language) -> &'static str {
    match (verdict, lang) {
        (None, Language::Zh) => "未评估",
        (None, Language::En) => "Not assessed",
        (Some(Verdict::Conform), Language::Zh) => "符合",
        (Some(Verdict::Conform), Language::En) => "Conforms",
        (Some(Verdict::Partial), Language::Zh) => "部分符合",
        (Some(Verdict::Partial), Language::En) => "Partial",
        (Some(Verdict::Nonconform), Language::Zh) => "不符合",
        (Some(Verdict::Nonconform), Language::En) => "Nonconforming",
        (Some(Verdict::NotApplicable), Language::Zh) => "不适用",
        (Some(Verdict::NotApplicable), Language::En) => "Not applicable",
    }
}

/// The word for a grade.
pub const fn grade(grade: Grade, lang: Language) -> &'static str {
    match (grade, lang) {
        (Grade::Major, Language::Zh) => "严重不符合",
        (Grade::Major, Language::En) => "Major nonconformity",
        (Grade::Minor, Language::Zh) => "一般不符合",
        (Grade::Minor, Language::En) => "Minor nonconformity",
        (Grade::Observation, Language::Zh) => "观察项",
        (Grade::Observation, Language::En) => "Observation",
        (Grade::Opportunity, Language::Zh) => "改进机会",
        (Grade::Opportunity, Language::En) => "Opportunity for improvement",
        (Grade::GoodPractice, Language::Zh) => "良好实践",
        (Grade::GoodPractice, Language::En) => "Good practice",
    }
}

/// The word for a task's state.
pub const fn state(state: TaskState, lang: Language) -> &'static str {
    match (state, lang) {
        (TaskState::Todo, Language::Zh) => "待整改",
        (TaskState::Todo, Language::En) => "To do",
        (TaskState::Doing, Language::Zh) => "整改中",
        (TaskState::Doing, Language::En) => "In progress",
        (TaskState::ToVerify, Language::Zh) => "待验证",
        (TaskState::ToVerify, Language::En) => "To verify",
        (TaskState::Closed, Language::Zh) => "已关闭",
        (TaskState::Closed, Language::En) => "Closed",
    }
}

/// The word for the capacity somebody signs in.
pub const fn role(role: SignRole, lang: Language) -> &'static str {
    match (role, lang) {
        (SignRole::Prepared, Language::Zh) => "编制",
        (SignRole::Prepared, Language::En) => "Prepared",
        (SignRole::Reviewed, Language::Zh) => "审核",
        (SignRole::Reviewed, Language::En) => "Reviewed",
        (SignRole::Approved, Language::Zh) => "批准",
        (SignRole::Approved, Language::En) => "Approved",
    }
}

/// The word for a round that nobody can change.
pub const fn frozen(lang: Language) -> &'static str {
    match lang {
        Language::Zh => "已批准并冻结",
        Language::En => "approved and frozen",
    }
}

/// The words for an act in the log; its name where there are none.
pub fn action(name: &str, lang: Language) -> &str {
    let known = ACTIONS.iter().find(|(of, ..)| *of == name);
    known.map_or(name, |(_, zh, en)| if lang == Language::En { en } else { zh })
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
