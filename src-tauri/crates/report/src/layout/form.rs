//! The audit form (内审检查表): the items of one or all domains with boxes to tick and room to write, for use on paper.

use super::build::{body, cell, column, line, lines, remark, row, soft_cell, span};
use super::display::{Document, Role};
use super::flow::Flow;
use super::table::{Cell, Row, Rules, Table};
use super::theme::{CELL, CELL_SOFT, MEASURE};
use super::{finish, furniture};
use crate::text::{Style, clean};
use crate::{Error, Progress};
use domain::pack::{Domain, Item};
use domain::{CriteriaPack, Lang, Verdict};
use std::ops::ControlFlow;

/// What stands on the form besides the items.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// Language of its words.
    pub lang: Lang,
    /// The organisation that is assessed.
    pub organization: &'a str,
    /// Title of the round.
    pub title: &'a str,
    /// One domain by its code; all of them otherwise.
    pub domain: Option<&'a str>,
    /// Who fills it in; may be empty.
    pub recipient: &'a str,
}

/// Lays it: every domain begins on a page of its own.
///
/// # Errors
/// Never in practice: nobody can cancel it.
pub fn audit_form(pack: &CriteriaPack, form: &Form<'_>) -> Result<Document, Error> {
    let mut on = |_: Progress| ControlFlow::Continue(());
    let mut flow = Flow::new(&mut on);
    let title = form.lang.pick("内审检查表", "Internal audit form");
    for domain in pack.domains.iter().filter(|domain| form.domain.is_none_or(|code| code == domain.code)) {
        flow.fresh_page();
        flow.open(Role::Sect);
        flow.heading(1, &clean(&format!("{title} · {}", form.lang.pick(&domain.title, &domain.title_en))), None);
        flow.para(&body(&format!("{} · {} · {}", form.organization, form.title, pack.pack.standard)));
        head(&mut flow, form);
        items(&mut flow, pack, domain, form.lang);
        flow.para(&remark(form.lang.pick(&pack.pack.notice, &pack.pack.notice_en)));
        flow.close();
    }
    let mut doc = finish(flow, 0, usize::MAX)?;
    doc.title = clean(&format!("{} · {title}", form.organization));
    furniture::number_only(&mut doc, form.lang);
    Ok(doc)
}

/// Who was there, to be written by hand.
fn head(flow: &mut Flow<'_>, form: &Form<'_>) {
    let caption = |zh, en| Cell { heads_row: true, ..soft_cell(form.lang.pick(zh, en)) };
    let (label, room) = (68.0, MEASURE / 2.0 - 68.0);
    let columns = vec![column("", label), column("", room), column("", label), column("", room)];
    let mut table = Table::new(columns, Rules::Grid);
    let by = cell(form.recipient);
    table.row(
        flow,
        tall(vec![caption("受检部门", "Department"), cell(""), caption("检查日期", "Date"), cell("")], 24.0),
    );
    table.row(
        flow,
        tall(vec![caption("检查人", "Checked by"), by, caption("陪同人", "Accompanied by"), cell("")], 24.0),
    );
    table.end(flow);
}

fn items(flow: &mut Flow<'_>, pack: &CriteriaPack, domain: &Domain, lang: Lang) {
    let (code, verdict, note) = (44.0, 78.0, 132.0);
    let columns = vec![
        column(lang.pick("编号", "Code"), code),
        column(
            lang.pick("要求、检查要点与应有证据", "Requirement, check points, evidence"),
            MEASURE - code - verdict - note,
        ),
        column(lang.pick("结论", "Verdict"), verdict),
        column(lang.pick("检查记录", "Notes"), note),
    ];
    let mut table = Table::new(columns, Rules::Grid);
    for item in pack.items_of(&domain.code) {
        let boxes = Verdict::ALL.map(|verdict| line(vec![span(&format!("□ {}", verdict.term().say(lang)), CELL)]));
        let heads = Cell { heads_row: true, ..cell(&item.code) };
        table.row(flow, tall(vec![heads, what(item, lang), lines(boxes.into()), cell("")], 64.0));
    }
    table.end(flow);
}

/// What is looked at.
fn what(item: &Item, lang: Lang) -> Cell {
    let text = |text: &str, style| line(vec![span(text, style)]);
    let mut paras = vec![
        text(lang.pick(&item.title, &item.title_en), Style { bold: true, ..CELL }),
        text(lang.pick(&item.requirement, &item.requirement_en), CELL),
    ];
    paras.extend(item.marked_points(lang).map(|point| text(&point, CELL_SOFT)));
    paras.push(text(
        &item.evidence_in(lang).iter().map(|name| format!("□ {name}")).collect::<Vec<_>>().join("  "),
        CELL_SOFT,
    ));
    lines(paras)
}

fn tall(cells: Vec<Cell>, at_least: f32) -> Row {
    Row { at_least, ..row(cells) }
}
