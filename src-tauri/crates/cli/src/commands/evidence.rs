//! `evidence …`.

use super::changed::{changed, changed_and};
use super::{Context, received};
use crate::args::{AboutEvidence, Evidence, EvidenceFields};
use crate::output::{Failure, Outcome, close_and_print, print, remark};
use app::Session;
use app::evidence::{self, EvidenceDraft};
use domain::gate::flaw_words;
use domain::{FileState, Id, Snapshot};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::Path;

pub fn run(context: &Context, command: Evidence) -> Result<Outcome, Failure> {
    match command {
        Evidence::Add { dir, item, files, title, about } => {
            let (mut session, round) = context.open(&dir)?;
            let draft = draft(title.unwrap_or_default(), String::new(), about);
            let update =
                evidence::add_files(&mut session, round, &item, &files, &draft, &mut |_| ControlFlow::Continue(()))?;
            received::tell(context, &dir, &update.received);
            let total = session.snapshot(round)?.1.evidence.len();
            changed_and(context, session, round, &update, json!({ "total": total }))
        }
        Evidence::AddRecord { dir, item, kind, title, location, about } => {
            let (mut session, round) = context.open(&dir)?;
            let draft = draft(title, location.unwrap_or_default(), about);
            let update = evidence::add_record(&mut session, round, &item, kind, &draft)?;
            changed(context, session, round, &update)
        }
        Evidence::List { dir } => list(context, &dir),
        Evidence::Edit { dir, evidence, fields } => edit(context, &dir, &evidence, fields),
        Evidence::Link { dir, evidence, item, locator } => {
            let (mut session, round, id) = named(context, &dir, &evidence)?;
            let update = evidence::link(&mut session, round, id, &item, &locator)?;
            changed(context, session, round, &update)
        }
        Evidence::Unlink { dir, evidence, item } => {
            let (mut session, round, id) = named(context, &dir, &evidence)?;
            let update = evidence::unlink(&mut session, round, id, &item)?;
            changed(context, session, round, &update)
        }
        Evidence::Replace { dir, evidence, file } => {
            let (mut session, round, id) = named(context, &dir, &evidence)?;
            let update = evidence::replace(&mut session, round, id, file, &mut |_| ControlFlow::Continue(()))?;
            changed(context, session, round, &update)
        }
        Evidence::Withdraw { dir, evidence } => {
            let (mut session, round, id) = named(context, &dir, &evidence)?;
            let update = evidence::withdraw(&mut session, round, id)?;
            changed(context, session, round, &update)
        }
        Evidence::Verify { dir } => verify(context, &dir),
    }
}

fn draft(title: String, location: String, about: AboutEvidence) -> EvidenceDraft {
    let AboutEvidence { text, effective, expires, locator } = about;
    let (text, locator) = (text.unwrap_or_default(), locator.unwrap_or_default());
    EvidenceDraft { title, location, text, effective, expires, locator }
}

/// The workspace opened, and the evidence with this label.
fn named(context: &Context, dir: &Path, label: &str) -> Result<(Session, Id, Id), Failure> {
    let (mut session, round) = context.open(dir)?;
    let id = evidence::by_label(&session.snapshot(round)?.1, label)?.id;
    Ok((session, round, id))
}

fn edit(context: &Context, dir: &Path, label: &str, fields: EvidenceFields) -> Result<Outcome, Failure> {
    let (mut session, round, id) = named(context, dir, label)?;
    let (_, snapshot) = session.snapshot(round)?;
    let held = evidence::by_id(&snapshot, id)?;
    let draft = EvidenceDraft {
        title: fields.title.unwrap_or_else(|| held.title.clone()),
        location: fields.location.unwrap_or_else(|| held.location.clone()),
        text: fields.text.unwrap_or_else(|| held.text.clone()),
        effective: fields.effective.map_or(held.effective, |day| day.0),
        expires: fields.expires.map_or(held.expires, |day| day.0),
        locator: String::new(),
    };
    drop(snapshot);
    let update = evidence::edit(&mut session, round, id, &draft)?;
    changed(context, session, round, &update)
}

fn list(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let (_, snapshot) = session.snapshot(round)?;
    let rows = rows(&session, &snapshot);
    let lines = rows
        .iter()
        .map(|r| format!("{}  {}  {}  {}", text(r, "label"), text(r, "state"), text(r, "title"), r["items"]));
    print(context.json, &rows, lines)?;
    Ok(Outcome::Done)
}

fn verify(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    evidence::read_files(&mut session, round, &mut |_, _| ControlFlow::Continue(()))?;
    evidence::look_again(&mut session, round, &mut |_, _| ControlFlow::Continue(()))?;
    let seen = evidence::record_flaws(&mut session, round)?;
    for flaw in seen.evidence.iter().filter_map(flaw_words) {
        remark(
            context.lang,
            &format!("注意：{}；不能作为证明", flaw.chinese),
            &format!("note: {}; it proves nothing", flaw.english),
        );
    }
    let (_, snapshot) = session.snapshot(round)?;
    let rows = rows(&session, &snapshot);
    let harmed: Vec<_> = rows.iter().filter(|r| !matches!(text(r, "state"), "present" | "")).collect();
    let checked = rows.iter().filter(|r| !text(r, "state").is_empty()).count();
    let lines = harmed.iter().map(|r| format!("{}  {}  {}", text(r, "label"), text(r, "state"), text(r, "title")));
    let shows_nothing: Vec<_> = seen.evidence.iter().map(domain::Evidence::label).collect();
    let answer = json!({ "checked": checked, "harmed": harmed, "shows_nothing": shows_nothing });
    close_and_print(session, context.json, &answer, lines)?;
    Ok(if harmed.is_empty() { Outcome::Done } else { Outcome::Defects })
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

fn rows(session: &Session, snapshot: &Snapshot) -> Vec<Value> {
    let states = session.file_states(snapshot);
    snapshot
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
                "sha256": e.sha256, "location": e.location, "text": e.text, "effective": e.effective, "expires": e.expires,
                "items": items, "state": state,
            })
        })
        .collect()
}
