//! What is done to every text a person typed before it is laid out.

use unicode_normalization::UnicodeNormalization;

/// Makes a text safe to print: line ends become `\n`, control characters vanish, characters that reorder their
/// surroundings are shown as `[U+202E]` instead of being obeyed, and invisible joiners are dropped.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut combining = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("  "),
            '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => out.push(' '),
            c if c.is_control() || is_ignorable(c) => {}
            c if reorders(c) => out.push_str(&format!("[U+{:04X}]", c as u32)),
            c => {
                combining |= unicode_normalization::char::is_combining_mark(c);
                out.push(c);
            }
        }
    }
    // Only where marks stand: composing everything would also rewrite compatibility ideographs somebody chose.
    if combining { out.nfc().collect() } else { out }
}

/// Bidirectional controls: printed as their number, so that nobody can make a name or a figure read differently.
const fn reorders(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Invisible by definition: soft hyphens, joiners, variation selectors, tags, noncharacters.
const fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}'
        | '\u{E0000}'..='\u{E0FFF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn controls_vanish_and_reordering_is_shown() {
        assert_eq!(clean("甲\u{0}乙\u{7}丙\r\n丁\r戊\t己"), "甲乙丙\n丁\n戊  己");
        assert_eq!(clean("工号\u{202E}0021"), "工号[U+202E]0021");
        assert_eq!(clean("零\u{200B}宽\u{FE0F}"), "零宽");
        assert_eq!(clean("cafe\u{301}"), "café");
        assert_eq!(clean("塚\u{FA10}"), "塚\u{FA10}", "compatibility ideographs stay as typed");
    }
}
