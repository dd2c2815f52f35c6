//! Charts as paths. Each stands beside a table with its figures, and none needs colour to be read.

use super::build::{Cx, cell, column, count, figures, para, row, span};
use super::display::{NodeId, Role, Seg, Shape, Stroke};
use super::flow::Flow;
use super::marks::filled;
use super::table::{Rules, Table};
use super::theme::{ACCENT, CELL, CELL_SOFT, INK, MEASURE, RULE, SIDE, SOFT, WHITE, hue, soft};
use crate::text::{Align, Rgb, Style};
use crate::words::W;
use domain::Verdict;
use std::f32::consts::PI;

/// Verdicts with the words that fit beside a chart.
const SHORT: [(Option<Verdict>, W); 5] = [
    (Some(Verdict::Conform), W::ConformShort),
    (Some(Verdict::Partial), W::PartialShort),
    (Some(Verdict::Nonconform), W::NonconformShort),
    (Some(Verdict::NotApplicable), W::NaShort),
    (None, W::OpenShort),
];

/// Numbers of domains for which a radar is an area that can be read; the table beside it says the same of any.
const AXES: std::ops::RangeInclusive<usize> = 3..=16;

/// Draws this round's rate per domain over the last round's.
pub fn radar(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    if !AXES.contains(&cx.model.score.domains.len()) {
        radar_table(cx, flow, (SIDE, MEASURE));
        return;
    }
    let (height, radius) = (232.0, 82.0);
    // The whole drawing on one page, with the table beside it; after this nothing may break the page.
    flow.need(height + 8.0);
    // One node with a text for those who cannot see it; every line and label belongs to it and is not read out by itself.
    let figure = flow.node(Role::Figure);
    flow.doc.alts.insert(figure, radar_alt(cx));
    let (top, left) = (flow.y, SIDE);
    let (cx0, cy0) = (left + 122.0, top + 112.0);
    let shares = |score: &domain::Score| score.domains.iter().map(|d| d.rate.map(share)).collect::<Vec<_>>();
    let rates = shares(&cx.model.score);
    let last = cx.model.last.as_ref().map(shares);
    // The first domain points up, the others follow clockwise.
    let at = |index: usize, part: f32| {
        #[expect(clippy::cast_precision_loss, reason = "sixteen domains at most")]
        let angle = -PI / 2.0 + 2.0 * PI * index as f32 / rates.len().max(1) as f32;
        (cx0 + radius * part * angle.cos(), cy0 + radius * part * angle.sin())
    };
    let ring = |part: f32| (0..rates.len()).map(|i| at(i, part)).collect::<Vec<_>>();
    // Drawn from the back to the front: net, area of this round, outline of the last one, outline of this one. The area is pale and
    // comes first, so that the last round shows where it lies inside of this one.
    for part in [0.25, 0.5, 0.75, 1.0] {
        let width = if part > 0.9 { 0.8 } else { 0.4 };
        add(flow, figure, polygon(&ring(part)), None, Some(Stroke { color: RULE, width, dash: None }), true);
    }
    for i in 0..rates.len() {
        let (x, y) = at(i, 1.0);
        let spoke = vec![Seg::Move(cx0, cy0), Seg::Line(x, y)];
        add(flow, figure, spoke, None, Some(Stroke { color: RULE, width: 0.4, dash: None }), false);
    }
    for (part, text) in [(0.5, "50"), (1.0, "100")] {
        flow.label(text, soft(6.2), (cx0 + 2.0, cy0 - radius * part - 1.0, 24.0), Align::Left, Some(figure));
    }
    // A domain in which nothing applies has no point: one at the centre would read as 0 %.
    let shape =
        |values: &[Option<f32>]| values.iter().enumerate().filter_map(|(i, v)| v.map(|v| at(i, v))).collect::<Vec<_>>();
    let now = shape(&rates);
    add(flow, figure, polygon(&now), Some(Rgb(0xDC, 0xEA, 0xEA)), None, true);
    // Dashed, so that a copy in black and white tells the rounds apart.
    if let Some(last) = &last {
        let dash = Some((3.0, 2.2));
        add(flow, figure, polygon(&shape(last)), None, Some(Stroke { color: SOFT, width: 1.0, dash }), true);
    }
    add(flow, figure, polygon(&now), None, Some(Stroke { color: ACCENT, width: 1.6, dash: None }), true);
    for (x, y) in &now {
        let mut dot = filled(super::marks::circle(*x, *y, 2.1), ACCENT);
        dot.node = Some(figure);
        flow.shape(dot);
    }
    for (i, domain) in cx.model.input.pack.domains.iter().enumerate() {
        let (x, y) = at(i, 1.13);
        let width = 58.0;
        // A name stands outside of its corner: on the right it begins there, on the left it ends there.
        let (x, align) = if (x - cx0).abs() < 12.0 {
            (x - width / 2.0, Align::Centre)
        } else if x > cx0 {
            (x - 4.0, Align::Left)
        } else {
            (x - width + 4.0, Align::Right)
        };
        let style = Style { size: 7.2, bold: true, color: INK };
        flow.label(&format!("{} {}", domain.number, domain.code), style, (x, y - 5.0, width), align, Some(figure));
    }
    let legend = top + height - 18.0;
    legend_line(flow, figure, left + 34.0, legend, Stroke { color: ACCENT, width: 1.6, dash: None });
    flow.label(cx.w(W::ThisRound), CELL_SOFT, (left + 60.0, legend - 5.6, 80.0), Align::Left, Some(figure));
    if last.is_some() {
        let stroke = Stroke { color: SOFT, width: 1.0, dash: Some((3.0, 2.2)) };
        legend_line(flow, figure, left + 130.0, legend, stroke);
        flow.label(cx.w(W::LastRound), CELL_SOFT, (left + 156.0, legend - 5.6, 80.0), Align::Left, Some(figure));
    }
    flow.end_figure(figure, [left, top, 248.0, height]);
    // The table began at the top as well; what reaches further down decides where the text goes on.
    flow.y = top;
    radar_table(cx, flow, (left + 252.0, MEASURE - 252.0));
    flow.y = flow.y.max(top + height);
}

fn radar_table(cx: &Cx<'_>, flow: &mut Flow<'_>, (left, width): (f32, f32)) {
    let mut columns = vec![column(cx.w(W::DomainName), width - 131.0), figures(cx.w(W::ThisRound), 45.0)];
    columns.push(figures(cx.w(W::LastRound), 45.0));
    columns.push(figures(cx.w(W::Delta), 41.0));
    let mut table = Table::at(columns, Rules::Rows, left);
    let last = cx.model.last.as_ref();
    let compact = |text: &str| {
        let mut cell = cell(text);
        for para in &mut cell.paras {
            para.leading = 10.4;
        }
        cell
    };
    for (i, (domain, score)) in cx.model.input.pack.domains.iter().zip(&cx.model.score.domains).enumerate() {
        let before = last.and_then(|s| s.domains[i].rate);
        // English names would take two lines each; the codes are explained in the table before.
        let name = if cx.lang == domain::Lang::Zh { &domain.title } else { &domain.code };
        let title = format!("{} {name}", domain.number);
        table.row(
            flow,
            row(vec![
                compact(&title),
                compact(&cx.rate(score.rate)),
                compact(&if last.is_some() { cx.rate(before) } else { "—".to_owned() }),
                compact(&delta(score.rate, before)),
            ]),
        );
    }
    let before = last.and_then(|s| s.rate);
    let mut cells = vec![
        compact(cx.w(W::Total)),
        compact(&cx.rate(cx.model.score.rate)),
        compact(&cx.rate(before)),
        compact(&delta(cx.model.score.rate, before)),
    ];
    for cell in &mut cells {
        cell.fill = Some(super::theme::TINT);
        cell.paras[0].spans[0].style.bold = true;
    }
    table.row(flow, row(cells));
    table.end(flow);
}

/// `+3.20` in percentage points; a dash where one side is missing.
pub fn delta(now: Option<u32>, before: Option<u32>) -> String {
    match (now, before) {
        (Some(now), Some(before)) if now >= before => format!("+{}", domain::scoring::percent(now - before)),
        (Some(now), Some(before)) => format!("−{}", domain::scoring::percent(before - now)),
        _ => "—".to_owned(),
    }
}

fn radar_alt(cx: &Cx<'_>) -> String {
    let list: Vec<_> = cx
        .model
        .input
        .pack
        .domains
        .iter()
        .zip(&cx.model.score.domains)
        .map(|(d, s)| format!("{} {}", cx.pick(&d.title, &d.title_en), cx.rate(s.rate)))
        .collect();
    cx.f(W::RadarAlt, &[&cx.join(&list)])
}

/// Draws one bar per domain, split by verdict.
pub fn bars(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let domains = &cx.model.input.pack.domains;
    let step = 19.0;
    #[expect(clippy::cast_precision_loss, reason = "sixteen domains at most")]
    let height = 28.0 + step * domains.len() as f32;
    flow.need(height + 26.0);
    let figure = flow.node(Role::Figure);
    flow.doc.alts.insert(figure, cx.w(W::BarsAlt).to_owned());
    let (top, left, full) = (flow.y, SIDE + 26.0, 214.0);
    let most = cx.model.score.domains.iter().map(|d| d.tally.items).max().unwrap_or(1).max(1);
    for (i, (domain, score)) in domains.iter().zip(&cx.model.score.domains).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "sixteen domains at most")]
        let y = top + 6.0 + step * i as f32;
        let style = Style { size: 7.2, bold: true, color: INK };
        flow.label(&domain.code, style, (SIDE, y + 0.5, 24.0), Align::Left, Some(figure));
        let mut x = left;
        for verdict in Verdict::ALL.into_iter().map(Some).chain([None]) {
            let n = score.tally.count(verdict);
            if n == 0 {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "at most a few hundred items")]
            let width = full * n as f32 / most as f32;
            segment(flow, figure, verdict, [x, y, width, 11.0]);
            if width > 9.0 {
                let style = Style { size: 6.6, bold: true, color: on_segment(verdict) };
                plate(flow, figure, verdict, x + width / 2.0, y, n);
                flow.label(&n.to_string(), style, (x, y + 0.9, width), Align::Centre, Some(figure));
            }
            x += width;
        }
    }
    let (mut x, legend) = (SIDE, top + height - 16.0);
    for (verdict, word) in SHORT {
        segment(flow, figure, verdict, [x, legend, 12.0, 8.0]);
        let word = cx.w(word);
        flow.label(word, CELL_SOFT, (x + 15.0, legend - 1.4, 60.0), Align::Left, Some(figure));
        x += word_width(word) + 25.0;
    }
    flow.end_figure(figure, [SIDE, top, 248.0, height]);
    bars_table(cx, flow, top);
    flow.y = flow.y.max(top + height) + 4.0;
}

fn word_width(word: &str) -> f32 {
    word.chars().map(|c| crate::text::Fonts::get().advance(crate::text::Face::Regular, c)).sum::<f32>() * 7.6 / 1000.0
}

fn bars_table(cx: &Cx<'_>, flow: &mut Flow<'_>, top: f32) {
    let left = SIDE + 252.0;
    let width = MEASURE - 252.0;
    let each = 34.0;
    let mut columns = vec![column(cx.w(W::CodeShort), width - each * 6.0)];
    columns.extend(SHORT.map(|(_, word)| figures(cx.w(word), each)));
    columns.push(figures(cx.w(W::Items), each));
    flow.y = top;
    let mut table = Table::at(columns, Rules::Rows, left);
    for (domain, score) in cx.model.input.pack.domains.iter().zip(&cx.model.score.domains) {
        let mut cells = vec![cell(&domain.code)];
        cells.extend(Verdict::ALL.map(|v| count(score.tally.count(Some(v)))));
        cells.push(count(score.tally.unassessed));
        cells.push(count(score.tally.items));
        for cell in &mut cells {
            cell.paras[0].leading = 10.4;
        }
        table.row(flow, row(cells));
    }
    table.end(flow);
}

/// Solid, hatched, crossed, pale, hollow: told apart without colour.
fn segment(flow: &mut Flow<'_>, figure: NodeId, verdict: Option<Verdict>, area: [f32; 4]) {
    let [x, y, w, h] = area;
    let color = hue(verdict);
    let frame = polygon(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)]);
    let line = |width: f32, dash| Some(Stroke { color, width, dash });
    match verdict {
        Some(Verdict::Conform) => add(flow, figure, frame, Some(color), line(0.5, None), true),
        Some(Verdict::Partial) => {
            add(flow, figure, frame.clone(), Some(Rgb(0xFD, 0xF1, 0xDC)), None, true);
            hatch(flow, figure, area, Stroke { color, width: 0.7, dash: None }, 3.4);
            add(flow, figure, frame, None, line(0.5, None), true);
        }
        Some(Verdict::Nonconform) => {
            add(flow, figure, frame.clone(), Some(Rgb(0x8F, 0x12, 0x12)), None, true);
            add(flow, figure, frame, None, line(0.5, None), true);
        }
        Some(Verdict::NotApplicable) => {
            add(flow, figure, frame, Some(Rgb(0xD7, 0xDE, 0xE4)), line(0.5, None), true);
        }
        None => add(flow, figure, frame, Some(WHITE), line(0.6, Some((1.6, 1.2))), true),
    }
}

const fn on_segment(verdict: Option<Verdict>) -> Rgb {
    match verdict {
        Some(Verdict::Conform | Verdict::Nonconform) => WHITE,
        _ => INK,
    }
}

/// A plain patch under a figure that stands on a hatched segment.
fn plate(flow: &mut Flow<'_>, figure: NodeId, verdict: Option<Verdict>, cx: f32, y: f32, n: u32) {
    if verdict != Some(Verdict::Partial) {
        return;
    }
    let half = if n > 9 { 5.0 } else { 3.2 };
    let frame = polygon(&[(cx - half, y + 1.6), (cx + half, y + 1.6), (cx + half, y + 9.4), (cx - half, y + 9.4)]);
    add(flow, figure, frame, Some(Rgb(0xFD, 0xF1, 0xDC)), None, true);
}

/// Lines at 45° inside a rectangle.
fn hatch(flow: &mut Flow<'_>, figure: NodeId, area: [f32; 4], stroke: Stroke, step: f32) {
    let [x, y, w, h] = area;
    let mut offset = step / 2.0;
    while offset < w + h {
        let (x1, y1) = if offset <= h { (x, y + offset) } else { (x + offset - h, y + h) };
        let (x2, y2) = if offset <= w { (x + offset, y) } else { (x + w, y + offset - w) };
        add(flow, figure, vec![Seg::Move(x1, y1), Seg::Line(x2, y2)], None, Some(stroke), false);
        offset += step;
    }
}

fn legend_line(flow: &mut Flow<'_>, figure: NodeId, x: f32, y: f32, stroke: Stroke) {
    add(flow, figure, vec![Seg::Move(x, y), Seg::Line(x + 20.0, y)], None, Some(stroke), false);
}

fn polygon(points: &[(f32, f32)]) -> Vec<Seg> {
    points.iter().enumerate().map(|(i, (x, y))| if i == 0 { Seg::Move(*x, *y) } else { Seg::Line(*x, *y) }).collect()
}

fn add(flow: &mut Flow<'_>, node: NodeId, path: Vec<Seg>, fill: Option<Rgb>, stroke: Option<Stroke>, closed: bool) {
    if path.is_empty() {
        return;
    }
    flow.shape(Shape { path, closed, fill, stroke, node: Some(node) });
}

#[expect(clippy::cast_precision_loss, reason = "hundredths of a percent")]
fn share(rate: u32) -> f32 {
    rate as f32 / 10_000.0
}

/// A small legend line for tables that use verdict marks.
#[must_use]
pub fn legend(cx: &Cx<'_>) -> crate::text::Para {
    let mut pieces = Vec::new();
    for verdict in Verdict::ALL.into_iter().map(Some).chain([None]) {
        pieces.extend(cx.verdict(verdict, CELL));
        pieces.push(span("    ", CELL));
    }
    para(pieces, 1.6)
}
