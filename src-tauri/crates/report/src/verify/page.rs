//! Text of a page, as far as finding a root needs it.

use super::codes::CodeMap;
use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Every run of exactly 64 hex digits that one text operation shows.
pub fn roots(doc: &Document, page: ObjectId, known: &mut Fonts) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let bytes = doc.get_page_content(page);
    let Ok(content) = Content::decode(&bytes) else { return found };
    let fonts = known.of(doc, page);
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
    fn of(&mut self, doc: &Document, page: ObjectId) -> BTreeMap<Vec<u8>, ObjectId> {
        let Ok(fonts) = doc.get_page_fonts(page) else { return BTreeMap::new() };
        fonts
            .into_iter()
            .filter_map(|(name, font)| {
                let id = font.get(b"ToUnicode").and_then(Object::as_reference).ok()?;
                if let std::collections::btree_map::Entry::Vacant(place) = self.maps.entry(id) {
                    let stream = doc.get_object(id).and_then(Object::as_stream).ok()?;
                    let map = stream.get_plain_content_with_limit(8 << 20).ok()?;
                    place.insert(CodeMap::new(&String::from_utf8_lossy(&map)));
                }
                Some((name, id))
            })
            .collect()
    }
}
