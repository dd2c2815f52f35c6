//! The attached snapshot.

use super::meta::{ATTACHMENT, Meta, text};
use lopdf::{Dictionary, Object, Stream, dictionary};

/// Attaches the snapshot and names it in the catalog.
pub fn write(doc: &mut lopdf::Document, catalog: &mut Dictionary, meta: &Meta) {
    let Some(bytes) = &meta.attachment else { return };
    let file = Stream::new(
        dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => Object::Name(b"application/json".to_vec()),
            "Params" => dictionary! {
                "Size" => i64::try_from(bytes.len()).unwrap_or(0),
                "ModDate" => text(&meta.pdf_date()),
                "CreationDate" => text(&meta.pdf_date()),
            },
        },
        bytes.clone(),
    );
    let file = doc.add_object(file);
    let spec = doc.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => text(ATTACHMENT),
        "UF" => text(ATTACHMENT),
        "Desc" => text("Canonical snapshot; its SHA-256 is the root printed in every footer"),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => file, "UF" => file },
    });
    catalog.set("AF", vec![Object::Reference(spec)]);
    let names = dictionary! {
        "EmbeddedFiles" => dictionary! { "Names" => vec![text(ATTACHMENT), Object::Reference(spec)] },
    };
    catalog.set("Names", names);
}
