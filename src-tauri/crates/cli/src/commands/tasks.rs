//! `task …`.

use super::Context;
use super::changed::{changed, task_line, with_label};
use crate::args::{Move, Task};
use crate::output::{Failure, Outcome, print};
use app::tasks::{self, Closure, TaskDraft};
use app::{evidence, findings};
use domain::{Snapshot, TaskState};
use std::path::Path;

pub fn run(context: &Context, command: Task) -> Result<Outcome, Failure> {
    match command {
        Task::Add { dir, finding, item, kind, title, detail, owner, due, priority } => {
            let (mut session, round) = context.open(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let draft = TaskDraft {
                finding: finding.map(|label| findings::by_label(&snapshot, &label).map(|f| f.id)).transpose()?,
                item: item.unwrap_or_default(),
                kind,
                title,
                detail: detail.unwrap_or_default(),
                owner,
                due: Some(due),
                priority,
            };
            drop(snapshot);
            let update = tasks::add(&mut session, round, &draft)?;
            changed(context, session, round, &update)
        }
        Task::List { dir } => list(context, &dir),
        Task::Edit { dir, task, finding, item, kind, title, detail, owner, due, priority } => {
            let (mut session, round) = context.open(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let held = tasks::by_label(&snapshot, &task)?;
            let id = held.id;
            let finding = finding.map(|label| findings::by_label(&snapshot, &label).map(|f| f.id)).transpose()?;
            let draft = TaskDraft {
                // Named with an item alone it answers no finding any more.
                finding: if item.is_some() { None } else { finding.or(held.finding) },
                item: item.unwrap_or_else(|| held.item.clone()),
                kind: kind.or(Some(held.kind)),
                title: title.unwrap_or_else(|| held.title.clone()),
                detail: detail.unwrap_or_else(|| held.detail.clone()),
                owner: owner.unwrap_or_else(|| held.owner.clone()),
                due: due.map_or(held.due, |day| day.0),
                priority: priority.unwrap_or(held.priority),
            };
            drop(snapshot);
            let update = tasks::edit(&mut session, round, id, &draft)?;
            changed(context, session, round, &update)
        }
        Task::Move { dir, task, state, result, verifier, proof } => {
            let (mut session, round) = context.open(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let id = tasks::by_label(&snapshot, &task)?.id;
            let closure = Closure {
                result: result.unwrap_or_default(),
                verifier: verifier.unwrap_or_default(),
                proof: named(&snapshot, &proof)?,
            };
            drop(snapshot);
            let update = tasks::move_to(&mut session, round, id, target(state), &closure)?;
            changed(context, session, round, &update)
        }
        Task::Withdraw { dir, task } => {
            let (mut session, round) = context.open(&dir)?;
            let id = tasks::by_label(&session.snapshot(round)?.1, &task)?.id;
            let update = tasks::withdraw(&mut session, round, id)?;
            changed(context, session, round, &update)
        }
    }
}

fn named(snapshot: &Snapshot, labels: &[String]) -> app::Result<Vec<domain::Id>> {
    labels.iter().map(|label| evidence::by_label(snapshot, label).map(|e| e.id)).collect()
}

const fn target(state: Move) -> TaskState {
    match state {
        Move::Todo => TaskState::Todo,
        Move::Doing | Move::Reopened => TaskState::Doing,
        Move::ToVerify => TaskState::ToVerify,
        Move::Closed => TaskState::Closed,
    }
}

fn list(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let (_, snapshot) = session.snapshot(round)?;
    let today = session.env.today();
    let rows: Vec<_> = snapshot
        .tasks
        .iter()
        .map(|t| {
            let mut row = with_label(&t.label(), t);
            row["overdue"] = t.is_overdue(today).into();
            row
        })
        .collect();
    print(context.json, &rows, snapshot.tasks.iter().map(|t| task_line(context.lang, t)))?;
    Ok(Outcome::Done)
}
