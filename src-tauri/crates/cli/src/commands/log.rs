//! `history`, `undo`, `redo`.

use super::Context;
use crate::output::{Failure, Outcome, close_and_print, print, remark};
use crate::words;
use app::store::HistoryQuery;
use domain::Lang;
use serde_json::json;
use std::path::Path;

pub fn history(context: &Context, dir: &Path, code: Option<String>) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    if let Some(code) = &code {
        let (pack, _) = session.snapshot(round)?;
        if pack.item(code).is_none() {
            return Err(app::Error::UnknownItem(code.clone()).into());
        }
    }
    let query = HistoryQuery { assessment: Some(round), item: code, ..HistoryQuery::default() };
    let changes = app::log::history(&session, &query)?;
    let lines = changes.iter().map(|c| {
        let at = c.at.with_timezone(session.env.local().offset()).format("%Y-%m-%d %H:%M:%S");
        format!("{at}  {}  {}  {} {}：{} → {}", c.actor, c.action, c.key, c.field, c.old, c.new)
    });
    print(context.json, &changes, lines.collect::<Vec<_>>())?;
    Ok(Outcome::Done)
}

pub fn step(context: &Context, dir: &Path, back: bool) -> Result<Outcome, Failure> {
    let (mut session, round) = context.open(dir)?;
    let (undo, redo) = app::log::next_steps(&session, round)?;
    let what = if back { undo } else { redo };
    let update = if back { app::log::undo(&mut session, round)? } else { app::log::redo(&mut session, round)? };
    if update.is_none() {
        let (zh, en) = if back {
            ("没有可撤销的操作", "nothing to undo")
        } else {
            ("没有可重做的操作", "nothing to redo")
        };
        remark(context.lang, zh, en);
    }
    let (_, snapshot) = session.snapshot(round)?;
    let word = match (back, context.lang) {
        (true, Lang::Zh) => "已撤销",
        (true, Lang::En) => "undone",
        (false, Lang::Zh) => "已重做",
        (false, Lang::En) => "redone",
    };
    let line = what.as_ref().filter(|_| update.is_some()).map(|step| {
        let action = words::action(&step.action, context.lang);
        format!("{word}  {action}  {}", step.items.join(" ")).trim_end().to_owned()
    });
    let value = json!({
        "done": update.is_some(), "batch": update.map(|u| u.batch), "what": what, "root": snapshot.root(),
    });
    close_and_print(session, context.json, &value, line)?;
    Ok(Outcome::Done)
}
