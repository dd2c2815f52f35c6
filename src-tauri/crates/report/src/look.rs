//! A look into somebody else's PDF: whether it shows anything at all.

use domain::Flaw;
use lopdf::content::Content;
use lopdf::{Document, LoadOptions, Object, ObjectId};

/// Most bytes any of its streams may unpack to. What is larger shows something.
const MOST_UNPACKED: usize = 32 << 20;

/// What writes text.
const WRITES: [&str; 4] = ["Tj", "TJ", "'", "\""];

/// What paints paths, shadings, pictures and forms.
const PAINTS: [&str; 13] = ["Do", "sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "BI", "EI"];

/// What is wrong with a PDF that is offered as evidence. In doubt nothing is: a reader may open what we cannot.
#[must_use]
pub fn pdf_flaw(pdf: &[u8]) -> Option<Flaw> {
    let head = &pdf[..pdf.len().min(1024)];
    let tail = &pdf[pdf.len().saturating_sub(2048)..];
    if !has(head, b"%PDF-") || !has(tail, b"startxref") {
        return Some(Flaw::Unreadable);
    }
    let Ok(doc) = Document::load_mem_with_options(pdf, LoadOptions::with_max_decompressed_size(MOST_UNPACKED)) else {
        return if has(pdf, b"/Encrypt") { Some(Flaw::Protected) } else { None };
    };
    // Without a password that opens it there are no objects to see; one that opens for everybody has been unlocked.
    if doc.is_encrypted() && !doc.was_encrypted() {
        return Some(Flaw::Protected);
    }
    let pages = doc.get_pages();
    if pages.is_empty() {
        return if doc.trailer.get(b"Encrypt").is_ok() { Some(Flaw::Protected) } else { Some(Flaw::Unreadable) };
    }
    if pages.values().any(|page| shows(&doc, *page)) { None } else { Some(Flaw::Blank) }
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

fn shows(doc: &Document, page: ObjectId) -> bool {
    let annotated = doc.get_dictionary(page).is_ok_and(|page| page.has(b"Annots"));
    if annotated {
        return true;
    }
    let Ok(content) = doc.get_page_content_with_limit(page, MOST_UNPACKED) else { return true };
    let Ok(content) = Content::decode(&content) else { return true };
    content.operations.iter().any(|op| {
        let name = op.operator.as_str();
        PAINTS.contains(&name) || (WRITES.contains(&name) && !op.operands.iter().all(is_space))
    })
}

/// Word processors print a blank for an empty paragraph: as a character, or as the third glyph, which is where fonts have it.
fn is_space(operand: &Object) -> bool {
    match operand {
        Object::String(text, _) => text.iter().all(|byte| matches!(byte, 0 | 3 | b' ' | 0xA0)),
        Object::Array(pieces) => pieces.iter().all(is_space),
        Object::Integer(_) | Object::Real(_) => true,
        _ => false,
    }
}
