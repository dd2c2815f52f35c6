//! What became of the last round: per item, and of the tasks it left open.

use crate::SectionId;
use crate::layout::build::{Cx, at_item, body, cell, column, figures, flag, link, row, soft_cell, span, spans};
use crate::layout::charts::delta;
use crate::layout::flow::Flow;
use crate::layout::table::{Rules, Table};
use crate::layout::theme::{CELL, MEASURE};
use crate::model::Trend;
use crate::text::Style;
use crate::words::{W, trend_word};

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let Some(before) = &cx.model.input.snapshot.predecessor else { return };
    let last = cx.model.last.as_ref().and_then(|s| s.rate);
    let now = cx.model.score.rate;
    flow.para(&body(&cx.f(W::FollowUpText, &[&before.title, &cx.rate(last), &cx.rate(now), &delta(now, last)])));
    flow.para(&crate::layout::build::remark(&cx.f(W::LastRoot, &[&before.root])));
    flow.heading(2, &cx.sub(SectionId::FollowUp, 1, W::TrendCounts), None);
    let each = MEASURE / 6.0;
    let mut table = Table::new(Trend::ALL.map(|t| figures(cx.w(trend_word(t)), each)).to_vec(), Rules::Rows);
    let number = |trend| cx.model.changes.iter().filter(|c| c.trend == trend).count().to_string();
    table.row(flow, row(Trend::ALL.map(|t| cell(&number(t))).to_vec()));
    table.end(flow);
    flow.heading(2, &cx.sub(SectionId::FollowUp, 2, W::ChangedItems), None);
    changed(cx, flow);
    flow.heading(2, &cx.sub(SectionId::FollowUp, 3, W::LeftOpen), None);
    left_open(cx, flow);
}

fn changed(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let mut list: Vec<_> = cx.model.changes.iter().filter(|c| c.trend != Trend::Same).collect();
    if list.is_empty() {
        flow.para(&body(cx.w(W::NothingChanged)));
        return;
    }
    list.sort_by_key(|c| c.trend);
    let columns = vec![
        column(cx.w(W::Trend), 62.0),
        column(cx.w(W::Item), 150.0),
        column(cx.w(W::LastRound), 70.0),
        column(cx.w(W::ThisRound), 70.0),
        column(cx.w(W::LastNote), MEASURE - 352.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    let notes = cx.model.input.snapshot.predecessor.as_ref().map(|p| &p.notes);
    for change in list {
        let good = match change.trend {
            Trend::Better => Some(true),
            Trend::Worse | Trend::Open => Some(false),
            _ => None,
        };
        let note = notes.and_then(|n| n.get(&change.item.code)).map_or("", String::as_str);
        let code = &change.item.code;
        table.row(
            flow,
            row(vec![
                spans(vec![flag(cx.w(trend_word(change.trend)), good, CELL)]),
                spans(vec![link(code, &at_item(code), CELL), span(&format!("  {}", cx.title(change.item)), CELL)]),
                spans(cx.verdict(change.before, CELL)),
                spans(cx.verdict(change.after, CELL)),
                soft_cell(&super::summary::shorten(note, 60)),
            ]),
        );
    }
    table.end(flow);
}

fn left_open(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let Some(before) = &cx.model.input.snapshot.predecessor else { return };
    if before.open_tasks.is_empty() {
        flow.para(&body(cx.w(W::NothingLeftOpen)));
        return;
    }
    let columns = vec![
        column(cx.w(W::Number), 50.0),
        column(cx.w(W::Action), MEASURE - 310.0),
        column(cx.w(W::Item), 66.0),
        column(cx.w(W::Owner), 72.0),
        column(cx.w(W::Due), 62.0),
        column(cx.w(W::State), 60.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for task in &before.open_tasks {
        table.row(
            flow,
            row(vec![
                spans(vec![span(&task.label(), Style { bold: true, ..CELL })]),
                cell(&task.title),
                spans(vec![link(&task.item, &at_item(&task.item), CELL)]),
                spans(vec![cx.or_blank(&task.owner, CELL)]),
                cell(&cx.date(task.due)),
                cell(cx.say(task.state.term())),
            ]),
        );
    }
    table.end(flow);
}
