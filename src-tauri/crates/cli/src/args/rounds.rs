//! `new`, `round …`, `conditions`, `signature …`.

use super::values::{Day, day, day_or_none, id, member};
use app::criteria::Edition;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use domain::{Id, Member};
use std::path::PathBuf;

#[derive(Args)]
pub struct New {
    pub dir: PathBuf,
    /// 受评组织 | The organisation
    #[arg(long)]
    pub organization: String,
    /// 评估期间起 | First day of the period
    #[arg(long, value_parser = day)]
    pub from: Option<NaiveDate>,
    /// 评估期间止 | Last day of the period
    #[arg(long, value_parser = day)]
    pub to: Option<NaiveDate>,
    /// 差距分析，而非内部自评 | A gap analysis, no self-assessment
    #[arg(long)]
    pub gap: bool,
    #[command(flatten)]
    pub edition: EditionArgs,
    /// 适用情形，多个以逗号分隔：outbound outsourced self-built online bot multi-site（默认：未填报，全部条目适用） | What applies, separated by commas: outbound outsourced self-built online bot multi-site (everything otherwise)
    #[arg(long, value_delimiter = ',', num_args = 0..=1)]
    pub conditions: Option<Vec<String>>,
    #[command(flatten)]
    pub fields: RoundFields,
}

#[derive(Subcommand)]
pub enum Round {
    /// 列出各次评估，最新的在前 | List the assessments, the newest first
    List { dir: PathBuf },
    /// 开始下一次评估；未写的项沿用所选的一次 | Start the next assessment; what is not named is taken from the chosen one
    Start {
        dir: PathBuf,
        /// 受评组织 | The organisation
        #[arg(long)]
        organization: Option<String>,
        /// 评估期间起 | First day of the period
        #[arg(long, value_parser = day)]
        from: Option<NaiveDate>,
        /// 评估期间止 | Last day of the period
        #[arg(long, value_parser = day)]
        to: Option<NaiveDate>,
        /// 差距分析，而非内部自评 | A gap analysis, no self-assessment
        #[arg(long)]
        gap: bool,
        /// 适用情形，多个以逗号分隔 | What applies, separated by commas
        #[arg(long, value_delimiter = ',', num_args = 0..=1)]
        conditions: Option<Vec<String>>,
        #[command(flatten)]
        fields: RoundFields,
        #[command(flatten)]
        edition: EditionArgs,
        /// 不与上一次比较 | Compare it with none before
        #[arg(long)]
        no_predecessor: bool,
    },
    /// 修改评估信息；未写的项不变 | Change what is said about it; what is not named stays
    Edit {
        dir: PathBuf,
        /// 受评组织 | The organisation
        #[arg(long)]
        organization: Option<String>,
        /// 评估期间起；none 清除 | First day of the period; none takes it away
        #[arg(long, value_parser = day_or_none)]
        from: Option<Day>,
        /// 评估期间止；none 清除 | Last day of the period; none takes it away
        #[arg(long, value_parser = day_or_none)]
        to: Option<Day>,
        #[command(flatten)]
        fields: RoundFields,
        /// 未覆盖的内容 | What is not covered
        #[arg(long)]
        exclusions: Option<String>,
        /// 目的 | Objectives
        #[arg(long)]
        objectives: Option<String>,
        /// 抽样说明 | Sampling
        #[arg(long)]
        sampling: Option<String>,
        /// 分歧意见 | Dissent
        #[arg(long)]
        dissent: Option<String>,
        /// 受评方人员：角色=姓名，可重复 | Auditees: ROLE=NAME, repeatable
        #[arg(long = "auditee", value_name = "ROLE=NAME", value_parser = member)]
        auditees: Option<Vec<Member>>,
    },
}

/// What is said about a round whenever it is made or edited.
#[derive(Args)]
pub struct RoundFields {
    /// 评估标题 | Title
    #[arg(long)]
    pub title: Option<String>,
    /// 范围 | Scope
    #[arg(long)]
    pub scope: Option<String>,
    /// 职场，可重复 | Site, repeatable
    #[arg(long = "site", value_name = "SITE")]
    pub sites: Option<Vec<String>>,
    /// 评估组：角色=姓名，可重复 | Team: ROLE=NAME, repeatable
    #[arg(long = "member", value_name = "ROLE=NAME", value_parser = member)]
    pub team: Option<Vec<Member>>,
    /// 评分方案 | Scoring profile
    #[arg(long)]
    pub profile: Option<String>,
    /// 密级 | Confidentiality
    #[arg(long)]
    pub confidentiality: Option<String>,
}

#[derive(Args)]
pub struct Conditions {
    pub dir: PathBuf,
    /// 此后适用的情形，多个以逗号分隔：outbound outsourced self-built online bot multi-site | What applies from now on, separated by commas: outbound outsourced self-built online bot multi-site
    #[arg(long, value_delimiter = ',', num_args = 0..=1)]
    pub set: Option<Vec<String>>,
    /// 只显示影响，不作改动 | Only show what it would mean
    #[arg(long, requires = "set")]
    pub dry_run: bool,
}

#[derive(Subcommand)]
pub enum Signature {
    /// 列出签署 | List the signatures
    List { dir: PathBuf },
    /// 撤回签署 | Withdraw a signature
    Withdraw {
        dir: PathBuf,
        /// 签署的 ID，见 signature list | Its id, as signature list shows it
        #[arg(value_parser = id)]
        id: Id,
    },
}

/// Which criteria a round goes by.
#[derive(Args)]
pub struct EditionArgs {
    /// 评审准则文件（默认：内置准则，续评时与上一次同类） | The criteria file (otherwise the built-in ones, or those of the round before)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["short", "whole"])]
    pub criteria: Option<String>,
    /// 简评：只看关键条目和各主题的代表条目，不作准备度结论 | A short round: key items and some of every section; no readiness statement
    #[arg(long, conflicts_with = "whole")]
    pub short: bool,
    /// 全部条目 | All items
    #[arg(long)]
    pub whole: bool,
}

impl EditionArgs {
    /// What was named; `None` where nothing was.
    pub fn named(self) -> Option<Edition> {
        match self {
            Self { criteria: Some(file), .. } => Some(Edition::File(file)),
            Self { short: true, .. } => Some(Edition::Short),
            Self { whole: true, .. } => Some(Edition::Whole),
            _ => None,
        }
    }
}
