//! The request list (迎审资料清单) for Word: a table for each department that hands papers in, with room for who receives them.

use super::drawing::Pictures;
use super::{About, body, parts};
use crate::layout::block::Block;
use crate::layout::build::{body as paragraph, cell, column, line, lines, para, row, soft_cell, span};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Rules, Table};
use crate::layout::theme::{CELL, CELL_SOFT, MEASURE, SOFT, plain, tinted};
use crate::text::{Style, clean};
use crate::{Error, Progress};
use domain::{CriteriaPack, Date, Lang, Request, Snapshot, Standing};
use std::ops::ControlFlow;

/// What is asked for, and of whom.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The papers, those of a department together.
    pub requests: &'a [Request],
    /// Language of every word that is not the user's own.
    pub lang: Lang,
    /// The day of the list.
    pub today: Date,
    /// Root of the data it was made from, 64 hex digits.
    pub root: &'a str,
    /// Who made it, as in the file's properties.
    pub author: &'a str,
}

/// Makes the list: each department begins on a page of its own, which can be handed out alone.
///
/// # Errors
/// Never in practice: nobody can cancel it.
pub fn request_list(pack: &CriteriaPack, snapshot: &Snapshot, asked: &Asked<'_>) -> Result<Vec<u8>, Error> {
    let (lang, round) = (asked.lang, &snapshot.assessment);
    let title = lang.pick("迎审资料清单", "Request list");
    let mut on = |_: Progress| ControlFlow::Continue(());
    let mut flow = Flow::reporting(&mut on);
    flow.tell(Block::Heading { level: 0, text: title.to_owned(), anchor: None, listed: false });
    let about = format!("{} · {} · {}", round.organization, round.title, pack.pack.standard);
    flow.para(&para(vec![span(&about, tinted(plain(11.0), SOFT))], 1.4));
    summary(&mut flow, asked);
    for papers in asked.requests.chunk_by(|a, b| a.department == b.department) {
        department(&mut flow, papers, lang);
    }
    let about = About {
        lang,
        title: title.to_owned(),
        organization: clean(&round.organization),
        standard: &pack.pack.standard,
        confidentiality: clean(&round.confidentiality),
        draft: false,
        author: clean(asked.author),
        foot: format!("{title} · {}", asked.today),
        root: asked.root,
        today: asked.today,
    };
    let mut pictures = Pictures::default();
    let body = body::write(&flow.into_blocks(), &about, None, &mut pictures);
    parts::package(&about, body, &pictures)
}

fn name(papers: &[Request], lang: Lang) -> &str {
    match papers.first().map_or("", |paper| paper.department(lang)) {
        "" => lang.pick("未指定部门", "No department named"),
        name => name,
    }
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// How many papers each department hands in, and by when.
fn summary(flow: &mut Flow<'_>, asked: &Asked<'_>) {
    let lang = asked.lang;
    let (count, open) = (asked.requests.len(), asked.requests.iter().filter(|r| r.standing == Standing::Open).count());
    flow.para(&paragraph(&match lang {
        Lang::Zh => format!("共 {count} 份资料，截至 {} 未交 {open} 份。一份资料供几个条目使用的只列一次，条目写在旁边。", asked.today),
        Lang::En => format!(
            "{count} papers in all, {open} not handed in by {}. A paper that several items need stands here once, with the items beside it.",
            asked.today
        ),
    }));
    let number = 88.0;
    let heads = [("提交部门", "Department"), ("资料", "Papers"), ("未交", "Not yet"), ("最早期限", "First due")];
    let columns = heads
        .iter()
        .enumerate()
        .map(|(i, (zh, en))| column(lang.pick(zh, en), if i == 0 { MEASURE - 3.0 * number } else { number }));
    let mut table = Table::new(columns.collect(), Rules::Rows);
    for papers in asked.requests.chunk_by(|a, b| a.department == b.department) {
        let open = papers.iter().filter(|r| r.standing == Standing::Open);
        let first = open.clone().filter_map(|r| r.due).min();
        let heads = Cell { heads_row: true, ..cell(name(papers, lang)) };
        let figures = [papers.len().to_string(), open.count().to_string(), day(first)];
        table.row(flow, row([heads].into_iter().chain(figures.map(|text| cell(&text))).collect()));
    }
    table.end(flow);
}

fn department(flow: &mut Flow<'_>, papers: &[Request], lang: Lang) {
    flow.fresh_page();
    flow.heading(1, &clean(name(papers, lang)), None);
    let (number, items, who, state, tick, note) = (50.0, 84.0, 62.0, 62.0, 32.0, 58.0);
    let columns = vec![
        column(lang.pick("资料号", "No."), number),
        column(lang.pick("资料名称", "What is asked for"), MEASURE - number - items - who - state - tick - note),
        column(lang.pick("所需条目", "Needed by"), items),
        column(lang.pick("责任人、期限", "Owner, due"), who),
        column(lang.pick("状态、已有证据", "Status, evidence"), state),
        column(lang.pick("已交", "In"), tick),
        column(lang.pick("备注", "Remark"), note),
    ];
    let mut table = Table::new(columns, Rules::Grid);
    for paper in papers {
        let heads = Cell { heads_row: true, ..soft_cell(&paper.paper) };
        let tick = if paper.handed_in.is_some() { "√" } else { "□" };
        table.row(
            flow,
            row(vec![
                heads,
                cell(paper.title(lang)),
                soft_cell(&needed_by(paper, lang)),
                two(&paper.owner, &day(paper.due)),
                two(&standing(paper, lang), &evidence(paper)),
                cell(tick),
                soft_cell(&paper.note),
            ]),
        );
    }
    table.end(flow);
    let by_hand = lang.pick(
        "提交人：______________  接收人：______________  接收日期：______________",
        "Handed in by: ______________  Received by: ______________  Date: ______________",
    );
    flow.para(&para(vec![span(by_hand, plain(10.0))], 2.4));
}

/// `3 项：GH1-01、GH2-03、XC1-02`
fn needed_by(paper: &Request, lang: Lang) -> String {
    let codes = paper.items.join(lang.pick("、", ", "));
    match (paper.items.len(), lang) {
        (1, _) => codes,
        (count, Lang::Zh) => format!("{count} 项：{codes}"),
        (count, Lang::En) => format!("{count} items: {codes}"),
    }
}

fn standing(paper: &Request, lang: Lang) -> String {
    let word = paper.standing.term().say(lang);
    paper.handed_in.map_or_else(|| word.to_owned(), |day| format!("{word} {day}"))
}

fn evidence(paper: &Request) -> String {
    paper.evidence.iter().map(|number| format!("EV-{number:04}")).collect::<Vec<_>>().join(" ")
}

/// Two lines; what is empty takes none.
fn two(first: &str, second: &str) -> Cell {
    let said = |text: &str, style: Style| line(vec![span(text, style)]);
    let both = [(first, CELL), (second, CELL_SOFT)];
    lines(both.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, style)| said(text, style)).collect())
}
