//! `doctor`, `backup`, `backups`, `restore`.

use super::Context;
use crate::output::{Failure, Outcome, print};
use app::upkeep;
use serde_json::json;
use std::ops::ControlFlow;
use std::path::Path;

pub fn doctor(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let session = app::Session::open(dir, context.env())?;
    let troubles = upkeep::doctor(&session, &mut |_, _| ControlFlow::Continue(()))?;
    let lines = troubles.iter().map(|t| format!("{}  {}", t.subject, t.message));
    print(context.json, &json!({ "troubles": troubles }), lines.collect::<Vec<_>>())?;
    Ok(if troubles.is_empty() { Outcome::Done } else { Outcome::Defects })
}

pub fn backup(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let session = app::Session::open(dir, context.env())?;
    let made = upkeep::backup(&session)?;
    print(context.json, &made, [made.path.clone()])?;
    session.close()?;
    Ok(Outcome::Done)
}

pub fn backups(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let list = upkeep::backups(dir)?;
    print(context.json, &list, list.iter().map(|b| b.path.clone()))?;
    Ok(Outcome::Done)
}

pub fn restore(context: &Context, dir: &Path, from: &Path) -> Result<Outcome, Failure> {
    let restored = upkeep::restore(dir, from, &context.env())?;
    print(context.json, &restored, restored.kept_aside.clone())?;
    Ok(Outcome::Done)
}
