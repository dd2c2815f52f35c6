//! Display list → PDF/A-3a with PDF/UA-1 tags. The only module that names printpdf and, with [`crate::verify`], lopdf.
//!
//! printpdf writes the fonts' dictionaries, lopdf has the objects; what they have no words for (tags, nested bookmarks,
//! link annotations, metadata, attachment, output intent, glyphs shared by several characters) is written here, and page
//! contents are written as bytes at once. Everything goes into the file as soon as it is known: each page is forgotten
//! before the next. Fonts are cut and streams are compressed beside that by other threads; the file does not depend on
//! which of them did what when.

mod attach;
mod catalog;
mod codes;
mod content;
mod deflate;
mod file;
mod fonts;
mod meta;
mod object;
mod outline;
mod pages;
mod tags;

pub use attach::{Attachment, CRITERIA, RECIPE, SNAPSHOT, attachments};
pub use content::image_name;
pub use file::Out;
pub use meta::{Meta, RECIPE_KEY, ROOT_KEY};

use crate::layout::display::{Document, Item, Run};
use crate::{Error, Progress, Stage};
use deflate::Crew;
use file::File;
use fonts::FontBook;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

fn for_each_text(document: &Document, mut each: impl FnMut(&Run)) {
    let mut only_text = |item: &Item| {
        if let Item::Text(run) = item {
            each(run);
        }
    };
    document.pages.iter().for_each(|page| page.for_each(&mut only_text));
    document.under.iter().chain(&document.over).for_each(&mut only_text);
}

/// Tells the caller how many pages are written, and hears whether to go on.
pub struct Pulse<'a> {
    on: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    done: usize,
    total: usize,
}

impl Pulse<'_> {
    /// So many more pages are written.
    ///
    /// # Errors
    /// When the caller asks to stop.
    fn pages(&mut self, count: usize) -> Result<(), Error> {
        self.done += count;
        let part = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let progress = Progress { stage: Stage::Render, done: part(self.done), total: part(self.total) };
        if (self.on)(progress).is_break() { Err(Error::Cancelled) } else { Ok(()) }
    }
}

/// Writes the document to `out`, page by page, and answers with the characters that no face has; `on` hears of every few pages and of every few thousand tags.
///
/// # Errors
/// When a font cannot be cut down, when the file cannot be assembled, or when `on` asks to stop.
pub fn pdf(
    document: Document,
    meta: &Meta,
    attachments: Vec<Attachment>,
    out: &mut dyn Out,
    on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<BTreeSet<char>, Error> {
    let total = document.pages.len();
    let mut pulse = Pulse { on, done: 0, total };
    pulse.pages(0)?;
    let desk = deflate::Desk::default();
    std::thread::scope(|scope| {
        write(File::new(Crew::start(scope, &desk, out.is_thrifty()), out), document, meta, attachments, &mut pulse)
    })
}

fn write(
    mut file: File<'_>,
    mut document: Document,
    meta: &Meta,
    attachments: Vec<Attachment>,
    pulse: &mut Pulse<'_>,
) -> Result<BTreeSet<char>, Error> {
    let identity = catalog::identity(&document, meta);
    let root = file.id();
    let ids: Vec<_> = document.pages.iter().map(|_| file.id()).collect();
    let book = FontBook::new(&document)?;
    let mut marked = tags::Marked::default();
    let (shared, mut resources) = pages::share(&mut file, &book, &mut document);
    // The fonts depend on nothing but their codes, so they are cut while the pages are written.
    let (cuts, contents) = std::thread::scope(|scope| {
        let cuts = scope.spawn(|| book.cut());
        let contents = pages::contents(&mut file, &book, &mut document, &mut marked, pulse);
        (cuts.join().map_err(|_| Error::Pdf("a font was not cut".to_owned())), contents)
    });
    let contents = contents?;
    let mut fonts = lopdf::Dictionary::new();
    for cut in cuts?? {
        let (name, font) = cut.write(&mut file);
        fonts.set(name, font);
    }
    resources.set("Font", fonts);
    file.put(shared.resources, &resources.into());
    let annotations = pages::annotations(&mut file, &document);
    let structure = tags::write(&mut file, &document, &marked, &ids, &annotations, pulse)?;
    drop(marked);
    pages::links(&mut file, &document, &ids, &annotations);
    pages::tree(&mut file, root, &ids, &contents, &shared, &annotations);
    let trailer = catalog::write(&mut file, &document, meta, attachments, &ids, [root, structure], identity);
    drop(document);
    file.finish(trailer)?;
    Ok(book.missing())
}
