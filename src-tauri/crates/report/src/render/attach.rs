//! What is attached: the snapshot, how the report was made from it, and criteria that a reader may not have.

use super::deflate::{Press, Pressed, press};
use super::file::File;
use super::meta::{Meta, text};
use crate::Error;
use domain::Sealed;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// Name of the attached snapshot.
pub const SNAPSHOT: &str = "assessment.json";
/// Name of the attached recipe.
pub const RECIPE: &str = "report.json";
/// How names of attached criteria begin.
pub const CRITERIA: &str = "criteria";

/// A file within the file, pressed as soon as it is known: the data of a large round are larger than its report.
pub struct Attachment {
    name: String,
    media_type: &'static str,
    /// What it is to the report, in PDF's words.
    relation: &'static str,
    describes: &'static str,
    /// Size before it was pressed, in bytes.
    size: usize,
    pressed: Pressed,
}

/// What a report carries, sorted by name, as readers look names up.
///
/// # Errors
/// When something cannot be compressed.
pub fn attachments(sealed: Sealed, recipe: Vec<u8>, criteria: &[String]) -> Result<Vec<Attachment>, Error> {
    let mut list = vec![Attachment {
        name: SNAPSHOT.to_owned(),
        media_type: "application/json",
        relation: "Source",
        describes: "Canonical snapshot; its SHA-256 is the root printed in every footer",
        size: sealed.json().len(),
        pressed: press(sealed.json(), Press::Well)?,
    }];
    // The largest of all that is held; nothing needs it uncompressed any more.
    drop(sealed);
    for (index, text) in criteria.iter().enumerate() {
        list.push(Attachment {
            name: format!("{CRITERIA}-{}.toml", index + 1),
            media_type: "application/toml",
            relation: "Source",
            describes: "Criteria of the round, or of the one before",
            size: text.len(),
            pressed: press(text.as_bytes(), Press::Well)?,
        });
    }
    list.push(Attachment {
        name: RECIPE.to_owned(),
        media_type: "application/json",
        relation: "Data",
        describes: "How the report was made from the snapshot",
        size: recipe.len(),
        pressed: press(recipe, Press::Well)?,
    });
    Ok(list)
}

/// Attaches everything and names it in the catalog and among its names.
pub fn write(
    file: &mut File<'_>,
    catalog: &mut Dictionary,
    names: &mut Dictionary,
    meta: &Meta,
    attachments: Vec<Attachment>,
) {
    if attachments.is_empty() {
        return;
    }
    let (mut specs, mut files) = (Vec::new(), Vec::new());
    for attached in attachments {
        let name = text(&attached.name);
        let spec = Object::Reference(embed(file, attached, meta));
        specs.push(spec.clone());
        files.extend([name, spec]);
    }
    catalog.set("AF", specs);
    names.set("EmbeddedFiles", dictionary! { "Names" => files });
}

fn embed(file: &mut File<'_>, attached: Attachment, meta: &Meta) -> ObjectId {
    let dict = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => Object::Name(attached.media_type.as_bytes().to_vec()),
        "Params" => dictionary! {
            "Size" => i64::try_from(attached.size).unwrap_or(0),
            "ModDate" => text(&meta.pdf_date()),
            "CreationDate" => text(&meta.pdf_date()),
        },
    };
    let id = file.add_pressed(dict, attached.pressed);
    file.add(dictionary! {
        "Type" => "Filespec",
        "F" => text(&attached.name),
        "UF" => text(&attached.name),
        "Desc" => text(attached.describes),
        "AFRelationship" => attached.relation,
        "EF" => dictionary! { "F" => id, "UF" => id },
    })
}
