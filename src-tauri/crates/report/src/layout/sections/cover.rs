//! Cover: what this is, whose it is, of what it speaks, and what it is not.

use crate::layout::build::{Cx, para, span};
use crate::layout::display::{Item, Role};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{ACCENT, ALERT, CAUTION, CELL, MEASURE, PALE, SIDE, SOFT, bold, plain, soft, tinted};
use crate::layout::{build, theme};
use crate::text::{Align, Style};
use crate::words::W;
use domain::SignRole;

/// Lays the cover.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let assessment = &cx.model.input.snapshot.assessment;
    flow.open(Role::Sect);
    flow.fill([0.0, 0.0, SIDE / 3.0, 842.0], ACCENT);
    logo(cx, flow);
    if !assessment.confidentiality.trim().is_empty() {
        let size = fitting(11.0, &assessment.confidentiality);
        let mut mark = para(vec![span(&assessment.confidentiality, tinted(bold(size), ALERT))], 1.4);
        mark.align = Align::Right;
        flow.y = 66.0;
        flow.para(&mark);
    }
    flow.y = flow.y.max(208.0);
    flow.para(&para(
        vec![span(&assessment.organization, tinted(plain(fitting(15.0, &assessment.organization)), SOFT))],
        1.4,
    ));
    flow.y += 6.0;
    let node_start = flow.doc.nodes.len();
    flow.para(&para(vec![span(cx.kind(), bold(32.0))], 1.3));
    flow.doc.nodes[node_start].role = Role::H1;
    flow.y += 4.0;
    flow.para(&para(vec![span(&assessment.title, plain(fitting(14.0, &assessment.title)))], 1.4));
    flow.y += 10.0;
    flow.fill([SIDE, flow.y, 64.0, 3.0], ACCENT);
    flow.y += 22.0;
    flow.para(&para(vec![span(cx.w(W::NotACertificate), tinted(bold(11.5), ACCENT))], 1.5));
    flow.y = flow.y.max(430.0);
    facts(cx, flow);
    statement(cx, flow);
    flow.close();
}

/// A size at which even the longest name a field accepts leaves the cover one page.
fn fitting(size: f32, text: &str) -> f32 {
    match text.chars().count() {
        0..=90 => size,
        91..=240 => size * 0.7,
        _ => size * 0.5,
    }
}

fn logo(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let Some(picture) = flow.doc.images.first() else { return };
    #[expect(clippy::cast_precision_loss, reason = "pictures have at most a few thousand pixels per side")]
    let (width, height) = (picture.width as f32, picture.height as f32);
    let scale = (190.0 / width).min(64.0 / height);
    let node = flow.node(Role::Figure);
    let alt = cx.f(W::LogoOf, &[&cx.model.input.snapshot.assessment.organization]);
    flow.doc.alts.insert(node, alt);
    let area = [SIDE, 60.0, width * scale, height * scale];
    flow.page().items.push(Item::Image { image: 0, area, node: Some(node) });
}

fn facts(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let input = &cx.model.input;
    let revision = input.snapshot.assessment.revision.to_string();
    let number = (W::ReportNumber, cx.f(W::NumberRevision, &[input.number, &revision]));
    facts_with(cx, flow, [number, (W::ReportDate, cx.minute(input.generated_at.to_utc()))]);
}

/// What the document speaks of, and what tells it from others.
pub fn facts_with(cx: &Cx<'_>, flow: &mut Flow<'_>, own: [(W, String); 2]) {
    let input = &cx.model.input;
    let (pack, assessment) = (&input.pack.pack, &input.snapshot.assessment);
    let period = match (assessment.period_from, assessment.period_to) {
        (None, None) => cx.w(W::NotFilled).to_owned(),
        (from, to) => cx.f(W::FromTo, &[&cx.date(from), &cx.date(to)]),
    };
    let facts = [
        (W::Standard, format!("{} {}", pack.standard, cx.pick(&pack.title, &pack.title_en))),
        (W::CriteriaVersion, cx.f(W::CriteriaVersionOf, &[&pack.version, &input.pack.items.len().to_string()])),
        (W::CriteriaHash, input.pack.sha256.clone()),
        (W::Period, period),
    ]
    .into_iter()
    .chain(own);
    let columns = vec![build::column("", 110.0), build::column("", MEASURE - 110.0)];
    let mut table = Table::new(columns, Rules::Rows);
    for (word, value) in facts {
        // A hash stays on one line, so that it can be copied whole.
        let size = if matches!(word, W::CriteriaHash) { 8.4 } else { 9.5 };
        table.row(flow, build::row(vec![label(cx.w(word)), build::spans(vec![span(&value, plain(size))])]));
    }
    let (state, color) = state(cx);
    let value = build::spans(vec![span(state, tinted(bold(9.5), color))]);
    table.row(flow, build::row(vec![label(cx.w(W::State)), value]));
    table.end(flow);
}

fn label(text: &str) -> Cell {
    Cell { heads_row: true, ..build::spans(vec![span(text, soft(9.0))]) }
}

/// Draft, still being assessed, waiting for signatures, or approved over exactly this root.
fn state(cx: &Cx<'_>) -> (&'static str, crate::text::Rgb) {
    let approved = |s: &&domain::SignOff| s.role == SignRole::Approved && cx.model.covers(s);
    if cx.options.draft {
        (cx.w(W::StateDraft), CAUTION)
    } else if cx.is_draft() {
        (cx.w(W::StateOpen), CAUTION)
    } else if cx.model.input.sign_offs.iter().find(approved).is_some() {
        (cx.w(W::StateApproved), theme::GOOD)
    } else {
        (cx.w(W::StateUnsigned), CAUTION)
    }
}

fn statement(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let pack = &cx.model.input.pack.pack;
    let text = cx.pick(&pack.notice, &pack.notice_en);
    let style = Style { color: SOFT, ..CELL };
    let cell = Cell { fill: Some(PALE), ..build::spans(vec![span(text, style)]) };
    flow.y = flow.y.max(690.0);
    let mut table = Table::boxes(vec![build::column("", MEASURE)], Rules::Rows);
    table.row(flow, build::row(vec![cell]));
    table.end(flow);
}
