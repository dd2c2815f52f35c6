//! `finding …`.

use super::Context;
use super::changed::{changed, with_label};
use crate::args::Finding;
use crate::output::{Failure, Outcome, print};
use app::findings::{self, FindingDraft};
use std::path::Path;

pub fn run(context: &Context, command: Finding) -> Result<Outcome, Failure> {
    match command {
        Finding::Add { dir, item, grade, fact, criterion, cause, department } => {
            let (mut session, round) = context.open(&dir)?;
            let draft = FindingDraft {
                item,
                grade,
                fact,
                criterion: criterion.unwrap_or_default(),
                cause: cause.unwrap_or_default(),
                department: department.unwrap_or_default(),
            };
            let update = findings::add(&mut session, round, &draft)?;
            changed(context, session, round, &update)
        }
        Finding::List { dir } => list(context, &dir),
        Finding::Edit { dir, finding, item, grade, fact, criterion, cause, department } => {
            let (mut session, round) = context.open(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let held = findings::by_label(&snapshot, &finding)?;
            let id = held.id;
            let draft = FindingDraft {
                item: item.unwrap_or_else(|| held.item.clone()),
                grade: grade.unwrap_or(held.grade),
                fact: fact.unwrap_or_else(|| held.fact.clone()),
                criterion: criterion.unwrap_or_else(|| held.criterion.clone()),
                cause: cause.unwrap_or_else(|| held.cause.clone()),
                department: department.unwrap_or_else(|| held.department.clone()),
            };
            drop(snapshot);
            let update = findings::edit(&mut session, round, id, &draft)?;
            changed(context, session, round, &update)
        }
        Finding::Withdraw { dir, finding } => {
            let (mut session, round) = context.open(&dir)?;
            let id = findings::by_label(&session.snapshot(round)?.1, &finding)?.id;
            let update = findings::withdraw(&mut session, round, id)?;
            changed(context, session, round, &update)
        }
    }
}

fn list(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let (_, snapshot) = session.snapshot(round)?;
    let rows: Vec<_> = snapshot
        .findings
        .iter()
        .map(|f| {
            let mut row = with_label(&f.label(), f);
            row["open"] = snapshot.is_open(f).into();
            row
        })
        .collect();
    let lines = snapshot
        .findings
        .iter()
        .map(|f| format!("{}  {}  {}  {}", f.label(), f.item, f.grade.term().say(context.lang), f.fact));
    print(context.json, &rows, lines)?;
    Ok(Outcome::Done)
}
