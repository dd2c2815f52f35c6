//! What was typed or pasted into a field, as it is kept. Every verb takes its texts through here: line ends of every kind become line
//! feeds, what nobody can see is dropped (and said so by [`hinted`]), what is too long is refused.

use crate::view::Update;
use crate::{Error, Result};
use domain::Words;
use serde::Serialize;
use serde_json::Value;

/// Longest text accepted in a field, in characters: beyond any note a person writes, short of what breaks a report.
pub const MAX_TEXT_CHARS: usize = 100_000;
/// Longest single-line text (titles, names), in characters.
pub const MAX_LINE_CHARS: usize = 500;

/// Warning of an [`Update`]: characters that cannot be shown were left out of a text.
pub const CHARACTERS_DROPPED: &str = "characters_dropped";

/// Free text: several lines, as they were typed.
pub(crate) fn text(field: &'static str, text: &str) -> Result<String> {
    at_most(MAX_TEXT_CHARS, field, cleaned(text))
}

/// An optional single line: trimmed, line breaks and tabs are spaces.
pub(crate) fn line(field: &'static str, text: &str) -> Result<String> {
    let line = cleaned(text).replace(['\n', '\t'], " ");
    at_most(MAX_LINE_CHARS, field, line.trim().to_owned())
}

/// A required single line: as [`line`], and not empty.
pub(crate) fn required_line(field: &'static str, text: &str) -> Result<String> {
    not_empty(field, line(field, text)?)
}

/// Refuses a required text that is empty.
pub(crate) fn not_empty(field: &'static str, text: String) -> Result<String> {
    if text.is_empty() {
        Err(Error::Field { field, expected: ("不能为空", "must not be empty").into() })
    } else {
        Ok(text)
    }
}

fn at_most(chars: usize, field: &'static str, text: String) -> Result<String> {
    if text.chars().count() <= chars {
        return Ok(text);
    }
    let expected: Words = (format!("最多 {chars} 个字符"), format!("at most {chars} characters")).into();
    Err(Error::Field { field, expected })
}

/// The update, with a warning when one of the texts in what the verb was given held characters that are dropped.
pub(crate) fn hinted(mut update: Update, given: &impl Serialize) -> Update {
    let is_new = !update.warnings.iter().any(|warning| warning == CHARACTERS_DROPPED);
    if is_new && serde_json::to_value(given).is_ok_and(|value| holds_dropped(&value)) {
        update.warnings.push(CHARACTERS_DROPPED.to_owned());
    }
    update
}

fn holds_dropped(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().any(is_dropped),
        Value::Array(values) => values.iter().any(holds_dropped),
        Value::Object(fields) => fields.values().any(holds_dropped),
        _ => false,
    }
}

fn cleaned(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    lines.chars().map(|c| if ends_line(c) { '\n' } else { c }).filter(|c| !is_dropped(*c)).collect()
}

fn is_dropped(c: char) -> bool {
    !ends_line(c) && c != '\t' && !is_plain(c)
}

/// What ends a line in some program: `PowerPoint`'s soft break is U+000B, a page break of Word U+000C.
const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character may stand in a line: no control character, no line or paragraph separator, none of the two noncharacters
/// that no XML file (workbook, PDF metadata) may hold. Those that turn the direction of writing are plain: they are shown where it matters.
pub(crate) fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}')
}
