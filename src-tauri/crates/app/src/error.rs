//! Why a use case was refused or failed.

use domain::pack::PackError;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Refusals and failures. [`Error::code`] is stable: the UI chooses its words by it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The criteria file was refused.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The report could not be made or read.
    #[error(transparent)]
    Report(#[from] report::Error),
    /// A file for other programs could not be made.
    #[error(transparent)]
    Exchange(#[from] exchange::Error),
    /// No item with this code in the criteria.
    #[error("没有编号为 {0} 的评审条目")]
    UnknownItem(String),
    /// No such thing in this round.
    #[error("本次评估中没有{what} {key}")]
    Unknown {
        /// 证据, 不符合项 …
        what: &'static str,
        /// What was asked for.
        key: String,
    },
    /// 不适用 needs a reason.
    #[error("{0} 判为不适用须写明理由")]
    ReasonMissing(String),
    /// A field was left empty or is too long.
    #[error("{field}：{expected}")]
    Field {
        /// Name on screen.
        field: &'static str,
        /// What was expected.
        expected: String,
    },
    /// A task cannot go from one state to the other.
    #[error("整改任务 {task} 不能从{from}变为{to}")]
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
    /// Signing while the gate or the evidence says no.
    #[error("不能签署：{0}")]
    SignRefused(String),
    /// The pack a round was started with is not in the workspace.
    #[error("工作区缺少本次评估所用的评审准则（SHA-256 {0}）")]
    PackMissing(String),
    /// Reading or writing a file outside the workspace.
    #[error("{path}：{source}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
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
            Self::SignRefused(_) => "sign_refused",
            Self::PackMissing(_) => "pack_missing",
            Self::File { .. } => "file",
            Self::Cancelled => "cancelled",
        }
    }

    /// For `map_err` on reading or writing `path`.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::File { path, source }
    }
}

/// Longest text accepted in a field, in characters: beyond any note a person writes, short of what breaks a report.
pub const MAX_TEXT_CHARS: usize = 100_000;
/// Longest single-line text (titles, names), in characters.
pub const MAX_LINE_CHARS: usize = 500;

/// A required single line: trimmed, not empty, not too long.
pub(crate) fn required_line(field: &'static str, text: &str) -> Result<String> {
    let line = line(field, text)?;
    if line.is_empty() { Err(Error::Field { field, expected: "不能为空".into() }) } else { Ok(line) }
}

/// An optional single line: trimmed, line breaks and control characters refused.
pub(crate) fn line(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(Error::Field { field, expected: "应为一行，不含换行或控制字符".into() });
    }
    if text.chars().count() > MAX_LINE_CHARS {
        return Err(Error::Field { field, expected: format!("最多 {MAX_LINE_CHARS} 个字符") });
    }
    Ok(text.to_owned())
}

/// Free text: CRLF becomes LF; NUL and other control characters (tab and line feed aside) are refused.
pub(crate) fn text(field: &'static str, text: &str) -> Result<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(bad) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(Error::Field { field, expected: format!("不能含控制字符 U+{:04X}", u32::from(bad)) });
    }
    if text.chars().count() > MAX_TEXT_CHARS {
        return Err(Error::Field { field, expected: format!("最多 {MAX_TEXT_CHARS} 个字符") });
    }
    Ok(text)
}
