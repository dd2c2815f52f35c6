//! What is attached: the snapshot, how the report was made from it, and criteria that a reader may not have.

use super::deflate::Press;
use super::file::File;
use super::meta::{Meta, text};
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// Name of the attached snapshot.
pub const SNAPSHOT: &str = "assessment.json";
/// Name of the attached recipe.
pub const RECIPE: &str = "report.json";
/// How names of attached criteria begin.
pub const CRITERIA: &str = "criteria";

/// A file within the file.
#[derive(Clone, Debug)]
pub struct Attachment {
    name: String,
    media_type: &'static str,
    /// What it is to the report, in PDF's words.
    relation: &'static str,
    describes: &'static str,
    bytes: Vec<u8>,
}

/// What a report carries, sorted by name, as readers look names up.
#[must_use]
pub fn attachments(snapshot: String, recipe: Vec<u8>, criteria: &[String]) -> Vec<Attachment> {
    let attachment = |name: &str, relation, describes, bytes| Attachment {
        name: name.to_owned(),
        media_type: "application/json",
        relation,
        describes,
        bytes,
    };
    let snapshot = attachment(
        SNAPSHOT,
        "Source",
        "Canonical snapshot; its SHA-256 is the root printed in every footer",
        snapshot.into_bytes(),
    );
    let recipe = attachment(RECIPE, "Data", "How the report was made from the snapshot", recipe);
    let criteria = criteria.iter().enumerate().map(|(index, text)| Attachment {
        name: format!("{CRITERIA}-{}.toml", index + 1),
        media_type: "application/toml",
        relation: "Source",
        describes: "Criteria of the round, or of the one before",
        bytes: text.clone().into_bytes(),
    });
    std::iter::once(snapshot).chain(criteria).chain([recipe]).collect()
}

/// Attaches everything and names it in the catalog and among its names.
pub fn write(file: &mut File<'_>, catalog: &mut Dictionary, names: &mut Dictionary, meta: &Meta) {
    if meta.attachments.is_empty() {
        return;
    }
    let specs: Vec<ObjectId> = meta.attachments.iter().map(|attached| embed(file, attached, meta)).collect();
    let named = meta.attachments.iter().zip(&specs);
    let files = named.flat_map(|(attached, spec)| [text(&attached.name), Object::Reference(*spec)]).collect::<Vec<_>>();
    catalog.set("AF", specs.into_iter().map(Object::Reference).collect::<Vec<_>>());
    names.set("EmbeddedFiles", dictionary! { "Names" => files });
}

fn embed(file: &mut File<'_>, attached: &Attachment, meta: &Meta) -> ObjectId {
    let dict = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => Object::Name(attached.media_type.as_bytes().to_vec()),
        "Params" => dictionary! {
            "Size" => i64::try_from(attached.bytes.len()).unwrap_or(0),
            "ModDate" => text(&meta.pdf_date()),
            "CreationDate" => text(&meta.pdf_date()),
        },
    };
    let id = file.add_stream(dict, attached.bytes.clone(), Press::Well);
    file.add(dictionary! {
        "Type" => "Filespec",
        "F" => text(&attached.name),
        "UF" => text(&attached.name),
        "Desc" => text(attached.describes),
        "AFRelationship" => attached.relation,
        "EF" => dictionary! { "F" => id, "UF" => id },
    })
}
