//! Reading a hash list, whatever editor it came through.

/// The text of a list: editors of Windows put a mark before it or write it in two bytes a character. A damaged byte may leave no
/// text; then its line names no file, which is told like any other damage.
pub(super) fn text(bytes: &[u8]) -> String {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// `<64 hex>  name`, as `sha256sum` writes it. Names that leave the folder are refused.
pub(super) fn entry(line: &str) -> Option<(&str, &str)> {
    let (hash, name) = line.split_once("  ")?;
    let inside =
        !name.starts_with(['/', '\\']) && !name.contains(':') && name.split(['/', '\\']).all(|part| part != "..");
    (hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && inside && !name.is_empty())
        .then_some((hash, name))
}
