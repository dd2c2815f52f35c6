//! Names and texts that came from outside, as they may be shown: nothing in them steers the reader's eye or terminal.

use std::borrow::Cow;

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
    use super::{plain_name, visible};

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
