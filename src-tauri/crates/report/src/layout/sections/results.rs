//! Results: nine domains with totals that tie, radar, stacked bars, sections, and findings by domain and grade.

use crate::SectionId;
use crate::layout::build::{Cx, bold_cell, cell, column, count, figures, row, span, spans};
use crate::layout::charts;
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Column, Rules, Table};
use crate::layout::theme::{CELL, MEASURE, PALE, TINT};
use crate::text::{Align, Style};
use crate::words::W;
use domain::pack::Domain;
use domain::scoring::percent;
use domain::{Grade, Tally, Verdict};

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.heading(2, &cx.sub(SectionId::Results, 1, W::ByDomain), None);
    by_domain(cx, flow);
    flow.heading(2, &cx.sub(SectionId::Results, 2, W::RadarTitle), None);
    charts::radar(cx, flow);
    flow.heading(2, &cx.sub(SectionId::Results, 3, W::BarsTitle), None);
    charts::bars(cx, flow);
    flow.heading(2, &cx.sub(SectionId::Results, 4, W::SpreadTitle), None);
    spread(cx, flow);
    if !cx.is_brief() {
        flow.heading(2, &cx.sub(SectionId::Results, 5, W::BySection), None);
        by_section(cx, flow);
    }
}

/// `1 GH 规划及发展方向`: number and code are what the charts use.
pub fn domain_name(cx: &Cx<'_>, domain: &Domain) -> String {
    format!("{} {} {}", domain.number, domain.code, cx.pick(&domain.title, &domain.title_en))
}

/// Points in thousandths as `12.5`.
pub fn points(milli: u32) -> String {
    let text = format!("{}.{:03}", milli / 1000, milli % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn tally_columns(cx: &Cx<'_>, first: Column) -> Vec<Column> {
    let rest = MEASURE - first.width;
    let share = |part: f32| rest * part / 100.0;
    let head = |word: W| cx.w(word);
    // Shares of the width: Chinese heads are all alike, English ones are not.
    let zh = cx.lang == domain::Lang::Zh;
    let [items, verdicts, nonconform, na, open] =
        if zh { [7.6, 7.8, 9.8, 9.8, 9.8] } else { [8.8, 8.6, 9.0, 6.8, 8.9] };
    let points = 100.0 - 3.0 * items - 2.0 * verdicts - nonconform - na - open - 14.5;
    vec![
        first,
        figures(head(W::Items), share(items)),
        figures(head(W::Applicable), share(items)),
        figures(head(W::Assessed), share(items)),
        figures(head(W::ConformShort), share(verdicts)),
        figures(head(W::PartialShort), share(verdicts)),
        figures(head(W::NonconformShort), share(nonconform)),
        figures(head(W::NaShort), share(na)),
        figures(head(W::OpenShort), share(open)),
        figures(head(W::Points), share(points)),
        figures(head(W::RateShort), share(14.5)),
    ]
}

fn tally_cells(cx: &Cx<'_>, first: Cell, tally: &Tally) -> Vec<Cell> {
    let mut cells = vec![first, count(tally.items), count(tally.applicable()), count(tally.assessed())];
    cells.extend(Verdict::ALL.map(|v| count(tally.count(Some(v)))));
    cells.push(count(tally.unassessed));
    cells.push(cell(&format!("{} / {}", points(tally.milli_points), points(tally.milli_applicable))));
    cells.push(rate_cell(cx, tally));
    cells
}

/// The rate; below it the upper bound while items are open.
fn rate_cell(cx: &Cx<'_>, tally: &Tally) -> Cell {
    let mut cell = bold_cell(&cx.rate(tally.rate()));
    if tally.unassessed > 0 {
        let upper = tally.upper().map_or_else(String::new, |u| format!("≤ {}%", percent(u)));
        let mut para =
            crate::layout::build::line(vec![span(&upper, Style { size: 6.8, ..crate::layout::theme::CELL_SOFT })]);
        para.align = Align::Right;
        para.gap = 0.0;
        cell.paras.push(para);
    }
    cell
}

fn total(cells: Vec<Cell>) -> Vec<Cell> {
    cells
        .into_iter()
        .map(|mut cell| {
            cell.fill = Some(TINT);
            for span in cell.paras.iter_mut().flat_map(|p| &mut p.spans) {
                span.style.bold = true;
            }
            cell
        })
        .collect()
}

fn heads(cell: Cell) -> Cell {
    Cell { heads_row: true, ..cell }
}

fn by_domain(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.lead(&crate::layout::build::remark(cx.w(W::ByDomainRemark)));
    let first = column(cx.w(W::DomainName), 136.0);
    let mut table = Table::new(tally_columns(cx, first), Rules::Rows);
    for (domain, score) in cx.model.input.pack.domains.iter().zip(&cx.model.score.domains) {
        let name = heads(cell(&domain_name(cx, domain)));
        table.row(flow, row(tally_cells(cx, name, &score.tally)));
    }
    let name = heads(cell(cx.w(W::Total)));
    table.row(flow, row(total(tally_cells(cx, name, &cx.model.score.overall))));
    table.end(flow);
}

fn by_section(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let first = column(cx.w(W::SectionName), 136.0);
    let mut table = Table::new(tally_columns(cx, first), Rules::Rows);
    for (domain, score) in cx.model.input.pack.domains.iter().zip(&cx.model.score.domains) {
        let mut group = bold_cell(&domain_name(cx, domain));
        group.columns = 11;
        group.fill = Some(PALE);
        table.row(flow, crate::layout::table::Row { with_next: true, ..row(vec![group]) });
        for part in &score.sections {
            let title = cx.model.input.pack.section(&part.code).map_or("", |s| cx.pick(&s.title, &s.title_en));
            let name =
                heads(spans(vec![span(&format!("{}  ", part.code), Style { bold: true, ..CELL }), span(title, CELL)]));
            table.row(flow, row(tally_cells(cx, name, &part.tally)));
        }
    }
    let name = heads(cell(cx.w(W::Total)));
    table.row(flow, row(total(tally_cells(cx, name, &cx.model.score.overall))));
    table.end(flow);
}

fn spread(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let first = if cx.lang == domain::Lang::Zh { 150.0 } else { 126.0 };
    let width = (MEASURE - first) / 6.0;
    let mut columns = vec![column(cx.w(W::DomainName), first)];
    columns.extend(Grade::ALL.map(|g| figures(cx.say(g.term()), width)));
    columns.push(figures(cx.w(W::Total), width));
    let mut table = Table::new(columns, Rules::Rows);
    let mut sums = [0_u32; 5];
    for (domain, line) in cx.model.input.pack.domains.iter().zip(&cx.model.spread) {
        let mut cells = vec![heads(cell(&domain_name(cx, domain)))];
        cells.extend(line.iter().map(|n| count(*n)));
        cells.push(count(line.iter().sum()));
        table.row(flow, row(cells));
        sums.iter_mut().zip(line).for_each(|(sum, n)| *sum += n);
    }
    let mut cells = vec![heads(cell(cx.w(W::Total)))];
    cells.extend(sums.map(count));
    cells.push(count(sums.iter().sum()));
    table.row(flow, row(total(cells)));
    table.end(flow);
}
