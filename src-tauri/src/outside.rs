//! Opening evidence in another program: always a read-only copy, so that nobody's editor changes what the hash vouches for.

use crate::error::{IpcError, Result};
use app::exchange::safe_name;
use app::store::private_dir;
use std::path::{Path, PathBuf};

/// Media type of kinds we do not know.
const UNKNOWN: &str = "application/octet-stream";

/// Copies the content to `<folder>/<hash>/<name>`, read-only, and says where.
///
/// # Errors
/// `evidence_type` for kinds we do not know, which may be programs; `file` when it cannot be copied.
pub fn copy(folder: &Path, content: &Path, sha256: &str, file_name: &str) -> Result<PathBuf> {
    let name = safe_name(file_name);
    // Opening an unknown kind might run it. The kinds we know only show something.
    if app::evidence::media_type(&name) == UNKNOWN {
        return Err(IpcError::new(
            "evidence_type",
            format!("{name} 的类型不在可直接打开之列，请在工作区文件夹中查看"),
            format!("{name}: files of this kind are not opened from here; look at it in the folder of the workspace"),
        ));
    }
    let short: String = sha256.chars().take(16).collect();
    let folder = folder.join(short);
    private_dir(&folder).map_err(|e| IpcError::file(&folder, &e))?;
    let target = folder.join(name);
    if !target.exists() {
        std::fs::copy(content, &target).map_err(|e| IpcError::file(&target, &e))?;
    }
    let mut permissions = std::fs::metadata(&target).map_err(|e| IpcError::file(&target, &e))?.permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&target, permissions).map_err(|e| IpcError::file(&target, &e))?;
    Ok(target)
}

/// Removes the copies of earlier runs.
pub fn clear(folder: &Path) {
    // Read-only files stop a removal on Windows; what cannot be removed is left for the next start.
    let _ = std::fs::remove_dir_all(folder);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn opened(name: &str) -> (tempfile::TempDir, Result<PathBuf>) {
        let dir = tempfile::tempdir().unwrap();
        let content = dir.path().join("content");
        std::fs::write(&content, "内容").unwrap();
        let copied = copy(&dir.path().join("opened"), &content, &"a".repeat(64), name);
        (dir, copied)
    }

    #[test]
    fn a_copy_is_opened_that_cannot_be_changed() {
        let (dir, path) = opened("排班表 11月.xlsx");
        let path = path.unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "内容");
        assert!(std::fs::metadata(&path).unwrap().permissions().readonly());
        assert!(path.ends_with("排班表 11月.xlsx"));
        assert!(path.starts_with(dir.path().join("opened")));
    }

    #[test]
    fn only_kinds_that_show_something_are_opened() {
        for name in
            ["a.exe", "录音.MP3.EXE", "x.desktop", "run.sh", "a.exe.", "a.exe ", "页面.html", "宏.xlsm", "无扩展名"]
        {
            assert_eq!(opened(name).1.unwrap_err().code, "evidence_type", "{name}");
        }
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        let (dir, path) = opened("../../../.bashrc.txt");
        assert!(path.unwrap().starts_with(dir.path().join("opened")));
    }
}
