//! Control page: who made, checked and approved it, earlier versions, copies, confidentiality, and the notices.

use super::signing;
use crate::layout::build::{Cx, body, cell, column, row, soft_cell, span, spans};
use crate::layout::display::Role;
use crate::layout::flow::Flow;
use crate::layout::table::{Rules, Table};
use crate::layout::theme::{CELL, MEASURE, SIDE};
use crate::words::{W, layout_word};

/// Lays the control page.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let input = &cx.model.input;
    flow.break_page();
    flow.open(Role::Sect);
    flow.heading(1, cx.w(W::Control), Some("section:Control"));
    notices(cx, flow);
    flow.subheading(2, cx.w(W::Approvals));
    signing::roles(cx, flow, 26.0);
    flow.subheading(2, cx.w(W::Versions));
    versions(cx, flow);
    flow.subheading(2, cx.w(W::Distribution));
    if input.distribution.is_empty() {
        flow.para(&body(cx.w(W::DistributionNone)));
    } else {
        let names: Vec<_> = input.distribution.to_vec();
        flow.para(&body(&cx.join(&names)));
    }
    flow.subheading(2, cx.w(W::Confidentiality));
    let mark = input.snapshot.assessment.confidentiality.trim();
    let mark = if mark.is_empty() { cx.w(W::NoMark) } else { mark };
    flow.para(&body(&cx.f(W::ConfidentialityText, &[mark])));
    flow.close();
}

fn notices(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let pack = &cx.model.input.pack.pack;
    flow.subheading(2, cx.w(W::Notices));
    flow.settle();
    let (top, page) = (flow.y, flow.page_index());
    flow.para(&crate::layout::build::para(
        vec![span(cx.w(W::NotACertificateLong), crate::layout::theme::bold(9.5))],
        1.6,
    ));
    flow.para(&body(cx.pick(&pack.notice, &pack.notice_en)));
    flow.para(&body(cx.pick(&pack.kpi_notice, &pack.kpi_notice_en)));
    if flow.page_index() == page {
        let height = flow.y - top;
        flow.fill([SIDE - 12.0, top + 1.0, 2.5, height], crate::layout::theme::ACCENT);
    }
}

fn versions(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let input = &cx.model.input;
    let columns = vec![
        column(cx.w(W::Number), 44.0),
        column(cx.w(W::Date), 88.0),
        column(cx.w(W::LayoutName), 86.0),
        column(cx.w(W::ExportedBy), 72.0),
        column(cx.w(W::RootOfReport), MEASURE - 290.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for record in input.history.iter().filter(|r| !r.withdrawn && r.number_label() != input.number) {
        let draft = if record.draft { cx.w(W::DraftTag) } else { "" };
        table.row(
            flow,
            row(vec![
                cell(&record.number_label()),
                cell(&cx.minute(record.exported_at)),
                cell(&format!("{}{draft}", layout_word(&record.layout).map_or(record.layout.as_str(), |w| cx.w(w)))),
                cell(&record.exported_by),
                hash(&record.root),
            ]),
        );
    }
    table.row(
        flow,
        row(vec![
            cell(input.number),
            cell(&cx.minute(input.generated_at.to_utc())),
            cell(layout_word(cx.options.layout.key()).map_or("", |w| cx.w(w))),
            soft_cell(cx.w(W::ThisReport)),
            hash(&cx.model.root),
        ]),
    );
    table.end(flow);
}

/// A root in type small enough for one unbroken line where the column allows it.
fn hash(root: &str) -> crate::layout::table::Cell {
    spans(vec![span(root, crate::text::Style { size: 5.4, ..CELL })])
}

trait Numbered {
    fn number_label(&self) -> String;
}

impl Numbered for domain::ReportRecord {
    fn number_label(&self) -> String {
        format!("R-{:02}", self.number)
    }
}
