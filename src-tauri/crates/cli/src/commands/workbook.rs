//! `workbook out`, `workbook in`.

use super::Context;
use super::exports::tell_how_to_replace;
use crate::args::{Workbook, WorkbookIn, WorkbookOut};
use crate::output::{Failure, Outcome, close_and_print, remark};
use app::exchange::workbook::Holds;
use app::exports::{self, WorkbookOptions};
use app::workbook::{self, Take, WorkbookCell, WorkbookChoices, WorkbookPreview, WorkbookRefusal};
use domain::Lang;
use serde_json::json;

pub fn run(context: &Context, command: &Workbook) -> Result<Outcome, Failure> {
    match command {
        Workbook::Out(wanted) => out(context, wanted),
        Workbook::In(wanted) => take_in(context, wanted),
    }
}

fn out(context: &Context, wanted: &WorkbookOut) -> Result<Outcome, Failure> {
    let WorkbookOut { dir, output, domain, blank, recipient, overwrite } = wanted;
    let extension = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    if !matches!(extension.as_deref(), Some("xlsx" | "pdf")) {
        let expected = (
            "文件名应以 .xlsx 结尾，空白表也可为 .pdf",
            "the name of the file ends in .xlsx, of the blank form in .pdf too",
        );
        return Err(app::Error::Field { field: "保存位置", expected: expected.into() }.into());
    }
    let options = WorkbookOptions { domain: domain.clone(), blank: *blank, recipient: recipient.clone() };
    let (mut session, round) = context.read(dir)?;
    exports::workbook(&mut session, round, output, &options, context.lang, *overwrite)
        .inspect_err(|e| tell_how_to_replace(context, e))?;
    close_and_print(session, context.json, &json!({ "file": output }), [output.display().to_string()])?;
    Ok(Outcome::Done)
}

fn take_in(context: &Context, wanted: &WorkbookIn) -> Result<Outcome, Failure> {
    let which = |mine: bool, theirs: bool| mine.then_some(Take::Mine).or(theirs.then_some(Take::Theirs));
    let choices = WorkbookChoices {
        conflicts: which(wanted.mine, wanted.theirs),
        cleared: which(wanted.keep_cleared, wanted.take_cleared),
        leave_out_refused: wanted.skip_refused,
        ..WorkbookChoices::default()
    };
    let (mut session, round) = if wanted.dry_run { context.read(&wanted.dir)? } else { context.open(&wanted.dir)? };
    let mut seen = workbook::preview(&mut session, round, &wanted.file, &choices)?;
    let mut applied = false;
    if !wanted.dry_run && seen.undecided == 0 {
        let is_unnamed = seen.recipient.is_empty() || context.is_named;
        let sender = if is_unnamed { context.actor.clone() } else { seen.recipient.clone() };
        let (taken, update) = workbook::take_in(&mut session, round, &wanted.file, &sender, &choices)?;
        seen = taken;
        applied = update.is_some_and(|update| update.batch.is_some());
    }
    let answer = json!({
        "changes": seen.changes, "conflicts": seen.conflicts, "cleared": seen.cleared, "refused": seen.refused,
        "undecided": seen.undecided, "recipient": seen.recipient, "applied": applied,
    });
    tell(context, &seen, applied);
    let lists = [(&*seen.changes, "·"), (&*seen.conflicts, "≠"), (&*seen.cleared, "∅")];
    close_and_print(session, context.json, &answer, lines(context.lang, &lists, &seen.refused))?;
    Ok(if seen.undecided == 0 { Outcome::Done } else { Outcome::Defects })
}

/// One line for each cell, with a sign for what is to become of it.
pub(super) fn lines(lang: Lang, lists: &[(&[WorkbookCell], &str)], refused: &[WorkbookRefusal]) -> Vec<String> {
    let marked = |(cells, mark): &(&[WorkbookCell], &str)| -> Vec<String> {
        cells.iter().map(|cell| format!("{mark} {}", line(lang, cell))).collect()
    };
    let mut lines: Vec<_> = lists.iter().flat_map(marked).collect();
    lines.extend(refused.iter().map(|refused| {
        let expected = lang.pick(&refused.expected, &refused.expected_en);
        format!("✗ {}  {}  {} {expected}", refused.cell, brief(&refused.value), lang.pick("应为", "expected"))
    }));
    lines
}

fn line(lang: Lang, cell: &WorkbookCell) -> String {
    let column = cell.table.column(cell.field);
    let shown = |value: &str| brief(column.map_or(Holds::Text, |column| column.holds).shown(value, lang));
    let heading = column.map_or("", |column| column.heading.say(lang));
    format!("{}  {}  {heading}: {} → {}", cell.cell, cell.item, shown(&cell.old), shown(&cell.new))
}

/// The beginning of a text, on one line.
pub(super) fn brief(text: &str) -> String {
    const MOST: usize = 40;
    let line: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() { line + "…" } else { line }
}

/// What has to be said before anything is written, and how.
fn tell(context: &Context, seen: &WorkbookPreview, applied: bool) {
    let is_open = |cells: &[WorkbookCell]| cells.iter().any(|cell| cell.take.is_none());
    if is_open(&seen.conflicts) {
        remark(
            context.lang,
            "两边都改过的格（≠）待决定：--mine 保留现有内容，--theirs 以工作簿为准；没有写入任何内容",
            "cells changed on both sides (≠) are undecided: --mine keeps what is recorded, --theirs takes the workbook's; nothing was written",
        );
    }
    if is_open(&seen.cleared) {
        remark(
            context.lang,
            "被清空的格（∅）待决定：--take-cleared 清空，--keep-cleared 保留；没有写入任何内容",
            "emptied cells (∅) are undecided: --take-cleared clears them, --keep-cleared keeps what is recorded; nothing was written",
        );
    }
    if seen.refused.iter().any(|refused| !refused.left_out) {
        remark(
            context.lang,
            "有的格无法取回（✗）：请在文件中改正，或以 --skip-refused 略过；没有写入任何内容",
            "some cells cannot be taken (✗): mend them in the file, or leave them out with --skip-refused; nothing was written",
        );
    }
    if seen.undecided == 0 && !applied && seen.changes.is_empty() {
        remark(context.lang, "没有改动", "nothing is different");
    }
}
