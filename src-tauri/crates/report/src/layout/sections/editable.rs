//! The first page of a document that people go on editing: what it is, and where its verifiable form is.

use super::{control, cover};
use crate::layout::block::Block;
use crate::layout::build::{Cx, column, line, para, row, span};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{ACCENT, ALERT, CELL, MEASURE, PALE, SOFT, bold, plain, tinted};
use crate::text::{Align, Para, Style};
use crate::words::W;

/// Lays the page.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>, title: &str) {
    let input = &cx.model.input;
    let assessment = &input.snapshot.assessment;
    if !assessment.confidentiality.trim().is_empty() {
        let mark = para(vec![span(&assessment.confidentiality, tinted(bold(11.0), ALERT))], 1.4);
        flow.para(&Para { align: Align::Right, ..mark });
    }
    flow.para(&para(vec![span(&assessment.organization, tinted(plain(14.0), SOFT))], 1.4));
    flow.tell(Block::Heading { level: 0, text: title.to_owned(), anchor: None, listed: false });
    flow.para(&para(vec![span(&assessment.title, plain(13.0))], 1.4));
    flow.para(&Para { gap: 4.0, ..para(vec![span(cx.w(W::NotACertificate), tinted(bold(11.0), ACCENT))], 1.5) });
    let revision = assessment.revision.to_string();
    let number = match input.number {
        "" => cx.f(W::NotExported, &[&revision]),
        number => cx.f(W::NumberRevision, &[number, &revision]),
    };
    cover::facts_with(cx, flow, [(W::PdfNumber, number), (W::DocumentDate, cx.date(Some(input.today)))]);
    flow.para(&para(Vec::new(), 1.0));
    statement(cx, flow);
    control::statements(cx, flow);
}

/// That it can be edited, and what cannot.
fn statement(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let text = match cx.model.input.number {
        "" => cx.w(W::EditableUnexported).to_owned(),
        number => cx.f(W::EditableExported, &[number]),
    };
    let root = Style { size: 7.6, bold: true, ..CELL };
    let cell = Cell {
        paras: vec![
            line(vec![span(cx.w(W::Editable), Style { bold: true, ..CELL })]),
            line(vec![span(&text, CELL)]),
            line(vec![span(&format!("{}{}", cx.w(W::RootOfReport), cx.w(W::Colon)), CELL), span(cx.model.root, root)]),
        ],
        fill: Some(PALE),
        ..Cell::default()
    };
    let mut table = Table::boxes(vec![column("", MEASURE)], Rules::Grid);
    table.row(flow, row(vec![cell]));
    table.end(flow);
}
