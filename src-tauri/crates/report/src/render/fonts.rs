//! Fonts: each face cut down to the characters used.

use super::codes::Codes;
use super::content::font_name;
use super::deflate::Press;
use super::file::File;
use super::{for_each_text, object};
use crate::Error;
use crate::layout::display::Document;
use crate::text::{Face, Fonts};
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use printpdf::{
    FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect,
    TextItem,
};
use std::collections::{BTreeMap, BTreeSet};

/// How often each character is shown.
#[derive(Default)]
struct Tally {
    basic: Vec<u32>,
    beyond: BTreeMap<char, u32>,
}

impl Tally {
    fn add(&mut self, c: char) {
        if self.basic.is_empty() {
            self.basic.resize(0x1_0000, 0);
        }
        *self.basic.get_mut(c as usize).unwrap_or_else(|| self.beyond.entry(c).or_default()) += 1;
    }

    fn list(self) -> Vec<(char, u32)> {
        let basic = (0_u32..).zip(self.basic).filter(|(_, count)| *count > 0);
        basic.filter_map(|(c, count)| Some((char::from_u32(c)?, count))).chain(self.beyond).collect()
    }
}

/// The codes of one file's fonts, one for each face.
pub struct FontBook {
    codes: [Codes; 3],
}

impl FontBook {
    /// Gives a code to every character of the document.
    ///
    /// # Errors
    /// When there are more characters than codes.
    pub fn new(document: &Document) -> Result<Self, Error> {
        let mut used: [Tally; 3] = Default::default();
        for_each_text(document, |run| {
            let tally = &mut used[run.face as usize];
            run.text.chars().for_each(|c| tally.add(c));
        });
        let [regular, bold, symbols] = used.map(Tally::list);
        let codes =
            [Codes::new(Face::Regular, regular)?, Codes::new(Face::Bold, bold)?, Codes::new(Face::Symbols, symbols)?];
        Ok(Self { codes })
    }

    /// Code of a character.
    #[must_use]
    pub fn code(&self, face: Face, c: char) -> u16 {
        self.codes[face as usize].of(c)
    }

    /// Characters that no face has.
    #[must_use]
    pub fn missing(&self) -> BTreeSet<char> {
        let used = self.codes.iter().flat_map(Codes::list).map(|(_, c)| *c);
        used.filter(|c| Fonts::get().is_missing(*c)).collect()
    }

    /// Cuts every face that is used, and makes what a file says about it.
    ///
    /// # Errors
    /// When a face cannot be cut, or when printpdf lost it.
    pub fn cut(&self) -> Result<Vec<Cut>, Error> {
        let used = Face::ALL.into_iter().zip(&self.codes).filter(|(_, codes)| !codes.list().is_empty());
        used.map(|(face, codes)| Cut::new(face, codes)).collect()
    }
}

/// One face as objects.
pub struct Cut {
    face: Face,
    doc: lopdf::Document,
    font: ObjectId,
}

impl Cut {
    fn new(face: Face, codes: &Codes) -> Result<Self, Error> {
        let program = subsetter::subset(face.bytes(), 0, codes.remapper())
            .map_err(|why| Error::Font { face: face.name(), why: why.to_string() })?;
        let name = format!("{}+{}", tag(&program), face.name());
        let (mut doc, font) = dictionaries(face, &name, program)?;
        complete(&mut doc, font, face, codes)?;
        Ok(Self { face, doc, font })
    }

    /// Moves the objects into the file; returns the resource's name and the font.
    #[must_use]
    pub fn write(mut self, file: &mut File<'_>) -> (&'static str, ObjectId) {
        let mut new = BTreeMap::from([(self.font, file.id())]);
        let mut open = vec![self.font];
        let mut moved = Vec::new();
        while let Some(id) = open.pop() {
            let Some(object) = self.doc.objects.remove(&id) else { continue };
            object::references(&object, &mut |to| {
                new.entry(to).or_insert_with(|| {
                    open.push(to);
                    file.id()
                });
            });
            moved.push((id, object));
        }
        for (id, mut object) in moved {
            object::renumber(&mut object, &new);
            match object {
                Object::Stream(stream) => file.stream(new[&id], stream.dict, stream.content, Press::Hard),
                object => file.put(new[&id], &object),
            }
        }
        (font_name(self.face), new[&self.font])
    }
}

/// printpdf's dictionaries for a cut face.
fn dictionaries(face: Face, name: &str, program: Vec<u8>) -> Result<(lopdf::Document, ObjectId), Error> {
    let parsed = Fonts::get().parsed(face);
    let metrics = FontMetrics { ascent: parsed.ascender(), descent: parsed.descender() };
    let codes = BTreeMap::from([(u32::from(' '), 1)]);
    let mut font =
        ParsedFont::with_glyph_data(program, 0, Some(name.to_owned()), codes, BTreeMap::new(), 1000, metrics);
    let bounds = parsed.global_bounding_box();
    let scale = |v: i16| em(parsed.units_per_em(), v);
    font.pdf_font_metrics.x_min = scale(bounds.x_min);
    font.pdf_font_metrics.y_min = scale(bounds.y_min);
    font.pdf_font_metrics.x_max = scale(bounds.x_max);
    font.pdf_font_metrics.y_max = scale(bounds.y_max);
    font.font_metrics.ascent = scale(parsed.ascender());
    font.font_metrics.descent = scale(parsed.descender());
    font.pdf_font_metrics.us_weight_class = parsed.weight().to_number();
    let mut pdf = PdfDocument::new("");
    let id = FontId(font_name(face).to_owned());
    pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
    // printpdf writes the fonts that some page uses.
    pdf.pages = vec![specimen(id)];
    // Fonts are cut down here; printpdf would embed them whole without its layout engine.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let doc = printpdf::serialize::to_lopdf_doc(&pdf, &options, &mut Vec::new());
    let is_font = |object: &Object| {
        let kind = object.as_dict().and_then(|dict| dict.get(b"Subtype")).and_then(Object::as_name);
        kind.is_ok_and(|kind| kind == b"Type0")
    };
    let font = doc.objects.iter().find(|(_, object)| is_font(object)).map(|(id, _)| *id);
    font.map(|font| (doc, font)).ok_or_else(|| Error::Pdf(format!("font {name} is lost")))
}

/// A page with one character.
fn specimen(font: FontId) -> PdfPage {
    let ops = vec![
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(font), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::Text(" ".to_owned())] },
        Op::EndTextSection,
    ];
    let sheet = Rect::from_wh(Pt(1.0), Pt(1.0));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

/// Writes our codes and widths over printpdf's.
fn complete(doc: &mut lopdf::Document, font: ObjectId, face: Face, codes: &Codes) -> Result<(), Error> {
    let glyphs = codes.glyphs().map(|map| Object::Reference(doc.add_object(Stream::new(dictionary! {}, map))));
    let to_unicode = doc.add_object(Stream::new(dictionary! {}, codes.to_unicode().into_bytes()));
    let dict = doc.get_object_mut(font).and_then(Object::as_dict_mut).map_err(pdf_error)?;
    dict.set("ToUnicode", to_unicode);
    let descendant = descendant(dict)?;
    descendant.set("CIDToGIDMap", glyphs.unwrap_or_else(|| "Identity".into()));
    descendant.set("DW", i64::from(EM));
    descendant.set("W", width_ranges(face, codes));
    Ok(())
}

/// Advance of an ideograph in thousandths of an em.
const EM: u16 = 1000;

/// Widths of the characters that are not as wide as an ideograph.
fn width_ranges(face: Face, codes: &Codes) -> Vec<Object> {
    let mut ranges: Vec<(u16, Vec<Object>)> = Vec::new();
    for (code, c) in codes.list() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an advance is 0 to 3000")]
        let width = Fonts::get().advance(face, *c).round() as u16;
        if width == EM {
            continue;
        }
        let next = ranges.last().map(|(first, list)| usize::from(*first) + list.len());
        if next != Some(usize::from(*code)) {
            ranges.push((*code, Vec::new()));
        }
        if let Some((_, list)) = ranges.last_mut() {
            list.push(i64::from(width).into());
        }
    }
    ranges.into_iter().flat_map(|(first, list)| [i64::from(first).into(), Object::Array(list)]).collect()
}

fn descendant(font: &mut Dictionary) -> Result<&mut Dictionary, Error> {
    let list = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).map_err(pdf_error)?;
    list.first_mut().ok_or_else(|| Error::Pdf("a font has no descendant".to_owned()))?.as_dict_mut().map_err(pdf_error)
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
fn pdf_error(error: lopdf::Error) -> Error {
    Error::Pdf(error.to_string())
}

fn em(units: u16, value: i16) -> i16 {
    i16::try_from(i32::from(value) * 1000 / i32::from(units.max(1))).unwrap_or(value)
}

/// Six capitals from the hash of the cut font: the same glyphs get the same tag.
fn tag(program: &[u8]) -> String {
    let hash = domain::snapshot::sha256_hex(program);
    hash.bytes()
        .take(12)
        .collect::<Vec<_>>()
        .chunks(2)
        .map(|pair| char::from(b'A' + (pair[0] ^ pair[1].rotate_left(3)) % 26))
        .collect()
}
