//! What can go wrong, in words a user can act on and codes a program can.

mod system;

pub use system::in_words;
pub(crate) use system::is_full;

use std::io;
use std::path::{Path, PathBuf};

/// Short for this crate's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong. Each message says what is affected and what to do; [`Error::code`] never changes.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A workspace was to be created where something is already.
    #[error("文件夹不是空的：{}；没有新建工作区，里面的文件原样未动，请另选一个空文件夹", .0.display())]
    NotEmpty(PathBuf),
    /// There is no workspace there.
    #[error("这里没有工作区：{}；没有数据受影响，请检查路径，或新建一个工作区", .0.display())]
    NotFound(PathBuf),
    /// The system does not let this user look.
    #[error("没有权限查看此文件夹：{}；不知道里面有没有工作区，没有数据受影响，请用有权限的用户打开，或请管理员授权", .0.display())]
    NoAccess(PathBuf),
    /// Something was to be written where only workspaces and backups may write.
    #[error("{} 在工作区或备份文件夹里面，或者本身是评估数据库；没有写入任何内容，里面的数据原样未动，请另选位置", .0.display())]
    OurGround(PathBuf),
    /// The database file has no bytes.
    #[error("工作区数据库是空文件：{}；其中的评估数据已不在此文件里，不能继续工作；原样未动，请从备份恢复", .0.display())]
    Empty(PathBuf),
    /// The database file ends before its own header says.
    #[error("工作区数据库不完整（应有 {expected} 字节，实有 {actual} 字节）：{}；部分数据已丢失，不能继续工作；原样未动，请从备份恢复", .path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// Bytes that the header promises.
        expected: u64,
        /// Bytes that are there.
        actual: u64,
    },
    /// Not a database of this program.
    #[error("不是备审的工作区数据库：{}；没有打开，原样未动，请选择正确的工作区文件夹；如果这本来是工作区，请从备份恢复", .0.display())]
    Foreign(PathBuf),
    /// Written by a newer version of this program.
    #[error("工作区由更新版本的备审创建（数据版本 {found}，本程序支持到 {known}）：{}；数据完好、原样未动，请升级程序后再打开", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Version in the file.
        found: u32,
        /// Highest version this program knows.
        known: u32,
    },
    /// Somebody else has the workspace open.
    #[error("工作区已被打开：{holder}；数据不受影响，这里暂时不能打开，请先在那里关闭，再重试")]
    Locked {
        /// Who, in words.
        holder: String,
    },
    /// The content is damaged.
    #[error("工作区数据已损坏（{0}）；原样未动，请不要继续录入，先从备份恢复；原文件会保留，以便检查")]
    Damaged(String),
    /// A database setting that protects the data could not be set.
    #[error(
        "数据库设置 {name} 未生效（应为 {wanted}，实为 {found}）；为保护数据没有打开工作区，数据原样未动；请把工作区移到本机磁盘后再打开"
    )]
    Setting {
        /// Name of the pragma.
        name: &'static str,
        /// What it must be.
        wanted: &'static str,
        /// What it is.
        found: String,
    },
    /// The upgrade of an older workspace failed.
    #[error(
        "升级工作区数据失败（{0}）；原数据完好、未改动，但本版本不能继续工作；请用原来的版本打开，并把此信息发给支持人员"
    )]
    Migration(String),
    /// The workspace was opened read-only.
    #[error("工作区以只读方式打开，此次改动没有保存；可以继续查看，请把工作区复制到可写的位置后再修改")]
    ReadOnly,
    /// No space left, or a size limit reached.
    #[error("磁盘空间不足，此次操作没有保存，之前保存的内容不受影响；请清理磁盘后重试，在此之前可以查看，不能录入")]
    DiskFull,
    /// The disk refused for another reason: a quota, a size limit, a failing or vanished disk.
    #[error(
        "磁盘读写出错（{0}）；此次操作没有保存，之前保存的内容不受影响；可能是配额用尽、磁盘故障或连接中断，请立即备份到另一块磁盘，恢复正常前不要继续录入"
    )]
    DiskFailed(String),
    /// Not enough space for what was asked.
    #[error(
        "磁盘空间不足：需要 {need} 字节（含为保存改动留出的余量），可用 {free} 字节；没有导入任何文件，其他工作可以继续，请清理磁盘后重试"
    )]
    NoSpace {
        /// Bytes needed, including the reserve.
        need: u64,
        /// Bytes free.
        free: u64,
    },
    /// Another program holds the database.
    #[error("数据库正被另一个程序占用，此次操作没有保存，之前保存的内容不受影响；请关闭占用它的程序后重试")]
    Busy,
    /// Reading or writing a file failed.
    #[error("读写失败：{}（{}）；此次操作没有完成，之前保存的内容不受影响，请检查磁盘和权限后重试", .path.display(), in_words(.source))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The database engine refused; nothing was saved.
    #[error("数据库操作失败（{0}）；此次操作没有保存，之前保存的内容不受影响；请先备份并运行工作区检查，再继续工作")]
    Database(String),
    /// No such round.
    #[error("找不到评估 {0}；没有改动，可继续工作，请刷新列表后重试")]
    UnknownAssessment(domain::Id),
    /// The round names a criteria pack that is not in the workspace.
    #[error("工作区里没有校验值为 {0} 的评审准则；没有保存，其他评估可继续工作，请先载入评审准则")]
    UnknownPack(String),
    /// The text is not what its hash says, or not a criteria file.
    #[error("评审准则内容与校验值不符或无法识别（{0}）；没有保存，现有评估不受影响，请重新载入评审准则文件")]
    BadPack(String),
    /// A batch touches another round than the one it names.
    #[error("一次操作只能修改一个评估（{0}）；没有保存，之前保存的内容不受影响，可继续工作，请报告此问题")]
    MixedRounds(domain::Id),
    /// The round is frozen by an approval.
    #[error("评估已批准签署，内容已冻结，此次改动没有保存；如需修改，请先重新开启评估并说明原因")]
    Frozen,
    /// The batch id was used before.
    #[error("操作编号重复（{0}）；没有保存，之前保存的内容不受影响，可继续工作，请报告此问题")]
    BatchReused(domain::Id),
    /// A running number is taken.
    #[error("编号重复；没有保存，之前保存的内容不受影响，请重试")]
    NumberTaken,
    /// A row refers to one that does not exist.
    #[error("所引用的评估、证据、发现或准则不存在；没有保存，之前保存的内容不受影响，请刷新后重试")]
    Dangling,
    /// The chain of predecessors bites its tail.
    #[error("上一轮评估形成循环引用；没有保存，之前保存的内容不受影响，请另选上一轮评估")]
    PredecessorLoop,
    /// A value is not allowed in its column.
    #[error("数据不合规则（{0}）；没有保存，之前保存的内容不受影响，请检查输入")]
    Constraint(String),
    /// This kind of row carries no running number.
    #[error("{0} 没有编号；没有改动，可继续工作，请报告此问题")]
    Unnumbered(&'static str),
    /// What was to be undone or redone has changed since.
    #[error("无法{what}：{subject} 之后又被修改；没有改动，可继续工作，请手工调整")]
    UndoConflict {
        /// 撤销 or 重做.
        what: &'static str,
        /// Entity, key and field.
        subject: String,
    },
    /// The user stopped it.
    #[error("操作已取消，没有留下任何内容，可继续工作")]
    Cancelled,
    /// Evidence must be a file.
    #[error("证据不能是文件夹：{}；没有导入任何文件，可继续工作，请选择其中的文件", .0.display())]
    SourceIsFolder(PathBuf),
    /// A pipe, a device, a socket.
    #[error("证据必须是普通文件，不能是管道或设备：{}；没有导入任何文件，可继续工作，请另选文件", .0.display())]
    SourceIsSpecial(PathBuf),
    /// Cannot be read.
    #[error("读不了证据文件：{}（{}）；没有导入任何文件，可继续工作，请检查文件和权限后重试", .path.display(), in_words(.source))]
    SourceUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The source changed between the first and the last byte.
    #[error("读取时文件被修改：{}；没有导入任何文件，可继续工作，请等文件写完后重试", .0.display())]
    SourceChanged(PathBuf),
    /// The content of an evidence is not on disk.
    #[error("证据文件缺失（{0}）；评分等数据不受影响，但不能签署；请从备份或原始位置找回后重新添加")]
    EvidenceMissing(String),
    /// Something else lies where the content of an evidence should be.
    #[error("证据文件已被替换或改动（{0}）；评分等数据不受影响，但不能签署；请从备份或原始位置找回后重新添加")]
    EvidenceChanged(String),
    /// A backup could not be made or did not verify.
    #[error("备份失败（{0}）；工作区和原有备份不受影响，没有留下不完整的备份，可继续工作；请检查备份位置后重试")]
    Backup(String),
    /// A file offered for restore is not a good backup.
    #[error("此备份不可用（{0}）；工作区原样未动，请另选一个备份")]
    BadBackup(Box<Error>),
}

impl Error {
    /// Stable name for programs; the UI picks its words by it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEmpty(_) => "workspace_not_empty",
            Self::NotFound(_) => "workspace_not_found",
            Self::NoAccess(_) => "workspace_no_access",
            Self::OurGround(_) => "target_ours",
            Self::Empty(_) => "workspace_empty",
            Self::Truncated { .. } => "workspace_truncated",
            Self::Foreign(_) => "workspace_foreign",
            Self::Newer { .. } => "workspace_newer",
            Self::Locked { .. } => "workspace_locked",
            Self::Damaged(_) => "workspace_damaged",
            Self::Setting { .. } => "database_setting",
            Self::Migration(_) => "migration_failed",
            Self::ReadOnly => "workspace_read_only",
            Self::DiskFull | Self::NoSpace { .. } => "disk_full",
            Self::DiskFailed(_) => "disk_failed",
            Self::Busy => "database_busy",
            Self::Io { .. } => "io",
            Self::Database(_) => "database",
            Self::UnknownAssessment(_) => "assessment_unknown",
            Self::UnknownPack(_) => "pack_unknown",
            Self::BadPack(_) => "pack_bad",
            Self::MixedRounds(_) => "mixed_rounds",
            Self::Frozen => "assessment_frozen",
            Self::BatchReused(_) => "batch_reused",
            Self::NumberTaken => "number_taken",
            Self::Dangling => "reference_dangling",
            Self::PredecessorLoop => "predecessor_loop",
            Self::Constraint(_) => "constraint",
            Self::Unnumbered(_) => "unnumbered",
            Self::UndoConflict { .. } => "undo_conflict",
            Self::Cancelled => "cancelled",
            Self::SourceIsFolder(_) => "evidence_is_folder",
            Self::SourceIsSpecial(_) => "evidence_is_special",
            Self::SourceUnreadable { .. } => "evidence_unreadable",
            Self::SourceChanged(_) => "evidence_changed_while_read",
            Self::EvidenceMissing(_) => "evidence_missing",
            Self::EvidenceChanged(_) => "evidence_changed",
            Self::Backup(_) => "backup_failed",
            Self::BadBackup(_) => "backup_bad",
        }
    }

    /// Whether the same attempt may succeed later as it is: room was made, another program let go, a disk came back. When in
    /// doubt it may, so that nobody types twice; what can never be saved as it is, is final.
    #[must_use]
    pub const fn may_retry(&self) -> bool {
        match self {
            Self::NotFound(_)
            | Self::NoAccess(_)
            | Self::Locked { .. }
            | Self::Damaged(_)
            | Self::DiskFull
            | Self::DiskFailed(_)
            | Self::NoSpace { .. }
            | Self::Busy
            | Self::Io { .. }
            | Self::Database(_)
            | Self::NumberTaken
            | Self::SourceUnreadable { .. }
            | Self::SourceChanged(_)
            | Self::EvidenceMissing(_)
            | Self::EvidenceChanged(_)
            | Self::Backup(_) => true,
            Self::NotEmpty(_)
            | Self::Empty(_)
            | Self::Truncated { .. }
            | Self::Foreign(_)
            | Self::Newer { .. }
            | Self::Setting { .. }
            | Self::Migration(_)
            | Self::ReadOnly
            | Self::UnknownAssessment(_)
            | Self::UnknownPack(_)
            | Self::BadPack(_)
            | Self::MixedRounds(_)
            | Self::Frozen
            | Self::BatchReused(_)
            | Self::Dangling
            | Self::PredecessorLoop
            | Self::Constraint(_)
            | Self::Unnumbered(_)
            | Self::UndoConflict { .. }
            | Self::Cancelled
            | Self::SourceIsFolder(_)
            | Self::SourceIsSpecial(_)
            | Self::BadBackup(_)
            | Self::OurGround(_) => false,
        }
    }

    /// Whether making room may help: the disk is full, or refuses to write for a reason that `SQLite` does not tell, such as a quota.
    pub(crate) const fn is_about_room(&self) -> bool {
        matches!(self, Self::DiskFull | Self::DiskFailed(_))
    }

    /// Wraps what the system said about a path; a full disk is told apart because the user can do something about it.
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        if is_full(&source) { Self::DiskFull } else { Self::Io { path: path.to_owned(), source } }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Error;
    use std::collections::BTreeSet;
    use std::io;

    fn all() -> Vec<Error> {
        let path = || std::path::PathBuf::from("/客户/beishen.db");
        let id = domain::Id::nil();
        let source = || io::Error::from(io::ErrorKind::PermissionDenied);
        let text = || "第 7 页".to_owned();
        vec![
            Error::NotEmpty(path()),
            Error::NotFound(path()),
            Error::NoAccess(path()),
            Error::OurGround(path()),
            Error::Empty(path()),
            Error::Truncated { path: path(), expected: 8192, actual: 100 },
            Error::Foreign(path()),
            Error::Newer { path: path(), found: 9, known: 3 },
            Error::Locked { holder: text() },
            Error::Damaged(text()),
            Error::Setting { name: "synchronous", wanted: "EXTRA", found: "1".into() },
            Error::Migration(text()),
            Error::ReadOnly,
            Error::DiskFull,
            Error::DiskFailed(text()),
            Error::NoSpace { need: 9, free: 3 },
            Error::Busy,
            Error::Io { path: path(), source: source() },
            Error::Database(text()),
            Error::UnknownAssessment(id),
            Error::UnknownPack(text()),
            Error::BadPack(text()),
            Error::MixedRounds(id),
            Error::Frozen,
            Error::BatchReused(id),
            Error::NumberTaken,
            Error::Dangling,
            Error::PredecessorLoop,
            Error::Constraint(text()),
            Error::Unnumbered("link"),
            Error::UndoConflict { what: "撤销", subject: text() },
            Error::Cancelled,
            Error::SourceIsFolder(path()),
            Error::SourceIsSpecial(path()),
            Error::SourceUnreadable { path: path(), source: source() },
            Error::SourceChanged(path()),
            Error::EvidenceMissing(text()),
            Error::EvidenceChanged(text()),
            Error::Backup(text()),
            Error::BadBackup(Box::new(Error::Damaged(text()))),
        ]
    }

    /// What became of the data, and whether work can go on; one of these is in every message.
    const WHAT_IS_SAFE: [&str; 8] =
        ["原样未动", "不受影响", "没有改动", "未改动", "没有导入", "没有受影响", "可继续工作", "没有数据受影响"];

    #[test]
    fn every_refusal_says_what_is_safe_and_what_to_do_in_one_line() {
        let all = all();
        // As many codes as refusals; a full disk has two forms and one code.
        assert_eq!(all.iter().map(Error::code).collect::<BTreeSet<_>>().len(), all.len() - 1);
        for error in all {
            let words = error.to_string();
            assert!(!words.contains('\n') && words.chars().count() < 160, "{words}");
            let tells =
                WHAT_IS_SAFE.iter().any(|w| words.contains(w)) || matches!(error, Error::ReadOnly | Error::Frozen);
            assert!(tells, "what is safe? {words}");
            assert!(words.contains('请') || matches!(error, Error::Cancelled), "what to do? {words}");
        }
    }
}
