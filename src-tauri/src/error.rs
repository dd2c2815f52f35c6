//! What the page gets when a command is refused or fails.

use serde::Serialize;

/// Result of a command.
pub type Result<T> = std::result::Result<T, IpcError>;

/// A refusal or failure as the page sees it: it picks its words by `code`; `detail` is the core's own sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct IpcError {
    /// Stable name.
    pub code: String,
    /// One sentence in Chinese; may hold names from the user's data, so it is shown but never logged.
    pub detail: String,
}

impl IpcError {
    /// A refusal of the shell itself.
    #[must_use]
    pub fn new(code: &str, detail: impl Into<String>) -> Self {
        Self { code: code.to_owned(), detail: detail.into() }
    }

    /// No workspace is open.
    #[must_use]
    pub fn nothing_open() -> Self {
        Self::new("no_workspace", "尚未打开工作区；请先打开或新建一个")
    }

    /// Our own fault.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            "internal",
            "程序内部错误，这一步没有完成；已保存的内容不受影响，可以重试，仍不行请重新打开程序并保留日志",
        )
    }

    /// The page named a path that nobody chose.
    #[must_use]
    pub fn not_chosen(path: &std::path::Path) -> Self {
        Self::new(
            "path_not_chosen",
            format!("{} 不是由您选择的文件或文件夹，没有读写它；请通过对话框或拖放选择", path.display()),
        )
    }

    /// The system refused something about a file.
    #[must_use]
    pub fn file(path: &std::path::Path, source: &std::io::Error) -> Self {
        Self::new("file", format!("{}：{source}", path.display()))
    }
}

impl From<app::Error> for IpcError {
    fn from(error: app::Error) -> Self {
        Self { code: error.code().to_owned(), detail: error.to_string() }
    }
}
