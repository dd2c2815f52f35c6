//! Commands that write: `new`, `sample`, `mark`, `evidence`, `finding`, `task`.

use super::Context;
use super::conditions::named;
use crate::args::{Evidence, Finding, Language, Mark, Move, New, Task};
use crate::output::{Failure, Outcome, print, remark};
use crate::words;
use app::answers::{self, AnswerPatch};
use app::evidence::EvidenceDraft;
use app::findings::FindingDraft;
use app::tasks::{Closure, DUE_IN_THE_PAST, TaskDraft};
use app::view::NewRound;
use app::{Session, Update, evidence as evidence_verbs, findings, rounds, sample as sample_verbs, tasks};
use domain::{FileState, Id, TaskState};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::Path;

pub fn new(context: &Context, new: New) -> Result<Outcome, Failure> {
    let (pack, text) = app::criteria::load(new.criteria.as_deref())?;
    // Checked before anything is created: a refused organisation or period must not leave an empty workspace behind.
    let wanted = NewRound {
        organization: new.organization,
        title: new.title.unwrap_or_default(),
        period_from: new.from,
        period_to: new.to,
        conditions: new.conditions.map(named),
        ..NewRound::default()
    };
    rounds::check(&wanted)?;
    let mut session = Session::create(&new.dir, context.env(), &pack, &text)?;
    let pack = session.adopt_pack(pack, &text)?;
    let round = rounds::start(&mut session, &pack, &wanted)?;
    created(context, session, round, &new.dir)
}

pub fn sample(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (session, round) = sample_verbs::create(dir, context.env())?;
    created(context, session, round, dir)
}

fn created(context: &Context, mut session: Session, round: Id, dir: &Path) -> Result<Outcome, Failure> {
    let (_, snapshot) = session.snapshot(round)?;
    let value = json!({
        "workspace": dir, "assessment": round, "title": snapshot.assessment.title, "root": snapshot.root(),
    });
    print(context.json, &value, [format!("{}  {}", dir.display(), snapshot.assessment.title)])?;
    session.close()?;
    Ok(Outcome::Done)
}

pub fn mark(context: &Context, mark: Mark) -> Result<Outcome, Failure> {
    let (mut session, round) = context.open(&mark.dir)?;
    let patch = AnswerPatch {
        verdict: mark.verdict.0,
        clear: mark.verdict.0.is_none(),
        note: mark.note,
        reason: mark.reason,
        ..AnswerPatch::default()
    };
    let update = answers::mark(&mut session, round, &mark.codes, &patch)?;
    let lines = update.answers.iter().map(|a| format!("{}  {}", a.item, words::verdict(a.verdict, context.lang)));
    print(context.json, &json!({ "batch": update.batch, "answers": update.answers }), lines.collect::<Vec<_>>())?;
    session.close()?;
    Ok(Outcome::Done)
}

pub fn evidence(context: &Context, command: Evidence) -> Result<Outcome, Failure> {
    match command {
        Evidence::Add { dir, item, files, title, effective, expires, locator } => {
            let (mut session, round) = context.open(&dir)?;
            let draft = EvidenceDraft {
                title: title.unwrap_or_default(),
                effective,
                expires,
                locator: locator.unwrap_or_default(),
                ..EvidenceDraft::default()
            };
            let update = evidence_verbs::add_files(&mut session, round, &item, &files, &draft, &mut |_| {
                ControlFlow::Continue(())
            })?;
            let rows = evidence_rows(&mut session, round)?;
            let lines = update.evidence.iter().map(|e| format!("{}  {}  {}", e.label(), e.title, e.sha256));
            let value = json!({ "batch": update.batch, "evidence": update.evidence, "links": update.links, "total": rows.len() });
            print(context.json, &value, lines.collect::<Vec<_>>())?;
            if update.batch.is_none() {
                let zh = "没有变化：内容相同的证据已经登记并关联到这些条目";
                remark(
                    context.lang,
                    zh,
                    "nothing changed: evidence of this content is recorded and linked to these items",
                );
            }
            session.close()?;
            Ok(Outcome::Done)
        }
        Evidence::List { dir } => {
            let (mut session, round) = context.read(&dir)?;
            let rows = evidence_rows(&mut session, round)?;
            let lines = rows
                .iter()
                .map(|r| format!("{}  {}  {}  {}", text(r, "label"), text(r, "state"), text(r, "title"), r["items"]));
            print(context.json, &rows, lines.collect::<Vec<_>>())?;
            Ok(Outcome::Done)
        }
        Evidence::Verify { dir } => {
            let (mut session, round) = context.read(&dir)?;
            evidence_verbs::verify(&mut session, round, &mut |_, _| ControlFlow::Continue(()))?;
            let rows = evidence_rows(&mut session, round)?;
            let harmed: Vec<_> = rows.iter().filter(|r| !matches!(text(r, "state"), "present" | "")).cloned().collect();
            let checked = rows.iter().filter(|r| !text(r, "state").is_empty()).count();
            let lines =
                harmed.iter().map(|r| format!("{}  {}  {}", text(r, "label"), text(r, "state"), text(r, "title")));
            print(context.json, &json!({ "checked": checked, "harmed": harmed }), lines.collect::<Vec<_>>())?;
            Ok(if harmed.is_empty() { Outcome::Done } else { Outcome::Defects })
        }
    }
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

fn evidence_rows(session: &mut Session, round: Id) -> Result<Vec<Value>, Failure> {
    let (_, snapshot) = session.snapshot(round)?;
    let states = session.file_states(&snapshot);
    Ok(snapshot
        .evidence
        .iter()
        .map(|e| {
            let items: Vec<_> = snapshot.links.iter().filter(|l| l.evidence == e.id).map(|l| l.item.as_str()).collect();
            let state = states.get(&e.id).map_or("", |s| match s {
                FileState::Present => "present",
                FileState::Missing => "missing",
                FileState::Changed => "changed",
                FileState::Unreadable => "unreadable",
            });
            json!({
                "label": e.label(), "kind": e.kind, "title": e.title, "file_name": e.file_name, "size_bytes": e.size_bytes,
                "sha256": e.sha256, "effective": e.effective, "expires": e.expires, "items": items, "state": state,
            })
        })
        .collect())
}

pub fn finding(context: &Context, command: Finding) -> Result<Outcome, Failure> {
    match command {
        Finding::Add { dir, item, grade, fact, cause } => {
            let (mut session, round) = context.open(&dir)?;
            let draft = FindingDraft {
                item,
                grade,
                fact,
                criterion: String::new(),
                cause: cause.unwrap_or_default(),
                department: String::new(),
            };
            let update = findings::add(&mut session, round, &draft)?;
            let lines = update
                .findings
                .iter()
                .map(|f| format!("{}  {}  {}", f.label(), words::grade(f.grade, context.lang), f.item));
            let rows: Vec<_> = update.findings.iter().map(|f| labelled(&f.label(), f)).collect();
            print(context.json, &json!({ "batch": update.batch, "findings": rows }), lines.collect::<Vec<_>>())?;
            session.close()?;
        }
        Finding::List { dir } => {
            let (mut session, round) = context.read(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let rows: Vec<_> = snapshot
                .findings
                .iter()
                .map(|f| {
                    let mut row = labelled(&f.label(), f);
                    row["open"] = snapshot.is_open(f).into();
                    row
                })
                .collect();
            let lines = snapshot
                .findings
                .iter()
                .map(|f| format!("{}  {}  {}  {}", f.label(), f.item, words::grade(f.grade, context.lang), f.fact));
            print(context.json, &rows, lines.collect::<Vec<_>>())?;
        }
    }
    Ok(Outcome::Done)
}

fn labelled<T: serde::Serialize>(label: &str, row: &T) -> Value {
    let mut value = serde_json::to_value(row).unwrap_or_default();
    value["label"] = label.into();
    value
}

pub fn task(context: &Context, command: Task) -> Result<Outcome, Failure> {
    match command {
        Task::Add { dir, finding, item, title, owner, due, priority } => {
            let (mut session, round) = context.open(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let finding = finding.map(|label| findings::by_label(&snapshot, &label).map(|f| f.id)).transpose()?;
            let draft = TaskDraft {
                finding,
                item: item.unwrap_or_default(),
                kind: None,
                title,
                detail: String::new(),
                owner,
                due: Some(due),
                priority,
            };
            let update = tasks::add(&mut session, round, &draft)?;
            if update.warnings.iter().any(|w| w == DUE_IN_THE_PAST) {
                remark(
                    context.lang,
                    &format!("注意：期限 {due} 早于今天"),
                    &format!("note: the due date {due} lies before today"),
                );
            }
            told(context, session, &update)
        }
        Task::List { dir } => {
            let (mut session, round) = context.read(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let today = session.env.today();
            let rows: Vec<_> = snapshot
                .tasks
                .iter()
                .map(|t| {
                    let mut row = labelled(&t.label(), t);
                    row["overdue"] = t.is_overdue(today).into();
                    row
                })
                .collect();
            let lines = snapshot.tasks.iter().map(|t| task_line(context.lang, t));
            print(context.json, &rows, lines.collect::<Vec<_>>())?;
            Ok(Outcome::Done)
        }
        Task::Move { dir, task, state, result, verifier } => {
            let (mut session, round) = context.open(&dir)?;
            let (_, snapshot) = session.snapshot(round)?;
            let id = tasks::by_label(&snapshot, &task)?.id;
            let closure = Closure {
                result: result.unwrap_or_default(),
                verifier: verifier.unwrap_or_default(),
                proof: Vec::new(),
            };
            let update = tasks::move_to(&mut session, round, id, target(state), &closure)?;
            told(context, session, &update)
        }
    }
}

const fn target(state: Move) -> TaskState {
    match state {
        Move::Todo => TaskState::Todo,
        Move::Doing | Move::Reopened => TaskState::Doing,
        Move::ToVerify => TaskState::ToVerify,
        Move::Closed => TaskState::Closed,
    }
}

fn told(context: &Context, session: Session, update: &Update) -> Result<Outcome, Failure> {
    let rows: Vec<_> = update.tasks.iter().map(|t| labelled(&t.label(), t)).collect();
    let lines = update.tasks.iter().map(|t| task_line(context.lang, t));
    let value = json!({ "batch": update.batch, "tasks": rows, "warnings": update.warnings });
    print(context.json, &value, lines.collect::<Vec<_>>())?;
    session.close()?;
    Ok(Outcome::Done)
}

fn task_line(lang: Language, task: &domain::Task) -> String {
    let due = task.due.map(|d| d.to_string()).unwrap_or_default();
    format!(
        "{}  {}  {}  {}  {due}  {}",
        task.label(),
        task.item,
        words::state(task.state, lang),
        task.owner,
        task.title
    )
}
