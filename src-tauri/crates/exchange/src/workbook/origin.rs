//! What a workbook was made from: on a sheet that no menu shows, together with every value as it was sent out. The file says by itself
//! what was changed in it, however far the round has gone since.

use super::columns::{Field, Table};
use crate::Error;
use chrono::{DateTime, FixedOffset};
use domain::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Name of the hidden sheet.
pub const SHEET: &str = "beishen";
/// What its first cell says.
const MARK: &str = "beishen-workbook";
/// The version of what stands on it.
const FORMAT: u32 = 1;

/// What a workbook was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Id of the workspace.
    pub workspace: String,
    /// The round.
    pub assessment: Id,
    /// Root of what was recorded then.
    pub root: String,
    /// SHA-256 of the criteria.
    pub pack_sha256: String,
    /// Who was to fill it in; may be empty.
    pub recipient: String,
    /// When it was made.
    pub made_at: DateTime<FixedOffset>,
}

/// Values as they were sent out, by table, key of the row and field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    rows: BTreeMap<(Table, String), BTreeMap<Field, String>>,
    /// Texts that no cell can hold: only their beginning was sent out.
    cut: BTreeSet<(Table, String, Field)>,
    /// Names of the sheets, each with its table.
    pub sheets: Vec<(String, Table)>,
}

impl Base {
    /// Notes a row that is sent out.
    pub fn put(&mut self, table: Table, key: &str, values: BTreeMap<Field, String>, cut: &[Field]) {
        self.cut.extend(cut.iter().map(|field| (table, key.to_owned(), *field)));
        self.rows.insert((table, key.to_owned()), values);
    }

    /// The values of a row; `None` when it was not sent out.
    #[must_use]
    pub fn row(&self, table: Table, key: &str) -> Option<&BTreeMap<Field, String>> {
        self.rows.get(&(table, key.to_owned()))
    }

    /// Whether only the beginning of this value was sent out.
    #[must_use]
    pub fn is_cut(&self, table: Table, key: &str, field: Field) -> bool {
        self.cut.contains(&(table, key.to_owned(), field))
    }
}

/// The cells of the hidden sheet, row by row.
#[must_use]
pub fn cells(origin: &Origin, base: &Base) -> Vec<Vec<String>> {
    let pair = |name: &str, value: &str| vec![name.to_owned(), value.to_owned()];
    let mut rows = vec![
        pair(MARK, &FORMAT.to_string()),
        pair("workspace", &origin.workspace),
        pair("assessment", &origin.assessment.to_string()),
        pair("root", &origin.root),
        pair("criteria", &origin.pack_sha256),
        pair("recipient", &origin.recipient),
        pair("made_at", &origin.made_at.to_rfc3339()),
    ];
    rows.extend(base.sheets.iter().map(|(name, table)| vec!["sheet".into(), table.key().into(), name.clone()]));
    for table in Table::ALL {
        let mut head = vec!["columns".to_owned(), table.key().to_owned()];
        head.extend(table.coming_back().map(|(field, _)| field.key()));
        rows.push(head);
        for ((_, key), values) in base.rows.iter().filter(|((of, _), _)| *of == table) {
            let mut row = vec![table.key().to_owned(), key.clone()];
            row.extend(table.coming_back().map(|(field, _)| values.get(&field).cloned().unwrap_or_default()));
            rows.push(row);
        }
    }
    rows.extend(
        base.cut
            .iter()
            .map(|(table, key, field)| vec!["cut".to_owned(), table.key().to_owned(), key.clone(), field.key()]),
    );
    rows
}

/// What the hidden sheet says.
///
/// # Errors
/// When it is not what [`cells`] writes.
pub fn parse(rows: &[Vec<String>]) -> Result<(Origin, Base), Error> {
    let first = rows.first().ok_or_else(damaged)?;
    let format: u32 = match &first[..] {
        [mark, format, ..] if mark == MARK => format.parse().map_err(|_| damaged())?,
        _ => return Err(damaged()),
    };
    if format != FORMAT {
        let words = (
            "这个工作簿由更新版本的备审生成，请用新版本取回",
            "a newer version of this program made the workbook; take it back with that one",
        );
        return Err(Error::Workbook(words.into()));
    }
    let named = |name: &str| {
        let row = rows.iter().find(|row| row.first().is_some_and(|cell| cell == name));
        row.map(|row| row.get(1).cloned().unwrap_or_default()).ok_or_else(damaged)
    };
    let origin = Origin {
        workspace: named("workspace")?,
        assessment: named("assessment")?.parse().map_err(|_| damaged())?,
        root: named("root")?,
        pack_sha256: named("criteria")?,
        recipient: named("recipient")?,
        made_at: DateTime::parse_from_rfc3339(&named("made_at")?).map_err(|_| damaged())?,
    };
    let mut base = Base::default();
    let mut columns: BTreeMap<Table, Vec<Option<Field>>> = BTreeMap::new();
    for row in rows {
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        match (cell(0), table(cell(0)), table(cell(1))) {
            ("sheet", _, Some(of)) => base.sheets.push((cell(2).to_owned(), of)),
            ("columns", _, Some(of)) => {
                columns.insert(of, row.iter().skip(2).map(|name| field(name)).collect());
            }
            ("cut", _, Some(of)) => {
                base.cut.extend(field(cell(3)).map(|field| (of, cell(2).to_owned(), field)));
            }
            (_, Some(of), _) => {
                let columns = columns.get(&of).ok_or_else(damaged)?;
                let values = columns.iter().zip(2..).filter_map(|(field, at)| Some(((*field)?, cell(at).to_owned())));
                base.rows.insert((of, cell(1).to_owned()), values.collect());
            }
            _ => {}
        }
    }
    Ok((origin, base))
}

fn table(key: &str) -> Option<Table> {
    Table::ALL.into_iter().find(|table| table.key() == key)
}

fn field(key: &str) -> Option<Field> {
    serde_json::from_value(key.into()).ok()
}

fn damaged() -> Error {
    let words = (
        "工作簿中记录来源的隐藏工作表已损坏；请用备审重新导出一份，把填好的内容复制进去再取回",
        "the hidden sheet that says where the workbook comes from is damaged; export it again, copy what was filled in over, and take that back",
    );
    Error::Workbook(words.into())
}
