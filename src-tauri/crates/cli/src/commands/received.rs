//! What became of files that were added: said on stderr, beside the rows.

use super::Context;
use crate::output::remark;
use app::evidence::{EvidenceDraft, FileOutcome, Received};
use std::path::Path;

/// What the rows alone do not say of a file: that it was known, came back, has another name, and what was not recorded.
pub fn tell(context: &Context, dir: &Path, received: &[Received]) {
    received.iter().for_each(|received| tell_one(context, dir, received));
}

fn tell_one(context: &Context, dir: &Path, received: &Received) {
    let Received { label, file_name, outcome, renamed, unrecorded, .. } = received;
    if *renamed {
        remark(
            context.lang,
            &format!("文件名不是 UTF-8 或含有不能保留的字符，登记为：{file_name}（{label}）"),
            &format!("the name of the file is no UTF-8 or holds what no name may, recorded as: {file_name} ({label})"),
        );
    }
    match outcome {
        FileOutcome::Added => {}
        FileOutcome::Known => remark(
            context.lang,
            &format!("{file_name}：内容与 {label} 相同，没有重复登记"),
            &format!("{file_name}: its content is that of {label}, it was not recorded twice"),
        ),
        FileOutcome::Restored => remark(
            context.lang,
            &format!("{file_name}：{label} 的文件此前缺失或已改变，现已找回"),
            &format!("{file_name}: the file of {label} was missing or changed, it is there again"),
        ),
    }
    if let Some(draft) = unrecorded {
        let command = edit_command(dir, label, draft);
        remark(
            context.lang,
            &format!("{label} 原有的标题和日期没有改；要改为这次给出的，请执行：{command}"),
            &format!("title and dates of {label} were left as they are; to record those given now: {command}"),
        );
    }
}

/// The command that records a draft.
fn edit_command(dir: &Path, label: &str, draft: &EvidenceDraft) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    let mut command = format!("beishen-cli evidence edit {} {label}", quoted(&dir.display().to_string()));
    let dates = [("--effective", draft.effective), ("--expires", draft.expires)];
    let texts = [("--title", &draft.title), ("--location", &draft.location), ("--text", &draft.text)];
    for (option, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        command += &format!(" {option} {}", quoted(text));
    }
    for (option, date) in dates {
        command += &date.map(|date| format!(" {option} {date}")).unwrap_or_default();
    }
    command
}
