//! `finding …`.

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use domain::Grade;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Finding {
    /// 登记发现 | Record a finding
    Add {
        dir: PathBuf,
        /// 条目编号 | Item code
        #[arg(long)]
        item: String,
        /// 等级 | Grade
        #[arg(long, value_parser = grade())]
        grade: Grade,
        /// 事实 | The fact
        #[arg(long)]
        fact: String,
        /// 判定依据（默认：条目要求） | Criterion (the item's requirement otherwise)
        #[arg(long)]
        criterion: Option<String>,
        /// 原因 | Root cause
        #[arg(long)]
        cause: Option<String>,
        /// 责任部门 | Department
        #[arg(long)]
        department: Option<String>,
    },
    /// 列出发现 | List the findings
    List { dir: PathBuf },
    /// 修改发现；未写的项不变 | Change a finding; what is not named stays
    Edit {
        dir: PathBuf,
        /// 如 NC-01 | Such as NC-01
        finding: String,
        /// 条目编号 | Item code
        #[arg(long)]
        item: Option<String>,
        /// 等级 | Grade
        #[arg(long, value_parser = grade())]
        grade: Option<Grade>,
        /// 事实 | The fact
        #[arg(long)]
        fact: Option<String>,
        /// 判定依据 | Criterion
        #[arg(long)]
        criterion: Option<String>,
        /// 原因 | Root cause
        #[arg(long)]
        cause: Option<String>,
        /// 责任部门 | Department
        #[arg(long)]
        department: Option<String>,
    },
    /// 撤回发现及其整改任务 | Withdraw a finding and its tasks
    Withdraw {
        dir: PathBuf,
        /// 如 NC-01 | Such as NC-01
        finding: String,
    },
}

fn grade() -> impl TypedValueParser<Value = Grade> {
    PossibleValuesParser::new(Grade::ALL.map(Grade::key))
        .try_map(|name| Grade::ALL.into_iter().find(|g| g.key() == name).ok_or(""))
}
