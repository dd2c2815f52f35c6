//! The way back: a PDF in, its attached snapshot, the recomputed root and every printed one out.

mod codes;
mod page;

use crate::Error;
use domain::snapshot::{FORMAT, sha256_hex};
use domain::{NotASnapshot, Snapshot};
use lopdf::{Document, Object};
use serde::Serialize;
use std::collections::BTreeSet;

/// Largest attachment that is read, in bytes: a report of 5,000 evidence rows carries some 5 MB.
const MOST_BYTES: usize = 256 << 20;

/// What a report says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Verified {
    /// SHA-256 of the attached bytes; empty when there are none to read.
    pub recomputed: String,
    /// Root in the document information; in the metadata packet when that cannot be read.
    pub printed: String,
    /// Every root found in the page footers.
    pub footers: Vec<String>,
    /// Pages that carry no root at all.
    pub pages_without_root: Vec<u32>,
    /// Whether document information, XMP and every footer name the recomputed root.
    pub matches: bool,
    /// The attached snapshot; `None` when it is damaged.
    pub snapshot: Option<Snapshot>,
}

/// Reads a report back. A file that names a root is a report, however damaged the rest of it is: then it does not match.
///
/// # Errors
/// When it is no PDF, or no report of this program: it carries no snapshot or names no root.
pub fn verify(pdf: &[u8]) -> Result<Verified, Error> {
    let doc = match Document::load_mem(pdf) {
        Ok(doc) => doc,
        Err(why) => return packet_root(pdf).map(broken).ok_or_else(|| Error::NotPdf(why.to_string())),
    };
    let in_xmp = xmp_root(&doc);
    let named = info_root(&doc).or_else(|| in_xmp.clone()).or_else(|| packet_root(pdf));
    let attached = match attachment(&doc) {
        Ok(attached) => attached,
        Err(why) => return named.map(broken).ok_or(Error::NoAssessment(why)),
    };
    let printed = named.ok_or(Error::NoRoot)?;
    let recomputed = sha256_hex(&attached);
    let snapshot = match Snapshot::from_json(&attached) {
        Ok(snapshot) => Some(snapshot),
        // Whole, and not for us to judge.
        Err(NotASnapshot::Newer { found }) if recomputed == printed => {
            return Err(Error::NewerFormat { found, known: FORMAT });
        }
        Err(why) if recomputed == printed => return Err(Error::NoAssessment(why.to_string())),
        Err(_) => None,
    };
    let (mut footers, mut bare, mut fonts) = (BTreeSet::new(), Vec::new(), page::Fonts::default());
    for (number, page) in doc.get_pages() {
        let roots = page::roots(&doc, page, &mut fonts);
        if roots.is_empty() {
            bare.push(number);
        }
        footers.extend(roots);
    }
    let matches = snapshot.is_some()
        && info_root(&doc).as_ref() == Some(&recomputed)
        && in_xmp.as_ref() == Some(&recomputed)
        && bare.is_empty()
        && footers.len() == 1
        && footers.contains(&recomputed);
    Ok(Verified {
        recomputed,
        printed,
        footers: footers.into_iter().collect(),
        pages_without_root: bare,
        matches,
        snapshot,
    })
}

/// What is left of a report whose data cannot be reached.
const fn broken(printed: String) -> Verified {
    Verified {
        recomputed: String::new(),
        printed,
        footers: Vec::new(),
        pages_without_root: Vec::new(),
        matches: false,
        snapshot: None,
    }
}

/// The root in the metadata packet, which lies in the file uncompressed, so that it is found even where nothing else is.
fn packet_root(pdf: &[u8]) -> Option<String> {
    let tag = b"<beishen:root>";
    let from = pdf.windows(tag.len()).position(|w| w == tag)? + tag.len();
    let root = pdf.get(from..from + 64)?;
    root.iter().all(u8::is_ascii_hexdigit).then(|| String::from_utf8_lossy(root).into_owned())
}

fn attachment(doc: &Document) -> Result<Vec<u8>, String> {
    let text = |why: lopdf::Error| why.to_string();
    let catalog = doc.catalog().map_err(text)?;
    let list = follow(doc, catalog.get(b"AF").map_err(text)?).as_array().map_err(text)?;
    for spec in list {
        let spec = follow(doc, spec).as_dict().map_err(text)?;
        let name = spec.get(b"F").and_then(Object::as_str).map_err(text)?;
        if name != crate::render::ATTACHMENT.as_bytes() {
            continue;
        }
        let files = follow(doc, spec.get(b"EF").map_err(text)?).as_dict().map_err(text)?;
        let stream = follow(doc, files.get(b"F").map_err(text)?).as_stream().map_err(text)?;
        let bytes = stream.get_plain_content_with_limit(MOST_BYTES).map_err(text)?;
        let deflated = stream.filters().is_ok_and(|filters| filters == [b"FlateDecode".as_slice()]);
        if deflated && !is_sealed(&stream.content, &bytes) {
            return Err("its compressed data are damaged".to_owned());
        }
        return Ok(bytes);
    }
    Err("the list of attached files does not name it".to_owned())
}

/// Whether head and tail of a zlib stream fit its content (RFC 1950): the decoder reads over both.
fn is_sealed(stream: &[u8], content: &[u8]) -> bool {
    let ([method, flags, ..], Some(tail)) = (stream, stream.last_chunk::<4>()) else { return false };
    let (mut low, mut high) = (1_u32, 0_u32);
    // As many bytes as fit into the sums before they must be reduced.
    for part in content.chunks(5_552) {
        for byte in part {
            low += u32::from(*byte);
            high += low;
        }
        (low, high) = (low % 65_521, high % 65_521);
    }
    let head = u16::from_be_bytes([*method, *flags]);
    method & 0x0F == 8 && head.is_multiple_of(31) && u32::from_be_bytes(*tail) == high << 16 | low
}

fn follow<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    doc.dereference(object).map_or(object, |(_, object)| object)
}

fn info_root(doc: &Document) -> Option<String> {
    let info = follow(doc, doc.trailer.get(b"Info").ok()?).as_dict().ok()?;
    let root = info.get(crate::render::ROOT_KEY.as_bytes()).and_then(Object::as_str).ok()?;
    String::from_utf8(root.to_vec()).ok()
}

fn xmp_root(doc: &Document) -> Option<String> {
    let stream = follow(doc, doc.catalog().ok()?.get(b"Metadata").ok()?).as_stream().ok()?;
    let xmp = String::from_utf8(stream.get_plain_content_with_limit(1 << 20).ok()?).ok()?;
    let (_, rest) = xmp.split_once("<beishen:root>")?;
    rest.split_once("</beishen:root>").map(|(root, _)| root.to_owned())
}
