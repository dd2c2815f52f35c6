//! The way back: a PDF in; its attached data, the recomputed root, every printed one, and how its pages compare with those
//! made of the data out.

mod again;
mod attached;
mod codes;
mod objects;
mod page;
mod prints;

pub use again::{Criteria, Difference, Pages};

use crate::Error;
use crate::render::{ROOT_KEY, SNAPSHOT};
use domain::snapshot::FORMAT;
use domain::{NotASnapshot, Sealed, Snapshot};
use lopdf::Object;
use objects::Objects;
use serde::Serialize;
use std::collections::BTreeSet;

/// What a report says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// How its pages compare with those made of the attached data; `None` when the data cannot be read.
    pub pages: Option<Pages>,
    /// The attached snapshot; `None` when it is damaged.
    pub snapshot: Option<Snapshot>,
}

/// Reads a report back. A file that names a root is a report, however damaged the rest of it is: then it does not match.
/// `criteria` looks up the criteria that are needed to make its pages again.
///
/// # Errors
/// When it is no PDF, or no report of this program: it carries no snapshot or names no root.
pub fn verify(pdf: &[u8], criteria: Criteria<'_>) -> Result<Verified, Error> {
    let objects = match Objects::open(pdf) {
        Ok(objects) => objects,
        Err(why) => return packet_root(pdf).map(broken).ok_or(Error::NotPdf(why)),
    };
    let (in_info, in_xmp) = (again::info(&objects, ROOT_KEY), xmp_root(&objects));
    let named = in_info.clone().or_else(|| in_xmp.clone()).or_else(|| packet_root(pdf));
    let attached = match attached::file(&objects, SNAPSHOT) {
        Ok(attached) => attached,
        Err(why) => return named.map(broken).ok_or(Error::NoAssessment(why)),
    };
    let printed = named.ok_or(Error::NoRoot)?;
    let sealed = Sealed::of_json(attached);
    let recomputed = sealed.root().to_owned();
    let snapshot = match Snapshot::from_json(sealed.json()) {
        Ok(snapshot) => Some(snapshot),
        // Whole, and not for us to judge.
        Err(NotASnapshot::Newer { found }) if recomputed == printed => {
            return Err(Error::NewerFormat { found, known: FORMAT });
        }
        Err(why) if recomputed == printed => return Err(Error::NoAssessment(why.to_string())),
        Err(_) => None,
    };
    // What is made again does not fit beside the list of the file's objects.
    let recipe = again::Claims::of(&objects);
    drop(objects);
    let pages = snapshot.as_ref().map(|snapshot| again::compare(pdf, recipe, snapshot, sealed, criteria));
    let (footers, pages_without_root) = match pages {
        // What was just made again need not be read.
        Some(Pages::Same) => (BTreeSet::from([recomputed.clone()]), Vec::new()),
        _ => Objects::open(pdf).map(|objects| footers(&objects)).unwrap_or_default(),
    };
    let matches = snapshot.is_some()
        && in_info.as_ref() == Some(&recomputed)
        && in_xmp.as_ref() == Some(&recomputed)
        && pages_without_root.is_empty()
        && footers.len() == 1
        && footers.contains(&recomputed);
    let footers = footers.into_iter().collect();
    Ok(Verified { recomputed, printed, footers, pages_without_root, matches, pages, snapshot })
}

/// Every root in the footers, and the numbers of pages without one.
fn footers(objects: &Objects<'_>) -> (BTreeSet<String>, Vec<u32>) {
    let (mut footers, mut bare, mut fonts) = (BTreeSet::new(), Vec::new(), page::Fonts::default());
    for (number, (_, page)) in (1..).zip(objects.pages()) {
        let roots = page::roots(objects, &page, &mut fonts);
        if roots.is_empty() {
            bare.push(number);
        }
        footers.extend(roots);
    }
    (footers, bare)
}

/// What is left of a report whose data cannot be reached.
const fn broken(printed: String) -> Verified {
    Verified {
        recomputed: String::new(),
        printed,
        footers: Vec::new(),
        pages_without_root: Vec::new(),
        matches: false,
        pages: None,
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

fn xmp_root(objects: &Objects<'_>) -> Option<String> {
    let Object::Stream(stream) = objects.entry(&objects.catalog(), b"Metadata")? else { return None };
    let xmp = String::from_utf8(stream.get_plain_content_with_limit(1 << 20).ok()?).ok()?;
    let (_, rest) = xmp.split_once("<beishen:root>")?;
    rest.split_once("</beishen:root>").map(|(root, _)| root.to_owned())
}
