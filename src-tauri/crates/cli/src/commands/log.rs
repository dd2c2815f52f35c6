//! `history`, `undo`, `redo`.

use super::Context;
use crate::output::{Failure, Outcome, close_and_print, print, remark};
use crate::words;
use app::store::HistoryQuery;
use domain::{Change, Entity, Lang, PackIdentity};
use serde_json::{Value, json};
use std::path::Path;

pub fn history(context: &Context, dir: &Path, code: Option<String>) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let query = HistoryQuery { assessment: Some(round), item: code.clone(), ..HistoryQuery::default() };
    let changes = app::log::history(&session, &query)?;
    if let Some(code) = code {
        let (pack, _) = session.snapshot(round)?;
        // The criteria may hold it no longer; what was recorded on it is still told.
        if changes.is_empty() && pack.item(&code).is_none() {
            return Err(app::Error::UnknownItem(code).into());
        }
    }
    let criteria = session.criteria_of(round)?;
    let lines = changes.iter().map(|c| {
        let at = c.at.with_timezone(session.env.local().offset()).format("%Y-%m-%d %H:%M:%S");
        let [old, new] = [&c.old, &c.new].map(|value| said(&criteria, c, value));
        format!("{at}  {}  {}  {} {}：{old} → {new}", c.actor, c.action, c.key, c.field)
    });
    let rows: Vec<_> = changes.iter().map(|change| with_names(&criteria, change)).collect();
    print(context.json, &rows, lines.collect::<Vec<_>>())?;
    Ok(Outcome::Done)
}

/// The criteria that one end of a change names.
fn named<'a>(criteria: &'a [PackIdentity], change: &Change, value: &Value) -> Option<&'a PackIdentity> {
    let is_pack = change.entity == Entity::Assessment && change.field == "pack_sha256";
    criteria.iter().find(|pack| is_pack && *value == *pack.sha256)
}

/// A value; of criteria what they are called too.
fn said(criteria: &[PackIdentity], change: &Change, value: &Value) -> String {
    match named(criteria, change, value) {
        Some(pack) => format!("{} {} ({})", pack.standard, pack.version, pack.sha256),
        None => value.to_string(),
    }
}

/// A change with what the criteria are called that it names.
fn with_names(criteria: &[PackIdentity], change: &Change) -> Value {
    let mut row = serde_json::to_value(change).unwrap_or_default();
    for (field, value) in [("old_criteria", &change.old), ("new_criteria", &change.new)] {
        if let Some(pack) = named(criteria, change, value) {
            row[field] = json!(pack);
        }
    }
    row
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
