//! Tables: repeated heads, rows that split with at least two lines on each side, tags for every cell.

use super::block::Block;
use super::display::{Item, NodeId, Role};
use super::flow::{Flow, lines_height};
use super::theme::{BOTTOM, HEAD, RULE, SIDE, TINT, TOP};
use crate::text::{Align, Line, Para, Rgb, Span, lay};
use std::borrow::Cow;

/// Space between a cell's edge and its text.
const PAD_X: f32 = 4.5;
const PAD_Y: f32 = 4.0;
/// A row of at most so many lines is moved to the next page rather than split.
const WHOLE_LINES: usize = 7;

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Words in the head.
    pub head: String,
    /// Width in points.
    pub width: f32,
    /// Where its text stands.
    pub align: Align,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its paragraphs.
    pub paras: Vec<Para>,
    /// Background.
    pub fill: Option<Rgb>,
    /// How many columns it covers; 0 counts as 1.
    pub columns: usize,
    /// Whether it heads its row.
    pub heads_row: bool,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Name of the place.
    pub anchor: Option<String>,
    /// Keep on one page with the row below.
    pub with_next: bool,
    /// Least height in points, for boxes that are filled in by hand.
    pub at_least: f32,
}

/// How lines are ruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Hairlines between rows.
    Rows,
    /// A box around every cell, as on a form.
    Grid,
}

/// A table being drawn.
pub struct Table {
    columns: Vec<Column>,
    rules: Rules,
    headless: bool,
    left: f32,
    table: NodeId,
    body: NodeId,
    /// Bottom of the rows that were asked to stay with the next one.
    held: Vec<Row>,
    began: bool,
    drawn: usize,
    boxes: bool,
}

struct Laid {
    /// (line, paragraph index, space above)
    lines: Vec<(Line, usize, f32)>,
    next: usize,
}

impl Table {
    /// A table at the left margin.
    #[must_use]
    pub fn new(columns: Vec<Column>, rules: Rules) -> Self {
        Self::at(columns, rules, SIDE)
    }

    /// A table at some distance from the left edge of the page.
    #[must_use]
    pub fn at(columns: Vec<Column>, rules: Rules, left: f32) -> Self {
        let headless = columns.iter().all(|c| c.head.is_empty());
        let held = Vec::new();
        Self { columns, rules, headless, left, table: 0, body: 0, held, began: false, drawn: 0, boxes: false }
    }

    /// The same cells as boxes side by side, which are no table to those who listen.
    #[must_use]
    pub fn boxes(columns: Vec<Column>, rules: Rules) -> Self {
        Self { boxes: true, ..Self::new(columns, rules) }
    }

    fn width(&self) -> f32 {
        self.columns.iter().map(|c| c.width).sum()
    }

    fn head_paras(&self) -> Vec<Para> {
        self.columns
            .iter()
            .map(|c| Para {
                spans: vec![Span { text: c.head.clone(), style: HEAD, link: None, mark: None }],
                leading: 11.5,
                gap: 0.0,
                align: c.align,
                justify: false,
            })
            .collect()
    }

    fn head_height(&self) -> f32 {
        if self.headless {
            return 0.0;
        }
        let lines = self
            .head_paras()
            .iter()
            .zip(&self.columns)
            .map(|(para, c)| lay(para, c.width - 2.0 * PAD_X).len())
            .max()
            .unwrap_or(1);
        lines_height(lines, 11.5) + 2.0 * PAD_Y
    }

    /// Draws the head; tags it the first time, and leaves it as decoration when it is repeated.
    fn draw_head(&mut self, flow: &mut Flow<'_>, first: bool) {
        if self.headless {
            let area = [self.left, flow.y, self.width(), 0.5];
            flow.fill(area, RULE);
            return;
        }
        let height = self.head_height();
        let row = first.then(|| {
            let head = flow.node_under(self.table, Role::THead);
            flow.node_under(head, Role::Tr)
        });
        flow.fill([self.left, flow.y, self.width(), height], TINT);
        let mut x = self.left;
        for (para, column) in self.head_paras().iter().zip(&self.columns) {
            let cell = row.map(|row| flow.node_under(row, Role::Th));
            let start = flow.page().items.len();
            for (i, line) in lay(para, column.width - 2.0 * PAD_X).iter().enumerate() {
                let top = flow.y + PAD_Y + lines_height(i, para.leading);
                flow.draw_line(line, para, x + PAD_X, top, column.width - 2.0 * PAD_X, cell.unwrap_or(0));
            }
            if cell.is_none() {
                flow.page().items[start..].iter_mut().for_each(|item| item.set_node(None));
            }
            x += column.width;
        }
        flow.y += height;
    }

    /// Adds a row.
    pub fn row(&mut self, flow: &mut Flow<'_>, row: Row) {
        if flow.cancelled {
            return;
        }
        self.drawn += 1;
        if self.drawn.is_multiple_of(64) {
            flow.pulse();
        }
        if row.with_next || flow.is_told() {
            self.held.push(row);
            return;
        }
        let mut laid = self.lay_row(&row);
        let height = self.height(&row, &laid, usize::MAX);
        let held: Vec<_> = std::mem::take(&mut self.held).into_iter().map(|r| (self.lay_row(&r), r)).collect();
        let held_height: f32 = held.iter().map(|(laid, row)| self.height(row, laid, usize::MAX)).sum();
        let least = held_height + self.least(&row, &laid, height);
        if !self.began {
            flow.need(self.head_height() + least.min(BOTTOM - TOP - 80.0));
            flow.space_after_para();
            self.table = flow.node(if self.boxes { Role::Div } else { Role::Table });
            self.draw_head(flow, true);
            self.body = if self.boxes { self.table } else { flow.node_under(self.table, Role::TBody) };
            self.began = true;
        } else if flow.room() < least && !flow.at_top() {
            self.turn_page(flow);
        }
        for (mut laid, row) in held {
            let tr = self.open_row(flow, &row);
            let height = self.height(&row, &laid, usize::MAX);
            self.draw_part(flow, &row, &mut laid, height, &tr, &[usize::MAX]);
        }
        let cells = self.open_row(flow, &row);
        self.draw_row(flow, &row, &mut laid, &cells);
    }

    /// Ends the table.
    pub fn end(mut self, flow: &mut Flow<'_>) {
        if flow.is_told() {
            let Self { columns, rules, boxes, held: rows, .. } = self;
            flow.tell(Block::Table { columns, rules, boxes, rows });
            return;
        }
        for row in std::mem::take(&mut self.held) {
            self.row(flow, Row { with_next: false, ..row });
        }
        flow.y += 4.0;
    }

    fn open_row(&self, flow: &mut Flow<'_>, row: &Row) -> Vec<NodeId> {
        if let Some(anchor) = &row.anchor {
            flow.anchor(anchor);
        }
        if self.boxes {
            return row.cells.iter().map(|_| flow.node_under(self.body, Role::Div)).collect();
        }
        let tr = flow.node_under(self.body, Role::Tr);
        row.cells
            .iter()
            .map(|cell| {
                let node = flow.node_under(tr, if cell.heads_row { Role::Th } else { Role::Td });
                flow.doc.nodes[node].columns = u16::try_from(cell.columns.max(1)).unwrap_or(u16::MAX);
                flow.doc.nodes[node].heads_row = cell.heads_row;
                node
            })
            .collect()
    }

    fn turn_page(&mut self, flow: &mut Flow<'_>) {
        flow.break_page();
        self.draw_head(flow, false);
    }

    fn lay_row(&self, row: &Row) -> Vec<Laid> {
        let mut column = 0;
        row.cells
            .iter()
            .map(|cell| {
                let span = cell.columns.max(1);
                let width: f32 = self.columns[column..column + span].iter().map(|c| c.width).sum();
                column += span;
                let mut lines = Vec::new();
                for (index, para) in cell.paras.iter().enumerate() {
                    for (i, line) in lay(para, width - 2.0 * PAD_X).into_iter().enumerate() {
                        let gap = if i == 0 && !lines.is_empty() { para.gap } else { 0.0 };
                        lines.push((line, index, gap));
                    }
                }
                Laid { lines, next: 0 }
            })
            .collect()
    }

    /// Height of the next `count` lines of every cell.
    fn height(&self, row: &Row, laid: &[Laid], count: usize) -> f32 {
        let tallest = row
            .cells
            .iter()
            .zip(laid)
            .map(|(cell, laid)| {
                let lines = laid.lines.iter().skip(laid.next).take(count).enumerate();
                lines.map(|(i, (_, para, gap))| cell.paras[*para].leading + if i == 0 { 0.0 } else { *gap }).sum()
            })
            .fold(0.0_f32, f32::max);
        (tallest + 2.0 * PAD_Y).max(row.at_least)
    }

    /// What must fit for the row to begin here.
    fn least(&self, row: &Row, laid: &[Laid], height: f32) -> f32 {
        let most = laid.iter().map(|l| l.lines.len()).max().unwrap_or(0);
        if most <= WHOLE_LINES && height < BOTTOM - TOP - 60.0 { height } else { self.height(row, laid, 2) }
    }

    fn draw_row(&mut self, flow: &mut Flow<'_>, row: &Row, laid: &mut [Laid], cells: &[NodeId]) {
        loop {
            let rest = self.height(row, laid, usize::MAX);
            if rest <= flow.room() + 0.1 {
                self.draw_part(flow, row, laid, rest, cells, &[usize::MAX]);
                return;
            }
            let counts: Vec<_> =
                row.cells.iter().zip(laid.iter()).map(|(cell, laid)| fitting(cell, laid, flow.room())).collect();
            let height = row
                .cells
                .iter()
                .zip(laid.iter())
                .zip(&counts)
                .map(|((cell, laid), count)| lines_span(cell, laid, *count))
                .fold(0.0, f32::max)
                + 2.0 * PAD_Y;
            if counts.iter().any(|c| *c > 0) {
                self.draw_part(flow, row, laid, height, cells, &counts);
            } else if flow.room() > BOTTOM - TOP - 60.0 {
                // A fresh page cannot hold two lines: only a broken style could get here; draw and go on.
                self.draw_part(flow, row, laid, rest, cells, &[usize::MAX]);
                return;
            }
            self.turn_page(flow);
        }
    }

    fn draw_part(
        &self,
        flow: &mut Flow<'_>,
        row: &Row,
        laid: &mut [Laid],
        height: f32,
        cells: &[NodeId],
        counts: &[usize],
    ) {
        let top = flow.y;
        // Cells are drawn one after the other from the left; every one begins at the top of the part and none moves the cursor, which
        // goes down once at the end by the height of the tallest.
        let (mut x, mut column) = (self.left, 0);
        for (index, cell) in row.cells.iter().enumerate() {
            let span = cell.columns.max(1);
            let width: f32 = self.columns[column..column + span].iter().map(|c| c.width).sum();
            if let Some(color) = cell.fill {
                // Below the rule of the row above, which would else be half covered.
                flow.fill([x, top + 0.25, width, height - 0.25], color);
            }
            // One count for all when the rest of the row is drawn, one for each cell when the page ends within it.
            let count = counts.get(index).or(counts.first()).copied().unwrap_or(usize::MAX);
            let part = &mut laid[index];
            let (mut y, mut owner) = (top + PAD_Y, (usize::MAX, cells[index]));
            let end = part.next.saturating_add(count).min(part.lines.len());
            for i in part.next..end {
                let (line, para_index, gap) = &part.lines[i];
                let mut para = Cow::Borrowed(&cell.paras[*para_index]);
                // A paragraph that says nothing of its own follows its column. Only then is it copied: one that lists hundreds of
                // items has as many spans, and they would be copied for each of its lines.
                if para.align == Align::Left && self.columns[column].align != Align::Left {
                    para.to_mut().align = self.columns[column].align;
                }
                // At the top of a page the space above a paragraph is left out.
                y += if i == part.next { 0.0 } else { *gap };
                if owner.0 != *para_index {
                    // A cell owns its text itself; paragraphs below it would double the tags and say nothing more.
                    let node = if self.boxes { flow.node_under(cells[index], Role::P) } else { cells[index] };
                    owner = (*para_index, node);
                }
                flow.draw_line(line, &para, x + PAD_X, y, width - 2.0 * PAD_X, owner.1);
                y += para.leading;
            }
            // The next part goes on behind what is drawn now.
            part.next = end;
            if self.rules == Rules::Grid {
                flow.fill([x - 0.25, top, 0.5, height], RULE);
            }
            x += width;
            column += span;
        }
        if self.rules == Rules::Grid {
            flow.fill([x - 0.25, top, 0.5, height], RULE);
        }
        flow.y += height;
        // Half of the rule lies in each of the rows it parts, so that it is as strong where the page ends.
        flow.fill([self.left, flow.y - 0.25, self.width(), 0.5], RULE);
    }
}

/// How many of a cell's next lines fit into `room`, with at least two on this side and two on the other.
fn fitting(cell: &Cell, laid: &Laid, room: f32) -> usize {
    let left = laid.lines.len() - laid.next;
    let mut count = 0;
    while count < left && lines_span(cell, laid, count + 1) + 2.0 * PAD_Y <= room {
        count += 1;
    }
    if count == left {
        return count;
    }
    count = count.min(left.saturating_sub(2));
    if count < 2 { 0 } else { count }
}

fn lines_span(cell: &Cell, laid: &Laid, count: usize) -> f32 {
    let lines = laid.lines.iter().skip(laid.next).take(count).enumerate();
    lines.map(|(i, (_, para, gap))| cell.paras[*para].leading + if i == 0 { 0.0 } else { *gap }).sum()
}

/// Whether an item is decoration; used by tests.
#[must_use]
pub const fn is_decoration(item: &Item) -> bool {
    item.node().is_none()
}
