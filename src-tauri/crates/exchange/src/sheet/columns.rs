//! What the columns of a table hold: by their headings, else by what is in them. What stays unclear is left to the user.

use super::{Meaning, Meanings, folded, is_figure};
use domain::{Term, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Codes of items.
    Item,
    /// Titles of items, where no column holds their codes.
    Title,
    /// Verdicts.
    Verdict,
    /// Notes.
    Note,
    /// Why the item does not apply.
    Reason,
    /// A tick where the verdict is 符合: forms print a column for each verdict.
    Conform,
    /// A tick where it is 部分符合.
    Partial,
    /// A tick where it is 不符合.
    Nonconform,
    /// A tick where it is 不适用.
    #[serde(rename = "na")]
    NotApplicable,
    /// Nothing that is taken over.
    Skip,
}

/// Columns of ticks, each with its verdict.
const TICKS: [(Column, Verdict); 4] = [
    (Column::Conform, Verdict::Conform),
    (Column::Partial, Verdict::Partial),
    (Column::Nonconform, Verdict::Nonconform),
    (Column::NotApplicable, Verdict::NotApplicable),
];

impl Column {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Item,
        Self::Title,
        Self::Verdict,
        Self::Note,
        Self::Reason,
        Self::Conform,
        Self::Partial,
        Self::Nonconform,
        Self::NotApplicable,
        Self::Skip,
    ];

    /// The verdict that is ticked in it.
    #[must_use]
    pub fn ticks(self) -> Option<Verdict> {
        TICKS.iter().find(|(column, _)| *column == self).map(|(_, verdict)| *verdict)
    }

    /// What it is called.
    #[must_use]
    pub const fn term(self) -> Term {
        let (chinese, english) = match self {
            Self::Item => ("条目编号", "item code"),
            Self::Title => ("条目名称", "item title"),
            Self::Verdict => ("结论", "verdict"),
            Self::Note => ("评估记录", "note"),
            Self::Reason => ("不适用理由", "reason for not applicable"),
            Self::Conform => ("符合（打勾）", "ticks for conforms"),
            Self::Partial => ("部分符合（打勾）", "ticks for partial"),
            Self::Nonconform => ("不符合（打勾）", "ticks for does not conform"),
            Self::NotApplicable => ("不适用（打勾）", "ticks for not applicable"),
            Self::Skip => ("不取", "left out"),
        };
        Term { chinese, english }
    }
}

/// Headings as [`folded`] leaves them.
const HEADINGS: &[(&str, Column)] = &[
    ("编号", Column::Item),
    ("条目编号", Column::Item),
    ("条款编号", Column::Item),
    ("条款号", Column::Item),
    ("项目编号", Column::Item),
    ("条目", Column::Item),
    ("条款", Column::Item),
    ("评审条目", Column::Item),
    ("条目号", Column::Item),
    ("条款编码", Column::Item),
    ("检查项编号", Column::Item),
    ("检查编号", Column::Item),
    ("评审编号", Column::Item),
    ("指标编号", Column::Item),
    ("编码", Column::Item),
    ("代码", Column::Item),
    ("item", Column::Item),
    ("itemcode", Column::Item),
    ("code", Column::Item),
    ("结论", Column::Verdict),
    ("判定", Column::Verdict),
    ("判定结果", Column::Verdict),
    ("判定结论", Column::Verdict),
    ("评审结果", Column::Verdict),
    ("评审结论", Column::Verdict),
    ("评估结果", Column::Verdict),
    ("评估结论", Column::Verdict),
    ("评价结果", Column::Verdict),
    ("自评结果", Column::Verdict),
    ("自评结论", Column::Verdict),
    ("检查结果", Column::Verdict),
    ("检查结论", Column::Verdict),
    ("审核结果", Column::Verdict),
    ("审核结论", Column::Verdict),
    ("复核结果", Column::Verdict),
    ("自查结果", Column::Verdict),
    ("自查结论", Column::Verdict),
    ("自评", Column::Verdict),
    ("评价结论", Column::Verdict),
    ("评定", Column::Verdict),
    ("评定结果", Column::Verdict),
    ("是否满足", Column::Verdict),
    ("复核结论", Column::Verdict),
    ("结果", Column::Verdict),
    ("符合性", Column::Verdict),
    ("符合情况", Column::Verdict),
    ("符合程度", Column::Verdict),
    ("是否符合", Column::Verdict),
    ("是否达标", Column::Verdict),
    ("是否合格", Column::Verdict),
    ("verdict", Column::Verdict),
    ("result", Column::Verdict),
    ("conclusion", Column::Verdict),
    ("conformity", Column::Verdict),
    ("记录", Column::Note),
    ("评审记录", Column::Note),
    ("评估记录", Column::Note),
    ("检查记录", Column::Note),
    ("审核记录", Column::Note),
    ("说明", Column::Note),
    ("情况说明", Column::Note),
    ("备注", Column::Note),
    ("现状", Column::Note),
    ("现状描述", Column::Note),
    ("问题描述", Column::Note),
    ("评审意见", Column::Note),
    ("检查情况", Column::Note),
    ("检查发现", Column::Note),
    ("自查情况", Column::Note),
    ("现场记录", Column::Note),
    ("存在问题", Column::Note),
    ("证据与说明", Column::Note),
    ("note", Column::Note),
    ("notes", Column::Note),
    ("remark", Column::Note),
    ("remarks", Column::Note),
    ("comment", Column::Note),
    ("comments", Column::Note),
    ("不适用理由", Column::Reason),
    ("不适用原因", Column::Reason),
    ("不适用说明", Column::Reason),
    ("理由", Column::Reason),
    ("reason", Column::Reason),
    ("序号", Column::Skip),
    ("序", Column::Skip),
    ("no.", Column::Skip),
    ("#", Column::Skip),
    ("标题", Column::Title),
    ("名称", Column::Title),
    ("条目标题", Column::Title),
    ("条目名称", Column::Title),
    ("条款内容", Column::Skip),
    ("检查项目", Column::Title),
    ("检查内容", Column::Title),
    ("评审项目", Column::Title),
    ("检查项", Column::Title),
    ("项目", Column::Title),
    ("类别", Column::Skip),
    ("评审类别", Column::Skip),
    ("主题", Column::Skip),
    ("要求", Column::Skip),
    ("评审要求", Column::Skip),
    ("检查要点", Column::Skip),
    ("评审要点", Column::Skip),
    ("责任人", Column::Skip),
    ("责任部门", Column::Skip),
    ("部门", Column::Skip),
    ("评审人", Column::Skip),
    ("评估人", Column::Skip),
    ("检查人", Column::Skip),
    ("日期", Column::Skip),
    ("评估时间", Column::Skip),
    ("title", Column::Title),
    ("requirement", Column::Skip),
    ("assessor", Column::Skip),
    ("date", Column::Skip),
];

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The first row below the heading.
    pub first: usize,
    /// The headings; empty where there are none.
    pub headings: Vec<String>,
    /// What each column holds; `None` = the user has to say.
    pub columns: Vec<Option<Column>>,
    /// Of the columns that the user has to say something of: those with a heading that nobody knows. A list has many such.
    pub strange: Vec<usize>,
}

/// What there is to know about the criteria and the words of the workspace.
pub struct Known<'a> {
    /// Whether a cell names an item by its code.
    pub is_item: &'a dyn Fn(&str) -> bool,
    /// Whether a cell names an item by its title.
    pub is_title: &'a dyn Fn(&str) -> bool,
    /// Whether a cell repeats what the criteria say: a title or a requirement.
    pub is_criteria: &'a dyn Fn(&str) -> bool,
    /// What words mean.
    pub meanings: &'a Meanings,
    /// What headings mean that the user has spoken of, as [`folded`] leaves them.
    pub headings: &'a BTreeMap<String, Column>,
}

/// How many rows of titles may stand above the headings.
pub const ROWS_ABOVE: usize = 10;

/// How a table is to be read.
#[must_use]
pub fn layout(cells: &[Vec<String>], known: &Known) -> Layout {
    let heading = heading(cells, known);
    // Rows above the headings are titles, unless one of them says something about an item.
    let heading = heading.filter(|rows| cells[..rows.start].iter().flatten().all(|cell| !known.says_something(cell)));
    laid_out(cells, heading.unwrap_or(0..0), known)
}

/// How a table is to be read whose headings stand in these rows; none where the range is empty.
#[must_use]
pub fn laid_out(cells: &[Vec<String>], heading: Range<usize>, known: &Known) -> Layout {
    let heading = heading.start.min(cells.len())..heading.end.min(cells.len());
    let (first, headings) = (heading.end, joined(&cells[heading]));
    let width = cells[first..].iter().map(Vec::len).max().unwrap_or(0).max(headings.len());
    let columns: Vec<_> = (0..width).map(|at| seen(&headings, &cells[first..], at, known)).collect();
    let (columns, strange) = decided(&columns);
    Layout { first, headings, columns, strange }
}

/// The rows of the headings: of those that look like some the ones that say most; several where they stand one below the other.
fn heading(cells: &[Vec<String>], known: &Known) -> Option<Range<usize>> {
    let above = &cells[..cells.len().min(ROWS_ABOVE + 1)];
    let block = |at: usize| {
        let goes_on = (at + 1..above.len()).take_while(|row| goes_on(&above[*row], &above[row - 1], known)).count();
        at..at + 1 + goes_on
    };
    let says = |rows: &Range<usize>| {
        let found: Vec<_> = joined(&cells[rows.clone()]).iter().filter_map(|cell| known.heading(cell)).collect();
        (found.iter().filter(|column| **column != Column::Skip).count(), found.len())
    };
    let begins = |at: &usize| is_heading(&above[*at], known);
    // The first of those that say the same: `max_by_key` gives the last.
    (0..above.len()).filter(begins).map(block).rev().max_by_key(says)
}

/// Whether a row says nothing but headings, or repeats the cell above it, as cells joined over both do.
fn goes_on(row: &[String], above: &[String], known: &Known) -> bool {
    let repeats = |at: usize, cell: &String| above.get(at) == Some(cell);
    // Verdicts stand below columns of verdicts as well; as headings they divide one that is wider than a cell.
    let divides = |at: usize| above.get(at).is_none_or(String::is_empty);
    let heads = |cell: &String| known.heading(cell).or_else(|| known.tick(cell));
    row.iter().enumerate().all(|(at, cell)| cell.is_empty() || heads(cell).is_some() || repeats(at, cell))
        && row.iter().any(|cell| heads(cell).is_some())
        && (known.ticks(row) == 0 || row.iter().enumerate().any(|(at, cell)| known.tick(cell).is_some() && divides(at)))
}

/// Headings in several rows as one: what stands lowest counts.
fn joined(rows: &[Vec<String>]) -> Vec<String> {
    let mut all = Vec::new();
    for row in rows {
        all.resize(row.len().max(all.len()), String::new());
        all.iter_mut().zip(row).filter(|(_, cell)| !cell.is_empty()).for_each(|(all, cell)| all.clone_from(cell));
    }
    all
}

/// What the heading says; a remark or another name after it does not matter.
#[must_use]
pub fn by_heading(cell: &str) -> Option<Column> {
    let word = folded(cell);
    let word = word.split(['(', '/', '、', ':', '*']).next().unwrap_or_default();
    HEADINGS.iter().find(|(known, _)| *known == word).map(|(_, column)| *column)
}

fn is_heading(row: &[String], known: &Known) -> bool {
    let heads = row.iter().filter(|cell| known.heading(cell).is_some()).count();
    // A verdict is a heading only among others: of each verdict a column, or beside what else is a heading.
    let is_form = known.ticks(row) == 0 || known.ticks(row) > 1 || heads > 1;
    heads > 0 && is_form && !row.iter().any(|cell| (known.is_item)(cell))
}

impl Known<'_> {
    fn heading(&self, cell: &str) -> Option<Column> {
        self.headings.get(&folded(cell)).copied().or_else(|| by_heading(cell))
    }

    /// The column of ticks that a heading names: by a word, as a mark is what stands below it.
    fn tick(&self, cell: &str) -> Option<Column> {
        let word = folded(cell);
        if word.len() < 2 || !word.chars().any(char::is_alphabetic) {
            return None;
        }
        let Some(Meaning::Is(verdict)) = self.meanings.of(cell) else { return None };
        TICKS.iter().find(|(_, of)| *of == verdict).map(|(column, _)| *column)
    }

    /// Of how many verdicts a row has the names.
    fn ticks(&self, row: &[String]) -> usize {
        let mut named: Vec<_> = row.iter().filter_map(|cell| self.tick(cell)).collect();
        named.sort_unstable_by_key(|column| *column as usize);
        named.dedup();
        named.len()
    }

    fn says_something(&self, cell: &str) -> bool {
        (self.is_item)(cell) || self.meanings.of(cell).is_some()
    }
}

/// What was seen of a column.
struct Seen {
    heading: Option<Column>,
    is_headed: bool,
    filled: usize,
    items: usize,
    titles: usize,
    verdicts: usize,
    figures: usize,
    criteria: usize,
}

fn seen(headings: &[String], rows: &[Vec<String>], at: usize, known: &Known) -> Seen {
    let heading = headings.get(at).map_or("", String::as_str);
    /// Cells that are looked at: what a column holds shows early.
    const LOOKED_AT: usize = 400;
    let filled = rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
    let filled: Vec<_> = filled.take(LOOKED_AT).collect();
    let count = |test: &dyn Fn(&str) -> bool| filled.iter().filter(|cell| test(cell)).count();
    Seen {
        heading: known.heading(heading).or_else(|| known.tick(heading)),
        is_headed: !heading.is_empty(),
        filled: filled.len(),
        items: count(known.is_item),
        titles: count(known.is_title),
        verdicts: count(&|cell| known.meanings.of(cell).is_some()),
        figures: count(&is_figure),
        criteria: count(known.is_criteria),
    }
}

impl Seen {
    const fn mostly(&self, count: usize) -> bool {
        count > 0 && count * 2 >= self.filled
    }

    /// Own words of whoever filled in the table.
    const fn is_text(&self) -> bool {
        self.filled > 0 && !self.mostly(self.figures) && !self.mostly(self.criteria)
    }
}

fn decided(seen: &[Seen]) -> (Vec<Option<Column>>, Vec<usize>) {
    // `Some(None)` in here: seen, and to be asked. `None`: nobody has said yet.
    let mut columns: Vec<Option<Option<Column>>> =
        seen.iter().map(|c| (c.filled == 0).then_some(Some(Column::Skip))).collect();
    let free = |columns: &[Option<Option<Column>>], test: &dyn Fn(&Seen) -> bool| -> Vec<usize> {
        (0..seen.len()).filter(|at| columns[*at].is_none() && test(&seen[*at])).collect()
    };
    // Codes are known by what they are. A column that is only called so makes its rows unknown items, which is said.
    let coded = free(&columns, &|c| c.mostly(c.items)).into_iter().max_by_key(|at| seen[*at].items);
    let called = || {
        let called = free(&columns, &|c| c.heading == Some(Column::Item) && c.is_text() && c.verdicts == 0);
        called.first().copied()
    };
    let titled = || free(&columns, &|c| c.mostly(c.titles)).into_iter().max_by_key(|at| seen[*at].titles);
    let named = coded.map(|at| (at, Column::Item));
    let named = named.or_else(|| titled().map(|at| (at, Column::Title)));
    if let Some((at, column)) = named.or_else(|| called().map(|at| (at, Column::Item))) {
        columns[at] = Some(Some(column));
    }
    // One column of a kind is it; of several the user chooses.
    let take = |columns: &mut Vec<Option<Option<Column>>>, found: &[usize], column: Column| {
        for at in found {
            columns[*at] = Some((found.len() == 1).then_some(column));
        }
        !found.is_empty()
    };
    let ticks = |c: &Seen| c.heading.is_some_and(|column| column.ticks().is_some());
    let headed = free(&columns, &|c| c.heading == Some(Column::Verdict));
    if !take(&mut columns, &headed, Column::Verdict) && !seen.iter().any(ticks) {
        let words = free(&columns, &|c| c.heading.is_none() && c.mostly(c.verdicts));
        take(&mut columns, &words, Column::Verdict);
    }
    for (ticks, _) in TICKS {
        let found = free(&columns, &|c| c.heading == Some(ticks));
        take(&mut columns, &found, ticks);
    }
    let reasons = free(&columns, &|c| c.heading == Some(Column::Reason));
    take(&mut columns, &reasons, Column::Reason);
    let notes = free(&columns, &|c| c.heading == Some(Column::Note));
    let has_notes = take(&mut columns, &notes, Column::Note);
    let is_verdict = |column: Column| column == Column::Verdict || column.ticks().is_some();
    let has_verdicts = columns.iter().any(|column| column.flatten().is_some_and(is_verdict));
    let texts = free(&columns, &|c| c.heading.is_none() && c.is_text());
    let mut strange = Vec::new();
    for at in 0..seen.len() {
        if columns[at].is_some() {
            continue;
        }
        let column = &seen[at];
        columns[at] = Some(if column.heading.is_some() || has_notes {
            Some(Column::Skip)
        } else if texts.contains(&at) {
            (texts.len() == 1 && !column.is_headed).then_some(Column::Note)
        } else {
            // Figures beside verdicts number the rows; alone they may be anything.
            (has_verdicts || !column.mostly(column.figures)).then_some(Column::Skip)
        });
        if columns[at] == Some(None) && column.is_headed {
            strange.push(at);
        }
    }
    (columns.into_iter().map(Option::flatten).collect(), strange)
}

/// The verdict that a row ticks, and where; none where nothing is ticked.
///
/// # Errors
/// The column of a cell that is no tick, or of a second one.
pub fn ticked(
    cells: &[String],
    columns: &[Option<Column>],
    meanings: &Meanings,
) -> Result<Option<(usize, Verdict)>, usize> {
    let mut found = None;
    for (at, verdict) in columns.iter().enumerate().filter_map(|(at, column)| Some((at, (*column)?.ticks()?))) {
        match is_ticked(cells.get(at).map_or("", String::as_str), verdict, meanings) {
            Some(false) => {}
            Some(true) if found.is_none() => found = Some((at, verdict)),
            _ => return Err(at),
        }
    }
    Ok(found)
}

/// Whether a cell of a column of ticks is ticked; `None` when that is not certain.
fn is_ticked(cell: &str, verdict: Verdict, meanings: &Meanings) -> Option<bool> {
    /// What people put where nothing is ticked.
    const BLANK: [&str; 6] = ["", "□", "-", "--", "/", "\\"];
    /// Ticks that are no word for a verdict.
    const TICK: [&str; 7] = ["☑", "☒", "●", "■", "○", "v", "1"];
    let word = folded(cell);
    if BLANK.contains(&word.as_str()) {
        return Some(false);
    }
    let is_tick = TICK.contains(&word.as_str())
        || matches!(meanings.of(cell), Some(Meaning::Is(mark)) if mark == Verdict::Conform || mark == verdict);
    is_tick.then_some(true)
}
