//! What the page gets when a command is refused or fails.

use serde::Serialize;

/// Result of a command.
pub type Result<T> = std::result::Result<T, IpcError>;

/// A refusal or failure as the page sees it: it picks its words by `code`; `detail` is the core's own sentence, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct IpcError {
    /// Stable name.
    pub code: String,
    /// One sentence in Chinese; may hold names from the user's data, so it is shown but never logged.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
    /// Whether the same attempt may succeed later as it is; otherwise the refusal is final.
    pub retry: bool,
}

impl IpcError {
    /// A refusal of the shell itself, final.
    #[must_use]
    pub fn new(code: &str, detail: impl Into<String>, detail_en: impl Into<String>) -> Self {
        Self { code: code.to_owned(), detail: detail.into(), detail_en: detail_en.into(), retry: false }
    }

    fn may_retry(self) -> Self {
        Self { retry: true, ..self }
    }

    /// No workspace is open.
    #[must_use]
    pub fn nothing_open() -> Self {
        Self::new(
            "no_workspace",
            "尚未打开工作区；请先打开或新建一个",
            "no workspace is open; open one or make a new one",
        )
    }

    /// Our own fault.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            "internal",
            "程序内部错误，这一步没有完成；已保存的内容不受影响，可以重试，仍不行请重新打开程序并保留日志",
            "this step was not done; what was saved is safe. Try again; if it stays so, start the program anew and keep its log",
        )
        .may_retry()
    }

    /// The page named a path that nobody chose.
    #[must_use]
    pub fn not_chosen(path: &std::path::Path) -> Self {
        Self::new(
            "path_not_chosen",
            format!("{} 不是由您选择的文件或文件夹，没有读写它；请通过对话框或拖放选择", path.display()),
            format!(
                "{}: nobody chose this file or folder, so it was not touched; choose it in a dialog or drop it",
                path.display()
            ),
        )
    }

    /// The system refused something about a file.
    #[must_use]
    pub fn file(path: &std::path::Path, source: &std::io::Error) -> Self {
        Self::new("file", format!("{}：{source}", path.display()), format!("{}: {source}", path.display())).may_retry()
    }
}

impl From<app::Error> for IpcError {
    fn from(error: app::Error) -> Self {
        let retry = error.may_retry();
        Self { retry, ..Self::new(error.code(), error.to_string(), app::english::refusal(&error)) }
    }
}
