//! Places where a workspace is in danger: folders that a sync client copies behind our back, network shares whose locks lie, and
//! the conflict copies that such places leave.

use serde::Serialize;
use std::path::Path;

/// Why a place is dangerous.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// A sync client watches this folder.
    CloudFolder,
    /// The folder is on another machine.
    NetworkShare,
    /// A sync client has already made a second copy of something in the workspace.
    ConflictCopy,
}

/// A warning about a place; opening goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PlaceWarning {
    /// Why.
    pub danger: Danger,
    /// The name it was recognised by.
    pub subject: String,
    /// What may happen and what to do, one line.
    pub message: String,
}

/// How sync clients name their folders, in lower case. A part of the path that starts so belongs to one.
const CLOUD_FOLDERS: &[&str] = &[
    "onedrive",
    "dropbox",
    "icloud",
    "mobile documents",
    "google drive",
    "googledrive",
    "my drive",
    "nextcloud",
    "owncloud",
    "seafile",
    "syncthing",
    "box sync",
    "坚果云",
    "nutstore",
    "百度网盘",
    "baidunetdisk",
    "baidusyncdisk",
    "百度同步盘",
    "wps云盘",
    "wpsdrive",
    "wps cloud",
    "腾讯微云",
    "weiyun",
    "阿里云盘",
    "aliyundrive",
    "天翼云盘",
    "同步盘",
    "钉盘",
    "企业微信微盘",
];

/// How sync clients name the copies of a file that two machines changed, in lower case.
const CONFLICT_MARKS: &[&str] = &[
    "conflicted copy",
    "conflict copy",
    "sync-conflict",
    "(conflict",
    "_conf(",
    "冲突",
    "-desktop-",
    "-laptop-",
    "有冲突的副本",
];

/// What speaks against keeping a workspace here. Looks at names and at the kind of file system, reads no content.
#[must_use]
pub fn place_warnings(dir: &Path) -> Vec<PlaceWarning> {
    // A folder may be reached through a link that hides where it is.
    let real = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let mut warnings: Vec<_> = cloud_part(&real).or_else(|| cloud_part(dir)).map(cloud).into_iter().collect();
    warnings.extend(network_share(&real).map(network));
    warnings.extend(conflict_copies(dir).into_iter().map(conflict));
    warnings
}

fn cloud(subject: String) -> PlaceWarning {
    let message = format!(
        "工作区位于同步文件夹“{subject}”内，同步程序可能在保存时复制或锁住文件；请把工作区移到本机普通文件夹，用备份文件交换数据"
    );
    PlaceWarning { danger: Danger::CloudFolder, subject, message }
}

fn network(subject: String) -> PlaceWarning {
    let message = format!(
        "工作区位于网络位置（{subject}），断线或多人同时打开可能损坏数据；请把工作区移到本机文件夹，用备份文件交换数据"
    );
    PlaceWarning { danger: Danger::NetworkShare, subject, message }
}

fn conflict(subject: String) -> PlaceWarning {
    let message = format!(
        "工作区内有同步程序留下的冲突副本“{subject}”，可能有人在另一台电脑上改过；请核对后移走副本，本程序只使用 beishen.db"
    );
    PlaceWarning { danger: Danger::ConflictCopy, subject, message }
}

fn cloud_part(path: &Path) -> Option<String> {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let mut clouds = parts.filter(|part| {
        let part = part.to_lowercase();
        CLOUD_FOLDERS.iter().any(|name| part.starts_with(name))
    });
    clouds.next()
}

fn conflict_copies(dir: &Path) -> Vec<String> {
    let names =
        std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let mut copies: Vec<_> = names
        .filter(|name| {
            let lower = name.to_lowercase();
            // Only what looks like ours: other things in the folder are none of our business.
            (lower.starts_with("beishen") || lower.starts_with("evidence"))
                && CONFLICT_MARKS.iter().any(|mark| lower.contains(mark))
        })
        .collect();
    copies.sort();
    copies
}

/// `f_type` of file systems that live on another machine: NFS, SMB, CIFS, SMB2, Ceph, AFS, 9P, Coda, NCP.
#[cfg(target_os = "linux")]
const NETWORK_TYPES: &[(u32, &str)] = &[
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x00C3_6400, "Ceph"),
    (0x5346_414F, "AFS"),
    (0x0102_1997, "9P"),
    (0x7375_7245, "Coda"),
    (0x564C, "NCP"),
];

#[cfg(target_os = "linux")]
fn network_share(real: &Path) -> Option<String> {
    let kind = rustix::fs::statfs(real).ok()?.f_type;
    // The kernel's numbers have 32 bits, whatever the platform makes of the field.
    let kind = u32::try_from(i128::from(kind) & 0xFFFF_FFFF).ok()?;
    NETWORK_TYPES.iter().find(|(number, _)| *number == kind).map(|(_, name)| (*name).to_owned())
}

#[cfg(windows)]
fn network_share(real: &Path) -> Option<String> {
    use std::path::{Component, Prefix};
    match real.components().next()? {
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::UNC(server, _) | Prefix::VerbatimUNC(server, _) => Some(server.to_string_lossy().into_owned()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(not(any(target_os = "linux", windows)))]
fn network_share(_real: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Danger, cloud_part, place_warnings};
    use std::path::Path;

    #[test]
    fn folders_of_sync_clients_are_known_by_their_names() {
        for path in [
            "/home/li/OneDrive - 某某公司/评估",
            "/Users/li/Library/Mobile Documents/com~apple~CloudDocs/评估",
            "/Users/li/Dropbox (个人)/评估",
            "/home/li/坚果云/我的坚果云/评估",
            "/home/li/BaiduSyncdisk/评估",
            "/home/li/WPS云盘/评估",
        ] {
            assert!(cloud_part(Path::new(path)).is_some(), "{path}");
        }
        for path in ["/home/li/.local/share/beishen/某某公司", "/home/box/评估", "/data/云南客户", "/home/li/同步整改"]
        {
            assert_eq!(cloud_part(Path::new(path)), None, "{path}");
        }
    }

    #[test]
    fn conflict_copies_of_ours_are_found_and_nothing_else() {
        let temp = tempfile::tempdir().unwrap();
        for name in [
            "beishen.db",
            "beishen-DESKTOP-7QX1.db",
            "beishen (李's conflicted copy 2026-11-22).db",
            "冲突说明.docx",
            "beishen.db-journal",
        ] {
            std::fs::write(temp.path().join(name), b"").unwrap();
        }
        let found = place_warnings(temp.path());
        assert!(found.iter().all(|w| w.danger == Danger::ConflictCopy && !w.message.contains('\n')), "{found:?}");
        let names: Vec<_> = found.into_iter().map(|w| w.subject).collect();
        assert_eq!(names, ["beishen (李's conflicted copy 2026-11-22).db", "beishen-DESKTOP-7QX1.db"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_hide_where_a_folder_is() {
        let temp = tempfile::tempdir().unwrap();
        let real = temp.path().join("Nextcloud/评估");
        std::fs::create_dir_all(&real).unwrap();
        let link = temp.path().join("评估");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let found = place_warnings(&link);
        assert_eq!(
            found.iter().map(|w| (w.danger, w.subject.as_str())).collect::<Vec<_>>(),
            [(Danger::CloudFolder, "Nextcloud")]
        );
    }
}
