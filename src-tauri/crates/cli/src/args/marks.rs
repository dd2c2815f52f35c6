//! Items and what is recorded for them.

use super::values::one_of;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use domain::Verdict;
use std::path::PathBuf;

#[derive(Args)]
pub struct Items {
    pub dir: PathBuf,
    /// 评审类别代码，如 XC | Code of a domain, such as XC
    #[arg(long)]
    pub domain: Option<String>,
    /// 只列出这一结论的条目 | Only items of this verdict
    #[arg(long, value_parser = verdict_or("none").map(Wanted))]
    pub verdict: Option<Wanted>,
    /// 在条目、记录、证据与发现中查找 | Look for a text in items, notes, evidence and findings
    #[arg(long)]
    pub search: Option<String>,
}

/// A verdict to filter by; 未评估 included.
#[derive(Clone, Copy)]
pub struct Wanted(pub Option<Verdict>);

#[derive(Args)]
pub struct Mark {
    pub dir: PathBuf,
    /// 条目编号，多个以逗号分隔 | Item codes, separated by commas
    #[arg(required = true, num_args = 1, value_delimiter = ',')]
    pub codes: Vec<String>,
    /// 结论；clear 清除，keep 不改 | The verdict; clear takes it away, keep leaves it
    #[arg(value_parser = setting())]
    pub verdict: Setting,
    /// 评估记录 | The note
    #[arg(long)]
    pub note: Option<String>,
    /// 不适用的理由 | Why it does not apply
    #[arg(long)]
    pub reason: Option<String>,
    /// 已见到的应有证据，可重复；替换原有勾选 | Expected evidence that was seen, repeatable; replaces the ticks
    #[arg(long = "tick", value_name = "NAME")]
    pub ticks: Option<Vec<String>>,
}

/// What becomes of the verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    To(Verdict),
    Clear,
    Keep,
}

#[derive(Args)]
pub struct MarkEach {
    pub dir: PathBuf,
    /// JSON 文件；“-”为标准输入 | A JSON file; "-" is the standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
}

#[derive(Args)]
pub struct Review {
    pub dir: PathBuf,
    /// 条目编号，多个以逗号分隔 | Item codes, separated by commas
    #[arg(required = true, num_args = 1, value_delimiter = ',')]
    pub codes: Vec<String>,
    /// 未复核、同意或退回 | Not looked at, agreed or sent back
    #[arg(value_parser = one_of::<domain::Review>(&["open", "accepted", "returned"]))]
    pub state: domain::Review,
    /// 复核意见 | What the reviewer says
    #[arg(long)]
    pub note: Option<String>,
}

/// A verdict by its name, or one more name for none.
fn verdict_or(none: &'static str) -> impl TypedValueParser<Value = Option<Verdict>> {
    let names = Verdict::ALL.map(Verdict::key).into_iter().chain([none]);
    PossibleValuesParser::new(names).map(|name| Verdict::ALL.into_iter().find(|v| v.key() == name))
}

fn setting() -> impl TypedValueParser<Value = Setting> {
    let names = Verdict::ALL.map(Verdict::key).into_iter().chain(["clear", "keep"]);
    PossibleValuesParser::new(names).map(|name| match Verdict::ALL.into_iter().find(|v| v.key() == name) {
        Some(verdict) => Setting::To(verdict),
        None if name == "keep" => Setting::Keep,
        None => Setting::Clear,
    })
}
