//! `report`, `word`, `pack`, `plan`, `workbook`, `verify`.

use super::values;
use app::report::{SectionId, WordKind};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Clone, Copy, ValueEnum)]
pub enum LayoutName {
    Management,
    Gap,
    Certification,
}

#[derive(Args)]
pub struct ReportOptions {
    /// 版式 | Layout
    #[arg(long, value_enum, default_value = "certification")]
    pub layout: LayoutName,
    /// 标志图片（PNG、JPEG、SVG） | Logo (PNG, JPEG, SVG)
    #[arg(long)]
    pub logo: Option<PathBuf>,
    /// 加“草稿”水印 | With the draft mark
    #[arg(long)]
    pub draft: bool,
    /// 分发对象，可重复 | Who gets a copy, repeatable
    #[arg(long, value_name = "NAME")]
    pub distribution: Vec<String>,
    /// 只印这些章节，以逗号分隔 | Only these sections, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "SECTION", value_parser = section())]
    pub sections: Option<Vec<SectionId>>,
}

/// A section by the name it has everywhere else.
fn section() -> impl TypedValueParser<Value = SectionId> {
    PossibleValuesParser::new(SectionId::ALL.map(SectionId::key))
        .try_map(|name| SectionId::ALL.into_iter().find(|id| id.key() == name).ok_or(""))
}

#[derive(Args)]
pub struct Report {
    pub dir: PathBuf,
    /// 写到哪个文件 | The file to write
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
    /// 覆盖已有的文件（本次评估导出后未经改动的报告不必确认） | Replace a file that is there (a report of this assessment that nobody touched needs no word)
    #[arg(long)]
    pub overwrite: bool,
    #[command(flatten)]
    pub options: ReportOptions,
}

#[derive(Args)]
pub struct Word {
    pub dir: PathBuf,
    /// 写到哪个文件（.docx） | The file to write (.docx)
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
    /// 哪一种：不符合项报告、整改报告、差距分析报告 | Which: nonconformity reports, rectification report, gap analysis
    #[arg(long, value_parser = values::one_of::<WordKind>(&["findings", "rectification", "gap"]))]
    pub kind: WordKind,
    /// 标志图片（PNG、JPEG、SVG） | Logo (PNG, JPEG, SVG)
    #[arg(long)]
    pub logo: Option<PathBuf>,
    /// 标明是草稿 | Says that it is a draft
    #[arg(long)]
    pub draft: bool,
    /// 覆盖已有的文件 | Replace a file that is there
    #[arg(long)]
    pub overwrite: bool,
}

#[derive(Args)]
pub struct Pack {
    pub dir: PathBuf,
    /// 写到哪个文件夹（须不存在或为空） | The folder to write (not there yet, or empty)
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    pub output: PathBuf,
    #[command(flatten)]
    pub options: ReportOptions,
}

#[derive(Args)]
pub struct Plan {
    pub dir: PathBuf,
    /// 写到哪个文件；扩展名决定格式 | The file to write; its extension decides the format
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
    /// 覆盖已有的文件 | Replace a file that is there
    #[arg(long)]
    pub overwrite: bool,
}

#[derive(Subcommand)]
pub enum Workbook {
    /// 导出核查表工作簿（.xlsx），填好后可取回 | Write the checklist as a workbook (.xlsx) that comes back
    #[command(alias = "export")]
    Out(WorkbookOut),
    /// 取回填好的工作簿；有待决定的格时不写入，退出码为 3 | Take a filled workbook in; while cells are undecided nothing is written and it exits with 3
    #[command(alias = "take-in")]
    In(WorkbookIn),
}

#[derive(Args)]
pub struct WorkbookIn {
    pub dir: PathBuf,
    /// 填好的工作簿 | The filled workbook
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 只列出将有的改动 | Only list what would change
    #[arg(long)]
    pub dry_run: bool,
    /// 两边都改过的格保留现有内容 | Of cells changed on both sides keep what is recorded
    #[arg(long, conflicts_with = "theirs")]
    pub mine: bool,
    /// 两边都改过的格以工作簿为准 | Of cells changed on both sides take the workbook's
    #[arg(long)]
    pub theirs: bool,
    /// 被清空的格也清空 | Clear what was emptied in the workbook
    #[arg(long, conflicts_with = "keep_cleared")]
    pub take_cleared: bool,
    /// 被清空的格保留现有内容 | Keep what was emptied in the workbook
    #[arg(long)]
    pub keep_cleared: bool,
    /// 无法取回的格不取，其余照取 | Leave out what cannot be taken, and take the rest
    #[arg(long)]
    pub skip_refused: bool,
}

#[derive(Args)]
pub struct WorkbookOut {
    pub dir: PathBuf,
    /// 写到哪个文件（.xlsx；加 --blank 时也可为 .pdf） | The file to write (.xlsx; with --blank .pdf too)
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
    /// 只含一个评审类别，如 XC | One domain only, such as XC
    #[arg(long, value_name = "CODE")]
    pub domain: Option<String>,
    /// 空白的内审检查表：不带结论与记录，可打印后手写 | The blank audit form: no verdicts, no notes, to be written on paper
    #[arg(long)]
    pub blank: bool,
    /// 由谁填写；印在说明页，取回时作为填写人 | Who fills it in; printed on its first sheet, and the sender when it comes back
    #[arg(long = "for", value_name = "NAME", default_value = "")]
    pub recipient: String,
    /// 覆盖已有的文件 | Replace a file that is there
    #[arg(long)]
    pub overwrite: bool,
}

#[derive(Args)]
pub struct Verify {
    /// 报告 | The report
    pub report: PathBuf,
    /// 证据包文件夹 | The folder of the evidence pack
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 工作区：列出与报告不同之处 | A workspace: what differs from the report
    #[arg(long)]
    pub workspace: Option<PathBuf>,
}
