//! 不符合项报告: one nonconformity on a page of its own, in the form Chinese auditors file.

use crate::layout::build::{Cx, at, at_item, column, line, link, mark, row, span, spans};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Row, Rules, Table};
use crate::layout::theme::{CELL_SOFT, MEASURE, PALE, SOFT, bold, plain};
use crate::text::{Align, Mark, Para, Style};
use crate::words::W;
use domain::{Finding, Grade, Task, TaskKind, TaskState};

const TEXT: Style = plain(9.0);
const LABEL: Style = Style { size: 8.4, bold: true, color: crate::layout::theme::ACCENT };

/// Lays one sheet; the caller has started a page.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>, finding: &Finding) {
    let item = cx.model.input.pack.item(&finding.item);
    let title = format!("{} {}", finding.label(), item.map_or("", |i| cx.title(i)));
    flow.heading(3, &title, Some(&at(&finding.label())));
    let quarter = MEASURE / 4.0;
    let columns = vec![
        column("", quarter * 0.75),
        column("", quarter * 1.25),
        column("", quarter * 0.75),
        column("", quarter * 1.25),
    ];
    let mut form = Table::new(columns, Rules::Grid);
    let mut name = line(vec![span(&format!("{}　{}", cx.w(W::SheetTitle), finding.label()), bold(10.5))]);
    name.align = Align::Centre;
    form.row(flow, row(vec![Cell { paras: vec![name], columns: 4, ..Cell::default() }]));
    about(cx, &mut form, flow, finding);
    let boxes = boxes(cx, finding);
    let filled: f32 = boxes.iter().map(|(_, paras, least)| height(paras).max(*least)).sum();
    // A form of half a page leaves no room to write; what the page has left is shared out by the boxes' own measure.
    let spare = ((BOXES - filled) / 310.0).clamp(0.0, 0.5);
    for (word, paras, least) in boxes {
        let at_least = height(&paras).max(least) + spare * least;
        form_text(&mut form, flow, word, paras, at_least);
    }
    form.end(flow);
    signatures(cx, flow);
}

/// The rows that say whose it is, who found it, and how grave it is.
pub fn about(cx: &Cx<'_>, form: &mut Table, flow: &mut Flow<'_>, finding: &Finding) {
    let assessment = &cx.model.input.snapshot.assessment;
    let pair = |form: &mut Table, flow: &mut Flow<'_>, left: (W, Para), right: (W, Para)| {
        form.row(flow, row(vec![label(cx.w(left.0)), value(left.1), label(cx.w(right.0)), value(right.1)]));
    };
    let plain_text = |text: &str| line(vec![cx.or_blank(text, TEXT)]);
    pair(
        form,
        flow,
        (W::Organization, plain_text(&assessment.organization)),
        (W::Department, plain_text(&finding.department)),
    );
    pair(
        form,
        flow,
        (W::FoundBy, plain_text(&finding.found_by)),
        (W::FoundOn, plain_text(&cx.date(Some(finding.found_on)))),
    );
    let code = line(vec![link(&finding.item, &at_item(&finding.item), TEXT)]);
    pair(form, flow, (W::ItemCode, code), (W::Grade, grades(cx, finding.grade)));
}

/// What is written into the boxes: their names, their text, and the height that leaves room to write, in points.
pub fn boxes<'a>(cx: &Cx<'a>, finding: &Finding) -> [(&'a str, Vec<Para>, f32); 7] {
    let text = |text: &str| vec![line(vec![cx.or_blank(text, TEXT)])];
    let tasks = cx.model.tasks_for(finding.id);
    let of = |kind: TaskKind| tasks.iter().copied().filter(|t| t.kind == kind).collect::<Vec<_>>();
    [
        (cx.w(W::CriterionBasis), criterion(cx, finding), 34.0),
        (cx.w(W::FactForm), text(&finding.fact), 70.0),
        (cx.w(W::EvidenceForm), evidence(cx, finding), 26.0),
        (cx.w(W::CauseForm), text(&finding.cause), 54.0),
        (cx.say(TaskKind::Correction.term()), actions(cx, &of(TaskKind::Correction)), 34.0),
        (cx.say(TaskKind::Corrective.term()), actions(cx, &of(TaskKind::Corrective)), 48.0),
        (cx.w(W::VerificationForm), verification(cx, tasks), 44.0),
    ]
}

/// Height that a page has for the boxes of a form, with its heading, first rows and signatures taken off.
const BOXES: f32 = 440.0;

/// How high paragraphs come out, rather too high than too low.
fn height(paras: &[Para]) -> f32 {
    let wide = |c: char| if c.is_ascii() { 0.56 } else { 1.0 };
    let lines = |para: &Para| {
        let size = para.spans.first().map_or(TEXT.size, |s| s.style.size);
        let text: f32 = para.spans.iter().flat_map(|s| s.text.chars()).map(wide).sum();
        (text * size / 370.0).ceil().max(1.0)
    };
    10.0 + paras.iter().map(|p| lines(p) * p.leading + p.gap).sum::<f32>()
}

fn label(word: &str) -> Cell {
    Cell { heads_row: true, fill: Some(PALE), ..spans(vec![span(word, LABEL)]) }
}

fn value(para: Para) -> Cell {
    Cell { paras: vec![para], ..Cell::default() }
}

/// A box of the form.
pub fn form_text(form: &mut Table, flow: &mut Flow<'_>, word: &str, paras: Vec<Para>, at_least: f32) {
    let text = Cell { paras, columns: 3, ..Cell::default() };
    form.row(flow, Row { at_least, ..row(vec![label(word), text]) });
}

/// Both grades as boxes, the right one filled, as on the paper form.
fn grades(cx: &Cx<'_>, grade: Grade) -> Para {
    let mut pieces = Vec::new();
    for option in [Grade::Major, Grade::Minor] {
        let chosen = option == grade;
        let style = if chosen { Style { bold: true, ..TEXT } } else { Style { color: SOFT, ..TEXT } };
        pieces.push(span(if chosen { "■ " } else { "□ " }, style));
        pieces.push(span(&format!("{}   ", cx.say(option.term())), style));
    }
    line(pieces)
}

fn criterion(cx: &Cx<'_>, finding: &Finding) -> Vec<Para> {
    let item = cx.model.input.pack.item(&finding.item);
    let own = item.map_or("", |i| cx.pick(&i.requirement, &i.requirement_en));
    let mut paras = Vec::new();
    let written = finding.criterion.trim();
    if written.is_empty() || item.is_some_and(|i| written == i.requirement || written == i.requirement_en) {
        paras.push(line(vec![span(own, TEXT)]));
    } else {
        paras.push(line(vec![span(written, TEXT)]));
        paras.push(line(vec![span(&cx.f(W::RequirementOf, &[&finding.item, own]), CELL_SOFT)]));
    }
    if let Some(laws) = item.and_then(|i| laws(cx, i)) {
        paras.push(line(vec![span(&format!("{}{}{laws}", cx.w(W::Laws), cx.w(W::Colon)), CELL_SOFT)]));
    }
    paras
}

/// The laws of an item, those that were checked against the text on one day together with that day; `None` where it cites none.
fn laws(cx: &Cx<'_>, item: &domain::pack::Item) -> Option<String> {
    let cited = item.laws.iter().filter_map(|id| cx.model.input.pack.law(id));
    let mut days: Vec<(Option<domain::Date>, Vec<String>)> = Vec::new();
    for law in cited {
        let draft = if law.status == domain::pack::LawStatus::Draft { cx.w(W::DraftLaw) } else { "" };
        let name = if cx.lang == domain::Lang::Zh || law.short_en.is_empty() {
            format!("《{}》{}{draft}", law.short, law.article)
        } else {
            let article = if law.article_en.is_empty() { String::new() } else { format!(" {}", law.article_en) };
            format!("{}{article}{draft}", law.short_en)
        };
        match days.iter_mut().find(|(day, _)| *day == law.checked) {
            Some((_, names)) => names.push(name),
            None => days.push((law.checked, vec![name])),
        }
    }
    let groups: Vec<String> = days
        .into_iter()
        .map(|(day, names)| {
            let names = cx.join(&names);
            day.map_or(names.clone(), |day| format!("{names}{}", cx.f(W::LawChecked, &[&cx.date(Some(day))])))
        })
        .collect();
    (!groups.is_empty()).then(|| groups.join(cx.w(W::Semicolon)))
}

fn evidence(cx: &Cx<'_>, finding: &Finding) -> Vec<Para> {
    let list = cx.model.evidence_of(&finding.item);
    if list.is_empty() {
        return vec![line(vec![cx.or_blank("", TEXT)])];
    }
    let one = |(evidence, place): &(&domain::Evidence, &domain::Link)| {
        let mut pieces =
            vec![link(&evidence.label(), &at(&evidence.label()), TEXT), span(&format!("  {}", evidence.title), TEXT)];
        if !place.locator.trim().is_empty() {
            pieces.push(span(&cx.f(W::InParentheses, &[&place.locator]), CELL_SOFT));
        }
        Para { gap: 0.0, ..line(pieces) }
    };
    list.iter().map(one).collect()
}

fn actions(cx: &Cx<'_>, tasks: &[&Task]) -> Vec<Para> {
    if tasks.is_empty() {
        return vec![line(vec![cx.or_blank("", TEXT)])];
    }
    let mut paras = Vec::new();
    for task in tasks {
        paras.push(line(vec![link(&task.label(), &at(&task.label()), TEXT), span(&format!("  {}", task.title), TEXT)]));
        if !task.detail.trim().is_empty() {
            paras.push(Para { gap: 0.0, ..line(vec![span(&task.detail, TEXT)]) });
        }
        let owner = if task.owner.trim().is_empty() { cx.w(W::NotFilled) } else { &task.owner };
        let state = cx.say(task.state.term());
        let text = cx.f(W::ActionLine, &[owner, &cx.date(task.due), state]);
        paras.push(Para { gap: 0.0, ..line(vec![span(&text, CELL_SOFT)]) });
    }
    paras
}

fn verification(cx: &Cx<'_>, tasks: &[&Task]) -> Vec<Para> {
    let mut paras = Vec::new();
    for task in tasks.iter().filter(|t| !t.result.trim().is_empty() || t.state == TaskState::Closed) {
        paras.push(line(vec![
            link(&task.label(), &at(&task.label()), TEXT),
            span("  ", TEXT),
            cx.or_blank(&task.result, TEXT),
        ]));
        let verifier = if task.verifier.trim().is_empty() { cx.w(W::NotFilled) } else { &task.verifier };
        let day = cx.day(task.closed_at);
        let day = if day.is_empty() { "—".to_owned() } else { day };
        let mut pieces = vec![span(&cx.f(W::VerifiedLine, &[verifier, &day]), CELL_SOFT)];
        for id in &task.proof {
            if let Some(evidence) = cx.model.evidence(*id) {
                pieces.push(span("  ", CELL_SOFT));
                pieces.push(link(&evidence.label(), &at(&evidence.label()), CELL_SOFT));
            }
        }
        paras.push(Para { gap: 0.0, ..line(pieces) });
    }
    if paras.is_empty() {
        paras.push(line(vec![cx.or_blank("", TEXT)]));
        paras.push(line(vec![
            mark(Mark::Box, TEXT),
            span(&format!("{}    ", cx.w(W::Effective)), TEXT),
            mark(Mark::Box, TEXT),
            span(cx.w(W::NotEffective), TEXT),
        ]));
    }
    paras
}

fn signatures(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let third = MEASURE / 3.0;
    let words = [W::SignAuditor, W::SignAuditee, W::SignVerifier];
    let mut table = Table::new(words.map(|word| column(cx.w(word), third)).to_vec(), Rules::Grid);
    let line_to_sign = || spans(vec![span("\n", TEXT), span(cx.w(W::SignHere), Style { color: SOFT, ..plain(8.0) })]);
    table.row(flow, Row { at_least: 60.0, ..row(vec![line_to_sign(), line_to_sign(), line_to_sign()]) });
    table.end(flow);
}
