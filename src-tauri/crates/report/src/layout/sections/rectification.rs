//! 整改报告: how far the remediation of the round is, and what was done about each nonconformity.

use super::{findings, sheet, signing};
use crate::SectionId;
use crate::layout::build::{Cx, body, cell, column, count, figures, row};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::MEASURE;
use crate::words::W;
use domain::{Finding, Grade, Task, TaskState};

/// Its parts, in order; they only lend their numbers.
pub const PARTS: [SectionId; 4] = [SectionId::Summary, SectionId::Findings, SectionId::Plan, SectionId::SignOff];

/// Lays all parts.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.fresh_page();
    let part = |id, word| format!("{} {}", cx.number(id), cx.w(word));
    flow.heading(1, &part(SectionId::Summary, W::RectOverview), None);
    overview(cx, flow);
    flow.heading(1, &part(SectionId::Findings, W::RectFindings), None);
    let list: Vec<_> = cx.model.findings(Grade::is_nonconformity).collect();
    if list.is_empty() {
        flow.para(&body(cx.w(W::NoNonconformities)));
    } else {
        flow.heading(2, &cx.sub(SectionId::Findings, 1, W::Register), None);
        findings::register(cx, flow, &list);
        for (index, finding) in list.iter().enumerate() {
            one(cx, flow, finding, index + 2);
        }
    }
    super::lay(SectionId::Plan, cx, flow);
    flow.fresh_page();
    flow.heading(1, &cx.section_title(SectionId::SignOff), None);
    signing::by_hand(cx, flow);
}

/// How many there are of each grade, and how far the work on them is.
fn overview(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let (input, plan) = (&cx.model.input, &cx.model.plan);
    if plan.is_empty() {
        flow.para(&body(cx.w(W::NoTasks)));
    } else {
        let late = |t: &&&Task| t.is_overdue(input.today);
        let done = |t: &&&Task| t.state == TaskState::Closed;
        let (late, done) = (plan.iter().filter(late).count(), plan.iter().filter(done).count());
        let numbers = [plan.len(), late, plan.len() - late - done, done].map(|n| n.to_string());
        let [all, late, rest, done] = &numbers;
        flow.para(&body(&cx.f(W::PlanSummary, &[all, late, rest, done, &cx.date(Some(input.today))])));
    }
    let width = (MEASURE - 120.0) / 6.0;
    let words = [W::RectTotal, W::Closed, W::Open, W::Tasks, W::RectTasksClosed, W::RectTasksLate];
    let mut columns = vec![column(cx.w(W::Grade), 120.0)];
    columns.extend(words.map(|word| figures(cx.w(word), width)));
    let mut table = Table::new(columns, Rules::Rows);
    for grade in Grade::ALL {
        let list: Vec<_> = cx.model.findings(|g| g == grade).collect();
        let open = list.iter().filter(|f| input.snapshot.is_open(f)).count();
        let tasks: Vec<_> = list.iter().flat_map(|f| cx.model.tasks_for(f.id)).collect();
        let done = tasks.iter().filter(|t| t.state == TaskState::Closed).count();
        let late = tasks.iter().filter(|t| t.is_overdue(input.today)).count();
        let numbers = [list.len(), list.len() - open, open, tasks.len(), done, late];
        let mut cells = vec![Cell { heads_row: true, ..cell(cx.say(grade.term())) }];
        cells.extend(numbers.map(|n| count(u32::try_from(n).unwrap_or(u32::MAX))));
        table.row(flow, row(cells));
    }
    table.end(flow);
}

fn one(cx: &Cx<'_>, flow: &mut Flow<'_>, finding: &Finding, part: usize) {
    let item = cx.model.input.pack.item(&finding.item);
    let title = format!("{} {}", finding.label(), item.map_or("", |i| cx.title(i)));
    let anchor = crate::layout::build::at(&finding.label());
    flow.heading(2, &cx.sub_text(SectionId::Findings, part, &title), Some(&anchor));
    let quarter = MEASURE / 4.0;
    let columns = [0.75, 1.25, 0.75, 1.25].map(|share| column("", quarter * share)).to_vec();
    let mut form = Table::new(columns, Rules::Grid);
    sheet::about(cx, &mut form, flow, finding);
    for (word, paras, _) in sheet::boxes(cx, finding) {
        sheet::form_text(&mut form, flow, word, paras, 0.0);
    }
    form.end(flow);
}
