//! The command line, fixed: scripts depend on it.

use app::report::SectionId;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Grade, Id, Priority, Verdict};
use std::path::PathBuf;

/// 备审：呼叫中心认证准备度自评（YD/T 2823-2015）。自评结果仅供内部准备使用。
#[derive(Parser)]
#[command(name = "beishen-cli", version)]
pub struct Cli {
    /// 以 JSON 输出
    #[arg(long, global = true)]
    pub json: bool,
    /// 操作人姓名或角色（默认：操作系统用户）
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub actor: Option<String>,
    /// 选择一次评估（默认：最新的一次）
    #[arg(long, value_name = "ID", global = true)]
    pub assessment: Option<Id>,
    /// 消息与报告的语言
    #[arg(long, value_enum, default_value = "zh", global = true)]
    pub lang: Language,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    Zh,
    En,
}

#[derive(Subcommand)]
pub enum Command {
    /// 评审准则
    #[command(subcommand)]
    Criteria(Criteria),
    /// 新建工作区与一次评估
    New(New),
    /// 新建装有样例评估的工作区
    Sample { dir: PathBuf },
    /// 适用情形：列出，或以 --set 变更，受影响的条目一并处理
    Conditions(Conditions),
    /// 列出评审条目
    Items(Items),
    /// 给出结论：conform partial nonconform na clear
    Mark(Mark),
    /// 证据
    #[command(subcommand)]
    Evidence(Evidence),
    /// 发现（不符合项、观察项等）
    #[command(subcommand)]
    Finding(Finding),
    /// 整改任务
    #[command(subcommand)]
    Task(Task),
    /// 得分与准备度结论
    Score { dir: PathBuf },
    /// 准备度检查；有缺陷时退出码为 3
    Gate { dir: PathBuf },
    /// 变更记录
    History { dir: PathBuf, code: Option<String> },
    /// 撤销最近一步
    Undo { dir: PathBuf },
    /// 重做
    Redo { dir: PathBuf },
    /// 导出准备度报告（PDF）
    Report(Report),
    /// 导出证据包
    Pack(Pack),
    /// 导出整改计划表（.csv 或 .xlsx）
    Plan {
        dir: PathBuf,
        /// 写到哪个文件；扩展名决定格式
        #[arg(short = 'o', long = "output", value_name = "FILE")]
        output: PathBuf,
        /// 覆盖已有的文件
        #[arg(long)]
        overwrite: bool,
    },
    /// 核验报告与证据包；不一致时退出码为 3
    Verify(Verify),
    /// 规范化快照与数据根
    Snapshot { dir: PathBuf },
    /// 检查数据库、变更记录与证据的完整性；有问题时退出码为 3
    Doctor { dir: PathBuf },
    /// 立即备份
    Backup { dir: PathBuf },
    /// 列出备份
    Backups { dir: PathBuf },
    /// 确认恢复的内容无误：旧备份重新开始清理
    ConfirmRestore { dir: PathBuf },
    /// 列出不再被引用的证据文件；--sweep 先备份再清除
    Tidy {
        dir: PathBuf,
        /// 清除
        #[arg(long)]
        sweep: bool,
    },
    /// 从备份恢复，原状态另存
    Restore {
        dir: PathBuf,
        /// 备份文件
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
}

#[derive(Subcommand)]
pub enum Criteria {
    /// 校验评审准则文件
    Check {
        /// 准则文件（默认：内置准则）
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// 输出准则文件的 JSON Schema
    Schema,
}

#[derive(Args)]
pub struct New {
    pub dir: PathBuf,
    /// 受评组织
    #[arg(long)]
    pub organization: String,
    /// 评估标题
    #[arg(long)]
    pub title: Option<String>,
    /// 评估期间起
    #[arg(long)]
    pub from: Option<NaiveDate>,
    /// 评估期间止
    #[arg(long)]
    pub to: Option<NaiveDate>,
    /// 评审准则文件（默认：内置准则）
    #[arg(long)]
    pub criteria: Option<PathBuf>,
    /// 适用情形，多个以逗号分隔：outbound outsourced self-built online bot multi-site（默认：未填报，全部条目适用）
    #[arg(long, value_delimiter = ',', num_args = 0..=1)]
    pub conditions: Option<Vec<String>>,
}

#[derive(Args)]
pub struct Conditions {
    pub dir: PathBuf,
    /// 此后适用的情形，多个以逗号分隔：outbound outsourced self-built online bot multi-site
    #[arg(long, value_delimiter = ',', num_args = 0..=1)]
    pub set: Option<Vec<String>>,
    /// 只显示影响，不作改动
    #[arg(long, requires = "set")]
    pub dry_run: bool,
}

#[derive(Args)]
pub struct Items {
    pub dir: PathBuf,
    /// 评审类别代码，如 XC
    #[arg(long)]
    pub domain: Option<String>,
    /// none conform partial nonconform na
    #[arg(long, value_parser = wanted_verdict)]
    pub verdict: Option<Wanted>,
    /// 在条目、记录、证据与发现中查找
    #[arg(long)]
    pub search: Option<String>,
}

/// A verdict to filter by; 未评估 included.
#[derive(Clone, Copy)]
pub struct Wanted(pub Option<Verdict>);

fn wanted_verdict(text: &str) -> Result<Wanted, String> {
    if text == "none" { Ok(Wanted(None)) } else { verdict(text).map(|v| Wanted(Some(v))) }
}

#[derive(Args)]
pub struct Mark {
    pub dir: PathBuf,
    /// 条目编号，多个以逗号分隔
    #[arg(required = true, num_args = 1, value_delimiter = ',')]
    pub codes: Vec<String>,
    /// conform partial nonconform na clear
    #[arg(value_parser = mark_verdict)]
    pub verdict: Setting,
    /// 评估记录
    #[arg(long)]
    pub note: Option<String>,
    /// 不适用的理由
    #[arg(long)]
    pub reason: Option<String>,
}

/// A verdict to set, or none.
#[derive(Clone, Copy)]
pub struct Setting(pub Option<Verdict>);

fn mark_verdict(text: &str) -> Result<Setting, String> {
    if text == "clear" { Ok(Setting(None)) } else { verdict(text).map(|v| Setting(Some(v))) }
}

fn verdict(text: &str) -> Result<Verdict, String> {
    Verdict::ALL
        .into_iter()
        .find(|v| v.key() == text)
        .ok_or_else(|| "应为 conform、partial、nonconform、na，或 none/clear".to_owned())
}

#[derive(Subcommand)]
pub enum Evidence {
    /// 添加文件证据
    Add {
        dir: PathBuf,
        /// 关联的条目编号，多个以逗号分隔
        #[arg(long, value_delimiter = ',', required = true)]
        item: Vec<String>,
        /// 文件
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 标题（默认：文件名）
        #[arg(long)]
        title: Option<String>,
        /// 生效或形成日期
        #[arg(long)]
        effective: Option<NaiveDate>,
        /// 有效期至
        #[arg(long)]
        expires: Option<NaiveDate>,
        /// 定位：页码、单元格、录音时刻
        #[arg(long)]
        locator: Option<String>,
    },
    /// 列出证据
    List { dir: PathBuf },
    /// 逐个核验证据文件的 SHA-256；不一致时退出码为 3
    Verify { dir: PathBuf },
}

#[derive(Subcommand)]
pub enum Finding {
    /// 登记发现
    Add {
        dir: PathBuf,
        #[arg(long)]
        item: String,
        /// major minor observation opportunity good
        #[arg(long, value_parser = grade)]
        grade: Grade,
        /// 事实
        #[arg(long)]
        fact: String,
        /// 原因
        #[arg(long)]
        cause: Option<String>,
    },
    /// 列出发现
    List { dir: PathBuf },
}

fn grade(text: &str) -> Result<Grade, String> {
    Grade::ALL
        .into_iter()
        .find(|g| g.key() == text)
        .ok_or_else(|| "应为 major、minor、observation、opportunity 或 good".to_owned())
}

#[derive(Subcommand)]
pub enum Task {
    /// 建立整改任务
    Add {
        dir: PathBuf,
        /// 所针对的发现，如 NC-01
        #[arg(long, required_unless_present = "item", conflicts_with = "item")]
        finding: Option<String>,
        /// 条目编号
        #[arg(long)]
        item: Option<String>,
        #[arg(long)]
        title: String,
        /// 责任人
        #[arg(long)]
        owner: String,
        /// 期限
        #[arg(long)]
        due: NaiveDate,
        /// high medium low
        #[arg(long, value_parser = priority, default_value = "medium")]
        priority: Priority,
    },
    /// 列出整改任务
    List { dir: PathBuf },
    /// 改变状态：doing to-verify closed reopened
    Move {
        dir: PathBuf,
        /// 如 T-001
        task: String,
        #[arg(value_enum)]
        state: Move,
        /// 整改结果（关闭时必填）
        #[arg(long)]
        result: Option<String>,
        /// 验证人（关闭时必填，不得为责任人）
        #[arg(long)]
        verifier: Option<String>,
    },
}

fn priority(text: &str) -> Result<Priority, String> {
    match text {
        "high" => Ok(Priority::High),
        "medium" => Ok(Priority::Medium),
        "low" => Ok(Priority::Low),
        _ => Err("应为 high、medium 或 low".to_owned()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Move {
    Todo,
    Doing,
    ToVerify,
    Closed,
    Reopened,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum LayoutName {
    Management,
    Gap,
    Certification,
}

#[derive(Args)]
pub struct ReportOptions {
    /// 版式
    #[arg(long, value_enum, default_value = "certification")]
    pub layout: LayoutName,
    /// 标志图片（PNG、JPEG、SVG）
    #[arg(long)]
    pub logo: Option<PathBuf>,
    /// 加“草稿”水印
    #[arg(long)]
    pub draft: bool,
    /// 分发对象，可重复
    #[arg(long, value_name = "NAME")]
    pub distribution: Vec<String>,
    /// 只印这些章节，以逗号分隔
    #[arg(long, value_delimiter = ',', value_name = "SECTION", value_parser = section)]
    pub sections: Option<Vec<SectionId>>,
}

/// A section by the name it has everywhere else.
fn section(name: &str) -> Result<SectionId, String> {
    let names = SectionId::ALL.map(SectionId::key);
    SectionId::ALL.into_iter().find(|id| id.key() == name).ok_or_else(|| names.join(" "))
}

#[derive(Args)]
pub struct Report {
    pub dir: PathBuf,
    /// 写到哪个文件
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
    /// 覆盖已有的文件（本次评估导出后未经改动的报告不必确认）
    #[arg(long)]
    pub overwrite: bool,
    #[command(flatten)]
    pub options: ReportOptions,
}

#[derive(Args)]
pub struct Pack {
    pub dir: PathBuf,
    /// 写到哪个文件夹（须不存在或为空）
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    pub output: PathBuf,
    #[command(flatten)]
    pub options: ReportOptions,
}

#[derive(Args)]
pub struct Verify {
    /// 报告
    pub report: PathBuf,
    /// 证据包文件夹
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 工作区：列出与报告不同之处
    #[arg(long)]
    pub workspace: Option<PathBuf>,
}
