//! Nested bookmarks.

use super::file::File;
use super::meta::text;
use crate::layout::display::{Bookmark, PAGE_HEIGHT};
use lopdf::{Object, ObjectId, dictionary};

/// Writes the bookmarks; `None` when there are none.
pub fn write(file: &mut File<'_>, marks: &[Bookmark], pages: &[ObjectId]) -> Option<ObjectId> {
    if marks.is_empty() {
        return None;
    }
    let root = file.id();
    let ids: Vec<ObjectId> = marks.iter().map(|_| file.id()).collect();
    // Kids of each mark, and in the last list those of the root: a mark's parent is the nearest one before it with a
    // lower level.
    let mut kids: Vec<Vec<usize>> = vec![Vec::new(); marks.len() + 1];
    let mut parents = Vec::with_capacity(marks.len());
    let mut open: Vec<usize> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        while open.last().is_some_and(|above| marks[*above].level >= mark.level) {
            open.pop();
        }
        let parent = open.last().copied().unwrap_or(marks.len());
        parents.push((parent, kids[parent].len()));
        kids[parent].push(i);
        open.push(i);
    }
    for (i, mark) in marks.iter().enumerate() {
        let (parent, place) = parents[i];
        let siblings = &kids[parent];
        let mut dict = dictionary! {
            "Title" => text(&mark.title),
            "Parent" => ids.get(parent).copied().unwrap_or(root),
            "Dest" => destination(pages[mark.page], mark.y),
        };
        if place > 0 {
            dict.set("Prev", ids[siblings[place - 1]]);
        }
        if let Some(next) = siblings.get(place + 1) {
            dict.set("Next", ids[*next]);
        }
        if let (Some(first), Some(last)) = (kids[i].first(), kids[i].last()) {
            dict.set("First", ids[*first]);
            dict.set("Last", ids[*last]);
            // Negative: closed, so that the reader first sees the sections.
            dict.set("Count", -i64::try_from(kids[i].len()).unwrap_or(0));
        }
        file.put(ids[i], &dict.into());
    }
    let top = &kids[marks.len()];
    let (Some(first), Some(last)) = (top.first(), top.last()) else { return None };
    let outlines = dictionary! {
        "Type" => "Outlines",
        "First" => ids[*first],
        "Last" => ids[*last],
        "Count" => i64::try_from(top.len()).unwrap_or(0),
    };
    file.put(root, &outlines.into());
    Some(root)
}

/// A place on a page, a little above what is meant.
#[must_use]
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
