//! The columns of the workbook, once: what each is called, how wide it is, what it holds, whether it comes back, and its value.

use super::values::{Holds, YES, date, joined, labels, ticked};
use domain::{Answer, Evidence, Finding, Lang, Request, Snapshot, Task, Term, pack::Item};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A list in the workbook. The items stand on one sheet for each domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Table {
    /// 评审条目
    Items,
    /// 证据
    Evidence,
    /// 发现
    Findings,
    /// 整改
    Tasks,
    /// 资料: the request list
    Papers,
}

/// What a column that comes back says of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Of an item.
    Verdict,
    /// Of an item, and of a paper.
    Note,
    /// Of an item: why it does not apply.
    Reason,
    /// Of an item: numbers of the evidence linked to it.
    Evidence,
    /// Of evidence.
    Title,
    /// Of evidence.
    Location,
    /// Of evidence.
    Text,
    /// Of evidence: first day.
    Effective,
    /// Of evidence: last day.
    Expires,
    /// Of a finding.
    Grade,
    /// Of a finding.
    Fact,
    /// Of a finding.
    Criterion,
    /// Of a finding.
    Cause,
    /// Of a finding.
    Department,
    /// Of a task: correction or corrective action.
    Kind,
    /// Of a task: what is to be done.
    Action,
    /// Of a task: how.
    Detail,
    /// Of a task.
    Owner,
    /// Of a task.
    Priority,
    /// Of a task: the current due date.
    Due,
    /// Of a task: what was achieved.
    Result,
    /// Of a paper: it is there.
    HandedIn,
}

/// One column.
pub struct Column {
    /// Its heading.
    pub heading: Term,
    /// In characters of half width.
    pub width: u16,
    /// What its cells hold.
    pub holds: Holds,
    /// What it says when it comes back; `None` = it is there to be read.
    pub field: Option<Field>,
    /// The value of a row, as [`Holds`] writes it down.
    pub value: fn(&Source<'_>, &Row<'_>) -> String,
}

/// A round that is written down.
pub struct Source<'a> {
    /// What is recorded.
    pub snapshot: &'a Snapshot,
    /// What is asked for.
    pub requests: &'a [Request],
    /// Language of what is only there to be read.
    pub lang: Lang,
    /// By item code.
    pub evidence: HashMap<&'a str, Vec<&'a Evidence>>,
}

impl<'a> Source<'a> {
    /// What is recorded, for readers of a language.
    #[must_use]
    pub fn new(snapshot: &'a Snapshot, requests: &'a [Request], lang: Lang) -> Self {
        let by_item = snapshot.evidence_by_item().into_iter();
        let evidence = by_item.map(|(item, found)| (item, found.into_iter().map(|(e, _)| e).collect())).collect();
        Self { snapshot, requests, lang, evidence }
    }
}

/// What a row is about. A finding and a task are about an item too.
#[derive(Clone, Copy, Default)]
pub struct Row<'a> {
    /// The item.
    pub item: Option<&'a Item>,
    /// What is recorded of it.
    pub answer: Option<&'a Answer>,
    /// The evidence.
    pub evidence: Option<&'a Evidence>,
    /// The finding; of a task the one that it answers.
    pub finding: Option<&'a Finding>,
    /// The task.
    pub task: Option<&'a Task>,
    /// The paper that is asked for.
    pub request: Option<&'a Request>,
}

impl Row<'_> {
    fn item<'a>(&'a self, of: impl Fn(&'a Item) -> String) -> String {
        self.item.map(of).unwrap_or_default()
    }
    fn answer<'a>(&'a self, of: impl Fn(&'a Answer) -> String) -> String {
        self.answer.map(of).unwrap_or_default()
    }
    fn evidence<'a>(&'a self, of: impl Fn(&'a Evidence) -> String) -> String {
        self.evidence.map(of).unwrap_or_default()
    }
    fn finding<'a>(&'a self, of: impl Fn(&'a Finding) -> String) -> String {
        self.finding.map(of).unwrap_or_default()
    }
    fn task<'a>(&'a self, of: impl Fn(&'a Task) -> String) -> String {
        self.task.map(of).unwrap_or_default()
    }
    fn request<'a>(&'a self, of: impl Fn(&'a Request) -> String) -> String {
        self.request.map(of).unwrap_or_default()
    }
}

macro_rules! columns {
    ($($(#[doc = $says:literal])+ $name:ident: $($zh:literal / $en:literal, $width:literal, $holds:ident $(=> $field:ident)?,
        |$source:pat_param, $row:ident| $value:expr;)+)+) => {
        $($(#[doc = $says])+ pub static $name: &[Column] = &[$(Column {
            heading: Term { chinese: $zh, english: $en },
            width: $width,
            holds: Holds::$holds,
            field: [$(Some(Field::$field),)? None][0],
            value: |$source, $row| $value,
        },)+];)+
    };
}

// The first column of each is the key of its rows.
columns! {
    /// Of the sheets of items.
    ITEMS:
        "编号" / "Code", 9, Line, |_, row| row.item(|i| i.code.clone());
        "条目" / "Item", 12, Line, |s, row| row.item(|i| s.lang.pick(&i.title, &i.title_en).to_owned());
        "要求" / "Requirement", 22, Text,
            |s, row| row.item(|i| s.lang.pick(&i.requirement, &i.requirement_en).to_owned());
        "检查要点" / "Check points", 34, Text,
            |s, row| row.item(|i| i.marked_points(s.lang).collect::<Vec<_>>().join("\n"));
        "应有证据" / "Expected evidence", 20, Text,
            |s, row| row.item(|i| ticked(&i.evidence, i.evidence_in(s.lang), row.answer));
        "结论" / "Verdict", 9, Verdict => Verdict,
            |_, row| row.answer(|a| a.verdict.map(|v| v.key().to_owned()).unwrap_or_default());
        "评估记录" / "Note", 33, Text => Note, |_, row| row.answer(|a| a.note.clone());
        "不适用理由" / "Reason for N/A", 14, Text => Reason, |_, row| row.answer(|a| a.reason.clone());
        "证据编号" / "Evidence numbers", 9, Labels => Evidence, |s, row| {
            let linked = row.item.and_then(|item| s.evidence.get(item.code.as_str()));
            labels(linked.into_iter().flatten().map(|e| e.number))
        };
    /// Of the sheet of evidence.
    EVIDENCE:
        "证据号" / "Evidence", 10, Line, |_, row| row.evidence(Evidence::label);
        "类型" / "Type", 9, Line, |s, row| row.evidence(|e| e.kind.term().say(s.lang).to_owned());
        "标题" / "Title", 30, Line => Title, |_, row| row.evidence(|e| e.title.clone());
        "文件名" / "File name", 26, Line, |_, row| row.evidence(|e| e.file_name.clone());
        "位置" / "Link or place", 22, Line => Location, |_, row| row.evidence(|e| e.location.clone());
        "证据说明" / "Description", 34, Text => Text, |_, row| row.evidence(|e| e.text.clone());
        "生效日期" / "Valid from", 12, Day => Effective, |_, row| row.evidence(|e| date(e.effective));
        "失效日期" / "Valid until", 12, Day => Expires, |_, row| row.evidence(|e| date(e.expires));
        "证明的条目" / "Items it proves", 22, Text, |s, row| {
            row.evidence(|e| joined(s.snapshot.links_of(e.id).iter().map(|l| l.item.clone())))
        };
    /// Of the sheet of findings.
    FINDINGS:
        "发现号" / "Finding", 9, Line, |_, row| row.finding(Finding::label);
        "条目" / "Item", 9, Line, |_, row| row.finding(|f| f.item.clone());
        "条目名称" / "Item title", 16, Line, |s, row| row.item(|i| s.lang.pick(&i.title, &i.title_en).to_owned());
        "性质" / "Grade", 12, Grade => Grade, |_, row| row.finding(|f| f.grade.key().to_owned());
        "事实描述" / "Fact", 38, Text => Fact, |_, row| row.finding(|f| f.fact.clone());
        "判定依据" / "Criterion", 28, Text => Criterion, |_, row| row.finding(|f| f.criterion.clone());
        "原因分析" / "Root cause", 30, Text => Cause, |_, row| row.finding(|f| f.cause.clone());
        "责任部门" / "Department", 14, Line => Department, |_, row| row.finding(|f| f.department.clone());
        "发现人" / "Found by", 10, Line, |_, row| row.finding(|f| f.found_by.clone());
        "发现日期" / "Found on", 12, Day, |_, row| row.finding(|f| date(Some(f.found_on)));
    /// Of the sheet of tasks.
    TASKS:
        "任务号" / "Task", 8, Line, |_, row| row.task(Task::label);
        "发现" / "Finding", 8, Line, |_, row| row.finding(Finding::label);
        "条目" / "Item", 9, Line, |_, row| row.task(|t| t.item.clone());
        "类型" / "Kind", 10, TaskKind => Kind, |_, row| row.task(|t| key(t.kind));
        "整改措施" / "Action", 26, Line => Action, |_, row| row.task(|t| t.title.clone());
        "措施说明" / "Details", 28, Text => Detail, |_, row| row.task(|t| t.detail.clone());
        "责任人" / "Owner", 11, Line => Owner, |_, row| row.task(|t| t.owner.clone());
        "优先级" / "Priority", 9, Priority => Priority, |_, row| row.task(|t| key(t.priority));
        "约定期限" / "Agreed due", 12, Day, |_, row| row.task(|t| date(t.agreed_due));
        "当前期限" / "Current due", 12, Day => Due, |_, row| row.task(|t| date(t.due));
        "状态" / "Status", 9, Line, |s, row| row.task(|t| t.state.term().say(s.lang).to_owned());
        "整改结果" / "Result", 32, Text => Result, |_, row| row.task(|t| t.result.clone());
    /// Of the sheet of papers that are asked for.
    PAPERS:
        "资料号" / "Request no.", 11, Line, |_, row| row.request(|r| r.paper.clone());
        "提交部门" / "Handed in by", 12, Line, |s, row| row.request(|r| r.department(s.lang).to_owned());
        "责任人" / "Owner", 9, Line, |_, row| row.request(|r| r.owner.clone());
        "资料名称" / "What is asked for", 28, Text, |s, row| row.request(|r| r.title(s.lang).to_owned());
        "条目数" / "Items", 7, Line, |_, row| row.request(|r| r.items.len().to_string());
        "所需条目" / "Needed by", 12, Text, |_, row| row.request(|r| joined(r.items.iter().cloned()));
        "提交期限" / "Due", 11, Day, |_, row| row.request(|r| date(r.due));
        "状态" / "Status", 9, Line, |s, row| row.request(|r| r.standing.term().say(s.lang).to_owned());
        "条目已有证据" / "Evidence so far", 10, Labels, |_, row| row.request(|r| labels(r.evidence.iter().copied()));
        "已交" / "Handed in", 7, Tick => HandedIn,
            |_, row| row.request(|r| r.handed_in.map(|_| YES.to_owned()).unwrap_or_default());
        "备注" / "Remark", 24, Text => Note, |_, row| row.request(|r| r.note.clone());
}

/// The stable name of a value.
fn key(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Table {
    /// All of them, in the order of the sheets.
    pub const ALL: [Self; 5] = [Self::Items, Self::Evidence, Self::Findings, Self::Tasks, Self::Papers];

    /// Its columns, the key of the rows first.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Items => ITEMS,
            Self::Evidence => EVIDENCE,
            Self::Findings => FINDINGS,
            Self::Tasks => TASKS,
            Self::Papers => PAPERS,
        }
    }

    /// The columns that come back.
    pub fn coming_back(self) -> impl Iterator<Item = (Field, &'static Column)> {
        self.columns().iter().filter_map(|column| Some((column.field?, column)))
    }

    /// The column of a field.
    #[must_use]
    pub fn column(self, field: Field) -> Option<&'static Column> {
        self.columns().iter().find(|column| column.field == Some(field))
    }

    /// The stable name in the file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Evidence => "evidence",
            Self::Findings => "findings",
            Self::Tasks => "tasks",
            Self::Papers => "papers",
        }
    }

    /// What its sheet is called; those of the items bear the names of the domains.
    #[must_use]
    pub const fn term(self) -> Term {
        match self {
            Self::Items => Term { chinese: "评审条目", english: "Items" },
            Self::Evidence => Term { chinese: "证据", english: "Evidence" },
            Self::Findings => Term { chinese: "发现", english: "Findings" },
            Self::Tasks => Term { chinese: "整改", english: "Remediation" },
            Self::Papers => Term { chinese: "资料", english: "Papers" },
        }
    }
}

impl Field {
    /// The stable name in files and on the command line.
    #[must_use]
    pub fn key(self) -> String {
        key(self)
    }
}
