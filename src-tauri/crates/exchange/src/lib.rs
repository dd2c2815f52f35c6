//! Files other programs read or write: the evidence pack, the remediation plan as a table, the checklist as a workbook that comes back, and what a
//! spreadsheet hands over. Pure where it can be; the evidence pack writes a folder because evidence does not fit into memory.

pub mod book;
pub mod criteria;
pub mod evidence_pack;
pub mod names;
pub mod plan;
pub mod sheet;
pub mod workbook;
mod xlsx;

pub use names::safe_name;

use domain::Words;

/// Why a file could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The target folder is in use.
    #[error("{0} 已存在且不是空文件夹；没有写入任何内容，请另选位置")]
    TargetInUse(String),
    /// Reading or writing.
    #[error("{path}：{source}")]
    Io {
        /// Which file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// An evidence file is not what its hash says.
    #[error(
        "证据文件 {0} 在导出时与登记的 SHA-256 不一致，未生成证据包；评估数据没有改动，请运行证据核验，找回原文件后重试"
    )]
    Altered(String),
    /// A table could not be made.
    #[error("表格无法生成（{0}）；没有写入文件，评估数据没有改动，请报告此问题")]
    Table(String),
    /// A file is no workbook or list that can be taken in, or not now.
    #[error("{}；没有取回任何内容，评估数据没有改动", .0.chinese)]
    Workbook(Words),
    /// Stopped by the user.
    #[error("已取消，未留下任何文件")]
    Cancelled,
}

impl Error {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TargetInUse(_) => "target_in_use",
            Self::Io { .. } => "file",
            Self::Altered(_) => "evidence_changed",
            Self::Table(_) => "table",
            Self::Workbook(_) => "workbook",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::Io { path, source }
    }
}
