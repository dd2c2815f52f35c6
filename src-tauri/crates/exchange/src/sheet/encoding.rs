//! Which text the bytes of a file are. Programs in China write three encodings and say in none which it is; what is found is shown before
//! it counts, and the user may say otherwise.

use serde::{Deserialize, Serialize};

/// How a text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// What Windows calls Unicode.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// The same, the other half of each character first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// What Chinese Windows calls ANSI; holds GBK and GB2312.
    #[serde(rename = "gb18030")]
    Gb18030,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Gb18030];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Gb18030 => "GB18030",
        }
    }

    fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Gb18030 => encoding_rs::GB18030,
        }
    }

    /// The text, if the bytes are one in this encoding.
    #[must_use]
    pub fn read(self, bytes: &[u8]) -> Option<String> {
        let (text, is_broken) = self.decoder().decode_with_bom_removal(bytes);
        (!is_broken && !text.contains('\0')).then(|| text.into_owned())
    }
}

/// The text of a file, and the encoding that it is in; `None` when it is no text.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<(String, Encoding)> {
    let candidates: &[Encoding] = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, _)) if marked == encoding_rs::UTF_16LE => &[Encoding::Utf16Le],
        Some((marked, _)) if marked == encoding_rs::UTF_16BE => &[Encoding::Utf16Be],
        Some(_) => &[Encoding::Utf8],
        // No text holds the character 0: half of each plain character of UTF-16 is one.
        None if bytes.contains(&0) => unmarked(bytes),
        None => &[Encoding::Utf8, Encoding::Gb18030],
    };
    let read = |encoding: &Encoding| encoding.read(bytes).map(|text| (text, *encoding));
    // Two bytes make a character of any kind: a list has signs between its cells as well.
    let is_list = |text: &str| text.contains([',', ';', '\t', '\n']);
    let is_sure = |encoding: Encoding| matches!(encoding, Encoding::Utf8 | Encoding::Gb18030);
    candidates.iter().filter_map(read).find(|(text, encoding)| is_sure(*encoding) || is_list(text))
}

/// UTF-16 without its mark, by which half of plain characters is 0.
fn unmarked(bytes: &[u8]) -> &'static [Encoding] {
    let zeros = |half: usize| bytes.iter().skip(half).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, _) => &[Encoding::Utf16Le],
        (_, 0) => &[Encoding::Utf16Be],
        _ => &[],
    }
}
