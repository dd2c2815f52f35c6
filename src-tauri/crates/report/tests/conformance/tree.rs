//! The structure tree: everything that is shown belongs to exactly one element, and the elements say what they are.

use super::{dict, each, follow};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn everything_shown_is_owned_once_and_both_ways() {
    each(check);
}

/// Page, number of the marked content.
type Place = (ObjectId, i64);

#[derive(Default)]
struct Found {
    /// Who owns each piece of content: must be one.
    owners: BTreeMap<Place, ObjectId>,
    /// Who owns each annotation.
    annotations: BTreeMap<ObjectId, ObjectId>,
    headings: Vec<u8>,
    roles: BTreeMap<String, u32>,
}

pub fn check(name: &str, doc: &Document, _: &[u8]) {
    let root = doc.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let root = (root.as_reference().unwrap(), dict(doc, root));
    let mut found = Found::default();
    for kid in kids(root.1) {
        walk(name, doc, &kid, root.0, None, &mut found);
    }
    shown_equals_owned(name, doc, &found);
    parent_tree_agrees(name, doc, root.1, &found);
    assert_eq!(found.roles.get("Document"), Some(&1), "{name}");
    assert!(found.roles["TH"] > 0 && found.roles["Figure"] > 0 || name == "draft", "{name}: {:?}", found.roles);
    let mut last = 0;
    for level in found.headings {
        assert!(level <= last + 1, "{name}: a heading of level {level} follows one of level {last}");
        last = level;
    }
    assert!(last > 0, "{name}: no heading");
}

fn kids(node: &Dictionary) -> Vec<Object> {
    match node.get(b"K") {
        Ok(Object::Array(list)) => list.clone(),
        Ok(one) => vec![one.clone()],
        Err(_) => Vec::new(),
    }
}

fn walk(name: &str, doc: &Document, kid: &Object, parent: ObjectId, page: Option<ObjectId>, found: &mut Found) {
    let node = match follow(doc, kid) {
        Object::Integer(content) => {
            let before = found.owners.insert((page.unwrap(), *content), parent);
            assert!(before.is_none(), "{name}: content {content} is owned twice");
            return;
        }
        Object::Dictionary(node) => node,
        other => panic!("{name}: {other:?} in the tree"),
    };
    let page = node.get(b"Pg").ok().map(|p| p.as_reference().unwrap()).or(page);
    match node.get(b"Type").and_then(Object::as_name).unwrap_or(b"StructElem") {
        b"MCR" => {
            let content = node.get(b"MCID").unwrap().as_i64().unwrap();
            let before = found.owners.insert((page.unwrap(), content), parent);
            assert!(before.is_none(), "{name}: content {content} is owned twice");
        }
        b"OBJR" => {
            let before = found.annotations.insert(node.get(b"Obj").unwrap().as_reference().unwrap(), parent);
            assert!(before.is_none(), "{name}: an annotation is owned twice");
        }
        _ => {
            let id = kid.as_reference().unwrap();
            assert_eq!(node.get(b"P").unwrap().as_reference().unwrap(), parent, "{name}: wrong parent");
            element(name, doc, node, found);
            for kid in kids(node) {
                walk(name, doc, &kid, id, page, found);
            }
        }
    }
}

fn element(name: &str, doc: &Document, node: &Dictionary, found: &mut Found) {
    let role = String::from_utf8(node.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let attributes = || match node.get(b"A").map(|a| follow(doc, a)) {
        Ok(Object::Array(list)) => list.iter().map(|a| dict(doc, a).clone()).collect(),
        Ok(Object::Dictionary(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    match role.as_str() {
        "H1" | "H2" | "H3" => found.headings.push(role.as_bytes()[1] - b'0'),
        "TH" => {
            let scope = attributes().iter().any(|a| a.has(b"Scope"));
            assert!(scope, "{name}: a TH without scope");
        }
        "Figure" => {
            let alt = node.get(b"Alt").unwrap().as_str().unwrap();
            assert!(alt.len() > 8, "{name}: a figure without alternative text");
            assert!(attributes().iter().any(|a| a.has(b"BBox")), "{name}: a figure without bounds");
        }
        _ => {}
    }
    *found.roles.entry(role).or_default() += 1;
}

/// Every piece of content is an artifact or has a number, and every number has an owner; nothing is owned that is not there.
fn shown_equals_owned(name: &str, doc: &Document, found: &Found) {
    let mut shown = BTreeSet::new();
    for page in doc.get_pages().into_values() {
        let content = Content::decode(&doc.get_page_content(page)).unwrap();
        let mut depth = 0_u32;
        for operation in content.operations {
            match operation.operator.as_str() {
                "BMC" => {
                    assert_eq!(operation.operands[0].as_name().unwrap(), b"Artifact", "{name}");
                    depth += 1;
                }
                "BDC" => {
                    depth += 1;
                    if let Object::Dictionary(marks) = &operation.operands[1]
                        && let Ok(content) = marks.get(b"MCID").and_then(Object::as_i64)
                    {
                        assert!(shown.insert((page, content)), "{name}: {content} twice on a page");
                    }
                }
                "EMC" => depth -= 1,
                "Tj" | "TJ" | "'" | "\"" | "f" | "f*" | "F" | "S" | "s" | "B" | "B*" | "b" | "b*" | "Do" | "sh" => {
                    assert!(depth > 0, "{name}: {} outside any marked content", operation.operator);
                }
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}: marked content is left open");
    }
    let owned: BTreeSet<Place> = found.owners.keys().copied().collect();
    assert!(shown == owned, "{name}: shown and owned differ: {:?}", shown.symmetric_difference(&owned).next());
}

fn parent_tree_agrees(name: &str, doc: &Document, root: &Dictionary, found: &Found) {
    let tree = dict(doc, root.get(b"ParentTree").unwrap());
    let numbers = follow(doc, tree.get(b"Nums").unwrap()).as_array().unwrap();
    let tree: BTreeMap<i64, &Object> = numbers.chunks(2).map(|c| (c[0].as_i64().unwrap(), &c[1])).collect();
    assert!(root.get(b"ParentTreeNextKey").unwrap().as_i64().unwrap() > *tree.keys().last().unwrap(), "{name}");
    let mut entries = 0;
    for page in doc.get_pages().into_values() {
        let dictionary = doc.get_dictionary(page).unwrap();
        assert_eq!(dictionary.get(b"Tabs").unwrap().as_name().unwrap(), b"S", "{name}");
        let key = dictionary.get(b"StructParents").unwrap().as_i64().unwrap();
        let owners = follow(doc, tree[&key]).as_array().unwrap();
        for (content, owner) in (0_i64..).zip(owners) {
            assert_eq!(found.owners[&(page, content)], owner.as_reference().unwrap(), "{name}: content {content}");
            entries += 1;
        }
        let notes = dictionary.get(b"Annots").map(|a| follow(doc, a).as_array().unwrap().clone()).unwrap_or_default();
        for note in notes {
            let id = note.as_reference().unwrap();
            let note = doc.get_dictionary(id).unwrap();
            let key = note.get(b"StructParent").unwrap().as_i64().unwrap();
            assert_eq!(found.annotations[&id], tree[&key].as_reference().unwrap(), "{name}: a link's owner");
            assert!(!note.get(b"Contents").unwrap().as_str().unwrap().is_empty(), "{name}: a link says nothing");
            assert!(note.get(b"F").unwrap().as_i64().unwrap() & 4 != 0, "{name}: a link is not printed");
        }
    }
    assert_eq!(entries, found.owners.len(), "{name}: the parent tree lacks content");
}
