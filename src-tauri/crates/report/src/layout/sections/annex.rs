//! Annex: formula, points, bands, rules, grades, identity of the criteria, root and how to check it, key figures,
//! glossary.

use crate::SectionId;
use crate::layout::build::{Cx, body, cell, column, figures, line, lines, para, row, soft_cell, span, spans, title};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{CELL, CELL_SOFT, MEASURE, PALE, plain};
use crate::text::Style;
use crate::words::W;
use domain::Verdict;
use domain::pack::Effect;

mod archived;
mod criteria;
mod key_figures;

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let title = |part, word| cx.sub(SectionId::Annex, part, word);
    flow.heading(2, &title(1, W::AnnexScore), Some("annex:score"));
    score(cx, flow);
    flow.heading(2, &title(2, W::AnnexBands), None);
    bands(cx, flow);
    flow.heading(2, &title(3, W::AnnexRules), None);
    rules(cx, flow);
    flow.heading(2, &title(4, W::AnnexGrades), None);
    grades(cx, flow);
    flow.heading(2, &title(5, W::AnnexCriteria), None);
    criteria::lay(cx, flow);
    // An auditor follows these steps with the page beside the keyboard: they stand on one.
    flow.need(420.0);
    flow.heading(2, &title(6, W::AnnexVerify), Some("annex:verify"));
    verify(cx, flow);
    flow.heading(2, &title(7, W::AnnexKpis), Some("annex:kpis"));
    key_figures::lay(cx, flow);
    flow.heading(2, &title(8, W::AnnexGlossary), None);
    glossary(cx, flow);
    if !cx.model.input.archived.is_empty() {
        flow.heading(2, &title(9, W::AnnexArchived), None);
        archived::lay(cx, flow);
    }
}

fn score(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let profile = cx.model.profile;
    flow.para(&body(cx.pick(&profile.formula, &profile.formula_en)));
    let tally = cx.model.score.overall;
    let points = super::results::points;
    let numbers =
        [points(tally.milli_points), points(tally.milli_applicable), cx.rate(tally.rate()), cx.rate(tally.upper())];
    let [earned, possible, rate, upper] = &numbers;
    flow.para(&body(&cx.f(W::ScoreHere, &[earned, possible, rate, upper])));
    let columns = vec![
        column(cx.w(W::Verdict), 120.0),
        figures(cx.w(W::PointsEach), 80.0),
        column(cx.w(W::Meaning), MEASURE - 200.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    let rows = [
        (Some(Verdict::Conform), profile.points.conform.as_str(), W::MeansConform),
        (Some(Verdict::Partial), &profile.points.partial, W::MeansPartial),
        (Some(Verdict::Nonconform), &profile.points.nonconform, W::MeansNonconform),
        (Some(Verdict::NotApplicable), "—", W::MeansNa),
        (None, "0", W::MeansOpen),
    ];
    for (verdict, points, meaning) in rows {
        table.row(flow, row(vec![spans(cx.verdict(verdict, CELL)), cell(points), cell(cx.w(meaning))]));
    }
    table.end(flow);
    let weighted: Vec<_> =
        profile.weights.iter().filter(|(_, w)| **w != 1).map(|(code, w)| format!("{code} × {w}")).collect();
    if weighted.is_empty() {
        flow.para(&body(cx.w(W::WeightsEqual)));
    } else {
        flow.para(&body(&cx.f(W::WeightsList, &[&cx.join(&weighted)])));
    }
}

fn bands(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.lead(&crate::layout::build::remark(cx.w(W::BandsRemark)));
    let columns =
        vec![column(cx.w(W::Band), 110.0), figures(cx.w(W::AtLeast), 70.0), column(cx.w(W::Meaning), MEASURE - 180.0)];
    let mut table = Table::new(columns, Rules::Rows);
    for band in &cx.model.profile.bands {
        table.row(
            flow,
            row(vec![
                cell(&format!("{}  {}", band.id, cx.pick(&band.label, &band.label_en))),
                cell(&format!("≥ {}%", band.at_least)),
                cell(cx.pick(&band.meaning, &band.meaning_en)),
            ]),
        );
    }
    table.end(flow);
}

fn rules(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let columns = vec![
        column(cx.w(W::Rule), 176.0),
        column(cx.w(W::EffectOfBreach), 126.0),
        column(cx.w(W::WhyRule), MEASURE - 302.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for rule in &cx.model.profile.rules {
        let effect = if rule.effect == Effect::Block { W::Blocks } else { W::Cautions };
        table.row(
            flow,
            row(vec![
                cell(cx.pick(&rule.text, &rule.text_en)),
                cell(cx.w(effect)),
                soft_cell(cx.pick(&rule.why, &rule.why_en)),
            ]),
        );
    }
    table.end(flow);
    let columns = vec![column(cx.w(W::Outcome), 130.0), column(cx.w(W::Meaning), MEASURE - 130.0)];
    let mut table = Table::new(columns, Rules::Rows);
    for level in &cx.model.profile.levels {
        table.row(
            flow,
            row(vec![
                spans(vec![span(cx.pick(&level.label, &level.label_en), Style { bold: true, ..CELL })]),
                cell(cx.pick(&level.text, &level.text_en)),
            ]),
        );
    }
    table.end(flow);
}

fn grades(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    definitions(
        cx,
        flow,
        (W::Grade, W::Definition),
        cx.model
            .input
            .pack
            .grades
            .iter()
            .map(|g| (cx.pick(&g.label, &g.label_en).to_owned(), cx.pick(&g.definition, &g.definition_en).to_owned())),
    );
}

fn verify(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.para(&body(cx.w(W::VerifyText)));
    flow.para(&para(vec![span(cx.model.root, Style { bold: true, ..plain(8.6) })], 1.9));
    flow.para(&body(cx.w(W::VerifyHow)));
    let commands = [
        ("Linux", "sha256sum assessment.json"),
        ("macOS", "shasum -a 256 assessment.json"),
        ("Windows", "certutil -hashfile assessment.json SHA256"),
        ("PowerShell", "Get-FileHash assessment.json -Algorithm SHA256"),
        ("beishen-cli", "beishen-cli verify REPORT.pdf"),
    ];
    let columns = vec![column("", 90.0), column("", MEASURE - 90.0)];
    let mut table = Table::new(columns, Rules::Rows);
    for (system, command) in commands {
        let command = Cell { fill: Some(PALE), ..spans(vec![span(command, plain(8.6))]) };
        table.row(flow, row(vec![Cell { heads_row: true, ..soft_cell(system) }, command]));
    }
    table.end(flow);
    flow.para(&body(cx.w(W::VerifyEvidence)));
    flow.para(&body(&cx.f(W::VerifyPages, &[cx.model.recipe])));
    flow.para(&body(cx.w(W::VerifyLimits)));
}

fn glossary(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    definitions(
        cx,
        flow,
        (W::Term, W::Explanation),
        cx.model.input.pack.glossary.iter().map(|t| {
            let (own, other) = if cx.lang == domain::Lang::Zh { (&t.term, &t.term_en) } else { (&t.term_en, &t.term) };
            (format!("{own}\n{other}"), cx.pick(&t.text, &t.text_en).to_owned())
        }),
    );
}

/// Two columns: a name (its second line set back) and a text.
fn definitions(cx: &Cx<'_>, flow: &mut Flow<'_>, heads: (W, W), rows: impl Iterator<Item = (String, String)>) {
    let columns = vec![column(cx.w(heads.0), 150.0), column(cx.w(heads.1), MEASURE - 150.0)];
    let mut table = Table::new(columns, Rules::Rows);
    for (name, text) in rows {
        let (first, second) = name.split_once('\n').unwrap_or((&name, ""));
        let mut paras = vec![title(first)];
        if !second.is_empty() {
            paras.push(crate::text::Para { gap: 0.0, ..line(vec![span(second, CELL_SOFT)]) });
        }
        table.row(flow, row(vec![lines(paras), cell(&text)]));
    }
    table.end(flow);
}
