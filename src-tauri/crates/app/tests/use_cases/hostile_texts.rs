//! Texts that want to be something else, and every field that takes text: what the program's own tests and those of the command line
//! try. The words are the field's name on screen.
#![allow(dead_code, reason = "each of the two uses a part of it")]

/// What must come out as it went in.
pub const KEPT: &[&str] = &[
    "=cmd|'/C calc'!A0",
    "+1-1",
    "@SUM(A1:A9)",
    "＝HYPERLINK(\"http://x\")",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}#{7*7}",
    "'; DROP TABLE answer; --",
    "%s%n%00",
    "../../etc/passwd",
    "C:\\Windows\\system32\\x",
    "a/b\\c:d*e?f\"g<h>i|j",
    "CON",
    "#set text(red) \\input{x} $x$",
    "不符合\u{202E}合符\u{202C}",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "𠮷野家㐂𪚥䶮",
    "e\u{301}\u{200D}\u{FEFF}零宽",
    "(]\\)\\000",
    "NULL",
    "\"引号\",逗号;分号",
];

/// What nobody can see or only other programs use: as it comes in, and as fields of several lines keep it. In fields of one line a space
/// stands for the line feed.
pub const MENDED: &[(&str, &str)] = &[
    ("甲\u{B}乙", "甲\n乙"),
    ("甲\u{C}乙", "甲\n乙"),
    ("换\u{85}行", "换\n行"),
    ("行\u{2028}分隔", "行\n分隔"),
    ("段\u{2029}分隔", "段\n分隔"),
    ("一\r\n二\r三\n四", "一\n二\n三\n四"),
    ("头\u{0}尾", "头尾"),
    ("\u{1b}[31m红", "[31m红"),
    ("响\u{7}铃", "响铃"),
    ("删\u{7F}除", "删除"),
    ("控\u{9B}制", "控制"),
    ("非\u{FFFE}字", "非字"),
    ("非\u{FFFF}字", "非字"),
];

/// Whether a [`MENDED`] text lost something that is no line end.
pub fn is_dropped(from: &str) -> bool {
    from.contains(['\u{0}', '\u{1b}', '\u{7}', '\u{7F}', '\u{9B}', '\u{FFFE}', '\u{FFFF}'])
}

/// What only fields of several lines keep.
pub const LINES: &[&str] = &["第一行\n第二行", "制表\t符"];

/// A text as a field of one line keeps it.
pub fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

/// What a field is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Marking an item.
    Mark,
    /// Sending an answer back.
    Return,
    /// Adding evidence without a file.
    Record,
    /// Adding a file.
    File,
    /// Recording a finding.
    Find,
    /// Planning a task.
    Plan,
    /// Closing a task.
    Close,
    /// Starting a round, or editing one.
    Round,
}

/// A text field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name on screen.
    pub name: &'static str,
    /// Whether it takes lines.
    pub takes_lines: bool,
    /// What it is written with.
    pub verb: Verb,
    /// Where it stands in what the verb is given (JSON pointer).
    pub set: &'static str,
    /// The row of the snapshot in which it is read; the round itself when empty.
    pub rows: &'static str,
    /// Where it stands in that row (JSON pointer).
    pub read: &'static str,
    /// The option of the command line that takes it.
    pub option: Option<&'static str>,
}

const fn field(
    name: &'static str,
    takes_lines: bool,
    verb: Verb,
    set: &'static str,
    rows: &'static str,
    read: &'static str,
    option: Option<&'static str>,
) -> Field {
    Field { name, takes_lines, verb, set, rows, read, option }
}

/// Every field.
pub const FIELDS: &[Field] = &[
    field("评估记录", true, Verb::Mark, "/note", "answers", "/note", Some("--note")),
    field("不适用理由", true, Verb::Mark, "/reason", "answers", "/reason", Some("--reason")),
    field("复核意见", true, Verb::Return, "/review_note", "answers", "/review_note", None),
    field("证据标题", false, Verb::Record, "/title", "evidence", "/title", Some("--title")),
    field("位置", false, Verb::Record, "/location", "evidence", "/location", None),
    field("证据说明", true, Verb::Record, "/text", "evidence", "/text", None),
    field("定位", false, Verb::Record, "/locator", "links", "/locator", Some("--locator")),
    field("文件名", false, Verb::File, "", "evidence", "/file_name", None),
    field("事实描述", true, Verb::Find, "/fact", "findings", "/fact", Some("--fact")),
    field("判定依据", true, Verb::Find, "/criterion", "findings", "/criterion", None),
    field("原因分析", true, Verb::Find, "/cause", "findings", "/cause", Some("--cause")),
    field("责任部门", false, Verb::Find, "/department", "findings", "/department", None),
    field("整改措施", false, Verb::Plan, "/title", "tasks", "/title", Some("--title")),
    field("措施说明", true, Verb::Plan, "/detail", "tasks", "/detail", None),
    field("责任人", false, Verb::Plan, "/owner", "tasks", "/owner", Some("--owner")),
    field("整改结果", true, Verb::Close, "/result", "tasks", "/result", Some("--result")),
    field("验证人", false, Verb::Close, "/verifier", "tasks", "/verifier", Some("--verifier")),
    field("标题", false, Verb::Round, "/title", "", "/title", Some("--title")),
    field("组织名称", false, Verb::Round, "/organization", "", "/organization", Some("--organization")),
    field("范围", true, Verb::Round, "/scope", "", "/scope", None),
    field("未覆盖的内容", true, Verb::Round, "/exclusions", "", "/exclusions", None),
    field("目的", true, Verb::Round, "/objectives", "", "/objectives", None),
    field("抽样说明", true, Verb::Round, "/sampling", "", "/sampling", None),
    field("分歧意见", true, Verb::Round, "/dissent", "", "/dissent", None),
    field("职场", false, Verb::Round, "/sites/0", "", "/sites/0", None),
    field("评估组", false, Verb::Round, "/team/0/name", "", "/team/0/name", None),
    field("受评方人员", false, Verb::Round, "/auditees/0/role", "", "/auditees/0/role", None),
    field("密级", false, Verb::Round, "/confidentiality", "", "/confidentiality", None),
];
