//! The answer of every command that records something: the rows that changed, as they are now.

use super::Context;
use crate::output::{Failure, Outcome, close_and_print, remark};
use app::evidence::SHOWS_NOTHING;
use app::fields::CHARACTERS_DROPPED;
use app::tasks::DUE_IN_THE_PAST;
use app::{Session, Update};
use domain::gate::flaw_words;
use domain::{Id, Lang, Paper, Snapshot, Standing, Task, Words, terms};
use serde::Serialize;
use serde_json::{Value, json};

/// Closes the session and tells what changed.
pub fn changed(context: &Context, session: Session, round: Id, update: &Update) -> Result<Outcome, Failure> {
    changed_and(context, session, round, update, json!({}))
}

/// As [`changed`], with more in the answer.
pub fn changed_and(
    context: &Context,
    mut session: Session,
    round: Id,
    update: &Update,
    more: Value,
) -> Result<Outcome, Failure> {
    let (_, snapshot) = session.snapshot(round)?;
    let lines = lines(context.lang, &snapshot, update);
    let mut answer = json!({
        "batch": update.batch,
        "assessment": update.assessment,
        "answers": update.answers,
        "evidence": labelled(&update.evidence, domain::Evidence::label),
        "links": update.links,
        "findings": labelled(&update.findings, domain::Finding::label),
        "tasks": labelled(&update.tasks, Task::label),
        "sign_offs": update.sign_offs,
        "keepers": update.keepers,
        "papers": update.papers,
        "warnings": update.warnings,
        "received": update.received,
    });
    if let (Value::Object(answer), Value::Object(more)) = (&mut answer, more) {
        answer.extend(more);
    }
    warn(context, update);
    close_and_print(session, context.json, &answer, lines)?;
    Ok(Outcome::Done)
}

fn labelled<T: Serialize>(rows: &[T], label: impl Fn(&T) -> String) -> Vec<Value> {
    rows.iter().map(|row| with_label(&label(row), row)).collect()
}

/// A row with its label, as people call it.
pub fn with_label<T: Serialize>(label: &str, row: &T) -> Value {
    let mut value = serde_json::to_value(row).unwrap_or_default();
    value["label"] = label.into();
    value
}

fn lines(lang: Lang, snapshot: &Snapshot, update: &Update) -> Vec<String> {
    let gone = |withdrawn: bool| match (withdrawn, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "  （已撤回）",
        (true, Lang::En) => "  (withdrawn)",
    };
    let label = |id| snapshot.evidence.iter().find(|e| e.id == id).map(domain::Evidence::label).unwrap_or_default();
    let mut lines = Vec::new();
    lines.extend(update.assessment.iter().map(|a| format!("{}  {}", a.id, a.title)));
    lines.extend(update.answers.iter().map(|a| format!("{}  {}", a.item, terms::verdict(a.verdict).say(lang))));
    lines.extend(
        update.evidence.iter().map(|e| format!("{}  {}  {}{}", e.label(), e.title, e.sha256, gone(e.withdrawn))),
    );
    // Of evidence that was added or withdrawn the links say nothing new.
    if update.evidence.is_empty() {
        let links = update.links.iter();
        lines.extend(links.map(|l| format!("{}  {}  {}{}", label(l.evidence), l.item, l.locator, gone(l.withdrawn))));
    }
    lines.extend(
        update
            .findings
            .iter()
            .map(|f| format!("{}  {}  {}{}", f.label(), f.grade.term().say(lang), f.item, gone(f.withdrawn))),
    );
    lines.extend(update.tasks.iter().map(|t| format!("{}{}", task_line(lang, t), gone(t.withdrawn))));
    lines.extend(
        update
            .sign_offs
            .iter()
            .map(|s| format!("{}  {}  {}{}", s.id, s.role.term().say(lang), s.name, gone(s.withdrawn))),
    );
    let day = |day: Option<domain::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    lines.extend(
        update
            .keepers
            .iter()
            .map(|k| format!("{}  {}  {}  {}{}", k.section, k.department, k.owner, day(k.due), gone(k.withdrawn))),
    );
    let not_yet = Standing::Open.term().say(lang);
    let standing = |p: &Paper| p.handed_in.map_or_else(|| not_yet.to_owned(), |day| day.to_string());
    lines.extend(update.papers.iter().map(|p| format!("{}  {}  {}", p.paper, standing(p), p.note)));
    lines
}

/// A task on one line.
pub fn task_line(lang: Lang, task: &Task) -> String {
    let due = task.due.map(|d| d.to_string()).unwrap_or_default();
    format!("{}  {}  {}  {}  {due}  {}", task.label(), task.item, task.state.term().say(lang), task.owner, task.title)
}

/// What is worth a word though nothing was refused.
pub fn warn(context: &Context, update: &Update) {
    if update.batch.is_none() {
        remark(context.lang, "没有变化：已经是这样", "nothing changed: it is so already");
    }
    for code in &update.warnings {
        let (zh, en) = match code.as_str() {
            DUE_IN_THE_PAST => {
                let due = update.tasks.iter().find_map(|t| t.due).map(|d| d.to_string()).unwrap_or_default();
                (format!("注意：期限 {due} 早于今天"), format!("note: the due date {due} lies before today"))
            }
            SHOWS_NOTHING => {
                let flaws: Vec<_> = update.evidence.iter().filter_map(flaw_words).collect();
                let list = |of: fn(&Words) -> &str, by: &str| flaws.iter().map(of).collect::<Vec<_>>().join(by);
                let (zh, en) = (list(|w| &w.chinese, "；"), list(|w| &w.english, "; "));
                (format!("注意：{zh}；不能作为证明"), format!("note: {en}; it proves nothing"))
            }
            CHARACTERS_DROPPED => (
                "注意：文字中有看不见的控制字符，已去掉；其余照录".to_owned(),
                "note: the text held control characters that nobody can see; they were left out, the rest is recorded"
                    .to_owned(),
            ),
            "backup_failed" => (
                "注意：改动之前的自动备份没有成功；改动已保存，可以撤销".to_owned(),
                "note: the backup before this change failed; the change is saved and can be undone".to_owned(),
            ),
            other => (format!("注意：{other}"), format!("note: {other}")),
        };
        remark(context.lang, &zh, &en);
    }
}
