//! Items that do not apply, with the reason, and items nobody has assessed: full lists, never dropped.

use crate::SectionId;
use crate::layout::build::{Cx, at_item, body, cell, column, flag, line, lines, link, row, soft_cell, span, spans};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{CELL, CELL_SOFT, MEASURE};
use crate::words::W;
use domain::Verdict;
use domain::pack::Item;

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    not_applicable(cx, flow);
    unassessed(cx, flow);
}

fn name(cx: &Cx<'_>, item: &Item) -> Cell {
    spans(vec![link(&item.code, &at_item(&item.code), CELL), span(&format!("  {}", cx.title(item)), CELL)])
}

fn not_applicable(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let list: Vec<_> = cx.model.items_with(Some(Verdict::NotApplicable)).collect();
    flow.heading(2, &cx.sub(SectionId::Lists, 1, W::NaTitle), None);
    if list.is_empty() {
        flow.para(&body(cx.w(W::NaNone)));
        return;
    }
    flow.lead(&body(&cx.f(W::NaCount, &[&list.len().to_string()])));
    let columns = vec![
        column(cx.w(W::Item), 168.0),
        column(cx.w(W::Reason), MEASURE - 258.0),
        column(cx.w(W::AssessorDate), 90.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for item in list {
        let answer = cx.model.input.snapshot.answer(&item.code);
        let reason = answer.map_or("", |a| a.reason.as_str());
        let reason = if reason.trim().is_empty() {
            spans(vec![flag(cx.w(W::ReasonMissing), Some(false), CELL)])
        } else {
            cell(reason)
        };
        let who = answer.map_or("", |a| a.assessor.as_str());
        let day = cx.day(answer.and_then(|a| a.assessed_at));
        let who = lines(vec![line(vec![span(who, CELL_SOFT)]), line(vec![span(&day, CELL_SOFT)])]);
        table.row(flow, row(vec![name(cx, item), reason, who]));
    }
    table.end(flow);
}

fn unassessed(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let list: Vec<_> = cx.model.items_with(None).collect();
    flow.heading(2, &cx.sub(SectionId::Lists, 2, W::UnassessedTitle), None);
    if list.is_empty() {
        flow.para(&body(cx.w(W::UnassessedNone)));
        return;
    }
    flow.lead(&body(&cx.f(W::UnassessedCount, &[&list.len().to_string()])));
    let columns = vec![
        column(cx.w(W::Item), 190.0),
        column(cx.w(W::DomainName), 120.0),
        column(cx.w(W::NoteSoFar), MEASURE - 310.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for item in list {
        let domain = cx.model.input.pack.domain(item.domain());
        let note = cx.model.input.snapshot.answer(&item.code).map_or("", |a| a.note.as_str());
        table.row(
            flow,
            row(vec![
                name(cx, item),
                soft_cell(domain.map_or("", |d| cx.pick(&d.title, &d.title_en))),
                soft_cell(&super::summary::shorten(note, 80)),
            ]),
        );
    }
    table.end(flow);
}
