//! A table from the clipboard, laid over the items: what it would set, before it is set. Nothing that is unclear is ever set.

use crate::answers::AnswerPatch;
use crate::fields::MAX_TEXT_CHARS;
use crate::{Error, Result, Session};
use domain::{CriteriaPack, Id, Snapshot, Verdict};
use exchange::sheet::{self, Cells, Column, Items, Known, Meaning, Meanings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is on the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct Clipboard {
    /// As HTML; empty when there is none.
    pub html: String,
    /// As plain text.
    pub text: String,
}

/// What the user has decided about a pasted table so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct PasteChoices {
    /// What the columns hold, from the left; absent = as read.
    pub columns: Option<Vec<Option<Column>>>,
    /// What words of the verdict column mean; `None` = nothing is set.
    pub words: BTreeMap<String, Option<Verdict>>,
    /// Rows to leave out, by their [`PastedRow::line`].
    pub skipped: Vec<u32>,
}

/// A pasted table as it would be taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PastePreview {
    /// Its columns, from the left.
    pub columns: Vec<PastedColumn>,
    /// Words of the verdict column whose meaning the user has to say, or has said; in the order of the table.
    pub words: Vec<AskedWord>,
    /// Its rows below the headings.
    pub rows: Vec<PastedRow>,
    /// Whether it is known what each column holds. Until then nothing should be taken over.
    pub is_laid_out: bool,
}

/// A column of a pasted table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PastedColumn {
    /// Its heading; empty when there is none.
    pub heading: String,
    /// Its first few cells.
    pub samples: Vec<String>,
    /// What it holds; `None` = the user has to say.
    pub holds: Option<Column>,
}

/// A word that is no verdict for certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AskedWord {
    /// As it is written.
    pub word: String,
    /// Rows in which it stands.
    pub rows: u32,
    /// Whether the user has said what it means.
    pub is_decided: bool,
    /// What it means; `None` = nothing is set.
    pub verdict: Option<Verdict>,
}

/// A row of a pasted table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PastedRow {
    /// Its line in the pasted table, from 1.
    pub line: u32,
    /// Code of its item, as far as there is one.
    pub item: String,
    /// What it would set.
    pub patch: AnswerPatch,
    /// The cell of the verdict column as it is written.
    pub word: String,
    /// Why it is not taken over; `None` = it is clear.
    pub doubt: Option<PasteDoubt>,
}

/// Why a row is not taken over as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PasteDoubt {
    /// The user leaves it out.
    Skipped,
    /// It sets nothing.
    Empty,
    /// It names no item, though others do; or the list has no further item.
    NoItem,
    /// It names an item that the criteria do not have.
    UnknownItem,
    /// Another row names the same item.
    Twice,
    /// It is not certain which verdict its word means.
    Unclear,
    /// 不适用 without a reason.
    NoReason,
    /// Its text is longer than a field takes.
    TooLong,
}

/// Most rows and columns of a pasted table; more are not meant for some hundreds of items.
const MAX_ROWS: usize = 5_000;
const MAX_COLUMNS: usize = 100;
/// Most bytes on the clipboard.
const MAX_BYTES: usize = 32 << 20;
/// Cells shown of a column.
const SAMPLES: usize = 3;

/// What a pasted table would set. Rows that name their item go to it; without a column of codes, rows go down `targets`. Writes
/// nothing: [`crate::answers::mark_each`] takes the rows that are clear.
///
/// # Errors
/// When the table is too large, and when the round cannot be read.
pub fn preview(
    session: &mut Session,
    round: Id,
    clipboard: &Clipboard,
    targets: &[String],
    choices: &PasteChoices,
) -> Result<PastePreview> {
    let (pack, snapshot) = session.snapshot(round)?;
    if clipboard.html.len() + clipboard.text.len() > MAX_BYTES {
        return Err(too_large());
    }
    let cells = sheet::clipboard(&clipboard.html, &clipboard.text);
    if cells.len() > MAX_ROWS || cells.iter().any(|row| row.len() > MAX_COLUMNS) {
        return Err(too_large());
    }
    let meanings = crate::sheet::meanings(session);
    Ok(laid_over(&pack, &snapshot, &cells, targets, choices, &meanings))
}

fn too_large() -> Error {
    let expected =
        (format!("最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列"), format!("at most {MAX_ROWS} rows and {MAX_COLUMNS} columns"));
    Error::Field { field: "粘贴的表格", expected: expected.into() }
}

fn laid_over(
    pack: &CriteriaPack,
    snapshot: &Snapshot,
    cells: &Cells,
    targets: &[String],
    choices: &PasteChoices,
    meanings: &Meanings,
) -> PastePreview {
    let items = Items::of(pack);
    let known = Known {
        is_item: &|cell| items.coded(cell).is_some(),
        // What is pasted without codes goes down the list that is on the screen.
        is_title: &|_| false,
        is_criteria: &|cell| items.is_criteria(cell),
        meanings,
        headings: &BTreeMap::new(),
    };
    let mut layout = sheet::layout(cells, &known);
    if let Some(chosen) = &choices.columns {
        layout.columns.iter_mut().zip(chosen).for_each(|(column, chosen)| *column = *chosen);
    }
    let rows = &cells[layout.first..];
    let at = |wanted: Column| layout.columns.iter().position(|column| *column == Some(wanted));
    let reading = Reading {
        item: at(Column::Item),
        verdict: at(Column::Verdict),
        columns: &layout.columns,
        note: at(Column::Note),
        reason: at(Column::Reason),
        choices,
        snapshot,
        meanings,
    };
    let mut words: Vec<AskedWord> = Vec::new();
    let mut read: Vec<PastedRow> = Vec::new();
    for (below, row) in rows.iter().enumerate() {
        let line = u32::try_from(layout.first + below + 1).unwrap_or(u32::MAX);
        // Printed on every page of a form.
        if !layout.headings.is_empty() && *row == layout.headings {
            continue;
        }
        let item = match reading.item {
            Some(at) => row.get(at).map(|cell| sheet::code(cell)).unwrap_or_default(),
            None => targets.get(below).cloned().unwrap_or_default(),
        };
        read.push(reading.row(line, item, row, &items, &mut words));
    }
    mark_twice(&mut read);
    let column = |(at, holds): (usize, &Option<Column>)| PastedColumn {
        heading: layout.headings.get(at).cloned().unwrap_or_default(),
        samples: rows.iter().filter_map(|row| row.get(at)).filter(|c| !c.is_empty()).take(SAMPLES).cloned().collect(),
        holds: *holds,
    };
    PastePreview {
        columns: layout.columns.iter().enumerate().map(column).collect(),
        words,
        rows: read,
        is_laid_out: layout.columns.iter().all(Option::is_some),
    }
}

/// Where a table has what, and what is known besides.
struct Reading<'a> {
    item: Option<usize>,
    verdict: Option<usize>,
    columns: &'a [Option<Column>],
    note: Option<usize>,
    reason: Option<usize>,
    choices: &'a PasteChoices,
    snapshot: &'a Snapshot,
    meanings: &'a Meanings,
}

impl Reading<'_> {
    fn row(
        &self,
        line: u32,
        item: String,
        cells: &[String],
        items: &Items<'_>,
        words: &mut Vec<AskedWord>,
    ) -> PastedRow {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).filter(|cell| !cell.is_empty());
        let mut word = cell(self.verdict).cloned().unwrap_or_default();
        let (mut verdict, mut is_unclear) = self.verdict_of(&word, words);
        match sheet::ticked(cells, self.columns, self.meanings) {
            Ok(None) => {}
            Ok(Some((_, ticked))) if verdict.is_none_or(|verdict| verdict == ticked) => verdict = Some(ticked),
            Ok(Some((at, _))) | Err(at) => {
                is_unclear = true;
                word.clone_from(&cells[at]);
            }
        }
        let (mut note, mut reason) = (cell(self.note).cloned(), cell(self.reason).cloned());
        let has_reason = self.snapshot.answer(&item).is_some_and(|answer| !answer.reason.trim().is_empty());
        let is_na = verdict == Some(Verdict::NotApplicable);
        // What stands beside 不适用 says why, unless it is said elsewhere.
        if is_na && reason.is_none() && !has_reason {
            reason = note.take();
        }
        let too_long = |text: &Option<String>| text.as_ref().is_some_and(|t| t.chars().count() > MAX_TEXT_CHARS);
        let doubt = if self.choices.skipped.contains(&line) {
            Some(PasteDoubt::Skipped)
        } else if word.is_empty() && verdict.is_none() && note.is_none() && reason.is_none() {
            Some(PasteDoubt::Empty)
        } else if item.is_empty() {
            Some(PasteDoubt::NoItem)
        } else if items.coded(&item).is_none() {
            Some(PasteDoubt::UnknownItem)
        } else if is_unclear {
            Some(PasteDoubt::Unclear)
        } else if is_na && reason.is_none() && !has_reason {
            Some(PasteDoubt::NoReason)
        } else if too_long(&note) || too_long(&reason) {
            Some(PasteDoubt::TooLong)
        } else if verdict.is_none() && note.is_none() && reason.is_none() {
            Some(PasteDoubt::Empty)
        } else {
            None
        };
        PastedRow { line, item, patch: AnswerPatch { verdict, note, reason, ..AnswerPatch::default() }, word, doubt }
    }

    /// The verdict of a word, and whether it is unclear. Words that are to be asked are gathered.
    fn verdict_of(&self, word: &str, words: &mut Vec<AskedWord>) -> (Option<Verdict>, bool) {
        match self.meanings.of(word) {
            _ if word.is_empty() => (None, false),
            Some(Meaning::Is(verdict)) => (Some(verdict), false),
            Some(Meaning::Open) => (None, false),
            Some(Meaning::Ask) | None => {
                let chosen = self.choices.words.get(word);
                let verdict = chosen.copied().flatten();
                match words.iter_mut().find(|asked| asked.word == word) {
                    Some(asked) => asked.rows += 1,
                    None => {
                        let is_decided = chosen.is_some();
                        words.push(AskedWord { word: word.to_owned(), rows: 1, is_decided, verdict });
                    }
                }
                (verdict, chosen.is_none())
            }
        }
    }
}

/// Of several rows about one item none is taken over until the user has left out the others.
fn mark_twice(rows: &mut [PastedRow]) {
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    let counts = |row: &PastedRow| !matches!(row.doubt, Some(PasteDoubt::Skipped | PasteDoubt::Empty));
    for row in rows.iter().filter(|row| counts(row)) {
        *count.entry(row.item.clone()).or_default() += 1;
    }
    for row in rows {
        if row.doubt.is_none() && count.get(&row.item).is_some_and(|rows| *rows > 1) {
            row.doubt = Some(PasteDoubt::Twice);
        }
    }
}
