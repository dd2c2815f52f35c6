//! Items that an update of the criteria withdrew, with what was recorded on them: out of the score, never out of sight.

use crate::layout::build::{Cx, at, body, cell, column, line, lines, link, row, soft_cell, span, spans, title};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{CELL, CELL_SOFT, MEASURE};
use crate::text::{Para, Span};
use crate::words::W;
use domain::pack::Item;

/// Lays the list.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let items = cx.model.input.archived;
    flow.lead(&body(&cx.f(W::ArchivedRemark, &[&items.len().to_string()])));
    let columns = vec![
        column(cx.w(W::Item), 150.0),
        column(cx.w(W::Verdict), 70.0),
        column(cx.w(W::NoteSoFar), (MEASURE - 220.0) / 2.0),
        column(cx.w(W::ArchivedRecords), (MEASURE - 220.0) / 2.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for item in items {
        let answer = cx.model.input.snapshot.answer(&item.code);
        let note = answer.map_or("", |a| if a.note.is_empty() { a.reason.as_str() } else { a.note.as_str() });
        let verdict = spans(cx.verdict(answer.and_then(|a| a.verdict), CELL));
        table.row(flow, row(vec![named(cx, item), verdict, soft_cell(note), records(cx, item)]));
    }
    table.end(flow);
}

fn named(cx: &Cx<'_>, item: &Item) -> Cell {
    let requirement = cx.pick(&item.requirement, &item.requirement_en);
    let head = title(&format!("{}  {}", item.code, cx.title(item)));
    lines(vec![head, Para { gap: 0.0, ..line(vec![span(requirement, CELL_SOFT)]) }])
}

/// Labels of evidence, findings and tasks, each leading to where it stands.
fn records(cx: &Cx<'_>, item: &Item) -> Cell {
    let snapshot = cx.model.input.snapshot;
    let evidence = snapshot.evidence_of(&item.code).into_iter().map(|(evidence, _)| evidence.label());
    let findings = snapshot.findings_of(&item.code).map(domain::Finding::label);
    let labels = evidence.chain(findings).chain(snapshot.tasks_of(&item.code).map(domain::Task::label));
    let linked: Vec<Span> = labels.flat_map(|label| [link(&label, &at(&label), CELL), span("  ", CELL)]).collect();
    if linked.is_empty() { cell("—") } else { spans(linked) }
}
