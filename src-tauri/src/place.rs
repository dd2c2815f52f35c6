//! Whether a folder is a good place for a workspace. Sync programs and network shares break database files; we warn, the user
//! decides.

use std::path::Path;

/// Parts of folder names that sync programs use.
const CLOUD: &[&str] = &[
    "onedrive",
    "dropbox",
    "icloud",
    "com~apple~clouddocs",
    "google drive",
    "googledrive",
    "nutstore",
    "坚果云",
    "百度网盘",
    "baidunetdisk",
    "baidusyncdisk",
    "wps云盘",
    "wpsdrive",
    "微云",
    "阿里云盘",
    "nextcloud",
    "seafile",
];
/// Parts of file names that sync programs give to a second version.
const CONFLICT: &[&str] =
    &["conflicted copy", "conflict copy", ".sync-conflict-", "冲突副本", "冲突文件", "的冲突版本"];
/// File systems that live on another machine.
const REMOTE: &[&str] =
    &["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs", "fuse.davfs2"];

/// Codes of what speaks against a folder: `cloud_folder`, `network_path`, `conflict_copies`.
#[must_use]
pub fn warnings(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let text = dir.to_string_lossy().to_lowercase();
    if CLOUD.iter().any(|name| text.contains(name)) {
        found.push("cloud_folder".to_owned());
    }
    if text.starts_with(r"\\") || text.starts_with("//") || is_remote(dir, &mounts()) {
        found.push("network_path".to_owned());
    }
    if has_conflict_copies(dir) {
        found.push("conflict_copies".to_owned());
    }
    found
}

/// What is mounted; empty where the system does not say.
fn mounts() -> String {
    std::fs::read_to_string("/proc/self/mounts").unwrap_or_default()
}

fn is_remote(dir: &Path, mounts: &str) -> bool {
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ').skip(1);
            Some((fields.next()?.replace("\\040", " "), fields.next()?))
        })
        .filter(|(point, _)| dir.starts_with(point))
        .max_by_key(|(point, _)| point.len())
        .is_some_and(|(_, kind)| REMOTE.contains(&kind))
}

fn has_conflict_copies(dir: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        // OneDrive adds the name of the machine.
        CONFLICT.iter().any(|part| name.contains(part)) || (name.starts_with("beishen-") && name.ends_with(".db"))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn folders_of_sync_programs_are_told() {
        assert_eq!(warnings(Path::new(r"C:\Users\li\OneDrive - 甲公司\评估")), ["cloud_folder"]);
        assert_eq!(warnings(Path::new("/home/li/坚果云/评估")), ["cloud_folder"]);
        assert!(warnings(Path::new("/home/li/文档/评估")).is_empty());
    }

    #[test]
    fn shares_are_told_by_path_and_by_mount() {
        assert_eq!(warnings(Path::new(r"\\server\质检部\评估")), ["network_path"]);
        let mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/q /mnt/q\\040share nfs4 rw 0 0\n/dev/sdb1 /mnt/q\\040share/local ext4 rw 0 0";
        assert!(is_remote(Path::new("/mnt/q share/评估"), mounts));
        assert!(!is_remote(Path::new("/mnt/q share/local/评估"), mounts));
        assert!(!is_remote(Path::new("/home/li"), mounts));
    }

    #[test]
    fn second_versions_are_told() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("beishen.db"), "").unwrap();
        assert!(warnings(dir.path()).is_empty());
        std::fs::write(dir.path().join("beishen-DESKTOP-7Q2.db"), "").unwrap();
        assert_eq!(warnings(dir.path()), ["conflict_copies"]);
    }
}
