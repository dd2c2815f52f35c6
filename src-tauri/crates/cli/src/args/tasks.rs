//! `task …`.

use super::values::{Day, day, day_or_none, one_of};
use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use domain::{Priority, TaskKind};
use std::path::PathBuf;

const KINDS: &[&str] = &["correction", "corrective"];
const PRIORITIES: &[&str] = &["high", "medium", "low"];

#[derive(Subcommand)]
pub enum Task {
    /// 建立整改任务 | Make a task
    Add {
        dir: PathBuf,
        /// 所针对的发现，如 NC-01 | The finding it answers, such as NC-01
        #[arg(long, required_unless_present = "item", conflicts_with = "item")]
        finding: Option<String>,
        /// 条目编号 | Item code
        #[arg(long)]
        item: Option<String>,
        /// 纠正或纠正措施（默认：按发现的等级） | Correction or corrective action (by the finding's grade otherwise)
        #[arg(long, value_parser = one_of::<TaskKind>(KINDS))]
        kind: Option<TaskKind>,
        /// 整改措施 | What is to be done
        #[arg(long)]
        title: String,
        /// 措施说明 | How
        #[arg(long)]
        detail: Option<String>,
        /// 责任人 | Who answers for it
        #[arg(long)]
        owner: String,
        /// 期限 | Due date
        #[arg(long, value_parser = day)]
        due: NaiveDate,
        /// 优先级 | Priority
        #[arg(long, value_parser = one_of::<Priority>(PRIORITIES), default_value = "medium")]
        priority: Priority,
    },
    /// 列出整改任务 | List the tasks
    List { dir: PathBuf },
    /// 修改整改任务；未写的项不变 | Change a task; what is not named stays
    Edit {
        dir: PathBuf,
        /// 如 T-001 | Such as T-001
        task: String,
        /// 所针对的发现，如 NC-01 | The finding it answers, such as NC-01
        #[arg(long, conflicts_with = "item")]
        finding: Option<String>,
        /// 条目编号；不再针对某一发现 | Item code; it answers no finding then
        #[arg(long)]
        item: Option<String>,
        /// 纠正或纠正措施 | Correction or corrective action
        #[arg(long, value_parser = one_of::<TaskKind>(KINDS))]
        kind: Option<TaskKind>,
        /// 整改措施 | What is to be done
        #[arg(long)]
        title: Option<String>,
        /// 措施说明 | How
        #[arg(long)]
        detail: Option<String>,
        /// 责任人 | Who answers for it
        #[arg(long)]
        owner: Option<String>,
        /// 期限；none 清除 | Due date; none takes it away
        #[arg(long, value_parser = day_or_none)]
        due: Option<Day>,
        /// 优先级 | Priority
        #[arg(long, value_parser = one_of::<Priority>(PRIORITIES))]
        priority: Option<Priority>,
    },
    /// 改变状态：todo doing to-verify closed reopened | Move it: todo doing to-verify closed reopened
    Move {
        dir: PathBuf,
        /// 如 T-001 | Such as T-001
        task: String,
        /// 状态 | The state
        #[arg(value_enum)]
        state: Move,
        /// 整改结果（关闭时必填） | What was achieved (needed to close)
        #[arg(long)]
        result: Option<String>,
        /// 验证人（关闭时必填，不得为责任人） | Who verified it (needed to close; not the owner)
        #[arg(long)]
        verifier: Option<String>,
        /// 证明效果的证据，如 EV-0001，多个以逗号分隔 | Evidence of the effect, such as EV-0001, separated by commas
        #[arg(long, value_delimiter = ',', value_name = "EVIDENCE")]
        proof: Vec<String>,
    },
    /// 撤回整改任务 | Withdraw a task
    Withdraw {
        dir: PathBuf,
        /// 如 T-001 | Such as T-001
        task: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Move {
    Todo,
    Doing,
    ToVerify,
    Closed,
    Reopened,
}
