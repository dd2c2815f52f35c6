//! The structure tree: every piece of content belongs to a node that says what it is.

use super::meta::text;
use crate::layout::display::{Document, Item, Node, NodeId, PAGE_HEIGHT, Role};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// Which node owns which marked content, page by page.
#[derive(Default)]
pub struct Marked {
    /// Per page: owner of each MCID.
    pages: Vec<Vec<NodeId>>,
    /// Bounds of a node's drawing on its first page: left, top, right, bottom.
    bounds: BTreeMap<NodeId, [f32; 4]>,
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
            Item::Text(_) => return,
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

enum Kid {
    Content(usize, i64),
    Node(NodeId),
    Annotation(usize, ObjectId),
}

/// Writes the tree; `annotations` = (page, object, node) of every link. Returns the root's object.
pub fn write(
    doc: &mut lopdf::Document,
    document: &Document,
    marked: &Marked,
    page_ids: &[ObjectId],
    annotations: &[(usize, ObjectId, NodeId)],
) -> ObjectId {
    let nodes = &document.nodes;
    let ids: Vec<ObjectId> = nodes.iter().map(|_| doc.new_object_id()).collect();
    let root = doc.new_object_id();
    let kids = collect(nodes, marked, annotations);
    for (node, kids) in kids.iter().enumerate() {
        if kids.is_empty() && !matches!(nodes[node].role, Role::Td | Role::Th | Role::Document) {
            continue;
        }
        let parent = if node == 0 { root } else { ids[nodes[node].parent] };
        let dict = element(&nodes[node], parent, kids, &ids, page_ids, marked.bounds.get(&node));
        doc.set_object(ids[node], dict);
    }
    let mut numbers = Vec::new();
    for (page, owners) in marked.pages.iter().enumerate() {
        let list = owners.iter().map(|node| Object::Reference(ids[*node])).collect::<Vec<_>>();
        numbers.push(int(page));
        numbers.push(Object::Reference(doc.add_object(list)));
    }
    for (index, (_, annotation, node)) in annotations.iter().enumerate() {
        let key = marked.pages.len() + index;
        numbers.push(int(key));
        numbers.push(Object::Reference(ids[*node]));
        if let Ok(dict) = doc.get_object_mut(*annotation).and_then(Object::as_dict_mut) {
            dict.set("StructParent", int(key));
        }
    }
    for (page, id) in page_ids.iter().enumerate() {
        if let Ok(dict) = doc.get_object_mut(*id).and_then(Object::as_dict_mut) {
            dict.set("StructParents", int(page));
            dict.set("Tabs", Object::Name(b"S".to_vec()));
        }
    }
    let next = marked.pages.len() + annotations.len();
    let tree = doc.add_object(dictionary! { "Nums" => numbers });
    let top = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(ids[0])],
        "ParentTree" => tree,
        "ParentTreeNextKey" => int(next),
    };
    doc.set_object(root, top);
    root
}

/// The kids of every node in reading order; empty nodes other than cells are left out.
fn collect(nodes: &[Node], marked: &Marked, annotations: &[(usize, ObjectId, NodeId)]) -> Vec<Vec<Kid>> {
    let mut own: Vec<Vec<(usize, Kid)>> = nodes.iter().map(|_| Vec::new()).collect();
    let mut first = vec![usize::MAX; nodes.len()];
    let mut sequence = 0;
    for (page, owners) in marked.pages.iter().enumerate() {
        for (id, node) in owners.iter().enumerate() {
            own[*node].push((sequence, Kid::Content(page, i64::try_from(id).unwrap_or(0))));
            let mut at = *node;
            while first[at] == usize::MAX {
                first[at] = sequence;
                at = nodes[at].parent;
            }
            sequence += 1;
        }
    }
    for (page, annotation, node) in annotations {
        own[*node].push((usize::MAX, Kid::Annotation(*page, *annotation)));
    }
    let mut before = vec![0; nodes.len()];
    for node in 1..nodes.len() {
        let cell = matches!(nodes[node].role, Role::Td | Role::Th);
        if first[node] == usize::MAX && !cell {
            continue;
        }
        let parent = nodes[node].parent;
        let at = if ordered_by_making(nodes[parent].role) {
            0
        } else if first[node] == usize::MAX {
            before[parent]
        } else {
            first[node]
        };
        before[parent] = at;
        own[parent].push((at, Kid::Node(node)));
    }
    own.into_iter()
        .map(|mut kids| {
            kids.sort_by_key(|(at, _)| *at);
            kids.into_iter().map(|(_, kid)| kid).collect()
        })
        .collect()
}

fn element(
    node: &Node,
    parent: ObjectId,
    kids: &[Kid],
    ids: &[ObjectId],
    page_ids: &[ObjectId],
    bounds: Option<&[f32; 4]>,
) -> Dictionary {
    let mut dict = dictionary! { "S" => name(node.role), "P" => parent };
    let page = kids.iter().find_map(|kid| match kid {
        Kid::Content(page, _) | Kid::Annotation(page, _) => Some(*page),
        Kid::Node(_) => None,
    });
    if let Some(page) = page {
        dict.set("Pg", page_ids[page]);
    }
    let list: Vec<Object> = kids
        .iter()
        .map(|kid| match kid {
            Kid::Content(on, id) if Some(*on) == page => Object::Integer(*id),
            Kid::Content(on, id) => {
                Object::Dictionary(dictionary! { "Type" => "MCR", "Pg" => page_ids[*on], "MCID" => *id })
            }
            Kid::Node(node) => Object::Reference(ids[*node]),
            Kid::Annotation(on, id) => {
                Object::Dictionary(dictionary! { "Type" => "OBJR", "Pg" => page_ids[*on], "Obj" => *id })
            }
        })
        .collect();
    match list.len() {
        0 => {}
        1 => dict.set("K", list.into_iter().next().unwrap_or(Object::Null)),
        _ => dict.set("K", list),
    }
    if !node.alt.is_empty() {
        dict.set("Alt", text(&node.alt));
    }
    if let Some(attributes) = attributes(node, bounds) {
        dict.set("A", attributes);
    }
    dict
}

fn attributes(node: &Node, bounds: Option<&[f32; 4]>) -> Option<Dictionary> {
    match node.role {
        Role::Th | Role::Td => {
            let mut table = dictionary! { "O" => "Table" };
            if node.role == Role::Th {
                table.set("Scope", Object::Name(if node.heads_row { b"Row".to_vec() } else { b"Column".to_vec() }));
            }
            if node.columns > 1 {
                table.set("ColSpan", int(node.columns));
            }
            (node.role == Role::Th || node.columns > 1).then_some(table)
        }
        Role::Figure => bounds.map(|[left, top, right, bottom]| {
            let corners = [*left, PAGE_HEIGHT - bottom, *right, PAGE_HEIGHT - top];
            dictionary! {
                "O" => "Layout",
                "Placement" => "Block",
                "BBox" => corners.map(Object::Real).to_vec(),
            }
        }),
        _ => None,
    }
}

fn int(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}
