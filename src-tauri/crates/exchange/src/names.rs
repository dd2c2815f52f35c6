//! File names every system accepts.

/// Longest file name in bytes: Linux allows 255, and a number may have to be put in.
const MAX_NAME_BYTES: usize = 200;
/// Longest file name in UTF-16 units: Windows gives a whole path 260, and the pack's own folder lies somewhere deep.
const MAX_NAME_UNITS: usize = 110;

/// A name Windows, macOS and Linux all accept: no separators, reserved characters, control or direction marks, no reserved
/// device names, no trailing dot or space, not too long (the extension is kept).
#[must_use]
pub fn safe_name(name: &str) -> String {
    let mut safe: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {
                '_'
            }
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    safe = safe.trim_start().trim_end_matches(ends_badly).to_owned();
    let (stem, extension) = match safe.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 10 => (stem, format!(".{extension}")),
        _ => (safe.as_str(), String::new()),
    };
    let mut stem = if stem.is_empty() || is_reserved(stem) { format!("_{stem}") } else { stem.to_owned() };
    let units = |text: &str| text.encode_utf16().count();
    while stem.len() + extension.len() > MAX_NAME_BYTES || units(&stem) + units(&extension) > MAX_NAME_UNITS {
        stem.pop();
    }
    if extension.is_empty() {
        // The cut may have brought a dot or space to the end, and what is left before many of them may be reserved.
        stem.truncate(stem.trim_end_matches(ends_badly).len());
        if stem.is_empty() || is_reserved(&stem) {
            stem.insert(0, '_');
        }
    }
    format!("{stem}{extension}")
}

/// No system keeps these at the end of a name, or shows them. Spaces of every width: fuzzing found one before a dot.
fn ends_badly(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// Whether Windows takes a name for a device. What stands behind the first dot, and spaces before it, do not count.
fn is_reserved(stem: &str) -> bool {
    let device = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |port: &str| {
        let mut rest = device.strip_prefix(port).unwrap_or_default().chars();
        matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    matches!(device.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}
