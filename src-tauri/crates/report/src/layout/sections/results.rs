//! Results: nine domains with totals that tie, radar, stacked bars, sections, and findings by domain and grade.

use crate::SectionId;
use crate::layout::build::{Cx, bold_cell, cell, column, count, figures, row, soft_cell, span, spans};
use crate::layout::charts;
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Column, Rules, Table};
use crate::layout::theme::{CELL, MEASURE, PALE, TINT};
use crate::text::{Align, Style};
use crate::words::{W, grade_word, verdict_word};
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

/// `1 规划及发展方向`.
pub fn domain_name(cx: &Cx<'_>, domain: &Domain) -> String {
    format!("{} {}", domain.number, cx.pick(&domain.title, &domain.title_en))
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
    vec![
        first,
        figures(head(W::Items), share(8.0)),
        figures(head(W::Applicable), share(9.0)),
        figures(head(W::Assessed), share(9.0)),
        figures(cx.w(verdict_word(Some(Verdict::Conform))), share(9.0)),
        figures(cx.w(W::PartialShort), share(9.0)),
        figures(cx.w(W::NonconformShort), share(10.0)),
        figures(cx.w(W::NaShort), share(9.0)),
        figures(cx.w(W::OpenShort), share(9.0)),
        figures(head(W::Points), share(15.0)),
        figures(head(W::Rate), share(13.0)),
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
        let mut para = crate::layout::build::line(vec![span(&upper, Style { size: 6.8, ..crate::layout::theme::CELL_SOFT })]);
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
    let first = column(cx.w(W::DomainName), if cx.lang == crate::Lang::Zh { 110.0 } else { 118.0 });
    let mut table = Table::begin(flow, tally_columns(cx, first), Rules::Rows);
    for (domain, score) in cx.model.input.pack.domains.iter().zip(&cx.model.score.domains) {
        let name = heads(cell(&domain_name(cx, domain)));
        table.row(flow, row(tally_cells(cx, name, &score.tally)));
    }
    let name = heads(cell(cx.w(W::Total)));
    table.row(flow, row(total(tally_cells(cx, name, &cx.model.score.overall))));
    table.end(flow);
    flow.para(&crate::layout::build::remark(cx.w(W::ByDomainRemark)));
}

fn by_section(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let first = column(cx.w(W::SectionName), 118.0);
    let mut table = Table::begin(flow, tally_columns(cx, first), Rules::Rows);
    for (domain, score) in cx.model.input.pack.domains.iter().zip(&cx.model.score.domains) {
        let mut group = heads(bold_cell(&domain_name(cx, domain)));
        group.columns = 11;
        group.fill = Some(PALE);
        table.row(flow, crate::layout::table::Row { with_next: true, ..row(vec![group]) });
        for part in &score.sections {
            let title = cx.model.input.pack.section(&part.code).map_or("", |s| cx.pick(&s.title, &s.title_en));
            let name = heads(spans(vec![
                span(&format!("{}  ", part.code), Style { bold: true, ..CELL }),
                span(title, CELL),
            ]));
            table.row(flow, row(tally_cells(cx, name, &part.tally)));
        }
    }
    let name = heads(cell(cx.w(W::Total)));
    table.row(flow, row(total(tally_cells(cx, name, &cx.model.score.overall))));
    table.end(flow);
}

fn spread(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let width = (MEASURE - 130.0) / 6.0;
    let mut columns = vec![column(cx.w(W::DomainName), 130.0)];
    columns.extend(Grade::ALL.map(|g| figures(cx.w(grade_word(g)), width)));
    columns.push(figures(cx.w(W::Total), width));
    let mut table = Table::begin(flow, columns, Rules::Rows);
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
    if cx.model.input.snapshot.findings.is_empty() {
        let _ = soft_cell("");
    }
}
