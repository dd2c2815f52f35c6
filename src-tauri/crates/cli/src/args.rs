//! The command line, fixed: scripts depend on it. A subcommand bears the name of the window's command, under its noun: `add_finding` is
//! `finding add`; what is older than that rule keeps its name and hears to the other one too.
//!
//! Every text is in both languages, `中文 | English`; [`crate::help`] shows one half.

mod evidence;
mod exports;
mod findings;
mod marks;
mod requests;
mod rounds;
mod sheets;
mod tasks;
pub mod values;

pub use evidence::{AboutEvidence, Evidence, EvidenceFields};
pub use exports::{LayoutName, Pack, Plan, Report, ReportOptions, Verify, Word, Workbook, WorkbookIn, WorkbookOut};
pub use findings::Finding;
pub use marks::{Items, Mark, MarkEach, Review, Setting, Wanted};
pub use requests::{Keeper, Paper, RequestList};
pub use rounds::{Conditions, New, Round, RoundFields, Signature};
pub use sheets::{Sheet, SheetIn, Words};
pub use tasks::{Move, Task};

use clap::{Parser, Subcommand};
use clap_complete::Shell;
use domain::{Id, Lang};
use std::path::PathBuf;

/// 备审：呼叫中心认证准备度自评（YD/T 2823-2015）。自评结果仅供内部准备使用。 | Self-assessment of call centres for certification against YD/T 2823-2015. The result is for internal preparation only.
#[derive(Parser)]
#[command(name = "beishen-cli", version, after_help = AFTER)]
pub struct Cli {
    /// 以 JSON 输出，被拒绝时也是 | Answer in JSON, also when refused
    #[arg(long, global = true)]
    pub json: bool,
    /// 操作人姓名或角色（默认：操作系统用户） | Name or role of who acts (the user of the system otherwise)
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub actor: Option<String>,
    /// 选择一次评估（默认：最新的一次） | Which assessment (the newest otherwise)
    #[arg(long, value_name = "ID", value_parser = values::id, global = true)]
    pub assessment: Option<Id>,
    /// 消息与报告的语言 | Language of messages and reports
    #[arg(long, value_parser = values::one_of::<Lang>(&["zh", "en"]), default_value = "zh", global = true)]
    pub lang: Lang,
    /// 已签署的内容有变，已看过，仍继续写入 | What was signed has changed; it was looked at, write all the same
    #[arg(long, global = true)]
    pub work_on: bool,
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "退出码：0 完成；1 被拒绝或失败；2 用法错误；3 检查发现问题；4 已保存，但结果没有写出 | \
Exit code: 0 done; 1 refused or failed; 2 wrong usage; 3 a check found defects; 4 saved, but the answer could not be written";

#[derive(Subcommand)]
pub enum Command {
    /// 评审准则 | Review criteria
    #[command(subcommand)]
    Criteria(Criteria),
    /// 新建工作区与一次评估 | Make a workspace and an assessment in it
    #[command(alias = "create-workspace")]
    New(New),
    /// 新建装有样例评估的工作区 | Make a workspace with the sample assessment
    #[command(alias = "open-sample")]
    Sample { dir: PathBuf },
    /// 一次评估：列出、开始下一次、修改 | Assessments: list, start the next, edit
    #[command(subcommand)]
    Round(Round),
    /// 适用情形：列出，或以 --set 变更，受影响的条目一并处理 | What applies: list it, or change it with --set along with the items it touches
    Conditions(Conditions),
    /// 列出评审条目 | List the review items
    Items(Items),
    /// 给出结论：conform partial nonconform na clear；keep 不改结论 | Give a verdict: conform partial nonconform na clear; keep leaves it
    Mark(Mark),
    /// 逐条给出结论，作为一步：读取 [{"item":...,"patch":{...}}] | Mark each item in its own way, as one step: reads [{"item":...,"patch":{...}}]
    MarkEach(MarkEach),
    /// 复核：open accepted returned | Second look: open accepted returned
    Review(Review),
    /// 证据 | Evidence
    #[command(subcommand)]
    Evidence(Evidence),
    /// 发现（不符合项、观察项等） | Findings (nonconformities, observations and others)
    #[command(subcommand)]
    Finding(Finding),
    /// 整改任务 | Remediation tasks
    #[command(subcommand)]
    Task(Task),
    /// 得分与准备度结论 | Score and readiness
    Score { dir: PathBuf },
    /// 准备度检查；有缺陷时退出码为 3 | Readiness check; exits with 3 when there are defects
    Gate { dir: PathBuf },
    /// 变更记录 | Change log
    History {
        dir: PathBuf,
        /// 条目编号 | Item code
        code: Option<String>,
    },
    /// 撤销最近一步 | Undo the last step
    Undo { dir: PathBuf },
    /// 重做 | Redo it
    Redo { dir: PathBuf },
    /// 签署当前内容：prepared reviewed approved；批准后冻结 | Sign what is recorded: prepared reviewed approved; an approval freezes it
    Sign {
        dir: PathBuf,
        /// 编制、审核或批准 | In which capacity
        #[arg(value_parser = values::one_of::<domain::SignRole>(&["prepared", "reviewed", "approved"]))]
        role: domain::SignRole,
        /// 签署人（默认：操作人） | Who signs (who acts otherwise)
        #[arg(long)]
        name: Option<String>,
    },
    /// 签署：列出、撤回 | Signatures: list, withdraw
    #[command(subcommand)]
    Signature(Signature),
    /// 重新打开已批准的评估 | Reopen an approved assessment
    Reopen {
        dir: PathBuf,
        /// 理由 | Why
        #[arg(long)]
        reason: String,
    },
    /// 导出准备度报告（PDF） | Export the readiness report (PDF)
    #[command(alias = "export-report")]
    Report(Report),
    /// 导出可编辑的 Word 文件（.docx）：不符合项报告、整改报告、差距分析报告 | Export a Word file to edit (.docx): nonconformity reports, rectification report, gap analysis
    #[command(alias = "export-word")]
    Word(Word),
    /// 列出已导出的报告 | List the reports that were exported
    Reports { dir: PathBuf },
    /// 最新的报告与现在的内容是否不同；不同时退出码为 3 | Whether the newest report differs from what is recorded; exits with 3 when it does
    ReportDiffers { dir: PathBuf },
    /// 导出证据包 | Export the evidence pack
    #[command(alias = "export-pack")]
    Pack(Pack),
    /// 导出整改计划表（.csv 或 .xlsx） | Export the remediation plan (.csv or .xlsx)
    #[command(alias = "export-plan")]
    Plan(Plan),
    /// 核查表工作簿：导出给人填写，填好后取回 | The checklist as a workbook: hand it out, take it back
    #[command(subcommand)]
    Workbook(Workbook),
    /// 别人的表格（.xlsx 或 .csv）：取入；结论用语对照表 | Somebody else's list (.xlsx or .csv): take it in; the words for verdicts
    #[command(subcommand)]
    Sheet(Sheet),
    /// 导出迎审资料清单（.xlsx 或 .docx）：谁在何时之前提交什么 | Export the request list (.xlsx or .docx): who hands in what by when
    #[command(alias = "export-request-list")]
    RequestList(RequestList),
    /// 资料归口：各主题的资料由谁提交 | Who hands in the papers of each section
    #[command(subcommand)]
    Keeper(Keeper),
    /// 迎审资料：列出，登记已交 | Papers that are asked for: list them, note that they are there
    #[command(subcommand, alias = "papers")]
    Paper(Paper),
    /// 核验报告（数据、每一页）与证据包；不一致时退出码为 3 | Verify a report (data, every page) and its pack; exits with 3 when they do not hold
    #[command(alias = "verify-report")]
    Verify(Verify),
    /// 规范化快照与数据根 | Canonical snapshot and its root
    Snapshot { dir: PathBuf },
    /// 检查数据库、变更记录与证据的完整性；有问题时退出码为 3 | Check database, change log and evidence; exits with 3 when something is wrong
    Doctor { dir: PathBuf },
    /// 工作区状况：备份、最近一次检查、位置 | How the workspace is: backups, last check, place
    Health { dir: PathBuf },
    /// 立即备份 | Back up now
    #[command(alias = "backup-now")]
    Backup { dir: PathBuf },
    /// 列出备份 | List the backups
    Backups { dir: PathBuf },
    /// 确认恢复的内容无误：旧备份重新开始清理 | What was restored is right: old backups are thinned again
    ConfirmRestore { dir: PathBuf },
    /// 列出不再被引用的证据文件；--sweep 先备份再清除 | Evidence files nothing refers to; --sweep backs up and removes them
    Tidy {
        dir: PathBuf,
        /// 清除 | Remove them
        #[arg(long)]
        sweep: bool,
    },
    /// 从备份恢复，原状态另存 | Restore a backup; what was there is kept aside
    Restore {
        dir: PathBuf,
        /// 备份文件 | The backup
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// 输出命令补全脚本：bash zsh fish powershell elvish | Write completions for a shell: bash zsh fish powershell elvish
    Completions {
        /// 终端 | The shell
        #[arg(value_enum)]
        shell: Shell,
    },
}

#[derive(Subcommand)]
pub enum Criteria {
    /// 校验评审准则文件 | Check a criteria file
    Check {
        /// 准则文件（默认：内置准则） | The criteria file (the built-in ones otherwise)
        #[arg(value_name = "FILE")]
        path: Option<PathBuf>,
        /// 同上 | The same
        #[arg(long, conflicts_with = "path")]
        file: Option<PathBuf>,
    },
    /// 写出准则文件以便修改：全部、简评或一部分条目 | Write a criteria file to edit: all items, the short round, or some of them
    Init {
        /// 准则文件（.toml 或 .xlsx） | The criteria file (.toml or .xlsx)
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// 简评的条目 | The items of the short round
        #[arg(long, conflicts_with_all = ["items", "domains"])]
        short: bool,
        /// 只要这些条目，以逗号分隔 | Only these items, separated by commas
        #[arg(long, value_delimiter = ',', value_name = "CODES")]
        items: Vec<String>,
        /// 只要这些评审类别，以逗号分隔 | Only these domains, separated by commas
        #[arg(long, value_delimiter = ',', value_name = "CODES")]
        domains: Vec<String>,
        /// 覆盖已有的文件 | Replace a file that is there
        #[arg(long)]
        overwrite: bool,
    },
    /// 在 TOML 与 XLSX 之间转换准则文件，先校验 | Turn a criteria file into the other form, TOML or XLSX, after checking it
    Convert {
        /// 准则文件 | The criteria file
        file: PathBuf,
        /// 另一种形式的文件（.toml 或 .xlsx） | The file of the other form (.toml or .xlsx)
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// 覆盖已有的文件 | Replace a file that is there
        #[arg(long)]
        overwrite: bool,
    },
    /// 输出准则文件的 JSON Schema | Write the JSON Schema of criteria files
    Schema,
    /// 更新评估所用的评审准则：结论保留，条文有变的待重新确认；可撤销 | Give an assessment other criteria: verdicts stay, those on changed items wait to be confirmed; can be undone
    Update {
        dir: PathBuf,
        /// 新的准则文件（默认：内置准则） | The file with the new criteria (the built-in ones otherwise)
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// 只显示影响，不作改动 | Only show what it would mean
        #[arg(long)]
        dry_run: bool,
    },
    /// 逐字比较一个条目的前后条文；待确认的条目与作出结论时的条文比较 | Compare the texts of an item word by word; one whose verdict waits to be confirmed, with the text it was given for
    Compare {
        dir: PathBuf,
        /// 条目编号 | Item code
        code: String,
        /// 新的准则文件（默认：内置准则） | The file with the new criteria (the built-in ones otherwise)
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
}
