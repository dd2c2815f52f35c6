//! Identity of the criteria, what changed in them since the last round, and what they were written from.

use crate::layout::build::{Cx, at_item, body, cell, column, link, remark, row, soft_cell, span, spans};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{CELL, MEASURE};
use crate::text::Style;
use crate::words::{W, confidence_word};
use domain::pack::{Fate, Item, difference};

/// Lays the three parts.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let pack = cx.model.input.pack;
    let head = &pack.pack;
    let keys = pack.items.iter().filter(|i| i.key).count();
    let rows = [
        (W::Standard, format!("{} {}", head.standard, cx.pick(&head.title, &head.title_en))),
        (W::StandardKind, cx.pick(&head.kind, &head.kind_en).to_owned()),
        (W::PublishedEffective, format!("{} / {}", cx.date(Some(head.published)), cx.date(Some(head.effective)))),
        (W::Criteria, format!("{} · {}", head.id, head.version)),
        (
            W::Size,
            cx.f(
                W::SizeOf,
                &[
                    &pack.domains.len().to_string(),
                    &pack.sections.len().to_string(),
                    &pack.items.len().to_string(),
                    &keys.to_string(),
                ],
            ),
        ),
        (W::CriteriaHash, pack.sha256.clone()),
    ];
    let columns = vec![column("", 116.0), column("", MEASURE - 116.0)];
    let mut table = Table::new(columns, Rules::Rows);
    for (word, value) in rows {
        let head = Cell { heads_row: true, ..spans(vec![span(cx.w(word), Style { bold: true, ..CELL })]) };
        table.row(flow, row(vec![head, cell(&value)]));
    }
    table.end(flow);
    flow.para(&body(cx.pick(&head.notice, &head.notice_en)));
    flow.subheading(3, cx.w(W::CriteriaLog));
    log(cx, flow);
    flow.subheading(3, cx.w(W::Sources));
    flow.lead(&remark(&cx.f(W::SourcesLanguage, &[cx.w(W::SureSecondary)])));
    super::definitions(
        cx,
        flow,
        (W::Source, W::TakenFrom),
        pack.sources.iter().map(|s| {
            let sure = cx.w(confidence_word(s.confidence));
            let publisher = cx.pick(&s.publisher, &s.publisher_en);
            let title = cx.pick(&s.title, &s.title_en);
            (format!("{title}\n{publisher} · {sure}"), cx.pick(&s.note, &s.note_en).to_owned())
        }),
    );
}

/// What changed since the last round, so that nobody compares verdicts on different words.
fn log(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let now = cx.model.input.pack;
    let Some(before) = cx.model.input.last_pack.filter(|p| p.sha256 != now.sha256) else {
        let none = cx.model.input.snapshot.predecessor.is_none();
        flow.para(&body(cx.w(if none { W::NoLastRound } else { W::SameCriteria })));
        return;
    };
    let fates = difference(before, now);
    let count = |is: fn(&Fate<'_>) -> bool| fates.iter().filter(|fate| is(fate)).count().to_string();
    let added = count(|fate| matches!(fate, Fate::Added(_)));
    let gone = count(|fate| matches!(fate, Fate::Withdrawn(_)));
    let reworded = count(|fate| matches!(fate, Fate::Changed(..)));
    let same = count(|fate| matches!(fate, Fate::Kept(..)));
    let blanks = [before.pack.version.as_str(), &before.sha256, &added, &gone, &reworded, &same];
    flow.para(&body(&cx.f(W::OtherCriteria, &blanks)));
    let told = |fate: &&Fate<'_>| !matches!(fate, Fate::Kept(..)) || fate.renamed_from().is_some();
    let list: Vec<_> = fates.iter().filter(told).collect();
    if list.is_empty() {
        return;
    }
    let half = (MEASURE - 108.0) / 2.0;
    let columns = vec![
        column(cx.w(W::CriteriaChange), 50.0),
        column(cx.w(W::Item), 58.0),
        column(cx.w(W::WordingBefore), half),
        column(cx.w(W::WordingNow), half),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    let words = |item: Option<&Item>, code: Option<&str>| {
        item.map_or_else(String::new, |item| {
            let key = if item.key { "◆ " } else { "" };
            let code = code.map_or_else(String::new, |code| format!("{code} "));
            format!("{key}{code}{}：{}", item.title, item.requirement)
        })
    };
    for fate in list {
        let Some(item) = fate.now().or(fate.before()) else { continue };
        let word = match fate {
            Fate::Added(_) => W::ItemAdded,
            Fate::Withdrawn(_) => W::ItemWithdrawn,
            Fate::Changed(..) => W::ItemReworded,
            Fate::Kept(..) => W::ItemRenamed,
        };
        let code = link(&item.code, &at_item(&item.code), CELL);
        let (before, now) = (words(fate.before(), fate.renamed_from()), words(fate.now(), None));
        table.row(flow, row(vec![cell(cx.w(word)), spans(vec![code]), soft_cell(&before), cell(&now)]));
    }
    table.end(flow);
}
