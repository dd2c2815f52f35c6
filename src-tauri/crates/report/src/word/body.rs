//! Blocks → the text of the document.

use super::About;
use super::drawing::{Pictures, Placed};
use super::styles::{self, BODY};
use super::xml::Xml;
use crate::layout::block::Block;
use crate::layout::theme::INK;
use crate::text::{Align, Mark, Rgb, Span};
use crate::words::W;
use domain::Verdict;
use std::collections::BTreeMap;

/// Twentieths of a point, the unit of lengths on a page.
pub fn twips(points: f32) -> String {
    format!("{:.0}", points * 20.0)
}

/// Space between a table and the paragraph below it, in points.
const BEHIND_TABLE: f32 = 6.0;

/// What a paragraph is besides its text.
#[derive(Default)]
pub struct Look<'a> {
    pub style: &'a str,
    /// Size that the style gives, in half points.
    pub size: u32,
    pub keep_next: bool,
    /// `Some(false)` takes away the number that the style gives.
    pub numbered: Option<bool>,
    pub align: Align,
    /// Space above in points.
    pub gap: f32,
    /// Names of this place.
    pub places: Vec<String>,
}

/// The text being written.
pub struct Body<'a> {
    pub xml: Xml,
    about: &'a About<'a>,
    /// Places that exist, with their names in the file.
    pub places: BTreeMap<&'a str, String>,
    heads: Vec<Head<'a>>,
    next_head: usize,
    bookmarks: u32,
    /// The next paragraph begins a page.
    turn: bool,
    /// A table ended last: another one would grow together with it.
    behind_table: bool,
}

/// A heading as it will be counted.
struct Head<'a> {
    level: u8,
    /// What Word will count; empty where there is no number.
    number: String,
    text: &'a str,
    anchor: Option<&'a str>,
}

/// The part `word/document.xml`.
pub fn write(blocks: &[Block], about: &About<'_>, logo: Option<&Placed>, pictures: &mut Pictures) -> Vec<u8> {
    let mut body = Body {
        xml: Xml::part("w:document", styles::SPACES),
        about,
        places: places(blocks),
        heads: heads(blocks),
        next_head: 0,
        bookmarks: 0,
        turn: false,
        behind_table: false,
    };
    body.xml.open("w:body", &[]);
    if let Some(logo) = logo {
        body.picture(logo, Align::Left);
    }
    for block in blocks {
        body.block(block, pictures);
    }
    if body.behind_table || body.turn {
        body.gap();
    }
    body.section();
    body.xml.end()
}

/// Every named place once, by a name that Word takes: letters, digits and `_`, at most 40.
fn places(blocks: &[Block]) -> BTreeMap<&str, String> {
    let name = |place: &str| -> String {
        let safe = place.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
        safe.take(40).collect()
    };
    blocks.iter().flat_map(named).map(|place| (place.as_str(), name(place))).collect()
}

fn named(block: &Block) -> Vec<&String> {
    match block {
        Block::Heading { anchor, .. } => anchor.iter().collect(),
        Block::Table { rows, .. } => rows.iter().filter_map(|row| row.anchor.as_ref()).collect(),
        _ => Vec::new(),
    }
}

/// Headings with the numbers that Word counts; where that is the number the heading bears, the heading leaves it to Word.
fn heads(blocks: &[Block]) -> Vec<Head<'_>> {
    let mut count = [0_u32; 2];
    let mut heads = Vec::new();
    for block in blocks {
        let Block::Heading { level, text, anchor, listed } = block else { continue };
        let level = if *listed || *level == 0 { level } else { &NOT_LISTED };
        let next = match level {
            1 => format!("{}", count[0] + 1),
            2 => format!("{}.{}", count[0], count[1] + 1),
            _ => String::new(),
        };
        let rest = text.strip_prefix(&next).and_then(|rest| rest.strip_prefix(' ')).filter(|_| !next.is_empty());
        match (level, rest) {
            (1, Some(_)) => count = [count[0] + 1, 0],
            (2, Some(_)) => count[1] += 1,
            _ => {}
        }
        let number = if rest.is_some() { next } else { String::new() };
        heads.push(Head { level: *level, number, text: rest.unwrap_or(text), anchor: anchor.as_deref() });
    }
    heads
}

/// Level of a heading that is not among the contents.
const NOT_LISTED: u8 = 9;

impl<'a> Body<'a> {
    fn block(&mut self, block: &Block, pictures: &mut Pictures) {
        let is_table = matches!(block, Block::Table { .. });
        if is_table && (self.behind_table || self.turn) {
            self.gap();
        }
        match block {
            Block::Heading { .. } => self.heading(),
            Block::Para(para) => {
                let gap = if self.behind_table { para.gap.max(BEHIND_TABLE) } else { para.gap };
                let look = Look { style: "Normal", size: BODY, align: para.align, gap, ..Look::default() };
                self.paragraph(&look, &para.spans);
            }
            Block::Table { columns, rules, boxes, rows } => self.table(columns, *rules, *boxes, rows),
            Block::Figure { items, area, alt } => {
                if let Some(placed) = pictures.figure(items, *area, alt) {
                    self.picture(&placed, Align::Centre);
                }
            }
            Block::Contents => self.contents(),
            Block::Page => self.turn = true,
        }
        self.behind_table = is_table || self.behind_table && matches!(block, Block::Page);
    }

    /// Opens a paragraph; the caller closes it.
    pub fn open_paragraph(&mut self, look: &Look<'_>) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]).open("w:pPr", &[]).val("w:pStyle", look.style);
        if look.keep_next {
            xml.empty("w:keepNext", &[]);
        }
        if std::mem::take(&mut self.turn) {
            xml.empty("w:pageBreakBefore", &[]);
        }
        if look.numbered == Some(false) {
            xml.open("w:numPr", &[]).val("w:ilvl", "0").val("w:numId", "0").close();
        }
        if look.gap > 0.0 {
            xml.empty("w:spacing", &[("w:before", &twips(look.gap))]);
        }
        match look.align {
            Align::Left => {}
            Align::Centre => drop(xml.val("w:jc", "center")),
            Align::Right => drop(xml.val("w:jc", "right")),
        }
        xml.close();
        for place in &look.places {
            self.bookmarks += 1;
            let id = self.bookmarks.to_string();
            self.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", place)]);
            self.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
        }
        self.behind_table = false;
    }

    /// A paragraph of spans.
    pub fn paragraph(&mut self, look: &Look<'_>, spans: &[Span]) {
        let size = look.size;
        self.open_paragraph(look);
        for span in spans {
            let place = span.link.as_deref().and_then(|to| self.places.get(to)).cloned();
            if let Some(place) = &place {
                self.xml.open("w:hyperlink", &[("w:anchor", place), ("w:history", "1")]);
            }
            self.run(span, size, span.link.is_some() && place.is_none());
            if place.is_some() {
                self.xml.close();
            }
        }
        self.xml.close();
    }

    /// A span; `dead` is one whose place is not in this document, so that it does not look like a link.
    fn run(&mut self, span: &Span, size: u32, dead: bool) {
        let text = if let Some(mark) = span.mark { sign(mark) } else { span.text.as_str() };
        if text.is_empty() {
            return;
        }
        let (own, color) = (styles::half_points(span.style.size), if dead { INK } else { span.style.color });
        let xml = &mut self.xml;
        xml.open("w:r", &[]);
        if span.style.bold || color != INK || own != size {
            xml.open("w:rPr", &[]);
            if span.style.bold {
                xml.empty("w:b", &[]).empty("w:bCs", &[]);
            }
            if color != INK {
                xml.val("w:color", &hex(color));
            }
            if own != size {
                xml.val("w:sz", &own.to_string()).val("w:szCs", &own.to_string());
            }
            xml.close();
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                xml.empty("w:br", &[]);
            }
            if !line.is_empty() {
                xml.holding("w:t", &[("xml:space", "preserve")], line);
            }
        }
        xml.close();
    }

    /// A paragraph of almost no height: it parts tables, carries page breaks, and ends the document.
    fn gap(&mut self) {
        self.open_paragraph(&Look { style: "Gap", ..Look::default() });
        self.xml.close();
    }

    fn heading(&mut self) {
        let index = self.next_head;
        self.next_head += 1;
        let Some(Head { level, number, text, anchor }) = self.heads.get(index) else { return };
        let style = styles::heading(*level);
        let mut places = vec![toc_place(index)];
        places.extend(anchor.and_then(|place| self.places.get(place)).cloned());
        let numbered = (matches!(level, 1 | 2) && number.is_empty()).then_some(false);
        let look = Look { style, keep_next: true, numbered, places, ..Look::default() };
        let text = (*text).to_owned();
        self.open_paragraph(&look);
        self.xml.open("w:r", &[]).holding("w:t", &[("xml:space", "preserve")], &text).close().close();
    }

    /// A field with all headings of two levels. Pages are counted by whoever opens it, so it asks to be brought up to date.
    fn contents(&mut self) {
        let title = self.about.say(W::Contents);
        let look = Look { style: "TOCHeading", ..Look::default() };
        self.open_paragraph(&look);
        self.xml.open("w:r", &[]).holding("w:t", &[], title).close().close();
        let entries: Vec<_> = self
            .heads
            .iter()
            .enumerate()
            .filter(|(_, head)| matches!(head.level, 1 | 2))
            .map(|(i, head)| (toc_place(i), head.level, format!("{} {}", head.number, head.text).trim().to_owned()))
            .collect();
        for (i, (place, level, text)) in entries.iter().enumerate() {
            self.open_paragraph(&Look { style: if *level == 1 { "TOC1" } else { "TOC2" }, ..Look::default() });
            if i == 0 {
                self.field_start("TOC \\o \"1-2\" \\h \\z \\u", true);
            }
            self.xml.open("w:hyperlink", &[("w:anchor", place), ("w:history", "1")]);
            self.xml.open("w:r", &[]).holding("w:t", &[("xml:space", "preserve")], text).empty("w:tab", &[]).close();
            self.field_start(&format!("PAGEREF {place} \\h"), false);
            self.field_end();
            self.xml.close();
            if i + 1 == entries.len() {
                self.field_end();
            }
            self.xml.close();
        }
    }

    fn field_start(&mut self, instruction: &str, dirty: bool) {
        let kind = [("w:fldCharType", "begin"), ("w:dirty", "true")];
        self.xml.open("w:r", &[]).empty("w:fldChar", &kind[..if dirty { 2 } else { 1 }]).close();
        self.xml.open("w:r", &[]).holding("w:instrText", &[("xml:space", "preserve")], instruction).close();
        self.xml.open("w:r", &[]).empty("w:fldChar", &[("w:fldCharType", "separate")]).close();
    }

    fn field_end(&mut self) {
        self.xml.open("w:r", &[]).empty("w:fldChar", &[("w:fldCharType", "end")]).close();
    }

    /// A picture in a paragraph of its own, in the line of the text.
    fn picture(&mut self, placed: &Placed, align: Align) {
        /// English Metric Units in a point.
        const EMU: f32 = 12_700.0;
        let [cx, cy] = placed.size.map(|side| format!("{:.0}", side * EMU));
        let (id, name) = ((placed.index + 1).to_string(), format!("Picture {}", placed.index + 1));
        let extent = [("cx", cx.as_str()), ("cy", cy.as_str())];
        self.open_paragraph(&Look { style: "Picture", align, ..Look::default() });
        let xml = &mut self.xml;
        xml.open("w:r", &[]).open("w:drawing", &[]);
        xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
        xml.empty("wp:extent", &extent);
        xml.empty("wp:docPr", &[("id", &id), ("name", &name), ("descr", &placed.alt)]);
        xml.open("a:graphic", &[]).open("a:graphicData", &[("uri", styles::PICTURE)]).open("pic:pic", &[]);
        xml.open("pic:nvPicPr", &[])
            .empty("pic:cNvPr", &[("id", &id), ("name", &name)])
            .empty("pic:cNvPicPr", &[])
            .close();
        xml.open("pic:blipFill", &[]).empty("a:blip", &[("r:embed", &format!("rIdImage{id}"))]);
        xml.open("a:stretch", &[]).empty("a:fillRect", &[]).close().close();
        xml.open("pic:spPr", &[]).open("a:xfrm", &[]).empty("a:off", &[("x", "0"), ("y", "0")]);
        xml.empty("a:ext", &extent).close();
        xml.open("a:prstGeom", &[("prst", "rect")]).empty("a:avLst", &[]).close().close();
        // pic, graphicData, graphic, inline, drawing, run, paragraph
        for _ in 0..7 {
            xml.close();
        }
    }

    /// A4, margins, head and foot; the first page has no head.
    fn section(&mut self) {
        let xml = &mut self.xml;
        xml.open("w:sectPr", &[]);
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rIdHeader")]);
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rIdFooter")]);
        xml.empty("w:footerReference", &[("w:type", "first"), ("r:id", "rIdFooter")]);
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", "1247"),
                ("w:right", "1020"),
                ("w:bottom", "1134"),
                ("w:left", "1020"),
                ("w:header", "624"),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ],
        );
        xml.empty("w:titlePg", &[]).close();
    }
}

/// A mark as a character that every Chinese font has; the word beside it says the same.
const fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Verdict(Some(Verdict::Conform)) | Mark::Holds(true) => "√ ",
        Mark::Verdict(Some(Verdict::Partial)) => "△ ",
        Mark::Verdict(Some(Verdict::Nonconform)) | Mark::Holds(false) => "× ",
        Mark::Verdict(Some(Verdict::NotApplicable)) => "— ",
        Mark::Verdict(None) => "○ ",
        Mark::Key => "◆ ",
        Mark::Box => "□ ",
    }
}

/// A colour as Word writes it.
pub fn hex(color: Rgb) -> String {
    format!("{:02X}{:02X}{:02X}", color.0, color.1, color.2)
}

fn toc_place(index: usize) -> String {
    format!("_Toc{:06}", index + 1)
}
