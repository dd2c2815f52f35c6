//! Control page: who made, checked and approved it, earlier versions, copies, confidentiality, and the notices.

use super::signing;
use super::summary::brief;
use crate::layout::build::{Cx, body, cell, column, remark, row, soft_cell, span, spans};
use crate::layout::display::Role;
use crate::layout::flow::Flow;
use crate::layout::table::{Rules, Table};
use crate::layout::theme::{CELL, MEASURE, SIDE};
use crate::words::{W, lang_word, layout_word};

/// Lays the control page.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let input = &cx.model.input;
    flow.break_page();
    flow.open(Role::Sect);
    flow.heading(1, cx.w(W::Control), Some("section:Control"));
    notices(cx, flow);
    flow.subheading(2, cx.w(W::Approvals));
    signing::roles(cx, flow, if cx.is_brief() { 22.0 } else { 26.0 });
    flow.subheading(2, cx.w(W::Versions));
    versions(cx, flow);
    reopened(cx, flow);
    flow.subheading(2, cx.w(W::Distribution));
    if input.distribution.is_empty() {
        flow.para(&body(cx.w(W::DistributionNone)));
    } else {
        flow.para(&body(&brief(cx, &cx.join(input.distribution), 80)));
    }
    flow.subheading(2, cx.w(W::Confidentiality));
    let mark = input.snapshot.assessment.confidentiality.trim();
    let mark = if mark.is_empty() { cx.w(W::NoMark).to_owned() } else { brief(cx, mark, 40) };
    flow.para(&body(&cx.f(W::ConfidentialityText, &[&mark])));
    flow.close();
}

fn notices(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.subheading(2, cx.w(W::Notices));
    flow.settle();
    let (top, page) = (flow.y, flow.page_index());
    statements(cx, flow);
    if flow.page_index() == page {
        let height = flow.y - top;
        flow.fill([SIDE - 12.0, top + 1.0, 2.5, height], crate::layout::theme::ACCENT);
    }
}

/// What every document of this program says about itself.
pub fn statements(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let pack = &cx.model.input.pack.pack;
    flow.para(&crate::layout::build::para(
        vec![span(cx.w(W::NotACertificateLong), crate::layout::theme::bold(9.5))],
        1.6,
    ));
    flow.para(&body(cx.pick(&pack.notice, &pack.notice_en)));
    flow.para(&body(cx.pick(&pack.kpi_notice, &pack.kpi_notice_en)));
}

/// Why the round was opened again after it had been approved: an auditor must not have to ask.
fn reopened(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let assessment = &cx.model.input.snapshot.assessment;
    if assessment.reopened_because.trim().is_empty() {
        return;
    }
    let name = cx.f(W::ReopenedBecause, &[&assessment.revision.to_string()]);
    let text = format!("{name}{}{}", cx.w(W::Colon), assessment.reopened_because);
    flow.para(&body(&brief(cx, &text, 80)));
}

fn versions(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let input = &cx.model.input;
    let columns = vec![
        column(cx.w(W::Number), 44.0),
        column(cx.w(W::Date), 101.0),
        column(cx.w(W::LayoutName), 86.0),
        column(cx.w(W::ExportedBy), 59.0),
        column(cx.w(W::RootOfReport), MEASURE - 290.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    let earlier: Vec<_> = input.history.iter().filter(|r| !r.withdrawn && r.number_label() != input.number).collect();
    let skipped = earlier.len().saturating_sub(cx.rows([8, 6, 3, 0], usize::MAX));
    for record in &earlier[skipped..] {
        let draft = if record.draft { cx.w(W::DraftTag) } else { "" };
        table.row(
            flow,
            row(vec![
                cell(&record.number_label()),
                cell(&cx.minute(record.exported_at)),
                cell(&format!("{}{draft}", kind(cx, &record.layout, &record.lang))),
                cell(&brief(cx, &record.exported_by, 14)),
                hash(&record.root),
            ]),
        );
    }
    table.row(
        flow,
        row(vec![
            cell(input.number),
            cell(&cx.minute(input.generated_at.to_utc())),
            cell(&kind(cx, cx.options.layout.key(), cx.lang.key())),
            soft_cell(cx.w(W::ThisReport)),
            hash(cx.model.root),
        ]),
    );
    table.end(flow);
    if skipped > 0 {
        flow.para(&remark(&cx.f(W::EarlierVersions, &[&skipped.to_string()])));
    }
}

/// Layout and language.
fn kind(cx: &Cx<'_>, layout: &str, lang: &str) -> String {
    let layout = layout_word(layout).map_or(layout, |w| cx.w(w));
    cx.f(W::LayoutIn, &[layout, lang_word(lang).map_or(lang, |w| cx.w(w))])
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
