//! Text of a page, as far as finding a root needs it.

use super::codes::CodeMap;
use super::objects::{MOST_BYTES, Objects};
use lopdf::content::Content;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Every run of exactly 64 hex digits that one text operation shows.
pub fn roots(objects: &Objects<'_>, page: &Dictionary, known: &mut Fonts) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let Ok(content) = Content::decode(&contents(objects, page)) else { return found };
    let fonts = known.of(objects, page);
    let mut current: Option<&CodeMap> = None;
    // A root also stands on the last pages as text and in tables; the footer is the one in an artifact.
    let mut artifact = false;
    for operation in &content.operations {
        match (operation.operator.as_str(), operation.operands.as_slice()) {
            ("BMC", [Object::Name(tag)]) => artifact = tag == b"Artifact",
            ("BDC" | "EMC", _) => artifact = false,
            ("Tf", [Object::Name(name), ..]) => current = fonts.get(name.as_slice()).and_then(|id| known.maps.get(id)),
            ("Tj" | "TJ", [operand]) if artifact => {
                let text = current.map(|codes| shown(operand, codes)).unwrap_or_default();
                let words = text.split(|c: char| !c.is_ascii_hexdigit());
                found.extend(words.filter(|w| w.len() == 64).map(str::to_owned));
            }
            _ => {}
        }
    }
    found
}

/// What is drawn on a page: one stream, or several that are read as one.
fn contents(objects: &Objects<'_>, page: &Dictionary) -> Vec<u8> {
    let parts = match objects.entry(page, b"Contents") {
        Some(Object::Array(parts)) => parts,
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let mut out = Vec::new();
    for part in parts {
        let Some(Object::Stream(stream)) = objects.follow(&part) else { continue };
        out.extend(stream.get_plain_content_with_limit(MOST_BYTES).unwrap_or_default());
        out.push(b'\n');
    }
    out
}

fn shown(operand: &Object, codes: &CodeMap) -> String {
    match operand {
        Object::String(bytes, _) => codes.read(bytes),
        Object::Array(list) => list.iter().map(|part| shown(part, codes)).collect(),
        _ => String::new(),
    }
}

/// Character maps that have been read: pages share them.
#[derive(Default)]
pub struct Fonts {
    maps: BTreeMap<ObjectId, CodeMap>,
}

impl Fonts {
    /// Name and character map of every font of a page.
    fn of(&mut self, objects: &Objects<'_>, page: &Dictionary) -> BTreeMap<Vec<u8>, ObjectId> {
        let resources = objects.dictionary(page, b"Resources").unwrap_or_default();
        let fonts = objects.dictionary(&resources, b"Font").unwrap_or_default();
        let named = fonts.iter().filter_map(|(name, font)| {
            let Object::Dictionary(font) = objects.follow(font)? else { return None };
            let id = font.get(b"ToUnicode").and_then(Object::as_reference).ok()?;
            if let Entry::Vacant(place) = self.maps.entry(id) {
                let Object::Stream(stream) = objects.get(id)? else { return None };
                let map = stream.get_plain_content_with_limit(8 << 20).ok()?;
                place.insert(CodeMap::new(&String::from_utf8_lossy(&map)));
            }
            Some((name.clone(), id))
        });
        named.collect()
    }
}
