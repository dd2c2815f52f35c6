//! What is different in a workbook that came back. Three texts are compared for each cell: what was sent out, what is recorded now, and
//! what came back.

use super::columns::{Field, Source, Table};
use super::read::{Filled, FilledCell, FilledRow};
use super::values::{Holds, numbers, settled};
use super::write::rows;
use crate::book::grid::{Content, no_fault};
use crate::sheet::Meanings;
use domain::{CriteriaPack, Lang, Request, Snapshot, Words};
use std::collections::BTreeMap;

/// What is different in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was changed in the workbook alone.
    Change,
    /// It was changed in both.
    Conflict,
    /// It was emptied in the workbook.
    Cleared,
}

/// A cell that came back with another value than it was sent out with and than is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What is different.
    pub kind: Kind,
    /// Which list.
    pub table: Table,
    /// Key of the row.
    pub key: String,
    /// Which of its fields.
    pub field: Field,
    /// Where it stands: `现场管理!F12`.
    pub cell: String,
    /// What was sent out.
    pub base: String,
    /// What is recorded now.
    pub mine: String,
    /// What came back.
    pub theirs: String,
}

/// A cell that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands.
    pub cell: String,
    /// What it holds.
    pub value: String,
    /// What was expected.
    pub expected: Words,
}

/// What is different in a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// In the order of the workbook.
    pub differences: Vec<Difference>,
    /// What cannot be taken.
    pub refused: Vec<Refused>,
}

/// Compares a workbook with what is recorded now; words for verdicts mean what the workspace says they do.
#[must_use]
pub fn compare(
    pack: &CriteriaPack,
    snapshot: &Snapshot,
    requests: &[Request],
    filled: &Filled,
    meanings: &Meanings,
) -> Comparison {
    let now = Now { snapshot, meanings };
    let source = Source::new(snapshot, requests, Lang::Zh);
    let mut recorded: BTreeMap<(Table, &str), BTreeMap<Field, String>> = BTreeMap::new();
    let all: Vec<_> = Table::ALL.map(|table| (table, rows(pack, &source, table))).into();
    for (table, rows) in &all {
        for (key, row) in rows {
            let values = table.coming_back().map(|(field, column)| (field, settled(&(column.value)(&source, row))));
            recorded.insert((*table, key), values.collect());
        }
    }
    let mut found = Comparison::default();
    for name in &filled.headless {
        let expected = ("找不到表头；请恢复第一行的列名", "the heads are gone; bring back the names of the columns");
        found.refused.push(Refused { cell: format!("{name}!A1"), value: String::new(), expected: expected.into() });
    }
    for row in &filled.rows {
        let known = filled.base.row(row.table, &row.key).zip(recorded.get(&(row.table, row.key.as_str())));
        match known {
            Some((base, mine)) => {
                for cell in &row.cells {
                    let Some(base) = base.get(&cell.field) else { continue };
                    let is_cut = filled.base.is_cut(row.table, &row.key, cell.field);
                    let mine = mine.get(&cell.field).map_or("", String::as_str);
                    found.cell(&now, row, cell, [base, mine], is_cut);
                }
            }
            None => found.refused.extend(stranger(row, filled.base.row(row.table, &row.key), meanings)),
        }
    }
    found
}

/// What a cell is compared with.
struct Now<'a> {
    snapshot: &'a Snapshot,
    meanings: &'a Meanings,
}

impl Comparison {
    fn cell(&mut self, now: &Now<'_>, row: &FilledRow, cell: &FilledCell, [base, mine]: [&str; 2], is_cut: bool) {
        let holds = row.table.column(cell.field).map_or(Holds::Text, |column| column.holds);
        let written = cell.content.text();
        // Word for word what was sent out, whatever may be wrong with it.
        if settled(&written) == *base {
            return;
        }
        let mut refuse = |expected: Words| {
            self.refused.push(Refused { cell: cell.cell.clone(), value: written.clone(), expected });
        };
        if is_cut {
            return refuse(
                (
                    "全文放不下单元格，只发出了开头；请在备审中修改",
                    "only the beginning of this text was sent out; change it in the program",
                )
                    .into(),
            );
        }
        let theirs = match theirs(holds, &cell.content, now.meanings)
            .and_then(|value| known_evidence(now.snapshot, holds, value))
        {
            Ok(theirs) => theirs,
            Err(expected) => return refuse(expected),
        };
        if theirs == *base || theirs == *mine {
            return;
        }
        let kind = match () {
            () if theirs.is_empty() => Kind::Cleared,
            () if mine == base => Kind::Change,
            () => Kind::Conflict,
        };
        let same = |d: &&Difference| (d.table, d.key.as_str(), d.field) == (row.table, row.key.as_str(), cell.field);
        match self.differences.iter().find(same) {
            Some(twice) if twice.theirs == theirs => {}
            Some(twice) => {
                let (zh, en) = (
                    format!("与 {} 一致：同一行出现了两次，内容不同", twice.cell),
                    format!("the same as {}: the row is there twice and says different things", twice.cell),
                );
                refuse((zh, en).into());
            }
            None => self.differences.push(Difference {
                kind,
                table: row.table,
                key: row.key.clone(),
                field: cell.field,
                cell: cell.cell.clone(),
                base: base.to_owned(),
                mine: mine.to_owned(),
                theirs,
            }),
        }
    }
}

fn theirs(holds: Holds, content: &Content, meanings: &Meanings) -> Result<String, Words> {
    match content {
        Content::Fault(_) => Err(no_fault()),
        Content::Number(_, Some(day)) if holds == Holds::Day => Ok(day.to_string()),
        content => holds.read(&content.text(), meanings),
    }
}

fn known_evidence(snapshot: &Snapshot, holds: Holds, value: String) -> Result<String, Words> {
    if holds != Holds::Labels {
        return Ok(value);
    }
    let is_known = |number: &u32| snapshot.evidence.iter().any(|e| e.number == *number);
    match numbers(&value).unwrap_or_default().into_iter().find(|number| !is_known(number)) {
        None => Ok(value),
        Some(number) => Err((
            format!("已登记的证据编号；没有 EV-{number:04}，请先在备审中登记"),
            format!("numbers of registered evidence; there is no EV-{number:04}, register it in the program first"),
        )
            .into()),
    }
}

/// A row that is not among those recorded: refused when it says anything that was not sent out.
fn stranger(row: &FilledRow, base: Option<&BTreeMap<Field, String>>, meanings: &Meanings) -> Option<Refused> {
    let says = row.cells.iter().find(|cell| {
        let written = settled(&cell.content.text());
        match base.and_then(|base| base.get(&cell.field)) {
            Some(base) => written != *base && theirs_is_other(row.table, cell, base, meanings),
            None => !written.is_empty(),
        }
    })?;
    let expected: Words = match (base, row.key.is_empty()) {
        (Some(_), _) if row.table == Table::Papers => (
            format!("{} 已不在资料清单中（所需条目不适用），不再取回它的改动", row.key),
            format!(
                "{} is not asked for any more (no item that needs it applies); its changes do not come back",
                row.key
            ),
        )
            .into(),
        (Some(_), _) => (
            format!("{} 已在备审中撤回，不再取回它的改动", row.key),
            format!("{} was withdrawn in the program; its changes do not come back", row.key),
        )
            .into(),
        (None, true) => (
            "这一行没有编号；新增的行不取回，请在备审中登记",
            "the row has no code; new rows do not come back, record them in the program",
        )
            .into(),
        (None, false) => (
            "这一行没有随文件发出；编号不要改，新增的行请在备审中登记",
            "the row was not sent out with the file; keep the codes, and record new rows in the program",
        )
            .into(),
    };
    let value = if row.key.is_empty() { says.content.text() } else { row.key.clone() };
    Some(Refused { cell: if row.key.is_empty() { says.cell.clone() } else { row.cell.clone() }, value, expected })
}

fn theirs_is_other(table: Table, cell: &FilledCell, base: &str, meanings: &Meanings) -> bool {
    let holds = table.column(cell.field).map_or(Holds::Text, |column| column.holds);
    theirs(holds, &cell.content, meanings).map_or(true, |theirs| theirs != *base)
}
