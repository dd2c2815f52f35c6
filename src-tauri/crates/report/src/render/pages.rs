//! Pages, the pictures and signs they share, and their links.

use super::deflate::Press;
use super::file::File;
use super::meta::text;
use super::object;
use super::outline::destination;
use super::printer::Printer;
use super::tags::{Annotation, Marked};
use super::{Pulse, ops};
use crate::Error;
use crate::layout::display::{Document, PAGE_HEIGHT, PAGE_WIDTH, Page, Picture, Seg, Symbol};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::io::Write;

/// Pages that are turned into bytes together: their operations are the largest thing in memory.
const TOGETHER: usize = 8;

/// Objects that every page refers to.
pub struct Shared {
    /// Resources.
    pub resources: ObjectId,
    /// Drawn before every page's own contents but the first's.
    pub under: Option<ObjectId>,
    /// Drawn after every page's own contents.
    pub over: Option<ObjectId>,
}

/// Writes pictures, signs and what stands on every page; `fonts` are the fonts' resources.
///
/// # Errors
/// When a stream cannot be compressed.
pub fn share(file: &mut File, printer: &mut Printer, document: &Document, fonts: Dictionary) -> Result<Shared, Error> {
    let mut drawn = Dictionary::new();
    for (index, picture) in document.images.iter().enumerate() {
        let id = file.id();
        file.stream(id, picture_dictionary(picture), &picture.rgb, Press::Well)?;
        drawn.set(ops::image_name(index), id);
    }
    let signs = printer.print(document.symbols.iter().map(ops::symbol).collect());
    for (index, (symbol, content)) in document.symbols.iter().zip(&signs).enumerate() {
        let id = file.id();
        file.stream(id, symbol_dictionary(symbol), content, Press::Well)?;
        drawn.set(ops::symbol_name(index), id);
    }
    let resources = file.add(dictionary! { "Font" => fonts, "XObject" => drawn })?;
    let mut stamp = |items: &[_]| {
        if items.is_empty() {
            return Ok(None);
        }
        let page = Page { back: items.to_vec(), ..Page::default() };
        let content = printer.print(vec![ops::page(&page, &mut Marked::default())]);
        let id = file.id();
        file.stream(id, Dictionary::new(), content.first().map_or(&[], Vec::as_slice), Press::Well)?;
        Ok(Some(id))
    };
    let (under, over) = (stamp(&document.under)?, stamp(&document.over)?);
    Ok(Shared { resources, under, over })
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
/// When a stream cannot be compressed, or when the caller asks to stop.
pub fn contents(
    file: &mut File,
    printer: &mut Printer,
    document: &mut Document,
    marked: &mut Marked,
    pulse: &mut Pulse<'_>,
) -> Result<Vec<ObjectId>, Error> {
    let mut ids = Vec::with_capacity(document.pages.len());
    for pages in document.pages.chunks_mut(TOGETHER) {
        let mut batch = Vec::with_capacity(TOGETHER);
        for page in pages.iter_mut() {
            batch.push(ops::page(page, marked));
            (page.back, page.items) = (Vec::new(), Vec::new());
        }
        for content in printer.print(batch) {
            let id = file.id();
            file.stream(id, Dictionary::new(), &content, Press::Hard)?;
            ids.push(id);
        }
        pulse.pages(pages.len())?;
    }
    Ok(ids)
}

/// Writes the page tree under `root`.
///
/// # Errors
/// When an object stream cannot be compressed.
pub fn tree(
    file: &mut File,
    root: ObjectId,
    ids: &[ObjectId],
    contents: &[ObjectId],
    shared: &Shared,
    annotations: &[Annotation],
) -> Result<(), Error> {
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
        file.put(*id, &page.into())?;
    }
    let pages = dictionary! {
        "Type" => "Pages",
        "Count" => i64::try_from(ids.len()).unwrap_or(0),
        "Kids" => ids.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>(),
    };
    file.put(root, &pages.into())
}

/// Numbers the links, in the order of [`links`].
pub fn annotations(file: &mut File, document: &Document) -> Vec<Annotation> {
    let placed = document.pages.iter().enumerate().flat_map(|(page, on)| on.links.iter().map(move |link| (page, link)));
    placed
        .filter(|(_, link)| link.place.is_some())
        .map(|(page, link)| Annotation { page, id: file.id(), node: link.node })
        .collect()
}

/// Writes the links; each one's key in the parent tree is its own number.
///
/// # Errors
/// When an object stream cannot be compressed.
pub fn links(file: &mut File, document: &Document, ids: &[ObjectId], annotations: &[Annotation]) -> Result<(), Error> {
    let placed = document.pages.iter().flat_map(|page| &page.links).filter_map(|link| Some((link, link.place?)));
    for ((link, (to, y)), annotation) in placed.zip(annotations) {
        let [x, top, width, height] = link.area;
        let (left, right) = (x.floor(), (x + width).ceil());
        let (low, high) = ((PAGE_HEIGHT - top - height).floor(), (PAGE_HEIGHT - top).ceil());
        file.write(annotation.id, |out| {
            // Written by hand: there are thousands, and what is equal in all of them costs nothing when it stands together.
            let _ = write!(out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{left} {low} {right} {high}]");
            let _ = write!(out, "/StructParent {}/Contents", annotation.id.0);
            object::write(out, &text(&link.text));
            out.extend_from_slice(b"/Dest");
            object::write(out, &destination(ids[to], y));
            out.extend_from_slice(b">>");
        })?;
    }
    Ok(())
}
