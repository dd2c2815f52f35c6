//! The three embedded faces: which one draws a character, and how wide it is.

use std::sync::OnceLock;

/// Bytes of the faces, in the order of [`Face`].
static BYTES: [&[u8]; 3] = [
    include_bytes!("../../../../../assets/fonts/NotoSansSC-Regular.ttf"),
    include_bytes!("../../../../../assets/fonts/NotoSansSC-Bold.ttf"),
    include_bytes!("../../../../../assets/fonts/NotoSansSymbols2-Regular.ttf"),
];

/// What is drawn for a character that no face has.
pub const GETA: char = '〓';

/// One of the embedded faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Face {
    /// Noto Sans SC Regular.
    Regular,
    /// Noto Sans SC Bold.
    Bold,
    /// Noto Sans Symbols 2, for marks no CJK face has (✗ ✔).
    Symbols,
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Symbols];

    /// The font file.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        BYTES[self as usize]
    }

    /// PostScript name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "NotoSansSC-Regular",
            Self::Bold => "NotoSansSC-Bold",
            Self::Symbols => "NotoSansSymbols2-Regular",
        }
    }
}

/// The parsed faces with a direct table for the basic plane, so that measuring costs one look-up per character.
pub struct Fonts {
    faces: [ttf_parser::Face<'static>; 3],
    basic: [Vec<u16>; 3],
}

impl Fonts {
    /// The faces, parsed once per process.
    ///
    /// # Panics
    /// Never with the faces this crate embeds; a test reads all three.
    #[must_use]
    pub fn get() -> &'static Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| {
            let faces = BYTES.map(|bytes| ttf_parser::Face::parse(bytes, 0).expect("an embedded face parses"));
            let basic = [0, 1, 2].map(|i| basic_plane(&faces[i]));
            Self { faces, basic }
        })
    }

    /// Glyph of a character in one face; 0 when it has none.
    #[must_use]
    pub fn glyph(&self, face: Face, c: char) -> u16 {
        match self.basic[face as usize].get(c as usize) {
            Some(gid) => *gid,
            None => self.faces[face as usize].glyph_index(c).map_or(0, |g| g.0),
        }
    }

    /// The face that draws a character: regular or bold as asked, then the symbols, then [`GETA`] of the asked face.
    #[must_use]
    pub fn face_for(&self, c: char, bold: bool) -> Face {
        let wanted = if bold { Face::Bold } else { Face::Regular };
        if self.glyph(wanted, c) == 0 && self.glyph(Face::Symbols, c) != 0 { Face::Symbols } else { wanted }
    }

    /// Whether no face has this character.
    #[must_use]
    pub fn is_missing(&self, c: char) -> bool {
        Face::ALL.iter().all(|face| self.glyph(*face, c) == 0)
    }

    /// Glyph that is really drawn: the character's own, or the one of [`GETA`].
    #[must_use]
    pub fn drawn(&self, face: Face, c: char) -> u16 {
        match self.glyph(face, c) {
            0 => self.glyph(face, GETA),
            gid => gid,
        }
    }

    /// Advance in thousandths of an em.
    #[must_use]
    pub fn advance(&self, face: Face, c: char) -> f32 {
        let font = &self.faces[face as usize];
        let gid = ttf_parser::GlyphId(self.drawn(face, c));
        f32::from(font.glyph_hor_advance(gid).unwrap_or(1000)) * 1000.0 / f32::from(font.units_per_em())
    }

    /// The parsed face, for what the renderer needs beyond widths.
    #[must_use]
    pub fn parsed(&self, face: Face) -> &ttf_parser::Face<'static> {
        &self.faces[face as usize]
    }
}

fn basic_plane(face: &ttf_parser::Face<'_>) -> Vec<u16> {
    let mut table = vec![0; 0x1_0000];
    let Some(cmap) = face.tables().cmap else { return table };
    for subtable in cmap.subtables.into_iter().filter(ttf_parser::cmap::Subtable::is_unicode) {
        subtable.codepoints(|code| {
            if let (Some(slot), Some(gid)) = (table.get_mut(code as usize), subtable.glyph_index(code))
                && *slot == 0
            {
                *slot = gid.0;
            }
        });
    }
    table
}
