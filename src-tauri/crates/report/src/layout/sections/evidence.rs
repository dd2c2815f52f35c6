//! Evidence index: number, title, file, size, full SHA-256, dates, items that use it, and what is wrong with it.

use crate::layout::build::{Cx, at, at_item, body, column, flag, line, lines, link, remark, row, span, title};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Row, Rules, Table};
use crate::layout::theme::{CELL, CELL_SOFT, MEASURE};
use crate::text::{Para, Style};
use crate::words::W;
use domain::{Evidence, EvidenceKind, FileState, Lang};

/// Rows between two steps of the progress: a page or two.
const ROWS_PER_STEP: usize = 32;

/// Steps on the way through the list.
#[must_use]
pub fn steps(cx: &Cx<'_>) -> u32 {
    u32::try_from(cx.model.input.snapshot.evidence.len() / ROWS_PER_STEP).unwrap_or(u32::MAX)
}

/// Lays the section.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let list = &cx.model.input.snapshot.evidence;
    if list.is_empty() {
        flow.para(&body(cx.w(W::NoEvidence)));
        return;
    }
    let files = list.iter().filter(|e| e.kind == EvidenceKind::File).count();
    flow.para(&body(&cx.f(W::EvidenceCount, &[&list.len().to_string(), &files.to_string()])));
    flow.lead(&remark(cx.w(W::EvidenceRemark)));
    let columns = vec![
        column(cx.w(W::Number), 56.0),
        column(cx.w(W::TitleFileHash), MEASURE - 148.0),
        column(cx.w(W::Validity), 92.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for (row, evidence) in list.iter().enumerate() {
        table.row(flow, one(cx, evidence));
        if row % ROWS_PER_STEP == ROWS_PER_STEP - 1 {
            flow.step();
        }
        if flow.cancelled {
            return;
        }
    }
    table.end(flow);
}

fn one(cx: &Cx<'_>, evidence: &Evidence) -> Row {
    let number = Cell {
        paras: vec![
            line(vec![span(&evidence.label(), Style { bold: true, ..CELL })]),
            line(vec![span(cx.say(evidence.kind.term()), CELL_SOFT)]),
        ],
        heads_row: true,
        ..Cell::default()
    };
    Row { anchor: Some(at(&evidence.label())), ..row(vec![number, what(cx, evidence), when(cx, evidence)]) }
}

fn what(cx: &Cx<'_>, evidence: &Evidence) -> Cell {
    let mut paras = vec![title(&evidence.title)];
    let tight = |pieces| Para { gap: 0.5, ..line(pieces) };
    if evidence.kind == EvidenceKind::File {
        let size = size(&evidence.size_bytes);
        let name =
            if evidence.file_name == evidence.title { String::new() } else { format!("{} · ", evidence.file_name) };
        paras.push(tight(vec![span(&format!("{name}{size}"), CELL_SOFT)]));
        // Unbroken and alone on its line, so that it can be copied and searched whole.
        paras.push(tight(vec![span(&evidence.sha256, Style { size: 6.6, ..CELL_SOFT })]));
    }
    if !evidence.location.trim().is_empty() {
        paras.push(tight(vec![span(&evidence.location, CELL_SOFT)]));
    }
    if !evidence.text.trim().is_empty() {
        paras.push(tight(vec![span(&evidence.text, CELL_SOFT)]));
    }
    if !evidence.added_by.trim().is_empty() {
        let added = cx.f(W::AddedBy, &[&evidence.added_by, &cx.day(Some(evidence.added_at))]);
        paras.push(tight(vec![span(&added, CELL_SOFT)]));
    }
    paras.push(uses(cx, evidence));
    lines(paras)
}

fn when(cx: &Cx<'_>, evidence: &Evidence) -> Cell {
    let mut paras = Vec::new();
    if evidence.effective.is_some() {
        paras.push(line(vec![span(&cx.date(evidence.effective), CELL)]));
    }
    if evidence.expires.is_some() {
        paras.push(Para { gap: 0.0, ..line(vec![span(&cx.f(W::ValidUntil, &[&cx.date(evidence.expires)]), CELL)]) });
    }
    if paras.is_empty() {
        paras.push(line(vec![span(cx.w(W::NoDate), CELL_SOFT)]));
    }
    if evidence.kind == EvidenceKind::File {
        let state = cx.model.input.files.get(&evidence.id).copied();
        let good = match state {
            Some(FileState::Present) => Some(true),
            Some(_) => Some(false),
            None => None,
        };
        paras.push(line(vec![flag(
            state.map_or(cx.w(W::FileUnchecked), |state| cx.say(state.term())),
            good,
            CELL_SOFT,
        )]));
    }
    if let Some(flaw) = evidence.flaw {
        paras.push(Para { gap: 0.0, ..line(vec![flag(cx.say(flaw.term()), Some(false), CELL_SOFT)]) });
    }
    for defect in cx.model.defects_of(&evidence.label()) {
        use domain::GateRule::{EvidenceExpired, EvidenceOutsidePeriod};
        let word = match defect.rule {
            EvidenceExpired => W::Expired,
            EvidenceOutsidePeriod => W::OutsidePeriod,
            _ => continue,
        };
        paras.push(Para { gap: 0.0, ..line(vec![flag(cx.w(word), Some(false), CELL_SOFT)]) });
    }
    lines(paras)
}

/// The items that use it, on the full width below it: a policy may serve thirty items.
fn uses(cx: &Cx<'_>, evidence: &Evidence) -> Para {
    let uses = cx.model.uses_of(evidence.id);
    let mut pieces = vec![span(&format!("{}{}", cx.w(W::UsedBy), cx.w(W::Colon)), Style { bold: true, ..CELL_SOFT })];
    let proves = cx.model.tasks_proved_by(evidence.id);
    if uses.is_empty() && !proves.is_empty() {
        pieces[0] = span("", CELL_SOFT);
    } else if uses.is_empty() {
        pieces.push(flag(cx.w(W::Unused), None, CELL_SOFT));
    }
    for (i, used) in uses.iter().enumerate() {
        if i > 0 {
            pieces.push(span(if cx.lang == Lang::Zh { "、" } else { ", " }, CELL_SOFT));
        }
        pieces.push(link(&used.item, &at_item(&used.item), CELL_SOFT));
        if !used.locator.trim().is_empty() {
            pieces.push(span(&cx.f(W::InParentheses, &[&used.locator]), CELL_SOFT));
        }
    }
    if !proves.is_empty() {
        let lead = if uses.is_empty() { "" } else { "   " };
        let name = format!("{lead}{}{}", cx.w(W::ProvesTasks), cx.w(W::Colon));
        pieces.push(span(&name, Style { bold: true, ..CELL_SOFT }));
    }
    for (i, task) in proves.iter().enumerate() {
        if i > 0 {
            pieces.push(span(if cx.lang == Lang::Zh { "、" } else { ", " }, CELL_SOFT));
        }
        pieces.push(link(&task.label(), &at(&task.label()), CELL_SOFT));
    }
    Para { gap: 1.5, ..line(pieces) }
}

/// Bytes with the exact number behind a rounded one: `1.2 MB（1,234,567 B）` would be noise; exact up to 9,999 bytes.
fn size(bytes: &str) -> String {
    let Ok(bytes) = bytes.parse::<u64>() else { return bytes.to_owned() };
    let tenths = |unit: u64| {
        let tenths = (u128::from(bytes) * 10 + u128::from(unit) / 2) / u128::from(unit);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}
