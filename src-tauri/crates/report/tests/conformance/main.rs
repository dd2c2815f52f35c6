//! What PDF/A-3a and PDF/UA-1 readers rely on, checked by code that shares nothing with the writer, for all three layouts in
//! both languages. veraPDF stays the authority where it can be had.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod fonts;
mod metadata;
mod outside;
mod tree;

use domain::Lang;
use lopdf::{Dictionary, Document, Object};
use report::Layout;
use std::sync::OnceLock;

/// A report of every layout in every language: made once, looked at by every test.
fn each(check: impl Fn(&str, &Document, &[u8])) {
    static MADE: OnceLock<Vec<(String, Document, Vec<u8>)>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let round = common::round();
        let both = |layout: Layout| Lang::ALL.map(|lang| (layout, lang));
        let name = |(layout, lang): (Layout, Lang)| {
            let pdf = round.render(&common::options(layout, lang)).pdf;
            (format!("{}-{}", layout.key(), lang.key()), Document::load_mem(&pdf).unwrap(), pdf)
        };
        Layout::ALL.into_iter().flat_map(both).map(name).collect()
    });
    for (name, doc, pdf) in made {
        check(name, doc, pdf);
    }
}

fn follow<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    doc.dereference(object).unwrap().1
}

fn dict<'a>(doc: &'a Document, object: &'a Object) -> &'a Dictionary {
    match follow(doc, object) {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        other => panic!("no dictionary: {other:?}"),
    }
}

fn plain(doc: &Document, object: &Object) -> Vec<u8> {
    follow(doc, object).as_stream().unwrap().get_plain_content_with_limit(64 << 20).unwrap()
}
