//! Objects as bytes.

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use std::collections::BTreeMap;
use std::io::Write;

/// Writes an object; a stream is written as its dictionary only.
pub fn write(out: &mut Vec<u8>, object: &Object) {
    // Writing to a vector cannot fail.
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => drop(write!(out, "{value}")),
        Object::Integer(value) => drop(write!(out, "{value}")),
        Object::Real(value) => drop(write!(out, "{value}")),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, format) => write_string(out, bytes, *format),
        Object::Array(list) => {
            out.push(b'[');
            for (index, object) in list.iter().enumerate() {
                if index > 0 {
                    separate(out, object);
                }
                write(out, object);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => write_dictionary(out, dict),
        Object::Stream(stream) => write_dictionary(out, &stream.dict),
        Object::Reference((number, generation)) => drop(write!(out, "{number} {generation} R")),
    }
}

/// Writes a dictionary.
pub fn write_dictionary(out: &mut Vec<u8>, dict: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        write_name(out, key);
        separate(out, value);
        write(out, value);
    }
    out.extend_from_slice(b">>");
}

/// A space where two tokens would else run into one.
fn separate(out: &mut Vec<u8>, next: &Object) {
    if matches!(next, Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_)) {
        out.push(b' ');
    }
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

/// Writes a string.
pub fn write_string(out: &mut Vec<u8>, bytes: &[u8], format: StringFormat) {
    if format == StringFormat::Literal {
        return write_literal(out, bytes);
    }
    out.push(b'<');
    for byte in bytes {
        let _ = write!(out, "{byte:02X}");
    }
    out.push(b'>');
}

/// Writes a string between parentheses; bytes that a reader would take for something else are escaped.
pub fn write_literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            // A reader turns a bare carriage return into a line feed.
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

/// Calls `each` with every object that this one refers to.
pub fn references(object: &Object, each: &mut dyn FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => each(*id),
        Object::Array(list) => list.iter().for_each(|object| references(object, each)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, object)| references(object, each)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, object)| references(object, each)),
        _ => {}
    }
}

/// Gives every reference its new number.
pub fn renumber(object: &mut Object, new: &BTreeMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => {
            if let Some(to) = new.get(id) {
                *id = *to;
            }
        }
        Object::Array(list) => list.iter_mut().for_each(|object| renumber(object, new)),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, object)| renumber(object, new)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, object)| renumber(object, new)),
        _ => {}
    }
}

/// Page contents with every `<0A1B>` as the two bytes it means: half the length before compression, and shorter after.
///
/// printpdf writes each string of an embedded font in hexadecimal, and no other string.
#[must_use]
pub fn without_hexadecimal(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() / 2 + 64);
    let mut rest = content;
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        let (before, from) = rest.split_at(at);
        out.extend_from_slice(before);
        let end = from.iter().position(|b| *b == b'>').unwrap_or(from.len() - 1);
        let digits = from.get(1..end).unwrap_or_default();
        if digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit) {
            let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
            write_literal(&mut out, &bytes);
            rest = &from[end + 1..];
        } else {
            // `<<` of a dictionary.
            out.extend_from_slice(&from[..2.min(from.len())]);
            rest = &from[2.min(from.len())..];
        }
    }
    out.extend_from_slice(rest);
    out
}

const fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        _ => byte.wrapping_sub(b'A').wrapping_add(10),
    }
}
