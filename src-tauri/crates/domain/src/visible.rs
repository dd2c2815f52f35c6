//! Names and texts that came from outside, as they may be shown: nothing in them steers the reader's eye or terminal.

use std::borrow::Cow;
use std::ffi::OsStr;

/// Whether a character turns the order of those around it: marks, embeddings, overrides and isolates of both directions. They make
/// the name of a program look like that of a picture.
#[must_use]
pub const fn turns_the_order(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text with such characters, and control characters but tab and line feed, shown and not obeyed: `⟨U+202E⟩`. For terminals and
/// windows; never for what is kept.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let steers = |c: char| turns_the_order(c) || (c.is_control() && !matches!(c, '\t' | '\n'));
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| if steers(c) { format!("⟨U+{:04X}⟩", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(shown).collect())
}

/// A file's name as text, and whether it was text in the first place. A name that is no UTF-8 is read as GB18030 if it cleanly
/// is: so Chinese Windows packs archives, and so they lie on disks that were unpacked elsewhere.
#[must_use]
pub fn name_read(name: &OsStr) -> (String, bool) {
    if let Some(name) = name.to_str() {
        return (name.to_owned(), true);
    }
    let lossy = || name.to_string_lossy().into_owned();
    // The names of Windows are not bytes.
    if !cfg!(unix) {
        return (lossy(), false);
    }
    let (read, is_broken) = encoding_rs::GB18030.decode_without_bom_handling(name.as_encoded_bytes());
    // Bytes that mean nothing else decode to characters that nobody uses in a name.
    let is_odd = |c: char| c.is_control() || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{A0}');
    (if is_broken || read.chars().any(is_odd) { lossy() } else { read.into_owned() }, false)
}

/// A file's name as it can be kept: on one line, without what no text may hold. What was no text in the first place (the system
/// gives U+FFFD for it) becomes `_` as well.
#[must_use]
pub fn plain_name(name: &str) -> Cow<'_, str> {
    let spoils =
        |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}');
    let plain: Cow<'_, str> = if name.chars().any(spoils) {
        name.chars().map(|c| if spoils(c) { '_' } else { c }).collect()
    } else {
        name.into()
    };
    if plain.trim().is_empty() { "_".into() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::{name_read, plain_name, visible};

    #[test]
    fn what_steers_is_shown_and_everything_else_is_left() {
        for (text, shown) in [
            ("排班表.xlsx", "排班表.xlsx"),
            ("照片\u{202E}gpj.exe", "照片⟨U+202E⟩gpj.exe"),
            ("\u{2066}a\u{2069}\u{200F}", "⟨U+2066⟩a⟨U+2069⟩⟨U+200F⟩"),
            ("红\u{1B}[31m字\r", "红⟨U+001B⟩[31m字⟨U+000D⟩"),
            ("两\n行\t列", "两\n行\t列"),
            ("👩\u{200D}💻", "👩\u{200D}💻"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_utf_8_is_read_as_what_chinese_windows_writes() {
        use std::os::unix::ffi::OsStrExt as _;
        for (bytes, name, is_text) in [
            ("值班表.txt".as_bytes(), "值班表.txt", true),
            (b"\xD6\xB5\xB0\xE0\xB1\xED.txt", "值班表.txt", false),
            // A character of four bytes.
            (b"\x95\x32\x82\x36.txt", "\u{20000}.txt", false),
            // Cut in the middle of a character, and bytes that are nothing.
            (b"\xD6\xB5\xB0", "\u{5B5}\u{FFFD}", false),
            (b"\xFF\xFE.txt", "\u{FFFD}\u{FFFD}.txt", false),
        ] {
            assert_eq!(name_read(std::ffi::OsStr::from_bytes(bytes)), (name.to_owned(), is_text), "{bytes:?}");
        }
    }

    #[test]
    fn a_name_is_kept_as_far_as_it_is_one() {
        for (name, plain) in [
            ("Icon\r", "Icon_"),
            ("制\t表.txt", "制_表.txt"),
            ("换\n行.txt", "换_行.txt"),
            ("\u{FFFD}\u{FFFD}\u{FFFD}.txt", "___.txt"),
            ("照片\u{202E}gpj.exe", "照片\u{202E}gpj.exe"),
            (" 前有空格.pdf", " 前有空格.pdf"),
            (" ", "_"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
    }
}
