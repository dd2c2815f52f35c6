//! `report`, `word`, `pack`, `plan`, `verify`.

use super::values;
use app::report::{SectionId, WordKind};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
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
