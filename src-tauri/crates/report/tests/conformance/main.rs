//! What PDF/A-3a and PDF/UA-1 readers rely on, checked by code that shares nothing with the writer, for all three layouts in
//! both languages. veraPDF stays the authority where it can be had.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod fonts;
mod metadata;
mod outside;
mod tree;

use lopdf::{Dictionary, Document, Object};
use report::{Lang, Layout};

/// A report of every layout in every language.
fn each(check: impl Fn(&str, &Document, &[u8])) {
    let round = common::round();
    for layout in Layout::ALL {
        for lang in Lang::ALL {
            let report = round.render(&common::options(layout, lang));
            let doc = Document::load_mem(&report.pdf).unwrap();
            check(&format!("{}-{}", layout.key(), lang.key()), &doc, &report.pdf);
        }
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
