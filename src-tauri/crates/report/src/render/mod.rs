//! Display list → PDF/A-3a with PDF/UA-1 tags. The only module that names printpdf and, with [`crate::verify`], lopdf.
//!
//! printpdf writes pages, fonts and pictures; what it has no words for (tags, nested bookmarks, link annotations,
//! metadata, attachment, output intent, glyphs shared by several characters) is added to its document with lopdf.

mod attach;
mod catalog;
mod fonts;
mod meta;
mod ops;
mod outline;
mod tags;

pub use meta::{ATTACHMENT, Meta, ROOT_KEY};

use crate::Error;
use crate::layout::display::{Document, Item, PAGE_HEIGHT, PAGE_WIDTH};
use crate::text::Fonts;
use fonts::FontBook;
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect, XObjectId};
use std::collections::BTreeSet;

/// Characters that no face has.
#[must_use]
pub fn missing(document: &Document) -> BTreeSet<char> {
    let fonts = Fonts::get();
    let mut seen = BTreeSet::new();
    for_each_text(document, |run| seen.extend(run.text.chars()));
    seen.retain(|c| fonts.is_missing(*c));
    seen
}

fn for_each_text<'a>(document: &'a Document, mut each: impl FnMut(&'a crate::layout::display::Run)) {
    for page in &document.pages {
        for item in page.back.iter().chain(&page.items) {
            if let Item::Text(run) = item {
                each(run);
            }
        }
    }
}

/// Writes the document.
///
/// # Errors
/// When a font cannot be cut down or the file cannot be assembled.
pub fn pdf(document: &Document, meta: &Meta) -> Result<Vec<u8>, Error> {
    let book = FontBook::new(document)?;
    let mut pdf = PdfDocument::new(&document.title);
    book.register(&mut pdf.resources);
    for (index, picture) in document.images.iter().enumerate() {
        pdf.resources.xobjects.map.insert(XObjectId(ops::image_name(index)), ops::picture(picture));
    }
    let mut marked = tags::Marked::default();
    for page in &document.pages {
        let ops = ops::page(page, &mut marked);
        let sheet = Rect::from_wh(Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT));
        pdf.pages.push(PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops });
    }
    // Fonts are cut down here; printpdf would embed them whole without its layout engine.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut doc = printpdf::serialize::to_lopdf_doc(&pdf, &options, &mut Vec::new());
    drop(pdf);
    book.complete(&mut doc)?;
    catalog::complete(&mut doc, document, meta, &marked)?;
    catalog::save(doc)
}
