//! The display list: what stands where on which page, and what it means. Names no PDF type.
//!
//! Coordinates are points from the top left corner of an A4 page.

use crate::text::{Face, Rgb};
use libdeflater::{CompressionLvl, Compressor, Decompressor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Width of an A4 page in points.
pub const PAGE_WIDTH: f32 = 595.28;
/// Height of an A4 page in points.
pub const PAGE_HEIGHT: f32 = 841.89;

/// Index of a [`Node`] in [`Document::nodes`].
pub type NodeId = usize;

/// A laid out document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Pages in order.
    pub pages: Vec<Page>,
    /// Structure nodes; the first is the root.
    pub nodes: Vec<Node>,
    /// Bookmarks in reading order.
    pub outline: Vec<Bookmark>,
    /// Pictures that items refer to by index.
    pub images: Vec<Picture>,
    /// Signs that items refer to by index.
    pub symbols: Vec<Symbol>,
    /// Drawn on every page but the first, before its own items: decoration that is equal on all of them.
    pub under: Vec<Item>,
    /// Drawn on every page, after its own items: decoration that is equal on all of them.
    pub over: Vec<Item>,
    /// Words in place of a picture, for those who cannot see it.
    pub alts: BTreeMap<NodeId, String>,
    /// Title of the document.
    pub title: String,
}

/// A small sign that is drawn in many places.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// Its pieces; their zero is the left end of the base line.
    pub shapes: Vec<Shape>,
}

/// A picture, flattened to RGB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Three bytes per pixel, row by row.
    pub rgb: Vec<u8>,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Drawn first: backgrounds, rules, the draft mark. Never read aloud.
    pub back: Vec<Item>,
    /// Signs, drawn next: all together, so that they do not interrupt the text they stand in. Never read aloud.
    pub signs: Vec<Item>,
    /// Contents in reading order.
    pub items: Vec<Item>,
    /// Active areas.
    pub links: Vec<Link>,
    /// Signs and items that were put away by [`Self::fold`].
    folded: Option<Folded>,
}

/// Bytes, pressed lightly.
#[derive(Clone, Debug)]
struct Folded {
    bytes: Vec<u8>,
    /// How many there were before.
    size: usize,
}

impl Folded {
    fn new(bytes: &[u8]) -> Self {
        let mut compressor = Compressor::new(CompressionLvl::fastest());
        let mut pressed = vec![0; compressor.deflate_compress_bound(bytes.len())];
        let length = compressor.deflate_compress(bytes, &mut pressed).expect("the room is the upper bound");
        pressed.truncate(length);
        pressed.shrink_to_fit();
        Self { bytes: pressed, size: bytes.len() }
    }

    fn unfold(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.size];
        Decompressor::new().deflate_decompress(&self.bytes, &mut bytes).expect("it was pressed by the function above");
        bytes
    }
}

impl Page {
    /// A page of decoration.
    #[must_use]
    pub fn decorated(back: Vec<Item>) -> Self {
        Self { back, ..Self::default() }
    }

    /// Puts signs and items away in a fraction of their room: a long report has some hundred thousand, and a finished page is
    /// not looked at before it is written. What is drawn on it after this is drawn last.
    pub fn fold(&mut self) {
        let (mut signs, mut items) = self.unfolded();
        signs.append(&mut self.signs);
        items.append(&mut self.items);
        self.folded = Some(Folded::new(&postcard::to_allocvec(&(signs, items)).expect("items can be written")));
        (self.signs, self.items) = (Vec::new(), Vec::new());
    }

    /// Calls `each` with everything that is drawn, in order.
    pub fn for_each(&self, mut each: impl FnMut(&Item)) {
        let (signs, items) = self.unfolded();
        let signs = signs.iter().chain(&self.signs);
        self.back.iter().chain(signs).chain(&items).chain(&self.items).for_each(&mut each);
    }

    /// Forgets what is drawn; the links stay.
    pub fn clear(&mut self) {
        *self = Self { links: std::mem::take(&mut self.links), ..Self::default() };
    }

    fn unfolded(&self) -> (Vec<Item>, Vec<Item>) {
        let Some(folded) = &self.folded else { return Default::default() };
        postcard::from_bytes(&folded.unfold()).expect("they were written by fold")
    }
}

/// Something drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Item {
    /// Characters on one base line.
    Text(Run),
    /// A filled rectangle.
    Fill {
        /// Left, top, width, height.
        area: [f32; 4],
        /// Colour.
        color: Rgb,
        /// What it belongs to; `None` = decoration.
        node: Option<NodeId>,
    },
    /// A path.
    Shape(Shape),
    /// A sign; decoration, since words stand beside it.
    Symbol {
        /// Index in [`Document::symbols`].
        symbol: usize,
        /// Left end of its base line.
        at: [f32; 2],
    },
    /// A picture.
    Image {
        /// Index in [`Document::images`].
        image: usize,
        /// Left, top, width, height.
        area: [f32; 4],
        /// What it belongs to.
        node: Option<NodeId>,
    },
}

impl Item {
    /// The node it belongs to; `None` = decoration.
    #[must_use]
    pub const fn node(&self) -> Option<NodeId> {
        match self {
            Self::Text(run) => run.node,
            Self::Fill { node, .. } | Self::Image { node, .. } => *node,
            Self::Shape(shape) => shape.node,
            Self::Symbol { .. } => None,
        }
    }

    /// Moves it to another node; a sign stays decoration.
    pub const fn set_node(&mut self, to: Option<NodeId>) {
        match self {
            Self::Text(run) => run.node = to,
            Self::Fill { node, .. } | Self::Image { node, .. } => *node = to,
            Self::Shape(shape) => shape.node = to,
            Self::Symbol { .. } => {}
        }
    }
}

/// Characters on one base line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// Left end of the base line.
    pub x: f32,
    /// Base line.
    pub y: f32,
    /// Size in points.
    pub size: f32,
    /// Face.
    pub face: Face,
    /// Colour.
    pub color: Rgb,
    /// The characters.
    pub text: String,
    /// Moves before a character: (index, em).
    pub kerns: Vec<(usize, f32)>,
    /// Its width in points, moves included.
    pub width: f32,
    /// What it belongs to; `None` = decoration.
    pub node: Option<NodeId>,
    /// Turned anticlockwise by so many degrees.
    pub turn: f32,
}

/// A path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shape {
    /// Its pieces; the first is a move.
    pub path: Vec<Seg>,
    /// Whether it returns to its start.
    pub closed: bool,
    /// Colour of its area.
    pub fill: Option<Rgb>,
    /// Its line.
    pub stroke: Option<Stroke>,
    /// What it belongs to; `None` = decoration.
    pub node: Option<NodeId>,
}

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Seg {
    /// Start here.
    Move(f32, f32),
    /// Straight to here.
    Line(f32, f32),
    /// Cubic curve: two handles and the end.
    Curve([f32; 6]),
}

/// A line's look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// Colour.
    pub color: Rgb,
    /// Width in points.
    pub width: f32,
    /// Dash and gap in points.
    pub dash: Option<(f32, f32)>,
}

/// An active area that leads to a place.
#[derive(Clone, Debug)]
pub struct Link {
    /// Left, top, width, height.
    pub area: [f32; 4],
    /// Name of the place; resolved by [`Link::place`].
    pub to: Box<str>,
    /// Page index and distance from its top, once known.
    pub place: Option<(usize, f32)>,
    /// The structure node of role [`Role::Link`].
    pub node: NodeId,
    /// What it is, for those who cannot see it.
    pub text: Box<str>,
}

/// A node of the structure tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// Its parent; the root is its own.
    pub parent: NodeId,
    /// How many columns a cell spans.
    pub columns: u16,
    /// Whether a header cell heads its row (else its column).
    pub heads_row: bool,
}

/// Standard structure types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of ISO 32000-1, 14.8.4")]
pub enum Role {
    Document,
    Sect,
    Div,
    H1,
    H2,
    H3,
    P,
    Toc,
    Toci,
    Reference,
    Link,
    Table,
    THead,
    TBody,
    Tr,
    Th,
    Td,
    Figure,
    Span,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// 1 = top.
    pub level: u8,
    /// Words.
    pub title: String,
    /// Page index.
    pub page: usize,
    /// Distance from the top of the page.
    pub y: f32,
}
