//! What the system and `SQLite` refuse, in our words.

use super::Error;
use std::io;

/// Whether the system ran out of space, quota or allowed file size.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

/// What the system's refusal means to the user, and what to do.
#[must_use]
pub fn in_words(error: &io::Error) -> String {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "找不到该文件或文件夹，请检查路径".to_owned(),
        ErrorKind::PermissionDenied => "没有权限，或文件正被其他程序打开；请关闭该程序、检查权限或另选位置".to_owned(),
        ErrorKind::IsADirectory => "这是文件夹，请给出文件".to_owned(),
        ErrorKind::NotADirectory => "上级路径不是文件夹，请检查路径".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘空间不足，请清理磁盘后重试".to_owned(),
        ErrorKind::FileTooLarge => "磁盘或配额不允许这么大的文件，请另选位置".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的，请另选位置".to_owned(),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "文件正被其他程序使用，请关闭后重试".to_owned(),
        ErrorKind::InvalidFilename => "文件名不被系统接受，请换一个较短的名字".to_owned(),
        // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION have no kind of their own.
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => {
            "文件正被其他程序使用，请关闭后重试".to_owned()
        }
        _ => format!("读写失败（{error}）"),
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return Self::Database(error.to_string());
        };
        let text = message.clone().unwrap_or_else(|| failure.to_string());
        match (failure.code, failure.extended_code) {
            (Code::DiskFull, _) => Self::DiskFull,
            (Code::SystemIoFailure, _) => Self::DiskFailed(text),
            (Code::DatabaseBusy | Code::DatabaseLocked, _) => Self::Busy,
            (Code::ReadOnly, _) => Self::ReadOnly,
            (Code::DatabaseCorrupt | Code::NotADatabase, _) => Self::Damaged(text),
            (Code::ConstraintViolation, 787) => Self::Dangling,
            (Code::ConstraintViolation, 1811) if text.contains("round is frozen") => Self::Frozen,
            (Code::ConstraintViolation, 2067) if text.contains(".number") => Self::NumberTaken,
            (Code::ConstraintViolation, _) => Self::Constraint(text),
            _ => Self::Database(text),
        }
    }
}
