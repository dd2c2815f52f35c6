//! `evidence …`.

use super::values::{Day, day, day_or_none, one_of};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use domain::EvidenceKind;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Evidence {
    /// 添加文件证据 | Add files
    #[command(alias = "add-files")]
    Add {
        dir: PathBuf,
        /// 关联的条目编号，多个以逗号分隔 | Codes of the items it is about, separated by commas
        #[arg(long, value_delimiter = ',', required = true)]
        item: Vec<String>,
        /// 文件 | The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 标题（默认：文件名） | Title (the file's name otherwise)
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        about: AboutEvidence,
    },
    /// 添加链接、记录、访谈或现场观察 | Add a link, a record, an interview or an observation
    AddRecord {
        dir: PathBuf,
        /// 关联的条目编号，多个以逗号分隔 | Codes of the items it is about, separated by commas
        #[arg(long, value_delimiter = ',', required = true)]
        item: Vec<String>,
        /// 证据类型 | Type of evidence
        #[arg(long, value_parser = one_of::<EvidenceKind>(&["link", "record", "interview", "observation"]))]
        kind: EvidenceKind,
        /// 标题 | Title
        #[arg(long)]
        title: String,
        /// 网址或存放位置 | Address or place
        #[arg(long)]
        location: Option<String>,
        #[command(flatten)]
        about: AboutEvidence,
    },
    /// 列出证据 | List the evidence
    List { dir: PathBuf },
    /// 修改证据的标题、说明与日期 | Change title, description and dates
    Edit {
        dir: PathBuf,
        /// 如 EV-0001 | Such as EV-0001
        evidence: String,
        #[command(flatten)]
        fields: EvidenceFields,
    },
    /// 关联到更多条目，或更改定位 | Link it to more items, or change where to look
    Link {
        dir: PathBuf,
        /// 如 EV-0001 | Such as EV-0001
        evidence: String,
        /// 条目编号，多个以逗号分隔 | Item codes, separated by commas
        #[arg(long, value_delimiter = ',', required = true)]
        item: Vec<String>,
        /// 定位：页码、单元格、录音时刻 | Where to look: page, cell, time in a recording
        #[arg(long, default_value = "")]
        locator: String,
    },
    /// 取消关联 | Take a link away
    Unlink {
        dir: PathBuf,
        /// 如 EV-0001 | Such as EV-0001
        evidence: String,
        /// 条目编号 | Item code
        #[arg(long)]
        item: String,
    },
    /// 以另一个文件替换 | Replace the file by another one
    Replace {
        dir: PathBuf,
        /// 如 EV-0001 | Such as EV-0001
        evidence: String,
        /// 新文件 | The new file
        file: PathBuf,
    },
    /// 撤回证据 | Withdraw evidence
    Withdraw {
        dir: PathBuf,
        /// 如 EV-0001 | Such as EV-0001
        evidence: String,
    },
    /// 逐个核验证据文件的 SHA-256；不一致时退出码为 3 | Hash every evidence file; exits with 3 when one is not what was recorded
    Verify { dir: PathBuf },
}

/// What is said of new evidence, whatever it is.
#[derive(Args)]
pub struct AboutEvidence {
    /// 说明 | Description
    #[arg(long)]
    pub text: Option<String>,
    /// 生效或形成日期 | Valid from, or made on
    #[arg(long, value_parser = day)]
    pub effective: Option<NaiveDate>,
    /// 有效期至 | Valid until
    #[arg(long, value_parser = day)]
    pub expires: Option<NaiveDate>,
    /// 定位：页码、单元格、录音时刻 | Where to look: page, cell, time in a recording
    #[arg(long)]
    pub locator: Option<String>,
}

/// What is to be changed; what is not named stays.
#[derive(Args)]
pub struct EvidenceFields {
    /// 标题 | Title
    #[arg(long)]
    pub title: Option<String>,
    /// 网址或存放位置 | Address or place
    #[arg(long)]
    pub location: Option<String>,
    /// 说明 | Description
    #[arg(long)]
    pub text: Option<String>,
    /// 生效或形成日期；none 清除 | Valid from, or made on; none takes it away
    #[arg(long, value_parser = day_or_none)]
    pub effective: Option<Day>,
    /// 有效期至；none 清除 | Valid until; none takes it away
    #[arg(long, value_parser = day_or_none)]
    pub expires: Option<Day>,
}
