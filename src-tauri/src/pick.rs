//! File dialogs. The page asks, Rust opens them: the page gets paths, never the file system. A test answers them from a file.

use std::path::PathBuf;

/// Opens a dialog and waits for the answer; called off the main thread.
pub trait Picker: Send + Sync {
    /// A folder to read or to write into.
    fn folder(&self, title: &str) -> Option<PathBuf>;
    /// Files to read.
    fn files(&self, title: &str, kinds: Kinds) -> Vec<PathBuf>;
    /// Where to save.
    fn save(&self, title: &str, suggested: &str) -> Option<PathBuf>;
}

/// Name and extensions that a dialog offers; all files when there are none.
pub type Kinds = Option<(&'static str, &'static [&'static str])>;

/// Title of a dialog by what it is for. Unknown purposes get a plain one: the page's words stay out of system windows.
#[must_use]
pub fn title(purpose: &str) -> &'static str {
    match purpose {
        "open_workspace" => "打开工作区 Open workspace",
        "new_workspace" => "选择工作区位置 Choose where to keep the workspace",
        "evidence" => "添加证据 Add evidence",
        "replace_evidence" => "选择替换文件 Choose the replacement",
        "logo" => "选择标志图片 Choose a logo",
        "report" => "导出报告 Export report",
        "word" => "导出 Word 文件 Export Word file",
        "pack" => "导出证据包 Export evidence pack",
        "plan" => "导出整改计划 Export remediation plan",
        "workbook" => "导出核查表工作簿 Export the checklist workbook",
        "request_list" => "导出迎审资料清单 Export the request list",
        "filled_workbook" => "选择填好的核查表 Choose the filled checklist",
        "criteria" => "选择评审准则文件 Choose a criteria file",
        "list" => "选择表格 Choose a list",
        "verify_report" => "选择要验证的报告 Choose a report to verify",
        "verify_pack" => "选择证据包文件夹 Choose the evidence pack",
        _ => "选择 Choose",
    }
}

/// Files that make sense for a purpose.
#[must_use]
pub fn kinds(purpose: &str) -> Kinds {
    match purpose {
        "logo" => Some(("PNG, JPEG, SVG", &["png", "jpg", "jpeg", "svg"])),
        "verify_report" => Some(("PDF", &["pdf"])),
        "criteria" => Some(("TOML, Excel", &["toml", "xlsx"])),
        "filled_workbook" => Some(("Excel", &["xlsx"])),
        "list" => Some(("Excel, CSV", &["xlsx", "csv", "tsv", "txt"])),
        _ => None,
    }
}

/// The system's dialogs.
pub struct Native<R: tauri::Runtime>(pub tauri::AppHandle<R>);

impl<R: tauri::Runtime> Native<R> {
    fn dialog(&self, title: &str) -> tauri_plugin_dialog::FileDialogBuilder<R> {
        use tauri::Manager as _;
        use tauri_plugin_dialog::DialogExt as _;
        let dialog = self.0.dialog().file().set_title(title);
        match self.0.get_webview_window(crate::window::LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

impl<R: tauri::Runtime> Picker for Native<R> {
    fn folder(&self, title: &str) -> Option<PathBuf> {
        self.dialog(title).blocking_pick_folder()?.into_path().ok()
    }

    fn files(&self, title: &str, kinds: Kinds) -> Vec<PathBuf> {
        let dialog = self.dialog(title);
        let dialog = match kinds {
            Some((name, extensions)) => dialog.add_filter(name, extensions),
            None => dialog,
        };
        dialog.blocking_pick_files().unwrap_or_default().into_iter().filter_map(|f| f.into_path().ok()).collect()
    }

    fn save(&self, title: &str, suggested: &str) -> Option<PathBuf> {
        self.dialog(title).set_file_name(suggested).blocking_save_file()?.into_path().ok()
    }
}

/// Answers of a test: each call takes the next line of the file, which is JSON (a path, a list of paths, or null for
/// "cancelled"). The file is read again each time, so a test can append.
#[cfg(any(debug_assertions, feature = "e2e"))]
pub struct Scripted {
    file: PathBuf,
    taken: std::sync::Mutex<usize>,
}

#[cfg(any(debug_assertions, feature = "e2e"))]
impl Scripted {
    /// Answers from `file`.
    #[must_use]
    pub fn from(file: PathBuf) -> Self {
        Self { file, taken: std::sync::Mutex::new(0) }
    }

    fn next(&self) -> Vec<PathBuf> {
        let mut taken = crate::state::lock(&self.taken);
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        let answer = text.lines().nth(*taken).and_then(|line| serde_json::from_str(line).ok());
        *taken += 1;
        match answer {
            Some(serde_json::Value::String(path)) => vec![path.into()],
            Some(serde_json::Value::Array(paths)) => paths.iter().filter_map(|p| p.as_str()).map(Into::into).collect(),
            _ => Vec::new(),
        }
    }
}

#[cfg(any(debug_assertions, feature = "e2e"))]
impl Picker for Scripted {
    fn folder(&self, _: &str) -> Option<PathBuf> {
        self.next().pop()
    }

    fn files(&self, _: &str, _: Kinds) -> Vec<PathBuf> {
        self.next()
    }

    fn save(&self, _: &str, _: &str) -> Option<PathBuf> {
        self.next().pop()
    }
}
