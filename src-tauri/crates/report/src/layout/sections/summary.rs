//! The conclusion: outcome, figures, rules, most urgent gaps, and what is left to do before an audit.

use crate::SectionId;
use crate::layout::build::{
    Cx, at, at_item, body, bold_cell, cell, column, figures, flag, link, mark, para, remark, row, soft_cell, span,
    spans,
};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{
    ACCENT, CAUTION, CELL, CELL_SOFT, GOOD, MEASURE, PALE, SIDE, SOFT, bold, plain, soft, tinted,
};
use crate::text::{Align, Mark, Rgb};
use crate::words::W;
use domain::pack::{Effect, LevelId, RuleKind};
use domain::readiness::RuleOutcome;
use domain::{Verdict, terms};
use std::collections::BTreeMap;

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    outcome(cx, flow);
    figures_row(cx, flow);
    counts(cx, flow);
    flow.heading(2, &cx.sub(SectionId::Summary, 1, W::Rules), None);
    rules(cx, flow);
    flow.heading(2, &cx.sub(SectionId::Summary, 2, W::TopGaps), None);
    gaps(cx, flow);
    flow.heading(2, &cx.sub(SectionId::Summary, 3, W::BeforeAudit), None);
    todo(cx, flow);
}

/// Colour of an outcome.
const fn level_color(level: LevelId) -> Rgb {
    match level {
        LevelId::Ready => GOOD,
        LevelId::ReadyWithReservations => CAUTION,
        LevelId::NotReady => crate::layout::theme::ALERT,
        LevelId::Incomplete => SOFT,
    }
}

fn outcome(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let readiness = &cx.model.readiness;
    let level = cx.model.profile.level(readiness.level);
    let color = level_color(readiness.level);
    let label = level.map_or("", |l| cx.pick(&l.label, &l.label_en));
    let text = level.map_or("", |l| cx.pick(&l.text, &l.text_en));
    let profile = cx.pick(&cx.model.profile.title, &cx.model.profile.title_en);
    let cell = Cell {
        paras: vec![
            para(vec![span(&cx.f(W::OutcomeUnder, &[profile]), soft(8.6))], 1.5),
            para(vec![span(label, tinted(bold(19.0), color))], 1.45),
            crate::text::Para { gap: 3.0, ..para(vec![span(&format!("{text}{}", unsaid(cx)), plain(9.5))], 1.6) },
        ],
        fill: Some(PALE),
        ..Cell::default()
    };
    flow.settle();
    let top = flow.y;
    let mut table = Table::boxes(vec![column("", MEASURE)], Rules::Rows);
    table.row(flow, row(vec![cell]));
    table.end(flow);
    let height = flow.y - top - 4.0;
    flow.fill([SIDE - 4.0, top, 4.0, height], color);
    flow.y += 6.0;
}

/// Criteria of 0.1.0 have no rule about evidence. What they call ready must not stand there as if it were proven.
fn unsaid(cx: &Cx<'_>) -> String {
    let says_ready = matches!(cx.model.readiness.level, LevelId::Ready | LevelId::ReadyWithReservations);
    let judged = cx.model.profile.rules.iter().any(|r| r.kind == RuleKind::EvidenceCoverageAtLeast);
    let bare = domain::readiness::unproven(cx.model.input.pack, cx.model.input.snapshot).len();
    if !says_ready || judged || bare == 0 {
        return String::new();
    }
    let space = if cx.lang == domain::Lang::Zh { "" } else { " " };
    let place = cx.sub(SectionId::Summary, 3, W::BeforeAudit);
    format!("{space}{}", cx.f(W::NotByEvidence, &[&bare.to_string(), &place]))
}

fn figures_row(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let (score, input) = (&cx.model.score, &cx.model.input);
    let tally = score.overall;
    let open = |grade| input.snapshot.findings.iter().filter(|f| f.grade == grade && input.snapshot.is_open(f)).count();
    let overdue = input.snapshot.tasks.iter().filter(|t| t.is_overdue(input.today)).count();
    let (_, failing) = cx.model.key_items();
    let rate_note = if tally.unassessed > 0 {
        cx.f(W::Bounds, &[&cx.rate(score.rate), &cx.rate(score.upper)])
    } else if let Some(band) =
        cx.model.readiness.band.as_ref().and_then(|id| cx.model.profile.bands.iter().find(|b| b.id == *id))
    {
        cx.pick(&band.label, &band.label_en).to_owned()
    } else {
        String::new()
    };
    let tiles = [
        (cx.rate(score.rate), cx.w(W::Rate), rate_note),
        (
            cx.rate(Some(score.coverage)),
            cx.w(W::Coverage),
            cx.f(W::AssessedOf, &[&tally.assessed().to_string(), &tally.items.to_string()]),
        ),
        (failing.len().to_string(), cx.w(W::KeyFailing), cx.f(W::OfKeyItems, &[&cx.model.key_items().0.to_string()])),
        (
            format!("{} / {}", open(domain::Grade::Major), open(domain::Grade::Minor)),
            cx.w(W::OpenNonconformities),
            cx.w(W::MajorMinor).to_owned(),
        ),
        (overdue.to_string(), cx.w(W::OverdueTasks), cx.f(W::AsOf, &[&cx.date(Some(input.today))])),
    ];
    let width = MEASURE / 5.0;
    let mut table = Table::boxes(vec![column("", width); 5], Rules::Grid);
    let cells = tiles
        .into_iter()
        .map(|(value, name, note)| Cell {
            paras: vec![
                para(vec![span(name, soft(8.0))], 1.4),
                para(vec![span(&value, tinted(bold(17.0), ACCENT))], 1.4),
                para(vec![span(&note, soft(7.2))], 1.4),
            ],
            ..Cell::default()
        })
        .collect();
    table.row(flow, row(cells));
    table.end(flow);
    flow.y += 4.0;
}

fn counts(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let tally = cx.model.score.overall;
    let mut spans = Vec::new();
    for verdict in Verdict::ALL.into_iter().map(Some).chain([None]) {
        let style = plain(9.5);
        spans.push(mark(Mark::Verdict(verdict), tinted(style, crate::layout::theme::hue(verdict))));
        spans.push(span(&format!("{} ", cx.say(terms::verdict(verdict))), style));
        spans.push(span(&format!("{}    ", tally.count(verdict)), bold(9.5)));
    }
    spans.push(span(&cx.f(W::ApplicableOf, &[&tally.applicable().to_string(), &tally.items.to_string()]), soft(8.6)));
    flow.para(&para(spans, 1.7));
}

/// What was measured against what, in the rule's own unit.
fn measured(cx: &Cx<'_>, kind: RuleKind, rule: &RuleOutcome) -> (String, String) {
    let count = |measured: Option<u32>| measured.map_or_else(|| "—".to_owned(), |n| n.to_string());
    match kind {
        RuleKind::RateAtLeast
        | RuleKind::DomainRateAtLeast
        | RuleKind::CoverageAtLeast
        | RuleKind::EvidenceCoverageAtLeast => (cx.rate(rule.measured), format!("≥ {}", cx.rate(Some(rule.threshold)))),
        RuleKind::NaShareAtMost => (cx.rate(rule.measured), format!("≤ {}", cx.rate(Some(rule.threshold)))),
        RuleKind::ItemsAtLeast => (count(rule.measured), format!("≥ {}", rule.threshold)),
        RuleKind::KeyItemsConform
        | RuleKind::OpenMajorAtMost
        | RuleKind::OpenMinorAtMost
        | RuleKind::OverdueTasksAtMost => (count(rule.measured), format!("≤ {}", rule.threshold)),
    }
}

fn rules(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.lead(&remark(cx.w(if cx.has(SectionId::Annex) { W::RulesRemark } else { W::RulesRemarkShort })));
    let columns = vec![
        column(cx.w(W::Rule), 206.0),
        figures(cx.w(W::Measured), 54.0),
        figures(cx.w(W::Threshold), 58.0),
        column(cx.w(W::Held), 58.0),
        column(cx.w(W::WhyNot), MEASURE - 376.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for (rule, out) in cx.model.profile.rules.iter().zip(&cx.model.readiness.rules) {
        let (measured, threshold) = measured(cx, rule.kind, out);
        let effect = cx.w(if out.effect == Effect::Block { W::BlocksShort } else { W::CautionsShort });
        let held = if out.holds {
            vec![mark(Mark::Holds(true), CELL), flag(cx.w(W::Holds), Some(true), CELL)]
        } else {
            vec![mark(Mark::Holds(false), CELL), flag(cx.w(W::HoldsNot), Some(false), CELL)]
        };
        table.row(
            flow,
            row(vec![
                rule_cell(cx.pick(&out.text, &out.text_en), if cx.is_brief() { "" } else { effect }),
                cell(&measured),
                cell(&threshold),
                spans(held),
                because(cx, out),
            ]),
        );
    }
    table.end(flow);
}

/// The rule, and below it what a breach does.
fn rule_cell(text: &str, effect: &str) -> Cell {
    let mut cell = cell(text);
    if !effect.is_empty() {
        cell.paras.push(crate::layout::build::line(vec![span(effect, CELL_SOFT)]));
    }
    cell
}

fn because(cx: &Cx<'_>, out: &RuleOutcome) -> Cell {
    if out.because.is_empty() {
        return soft_cell(if out.holds || cx.is_brief() { "—" } else { cx.pick(&out.why, &out.why_en) });
    }
    let most = cx.rows([5, 4, 4, 3], 12);
    let mut pieces = Vec::new();
    for (i, name) in out.because.iter().take(most).enumerate() {
        if i > 0 {
            pieces.push(span(if cx.lang == domain::Lang::Zh { "、" } else { ", " }, CELL_SOFT));
        }
        let domain = cx.model.input.pack.domain(name);
        match domain {
            Some(domain) => pieces.push(span(cx.pick(&domain.title, &domain.title_en), CELL_SOFT)),
            None if cx.model.input.pack.item(name).is_some() => pieces.push(link(name, &at_item(name), CELL_SOFT)),
            None => pieces.push(link(name, &at(name), CELL_SOFT)),
        }
    }
    if out.because.len() > most {
        pieces.push(span(&cx.f(W::AndMore, &[&(out.because.len() - most).to_string()]), CELL_SOFT));
    }
    spans(pieces)
}

fn gaps(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    if cx.model.gaps.is_empty() {
        flow.para(&body(cx.w(W::NoGaps)));
        return;
    }
    flow.lead(&remark(&cx.f(W::GapsRemark, &[&cx.model.gaps.len().to_string()])));
    let columns = vec![
        column(cx.w(W::Item), 168.0),
        column(cx.w(W::Verdict), 74.0),
        column(cx.w(W::WhatIsMissing), MEASURE - 242.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for item in cx.model.gaps.iter().take(cx.rows([6, 5, 4, 2], 10)) {
        let verdict = cx.model.input.snapshot.verdict(&item.code);
        let finding = cx.model.findings_of(&item.code).first();
        let answer = cx.model.input.snapshot.answer(&item.code);
        let text = match (finding, answer) {
            (Some(finding), _) => finding.fact.as_str(),
            (None, Some(answer)) => answer.note.as_str(),
            (None, None) => "",
        };
        let mut name = Vec::new();
        if item.key {
            name.push(mark(Mark::Key, tinted(CELL, ACCENT)));
        }
        name.push(link(&item.code, &at_item(&item.code), CELL));
        name.push(span(&format!("  {}", cx.title(item)), CELL));
        let mut what = Vec::new();
        if let Some(finding) = finding {
            what.push(link(&finding.label(), &at(&finding.label()), CELL));
            what.push(span("  ", CELL));
        }
        what.push(cx.or_blank(&shorten(text, if cx.is_brief() { 48 } else { 76 }), CELL));
        table.row(flow, row(vec![spans(name), spans(cx.verdict(verdict, CELL)), spans(what)]));
    }
    table.end(flow);
}

/// The first sentences of a text; the whole text stands in its own section.
pub fn shorten(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// The whole text; in the management layout, which has six pages whatever people wrote, its beginning.
pub fn brief(cx: &Cx<'_>, text: &str, most: usize) -> String {
    if cx.is_brief() { shorten(text, most) } else { text.to_owned() }
}

fn todo(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    if cx.model.defects.is_empty() {
        flow.para(&body(cx.w(W::NoDefects)));
        return;
    }
    let mut groups: BTreeMap<_, Vec<&domain::Defect>> = BTreeMap::new();
    for defect in &cx.model.defects {
        groups.entry(defect.rule).or_default().push(defect);
    }
    let columns = vec![
        column(cx.w(W::Defect), 150.0),
        figures(cx.w(W::Count), 40.0),
        column(cx.w(W::Remedy), 150.0),
        column(cx.w(W::Where), MEASURE - 340.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    let shown = cx.rows([9, 7, 6, 5], usize::MAX);
    for (rule, defects) in groups.into_iter().take(shown) {
        let Some(first) = defects.first() else { continue };
        let mut places = Vec::new();
        let most = cx.rows([3, 2, 2, 1], 5);
        for (i, defect) in defects.iter().take(most).enumerate() {
            if i > 0 {
                places.push(span(if cx.lang == domain::Lang::Zh { "、" } else { ", " }, CELL_SOFT));
            }
            places.push(if defect.subject.is_empty() {
                link(&defect.item, &at_item(&defect.item), CELL_SOFT)
            } else {
                link(&defect.subject, &at(&defect.subject), CELL_SOFT)
            });
        }
        if defects.len() > most {
            places.push(span(&cx.f(W::AndMore, &[&(defects.len() - most).to_string()]), CELL_SOFT));
        }
        let mut number = bold_cell(&defects.len().to_string());
        number.paras[0].align = Align::Right;
        table.row(
            flow,
            row(vec![
                cell(cx.w(crate::words::defect_word(rule))),
                number,
                soft_cell(cx.pick(&first.remedy, &first.remedy_en)),
                spans(places),
            ]),
        );
    }
    table.end(flow);
}
