//! `sheet in`, `sheet words`.

use super::Context;
use super::workbook::{brief, lines};
use crate::args::{Sheet, SheetIn, Words};
use crate::output::{Failure, Outcome, close_and_print, print, remark};
use app::exchange::sheet::{Delimiter, Encoding, Meaning};
use app::sheet::{self, SheetChoices, SheetPreview};
use app::workbook::{Take, WorkbookChoices};
use domain::{Lang, terms};
use serde_json::json;
use std::path::Path;

pub fn run(context: &Context, command: &Sheet) -> Result<Outcome, Failure> {
    match command {
        Sheet::In(wanted) => take_in(context, wanted),
        Sheet::Words(Words::List { dir }) => words(context, dir),
        Sheet::Words(Words::Set { dir, word, means }) => {
            let session = context.open_any(dir)?;
            sheet::set_word(&session, word, means)?;
            answer(context, session)
        }
        Sheet::Words(Words::Remove { dir, word }) => {
            let session = context.open_any(dir)?;
            sheet::remove_word(&session, word)?;
            answer(context, session)
        }
    }
}

fn take_in(context: &Context, wanted: &SheetIn) -> Result<Outcome, Failure> {
    let choices = SheetChoices {
        encoding: wanted.encoding,
        delimiter: wanted.delimiter,
        sheet: wanted.sheet.clone(),
        heading: wanted.heading,
        named: wanted.map.iter().cloned().collect(),
        words: wanted.words.iter().cloned().collect(),
        cells: WorkbookChoices {
            conflicts: wanted.mine.then_some(Take::Mine).or(wanted.theirs.then_some(Take::Theirs)),
            leave_out_refused: wanted.skip_refused,
            ..WorkbookChoices::default()
        },
        ..SheetChoices::default()
    };
    let (mut session, round) = if wanted.dry_run { context.read(&wanted.dir)? } else { context.open(&wanted.dir)? };
    let (seen, update) = if wanted.dry_run {
        (sheet::preview(&mut session, round, &wanted.file, &choices)?, None)
    } else {
        sheet::take_in(&mut session, round, &wanted.file, &context.actor, &choices)?
    };
    let applied = update.is_some_and(|update| update.batch.is_some());
    let answer = json!({
        "changes": seen.changes, "conflicts": seen.conflicts, "refused": seen.refused, "undecided": seen.undecided,
        "source": seen.source, "columns": seen.columns, "words": seen.words, "applied": applied,
    });
    tell(context, &seen, applied);
    let lists = [(&*seen.changes, "·"), (&*seen.conflicts, "≠")];
    close_and_print(session, context.json, &answer, lines(context.lang, &lists, &seen.refused))?;
    Ok(if seen.undecided == 0 { Outcome::Done } else { Outcome::Defects })
}

/// How the list was read, what has to be said before anything is written, and how.
fn tell(context: &Context, seen: &SheetPreview, applied: bool) {
    let lang = context.lang;
    let (zh, en) = (read_as(seen, Lang::Zh), read_as(seen, Lang::En));
    remark(lang, &zh, &en);
    let others: Vec<&str> = seen.source.sheets.iter().map(String::as_str).filter(|n| *n != seen.source.sheet).collect();
    if !others.is_empty() {
        let others = others.join(lang.pick("、", ", "));
        remark(
            lang,
            &format!("没有读的工作表：{others}（--sheet 选择）"),
            &format!("sheets that were not read: {others} (choose with --sheet)"),
        );
    }
    if seen.conflicts.iter().any(|cell| cell.take.is_none()) {
        remark(
            lang,
            "与现有内容不同的格（≠）待决定：--mine 保留现有内容，--theirs 以表格为准；没有写入任何内容",
            "cells that would replace what is recorded (≠) are undecided: --mine keeps what is recorded, --theirs takes the list's; nothing was written",
        );
    }
    if seen.columns.iter().any(|column| column.holds.is_none()) {
        remark(
            lang,
            "有的列是什么不清楚：以 --map 说明，如 --map \"备注=note,C=skip\"",
            "it is not clear what some columns hold: say so with --map, as --map \"Remark=note,C=skip\"",
        );
    }
    let asked: Vec<String> = seen.words.iter().filter(|word| !word.is_decided).map(|word| brief(&word.word)).collect();
    if !asked.is_empty() {
        let asked = asked.join(lang.pick("、", ", "));
        remark(
            lang,
            &format!("看不懂的结论用语：{asked}；以 --words 说明，或用 sheet words set 记住"),
            &format!(
                "words that are no verdict for certain: {asked}; say what they mean with --words, or for good with sheet words set"
            ),
        );
    }
    if seen.refused.iter().any(|refused| !refused.left_out) {
        remark(
            lang,
            "有的格无法取入（✗）：请在文件中改正，或以 --skip-refused 略过；没有写入任何内容",
            "some cells cannot be taken (✗): mend them in the file, or leave them out with --skip-refused; nothing was written",
        );
    }
    if seen.undecided == 0 && !applied && seen.changes.is_empty() && seen.conflicts.is_empty() {
        match seen.source.rows {
            0 => remark(lang, "表头下面没有说到任何条目的行", "no row below the headings says anything of an item"),
            _ => remark(lang, "没有改动", "nothing is different"),
        }
    }
}

/// `清单.csv 按 GB18030、逗号读取，表头在第 3 行：编号=条目编号 …`
fn read_as(seen: &SheetPreview, lang: Lang) -> String {
    let source = &seen.source;
    let delimiter = source.delimiter.map(|delimiter| match delimiter {
        Delimiter::Comma => lang.pick("逗号", "commas"),
        Delimiter::Semicolon => lang.pick("分号", "semicolons"),
        Delimiter::Tab => lang.pick("制表符", "tabs"),
    });
    let how: Vec<&str> = source.encoding.map(Encoding::name).into_iter().chain(delimiter).collect();
    let how = if how.is_empty() { String::new() } else { format!(" ({})", how.join(lang.pick("、", ", "))) };
    let columns = seen.columns.iter().filter_map(|column| Some((column, column.holds?)));
    let columns = columns.filter(|(_, holds)| *holds != app::exchange::sheet::Column::Skip);
    let columns: Vec<String> = columns
        .map(|(column, holds)| {
            let name = if column.heading.is_empty() { &column.letter } else { &column.heading };
            format!("{}={}", brief(name), holds.term().say(lang))
        })
        .collect();
    let columns = columns.join(lang.pick("，", ", "));
    let (sheet, row) = (brief(&source.sheet), source.heading);
    match lang {
        Lang::Zh => format!("读取{sheet}{how}，表头在第 {row} 行：{columns}"),
        Lang::En => format!("read {sheet}{how}, headings in row {row}: {columns}"),
    }
}

fn words(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let session = context.read_any(dir)?;
    let words = sheet::words(&session);
    print(context.json, &words, table(&words, context.lang))?;
    session.close()?;
    Ok(Outcome::Done)
}

fn answer(context: &Context, session: app::Session) -> Result<Outcome, Failure> {
    let words = sheet::words(&session);
    let own: Vec<_> = words.iter().filter(|word| word.is_own).cloned().collect();
    close_and_print(session, context.json, &words, table(&own, context.lang))?;
    Ok(Outcome::Done)
}

fn table(words: &[sheet::VerdictWord], lang: Lang) -> Vec<String> {
    let line = |word: &sheet::VerdictWord| {
        let own = if word.is_own { lang.pick("  （本工作区）", "  (this workspace)") } else { "" };
        format!("{}  {}{own}", word.word, meaning(&word.means, lang))
    };
    words.iter().map(line).collect()
}

fn meaning(key: &str, lang: Lang) -> &'static str {
    match Meaning::named(key) {
        Some(Meaning::Is(verdict)) => verdict.term().say(lang),
        Some(Meaning::Open) => terms::UNASSESSED.say(lang),
        Some(Meaning::Ask) | None => lang.pick("每次询问", "asked each time"),
    }
}
