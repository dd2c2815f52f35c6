//! What makes printpdf's document a tagged PDF/A: catalog, metadata, links, output intent; and saving.

use super::meta::{Meta, text};
use super::tags::Marked;
use super::{attach, outline, tags};
use crate::Error;
use crate::layout::display::{Document, PAGE_HEIGHT};
use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};

/// sRGB v4, CC0.
static SRGB: &[u8] = include_bytes!("../../../../../assets/icc/sRGB-v4.icc");

/// Adds everything printpdf does not write.
///
/// # Errors
/// When the document lost its catalog.
pub fn complete(doc: &mut lopdf::Document, document: &Document, meta: &Meta, marked: &Marked) -> Result<(), Error> {
    doc.version = "1.7".to_owned();
    let page_ids: Vec<ObjectId> = doc.get_pages().into_values().collect();
    let annotations = links(doc, document, &page_ids);
    let tree = tags::write(doc, document, marked, &page_ids, &annotations);
    let outlines = outline::write(doc, &document.outline, &page_ids);
    let pages = catalog_pages(doc)?;
    drop_leftovers(doc);
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => pages,
        "Lang" => text(meta.language()),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => tree,
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    };
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    let profile = doc.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = doc.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text("sRGB IEC61966-2.1"),
        "Info" => text("sRGB IEC61966-2.1"),
        "RegistryName" => text("http://www.color.org"),
        "DestOutputProfile" => profile,
    });
    catalog.set("OutputIntents", vec![Object::Reference(intent)]);
    let xmp =
        Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, meta.xmp(&document.title).into_bytes());
    catalog.set("Metadata", doc.add_object(xmp.with_compression(false)));
    attach::write(doc, &mut catalog, meta);
    let catalog = doc.add_object(catalog);
    doc.trailer.set("Root", catalog);
    let info = doc.add_object(meta.info(&document.title));
    doc.trailer.set("Info", info);
    doc.trailer.set("ID", identity(document, meta));
    Ok(())
}

/// Removes what is replaced here, which is faster than searching the whole file for what nothing refers to.
fn drop_leftovers(doc: &mut lopdf::Document) {
    for key in [b"Root".as_slice(), b"Info"] {
        if let Ok(id) = doc.trailer.get(key).and_then(Object::as_reference) {
            doc.objects.remove(&id);
        }
    }
}

fn catalog_pages(doc: &lopdf::Document) -> Result<ObjectId, Error> {
    doc.catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .and_then(Object::as_reference)
        .map_err(|why| Error::Pdf(why.to_string()))
}

/// Both halves from what the file is about: printpdf's own differ from save to save.
fn identity(document: &Document, meta: &Meta) -> Object {
    let seed = format!("{} {} {} {} {}", meta.root, meta.number, meta.pdf_date(), meta.language(), document.title);
    let seed = format!("{seed} {} {}", document.pages.len(), document.nodes.len());
    let hash = domain::snapshot::sha256_hex(seed.as_bytes());
    let bytes: Vec<u8> = (0..16).filter_map(|i| u8::from_str_radix(hash.get(i * 2..i * 2 + 2)?, 16).ok()).collect();
    let half = Object::String(bytes, StringFormat::Hexadecimal);
    Object::Array(vec![half.clone(), half])
}

/// Writes the links; returns (page index, object, node).
fn links(doc: &mut lopdf::Document, document: &Document, page_ids: &[ObjectId]) -> Vec<(usize, ObjectId, usize)> {
    let mut all = Vec::new();
    for (index, page) in document.pages.iter().enumerate() {
        let mut list = Vec::new();
        for link in &page.links {
            let Some((to, y)) = link.place else { continue };
            let [x, top, width, height] = link.area;
            let corners = [x, PAGE_HEIGHT - top - height, x + width, PAGE_HEIGHT - top];
            let annotation: Dictionary = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => corners.map(|c| Object::Real((c * 10.0).round() / 10.0)).to_vec(),
                "Border" => vec![Object::Integer(0), Object::Integer(0), Object::Integer(0)],
                "F" => 4,
                "Contents" => text(&link.text),
                "Dest" => outline::destination(page_ids[to], y),
            };
            let id = doc.add_object(annotation);
            list.push(Object::Reference(id));
            all.push((index, id, link.node));
        }
        if let Ok(dict) = doc.get_object_mut(page_ids[index]).and_then(Object::as_dict_mut) {
            if list.is_empty() {
                dict.remove(b"Annots");
            } else {
                dict.set("Annots", list);
            }
        }
    }
    all
}

/// Compresses and writes the file.
///
/// # Errors
/// When lopdf cannot write it.
pub fn save(mut doc: lopdf::Document) -> Result<Vec<u8>, Error> {
    doc.compress();
    // The builder's own default leaves the object streams uncompressed.
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(1_000)
        .compression_level(6)
        .build();
    let mut bytes = Vec::with_capacity(1 << 20);
    doc.save_with_options(&mut bytes, options).map_err(|why| Error::Pdf(why.to_string()))?;
    Ok(compress_table(bytes))
}

/// lopdf leaves the cross-reference stream, the last object of the file, as it is: some 100 kB in a large report.
/// Its rows differ little from one another, so each is written as its difference from the row before.
fn compress_table(bytes: Vec<u8>) -> Vec<u8> {
    shorter_table(&bytes).unwrap_or(bytes)
}

fn shorter_table(bytes: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| -> Option<(usize, usize)> {
        let digits = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        Some((std::str::from_utf8(&bytes[at..at + digits]).ok()?.parse().ok()?, digits))
    };
    let tail = find(bytes, b"startxref\n", bytes.len().saturating_sub(64))?;
    let (start, _) = number(tail + 10)?;
    let begin = find(bytes, b"stream\n", start)? + 7;
    let at = find(bytes, b"/Length ", start).filter(|at| *at < begin)? + 8;
    let (length, digits) = number(at)?;
    let widths = find(bytes, b"/W[", start).filter(|at| *at < begin)? + 3;
    let widths = std::str::from_utf8(bytes.get(widths..find(bytes, b"]", widths)?)?).ok()?;
    let columns: usize = widths.split_whitespace().map(|w| w.parse::<usize>().ok()).sum::<Option<usize>>()?;
    let rows = bytes.get(begin..begin + length)?;
    let mut before = vec![0; columns];
    let mut differences = Vec::with_capacity(rows.len() + rows.len() / columns.max(1));
    for row in rows.chunks_exact(columns) {
        differences.push(2);
        differences.extend(row.iter().zip(&before).map(|(now, was)| now.wrapping_sub(*was)));
        before.copy_from_slice(row);
    }
    let mut stream = Stream::new(dictionary! {}, differences);
    stream.compress().ok()?;
    stream.dict.get(b"Filter").ok()?;
    let filter = "/Filter/FlateDecode/DecodeParms";
    let head = format!("{filter}<</Predictor 12/Columns {columns}>>/Length {}", stream.content.len());
    let end = find(bytes, b"endstream", begin + length)?;
    let parts = [&bytes[..at - 8], head.as_bytes(), &bytes[at + digits..begin], &stream.content, b"\n", &bytes[end..]];
    Some(parts.concat())
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(word.len()).position(|w| w == word).map(|at| at + from)
}
