//! Codes of characters: two bytes each, with one meaning each.
//!
//! Noto Sans SC draws several characters with one glyph (`·` and `•`, `-` and U+2011, Kangxi radicals and ideographs),
//! and every character without a glyph is drawn as 〓. A code per glyph could give back only one of them, so codes belong
//! to characters: the first character of a glyph has the glyph's own number, every further one a number above the last
//! glyph, and `CIDToGIDMap` leads back to the glyph. Search and copy then return exactly what was typed.
//!
//! Codes of one and two bytes in one font would make a report smaller by a thirtieth. The specification has them, but
//! pdfminer finds no text then, pypdf a wrong one, and mupdf loses characters.

use crate::Error;
use crate::text::{Face, Fonts};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The codes of one font.
pub struct Codes {
    /// Code of every character of the basic plane; 0 where there is none.
    basic: Vec<u16>,
    /// Code of every other character.
    beyond: BTreeMap<char, u16>,
    /// Codes in ascending order, with their characters.
    list: Vec<(u16, char)>,
    /// Glyph of every code in the cut font.
    glyphs: Vec<u16>,
    remapper: subsetter::GlyphRemapper,
}

impl Codes {
    /// Gives every character a code; `used` says how often each is shown.
    ///
    /// # Errors
    /// When there are more characters than codes.
    pub fn new(face: Face, used: Vec<(char, u32)>) -> Result<Self, Error> {
        let fonts = Fonts::get();
        let used = by_use(used);
        let mut remapper = subsetter::GlyphRemapper::new();
        let drawn: Vec<u16> = used.iter().map(|c| remapper.remap(fonts.drawn(face, *c))).collect();
        let mut glyphs: Vec<u16> = (0..remapper.num_gids()).collect();
        let mut taken = vec![false; glyphs.len()];
        let mut list = Vec::with_capacity(used.len());
        for (c, glyph) in used.into_iter().zip(drawn) {
            let has_own = fonts.glyph(face, c) != 0 && !std::mem::replace(&mut taken[usize::from(glyph)], true);
            if has_own {
                list.push((glyph, c));
                continue;
            }
            let code = u16::try_from(glyphs.len())
                .map_err(|_| Error::Font { face: face.name(), why: "more than 65,535 characters".to_owned() })?;
            glyphs.push(glyph);
            list.push((code, c));
        }
        list.sort_unstable();
        let (mut basic, mut beyond) = (vec![0; 0x1_0000], BTreeMap::new());
        for (code, c) in &list {
            match basic.get_mut(*c as usize) {
                Some(slot) => *slot = *code,
                None => drop(beyond.insert(*c, *code)),
            }
        }
        Ok(Self { basic, beyond, list, glyphs, remapper })
    }

    /// Code of a character; 0 when it has none.
    pub fn of(&self, c: char) -> u16 {
        match self.basic.get(c as usize) {
            Some(code) => *code,
            None => self.beyond.get(&c).copied().unwrap_or(0),
        }
    }

    /// Codes in ascending order, with their characters.
    pub fn list(&self) -> &[(u16, char)] {
        &self.list
    }

    /// Which glyphs the cut font has, in which order.
    pub const fn remapper(&self) -> &subsetter::GlyphRemapper {
        &self.remapper
    }

    /// From codes to glyphs; `None` when they are the same.
    pub fn glyphs(&self) -> Option<Vec<u8>> {
        let same = self.glyphs.iter().enumerate().all(|(code, glyph)| code == usize::from(*glyph));
        (!same).then(|| self.glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect())
    }

    /// From codes to characters, as a `ToUnicode` map.
    pub fn to_unicode(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut rest = self.list.as_slice();
        while let [(from, _), ..] = rest {
            // A range holds codes that differ in their last byte only.
            let run =
                (*from..).zip(rest).take_while(|(next, (code, _))| next == code && code >> 8 == from >> 8).count();
            let (here, after) = rest.split_at(run);
            let last = here.last().map_or(*from, |(code, _)| *code);
            let mut line = format!("<{from:04X}> <{last:04X}> [");
            for (_, c) in here {
                let mut units = [0; 2];
                line.push('<');
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(line, "{unit:04X}");
                }
                line.push('>');
            }
            line.push_str("]\n");
            lines.push(line);
            rest = after;
        }
        let mut out = String::from(concat!(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n",
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n",
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        ));
        for some in lines.chunks(100) {
            let _ = write!(out, "{} beginbfrange\n{}endbfrange\n", some.len(), some.concat());
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        out
    }
}

/// The most used characters first, as their codes then share their first byte; both parts in the order of Unicode, where
/// ideographs of one radical stand together and their outlines resemble one another.
fn by_use(mut used: Vec<(char, u32)>) -> Vec<char> {
    used.sort_unstable_by_key(|(c, count)| (std::cmp::Reverse(*count), *c));
    let mut list: Vec<char> = used.into_iter().map(|(c, _)| c).collect();
    // Code 0 is taken by the glyph of characters that are not there.
    let most = list.len().min(255);
    let (often, rarely) = list.split_at_mut(most);
    often.sort_unstable();
    rarely.sort_unstable();
    list
}
