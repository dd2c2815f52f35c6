//! The flow: a cursor that fills pages from top to bottom and builds the structure tree on the way. Or, for writers that set their own
//! lines and pages, a list of what the sections say, in order: see [`Flow::told`].

use super::block::Block;
use super::display::{Bookmark, Document, Item, Link, Node, NodeId, Page, Role, Run, Shape, Symbol};
use super::marks;
use super::theme::{ACCENT, BOTTOM, INK, MEASURE, SIDE, TOP, tenths};
use crate::text::{Align, Line, Mark, Para, Rgb, Span, Style, lay};
use crate::{Progress, Stage};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Share of the size that lies above the base line in Noto Sans SC's em square.
const ASCENT: f32 = 0.88;

/// Room an introducing paragraph asks for: itself, a table head and a row.
const LEAD: f32 = 96.0;

/// A heading that waits for the block it heads, so that it is never left alone at the foot of a page.
struct Waiting {
    level: u8,
    text: String,
    anchor: Option<String>,
    listed: bool,
}

/// A cursor over pages.
pub struct Flow<'a> {
    /// The document so far.
    pub doc: Document,
    /// Distance of the cursor from the top of the page.
    pub y: f32,
    /// Named places.
    pub anchors: BTreeMap<String, (usize, f32)>,
    /// Whether the caller wants to stop.
    pub cancelled: bool,
    parent: NodeId,
    waiting: Vec<Waiting>,
    /// Where the last paragraph ended.
    para_end: Option<(usize, f32)>,
    /// What the signs drawn so far look like, in the order of [`Document::symbols`].
    looks: Vec<(Mark, Style)>,
    /// What was said so far; `None` where pages are filled.
    blocks: Option<Vec<Block>>,
    on: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    steps: (u32, u32),
}

impl<'a> Flow<'a> {
    /// A flow with one empty page and a root node.
    pub fn new(on: &'a mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        let root = Node { role: Role::Document, parent: 0, columns: 1, heads_row: false };
        let doc = Document { pages: vec![Page::default()], nodes: vec![root], ..Document::default() };
        Self {
            doc,
            y: TOP,
            anchors: BTreeMap::new(),
            cancelled: false,
            parent: 0,
            waiting: Vec::new(),
            para_end: None,
            looks: Vec::new(),
            blocks: None,
            on,
            steps: (0, 1),
        }
    }

    /// A flow that fills no pages and notes what is said: the same sections, for another writer. Its one page is a drawing board for
    /// figures.
    pub fn reporting(on: &'a mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        Self { blocks: Some(Vec::new()), ..Self::new(on) }
    }

    /// What was said.
    #[must_use]
    pub fn into_blocks(mut self) -> Vec<Block> {
        self.settle();
        self.blocks.unwrap_or_default()
    }

    /// Notes a block, where blocks are noted, behind the headings that wait for it.
    pub fn tell(&mut self, block: Block) {
        self.settle();
        self.note(block);
    }

    /// Whether blocks are noted and no pages filled.
    #[must_use]
    pub const fn is_told(&self) -> bool {
        self.blocks.is_some()
    }

    fn note(&mut self, block: Block) {
        if let Some(blocks) = &mut self.blocks {
            blocks.push(block);
        }
    }

    /// Ends a drawing that began with [`Self::need`], which is all that is on the drawing board. On a page it stays where it is.
    pub fn end_figure(&mut self, node: NodeId, area: [f32; 4]) {
        if self.blocks.is_some() {
            let items = std::mem::take(&mut self.page().items);
            let alt = self.doc.alts.get(&node).cloned().unwrap_or_default();
            self.note(Block::Figure { items, area, alt });
        }
    }

    /// How many steps laying out will take, for the progress.
    pub const fn expect_steps(&mut self, total: u32) {
        self.steps.1 = total;
    }

    /// One step done.
    pub fn step(&mut self) {
        self.steps.0 += 1;
        self.pulse();
    }

    /// Asks the caller whether to go on.
    pub fn pulse(&mut self) {
        let progress = Progress { stage: Stage::Layout, done: self.steps.0, total: self.steps.1 };
        self.cancelled |= (self.on)(progress).is_break();
    }

    /// Index of the current page.
    #[must_use]
    pub const fn page_index(&self) -> usize {
        self.doc.pages.len() - 1
    }

    /// The current page.
    ///
    /// # Panics
    /// Never: a flow begins with a page and only adds.
    pub fn page(&mut self) -> &mut Page {
        self.doc.pages.last_mut().expect("a flow always has a page")
    }

    /// What is left of the page in points.
    #[must_use]
    pub fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Whether nothing stands on the page yet.
    #[must_use]
    pub fn at_top(&self) -> bool {
        self.y <= TOP + 0.1
    }

    /// Starts a page.
    pub fn break_page(&mut self) {
        if let Some(blocks) = &mut self.blocks {
            // A page that is asked for twice is one, and the first needs no asking.
            if blocks.last().is_some_and(|last| !matches!(last, Block::Page)) {
                blocks.push(Block::Page);
            }
            return;
        }
        self.page().fold();
        self.doc.pages.push(Page::default());
        self.y = TOP;
    }

    /// Starts a page unless this one is still empty.
    pub fn fresh_page(&mut self) {
        if self.is_told() || !self.at_top() {
            self.break_page();
        }
    }

    /// Moves the cursor down, but never opens a page with white space.
    pub fn space(&mut self, height: f32) {
        if !self.at_top() {
            self.y += height;
        }
    }

    /// Makes sure that `height` points are left, together with the headings that wait; then sets those headings.
    pub fn need(&mut self, height: f32) {
        if self.is_told() {
            for heading in std::mem::take(&mut self.waiting) {
                let Waiting { level, text, anchor, listed } = heading;
                self.note(Block::Heading { level, text, anchor, listed });
            }
            return;
        }
        let heads: f32 = self.waiting.iter().map(|w| heading_height(w.level)).sum();
        if self.room() < heads + height && !self.at_top() {
            self.break_page();
        }
        for (index, heading) in std::mem::take(&mut self.waiting).into_iter().enumerate() {
            self.set_heading(&heading, index > 0);
        }
    }

    /// A form that fills a page begins: it takes the headings that wait for it along.
    pub fn begin_form(&mut self, height: f32) {
        if self.is_told() {
            self.break_page();
        }
        self.need(height);
    }

    /// Adds a node under the current parent.
    pub fn node(&mut self, role: Role) -> NodeId {
        self.node_under(self.parent, role)
    }

    /// Adds a node under a given parent.
    pub fn node_under(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.doc.nodes.push(Node { role, parent, columns: 1, heads_row: false });
        self.doc.nodes.len() - 1
    }

    /// Everything until [`Self::close`] belongs to a new node of this role.
    pub fn open(&mut self, role: Role) -> NodeId {
        self.settle();
        let node = self.node(role);
        self.parent = node;
        node
    }

    /// Ends what [`Self::open`] began.
    pub fn close(&mut self) {
        self.settle();
        self.parent = self.doc.nodes[self.parent].parent;
    }

    /// Sets headings that no block came for.
    pub fn settle(&mut self) {
        if !self.waiting.is_empty() {
            self.need(0.0);
        }
    }

    /// Names the place where the cursor stands.
    pub fn anchor(&mut self, name: &str) {
        let place = (self.page_index(), self.y);
        self.anchors.entry(name.to_owned()).or_insert(place);
    }

    /// A heading that is set together with the next block. Levels 1 to 3.
    pub fn heading(&mut self, level: u8, text: &str, anchor: Option<&str>) {
        self.waiting.push(Waiting { level, text: text.to_owned(), anchor: anchor.map(str::to_owned), listed: true });
    }

    /// A heading that appears neither in the contents nor in the bookmarks.
    pub fn subheading(&mut self, level: u8, text: &str) {
        self.waiting.push(Waiting { level, text: text.to_owned(), anchor: None, listed: false });
    }

    fn set_heading(&mut self, heading: &Waiting, stacked: bool) {
        let look = heading_look(heading.level);
        // Directly under another heading the space above would tear the two apart.
        self.space(if stacked { 2.0 } else { look.above });
        if let Some(anchor) = &heading.anchor {
            self.anchor(anchor);
        }
        if heading.listed {
            let bookmark =
                Bookmark { level: heading.level, title: heading.text.clone(), page: self.page_index(), y: self.y };
            self.doc.outline.push(bookmark);
        }
        let role = [Role::H1, Role::H2, Role::H3][usize::from(heading.level.clamp(1, 3)) - 1];
        let node = self.node(role);
        let span = Span { text: heading.text.clone(), style: look.style, link: None, mark: None };
        let leading = tenths(look.style.size * 1.35);
        let para = Para { spans: vec![span], leading, gap: 0.0, align: Align::Left, justify: false };
        for line in lay(&para, MEASURE) {
            self.draw_line(&line, &para, SIDE, self.y, MEASURE, node);
            self.y += leading;
        }
        if heading.level == 1 {
            let area = [SIDE, self.y + 3.0, 36.0, 2.0];
            self.page().back.push(Item::Fill { area, color: ACCENT, node: None });
        }
        self.y += look.below;
    }

    /// A paragraph over the whole measure, split only with two lines on each side.
    pub fn para(&mut self, para: &Para) {
        self.para_in(para, SIDE, MEASURE, Role::P);
    }

    /// A paragraph that introduces a table: it is not left behind when the table moves to the next page.
    pub fn lead(&mut self, para: &Para) {
        self.need(LEAD);
        self.para(para);
    }

    /// A paragraph in a column of the page.
    pub fn para_in(&mut self, para: &Para, x: f32, width: f32, role: Role) {
        if self.is_told() {
            self.tell(Block::Para(para.clone()));
            return;
        }
        let lines = lay(para, width);
        let first = if lines.len() < 4 { lines.len() } else { 2 };
        self.need(lines_height(first, para.leading) + para.gap);
        self.space(para.gap);
        let node = self.node(role);
        let count = lines.len();
        for (i, line) in lines.into_iter().enumerate() {
            let left = count - i;
            let keep = if left == 2 && count > 2 { 2.0 } else { 1.0 };
            if self.room() < keep * para.leading {
                self.break_page();
            }
            self.draw_line(&line, para, x, self.y, width, node);
            self.y += para.leading;
        }
        self.para_end = Some((self.page_index(), self.y));
    }

    /// Space between a paragraph and the table that follows it directly.
    pub fn space_after_para(&mut self) {
        if self.para_end == Some((self.page_index(), self.y)) {
            self.space(5.0);
        }
    }

    /// Draws one line with its links and marks; `top` is the top of its leading.
    pub fn draw_line(&mut self, line: &Line, para: &Para, x: f32, top: f32, width: f32, node: NodeId) {
        let x = x + match para.align {
            Align::Left => 0.0,
            Align::Centre => (width - line.width) / 2.0,
            Align::Right => width - line.width,
        };
        let tallest = line.frags.iter().map(|f| para.spans[f.span].style.size).fold(0.0, f32::max);
        let base = top + tenths((para.leading - tallest) / 2.0 + tallest * ASCENT);
        let mut linked: Option<(usize, NodeId)> = None;
        for frag in &line.frags {
            let span = &para.spans[frag.span];
            if let Some(mark) = span.mark
                && frag.text == "\u{FFFC}"
            {
                let symbol = self.symbol(mark, span.style);
                self.page().signs.push(Item::Symbol { symbol, at: [x + frag.x, base] });
                continue;
            }
            let mut owner = node;
            if span.link.is_none() {
                // `EV-0007 第 3 页、` is heard as one: a comma as a piece of its own would take three times the room of
                // the link's words, and there are thousands.
                linked = linked.filter(|_| goes_with_link(&frag.text));
                owner = linked.map_or(node, |(_, before)| before);
            }
            if let Some(to) = &span.link {
                owner = match linked {
                    Some((index, known)) if index == frag.span => known,
                    _ => self.node_under(node, Role::Link),
                };
                linked = Some((frag.span, owner));
                let area = [x + frag.x, top, frag.width, para.leading];
                let link =
                    Link { area, to: to.as_str().into(), place: None, node: owner, text: frag.text.as_str().into() };
                self.page().links.push(link);
            }
            let run = Run {
                x: x + frag.x,
                y: base,
                size: span.style.size,
                face: frag.face,
                color: span.style.color,
                text: frag.text.clone(),
                kerns: frag.kerns.clone(),
                width: frag.width,
                node: Some(owner),
                turn: 0.0,
            };
            self.page().items.push(Item::Text(run));
        }
    }

    /// Index of a sign; signs are few and stand in thousands of places.
    fn symbol(&mut self, mark: Mark, style: Style) -> usize {
        if let Some(known) = self.looks.iter().position(|look| *look == (mark, style)) {
            return known;
        }
        self.looks.push((mark, style));
        self.doc.symbols.push(Symbol { shapes: marks::draw(mark, 0.0, 0.0, style) });
        self.doc.symbols.len() - 1
    }

    /// One line of text at a fixed place; `node` `None` makes it decoration.
    pub fn label(&mut self, text: &str, style: Style, area: (f32, f32, f32), align: Align, node: Option<NodeId>) {
        let span = Span { text: text.to_owned(), style, link: None, mark: None };
        let para = Para { spans: vec![span], leading: tenths(style.size * 1.4), gap: 0.0, align, justify: false };
        let (x, top, width) = area;
        let start = self.page().items.len();
        for (i, line) in lay(&para, width).iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
            let top = top + i as f32 * para.leading;
            self.draw_line(line, &para, x, top, width, 0);
        }
        for item in &mut self.page().items[start..] {
            item.set_node(node);
        }
    }

    /// A filled rectangle behind the text.
    pub fn fill(&mut self, area: [f32; 4], color: Rgb) {
        self.page().back.push(Item::Fill { area, color, node: None });
    }

    /// A path of a figure.
    pub fn shape(&mut self, shape: Shape) {
        self.page().items.push(Item::Shape(shape));
    }
}

/// Whether a text says more about the link before it: a place in brackets or behind a gap, or the comma to the next.
fn goes_with_link(text: &str) -> bool {
    text.starts_with(['（', '(']) || text.starts_with("  ") || matches!(text.trim(), "、" | "," | "，" | "；" | ";")
}

/// Height of `count` lines in points.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a page holds some sixty lines")]
pub fn lines_height(count: usize, leading: f32) -> f32 {
    count as f32 * leading
}

struct Look {
    style: Style,
    above: f32,
    below: f32,
}

const fn heading_look(level: u8) -> Look {
    match level {
        1 => Look { style: Style { size: 18.0, bold: true, color: INK }, above: 0.0, below: 16.0 },
        2 => Look { style: Style { size: 12.5, bold: true, color: ACCENT }, above: 18.0, below: 6.0 },
        _ => Look { style: Style { size: 10.0, bold: true, color: INK }, above: 12.0, below: 4.0 },
    }
}

fn heading_height(level: u8) -> f32 {
    let look = heading_look(level);
    look.above + tenths(look.style.size * 1.35) + look.below
}
