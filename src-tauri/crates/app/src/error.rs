//! Why a use case was refused or failed.

use domain::Words;
use domain::pack::PackError;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Refusals and failures. [`Error::code`] is stable: the UI chooses its words by it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store refused or failed.
    #[error(transparent)]
    Store(store::Error),
    /// The criteria file was refused.
    #[error("{0}；没有载入，现有评估不受影响")]
    Pack(#[from] PackError),
    /// The report could not be made or read.
    #[error(transparent)]
    Report(report::Error),
    /// A file for other programs could not be made.
    #[error(transparent)]
    Exchange(exchange::Error),
    /// No item with this code in the criteria.
    #[error("没有编号为 {} 的评审条目；未作任何改动，请核对编号（形如 XC3-05）", one_line(.0))]
    UnknownItem(String),
    /// No such thing in this round.
    #[error("没有{what} {}；未作任何改动，它可能已被撤回或属于另一次评估，请核对后重试", one_line(.key))]
    Unknown {
        /// 证据, 发现 …
        what: &'static str,
        /// What was asked for.
        key: String,
    },
    /// 不适用 needs a reason.
    #[error("{} 判为不适用须写明理由；未作任何改动，请补写理由后重试", one_line(.0))]
    ReasonMissing(String),
    /// A field was left empty or is too long.
    #[error("{field}：{}；未作任何改动", one_line(&.expected.chinese))]
    Field {
        /// Name on screen, in Chinese; [`crate::english`] knows the other one.
        field: &'static str,
        /// What was expected.
        expected: Words,
    },
    /// A task cannot go from one state to the other.
    #[error("整改任务 {task} 不能从{from}变为{to}；未作任何改动，请按待整改、整改中、待验证、已关闭的顺序进行")]
    Transition {
        /// Label.
        task: String,
        /// State on screen.
        from: &'static str,
        /// State on screen.
        to: &'static str,
    },
    /// The round is frozen by an approval.
    #[error("本次评估已批准并冻结；如需修改，请先重新打开并写明理由")]
    Frozen,
    /// A signed round is not what was signed: nothing is written until somebody has looked.
    #[error("{}；为保全现状，工作区暂时只读：可查看、备份、导出；请从备份恢复，或核实后选择“继续工作”", one_line(.0))]
    SignedChanged(String),
    /// Signing while the gate or the evidence says no.
    #[error("不能签署：{}；未作任何改动，可继续工作", one_line(&.0.chinese))]
    SignRefused(Words),
    /// Other criteria cannot take the place of those of the round.
    #[error("没有更新评审准则：{}；未作任何改动", one_line(&.0.chinese))]
    CriteriaKept(Words),
    /// The pack a round was started with is not in the workspace.
    #[error(
        "工作区缺少本次评估所用的评审准则（SHA-256 {0}），这次评估无法打开；同一工作区的其他评估不受影响，请从备份恢复"
    )]
    PackMissing(String),
    /// Reading or writing a file outside the workspace.
    #[error("{}：{}；此次操作没有完成，工作区内容不受影响", one_line(.path), store::in_words(.source))]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is there that nobody said may be replaced.
    #[error("{} 已存在，且不是本次评估导出后未经改动的文件；没有覆盖它，请换一个文件名，或确认覆盖", one_line(.0))]
    TargetExists(String),
    /// Stopped by the user.
    #[error("已取消，未作任何改动")]
    Cancelled,
}

impl Error {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(e) => e.code(),
            Self::Pack(_) => "criteria_refused",
            Self::Report(e) => e.code(),
            Self::Exchange(e) => e.code(),
            Self::UnknownItem(_) => "unknown_item",
            Self::Unknown { .. } => "unknown",
            Self::ReasonMissing(_) => "reason_missing",
            Self::Field { .. } => "field",
            Self::Transition { .. } => "transition",
            Self::Frozen => "frozen",
            Self::SignedChanged(_) => "signed_changed",
            Self::SignRefused(_) => "sign_refused",
            Self::CriteriaKept(_) => "criteria_kept",
            Self::PackMissing(_) => "pack_missing",
            Self::File { .. } => "file",
            Self::TargetExists(_) => "target_exists",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the same attempt may succeed later as it is ([`store::Error::may_retry`]); otherwise the refusal is final and
    /// something has to be changed first.
    #[must_use]
    pub const fn may_retry(&self) -> bool {
        match self {
            Self::Store(error) => error.may_retry(),
            // What was refused is saved once somebody has looked and works on.
            Self::SignedChanged(_) | Self::File { .. } => true,
            Self::Pack(_)
            | Self::Report(_)
            | Self::Exchange(_)
            | Self::UnknownItem(_)
            | Self::Unknown { .. }
            | Self::ReasonMissing(_)
            | Self::Field { .. }
            | Self::Transition { .. }
            | Self::Frozen
            | Self::SignRefused(_)
            | Self::CriteriaKept(_)
            | Self::PackMissing(_)
            | Self::TargetExists(_)
            | Self::Cancelled => false,
        }
    }

    /// A field that takes one line got more, or what no text may hold.
    #[must_use]
    pub fn not_one_line(field: &'static str) -> Self {
        Self::Field {
            field, expected: ("应为一行，不含换行或控制字符", "one line without control characters").into()
        }
    }

    /// For `map_err` on reading or writing `path`.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::File { path, source }
    }
}

impl From<exchange::Error> for Error {
    fn from(error: exchange::Error) -> Self {
        match error {
            exchange::Error::Io { path, source } => Self::File { path, source },
            exchange::Error::Cancelled => Self::Cancelled,
            other => Self::Exchange(other),
        }
    }
}

// The same refusal has the same code whichever crate notices it: who stops an export or writes to a frozen round must not have
// to know whether the store, the report or the use case said so.

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Frozen => Self::Frozen,
            store::Error::Cancelled => Self::Cancelled,
            error => Self::Store(error),
        }
    }
}

impl From<report::Error> for Error {
    fn from(error: report::Error) -> Self {
        match error {
            report::Error::Cancelled => Self::Cancelled,
            error => Self::Report(error),
        }
    }
}

/// Characters of user text that are repeated in a message.
const QUOTED_CHARS: usize = 300;

/// User text inside a message: on one line and not endless, whatever was typed.
pub(crate) fn one_line(text: &str) -> String {
    let mut line: String =
        text.chars().take(QUOTED_CHARS).map(|c| if crate::fields::is_plain(c) { c } else { ' ' }).collect();
    if text.chars().nth(QUOTED_CHARS).is_some() {
        line.push('…');
    }
    line
}
