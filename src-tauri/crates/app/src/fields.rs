//! Checks of what was typed into a field: one line or many, how long, which characters.

use crate::{Error, Result};
use domain::Words;

/// Whether no text may hold this character: control characters, line and paragraph separators, and the two noncharacters
/// that no XML file (workbook, PDF metadata) may hold.
pub(crate) fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Longest text accepted in a field, in characters: beyond any note a person writes, short of what breaks a report.
pub(crate) const MAX_TEXT_CHARS: usize = 100_000;
/// Longest single-line text (titles, names), in characters.
pub(crate) const MAX_LINE_CHARS: usize = 500;

/// A required single line: trimmed, not empty, not too long.
pub(crate) fn required_line(field: &'static str, text: &str) -> Result<String> {
    let line = line(field, text)?;
    if line.is_empty() {
        Err(Error::Field { field, expected: ("不能为空", "must not be empty").into() })
    } else {
        Ok(line)
    }
}

/// An optional single line: trimmed, line breaks and control characters refused.
pub(crate) fn line(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().any(|c| c.is_control() || is_refused(c)) {
        return Err(Error::not_one_line(field));
    }
    if text.chars().count() > MAX_LINE_CHARS {
        return Err(Error::Field { field, expected: at_most(MAX_LINE_CHARS) });
    }
    Ok(text.to_owned())
}

fn at_most(chars: usize) -> Words {
    (format!("最多 {chars} 个字符"), format!("at most {chars} characters")).into()
}

/// Free text: CRLF becomes LF; NUL and other control characters (tab and line feed aside) are refused.
pub(crate) fn text(field: &'static str, text: &str) -> Result<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(bad) = text.chars().find(|c| is_refused(*c)) {
        let code = format!("U+{:04X}", u32::from(bad));
        let expected = (format!("不能含控制字符 {code}"), format!("no control character {code}")).into();
        return Err(Error::Field { field, expected });
    }
    if text.chars().count() > MAX_TEXT_CHARS {
        return Err(Error::Field { field, expected: at_most(MAX_TEXT_CHARS) });
    }
    Ok(text)
}
