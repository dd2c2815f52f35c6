//! Fonts: each face cut down to the characters used, with one code per character.
//!
//! Noto Sans SC draws several characters with one glyph (`·` and `•`, `-` and U+2011, Kangxi radicals and ideographs),
//! and every character without a glyph is drawn as 〓. A code per glyph could give back only one of them, so codes belong
//! to characters: the first character of a glyph has the glyph's own number, every further one a number above the last
//! glyph, and `CIDToGIDMap` leads back to the glyph. Search and copy then return exactly what was typed.

use super::for_each_text;
use crate::Error;
use crate::layout::display::Document;
use crate::text::{Face, Fonts};
use lopdf::{Dictionary, Object, Stream, dictionary};
use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont, PdfResources};
use std::collections::{BTreeMap, BTreeSet};

struct Cut {
    face: Face,
    program: Vec<u8>,
    name: String,
    /// Code of every character.
    codes: BTreeMap<char, u16>,
    /// Glyph of every code in the cut font.
    glyphs: Vec<u16>,
    /// Advance of every code, in thousandths of an em.
    widths: BTreeMap<u16, u16>,
}

/// The fonts of one file.
pub struct FontBook {
    cuts: Vec<Cut>,
}

/// Resource name of a face.
pub fn id(face: Face) -> FontId {
    FontId(match face {
        Face::Regular => "FR".to_owned(),
        Face::Bold => "FB".to_owned(),
        Face::Symbols => "FS".to_owned(),
    })
}

impl FontBook {
    /// Cuts every face that the document uses.
    ///
    /// # Errors
    /// When a face cannot be cut.
    pub fn new(document: &Document) -> Result<Self, Error> {
        let mut used: [BTreeSet<char>; 3] = Default::default();
        for_each_text(document, |run| used[run.face as usize].extend(run.text.chars()));
        let faces = Face::ALL.into_iter().zip(&used).filter(|(_, used)| !used.is_empty());
        Ok(Self { cuts: faces.map(|(face, used)| cut(face, used)).collect::<Result<_, _>>()? })
    }

    /// Hands the fonts to printpdf.
    pub fn register(&self, resources: &mut PdfResources) {
        for cut in &self.cuts {
            let mapping = cut.codes.iter().map(|(c, code)| (*c as u32, *code)).collect();
            let parsed = Fonts::get().parsed(cut.face);
            let metrics = FontMetrics { ascent: parsed.ascender(), descent: parsed.descender() };
            let mut font = ParsedFont::with_glyph_data(
                cut.program.clone(),
                0,
                Some(cut.name.clone()),
                mapping,
                cut.widths.clone(),
                1000,
                metrics,
            );
            let bounds = parsed.global_bounding_box();
            let scale = |v: i16| em(parsed.units_per_em(), v);
            font.pdf_font_metrics.x_min = scale(bounds.x_min);
            font.pdf_font_metrics.y_min = scale(bounds.y_min);
            font.pdf_font_metrics.x_max = scale(bounds.x_max);
            font.pdf_font_metrics.y_max = scale(bounds.y_max);
            font.font_metrics.ascent = scale(parsed.ascender());
            font.font_metrics.descent = scale(parsed.descender());
            font.pdf_font_metrics.us_weight_class = parsed.weight().to_number();
            resources.fonts.map.insert(id(cut.face), PdfFont::new(font));
        }
    }

    /// Adds what printpdf's font dictionaries lack.
    ///
    /// # Errors
    /// When a font that was registered is not in the document.
    pub fn complete(&self, doc: &mut lopdf::Document) -> Result<(), Error> {
        let fonts: Vec<_> = doc
            .objects
            .iter()
            .filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)))
            .filter(|(_, dict)| dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0"))
            .filter_map(|(id, dict)| Some((id, dict.get(b"BaseFont").ok()?.as_name().ok()?.to_vec())))
            .collect();
        for cut in &self.cuts {
            let (font, _) = fonts
                .iter()
                .find(|(_, name)| name == cut.name.as_bytes())
                .ok_or_else(|| Error::Pdf(format!("font {} is lost", cut.name)))?;
            let map: Vec<u8> = cut.glyphs.iter().flat_map(|g| g.to_be_bytes()).collect();
            let identity = cut.glyphs.iter().enumerate().all(|(code, glyph)| code == usize::from(*glyph));
            let map = (!identity).then(|| doc.add_object(Stream::new(dictionary! {}, map)));
            let to_unicode = doc.add_object(Stream::new(dictionary! {}, to_unicode(cut).into_bytes()));
            let dict = doc.get_object_mut(*font).and_then(Object::as_dict_mut).map_err(pdf_error)?;
            let old = dict.get(b"ToUnicode").and_then(Object::as_reference);
            dict.set("ToUnicode", to_unicode);
            let descendant = descendant(dict)?;
            if let Some(map) = map {
                descendant.set("CIDToGIDMap", map);
            }
            if let Ok(old) = old {
                doc.objects.remove(&old);
            }
        }
        Ok(())
    }
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

fn cut(face: Face, used: &BTreeSet<char>) -> Result<Cut, Error> {
    let fonts = Fonts::get();
    let mut remapper = subsetter::GlyphRemapper::new();
    for c in used {
        remapper.remap(fonts.drawn(face, *c));
    }
    let program = subsetter::subset(face.bytes(), 0, &remapper)
        .map_err(|why| Error::Font { face: face.name(), why: why.to_string() })?;
    let own = remapper.num_gids();
    let mut glyphs: Vec<u16> = (0..own).collect();
    let mut taken = vec![false; usize::from(own)];
    let mut codes = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for c in used {
        let glyph = remapper.get(fonts.drawn(face, *c)).unwrap_or(0);
        let has_own = fonts.glyph(face, *c) != 0 && !taken[usize::from(glyph)];
        let code = if has_own {
            taken[usize::from(glyph)] = true;
            glyph
        } else {
            glyphs.push(glyph);
            u16::try_from(glyphs.len() - 1)
                .map_err(|_| Error::Font { face: face.name(), why: "more than 65,535 characters".to_owned() })?
        };
        codes.insert(*c, code);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an advance is 0 to 3000")]
        widths.insert(code, fonts.advance(face, *c).round() as u16);
    }
    Ok(Cut { face, name: format!("{}+{}", tag(&program), face.name()), program, codes, glyphs, widths })
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

fn to_unicode(cut: &Cut) -> String {
    let mut out = String::from(concat!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n",
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n",
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    ));
    let mut pairs: Vec<_> = cut.codes.iter().map(|(c, code)| (*code, *c)).collect();
    pairs.sort_unstable();
    for chunk in pairs.chunks(100) {
        out.push_str(&format!("{} beginbfchar\n", chunk.len()));
        for (code, c) in chunk {
            let mut units = [0; 2];
            let hex: String = c.encode_utf16(&mut units).iter().map(|u| format!("{u:04X}")).collect();
            out.push_str(&format!("<{code:04X}> <{hex}>\n"));
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}
