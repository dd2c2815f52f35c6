//! Fonts: each face cut down to the characters used, with one code per character.
//!
//! Noto Sans SC draws several characters with one glyph (`·` and `•`, `-` and U+2011, Kangxi radicals and ideographs),
//! and every character without a glyph is drawn as 〓. A code per glyph could give back only one of them, so codes belong
//! to characters: the first character of a glyph has the glyph's own number, every further one a number above the last
//! glyph, and `CIDToGIDMap` leads back to the glyph. Search and copy then return exactly what was typed.

use super::deflate::Press;
use super::file::File;
use super::{for_each_text, object, printer};
use crate::Error;
use crate::layout::display::Document;
use crate::text::{Face, Fonts};
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use printpdf::{FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfResources, Pt, TextItem};
use std::collections::BTreeMap;

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
        let mut used: [BTreeMap<char, u32>; 3] = Default::default();
        for_each_text(document, |run| {
            for c in run.text.chars() {
                *used[run.face as usize].entry(c).or_default() += 1;
            }
        });
        let faces = Face::ALL.into_iter().zip(used).filter(|(_, used)| !used.is_empty());
        Ok(Self { cuts: faces.map(|(face, used)| cut(face, &by_use(used))).collect::<Result<_, _>>()? })
    }

    /// Tells printpdf the codes of all characters; the fonts themselves and their widths only when `whole`.
    pub fn register(&self, resources: &mut PdfResources, whole: bool) {
        for cut in &self.cuts {
            let mapping = cut.codes.iter().map(|(c, code)| (*c as u32, *code)).collect();
            let parsed = Fonts::get().parsed(cut.face);
            let metrics = FontMetrics { ascent: parsed.ascender(), descent: parsed.descender() };
            let (program, widths) =
                if whole { (cut.program.clone(), cut.widths.clone()) } else { (vec![0], BTreeMap::new()) };
            let name = Some(cut.name.clone());
            let mut font = ParsedFont::with_glyph_data(program, 0, name, mapping, widths, 1000, metrics);
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

    /// Writes the fonts; returns the resources that name them.
    ///
    /// # Errors
    /// When printpdf lost a font, or when a stream cannot be compressed.
    pub fn write(&self, file: &mut File) -> Result<Dictionary, Error> {
        let mut pdf = PdfDocument::new("");
        self.register(&mut pdf.resources, true);
        // printpdf writes the fonts that some page uses.
        pdf.pages = vec![printer::sheet(self.cuts.iter().flat_map(specimen).collect())];
        let mut doc = printer::document(&pdf);
        drop(pdf);
        let fonts: Vec<_> = doc
            .objects
            .iter()
            .filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)))
            .filter(|(_, dict)| dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0"))
            .filter_map(|(id, dict)| Some((id, dict.get(b"BaseFont").ok()?.as_name().ok()?.to_vec())))
            .collect();
        let mut resources = Dictionary::new();
        for cut in &self.cuts {
            let (font, _) = fonts
                .iter()
                .find(|(_, name)| name == cut.name.as_bytes())
                .ok_or_else(|| Error::Pdf(format!("font {} is lost", cut.name)))?;
            complete(&mut doc, *font, cut)?;
            resources.set(id(cut.face).0, adopt(file, &mut doc, *font)?);
        }
        Ok(resources)
    }
}

/// Every character of a font, shown once.
fn specimen(cut: &Cut) -> [Op; 4] {
    let text = TextItem::Text(cut.codes.keys().collect());
    [
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(id(cut.face)), size: Pt(1.0) },
        Op::ShowText { items: vec![text] },
        Op::EndTextSection,
    ]
}

/// The most used characters first, as their codes then share their first byte; both parts in the order of Unicode, where
/// ideographs of one radical stand together and their outlines resemble one another.
fn by_use(used: BTreeMap<char, u32>) -> Vec<char> {
    let mut list: Vec<_> = used.into_iter().collect();
    list.sort_by_key(|(c, count)| (std::cmp::Reverse(*count), *c));
    let mut list: Vec<_> = list.into_iter().map(|(c, _)| c).collect();
    // Code 0 is taken by the glyph of characters that are not there.
    let most = list.len().min(255);
    let (often, rarely) = list.split_at_mut(most);
    often.sort_unstable();
    rarely.sort_unstable();
    list
}

/// Adds what printpdf's font dictionary lacks.
fn complete(doc: &mut lopdf::Document, font: ObjectId, cut: &Cut) -> Result<(), Error> {
    let map: Vec<u8> = cut.glyphs.iter().flat_map(|g| g.to_be_bytes()).collect();
    let identity = cut.glyphs.iter().enumerate().all(|(code, glyph)| code == usize::from(*glyph));
    let map = (!identity).then(|| doc.add_object(Stream::new(dictionary! {}, map)));
    let to_unicode = doc.add_object(Stream::new(dictionary! {}, to_unicode(cut).into_bytes()));
    let dict = doc.get_object_mut(font).and_then(Object::as_dict_mut).map_err(pdf_error)?;
    dict.set("ToUnicode", to_unicode);
    let descendant = descendant(dict)?;
    if let Some(map) = map {
        descendant.set("CIDToGIDMap", map);
    }
    Ok(())
}

/// Moves an object, and all that it refers to, from printpdf's document into the file.
fn adopt(file: &mut File, doc: &mut lopdf::Document, root: ObjectId) -> Result<ObjectId, Error> {
    let mut new = BTreeMap::from([(root, file.id())]);
    let mut open = vec![root];
    let mut moved = Vec::new();
    while let Some(id) = open.pop() {
        let Some(object) = doc.objects.remove(&id) else { continue };
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
            Object::Stream(stream) => file.stream(new[&id], stream.dict, &stream.content, Press::Hard)?,
            object => file.put(new[&id], &object)?,
        }
    }
    Ok(new[&root])
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

fn cut(face: Face, used: &[char]) -> Result<Cut, Error> {
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
