//! A checklist workbook that came back: what it would change, and taking that over as one step under the name of whoever filled it in.

mod rows;

use crate::fields::{hinted, required_line};
use crate::files::read_up_to;
use crate::requests::{requests, with_departments};
use crate::view::Update;
use crate::{Error, Result, Session, upkeep};
use domain::{Action, CriteriaPack, Id, Instant, Paper, Snapshot, Words};
use exchange::book;
use exchange::workbook::{self, Comparison, Difference, Field, Filled, Kind, Refused, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Whose value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Take {
    /// What is recorded.
    Mine,
    /// What came back.
    Theirs,
}

/// What the user has decided about a workbook so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct WorkbookChoices {
    /// For single cells, by their address.
    pub cells: BTreeMap<String, Take>,
    /// For all other cells that were changed on both sides.
    pub conflicts: Option<Take>,
    /// For all other cells that were emptied.
    pub cleared: Option<Take>,
    /// Cells that cannot be taken are left out.
    pub leave_out_refused: bool,
}

/// What a workbook would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WorkbookPreview {
    /// Who was to fill it in; may be empty.
    pub recipient: String,
    /// When it was made.
    pub made_at: Instant,
    /// Cells that were changed in the workbook alone.
    pub changes: Vec<WorkbookCell>,
    /// Cells that were changed on both sides.
    pub conflicts: Vec<WorkbookCell>,
    /// Cells that were emptied in the workbook.
    pub cleared: Vec<WorkbookCell>,
    /// Cells that cannot be taken.
    pub refused: Vec<WorkbookRefusal>,
    /// How many cells somebody has to decide about first. Until then nothing is taken over.
    pub undecided: u32,
}

/// A cell with another value than is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WorkbookCell {
    /// Which list.
    pub table: Table,
    /// Code of the item, or label of the row.
    pub item: String,
    /// Which of its fields.
    pub field: Field,
    /// What was sent out.
    pub base: String,
    /// What is recorded: a stable name, a day, numbers of evidence, or a text.
    pub old: String,
    /// What came back.
    pub new: String,
    /// Where it stands: `现场管理!F12`.
    pub cell: String,
    /// Whose value is kept; `None` = to be decided.
    pub take: Option<Take>,
}

/// A cell that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WorkbookRefusal {
    /// Where it stands.
    pub cell: String,
    /// What it holds.
    pub value: String,
    /// What was expected.
    pub expected: String,
    /// The same in English.
    pub expected_en: String,
    /// Whether the user leaves it out.
    pub left_out: bool,
}

/// What the workbook at `path` would change. Writes nothing.
///
/// # Errors
/// When it cannot be read, is none of ours or of another round, and when the round is frozen.
pub fn preview(session: &mut Session, round: Id, path: &Path, choices: &WorkbookChoices) -> Result<WorkbookPreview> {
    Ok(Plan::of(session, round, path, "", choices)?.preview)
}

/// Takes a workbook over as one step, by `sender`. Nothing is written, and the answer has no update, while a cell is undecided.
///
/// # Errors
/// As [`preview`], and when it cannot be written.
pub fn take_in(
    session: &mut Session,
    round: Id,
    path: &Path,
    sender: &str,
    choices: &WorkbookChoices,
) -> Result<(WorkbookPreview, Option<Update>)> {
    let sender = required_line("填写人", sender)?;
    let plan = Plan::of(session, round, path, &sender, choices)?;
    if plan.preview.undecided > 0 {
        return Ok((plan.preview, None));
    }
    let update = written(session, round, (&sender, path), plan.action, &plan.edits)?;
    let given: Vec<&String> = plan.preview.changes.iter().map(|cell| &cell.new).collect();
    let update = hinted(update, &given);
    Ok((plan.preview, Some(update)))
}

/// Writes what came in a file as one step, in the name of whoever filled it in.
pub(crate) fn written(
    session: &mut Session,
    round: Id,
    (sender, path): (&str, &Path),
    action: Action,
    edits: &[store::Edit],
) -> Result<Update> {
    let failed = upkeep::before_bulk(session, edits.len());
    let actor = format!("{sender} via {}", crate::fields::line("文件名", &file_name(path))?);
    let mut update = session.commit_by(actor, round, action, edits)?;
    update.warnings.extend(failed);
    Ok(update)
}

/// The name of a file, without its folders.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A workbook laid over the round: what the user sees, and what would be written.
struct Plan {
    preview: WorkbookPreview,
    action: Action,
    edits: Vec<store::Edit>,
}

impl Plan {
    fn of(session: &mut Session, round: Id, path: &Path, sender: &str, choices: &WorkbookChoices) -> Result<Self> {
        session.may_write()?;
        let (pack, snapshot) = session.snapshot(round)?;
        let pack = with_departments(pack)?;
        let filled = workbook::read(&read_up_to(path, book::MAX_BYTES)?)?;
        is_of_this_round(session, &snapshot, &filled)?;
        // What was approved stands still; papers go on being handed in.
        let is_request_list = filled.holds_only_papers();
        if snapshot.assessment.frozen && !is_request_list {
            return Err(Error::Frozen);
        }
        let (requests, meanings) = (requests(session, &pack, &snapshot)?, crate::sheet::meanings(session));
        let found = workbook::compare(&pack, &snapshot, &requests, &filled, &meanings);
        let mut env = session.env.clone();
        env.actor = sender.to_owned();
        let papers = session.workspace.papers(round)?;
        let before = Before { pack: &pack, snapshot: &snapshot, papers: &papers };
        let weighed = Weighed::of(&env, &before, found, choices)?;
        let preview = WorkbookPreview {
            recipient: filled.origin.recipient,
            made_at: filled.origin.made_at.to_utc(),
            changes: weighed.changes,
            conflicts: weighed.conflicts,
            cleared: weighed.cleared,
            refused: weighed.refused,
            undecided: weighed.undecided,
        };
        let action = if is_request_list { Action::HandIn } else { Action::TakeInWorkbook };
        Ok(Self { preview, action, edits: weighed.edits })
    }
}

/// The round before anything of a file is in it.
pub(crate) struct Before<'a> {
    pub pack: &'a CriteriaPack,
    pub snapshot: &'a Snapshot,
    /// What is noted of the papers that are asked for.
    pub papers: &'a [Paper],
}

/// What is different in a file, with what the user has decided about it.
pub(crate) struct Weighed {
    pub changes: Vec<WorkbookCell>,
    pub conflicts: Vec<WorkbookCell>,
    pub cleared: Vec<WorkbookCell>,
    pub refused: Vec<WorkbookRefusal>,
    /// How many cells somebody has to decide about first.
    pub undecided: u32,
    /// The rows as they would be written.
    pub edits: Vec<store::Edit>,
}

impl Weighed {
    /// Weighs what was found; whoever `env` names is the one who filled the file in.
    pub fn of(env: &crate::Env, before: &Before<'_>, found: Comparison, choices: &WorkbookChoices) -> Result<Self> {
        let cells = found.differences.into_iter().map(|d| (choices.take(&d), d)).collect();
        let (cells, mut refused, edits) = checked(env, before, cells)?;
        refused.splice(0..0, found.refused);
        let refused: Vec<_> = refused.into_iter().map(|refused| refusal(refused, choices)).collect();
        let stuck = refused.iter().filter(|refused| !refused.left_out).count();
        let (changes, conflicts, cleared) = Default::default();
        let undecided = u32::try_from(stuck).unwrap_or(u32::MAX);
        let mut weighed = Self { changes, conflicts, cleared, refused, undecided, edits };
        for (take, difference) in cells {
            let list = match difference.kind {
                Kind::Change => &mut weighed.changes,
                Kind::Conflict => &mut weighed.conflicts,
                Kind::Cleared => &mut weighed.cleared,
            };
            weighed.undecided += u32::from(take.is_none());
            list.push(shown(take, difference));
        }
        Ok(weighed)
    }
}

type Decided = Vec<(Option<Take>, Difference)>;

/// What the rows would look like with all that is taken; whatever a row cannot be is refused, and the rest looked at again.
fn checked(
    env: &crate::Env,
    before: &Before<'_>,
    mut cells: Decided,
) -> Result<(Decided, Vec<Refused>, Vec<store::Edit>)> {
    let mut refused = Vec::new();
    loop {
        let taken: Vec<&Difference> = cells.iter().filter(|(t, _)| *t == Some(Take::Theirs)).map(|(_, d)| d).collect();
        let (edits, bad) = rows::edits(env, before, &taken)?;
        if bad.is_empty() {
            return Ok((cells, refused, edits));
        }
        for (cell, expected) in bad {
            let Some(at) = cells.iter().position(|(_, d)| d.cell == cell) else { continue };
            let (_, Difference { cell, theirs, .. }) = cells.remove(at);
            refused.push(Refused { cell, value: theirs, expected });
        }
    }
}

impl WorkbookChoices {
    fn take(&self, difference: &Difference) -> Option<Take> {
        self.cells.get(&difference.cell).copied().or(match difference.kind {
            Kind::Change => Some(Take::Theirs),
            Kind::Conflict => self.conflicts,
            Kind::Cleared => self.cleared,
        })
    }
}

fn shown(take: Option<Take>, difference: Difference) -> WorkbookCell {
    let Difference { table, key, field, cell, base, mine, theirs, .. } = difference;
    WorkbookCell { table, item: key, field, base, old: mine, new: theirs, cell, take }
}

fn refusal(refused: Refused, choices: &WorkbookChoices) -> WorkbookRefusal {
    let left_out = choices.leave_out_refused || choices.cells.get(&refused.cell) == Some(&Take::Mine);
    let Words { chinese, english } = refused.expected;
    WorkbookRefusal { cell: refused.cell, value: refused.value, expected: chinese, expected_en: english, left_out }
}

/// Refuses what was made from another round, and says where it belongs.
fn is_of_this_round(session: &Session, snapshot: &Snapshot, filled: &Filled) -> Result<()> {
    let of = filled.origin.assessment;
    if of == snapshot.assessment.id {
        return Ok(());
    }
    let words: Words = match session.rounds()?.into_iter().find(|round| round.id == of) {
        Some(other) => (
            format!("核查表属于本工作区的另一次评估“{}”；请切换到那次评估再取回", other.title),
            format!(
                "the workbook belongs to another assessment of this workspace, \"{}\"; open that one first",
                other.title
            ),
        )
            .into(),
        None => (
            "核查表由另一个工作区导出；请打开导出它的工作区再取回",
            "the workbook was exported from another workspace; open that one and take it back there",
        )
            .into(),
    };
    Err(exchange::Error::Workbook(words).into())
}
