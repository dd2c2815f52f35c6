//! Opening evidence in another program: always a read-only copy, so that nobody's editor changes what the hash vouches for.

use crate::error::{IpcError, Result};
use crate::settings::private_dir;
use std::path::{Path, PathBuf};

/// Kinds that a double click would run rather than show.
const RUNS: &[&str] = &[
    "apk", "app", "appimage", "bat", "cmd", "com", "command", "cpl", "desktop", "exe", "gadget", "hta", "inf", "ins",
    "isp", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "pif", "ps1", "py", "reg", "run", "scf", "scr", "sct", "sh",
    "url", "vb", "vbe", "vbs", "ws", "wsf", "wsh",
];

/// Copies the content to `<folder>/<hash>/<name>`, read-only, and says where.
///
/// # Errors
/// `evidence_runs` for programs and scripts; `file` when it cannot be copied.
pub fn copy(folder: &Path, content: &Path, sha256: &str, file_name: &str) -> Result<PathBuf> {
    let name = safe_name(file_name);
    let extension = Path::new(&name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if RUNS.contains(&extension.as_str()) {
        return Err(IpcError::new("evidence_runs", format!("{name} 是可执行文件，不能从这里打开")));
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

/// The last part of a name, without what a file system or a command line reads as something else.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String =
        last.chars().map(|c| if c.is_control() || r#"<>:"|?*"#.contains(c) { '_' } else { c }).collect();
    let clean = clean.trim_matches([' ', '.', '-']);
    if clean.is_empty() { "evidence".to_owned() } else { clean.to_owned() }
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
    fn programs_are_not_opened_whatever_their_spelling() {
        for name in ["a.exe", "录音.MP3.EXE", "x.desktop", "run.sh", "a.exe.", "a.exe "] {
            assert_eq!(opened(name).1.unwrap_err().code, "evidence_runs", "{name}");
        }
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        let (dir, path) = opened("../../../.bashrc.txt");
        assert!(path.unwrap().starts_with(dir.path().join("opened")));
    }
}
