//! The attached snapshot.

use super::deflate::Press;
use super::file::File;
use super::meta::{ATTACHMENT, Meta, text};
use lopdf::{Dictionary, Object, dictionary};

/// Attaches the snapshot and names it in the catalog and among its names.
pub fn write(file: &mut File<'_>, catalog: &mut Dictionary, names: &mut Dictionary, meta: &Meta) {
    let Some(bytes) = &meta.attachment else { return };
    let dict = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => Object::Name(b"application/json".to_vec()),
        "Params" => dictionary! {
            "Size" => i64::try_from(bytes.len()).unwrap_or(0),
            "ModDate" => text(&meta.pdf_date()),
            "CreationDate" => text(&meta.pdf_date()),
        },
    };
    let id = file.add_stream(dict, bytes.clone(), Press::Well);
    let spec = file.add(dictionary! {
        "Type" => "Filespec",
        "F" => text(ATTACHMENT),
        "UF" => text(ATTACHMENT),
        "Desc" => text("Canonical snapshot; its SHA-256 is the root printed in every footer"),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => id, "UF" => id },
    });
    catalog.set("AF", vec![Object::Reference(spec)]);
    let files = dictionary! { "Names" => vec![text(ATTACHMENT), Object::Reference(spec)] };
    names.set("EmbeddedFiles", files);
}
