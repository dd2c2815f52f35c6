//! Where a line may end: 避头尾 for Chinese, whole words for Latin.

/// Whether a character is set like an ideograph: a line may end on either side of it.
#[must_use]
pub const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{FFEF}' | '\u{1F000}'.. | '\u{2190}'..='\u{23FF}' | '\u{2460}'..='\u{27BF}')
        && !matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
        || matches!(c, '\u{2014}' | '\u{2026}' | '\u{2018}'..='\u{201D}' | '\u{FFFC}')
}

/// Closing punctuation whose glyph fills the left half of its square: may hang, may give up its right half.
#[must_use]
pub const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '！'
            | '）'
            | '】'
            | '》'
            | '」'
            | '』'
            | '〕'
            | '〉'
            | '”'
            | '’'
    )
}

/// Opening punctuation whose glyph fills the right half of its square.
#[must_use]
pub const fn is_opening(c: char) -> bool {
    matches!(c, '（' | '【' | '《' | '「' | '『' | '〔' | '〈' | '“' | '‘')
}

/// Must not begin a line.
const fn never_first(c: char) -> bool {
    is_closing(c)
        || matches!(
            c,
            ')' | ']'
                | '}'
                | ','
                | '.'
                | ';'
                | ':'
                | '!'
                | '?'
                | '%'
                | '‰'
                | '％'
                | '℃'
                | '°'
                | '…'
                | '—'
                | '～'
                | '·'
                | '・'
                | '〜'
                | 'ー'
                | '々'
        )
}

/// Must not end a line, not even with a space after it.
#[must_use]
pub const fn never_last(c: char) -> bool {
    is_opening(c) || matches!(c, '(' | '[' | '{' | '￥' | '¥' | '$' | '№' | '#' | '＃')
}

/// Whether a line may end between `before` and `after`; `run` = how many characters the word has had so far.
#[must_use]
pub fn may_break(before: char, after: char, run: usize) -> bool {
    // A mark stays with the word it stands before.
    if before == '\u{FFFC}'
        || after == ' '
        || before == '\u{A0}'
        || after == '\u{A0}'
        || after == '\u{2011}'
        || before == '\u{2011}'
    {
        return false;
    }
    if never_first(after) || never_last(before) {
        return false;
    }
    if before == ' ' {
        return true;
    }
    if is_wide(before) || is_wide(after) {
        return true;
    }
    match before {
        // `self-assessed` may end after the hyphen; `XC3-05`, `2026-11-22` and `YD/T` stay whole.
        '-' => after.is_alphabetic() && run > 3,
        '/' | '_' | '\\' | '&' | '=' | '+' => run > 4,
        '–' => true,
        _ => false,
    }
}

/// How much closer two adjacent full-width marks are set, in em: half a square when the halves that meet are empty.
#[must_use]
pub const fn squeeze(before: char, after: char) -> f32 {
    if (is_closing(before) && (is_closing(after) || is_opening(after))) || (is_opening(before) && is_opening(after)) {
        0.5
    } else {
        0.0
    }
}
