//! Key figures: how each is computed, what is usual and who says so. They help to set targets and never enter the rate.

use crate::layout::build::{Cx, column, line, lines, remark, row, span, title};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{CELL, CELL_SOFT, MEASURE};
use crate::text::{Para, Style};
use crate::words::{W, confidence_word, direction_word, unit_word};
use domain::pack::Kpi;

/// Lays the notice and the table.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let head = &cx.model.input.pack.pack;
    flow.lead(&remark(cx.pick(&head.kpi_notice, &head.kpi_notice_en)));
    let columns = vec![
        column(cx.w(W::KpiName), 104.0),
        column(cx.w(W::KpiFormula), MEASURE - 264.0),
        column(cx.w(W::KpiReference), 160.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for kpi in &cx.model.input.pack.kpis {
        table.row(flow, row(vec![name(cx, kpi), formula(cx, kpi), reference(cx, kpi)]));
    }
    table.end(flow);
}

fn name(cx: &Cx<'_>, kpi: &Kpi) -> Cell {
    let (own, other) = if cx.lang == domain::Lang::Zh { (&kpi.name, &kpi.name_en) } else { (&kpi.name_en, &kpi.name) };
    let small = |text: &str| Para { gap: 0.0, ..line(vec![span(text, CELL_SOFT)]) };
    let unit = unit_word(&kpi.unit).map_or(kpi.unit.as_str(), |w| cx.w(w));
    let way = format!("{unit} · {}", cx.w(direction_word(kpi.direction)));
    Cell { heads_row: true, ..lines(vec![title(&format!("{}  {own}", kpi.id)), small(other), small(&way)]) }
}

fn formula(cx: &Cx<'_>, kpi: &Kpi) -> Cell {
    let mut paras = vec![line(vec![span(cx.pick(&kpi.definition, &kpi.definition_en), CELL)])];
    paras.push(labelled(cx, W::Formula, cx.pick(&kpi.formula, &kpi.formula_en), CELL));
    let warning = cx.pick(&kpi.warning, &kpi.warning_en);
    if !warning.is_empty() {
        paras.push(labelled(cx, W::Beware, warning, CELL_SOFT));
    }
    lines(paras)
}

fn reference(cx: &Cx<'_>, kpi: &Kpi) -> Cell {
    lines(vec![
        line(vec![span(cx.pick(&kpi.reference, &kpi.reference_en), CELL)]),
        labelled(cx, W::Source, cx.pick(&kpi.source, &kpi.source_en), CELL_SOFT),
        Para { gap: 0.0, ..line(vec![span(cx.w(confidence_word(kpi.confidence)), Style { bold: true, ..CELL_SOFT })]) },
    ])
}

fn labelled(cx: &Cx<'_>, word: W, text: &str, style: Style) -> Para {
    let name = format!("{}{}", cx.w(word), cx.w(W::Colon));
    line(vec![span(&name, Style { bold: true, ..style }), span(text, style)])
}
