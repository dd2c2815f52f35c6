//! The criteria pack (评审准则): what is assessed and how it is scored, as data.

mod check;

pub use check::{MAX_PACK_BYTES, PackError, Problem};

use crate::{Date, Grade, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A whole criteria file, validated. See `criteria/PROVENANCE.md` for what is public fact and what is ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct CriteriaPack {
    /// Identity of the standard and of this pack.
    pub pack: PackHead,
    /// What the public facts rest on.
    pub sources: Vec<Source>,
    /// Instruments and articles that items cite.
    pub laws: Vec<Law>,
    /// Key figures with definition and reference values.
    pub kpis: Vec<Kpi>,
    /// Ways of scoring; the first marked `default` is used unless a round says otherwise.
    pub profiles: Vec<Profile>,
    /// What the grades of findings mean.
    pub grades: Vec<GradeText>,
    /// Terms explained in the report's annex.
    pub glossary: Vec<Term>,
    /// The nine 评审类别.
    pub domains: Vec<Domain>,
    /// The 43 主题.
    pub sections: Vec<Section>,
    /// The 224 评审条目.
    pub items: Vec<Item>,
    /// SHA-256 of the file's text without byte order mark and with LF line ends, 64 hex digits. Not part of the file.
    #[serde(default)]
    #[schemars(skip)]
    pub sha256: String,
}

/// Identity and notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct PackHead {
    /// Name of the pack, e.g. `yd-t-2823-2015`.
    pub id: String,
    /// Format of the file; this program reads 1.
    pub format: u32,
    /// Version of the pack, e.g. `2026.11`.
    pub version: String,
    /// `YD/T 2823-2015`.
    pub standard: String,
    /// Title of the standard.
    pub title: String,
    /// Our English rendering of it.
    pub title_en: String,
    /// A remark on the title.
    #[serde(default)]
    pub title_note: String,
    /// Day of publication.
    #[serde(with = "toml_date")]
    #[schemars(with = "String")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub published: Date,
    /// Day it came into force.
    #[serde(with = "toml_date")]
    #[schemars(with = "String")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub effective: Date,
    /// Kind of standard: a recommended industry standard, not a national one.
    pub kind: String,
    /// The same in English.
    pub kind_en: String,
    /// What this file is and is not; shown in the app and in every report.
    pub notice: String,
    /// The same in English.
    pub notice_en: String,
    /// What the reference figures are and are not.
    pub kpi_notice: String,
    /// The same in English.
    pub kpi_notice_en: String,
    /// How several check points make one verdict.
    pub reading: String,
    /// The same in English.
    pub reading_en: String,
    /// Evidence names that may stand under more than six items.
    #[serde(default)]
    pub common_evidence: Vec<String>,
}

/// What a public fact rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Who published it.
    pub publisher: String,
    /// What was taken from it.
    #[serde(default)]
    pub note: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// How sure we are of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Text of a law or standard, read directly.
    Official,
    /// A named body or publication.
    Secondary,
    /// Promotional or copied material.
    Weak,
    /// General knowledge of the trade.
    Background,
    /// Our own.
    Own,
}

/// One article of one instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// `PIPL-51`.
    pub id: String,
    /// Full title.
    pub instrument: String,
    /// Short title.
    pub short: String,
    /// 第五十一条; empty when the whole instrument is meant.
    #[serde(default)]
    pub article: String,
    /// What it asks for, in our words.
    pub gist: String,
    /// The same in English.
    pub gist_en: String,
    /// Whether it may be presented as a duty.
    pub status: LawStatus,
    /// Day the cited text came into force, where known.
    #[serde(default, with = "toml_date::option", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>, optional))]
    pub in_force: Option<Date>,
    /// A caveat, e.g. about renumbering.
    #[serde(default)]
    pub note: String,
}

/// How the text of a law was established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum LawStatus {
    /// The article was read.
    Sourced,
    /// A named secondary source quotes it.
    Secondary,
    /// General knowledge; check before relying on it.
    Background,
    /// A draft: never a duty.
    Draft,
}

/// A key figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// `K1`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// `%`, `s`, …
    pub unit: String,
    /// What it says.
    pub definition: String,
    /// The same in English.
    pub definition_en: String,
    /// How it is computed.
    pub formula: String,
    /// The same in English.
    pub formula_en: String,
    /// Which way is good.
    pub direction: Direction,
    /// A typical figure: a reference the user may change, never a duty.
    pub reference: String,
    /// The same in English.
    pub reference_en: String,
    /// Who says so.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where one name has several formulas.
    #[serde(default)]
    pub warning: String,
    /// The same in English.
    #[serde(default)]
    pub warning_en: String,
}

/// Which way a figure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Best inside a range.
    Range,
}

/// A scoring profile: scale, weights, bands and rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `internal`, `strict`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// What it is for.
    pub description: String,
    /// The same in English.
    pub description_en: String,
    /// Whether a new round takes it.
    #[serde(default)]
    pub default: bool,
    /// The formula as printed.
    pub formula: String,
    /// The same in English.
    pub formula_en: String,
    /// Points per verdict.
    pub points: Points,
    /// Weight by item code; 1 where absent.
    #[serde(default)]
    pub weights: BTreeMap<String, u32>,
    /// 内部参考分档, best first.
    pub bands: Vec<Band>,
    /// What must hold for a ready label.
    pub rules: Vec<Rule>,
    /// Wording of the four outcomes.
    pub levels: Vec<Level>,
}

/// Points per verdict, as decimal strings (`"0.5"`), so that no reader rounds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// 符合
    pub conform: String,
    /// 部分符合
    pub partial: String,
    /// 不符合
    pub nonconform: String,
}

/// A reference band of the rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// `A` …
    pub id: String,
    /// Lowest rate in whole percent.
    pub at_least: u32,
    /// Label.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// What it means to us.
    pub meaning: String,
    /// The same in English.
    pub meaning_en: String,
}

/// A readiness rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique in its profile.
    pub id: String,
    /// What is measured.
    pub kind: RuleKind,
    /// Whole percent or a count, as the kind needs.
    #[serde(default)]
    pub threshold: u32,
    /// What a breach does.
    pub effect: Effect,
    /// The rule in words.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// Why we have it.
    pub why: String,
    /// The same in English.
    pub why_en: String,
}

/// What a rule measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Overall rate (unassessed items earn nothing) ≥ threshold %.
    RateAtLeast,
    /// Every domain's rate ≥ threshold %.
    DomainRateAtLeast,
    /// Assessed ÷ all items ≥ threshold %.
    CoverageAtLeast,
    /// Every key item is 符合 or 不适用.
    KeyItemsConform,
    /// Open major findings ≤ threshold.
    OpenMajorAtMost,
    /// Open minor findings ≤ threshold.
    OpenMinorAtMost,
    /// Overdue tasks ≤ threshold.
    OverdueTasksAtMost,
    /// 不适用 ÷ all items ≤ threshold %.
    NaShareAtMost,
}

/// What a breach of a rule does to the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// No ready label.
    Block,
    /// Ready with reservations at best.
    Caution,
}

/// Wording of one outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Which outcome.
    pub id: LevelId,
    /// Label.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// One or two sentences.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

/// The four outcomes: self-assessed readiness, never "passed".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum LevelId {
    /// Every rule holds.
    Ready,
    /// Only cautions.
    ReadyWithReservations,
    /// A blocking rule is broken.
    NotReady,
    /// The coverage rule is broken: too early to say.
    Incomplete,
}

/// What a grade of finding means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct GradeText {
    /// Which grade.
    #[schemars(with = "String")]
    pub id: Grade,
    /// Label.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// Definition.
    pub definition: String,
    /// The same in English.
    pub definition_en: String,
}

/// A glossary entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Term.
    pub term: String,
    /// Term in English.
    pub term_en: String,
    /// Explanation.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

/// A 评审类别.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Two letters: GH RY XC LC JX KH JS AQ QY.
    pub code: String,
    /// 1–9.
    pub number: u32,
    /// Name (public fact).
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What it is about and what an auditor looks at first.
    pub intro: String,
    /// The same in English.
    pub intro_en: String,
}

/// A 主题.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// `XC3`.
    pub code: String,
    /// `XC`.
    pub domain: String,
    /// Topic name.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// How many items it must hold.
    pub items: u32,
    /// Where the title comes from.
    pub origin: Origin,
    /// The same in words.
    #[serde(default)]
    pub origin_note: String,
    /// What it is about and what an auditor looks at first.
    pub intro: String,
    /// The same in English.
    pub intro_en: String,
}

/// Where a title or text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Topic name on the public award criteria table of 2016.
    PublicAward,
    /// Topic name in the contents of the 2012 trial guideline.
    PublicTrial,
    /// Topic named by a certification body.
    PublicTopic,
    /// Ours.
    Own,
}

/// A 评审条目. Its text and code are this project's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `XC3-05` (本工具编号).
    pub code: String,
    /// At most 16 characters.
    pub title: String,
    /// One checkable statement of at most 60 characters.
    pub requirement: String,
    /// 2–4: what to look at and how to tell the verdicts apart.
    pub check_points: Vec<String>,
    /// How to check.
    pub methods: Vec<Method>,
    /// 2–5 papers or records, usable as a tick list.
    pub evidence: Vec<String>,
    /// Place in plan → do → check → improve.
    pub stage: Stage,
    /// Whether failing it blocks a ready label.
    pub key: bool,
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
    /// Title in English.
    pub title_en: String,
    /// Requirement in English.
    pub requirement_en: String,
    /// Always ours.
    pub origin: Origin,
}

impl Item {
    /// `XC3` of `XC3-05`.
    #[must_use]
    pub fn section(&self) -> &str {
        self.code.split('-').next().unwrap_or_default()
    }

    /// `XC` of `XC3-05`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.section().trim_end_matches(|c: char| c.is_ascii_digit())
    }
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

impl CriteriaPack {
    /// The item with this code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|i| i.code == code)
    }

    /// The section with this code.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.code == code)
    }

    /// The domain with this code.
    #[must_use]
    pub fn domain(&self, code: &str) -> Option<&Domain> {
        self.domains.iter().find(|d| d.code == code)
    }

    /// The law with this id.
    #[must_use]
    pub fn law(&self, id: &str) -> Option<&Law> {
        self.laws.iter().find(|l| l.id == id)
    }

    /// The key figure with this id.
    #[must_use]
    pub fn kpi(&self, id: &str) -> Option<&Kpi> {
        self.kpis.iter().find(|k| k.id == id)
    }

    /// The profile with this id, or the default one. A validated pack always has a default.
    ///
    /// # Panics
    /// When the pack was not validated and holds no profile.
    #[must_use]
    pub fn profile(&self, id: &str) -> &Profile {
        self.profiles
            .iter()
            .find(|p| p.id == id)
            .or_else(|| self.profiles.iter().find(|p| p.default))
            .or(self.profiles.first())
            .expect("a validated pack has a profile")
    }

    /// Items of a domain, in file order.
    pub fn items_of<'a>(&'a self, domain: &'a str) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |i| i.domain() == domain)
    }

    /// What a grade means.
    #[must_use]
    pub fn grade(&self, grade: Grade) -> Option<&GradeText> {
        self.grades.iter().find(|g| g.id == grade)
    }
}

impl Profile {
    /// Points of a verdict in thousandths; `None` for 不适用, which leaves the denominator.
    #[must_use]
    pub fn milli_points(&self, verdict: Verdict) -> Option<u64> {
        let text = match verdict {
            Verdict::Conform => &self.points.conform,
            Verdict::Partial => &self.points.partial,
            Verdict::Nonconform => &self.points.nonconform,
            Verdict::NotApplicable => return None,
        };
        milli(text)
    }

    /// Weight of an item.
    #[must_use]
    pub fn weight(&self, item: &str) -> u64 {
        self.weights.get(item).copied().unwrap_or(1).into()
    }

    /// Band of a rate given in hundredths of a percent.
    #[must_use]
    pub fn band(&self, rate: u32) -> Option<&Band> {
        self.bands.iter().find(|b| rate >= b.at_least * 100)
    }

    /// Wording of an outcome.
    #[must_use]
    pub fn level(&self, id: LevelId) -> Option<&Level> {
        self.levels.iter().find(|l| l.id == id)
    }
}

/// `"0.5"` → 500. `None` when it is not a decimal between 0 and 1 with at most three places.
fn milli(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let fraction: u64 = format!("{fraction:0<3}").parse().ok()?;
    let points = whole * 1000 + fraction;
    (points <= 1000).then_some(points)
}

/// TOML local dates in the file, `YYYY-MM-DD` strings in JSON.
mod toml_date {
    use crate::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Toml(toml::value::Datetime),
        Text(String),
    }

    pub fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
        date.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let text = match Either::deserialize(from)? {
            Either::Toml(date) => date.to_string(),
            Either::Text(text) => text,
        };
        text.parse().map_err(|_| D::Error::custom(format!("{text} is not a date of the form 2015-04-30")))
    }

    pub mod option {
        use super::{Date, Deserializer, Serialize, Serializer};

        pub fn serialize<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
            date.serialize(to)
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
            super::deserialize(from).map(Some)
        }
    }
}

/// JSON Schema of the criteria file, made from the types above.
#[must_use]
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(CriteriaPack)
}
