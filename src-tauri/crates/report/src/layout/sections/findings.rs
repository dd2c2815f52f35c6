//! Register of nonconformities with one sheet each, and the milder findings.

use super::sheet;
use crate::SectionId;
use crate::layout::build::{Cx, at, at_item, body, cell, column, line, lines, link, row, soft_cell, span, spans};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Row, Rules, Table};
use crate::layout::theme::{ALERT, CAUTION, CELL, CELL_SOFT, MEASURE, TITLE, tinted};
use crate::text::{Para, Span, Style};
use crate::words::W;
use domain::{Finding, Grade, TaskState};

/// Lays the register and the sheets.
pub fn lay_register(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let list: Vec<_> = cx.model.findings(Grade::is_nonconformity).collect();
    if list.is_empty() {
        flow.para(&body(cx.w(W::NoNonconformities)));
        return;
    }
    flow.heading(2, &cx.sub(SectionId::Findings, 1, W::Register), None);
    register(cx, flow, &list);
    flow.heading(2, &cx.sub(SectionId::Findings, 2, W::Sheets), None);
    for (index, finding) in list.iter().enumerate() {
        if index > 0 {
            flow.fresh_page();
        } else {
            // The first sheet takes its heading along to a page of its own.
            flow.begin_form(600.0);
        }
        sheet::lay(cx, flow, finding);
    }
}

/// One row per nonconformity.
pub fn register(cx: &Cx<'_>, flow: &mut Flow<'_>, list: &[&Finding]) {
    let columns = vec![
        column(cx.w(W::NumberGrade), 60.0),
        column(cx.w(W::ItemAndFact), MEASURE - 222.0),
        column(cx.w(W::Department), 60.0),
        column(cx.w(W::Due), 56.0),
        column(cx.w(W::State), 46.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for finding in list {
        let state = if cx.model.input.snapshot.is_open(finding) { W::Open } else { W::Closed };
        let due = cx.model.tasks_for(finding.id).iter().filter_map(|t| t.due).max();
        table.row(
            flow,
            row(vec![
                lines(vec![
                    line(vec![link(&finding.label(), &at(&finding.label()), Style { bold: true, ..CELL })]),
                    line(vec![grade(cx, finding.grade)]),
                ]),
                in_short(cx, finding),
                spans(vec![cx.or_blank(&finding.department, CELL)]),
                cell(&cx.date(due)),
                cell(cx.w(state)),
            ]),
        );
    }
    table.end(flow);
}

/// A grade in the colour of its weight.
pub fn grade(cx: &Cx<'_>, grade: Grade) -> Span {
    let word = cx.say(grade.term());
    let style = Style { bold: true, ..CELL };
    match grade {
        Grade::Major => span(word, tinted(style, ALERT)),
        Grade::Minor => span(word, tinted(style, CAUTION)),
        _ => span(word, style),
    }
}

fn fact(cx: &Cx<'_>, finding: &Finding, most: usize) -> Cell {
    let item = cx.model.input.pack.item(&finding.item);
    let title = item.map_or("", |i| cx.title(i));
    Cell {
        paras: vec![
            line(vec![link(&finding.item, &at_item(&finding.item), CELL), span(&format!("  {title}"), TITLE)]),
            line(vec![cx.or_blank(&super::summary::shorten(&finding.fact, most), CELL)]),
        ],
        ..Cell::default()
    }
}

/// Fact, cause, evidence and actions on a few lines; all of it stands in full on the sheet.
fn in_short(cx: &Cx<'_>, finding: &Finding) -> Cell {
    let mut cell = fact(cx, finding, 100);
    let name = |word: W| span(&format!("{}{}", cx.w(word), cx.w(W::Colon)), Style { bold: true, ..CELL_SOFT });
    let cause = super::summary::shorten(&finding.cause, 29);
    cell.paras.push(line(vec![name(W::CauseShort), cx.or_blank(&cause, CELL_SOFT)]));
    let comma = || span(if cx.lang == domain::Lang::Zh { "、" } else { ", " }, CELL_SOFT);
    let mut pieces = Vec::new();
    for (i, (evidence, _)) in cx.model.evidence_of(&finding.item).iter().enumerate() {
        pieces.push(if i == 0 { name(W::EvidenceForm) } else { comma() });
        pieces.push(link(&evidence.label(), &at(&evidence.label()), CELL_SOFT));
    }
    for (i, task) in cx.model.tasks_for(finding.id).iter().enumerate() {
        if i == 0 && !pieces.is_empty() {
            pieces.push(span("   ", CELL_SOFT));
        }
        pieces.push(if i == 0 { name(W::Actions) } else { comma() });
        pieces.push(link(&task.label(), &at(&task.label()), CELL_SOFT));
        let owner = super::summary::shorten(&task.owner, 24);
        let owner = if owner.is_empty() { cx.w(W::NotFilled) } else { &owner };
        pieces.push(span(&cx.f(W::InParentheses, &[owner]), CELL_SOFT));
    }
    if !pieces.is_empty() {
        cell.paras.push(Para { gap: 0.0, ..line(pieces) });
    }
    cell
}

/// Lays observations, opportunities and good practice, in full.
pub fn lay_observations(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let grades = [
        (Grade::Observation, W::Observations),
        (Grade::Opportunity, W::Opportunities),
        (Grade::GoodPractice, W::GoodPractices),
    ];
    for (part, (grade, word)) in grades.into_iter().enumerate() {
        flow.heading(2, &cx.sub(SectionId::Observations, part + 1, word), None);
        let list: Vec<_> = cx.model.findings(|g| g == grade).collect();
        if list.is_empty() {
            flow.para(&body(cx.w(W::NoneRecorded)));
            continue;
        }
        let columns = vec![
            column(cx.w(W::Number), 46.0),
            column(cx.w(W::ItemAndText), MEASURE - 200.0),
            column(cx.w(W::Department), 68.0),
            column(cx.w(W::Tasks), 86.0),
        ];
        let mut table = Table::new(columns, Rules::Rows);
        for finding in list {
            table.row(flow, observation(cx, finding));
        }
        table.end(flow);
    }
}

fn observation(cx: &Cx<'_>, finding: &Finding) -> Row {
    let mut text = fact(cx, finding, usize::MAX);
    for (word, value) in [(W::CriterionShort, &finding.criterion), (W::CauseShort, &finding.cause)] {
        if !value.trim().is_empty() {
            text.paras.push(line(vec![
                span(&format!("{}{}", cx.w(word), cx.w(W::Colon)), Style { bold: true, ..CELL_SOFT }),
                span(value, CELL_SOFT),
            ]));
        }
    }
    text.paras
        .push(line(vec![span(&format!("{} · {}", finding.found_by, cx.date(Some(finding.found_on))), CELL_SOFT)]));
    let number = spans(vec![span(&finding.label(), Style { bold: true, ..CELL })]);
    Row {
        anchor: Some(at(&finding.label())),
        ..row(vec![number, text, spans(vec![cx.or_blank(&finding.department, CELL)]), tasks(cx, finding)])
    }
}

fn tasks(cx: &Cx<'_>, finding: &Finding) -> Cell {
    let tasks = cx.model.tasks_for(finding.id);
    if tasks.is_empty() {
        return soft_cell("—");
    }
    let lines = tasks.iter().map(|task| {
        let state = cx.say(task.state.term());
        let good = (task.state == TaskState::Closed).then_some(true);
        let style = if good.is_some() { CELL_SOFT } else { CELL };
        line(vec![link(&task.label(), &at(&task.label()), CELL), span(&format!("  {state}"), style)])
    });
    Cell { paras: lines.collect(), ..Cell::default() }
}
