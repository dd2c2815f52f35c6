//! Files within the file.

use super::objects::Objects;
use lopdf::{Dictionary, Object, Stream};

/// Largest attached file that is read, in bytes. It is laid out again, so that it may not be as large as other streams: 20,000
/// evidence rows are some 15 MB.
const MOST_ATTACHED: usize = 64 << 20;

/// The attached file with this name.
///
/// # Errors
/// When there is none, or none that can be read.
pub fn file(objects: &Objects<'_>, name: &str) -> Result<Vec<u8>, String> {
    let found =
        specs(objects).find(|spec| spec.get(b"F").and_then(Object::as_str).is_ok_and(|is| is == name.as_bytes()));
    content(objects, &found.ok_or("the list of attached files does not name it")?)
}

/// Attached texts whose names begin so.
pub fn texts(objects: &Objects<'_>, begin: &str) -> Vec<String> {
    let named = |spec: &Dictionary| {
        spec.get(b"F").and_then(Object::as_str).is_ok_and(|name| name.starts_with(begin.as_bytes()))
    };
    let found = specs(objects).filter(named).filter_map(|spec| content(objects, &spec).ok());
    found.filter_map(|bytes| String::from_utf8(bytes).ok()).collect()
}

fn specs<'a>(objects: &'a Objects<'_>) -> impl Iterator<Item = Dictionary> + 'a {
    let list = match objects.entry(&objects.catalog(), b"AF") {
        Some(Object::Array(list)) => list,
        _ => Vec::new(),
    };
    list.into_iter().filter_map(|spec| match objects.follow(&spec)? {
        Object::Dictionary(spec) => Some(spec),
        _ => None,
    })
}

fn content(objects: &Objects<'_>, spec: &Dictionary) -> Result<Vec<u8>, String> {
    let files = objects.dictionary(spec, b"EF").ok_or("it is not in the file")?;
    let Some(Object::Stream(stream)) = objects.entry(&files, b"F") else {
        return Err("it is not in the file".to_owned());
    };
    let mut bytes = stream.get_plain_content_with_limit(MOST_ATTACHED).map_err(|why| why.to_string())?;
    bytes.shrink_to_fit();
    if is_sealed(&stream, &bytes) { Ok(bytes) } else { Err("its compressed data are damaged".to_owned()) }
}

/// Whether head and tail of a zlib stream fit its content (RFC 1950): the decoder reads over both.
fn is_sealed(stream: &Stream, content: &[u8]) -> bool {
    if !stream.filters().is_ok_and(|filters| filters == [b"FlateDecode".as_slice()]) {
        return true;
    }
    let ([method, flags, ..], Some(tail)) = (stream.content.as_slice(), stream.content.last_chunk::<4>()) else {
        return false;
    };
    let (mut low, mut high) = (1_u32, 0_u32);
    // As many bytes as fit into the sums before they must be reduced.
    for part in content.chunks(5_552) {
        for byte in part {
            low += u32::from(*byte);
            high += low;
        }
        (low, high) = (low % 65_521, high % 65_521);
    }
    let head = u16::from_be_bytes([*method, *flags]);
    method & 0x0F == 8 && head.is_multiple_of(31) && u32::from_be_bytes(*tail) == high << 16 | low
}
