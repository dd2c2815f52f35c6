//! A list that somebody else keeps, in whatever shape: what it would change, and taking that over as one step in the name of whoever filled
//! it in. Like a workbook that came back, but nobody knows what it was made from.

mod memory;
mod reading;

use crate::fields::{hinted, required_line};
use crate::files::read_up_to;
use crate::paste::AskedWord;
use crate::view::Update;
use crate::workbook::{Before, Weighed, WorkbookCell, WorkbookChoices, WorkbookRefusal, file_name, written};
use crate::{Error, Result, Session};
use domain::{Action, Id, Verdict};
use exchange::book;
use exchange::sheet::file::{self, File, Wanted};
use exchange::sheet::list::{self, Vocabulary};
use exchange::sheet::meaning::Line;
use exchange::sheet::{Column, Delimiter, Encoding, Items, Meaning, Meanings, folded};
use memory::Memory;
use reading::{Read, read};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What the user has said about a list so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct SheetChoices {
    /// How a text is written down; absent = as seen.
    pub encoding: Option<Encoding>,
    /// What stands between the cells of a text; absent = as seen.
    pub delimiter: Option<Delimiter>,
    /// Which sheet; absent = the one that names most items.
    pub sheet: Option<String>,
    /// The row of the headings, from 1; 0 = there are none; absent = as seen.
    pub heading: Option<u32>,
    /// What columns hold, from the left from 0; absent = as remembered or as seen.
    pub columns: BTreeMap<u32, Column>,
    /// What columns hold, by heading or letter. All others that are not clear are left out.
    pub named: BTreeMap<String, Column>,
    /// What words mean in this list; `None` = nothing is set.
    pub words: BTreeMap<String, Option<Verdict>>,
    /// The workspace remembers these words.
    pub keep_words: bool,
    /// About the cells.
    pub cells: WorkbookChoices,
}

/// What a list would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SheetPreview {
    /// How the file is read.
    pub source: SheetSource,
    /// The columns of the sheet, from the left.
    pub columns: Vec<SheetColumn>,
    /// Words of which it is not certain what they mean, or was not.
    pub words: Vec<AskedWord>,
    /// Cells that say something of what nothing is recorded of.
    pub changes: Vec<WorkbookCell>,
    /// Cells that would replace what is recorded.
    pub conflicts: Vec<WorkbookCell>,
    /// Cells that cannot be taken.
    pub refused: Vec<WorkbookRefusal>,
    /// How many cells somebody has to decide about first. Until then nothing is taken over.
    pub undecided: u32,
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SheetSource {
    /// Of a text: how it is written down.
    pub encoding: Option<Encoding>,
    /// Of a text: what stands between its cells.
    pub delimiter: Option<Delimiter>,
    /// The sheet that is read.
    pub sheet: String,
    /// All sheets that hold something.
    pub sheets: Vec<String>,
    /// The row of the headings, from 1; 0 = there are none.
    pub heading: u32,
    /// Rows that say something.
    pub rows: u32,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SheetColumn {
    /// `F`
    pub letter: String,
    /// Its heading; empty when there is none.
    pub heading: String,
    /// Its first few cells.
    pub samples: Vec<String>,
    /// What it holds; `None` = the user has to say.
    pub holds: Option<Column>,
}

/// A line of the table of words for verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct VerdictWord {
    /// The word.
    pub word: String,
    /// The stable name of a verdict; `open` = not assessed; `ask` = the user says each time.
    pub means: String,
    /// Whether the workspace says so.
    pub is_own: bool,
    /// Whether it is one of the program's own verdicts, which mean what they say.
    pub is_fixed: bool,
}

/// What the list at `path` would change. Writes nothing.
///
/// # Errors
/// When it cannot be read, and when the round is frozen.
pub fn preview(session: &mut Session, round: Id, path: &Path, choices: &SheetChoices) -> Result<SheetPreview> {
    Ok(Plan::of(session, round, path, "", choices)?.preview)
}

/// Takes a list over as one step, by `sender`, and remembers what was said of its columns and words. Nothing is written, and the answer has no
/// update, while a cell is undecided.
///
/// # Errors
/// As [`preview`], and when it cannot be written.
pub fn take_in(
    session: &mut Session,
    round: Id,
    path: &Path,
    sender: &str,
    choices: &SheetChoices,
) -> Result<(SheetPreview, Option<Update>)> {
    let sender = required_line("填写人", sender)?;
    let Plan { preview, edits, columns } = Plan::of(session, round, path, &sender, choices)?;
    if preview.undecided > 0 {
        return Ok((preview, None));
    }
    let update = written(session, round, (&sender, path), Action::TakeInSheet, &edits)?;
    remember(session, &columns, choices);
    let given: Vec<&String> = preview.changes.iter().chain(&preview.conflicts).map(|cell| &cell.new).collect();
    let update = hinted(update, &given);
    Ok((preview, Some(update)))
}

/// What was said of columns and words, for the next list. The list is taken in by now: that it cannot be remembered costs a question.
fn remember(session: &Session, columns: &[(String, Column)], choices: &SheetChoices) {
    let kept = Memory::change(session, |memory| {
        columns.iter().for_each(|(heading, column)| memory.put_column(heading, *column));
        for (word, verdict) in choices.words.iter().filter(|_| choices.keep_words) {
            // What a table cannot hold, as figures, was said of this list alone.
            let _ = memory.put_word(word, verdict.map_or(Meaning::Open, Meaning::Is));
        }
        Ok(())
    });
    if let Err(error) = kept {
        tracing::warn!(code = error.code(), "what was said of a list was not remembered");
    }
}

/// The table of words for verdicts: the workspace's own words first.
#[must_use]
pub fn words(session: &Session) -> Vec<VerdictWord> {
    let line = |line: Line| VerdictWord {
        word: line.word,
        means: line.meaning.key().to_owned(),
        is_own: line.is_own,
        is_fixed: line.is_fixed,
    };
    meanings(session).lines().into_iter().map(line).collect()
}

/// Puts a word into the table of the workspace, or gives one another meaning.
///
/// # Errors
/// When it is no word for verdicts, or nothing may be written.
pub fn set_word(session: &Session, word: &str, means: &str) -> Result<()> {
    let meaning = Meaning::named(means).ok_or_else(|| {
        let names = Meaning::ALL.map(Meaning::key).join(" / ");
        Error::Field { field: "结论用语", expected: (names.clone(), names).into() }
    })?;
    Memory::change(session, |memory| memory.put_word(word, meaning))
}

/// Takes a word of the workspace's own out of the table: what it meant before, if anything, it means again.
///
/// # Errors
/// When it is none of its own, or nothing may be written.
pub fn remove_word(session: &Session, word: &str) -> Result<()> {
    Memory::change(session, |memory| match memory.remove_word(word) {
        true => Ok(()),
        false => Err(Error::Field {
            field: "结论用语",
            expected: (
                format!("本工作区自己加入的用语；“{word}”不在其中，自带的用语可改为 ask（每次询问）"),
                format!(
                    "a word that this workspace put in; \"{word}\" is none, and those of the program can be set to ask"
                ),
            )
                .into(),
        }),
    })
}

/// What words mean in this workspace.
pub(crate) fn meanings(session: &Session) -> Meanings {
    Memory::read(session.dir()).meanings()
}

/// A list laid over the round: what the user sees, what would be written, and what was said of columns.
struct Plan {
    preview: SheetPreview,
    edits: Vec<store::Edit>,
    columns: Vec<(String, Column)>,
}

impl Plan {
    fn of(session: &mut Session, round: Id, path: &Path, sender: &str, choices: &SheetChoices) -> Result<Self> {
        session.may_write()?;
        let (pack, snapshot) = session.snapshot(round)?;
        let wanted = Wanted { encoding: choices.encoding, delimiter: choices.delimiter };
        let file = file::open(&file_name(path), &read_up_to(path, book::MAX_BYTES)?, wanted)?;
        if snapshot.assessment.frozen {
            return Err(Error::Frozen);
        }
        let memory = Memory::read(session.dir());
        let (items, meanings) = (Items::of(&pack), memory.meanings());
        let Read { sheet, layout, heading, chosen } = read(&file, &items, &meanings, &memory, choices)?;
        let in_list = choices.words.iter().map(|(word, verdict)| (folded(word), *verdict)).collect();
        let words = Vocabulary { meanings: &meanings, in_list: &in_list };
        let found = list::compare(&items, &snapshot, sheet, &layout, words);
        let mut env = session.env.clone();
        env.actor = sender.to_owned();
        let before = Before { pack: &pack, snapshot: &snapshot, papers: &[] };
        let weighed = Weighed::of(&env, &before, found.comparison, &choices.cells)?;
        let word = |asked: list::Word| AskedWord {
            is_decided: in_list.contains_key(&folded(&asked.word)),
            verdict: in_list.get(&folded(&asked.word)).copied().flatten(),
            word: asked.word,
            rows: asked.rows,
        };
        let preview = SheetPreview {
            source: source(&file, sheet, heading, found.rows),
            columns: reading::columns(sheet, &layout),
            words: found.words.into_iter().map(word).collect(),
            changes: weighed.changes,
            conflicts: weighed.conflicts,
            refused: weighed.refused,
            undecided: weighed.undecided,
        };
        Ok(Self { preview, edits: weighed.edits, columns: chosen })
    }
}

fn source(file: &File, sheet: &file::Sheet, heading: u32, rows: u32) -> SheetSource {
    SheetSource {
        encoding: file.encoding,
        delimiter: file.delimiter,
        sheet: sheet.name.clone(),
        sheets: file.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        heading,
        rows,
    }
}
