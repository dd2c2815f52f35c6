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

/// Which node owns which marked content, page by page.
#[derive(Default)]
pub struct Marked {
    /// Per page: owner of each MCID.
    pages: Vec<Vec<NodeId>>,
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
        self.pages.push(Vec::new());
    }

    /// Takes the next number on this page for a node.
    pub fn next(&mut self, node: NodeId) -> i64 {
        let Some(page) = self.pages.last_mut() else { return 0 };
        page.push(node);
        i64::try_from(page.len() - 1).unwrap_or(0)
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

/// Elements of one kind stand together in the file: what they have in common then costs nothing.
const fn rank(role: Role) -> u8 {
    match role {
        Role::Tr => 1,
        Role::Th => 2,
        Role::Td => 3,
        Role::Link => 4,
        _ => 0,
    }
}

#[derive(Clone, Copy)]
enum Kid {
    /// Index of its page, and its number there.
    Content(u32, u32),
    Node(u32),
    /// Index of the link.
    Annotation(u32),
}

impl Kid {
    /// Contents before links before nodes, each in the order they were made.
    const fn rank(self) -> (u8, u32, u32) {
        match self {
            Self::Content(page, id) => (0, page, id),
            Self::Annotation(index) => (1, index, 0),
            Self::Node(node) => (2, node, 0),
        }
    }
}

/// A kid with its node and its place among that one's kids. There are as many as there are words in a report.
type Place = (u32, u32, Kid);

/// The kids of every node in reading order.
struct Family {
    /// (node, place, kid), sorted by node and place.
    list: Vec<Place>,
    /// Where the kids of each node begin in `list`, and where those of the last one end.
    starts: Vec<usize>,
}

impl Family {
    fn of(&self, node: NodeId) -> &[Place] {
        &self.list[self.starts[node]..self.starts[node + 1]]
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
    let mut order: Vec<NodeId> = (0..nodes.len()).filter(|node| is_kept(*node)).collect();
    order.sort_by_key(|node| rank(nodes[*node].role));
    let root = file.id();
    let mut ids = vec![0; nodes.len()];
    for node in &order {
        ids[*node] = file.id().0;
    }
    let heads = [file.id(), file.id()];
    let book = Book { nodes, alts: &document.alts, ids: &ids, pages, annotations, heads, root };
    for (index, node) in order.iter().enumerate() {
        if index % BREATH == BREATH - 1 {
            pulse.pages(0)?;
        }
        let kids = family.of(*node);
        file.write((ids[*node], 0), |out| book.element(out, *node, kids, marked.bounds.get(node)));
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
    for (page, owners) in marked.pages.iter().enumerate() {
        let list = owners.iter().map(|node| Object::Reference((ids[*node], 0))).collect::<Vec<_>>();
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
    let contents: usize = marked.pages.iter().map(Vec::len).sum();
    let mut list: Vec<Place> = Vec::with_capacity(contents + nodes.len() + annotations.len());
    let mut first = vec![u32::MAX; nodes.len()];
    let mut sequence = 0;
    for (page, owners) in marked.pages.iter().enumerate() {
        for (id, node) in owners.iter().enumerate() {
            list.push((number(*node), sequence, Kid::Content(number(page), number(id))));
            let mut at = *node;
            while first[at] == u32::MAX {
                first[at] = sequence;
                at = nodes[at].parent;
            }
            sequence += 1;
        }
    }
    for (index, annotation) in annotations.iter().enumerate() {
        list.push((number(annotation.node), u32::MAX, Kid::Annotation(number(index))));
    }
    let mut before = vec![0; nodes.len()];
    for node in 1..nodes.len() {
        let cell = matches!(nodes[node].role, Role::Td | Role::Th);
        if first[node] == u32::MAX && !cell {
            continue;
        }
        let parent = nodes[node].parent;
        let at = if ordered_by_making(nodes[parent].role) {
            0
        } else if first[node] == u32::MAX {
            before[parent]
        } else {
            first[node]
        };
        before[parent] = at;
        list.push((number(parent), at, Kid::Node(number(node))));
    }
    // Where two have one place the order is that of the list above, said in full: to keep it, half of the list would be copied.
    list.sort_unstable_by_key(|(node, at, kid)| (*node, *at, kid.rank()));
    let mut starts = vec![0; nodes.len() + 1];
    for (node, _, _) in &list {
        starts[*node as usize + 1] += 1;
    }
    for node in 0..nodes.len() {
        starts[node + 1] += starts[node];
    }
    Family { list, starts }
}

/// Numbers of everything that an element refers to.
struct Book<'a> {
    nodes: &'a [Node],
    alts: &'a BTreeMap<NodeId, String>,
    ids: &'a [u32],
    pages: &'a [ObjectId],
    annotations: &'a [Annotation],
    /// Attributes of cells that head a column, and of those that head a row.
    heads: [ObjectId; 2],
    root: ObjectId,
}

impl Book<'_> {
    /// Writes an element. By hand, and with what varies first: of the thousands of elements in a report only the numbers
    /// differ, and as objects they would fill more memory than the pages.
    fn element(&self, out: &mut Vec<u8>, index: NodeId, kids: &[Place], bounds: Option<&[f32; 4]>) {
        let node = &self.nodes[index];
        let page = kids.iter().find_map(|(_, _, kid)| match kid {
            Kid::Content(page, _) => Some(*page),
            Kid::Annotation(index) => Some(number(self.annotations[*index as usize].page)),
            Kid::Node(_) => None,
        });
        // Writing to a vector cannot fail.
        match kids {
            [] => out.extend_from_slice(b"<<"),
            [(_, _, Kid::Content(_, id))] => drop(write!(out, "<</K {id}")),
            kids => {
                out.extend_from_slice(b"<</K[");
                for (place, (_, _, kid)) in kids.iter().enumerate() {
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
            Kid::Content(on, id) if Some(on) == page => write!(out, "{id}"),
            Kid::Content(on, id) => write!(out, "<</Type/MCR/Pg {} 0 R/MCID {id}>>", self.pages[on as usize].0),
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
