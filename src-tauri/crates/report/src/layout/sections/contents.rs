//! Contents: every heading of the first two levels with its page, as links.

use crate::layout::build::Cx;
use crate::layout::display::{Item, Link, Role};
use crate::layout::flow::Flow;
use crate::layout::theme::{MEASURE, RULE, SIDE, TINT, bold, plain};
use crate::text::{Align, Face, Fonts};
use crate::words::W;

const ROW: f32 = 17.0;
/// How far the sum of squeezed rows may miss the foot of the page by rounding: counting and drawing must allow the same, or every
/// page number is off by one.
const SLACK: f32 = 0.5;

/// Lays the contents after the last page; `front` is where they will be moved to.
pub fn lay(cx: &Cx<'_>, flow: &mut Flow<'_>, front: usize) {
    let entries: Vec<_> = flow.doc.outline.iter().filter(|b| b.level <= 2 && b.page >= front).cloned().collect();
    // How many pages it takes is known before it is drawn: the rows are all alike.
    let height = |level: u8| if level == 1 { ROW + 6.0 } else { ROW };
    let total: f32 = entries.iter().map(|e| height(e.level)).sum();
    let fits = crate::layout::theme::BOTTOM - crate::layout::theme::TOP - 42.0;
    let scale = if total > fits && total < fits * 1.45 { fits / total } else { 1.0 };
    let per_page = crate::layout::theme::BOTTOM - crate::layout::theme::TOP;
    let (mut y, mut pages) = (42.0_f32, 1_usize);
    for entry in &entries {
        if y + height(entry.level) * scale > per_page + SLACK {
            (y, pages) = (0.0, pages + 1);
        }
        y += height(entry.level) * scale;
    }
    flow.break_page();
    flow.open(Role::Sect);
    flow.heading(1, cx.w(W::Contents), Some("section:Contents"));
    flow.settle();
    flow.y = crate::layout::theme::TOP + 42.0;
    let toc = flow.node(Role::Toc);
    for entry in &entries {
        let row = height(entry.level) * scale;
        if flow.y + row > crate::layout::theme::BOTTOM + SLACK {
            flow.break_page();
        }
        let page = entry.page + pages + 1;
        let item = flow.node_under(toc, Role::Toci);
        let node = flow.node_under(item, Role::Link);
        let style = if entry.level == 1 { bold(9.8) } else { plain(9.2) };
        let indent = if entry.level == 1 { 0.0 } else { 16.0 };
        let top = flow.y + row - ROW * scale;
        let number = page.to_string();
        flow.label(&entry.title, style, (SIDE + indent, top, MEASURE - indent - 40.0), Align::Left, Some(node));
        flow.label(&number, style, (SIDE, top, MEASURE), Align::Right, Some(node));
        let face = if style.bold { Face::Bold } else { Face::Regular };
        let width: f32 = entry.title.chars().map(|c| Fonts::get().advance(face, c)).sum::<f32>() * style.size / 1000.0;
        let (from, to) = (SIDE + indent + width + 8.0, SIDE + MEASURE - 26.0);
        if to > from {
            flow.page().back.push(Item::Fill { area: [from, top + 9.5, to - from, 0.4], color: RULE, node: None });
        }
        if entry.level == 1 && scale >= 1.0 {
            flow.page().back.push(Item::Fill { area: [SIDE, top - 3.5, MEASURE, 0.5], color: TINT, node: None });
        }
        let name = format!("toc:{}:{}", entry.page, entry.y);
        flow.anchors.entry(name.clone()).or_insert((entry.page, entry.y));
        let area = [SIDE, top, MEASURE, ROW * scale];
        flow.page().links.push(Link { area, to: name.into(), place: None, node, text: entry.title.as_str().into() });
        flow.y += row;
    }
    flow.close();
}
