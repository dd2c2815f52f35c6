//! printpdf at work: operations in, page contents out, a handful of pages at a time.

use super::fonts::FontBook;
use super::object::without_hexadecimal;
use crate::layout::display::{PAGE_HEIGHT, PAGE_WIDTH};
use lopdf::{Document, Object};
use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

/// What turns operations into bytes.
pub struct Printer {
    pdf: PdfDocument,
}

impl Printer {
    /// A printer that knows the codes of every character, but not the fonts themselves: those are written once.
    #[must_use]
    pub fn new(book: &FontBook) -> Self {
        let mut pdf = PdfDocument::new("");
        book.register(&mut pdf.resources, false);
        Self { pdf }
    }

    /// Contents of some pages, not compressed.
    pub fn print(&mut self, pages: Vec<Vec<Op>>) -> Vec<Vec<u8>> {
        self.pdf.pages = pages.into_iter().map(sheet).collect();
        let mut doc = document(&self.pdf);
        self.pdf.pages.clear();
        let pages: Vec<_> = doc.get_pages().into_values().collect();
        let contents = pages.iter().map(|page| {
            let contents =
                doc.get_dictionary(*page).and_then(|page| page.get(b"Contents")).and_then(Object::as_reference);
            contents.ok().and_then(|id| doc.objects.remove(&id))
        });
        let contents: Vec<_> = contents.collect();
        contents
            .into_iter()
            .map(|contents| match contents {
                Some(Object::Stream(stream)) => without_hexadecimal(&stream.content),
                _ => Vec::new(),
            })
            .collect()
    }
}

/// A page of operations.
pub fn sheet(ops: Vec<Op>) -> PdfPage {
    let sheet = Rect::from_wh(Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

/// printpdf's document as lopdf objects.
pub fn document(pdf: &PdfDocument) -> Document {
    // Fonts are cut down here; printpdf would embed them whole without its layout engine.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    printpdf::serialize::to_lopdf_doc(pdf, &options, &mut Vec::new())
}
