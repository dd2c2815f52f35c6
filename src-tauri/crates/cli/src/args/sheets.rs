//! `sheet`.

use super::values;
use app::domain::Verdict;
use app::exchange::sheet::{Column, Delimiter, Encoding};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Sheet {
    /// 取入别人的表格（.xlsx 或 .csv）；有待决定的格时不写入，退出码为 3 | Take in somebody else's list (.xlsx or .csv); while cells are undecided nothing is written and it exits with 3
    #[command(alias = "take-in")]
    In(Box<SheetIn>),
    /// 结论用语对照表：列出、改、删 | The table of words for verdicts: list, set, remove
    #[command(subcommand)]
    Words(Words),
}

#[derive(Args)]
pub struct SheetIn {
    pub dir: PathBuf,
    /// 表格文件 | The list
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 各列是什么，如 "编号=code,结论=verdict,说明=note"：左边为列名或列的字母，右边为 code title verdict note reason skip，打勾的列为 conform partial nonconform na；取入后记住 | What columns hold, as "No.=code,Result=verdict,Remark=note": heading or letter of the column, then code title verdict note reason skip, of columns of ticks conform partial nonconform na; remembered once taken in
    #[arg(long, value_name = "MAP", value_delimiter = ',', value_parser = column)]
    pub map: Vec<(String, Column)>,
    /// 用语在本表中的含义，如 "基本符合=partial,1=conform"：conform partial nonconform na，none 为不写入 | What words mean in this list, as "mostly=partial,1=conform": conform partial nonconform na, none to set nothing
    #[arg(long, value_name = "WORDS", value_delimiter = ',', value_parser = word)]
    pub words: Vec<(String, Option<Verdict>)>,
    /// 读哪张工作表（默认：含条目最多的） | Which sheet (the one that names most items otherwise)
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// 表头在第几行，0 为没有表头（默认：自动识别） | The row of the headings, 0 for none (as seen otherwise)
    #[arg(long, value_name = "ROW")]
    pub heading: Option<u32>,
    /// 文本的编码（默认：自动识别） | How the text is written down (as seen otherwise)
    #[arg(long, value_parser = values::one_of::<Encoding>(&["utf-8", "gb18030", "utf-16le", "utf-16be"]))]
    pub encoding: Option<Encoding>,
    /// 文本的分隔符（默认：自动识别） | What stands between the cells of the text (as seen otherwise)
    #[arg(long, value_parser = values::one_of::<Delimiter>(&["comma", "semicolon", "tab"]))]
    pub delimiter: Option<Delimiter>,
    /// 只列出将有的改动 | Only list what would change
    #[arg(long)]
    pub dry_run: bool,
    /// 与现有内容不同的格保留现有内容 | Keep what is recorded where the list says something else
    #[arg(long, conflicts_with = "theirs")]
    pub mine: bool,
    /// 与现有内容不同的格以表格为准 | Take the list's where it says something else than is recorded
    #[arg(long)]
    pub theirs: bool,
    /// 无法取入的格不取，其余照取 | Leave out what cannot be taken, and take the rest
    #[arg(long)]
    pub skip_refused: bool,
}

#[derive(Subcommand)]
pub enum Words {
    /// 列出：先是本工作区的用语 | List it: the workspace's own words first
    List { dir: PathBuf },
    /// 加入用语，或更改其含义 | Put a word in, or give it another meaning
    Set {
        dir: PathBuf,
        /// 用语 | The word
        word: String,
        /// 含义：conform partial nonconform na，open 为未评估，ask 为每次询问 | Its meaning: conform partial nonconform na, open for not assessed, ask to be asked each time
        #[arg(value_parser = PossibleValuesParser::new(["conform", "partial", "nonconform", "na", "open", "ask"]))]
        means: String,
    },
    /// 删去本工作区加入的用语 | Take a word out that this workspace put in
    Remove {
        dir: PathBuf,
        /// 用语 | The word
        word: String,
    },
}

/// `编号=code`; the heading may hold an equals sign itself.
fn column(text: &str) -> Result<(String, Column), &'static str> {
    let unknown = "应为 列名=code|title|verdict|note|reason|conform|partial|nonconform|na|skip | heading=code|title|verdict|note|reason|conform|partial|nonconform|na|skip";
    let (heading, kind) = text.rsplit_once('=').ok_or(unknown)?;
    let kind = if kind.trim() == "code" { "item" } else { kind.trim() };
    let column = serde_json::from_value(kind.into()).map_err(|_| unknown)?;
    Ok((heading.trim().to_owned(), column))
}

/// `基本符合=partial`
fn word(text: &str) -> Result<(String, Option<Verdict>), &'static str> {
    let unknown = "应为 用语=conform|partial|nonconform|na|none | word=conform|partial|nonconform|na|none";
    let (word, meaning) = text.rsplit_once('=').ok_or(unknown)?;
    let verdict = match meaning.trim() {
        "none" => None,
        verdict => Some(serde_json::from_value(verdict.into()).map_err(|_| unknown)?),
    };
    Ok((word.trim().to_owned(), verdict))
}
