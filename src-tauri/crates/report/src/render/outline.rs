//! Nested bookmarks.

use super::meta::text;
use crate::layout::display::{Bookmark, PAGE_HEIGHT};
use lopdf::{Object, ObjectId, dictionary};

/// Writes the bookmarks; `None` when there are none.
pub fn write(doc: &mut lopdf::Document, marks: &[Bookmark], page_ids: &[ObjectId]) -> Option<ObjectId> {
    if marks.is_empty() {
        return None;
    }
    let root = doc.new_object_id();
    let ids: Vec<ObjectId> = marks.iter().map(|_| doc.new_object_id()).collect();
    // Parent of each mark: the nearest one before it with a lower level.
    let parents: Vec<Option<usize>> = marks
        .iter()
        .enumerate()
        .map(|(i, mark)| marks[..i].iter().rposition(|earlier| earlier.level < mark.level))
        .collect();
    let kids = |parent: Option<usize>| {
        parents.iter().enumerate().filter(|(_, p)| **p == parent).map(|(i, _)| i).collect::<Vec<_>>()
    };
    for (i, mark) in marks.iter().enumerate() {
        let siblings = kids(parents[i]);
        let place = siblings.iter().position(|s| *s == i).unwrap_or(0);
        let mut dict = dictionary! {
            "Title" => text(&mark.title),
            "Parent" => parents[i].map_or(root, |p| ids[p]),
            "Dest" => destination(page_ids[mark.page], mark.y),
        };
        if place > 0 {
            dict.set("Prev", ids[siblings[place - 1]]);
        }
        if let Some(next) = siblings.get(place + 1) {
            dict.set("Next", ids[*next]);
        }
        let own = kids(Some(i));
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
            dict.set("First", ids[*first]);
            dict.set("Last", ids[*last]);
            // Negative: closed, so that the reader first sees the sections.
            dict.set("Count", -i64::try_from(own.len()).unwrap_or(0));
        }
        doc.set_object(ids[i], dict);
    }
    let top = kids(None);
    let count = i64::try_from(top.len()).unwrap_or(0);
    let outlines = dictionary! {
        "Type" => "Outlines",
        "First" => ids[*top.first()?],
        "Last" => ids[*top.last()?],
        "Count" => count,
    };
    doc.set_object(root, outlines);
    Some(root)
}

/// A place on a page, a little above what is meant.
pub fn destination(page: ObjectId, y: f32) -> Object {
    let top = (PAGE_HEIGHT - y + 10.0).min(PAGE_HEIGHT).round();
    Object::Array(vec![
        Object::Reference(page),
        Object::Name(b"XYZ".to_vec()),
        Object::Integer(0),
        Object::Real(top),
        Object::Null,
    ])
}
