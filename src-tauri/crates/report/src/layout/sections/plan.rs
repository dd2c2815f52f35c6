//! The remediation plan: overdue first.

use super::summary::shorten;
use crate::SectionId;
use crate::layout::build::{Cx, at, at_item, body, column, flag, line, lines, link, row, span, spans, title};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Row, Rules, Table};
use crate::layout::theme::{CELL, CELL_SOFT, MEASURE};
use crate::text::{Para, Style};
use crate::words::W;
use domain::{Task, TaskState};

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let today = cx.model.input.today;
    let plan = &cx.model.plan;
    if plan.is_empty() {
        flow.para(&body(cx.w(W::NoTasks)));
        return;
    }
    let overdue: Vec<_> = plan.iter().copied().filter(|t| t.is_overdue(today)).collect();
    let closed: Vec<_> = plan.iter().copied().filter(|t| t.state == TaskState::Closed).collect();
    let open: Vec<_> = plan.iter().copied().filter(|t| !t.is_overdue(today) && t.state != TaskState::Closed).collect();
    let numbers = [plan.len(), overdue.len(), open.len(), closed.len()].map(|n| n.to_string());
    let [all, late, rest, done] = &numbers;
    flow.para(&body(&cx.f(W::PlanSummary, &[all, late, rest, done, &cx.date(Some(today))])));
    if cx.is_brief() {
        let urgent: Vec<_> = overdue.iter().chain(&open).take(cx.rows([9, 7, 5, 3], usize::MAX)).copied().collect();
        flow.heading(2, &cx.sub(SectionId::Plan, 1, W::MostUrgent), None);
        list(cx, flow, &urgent);
        return;
    }
    let groups = [(W::Overdue, overdue), (W::OpenTasks, open), (W::ClosedTasks, closed)];
    for (part, (word, tasks)) in groups.into_iter().enumerate() {
        flow.heading(2, &cx.sub(SectionId::Plan, part + 1, word), None);
        if tasks.is_empty() {
            flow.para(&body(cx.w(W::NoneRecorded)));
        } else {
            list(cx, flow, &tasks);
        }
    }
}

fn list(cx: &Cx<'_>, flow: &mut Flow<'_>, tasks: &[&Task]) {
    let columns = vec![
        column(cx.w(W::Number), 46.0),
        column(cx.w(W::Action), MEASURE - 248.0),
        column(cx.w(W::Owner), 66.0),
        column(cx.w(W::Due), 76.0),
        column(cx.w(W::State), 60.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for task in tasks {
        table.row(flow, one(cx, task));
    }
    table.end(flow);
}

fn one(cx: &Cx<'_>, task: &Task) -> Row {
    let strong = Style { bold: true, ..CELL };
    let number = spans(vec![span(&task.label(), strong)]);
    let words = if cx.is_brief() { shorten(&task.title, 60) } else { task.title.clone() };
    let mut action = vec![title(&words)];
    if !task.detail.trim().is_empty() && !cx.is_brief() {
        action.push(line(vec![span(&task.detail, CELL)]));
    }
    let kind = format!("{} · {} · ", cx.say(task.kind.term()), cx.f(W::PriorityOf, &[cx.say(task.priority.term())]));
    let mut about = vec![span(&kind, CELL_SOFT)];
    if let Some(finding) = task.finding.and_then(|id| cx.model.finding(id)) {
        about.push(link(&finding.label(), &at(&finding.label()), CELL_SOFT));
        about.push(span(" · ", CELL_SOFT));
    }
    about.push(link(&task.item, &at_item(&task.item), CELL_SOFT));
    action.push(line(about));
    if !cx.is_brief() {
        outcome(cx, task, &mut action);
    }
    Row {
        anchor: Some(at(&task.label())),
        ..row(vec![
            number,
            Cell { paras: action, ..Cell::default() },
            spans(vec![cx.or_blank(&if cx.is_brief() { shorten(&task.owner, 24) } else { task.owner.clone() }, CELL)]),
            due(cx, task),
            state(cx, task),
        ])
    }
}

fn due(cx: &Cx<'_>, task: &Task) -> Cell {
    let mut paras = Vec::new();
    if task.due.is_none() {
        paras.push(line(vec![cx.or_blank("", CELL)]));
    } else if task.is_overdue(cx.model.input.today) {
        paras.push(line(vec![flag(&cx.date(task.due), Some(false), CELL)]));
        let days = task.due.map_or(0, |due| (cx.model.input.today - due).num_days());
        paras.push(line(vec![flag(&cx.f(W::DaysLate, &[&days.to_string()]), Some(false), CELL_SOFT)]));
    } else {
        paras.push(line(vec![span(&cx.date(task.due), CELL)]));
    }
    if task.agreed_due.is_some() && task.agreed_due != task.due {
        paras.push(line(vec![span(&cx.f(W::AgreedDue, &[&cx.date(task.agreed_due)]), CELL_SOFT)]));
        if let (Some(agreed), Some(due)) = (task.agreed_due, task.due)
            && due > agreed
        {
            let days = (due - agreed).num_days().to_string();
            paras.push(Para { gap: 0.0, ..line(vec![flag(&cx.f(W::Slipped, &[&days]), None, CELL_SOFT)]) });
        }
    }
    lines(paras)
}

fn state(cx: &Cx<'_>, task: &Task) -> Cell {
    let mut paras = vec![line(vec![span(cx.say(task.state.term()), Style { bold: true, ..CELL })])];
    if task.reopened > 0 {
        paras.push(line(vec![span(&cx.f(W::Reopened, &[&task.reopened.to_string()]), CELL_SOFT)]));
    }
    lines(paras)
}

/// What was achieved, who verified it and what proves it.
fn outcome(cx: &Cx<'_>, task: &Task, paras: &mut Vec<Para>) {
    if !task.result.trim().is_empty() {
        let name = format!("{}{}", cx.w(W::Result), cx.w(W::Colon));
        paras.push(line(vec![span(&name, Style { bold: true, ..CELL_SOFT }), span(&task.result, CELL_SOFT)]));
    }
    if task.verifier.trim().is_empty() && task.closed_at.is_none() {
        return;
    }
    let verifier = if task.verifier.trim().is_empty() { cx.w(W::NotFilled) } else { &task.verifier };
    let day = cx.day(task.closed_at);
    let day = if day.is_empty() { "—" } else { &day };
    let mut pieces = vec![span(&cx.f(W::VerifiedLine, &[verifier, day]), CELL_SOFT)];
    for id in &task.proof {
        if let Some(evidence) = cx.model.evidence(*id) {
            pieces.push(span("  ", CELL_SOFT));
            pieces.push(link(&evidence.label(), &at(&evidence.label()), CELL_SOFT));
        }
    }
    paras.push(Para { gap: 0.0, ..line(pieces) });
}
