//! Pages, the pictures and signs they share, and their links.

use super::deflate::Press;
use super::file::File;
use super::fonts::FontBook;
use super::meta::text;
use super::object;
use super::outline::destination;
use super::tags::{Annotation, Marked};
use super::{Pulse, content};
use crate::Error;
use crate::layout::display::{Document, Item, PAGE_HEIGHT, PAGE_WIDTH, Page, Picture, Seg, Symbol};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Write;

/// Pages between two questions whether to go on.
const BREATH: usize = 8;

/// Objects that every page refers to.
pub struct Shared {
    /// Resources.
    pub resources: ObjectId,
    /// Drawn before every page's own contents but the first's.
    pub under: Option<ObjectId>,
    /// Drawn after every page's own contents.
    pub over: Option<ObjectId>,
}

/// Writes pictures, signs and what stands on every page; returns the resources but for the fonts.
pub fn share(file: &mut File<'_>, book: &FontBook, document: &mut Document) -> (Shared, Dictionary) {
    let mut drawn = Dictionary::new();
    for (index, picture) in document.images.drain(..).enumerate() {
        let dict = picture_dictionary(&picture);
        drawn.set(content::image_name(index), file.add_stream(dict, picture.rgb, Press::Well));
    }
    for (index, symbol) in document.symbols.iter().enumerate() {
        let id = file.add_stream(symbol_dictionary(symbol), content::symbol(symbol), Press::Well);
        drawn.set(content::symbol_name(index), id);
    }
    let mut stamp = |items: &[Item]| {
        let page = Page::decorated(items.to_vec());
        let content = content::page(&page, book, &mut Marked::default());
        (!items.is_empty()).then(|| file.add_stream(Dictionary::new(), content, Press::Well))
    };
    let (under, over) = (stamp(&document.under), stamp(&document.over));
    (Shared { resources: file.id(), under, over }, dictionary! { "XObject" => drawn })
}

fn picture_dictionary(picture: &Picture) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(picture.width),
        "Height" => i64::from(picture.height),
        "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8,
    }
}

fn symbol_dictionary(symbol: &Symbol) -> Dictionary {
    let mut bounds = [0.0_f32; 4];
    for seg in symbol.shapes.iter().flat_map(|shape| &shape.path) {
        let (Seg::Move(x, y) | Seg::Line(x, y) | Seg::Curve([.., x, y])) = *seg;
        bounds = [bounds[0].min(x), bounds[1].min(-y), bounds[2].max(x), bounds[3].max(-y)];
    }
    // Room for the width of lines and for curves that swing out between their ends.
    let bounds = [bounds[0].floor() - 2.0, bounds[1].floor() - 2.0, bounds[2].ceil() + 2.0, bounds[3].ceil() + 2.0];
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => bounds.map(Object::Real).to_vec(),
        "Resources" => Dictionary::new(),
    }
}

/// Writes the contents of every page and forgets its items; returns the contents' objects.
///
/// # Errors
/// When the caller asks to stop.
pub fn contents(
    file: &mut File<'_>,
    book: &FontBook,
    document: &mut Document,
    marked: &mut Marked,
    pulse: &mut Pulse<'_>,
) -> Result<Vec<ObjectId>, Error> {
    let mut ids = Vec::with_capacity(document.pages.len());
    for pages in document.pages.chunks_mut(BREATH) {
        for page in pages.iter_mut() {
            let content = content::page(page, book, marked);
            page.clear();
            ids.push(file.add_stream(Dictionary::new(), content, Press::Well));
        }
        pulse.pages(pages.len())?;
    }
    Ok(ids)
}

/// Writes the page tree under `root`.
pub fn tree(
    file: &mut File<'_>,
    root: ObjectId,
    ids: &[ObjectId],
    contents: &[ObjectId],
    shared: &Shared,
    annotations: &[Annotation],
) {
    let mut rest = annotations;
    for (index, (id, own)) in ids.iter().zip(contents).enumerate() {
        let under = shared.under.filter(|_| index > 0);
        let parts = under.into_iter().chain([*own]).chain(shared.over).map(Object::Reference);
        let here;
        (here, rest) = rest.split_at(rest.iter().take_while(|a| a.page == index).count());
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => root,
            "MediaBox" => [0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT].map(Object::Real).to_vec(),
            "Resources" => shared.resources,
            "Tabs" => "S",
            "StructParents" => i64::try_from(index).unwrap_or(0),
            "Contents" => parts.collect::<Vec<_>>(),
        };
        if !here.is_empty() {
            page.set("Annots", here.iter().map(|a| Object::Reference(a.id)).collect::<Vec<_>>());
        }
        file.put(*id, &page.into());
    }
    let pages = dictionary! {
        "Type" => "Pages",
        "Count" => i64::try_from(ids.len()).unwrap_or(0),
        "Kids" => ids.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>(),
    };
    file.put(root, &pages.into());
}

/// Numbers the links, in the order of [`links`].
pub fn annotations(file: &mut File<'_>, document: &Document) -> Vec<Annotation> {
    let placed = document.pages.iter().enumerate().flat_map(|(page, on)| on.links.iter().map(move |link| (page, link)));
    placed
        .filter(|(_, link)| link.place.is_some())
        .map(|(page, link)| Annotation { page, id: file.id(), node: link.node, key: Cell::default() })
        .collect()
}

/// Writes the links, whose keys are known when the structure is written.
pub fn links(file: &mut File<'_>, document: &Document, ids: &[ObjectId], annotations: &[Annotation]) {
    let placed = document.pages.iter().flat_map(|page| &page.links).filter_map(|link| Some((link, link.place?)));
    for ((link, (to, y)), annotation) in placed.zip(annotations) {
        let [x, top, width, height] = link.area;
        let (left, right) = (x.floor(), (x + width).ceil());
        let (low, high) = ((PAGE_HEIGHT - top - height).floor(), (PAGE_HEIGHT - top).ceil());
        file.write(annotation.id, |out| {
            // Written by hand: there are thousands, and what is equal in all of them costs nothing when it stands together.
            let _ = write!(out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{left} {low} {right} {high}]");
            let _ = write!(out, "/StructParent {}/Contents", annotation.key.get());
            object::write(out, &text(&link.text));
            out.extend_from_slice(b"/Dest");
            object::write(
                out,
                &match name(&link.to) {
                    Some(name) => text(name),
                    None => destination(ids[to], y),
                },
            );
            out.extend_from_slice(b">>");
        });
    }
}

/// The name that others may use for a place: the code or number printed there, so that `report.pdf#EV-0007` opens it.
fn name(place: &str) -> Option<&str> {
    let name = place.strip_prefix("item:").or_else(|| place.strip_prefix("label:"))?;
    name.bytes().all(|b| b.is_ascii_graphic()).then_some(name)
}

/// Writes every named place that something leads to, sorted by name, as the pairs of a name tree; there are thousands.
pub fn names(out: &mut Vec<u8>, document: &Document, ids: &[ObjectId]) {
    let links = document.pages.iter().flat_map(|page| &page.links);
    let named: BTreeMap<_, _> = links.filter_map(|link| Some((name(&link.to)?, link.place?))).collect();
    for (name, (page, y)) in named {
        object::write(out, &text(name));
        object::write(out, &destination(ids[page], y));
    }
}
