//! Objectives, scope, criteria and method: what ISO 19011 asks a report to state.

use crate::SectionId;
use crate::layout::build::{Cx, column, row, span, spans};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{CELL, MEASURE};
use crate::text::Style;
use crate::words::{W, condition_word};
use domain::Member;

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let assessment = &cx.model.input.snapshot.assessment;
    let pack = &cx.model.input.pack.pack;
    flow.heading(2, &cx.sub(SectionId::Scope, 1, W::ObjectivesScope), None);
    let assessed = cx
        .model
        .assessed_days()
        .map_or_else(String::new, |(from, to)| cx.f(W::FromTo, &[&cx.date(Some(from)), &cx.date(Some(to))]));
    let rows = [
        (W::Client, assessment.organization.clone()),
        (W::Objectives, assessment.objectives.clone()),
        (W::ScopeText, assessment.scope.clone()),
        (W::Exclusions, assessment.exclusions.clone()),
        (W::Sites, cx.join(&assessment.sites)),
        (W::Period, cx.f(W::FromTo, &[&cx.date(assessment.period_from), &cx.date(assessment.period_to)])),
        (W::AssessedOn, assessed),
        (W::Conditions, conditions(cx)),
    ];
    facts(cx, flow, &rows);
    flow.heading(2, &cx.sub(SectionId::Scope, 2, W::People), None);
    people(cx, flow);
    flow.heading(2, &cx.sub(SectionId::Scope, 3, W::CriteriaMethod), None);
    let profile = cx.model.profile;
    let annex = if cx.has(SectionId::Annex) { cx.w(W::ScaleAnnex) } else { "" };
    let scale = format!("{}{annex}", cx.w(W::ScaleText));
    // The statement belongs to the sample, and alone it would start a page of its own.
    let own = assessment.sampling.trim();
    let own = if own.is_empty() { cx.w(W::NotFilled) } else { own };
    let sampling = format!("{own}\n{}", cx.w(W::SamplingStatement));
    let rows = [
        (W::Standard, format!("{} {}", pack.standard, cx.pick(&pack.title, &pack.title_en))),
        (W::StandardKind, cx.pick(&pack.kind, &pack.kind_en).to_owned()),
        (W::Criteria, cx.f(W::CriteriaVersionOf, &[&pack.version, &cx.model.input.pack.items.len().to_string()])),
        (
            W::Profile,
            format!(
                "{}{}{}",
                cx.pick(&profile.title, &profile.title_en),
                cx.w(W::Colon),
                cx.pick(&profile.description, &profile.description_en)
            ),
        ),
        (W::Scale, scale),
        (W::Sampling, sampling),
        (W::Dissent, assessment.dissent.clone()),
    ];
    facts(cx, flow, &rows);
}

fn facts(cx: &Cx<'_>, flow: &mut Flow<'_>, rows: &[(W, String)]) {
    let columns = vec![column("", 98.0), column("", MEASURE - 98.0)];
    let mut table = Table::new(columns, Rules::Rows);
    for (word, value) in rows {
        let head = Cell { heads_row: true, ..spans(vec![span(cx.w(*word), Style { bold: true, ..CELL })]) };
        let style = Style { size: 8.6, ..CELL };
        table.row(flow, row(vec![head, spans(vec![cx.or_blank(value, style)])]));
    }
    table.end(flow);
}

fn conditions(cx: &Cx<'_>) -> String {
    match &cx.model.input.snapshot.assessment.conditions {
        None => cx.w(W::NotAsked).to_owned(),
        Some(list) if list.is_empty() => cx.w(W::NoConditions).to_owned(),
        Some(list) => {
            let words: Vec<_> =
                list.iter().map(|key| condition_word(key).map_or(key.clone(), |w| cx.w(w).to_owned())).collect();
            cx.join(&words)
        }
    }
}

/// One row per side: people appear by role, so a row for each would be a page of empty name columns.
fn people(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let assessment = &cx.model.input.snapshot.assessment;
    let one = |member: &Member| match (member.role.trim(), member.name.trim()) {
        (role, "") => role.to_owned(),
        ("", name) => name.to_owned(),
        (role, name) => format!("{role}{}", cx.f(W::InParentheses, &[name])),
    };
    let list = |members: &[Member]| cx.join(&members.iter().map(one).collect::<Vec<_>>());
    facts(cx, flow, &[(W::Team, list(&assessment.team)), (W::Auditees, list(&assessment.auditees))]);
}
