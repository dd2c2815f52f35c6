//! Signatures over the root, and blank lines where there are none yet.

use crate::layout::build::{Cx, body, cell, column, flag, row, soft_cell, span, spans};
use crate::layout::flow::Flow;
use crate::layout::table::{Cell, Row, Rules, Table};
use crate::layout::theme::{CELL, MEASURE, SOFT, tinted};
use crate::text::Style;
use crate::words::W;
use domain::{SignOff, SignRole};

/// Lays the sign-off page.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    flow.para(&body(cx.w(W::SignText)));
    flow.para(&crate::layout::build::para(vec![span(cx.model.root, Style { size: 8.4, bold: true, ..CELL })], 1.8));
    flow.subheading(2, cx.w(W::SignRecords));
    roles(cx, flow, 40.0);
    flow.subheading(2, cx.w(W::SignByHand));
    by_hand(cx, flow);
    let others: Vec<_> = cx.model.input.sign_offs.iter().filter(|s| s.withdrawn || !cx.model.covers(s)).collect();
    if !others.is_empty() {
        flow.subheading(2, cx.w(W::SignOthers));
        earlier(cx, flow, &others);
    }
    flow.para(&crate::layout::build::remark(cx.w(W::SignRemark)));
}

/// One row per role: the signature that covers this root, or a blank.
pub fn roles(cx: &Cx<'_>, flow: &mut Flow<'_>, height: f32) {
    let columns = vec![
        column(cx.w(W::SignRole), 80.0),
        column(cx.w(W::Name), 130.0),
        column(cx.w(W::SignedAt), 110.0),
        column(cx.w(W::Covers), MEASURE - 320.0),
    ];
    let mut table = Table::new(columns, Rules::Grid);
    for role in SignRole::ALL {
        let signed = cx
            .model
            .input
            .sign_offs
            .iter()
            .filter(|s| s.role == role && cx.model.covers(s))
            .max_by_key(|s| s.signed_at);
        let name = Cell { heads_row: true, ..spans(vec![span(cx.say(role.term()), Style { bold: true, ..CELL })]) };
        let cells = match signed {
            Some(sign_off) => vec![
                name,
                cell(&super::summary::brief(cx, &sign_off.name, 13)),
                cell(&cx.minute(sign_off.signed_at)),
                spans(vec![flag(cx.w(W::CoversThis), Some(true), CELL)]),
            ],
            None => vec![name, cell(""), cell(""), spans(vec![span(cx.w(W::NotSigned), tinted(CELL, SOFT))])],
        };
        table.row(flow, Row { at_least: height, ..row(cells) });
    }
    table.end(flow);
}

/// Lines to sign by hand.
pub fn by_hand(cx: &Cx<'_>, flow: &mut Flow<'_>) {
    let columns = vec![
        column(cx.w(W::SignRole), 140.0),
        column(cx.w(W::Name), 110.0),
        column(cx.w(W::Signature), MEASURE - 340.0),
        column(cx.w(W::Date), 90.0),
    ];
    let mut table = Table::new(columns, Rules::Grid);
    for word in [W::HandPreparer, W::HandReviewer, W::HandAuditee, W::HandApprover] {
        let name = Cell { heads_row: true, ..spans(vec![span(cx.w(word), Style { bold: true, ..CELL })]) };
        table.row(flow, Row { at_least: 40.0, ..row(vec![name, cell(""), cell(""), cell("")]) });
    }
    table.end(flow);
}

fn earlier(cx: &Cx<'_>, flow: &mut Flow<'_>, list: &[&SignOff]) {
    let columns = vec![
        column(cx.w(W::SignRole), 60.0),
        column(cx.w(W::Name), 90.0),
        column(cx.w(W::SignedAt), 96.0),
        column(cx.w(W::Covers), MEASURE - 246.0),
    ];
    let mut table = Table::new(columns, Rules::Rows);
    for sign_off in list {
        let state = cx.w(if sign_off.withdrawn { W::SignWithdrawn } else { W::SignOtherRoot });
        let what = Cell {
            paras: vec![
                crate::layout::build::line(vec![flag(state, None, CELL)]),
                crate::layout::build::line(vec![span(&sign_off.root, Style { size: 6.0, ..CELL })]),
            ],
            ..Cell::default()
        };
        table.row(
            flow,
            row(vec![
                cell(cx.say(sign_off.role.term())),
                cell(&sign_off.name),
                soft_cell(&cx.minute(sign_off.signed_at)),
                what,
            ]),
        );
    }
    table.end(flow);
}
