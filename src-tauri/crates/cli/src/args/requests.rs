//! `request-list`, `keeper …`, `paper …`.

use super::values::{Day, day, day_or_none};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args)]
pub struct RequestList {
    pub dir: PathBuf,
    /// 写到哪个文件（.xlsx 或 .docx） | The file to write (.xlsx or .docx)
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
    /// 只列一个部门提交的资料，如 运营部 | Of one department only, such as Operations
    #[arg(long, value_name = "NAME")]
    pub department: Option<String>,
    /// 覆盖已有的文件 | Replace a file that is there
    #[arg(long)]
    pub overwrite: bool,
}

#[derive(Subcommand)]
pub enum Keeper {
    /// 列出各主题的归口部门、责任人和提交期限；* 为准则预设 | List department, owner and due day of each section; * as the criteria propose
    List { dir: PathBuf },
    /// 指定归口部门；未写的项不变 | Say who hands in; what is not named stays
    Assign {
        dir: PathBuf,
        /// 主题或评审类别的代码，以逗号分隔，如 XC1,JS | Sections or domains, separated by commas, such as XC1,JS
        #[arg(long, value_delimiter = ',', required = true, value_name = "CODE")]
        section: Vec<String>,
        /// 提交部门 | The department
        #[arg(long, value_name = "NAME", required_unless_present_any = ["owner", "due", "reset"])]
        department: Option<String>,
        /// 责任人 | The person
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
        /// 提交期限，或 none | Until when, or none
        #[arg(long, value_parser = day_or_none, value_name = "DAY")]
        due: Option<Day>,
        /// 恢复准则的预设 | As the criteria propose
        #[arg(long)]
        reset: bool,
    },
}

#[derive(Subcommand)]
pub enum Paper {
    /// 列出要提交的资料和各自的状态 | List the papers that are asked for and where they stand
    List {
        dir: PathBuf,
        /// 只列一个部门 | Of one department only
        #[arg(long, value_name = "NAME")]
        department: Option<String>,
        /// 只列未交的 | Only those not handed in
        #[arg(long)]
        open: bool,
    },
    /// 登记资料已交 | Note that papers were handed in
    HandIn {
        dir: PathBuf,
        /// 资料号，如 XC3-05.2 | Numbers such as XC3-05.2
        #[arg(required = true, value_name = "PAPER")]
        papers: Vec<String>,
        /// 哪一天（默认：今天） | On which day (today otherwise)
        #[arg(long, value_parser = day, value_name = "DAY", conflicts_with = "not_yet")]
        on: Option<NaiveDate>,
        /// 改为未交 | They were not, after all
        #[arg(long)]
        not_yet: bool,
        /// 备注 | A remark
        #[arg(long)]
        note: Option<String>,
    },
}
