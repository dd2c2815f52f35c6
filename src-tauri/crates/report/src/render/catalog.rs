//! What makes the file a tagged PDF/A: catalog, metadata, output intent, identity.

use super::deflate::Press;
use super::file::File;
use super::meta::{Meta, text};
use super::{attach, object, outline, pages};
use crate::layout::display::Document;
use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

/// sRGB v4, CC0.
static SRGB: &[u8] = include_bytes!("../../../../../assets/icc/sRGB-v4.icc");

/// Writes the catalog and what hangs on it; returns the trailer's entries. `ids` are the pages, `tree` and `structure`
/// the roots of both trees.
pub fn write(
    file: &mut File<'_>,
    document: &Document,
    meta: &Meta,
    attachments: Vec<attach::Attachment>,
    ids: &[ObjectId],
    [tree, structure]: [ObjectId; 2],
    identity: Object,
) -> Dictionary {
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => text(meta.language()),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure,
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    };
    if let Some(outlines) = outline::write(file, &document.outline, ids) {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    let profile = file.add_stream(dictionary! { "N" => 3 }, SRGB.to_vec(), Press::Hard);
    let intent = file.add(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text("sRGB IEC61966-2.1"),
        "Info" => text("sRGB IEC61966-2.1"),
        "RegistryName" => text("http://www.color.org"),
        "DestOutputProfile" => profile,
    });
    catalog.set("OutputIntents", vec![Object::Reference(intent)]);
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = file.add_stream(dict, meta.xmp(&document.title).into_bytes(), Press::Not);
    catalog.set("Metadata", packet);
    let mut names = Dictionary::new();
    attach::write(file, &mut catalog, &mut names, meta, attachments);
    let named = file.id();
    file.write(named, |out| {
        object::write(out, &names.into());
        let (end, head) = (out.len() - b">>".len(), b"/Dests<</Names[");
        out.truncate(end);
        out.extend_from_slice(head);
        pages::names(out, document, ids);
        if out.len() == end + head.len() {
            out.truncate(end);
        } else {
            out.extend_from_slice(b"]>>");
        }
        out.extend_from_slice(b">>");
    });
    catalog.set("Names", named);
    let info = file.add(meta.info(&document.title));
    let root = file.add(catalog);
    dictionary! { "Root" => root, "Info" => info, "ID" => identity }
}

/// Both halves from what the file is about, so that the same report has the same identity.
#[must_use]
pub fn identity(document: &Document, meta: &Meta) -> Object {
    let seed = format!("{} {} {} {} {}", meta.root, meta.number, meta.pdf_date(), meta.language(), document.title);
    let seed = format!("{seed} {} {}", document.pages.len(), document.nodes.len());
    let hash = domain::snapshot::sha256_hex(seed.as_bytes());
    let bytes: Vec<u8> = (0..16).filter_map(|i| u8::from_str_radix(hash.get(i * 2..i * 2 + 2)?, 16).ok()).collect();
    let half = Object::String(bytes, StringFormat::Hexadecimal);
    Object::Array(vec![half.clone(), half])
}
