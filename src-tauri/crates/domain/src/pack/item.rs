//! A review item and what it is made of.

use super::{Origin, SampleTally};
use crate::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A 评审条目. Its text and code are this project's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `XC3-05` (本工具编号).
    pub code: String,
    /// At most 60 characters; in ours 16.
    pub title: String,
    /// One checkable statement; in ours at most 60 characters.
    pub requirement: String,
    /// 1–12 (ours 2–4): what to look at and how to tell the verdicts apart.
    pub check_points: Vec<String>,
    /// Number of the check point that decides the verdict (主), 1-based; expected in files of format 2. Without it the lowest point
    /// decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "specta", specta(type = Option<u32>, optional))]
    pub lead: Option<u32>,
    /// Numbers of the supporting points that name a legal duty or the customer's safety (法) and so decide 不符合 as the leading one does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<u32>, optional))]
    pub duties: Vec<u32>,
    /// Boundaries of the points that count failures in a sample.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<SampleTally>, optional))]
    pub tallies: Vec<SampleTally>,
    /// How to check.
    pub methods: Vec<Method>,
    /// 1–12 (ours 2–5) papers or records, usable as a tick list.
    pub evidence: Vec<String>,
    /// Place in plan → do → check → improve.
    pub stage: Stage,
    /// Whether failing it blocks a ready label.
    pub key: bool,
    /// Whether the short round (简评) looks at it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "specta", specta(type = bool, optional))]
    pub short: bool,
    /// Why it is a key item.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub key_reason: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub key_reason_en: String,
    /// Ids of [`Law`].
    #[serde(default)]
    pub laws: Vec<String>,
    /// Ids of [`Kpi`].
    #[serde(default)]
    pub kpis: Vec<String>,
    /// When it applies.
    pub applies: Condition,
    /// Codes of neighbouring items.
    #[serde(default)]
    pub see_also: Vec<String>,
    /// Title in English; Chinese where the file has none.
    #[serde(default)]
    pub title_en: String,
    /// Requirement in English; Chinese where the file has none.
    #[serde(default)]
    pub requirement_en: String,
    /// Check points in English, in the same order; empty in a file that has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<String>, optional))]
    pub check_points_en: Vec<String>,
    /// Expected evidence in English, in the same order; empty in a file that has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<String>, optional))]
    pub evidence_en: Vec<String>,
    /// Always ours.
    pub origin: Origin,
}

impl Item {
    /// `XC3` of `XC3-05`.
    #[must_use]
    pub fn section(&self) -> &str {
        self.code.split('-').next().unwrap_or_default()
    }

    /// What a check point can do to the verdict; `number` is 1-based. `None` where the item names no leading point: there the lowest
    /// point decides.
    #[must_use]
    pub fn weight_of(&self, number: u32) -> Option<PointWeight> {
        let lead = self.lead?;
        Some(match number {
            n if n == lead => PointWeight::Lead,
            n if self.duties.contains(&n) => PointWeight::Duty,
            _ => PointWeight::Support,
        })
    }

    /// The check points in a language; in Chinese where the file has no English.
    #[must_use]
    pub fn check_points_in(&self, lang: Lang) -> &[String] {
        translated(lang, &self.check_points, &self.check_points_en)
    }

    /// The expected evidence in a language; in Chinese where the file has no English.
    #[must_use]
    pub fn evidence_in(&self, lang: Lang) -> &[String] {
        translated(lang, &self.evidence, &self.evidence_en)
    }

    /// The check points numbered, with the mark of those that can decide 不符合: `1.【主】…`.
    pub fn marked_points(&self, lang: Lang) -> impl Iterator<Item = String> {
        self.check_points_in(lang).iter().zip(1..).map(move |(point, number)| match self.weight_of(number) {
            None | Some(PointWeight::Support) => format!("{number}. {point}"),
            Some(weight) => match lang {
                Lang::Zh => format!("{number}.【{}】{point}", weight.term().chinese),
                Lang::En => format!("{number}. [{}] {point}", weight.term().english),
            },
        })
    }

    /// `XC` of `XC3-05`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.section().trim_end_matches(|c: char| c.is_ascii_digit())
    }
}

/// Lines in a language: those in English where there is one for each.
fn translated<'a>(lang: Lang, own: &'a [String], english: &'a [String]) -> &'a [String] {
    if lang == Lang::En && english.len() == own.len() { english } else { own }
}

/// What a check point can do to the verdict of its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PointWeight {
    /// 主: decides the verdict.
    Lead,
    /// 法: supports, and decides 不符合 like the leading one.
    Duty,
    /// 辅: lowers 符合 to 部分符合 and no further.
    Support,
}

/// How an item is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// 文件
    Document,
    /// 访谈
    Interview,
    /// 现场观察
    Observation,
    /// 数据抽样
    Sampling,
    /// 系统演示
    Demonstration,
}

/// Place in the improvement cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 策划
    Plan,
    /// 实施
    Do,
    /// 检查
    Check,
    /// 改进
    Improve,
}

/// When an item applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Always.
    All,
    /// 外呼
    Outbound,
    /// 外包
    Outsourced,
    /// 自建
    SelfBuilt,
    /// 在线渠道
    Online,
    /// 智能客服
    Bot,
    /// 多职场
    MultiSite,
}

impl Condition {
    /// Those that somebody can be asked about, in the order in which a round keeps them.
    pub const ASKED: [Self; 6] =
        [Self::Outbound, Self::Outsourced, Self::SelfBuilt, Self::Online, Self::Bot, Self::MultiSite];

    /// The stable name used in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Outbound => "outbound",
            Self::Outsourced => "outsourced",
            Self::SelfBuilt => "self-built",
            Self::Online => "online",
            Self::Bot => "bot",
            Self::MultiSite => "multi-site",
        }
    }

    /// Whether items of this condition apply where these conditions hold; all do where nobody was asked.
    #[must_use]
    pub fn holds(self, held: Option<&[String]>) -> bool {
        self == Self::All || held.is_none_or(|held| held.iter().any(|name| name == self.key()))
    }
}
