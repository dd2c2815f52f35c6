//! Objects as bytes.

use super::deflate::Pressed;
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
fn write_dictionary(out: &mut Vec<u8>, dict: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        write_name(out, key);
        separate(out, value);
        write(out, value);
    }
    out.extend_from_slice(b">>");
}

/// Writes a stream as an object of its own.
pub fn write_stream(out: &mut Vec<u8>, id: u32, mut dict: Dictionary, pressed: &Pressed) {
    if pressed.deflated {
        dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    }
    dict.set("Length", i64::try_from(pressed.bytes.len()).unwrap_or(0));
    let _ = writeln!(out, "{id} 0 obj");
    write_dictionary(out, &dict);
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(&pressed.bytes);
    out.extend_from_slice(b"\nendstream\nendobj\n");
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
fn write_string(out: &mut Vec<u8>, bytes: &[u8], format: StringFormat) {
    if format == StringFormat::Literal {
        return write_literal(out, bytes);
    }
    out.push(b'<');
    for byte in bytes {
        let _ = write!(out, "{byte:02X}");
    }
    out.push(b'>');
}

/// Writes a string between parentheses.
fn write_literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    write_escaped(out, bytes);
    out.push(b')');
}

/// Writes what stands between parentheses; bytes that a reader would take for something else are escaped.
pub fn write_escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            // A reader turns a bare carriage return into a line feed.
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
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
