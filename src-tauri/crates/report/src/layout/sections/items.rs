//! Item by item: each of the 224 exactly once, with what was seen and what it rests on.

use crate::SectionId;
use crate::layout::build::{Cx, at, at_item, column, line, lines, link, mark, remark, row, span, title};
use crate::layout::charts;
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Row, Rules, Table};
use crate::layout::theme::{ACCENT, CELL, CELL_SOFT, MEASURE, PALE, tinted};
use crate::text::{Mark, Para, Span, Style};
use crate::words::W;
use domain::pack::Item;
use domain::{Answer, Review, Verdict};

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.para(&remark(cx.w(W::ItemsRemark)));
    flow.para(&charts::legend(cx));
    let pack = cx.model.input.pack;
    for (part, domain) in pack.domains.iter().enumerate() {
        let title = cx.sub_text(SectionId::Items, part + 1, cx.pick(&domain.title, &domain.title_en));
        flow.heading(2, &title, Some(&format!("domain:{}", domain.code)));
        let columns = vec![
            column(cx.w(W::ItemAndVerdict), 92.0),
            column(cx.w(W::RequirementAndRecord), MEASURE - 92.0 - 118.0),
            column(cx.w(W::ProofAndFollowUp), 118.0),
        ];
        let mut table = Table::new(columns, Rules::Rows);
        for section in pack.sections.iter().filter(|s| s.domain == domain.code) {
            let name = Cell {
                paras: vec![line(vec![span(
                    &format!("{}  {}", section.code, cx.pick(&section.title, &section.title_en)),
                    tinted(Style { bold: true, ..CELL }, ACCENT),
                )])],
                fill: Some(PALE),
                columns: 3,
                ..Cell::default()
            };
            table.row(flow, Row { with_next: true, ..row(vec![name]) });
            for item in pack.items.iter().filter(|i| i.section() == section.code) {
                table.row(flow, one(cx, item));
            }
            if flow.cancelled {
                return;
            }
        }
        table.end(flow);
    }
}

fn one(cx: &Cx<'_>, item: &Item) -> Row {
    let answer = cx.model.input.snapshot.answer(&item.code);
    Row {
        anchor: Some(at_item(&item.code)),
        ..row(vec![left(cx, item, answer), middle(cx, item, answer), right(cx, item)])
    }
}

fn left(cx: &Cx<'_>, item: &Item, answer: Option<&Answer>) -> Cell {
    let mut code = Vec::new();
    if item.key {
        code.push(mark(Mark::Key, tinted(CELL, ACCENT)));
    }
    code.push(span(&item.code, Style { bold: true, size: 8.6, ..CELL }));
    let verdict = answer.and_then(|a| a.verdict);
    let mut result = cx.verdict(verdict, CELL);
    result.extend(points(cx, item, verdict));
    let mut paras = vec![line(code), line(result)];
    if let Some(answer) = answer {
        let mut when = cx.day(answer.assessed_at);
        if answer.review != Review::Open {
            when = format!("{when}  {}", cx.say(answer.review.term()));
        }
        for text in [answer.assessor.as_str(), &when] {
            if !text.trim().is_empty() {
                paras.push(Para { gap: 0.0, ..line(vec![span(text, CELL_SOFT)]) });
            }
        }
    }
    Cell { heads_row: true, ..lines(paras) }
}

/// What the verdict earns of what the item is worth; nothing where the item leaves the denominator or is open.
fn points(cx: &Cx<'_>, item: &Item, verdict: Option<Verdict>) -> Option<Span> {
    let profile = cx.model.profile;
    let weight = profile.weight(&item.code);
    let milli = profile.milli_points(verdict?)? * weight;
    let earned = super::results::points(u32::try_from(milli).unwrap_or(u32::MAX));
    Some(span(&format!("  {}", cx.f(W::PointsOf, &[&earned, &weight.to_string()])), CELL_SOFT))
}

fn middle(cx: &Cx<'_>, item: &Item, answer: Option<&Answer>) -> Cell {
    let mut paras = vec![
        title(cx.title(item)),
        Para { gap: 0.0, ..line(vec![span(cx.pick(&item.requirement, &item.requirement_en), CELL_SOFT)]) },
    ];
    if let Some(answer) = answer {
        let reason = if answer.verdict == Some(Verdict::NotApplicable) || !answer.reason.trim().is_empty() {
            answer.reason.as_str()
        } else {
            ""
        };
        labelled(cx, &mut paras, W::NoteLabel, &answer.note);
        labelled(cx, &mut paras, W::ReasonLabel, reason);
        labelled(cx, &mut paras, W::ReviewLabel, &answer.review_note);
    }
    Cell { paras, ..Cell::default() }
}

fn labelled(cx: &Cx<'_>, paras: &mut Vec<Para>, word: W, text: &str) {
    if !text.trim().is_empty() {
        let name = format!("{}{}", cx.w(word), cx.w(W::Colon));
        paras.push(Para { gap: 3.0, ..line(vec![span(&name, Style { bold: true, ..CELL }), span(text, CELL)]) });
    }
}

fn right(cx: &Cx<'_>, item: &Item) -> Cell {
    let mut paras = Vec::new();
    for (evidence, place) in cx.model.evidence_of(&item.code) {
        let mut pieces: Vec<Span> = vec![link(&evidence.label(), &at(&evidence.label()), CELL)];
        if !place.locator.trim().is_empty() {
            pieces.push(span(&format!("  {}", place.locator), CELL_SOFT));
        }
        paras.push(Para { gap: 0.0, ..line(pieces) });
    }
    let expected = item.evidence.len();
    if expected > 0
        && let Some(answer) = cx.model.input.snapshot.answer(&item.code)
        && answer.verdict.is_some_and(|v| v != Verdict::NotApplicable)
    {
        let ticked = answer.ticks.iter().filter(|t| item.evidence.contains(t)).count();
        let text = cx.f(W::ExpectedOf, &[&ticked.to_string(), &expected.to_string()]);
        paras.push(Para { gap: 0.0, ..line(vec![span(&text, CELL_SOFT)]) });
    }
    for finding in cx.model.findings_of(&item.code) {
        let word = cx.say(finding.grade.term());
        let pieces = vec![link(&finding.label(), &at(&finding.label()), CELL), span(&format!("  {word}"), CELL_SOFT)];
        paras.push(Para { gap: 1.5, ..line(pieces) });
    }
    for task in cx.model.tasks_of(&item.code) {
        let word = cx.say(task.state.term());
        let pieces = vec![link(&task.label(), &at(&task.label()), CELL), span(&format!("  {word}"), CELL_SOFT)];
        paras.push(Para { gap: 0.0, ..line(pieces) });
    }
    if paras.is_empty() {
        paras.push(line(vec![span("—", CELL_SOFT)]));
    }
    lines(paras)
}
