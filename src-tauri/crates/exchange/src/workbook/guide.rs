//! The first sheet: what the file is, how it is filled in, what comes back.

use super::columns::Table;
use super::look::Look;
use super::origin::Origin;
use super::values::settled;
use super::write::Wanted;
use crate::xlsx::{FACE, for_print, height};
use domain::{CriteriaPack, Lang, Snapshot};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Widths of its two columns.
const WIDTHS: [u16; 2] = [18, 108];

/// Its name.
pub const fn name(lang: Lang) -> &'static str {
    lang.pick("说明", "How to")
}

/// Writes it.
pub fn lay(
    sheet: &mut Worksheet,
    look: &Look,
    (pack, snapshot): (&CriteriaPack, &Snapshot),
    origin: &Origin,
    wanted: &Wanted<'_>,
) -> Result<(), XlsxError> {
    let lang = wanted.lang;
    sheet.set_name(name(lang))?;
    for (at, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    let round = &snapshot.assessment;
    sheet.merge_range(0, 0, 0, 1, &format!("{} · {}", wanted.title(), brief(&round.organization)), &look.title)?;
    sheet.set_row_height(0, 30)?;
    let domain = wanted.domain.and_then(|code| pack.domain(code));
    let covers = match domain {
        _ if wanted.requests => origin.recipient.clone(),
        Some(domain) => lang.pick(&domain.title, &domain.title_en).to_owned(),
        None => lang.pick("全部评审类别", "all domains").to_owned(),
    };
    let facts = [
        (("评估", "Assessment"), brief(&round.title)),
        (("依据", "Standard"), format!("{} {}", pack.pack.standard, lang.pick(&pack.pack.title, &pack.pack.title_en))),
        (("内容", "Covers"), covers),
        (("填写人", "For"), if wanted.requests { String::new() } else { origin.recipient.clone() }),
        (("生成时间", "Made at"), origin.made_at.format("%Y-%m-%d %H:%M").to_string()),
        (("数据根", "Root"), origin.root.clone()),
    ];
    let mut at = 1;
    let mut line = |label: &str, text: &str| -> Result<(), XlsxError> {
        sheet.write_string_with_format(at, 0, label, &look.label)?;
        sheet.write_string_with_format(at, 1, text, &look.plain)?;
        sheet.set_row_height(at, height([(label, WIDTHS[0]), (text, WIDTHS[1])].into_iter(), FACE))?;
        at += 1;
        Ok(())
    };
    for ((zh, en), text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
        line(lang.pick(zh, en), text)?;
    }
    line("", "")?;
    let steps = if wanted.requests { PAPER_STEPS } else { STEPS };
    for (number, (zh, en)) in (1..).zip(steps) {
        let label = if number == 1 { lang.pick("怎么填", "Filling it in") } else { "" };
        line(label, &format!("{number}. {}", lang.pick(zh, en)))?;
    }
    line("", "")?;
    let tables = match wanted {
        Wanted { requests: true, .. } => &[Table::Papers][..],
        Wanted { blank: true, .. } => &[Table::Items],
        _ => &Table::ALL,
    };
    for (number, table) in tables.iter().enumerate() {
        let label = if number == 0 { lang.pick("取回的列", "What comes back") } else { "" };
        let by = lang.pick("、", ", ");
        let headings: Vec<_> = table.coming_back().map(|(_, column)| column.heading.say(lang)).collect();
        line(label, &format!("{}{}{}", table.term().say(lang), lang.pick("：", ": "), headings.join(by)))?;
    }
    line("", "")?;
    line(lang.pick("声明", "Notice"), lang.pick(&pack.pack.notice, &pack.pack.notice_en))?;
    for_print(sheet, lang)?;
    Ok(())
}

/// What stands in a line, of texts that old data may have of any length.
fn brief(text: &str) -> String {
    const MOST: usize = 500;
    settled(text).chars().take(MOST).collect()
}

const PAPER_STEPS: &[(&str, &str)] = &[
    (
        "请按“提交部门”和“责任人”筛选自己的资料，在“提交期限”之前交给评估组。一份资料供几个条目使用的只列一次，“所需条目”写明是哪几个。",
        "Filter for your department and name, and hand the papers in by the day under Due. A paper that several items need stands here once; Needed by says which.",
    ),
    (
        "交了的资料在“已交”一列选“√”，没有或改期的在“备注”中说明。其余各列供查阅，已锁定（无密码，防误改），改了也不会取回。",
        "Choose √ under Handed in for what was handed in, and say under Remark what there is not or comes later. The other columns are there to be read; they are locked without a password, and changes in them do not come back.",
    ),
    (
        "可以筛选、排序、隐藏或删除行；不在表中的行视为没有改动。“资料号”一列请保留。",
        "Filter, sort, hide or delete rows: a row that is not there counts as untouched. Keep the column with the numbers.",
    ),
    (
        "填好后存为 .xlsx 交回，不要设密码，不要存为 .xls、.xlsm 或 CSV，保留隐藏的工作表；评估组用备审取回勾选和备注。",
        "Hand it back as .xlsx, without a password and not as .xls, .xlsm or CSV, with its hidden sheet; the ticks and remarks are taken back with the program.",
    ),
];

const STEPS: &[(&str, &str)] = &[
    (
        "只填深色表头的列；浅色表头的列供查阅，已锁定（无密码，防误改），改了也不会取回。",
        "Fill in the columns with a dark head. Those with a light head are there to be read; they are locked without a password, and changes in them do not come back.",
    ),
    (
        "结论从下拉列表选取：符合、部分符合、不符合、不适用。不适用须在“不适用理由”中写明理由。",
        "Choose the verdict from the list: Conform, Partial, Nonconform, Not applicable. Not applicable needs its reason.",
    ),
    (
        "证据编号写“证据”表中已有的编号，多个以顿号或逗号分隔；新的证据文件请另行提交，由负责人在备审中登记。",
        "Evidence numbers are those of the sheet of evidence, separated by commas. Hand in new evidence files separately; they are registered in the program.",
    ),
    ("日期写四位年份，如 2026-11-22。", "Days have four digits for the year, such as 2026-11-22."),
    (
        "可以筛选、排序、隐藏或删除行，可以调整列的次序、增加自己的列；不在表中的行视为没有改动。编号所在的列请保留。",
        "Filter, sort, hide or delete rows, move columns, add your own: a row that is not there counts as untouched. Keep the column with the codes.",
    ),
    (
        "清空一格会在取回时逐一询问是否清除；之后在备审中改过的内容不会被覆盖，两边都改过的逐一选择。",
        "Of each cell that was emptied it is asked whether to clear it. What was changed in the program since is not overwritten; where both were changed, one is chosen.",
    ),
    (
        "新增的行不会取回：新的发现、整改任务和证据请在备审中登记。",
        "New rows do not come back: record new findings, tasks and evidence in the program.",
    ),
    (
        "填好后存为 .xlsx 交回，不要设密码，不要存为 .xls、.xlsm 或 CSV，保留隐藏的工作表。",
        "Hand it back as .xlsx, without a password and not as .xls, .xlsm or CSV, with its hidden sheet.",
    ),
];
