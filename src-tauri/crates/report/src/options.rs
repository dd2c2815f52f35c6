//! How a report is to look.

use domain::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Choices of the person who exports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Which sections, and how detailed.
    pub layout: Layout,
    /// Language of every printed word that is not the user's own.
    pub lang: Lang,
    /// PNG, JPEG or SVG, drawn on the cover.
    pub logo: Option<Vec<u8>>,
    /// Prints the draft mark on every page. A round with open items bears it in any case: see [`crate::is_draft`].
    pub draft: bool,
    /// Only these of the layout's sections; `None` = all of them.
    pub sections: Option<BTreeSet<SectionId>>,
}

impl Options {
    /// Sections to print, in printing order.
    #[must_use]
    pub fn sections(&self) -> Vec<SectionId> {
        let wanted = |id: &SectionId| self.sections.as_ref().is_none_or(|chosen| chosen.contains(id));
        self.layout.sections().iter().copied().filter(wanted).collect()
    }
}

/// The three layouts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// For the management: conclusion, figures, most urgent work; at most six pages.
    Management,
    /// For the client of a consultant: gaps, findings, plan.
    Gap,
    /// For the certification auditor: everything.
    #[default]
    Certification,
}

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 3] = [Self::Management, Self::Gap, Self::Certification];

    /// The stable name used in files and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::Gap => "gap",
            Self::Certification => "certification",
        }
    }

    /// Its sections in printing order.
    #[must_use]
    pub const fn sections(self) -> &'static [SectionId] {
        use SectionId::{Findings, Lists, Observations, Plan, Results, Scope, SignOff, Summary};
        match self {
            Self::Management => &[Summary, Plan, Results],
            Self::Gap => &[Summary, Scope, Results, Findings, Observations, Plan, Lists, SignOff],
            Self::Certification => &SectionId::ALL,
        }
    }
}

/// The documents that people go on editing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum WordKind {
    /// 不符合项报告: one on a page, in the form that auditors file.
    Findings,
    /// 整改报告
    Rectification,
    /// 差距分析报告
    Gap,
}

impl WordKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Findings, Self::Rectification, Self::Gap];

    /// The stable name used in files and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Findings => "findings",
            Self::Rectification => "rectification",
            Self::Gap => "gap",
        }
    }
}

/// A section that can be left out. Cover, control page and contents are always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum SectionId {
    /// 准备度结论
    Summary,
    /// 目的、范围、依据与方法
    Scope,
    /// 总体结果
    Results,
    /// 不符合项
    Findings,
    /// 观察项、改进机会与良好实践
    Observations,
    /// 整改计划
    Plan,
    /// 不适用与未评估条目
    Lists,
    /// 逐项结果
    Items,
    /// 证据清单
    Evidence,
    /// 与上一轮的比较
    FollowUp,
    /// 签署
    SignOff,
    /// 附录
    Annex,
}

impl SectionId {
    /// All sections, in printing order.
    pub const ALL: [Self; 12] = [
        Self::Summary,
        Self::Scope,
        Self::Results,
        Self::Findings,
        Self::Observations,
        Self::Plan,
        Self::Lists,
        Self::Items,
        Self::Evidence,
        Self::FollowUp,
        Self::SignOff,
        Self::Annex,
    ];

    /// The stable name used in files and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Scope => "scope",
            Self::Results => "results",
            Self::Findings => "findings",
            Self::Observations => "observations",
            Self::Plan => "plan",
            Self::Lists => "lists",
            Self::Items => "items",
            Self::Evidence => "evidence",
            Self::FollowUp => "follow-up",
            Self::SignOff => "sign-off",
            Self::Annex => "annex",
        }
    }
}

/// What the program is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Setting lines and pages.
    Layout,
    /// Writing the PDF.
    Render,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}
