//! Words for the terminal in both languages, beside those that the domain has.

use domain::Lang;

/// The word for a round that nobody can change.
pub const fn frozen(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "已批准并冻结",
        Lang::En => "approved and frozen",
    }
}

/// So many files.
pub fn files(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{count} 个文件"),
        Lang::En => format!("{count} files"),
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
    ("update_criteria", "更新评审准则", "update of the criteria"),
    ("add_evidence", "添加证据", "adding evidence"),
    ("edit_evidence", "编辑证据", "editing evidence"),
    ("link_evidence", "关联证据", "linking evidence"),
    ("unlink_evidence", "取消关联证据", "unlinking evidence"),
    ("withdraw_evidence", "撤回证据", "withdrawing evidence"),
    ("replace_evidence", "替换证据", "replacing evidence"),
    ("look_into_evidence", "检查证据内容", "a look into evidence"),
    ("add_finding", "登记发现", "recording a finding"),
    ("edit_finding", "编辑发现", "editing a finding"),
    ("withdraw_finding", "撤回发现", "withdrawing a finding"),
    ("add_task", "建立整改任务", "making a task"),
    ("edit_task", "编辑整改任务", "editing a task"),
    ("move_task", "整改任务流转", "moving a task"),
    ("reopen_task", "重新打开任务", "reopening a task"),
    ("withdraw_task", "撤回整改任务", "withdrawing a task"),
    ("take_in_workbook", "取回工作簿", "taking in a workbook"),
    ("take_in_sheet", "取入表格", "taking in a list"),
    ("assign_keeper", "指定归口部门", "naming who hands in papers"),
    ("hand_in", "登记资料提交", "handing in papers"),
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
