//! What the columns of a table hold: by their headings, else by what is in them. What stays unclear is left to the user.

use super::{folded, meaning};
use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Codes of items.
    Item,
    /// Verdicts.
    Verdict,
    /// Notes.
    Note,
    /// Why the item does not apply.
    Reason,
    /// Nothing that is taken over.
    Skip,
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
    ("标题", Column::Skip),
    ("名称", Column::Skip),
    ("条目标题", Column::Skip),
    ("条目名称", Column::Skip),
    ("条款内容", Column::Skip),
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
    ("title", Column::Skip),
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
}

/// What there is to know about the criteria.
pub struct Known<'a> {
    /// Whether a cell names an item.
    pub is_item: &'a dyn Fn(&str) -> bool,
    /// Whether a cell repeats what the criteria say: a title or a requirement.
    pub is_criteria: &'a dyn Fn(&str) -> bool,
}

/// How many rows of titles may stand above the headings.
const ROWS_ABOVE: usize = 5;

/// How a table is to be read.
#[must_use]
pub fn layout(cells: &[Vec<String>], known: &Known) -> Layout {
    let heading = cells.iter().take(ROWS_ABOVE + 1).position(|row| is_heading(row, known));
    // Rows above the headings are titles, unless one of them says something about an item.
    let heading = heading.filter(|at| cells[..*at].iter().flatten().all(|cell| !says_something(cell, known)));
    let first = heading.map_or(0, |at| at + 1);
    let headings = heading.map(|at| cells[at].clone()).unwrap_or_default();
    let width = cells[first..].iter().map(Vec::len).max().unwrap_or(0).max(headings.len());
    let columns: Vec<_> = (0..width).map(|at| seen(&headings, &cells[first..], at, known)).collect();
    Layout { first, headings, columns: decided(&columns) }
}

/// What the heading says; a remark or another name after it does not matter.
fn by_heading(cell: &str) -> Option<Column> {
    let word = folded(cell);
    let word = word.split(['(', '/', '、', ':', '*']).next().unwrap_or_default();
    HEADINGS.iter().find(|(known, _)| *known == word).map(|(_, column)| *column)
}

fn is_heading(row: &[String], known: &Known) -> bool {
    row.iter().any(|cell| by_heading(cell).is_some()) && !row.iter().any(|cell| says_something(cell, known))
}

fn says_something(cell: &str, known: &Known) -> bool {
    (known.is_item)(cell) || meaning(cell).is_some()
}

/// What was seen of a column.
struct Seen {
    heading: Option<Column>,
    is_headed: bool,
    filled: usize,
    items: usize,
    verdicts: usize,
    figures: usize,
    criteria: usize,
}

fn seen(headings: &[String], rows: &[Vec<String>], at: usize, known: &Known) -> Seen {
    let heading = headings.get(at).map_or("", String::as_str);
    let filled: Vec<_> = rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty()).collect();
    let count = |test: &dyn Fn(&str) -> bool| filled.iter().filter(|cell| test(cell)).count();
    Seen {
        heading: by_heading(heading),
        is_headed: !heading.is_empty(),
        filled: filled.len(),
        items: count(known.is_item),
        verdicts: count(&|cell| meaning(cell).is_some()),
        figures: count(&is_figure),
        criteria: count(known.is_criteria),
    }
}

/// Numbers, percentages, days.
fn is_figure(cell: &str) -> bool {
    let cell = folded(cell);
    cell.contains(|c: char| c.is_ascii_digit())
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '/' | '%' | ':' | '年' | '月' | '日' | '、'))
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

fn decided(seen: &[Seen]) -> Vec<Option<Column>> {
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
    if let Some(at) = coded.or_else(called) {
        columns[at] = Some(Some(Column::Item));
    }
    // One column of a kind is it; of several the user chooses.
    let take = |columns: &mut Vec<Option<Option<Column>>>, found: &[usize], column: Column| {
        for at in found {
            columns[*at] = Some((found.len() == 1).then_some(column));
        }
        !found.is_empty()
    };
    let headed = free(&columns, &|c| c.heading == Some(Column::Verdict));
    if !take(&mut columns, &headed, Column::Verdict) {
        let words = free(&columns, &|c| c.heading.is_none() && c.mostly(c.verdicts));
        take(&mut columns, &words, Column::Verdict);
    }
    let reasons = free(&columns, &|c| c.heading == Some(Column::Reason));
    take(&mut columns, &reasons, Column::Reason);
    let notes = free(&columns, &|c| c.heading == Some(Column::Note));
    let has_notes = take(&mut columns, &notes, Column::Note);
    let has_verdicts = columns.contains(&Some(Some(Column::Verdict)));
    let texts = free(&columns, &|c| c.heading.is_none() && c.is_text());
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
    }
    columns.into_iter().map(Option::flatten).collect()
}
