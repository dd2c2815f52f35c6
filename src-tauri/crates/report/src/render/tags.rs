//! The structure tree: every piece of content belongs to a node that says what it is.

use super::Pulse;
use super::file::File;
use super::meta::text;
use super::object;
use crate::Error;
use crate::layout::display::{Document, Item, Node, NodeId, PAGE_HEIGHT, Role};
use lopdf::{Object, ObjectId, dictionary};
use std::collections::BTreeMap;
use std::io::Write;

/// Nodes between two questions whether to go on.
const BREATH: usize = 4_096;

/// Which node owns which marked content. There are as many contents as words in a report.
#[derive(Default)]
pub struct Marked {
    /// Owners of all contents, page after page, on each in the order of their MCIDs.
    owners: Vec<u32>,
    /// Where the contents of each page begin.
    pages: Vec<usize>,
    /// Bounds of a node's drawing on its first page: left, top, right, bottom.
    bounds: BTreeMap<NodeId, [f32; 4]>,
}

/// A link as an object of the file.
pub struct Annotation {
    /// Index of its page.
    pub page: usize,
    /// The object.
    pub id: ObjectId,
    /// Its key in the parent tree, once that is written.
    pub key: std::cell::Cell<u32>,
    /// The node that it belongs to.
    pub node: NodeId,
}

impl Marked {
    /// A new page begins.
    pub fn begin_page(&mut self) {
        self.pages.push(self.owners.len());
    }

    /// Takes the next number on this page for a node.
    pub fn next(&mut self, node: NodeId) -> i64 {
        let begin = self.pages.last().copied().unwrap_or_default();
        self.owners.push(number(node));
        i64::try_from(self.owners.len() - 1 - begin).unwrap_or(0)
    }

    /// Page and MCID of one of all contents.
    fn place(&self, content: u32) -> (u32, u32) {
        let page = self.pages.partition_point(|begin| number(*begin) <= content) - 1;
        (number(page), content - number(self.pages[page]))
    }

    /// Owners of the contents of every page.
    fn by_page(&self) -> impl Iterator<Item = &[u32]> {
        let ends = self.pages.iter().skip(1).copied().chain([self.owners.len()]);
        self.pages.iter().zip(ends).map(|(begin, end)| &self.owners[*begin..end])
    }

    /// Widens the bounds of the node that an item belongs to.
    pub fn touch(&mut self, item: &Item) {
        let Some(node) = item.node() else { return };
        let corners: Vec<(f32, f32)> = match item {
            Item::Image { area, .. } | Item::Fill { area, .. } => {
                vec![(area[0], area[1]), (area[0] + area[2], area[1] + area[3])]
            }
            Item::Shape(shape) => shape
                .path
                .iter()
                .map(|seg| match *seg {
                    crate::layout::display::Seg::Move(x, y) | crate::layout::display::Seg::Line(x, y) => (x, y),
                    crate::layout::display::Seg::Curve([.., x, y]) => (x, y),
                })
                .collect(),
            // Only figures need bounds, and their labels lie inside or just beside the drawing.
            Item::Text(_) | Item::Symbol { .. } => return,
        };
        let bounds = self.bounds.entry(node).or_insert([f32::MAX, f32::MAX, f32::MIN, f32::MIN]);
        for (x, y) in corners {
            *bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
        }
    }
}

/// Standard name of a role.
const fn name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Sect => "Sect",
        Role::Div => "Div",
        Role::H1 => "H1",
        Role::H2 => "H2",
        Role::H3 => "H3",
        Role::P => "P",
        Role::Toc => "TOC",
        Role::Toci => "TOCI",
        Role::Reference => "Reference",
        Role::Link => "Link",
        Role::Table => "Table",
        Role::THead => "THead",
        Role::TBody => "TBody",
        Role::Tr => "TR",
        Role::Th => "TH",
        Role::Td => "TD",
        Role::Figure => "Figure",
        Role::Span => "Span",
    }
}

/// Kids whose order is the order they were made in: the order of a row's cells is theirs even when one begins later.
const fn ordered_by_making(role: Role) -> bool {
    matches!(role, Role::Table | Role::THead | Role::TBody | Role::Tr | Role::Sect | Role::Div | Role::Toc)
}

/// The highest [`rank`].
const LAST_RANK: u8 = 4;

/// Elements of one kind stand together in the file: what they have in common then costs nothing.
const fn rank(role: Role) -> u8 {
    match role {
        Role::Tr => 1,
        Role::Th => 2,
        Role::Td => 3,
        Role::Link => LAST_RANK,
        _ => 0,
    }
}

/// What an element holds, and in which order where two have one place: contents before links before nodes, each in the order they were
/// made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kid {
    /// Number among all contents.
    Content(u32),
    /// Index of the link.
    Annotation(u32),
    Node(u32),
}

/// The kids of every node in reading order. There are as many as words in a report, so that no more is kept than their order.
struct Family {
    list: Vec<Kid>,
    /// Where the kids of each node begin in `list`, and where those of the last one end.
    starts: Vec<u32>,
}

impl Family {
    fn of(&self, node: NodeId) -> &[Kid] {
        &self.list[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// Writes the tree. Returns the root's object.
///
/// # Errors
/// When the caller asks to stop.
pub fn write(
    file: &mut File<'_>,
    document: &Document,
    marked: &Marked,
    pages: &[ObjectId],
    annotations: &[Annotation],
    pulse: &mut Pulse<'_>,
) -> Result<ObjectId, Error> {
    let nodes = &document.nodes;
    let family = collect(nodes, marked, annotations);
    let is_empty = |node: NodeId| family.of(node).is_empty();
    let is_kept = |node: NodeId| !is_empty(node) || matches!(nodes[node].role, Role::Td | Role::Th | Role::Document);
    // Numbers are given before anything is written, as every element names its parent and its kids, and in the order in which the elements
    // are written, so that neighbours in the file name neighbours.
    let order = || {
        (0..=LAST_RANK)
            .flat_map(|at| (0..nodes.len()).filter(move |node| rank(nodes[*node].role) == at))
            .filter(|node| is_kept(*node))
    };
    let root = file.id();
    let mut ids = vec![0; nodes.len()];
    for node in order() {
        ids[node] = file.id().0;
    }
    let heads = [file.id(), file.id()];
    let book = Book { nodes, alts: &document.alts, ids: &ids, marked, pages, annotations, heads, root };
    for (index, node) in order().enumerate() {
        if index % BREATH == BREATH - 1 {
            pulse.pages(0)?;
        }
        let kids = family.of(node);
        file.write((ids[node], 0), |out| book.element(out, node, kids, marked.bounds.get(&node)));
    }
    for (id, scope) in heads.into_iter().zip(["Column", "Row"]) {
        file.put(id, &dictionary! { "O" => "Table", "Scope" => scope }.into());
    }
    // Written by hand, as the elements are.
    let mut numbers = b"<</Nums[".to_vec();
    let mut numbered = |key: usize, object: u32| {
        let gap = if numbers.ends_with(b"[") { "" } else { " " };
        let _ = write!(numbers, "{gap}{key} {object} 0 R");
    };
    for (page, owners) in marked.by_page().enumerate() {
        let list = owners.iter().map(|node| Object::Reference((ids[*node as usize], 0))).collect::<Vec<_>>();
        numbered(page, file.add(list).0);
    }
    // Keys of links are numbers of objects, which are higher than any number of a page.
    let mut keys: Vec<(u32, u32)> = Vec::with_capacity(annotations.len());
    let mut keyed = vec![false; nodes.len()];
    for annotation in annotations {
        let first = !std::mem::replace(&mut keyed[annotation.node], true);
        // The number of its element stands beside the key; a second area of the same link has its own.
        let key = if first { ids[annotation.node] } else { annotation.id.0 };
        annotation.key.set(key);
        keys.push((key, ids[annotation.node]));
    }
    keys.sort_unstable();
    let next = keys.last().map_or(marked.pages.len(), |(key, _)| *key as usize + 1);
    for (key, element) in keys {
        numbered(key as usize, element);
    }
    numbers.extend_from_slice(b"]>>");
    let parents = file.id();
    file.write(parents, |out| out.append(&mut numbers));
    let top = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference((ids[0], 0))],
        "ParentTree" => parents,
        "ParentTreeNextKey" => int(next),
    };
    file.put(root, &top.into());
    Ok(root)
}

/// Empty nodes other than cells are left out.
fn collect(nodes: &[Node], marked: &Marked, annotations: &[Annotation]) -> Family {
    let places = places(nodes, marked);
    let each = |with: &mut dyn FnMut(NodeId, Kid)| {
        for (content, node) in marked.owners.iter().enumerate() {
            with(*node as usize, Kid::Content(number(content)));
        }
        for (index, annotation) in annotations.iter().enumerate() {
            with(annotation.node, Kid::Annotation(number(index)));
        }
        for node in (1..nodes.len()).filter(|node| places[*node] != NOWHERE) {
            with(nodes[node].parent, Kid::Node(number(node)));
        }
    };
    let mut starts = vec![0_u32; nodes.len() + 1];
    each(&mut |node, _| starts[node + 1] += 1);
    for node in 0..nodes.len() {
        starts[node + 1] += starts[node];
    }
    let mut next = starts.clone();
    let mut list = vec![Kid::Node(0); starts[nodes.len()] as usize];
    each(&mut |node, kid| {
        list[next[node] as usize] = kid;
        next[node] += 1;
    });
    let place = |kid: &Kid| match *kid {
        Kid::Content(content) => (content, *kid),
        Kid::Annotation(_) => (u32::MAX, *kid),
        Kid::Node(node) => (places[node as usize], *kid),
    };
    for kids in starts.windows(2) {
        list[kids[0] as usize..kids[1] as usize].sort_unstable_by_key(place);
    }
    Family { list, starts }
}

/// The place of a node that is left out.
const NOWHERE: u32 = u32::MAX;

/// The place of every node among its parent's kids: that of the first content within it, unless the order is that of making.
fn places(nodes: &[Node], marked: &Marked) -> Vec<u32> {
    let mut places = vec![NOWHERE; nodes.len()];
    for (content, node) in marked.owners.iter().enumerate() {
        let mut at = *node as usize;
        while places[at] == NOWHERE {
            places[at] = number(content);
            at = nodes[at].parent;
        }
    }
    let mut before = vec![0; nodes.len()];
    for node in 1..nodes.len() {
        let is_empty = places[node] == NOWHERE;
        if is_empty && !matches!(nodes[node].role, Role::Td | Role::Th) {
            continue;
        }
        let parent = nodes[node].parent;
        if ordered_by_making(nodes[parent].role) {
            places[node] = 0;
        } else if is_empty {
            places[node] = before[parent];
        }
        before[parent] = places[node];
    }
    places
}

/// Numbers of everything that an element refers to.
struct Book<'a> {
    nodes: &'a [Node],
    alts: &'a BTreeMap<NodeId, String>,
    ids: &'a [u32],
    marked: &'a Marked,
    pages: &'a [ObjectId],
    annotations: &'a [Annotation],
    /// Attributes of cells that head a column, and of those that head a row.
    heads: [ObjectId; 2],
    root: ObjectId,
}

impl Book<'_> {
    /// Writes an element. By hand, and with what varies first: of the thousands of elements in a report only the numbers
    /// differ, and as objects they would fill more memory than the pages.
    fn element(&self, out: &mut Vec<u8>, index: NodeId, kids: &[Kid], bounds: Option<&[f32; 4]>) {
        let node = &self.nodes[index];
        let page = kids.iter().find_map(|kid| match kid {
            Kid::Content(content) => Some(self.marked.place(*content).0),
            Kid::Annotation(index) => Some(number(self.annotations[*index as usize].page)),
            Kid::Node(_) => None,
        });
        // Writing to a vector cannot fail.
        match kids {
            [] => out.extend_from_slice(b"<<"),
            [Kid::Content(content)] => drop(write!(out, "<</K {}", self.marked.place(*content).1)),
            kids => {
                out.extend_from_slice(b"<</K[");
                for (place, kid) in kids.iter().enumerate() {
                    if place > 0 {
                        out.push(b' ');
                    }
                    self.kid(out, *kid, page);
                }
                out.push(b']');
            }
        }
        if let Some(page) = page {
            let _ = write!(out, "/Pg {} 0 R", self.pages[page as usize].0);
        }
        let parent = if index == 0 { self.root.0 } else { self.ids[node.parent] };
        let _ = write!(out, "/S/{}/P {parent} 0 R", name(node.role));
        if let Some(alt) = self.alts.get(&index) {
            out.extend_from_slice(b"/Alt");
            object::write(out, &text(alt));
        }
        if let Some(attributes) = self.attributes(node, bounds) {
            out.extend_from_slice(if matches!(attributes, Object::Reference(_)) { b"/A " } else { b"/A" });
            object::write(out, &attributes);
        }
        out.extend_from_slice(b">>");
    }

    fn kid(&self, out: &mut Vec<u8>, kid: Kid, page: Option<u32>) {
        let _ = match kid {
            Kid::Content(content) => match self.marked.place(content) {
                (on, id) if Some(on) == page => write!(out, "{id}"),
                (on, id) => write!(out, "<</Type/MCR/Pg {} 0 R/MCID {id}>>", self.pages[on as usize].0),
            },
            Kid::Node(node) => write!(out, "{} 0 R", self.ids[node as usize]),
            Kid::Annotation(index) => {
                let annotation = &self.annotations[index as usize];
                let _ = out.write_all(b"<</Type/OBJR");
                if Some(number(annotation.page)) != page {
                    let _ = write!(out, "/Pg {} 0 R", self.pages[annotation.page].0);
                }
                write!(out, "/Obj {} 0 R>>", annotation.id.0)
            }
        };
    }

    fn attributes(&self, node: &Node, bounds: Option<&[f32; 4]>) -> Option<Object> {
        match node.role {
            Role::Th if node.columns <= 1 => Some(Object::Reference(self.heads[usize::from(node.heads_row)])),
            Role::Th | Role::Td => {
                let mut table = dictionary! { "O" => "Table", "ColSpan" => i64::from(node.columns) };
                if node.role == Role::Th {
                    table.set("Scope", if node.heads_row { "Row" } else { "Column" });
                }
                (node.columns > 1).then_some(table.into())
            }
            Role::Figure => bounds.map(|[left, top, right, bottom]| {
                let corners = [*left, PAGE_HEIGHT - bottom, *right, PAGE_HEIGHT - top];
                Object::from(dictionary! {
                    "O" => "Layout",
                    "Placement" => "Block",
                    "BBox" => corners.map(Object::Real).to_vec(),
                })
            }),
            _ => None,
        }
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn int(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}
