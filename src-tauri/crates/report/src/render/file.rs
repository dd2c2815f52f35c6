//! The file as it grows: every object is written once, when it is known, and then forgotten.
//!
//! lopdf keeps a whole document as a tree of objects and copies it to save it, which for a tagged report of some hundred
//! thousand objects took six times the memory of everything else together. Here an object is bytes from the start:
//! streams go straight into the file, everything else into object streams.

use super::deflate::{Deflate, Press};
use super::object::{self, write_dictionary};
use crate::Error;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::io::Write;

/// Objects per object stream: enough for the compressor to learn from, few enough for a reader to unpack one for one
/// object.
const PACKED: usize = 1_000;

#[derive(Clone, Copy)]
enum Place {
    /// Reserved and never written.
    Nowhere,
    /// Byte offset of an object of its own.
    At(usize),
    /// Number of an object stream and the place in it.
    Packed(u32, u16),
}

/// A PDF that is being written.
pub struct File {
    out: Vec<u8>,
    places: Vec<Place>,
    /// (object, offset) of what waits in `body`.
    waiting: Vec<(u32, usize)>,
    body: Vec<u8>,
    deflate: Deflate,
}

impl File {
    /// An empty file.
    ///
    /// # Errors
    /// When the compressor cannot be had.
    pub fn new() -> Result<Self, Error> {
        let mut out = Vec::with_capacity(1 << 20);
        // Four bytes above 127 tell every tool that this is no text.
        out.extend_from_slice(b"%PDF-1.7\n%\xE5\xA4\x87\xE5\n");
        let deflate = Deflate::new()?;
        Ok(Self { out, places: vec![Place::Nowhere], waiting: Vec::new(), body: Vec::new(), deflate })
    }

    /// Reserves a number.
    pub fn id(&mut self) -> ObjectId {
        self.places.push(Place::Nowhere);
        (number(self.places.len() - 1), 0)
    }

    /// Writes an object other than a stream.
    ///
    /// # Errors
    /// When an object stream cannot be compressed.
    pub fn put(&mut self, id: ObjectId, object: &Object) -> Result<(), Error> {
        self.write(id, |out| object::write(out, object))
    }

    /// Writes an object other than a stream under a new number.
    ///
    /// # Errors
    /// When an object stream cannot be compressed.
    pub fn add(&mut self, object: impl Into<Object>) -> Result<ObjectId, Error> {
        let id = self.id();
        self.put(id, &object.into())?;
        Ok(id)
    }

    /// Writes an object as the bytes that `write` adds.
    ///
    /// # Errors
    /// When an object stream cannot be compressed.
    pub fn write(&mut self, id: ObjectId, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), Error> {
        self.waiting.push((id.0, self.body.len()));
        write(&mut self.body);
        self.body.push(b' ');
        if self.waiting.len() >= PACKED { self.pack() } else { Ok(()) }
    }

    /// Writes a stream.
    ///
    /// # Errors
    /// When it cannot be compressed.
    pub fn stream(&mut self, id: ObjectId, dict: Dictionary, content: &[u8], press: Press) -> Result<(), Error> {
        let mut dict = dict;
        let pressed = self.deflate.press(content, press)?;
        if pressed.is_some() {
            dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
        }
        let content = pressed.as_deref().unwrap_or(content);
        dict.set("Length", i64::try_from(content.len()).unwrap_or(0));
        self.raw(id, &dict, content);
        Ok(())
    }

    fn raw(&mut self, id: ObjectId, dict: &Dictionary, content: &[u8]) {
        self.places[id.0 as usize] = Place::At(self.out.len());
        // Writing to a vector cannot fail.
        let _ = writeln!(self.out, "{} 0 obj", id.0);
        write_dictionary(&mut self.out, dict);
        self.out.extend_from_slice(b"\nstream\n");
        self.out.extend_from_slice(content);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// Ends the current object stream.
    fn pack(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let id = self.id();
        let mut content = Vec::with_capacity(self.body.len() + self.waiting.len() * 12);
        for (index, (object, offset)) in self.waiting.iter().enumerate() {
            let _ = write!(content, "{object} {offset} ");
            self.places[*object as usize] = Place::Packed(id.0, u16::try_from(index).unwrap_or(u16::MAX));
        }
        let first = content.len();
        content.append(&mut self.body);
        let dict = dictionary! {
            "Type" => "ObjStm",
            "N" => i64::try_from(self.waiting.len()).unwrap_or(0),
            "First" => i64::try_from(first).unwrap_or(0),
        };
        self.waiting.clear();
        self.stream(id, dict, &content, Press::Hard)
    }

    /// Writes the cross-reference stream with the trailer's entries, and gives the file back.
    ///
    /// # Errors
    /// When a stream cannot be compressed.
    pub fn finish(mut self, trailer: Dictionary) -> Result<Vec<u8>, Error> {
        self.pack()?;
        let id = self.id();
        let start = self.out.len();
        self.places[id.0 as usize] = Place::At(start);
        let mut rows = Vec::with_capacity(self.places.len() * 8);
        let mut before = [0; 7];
        for place in &self.places {
            let (kind, middle, last) = match *place {
                Place::Nowhere => (0, 0, u16::MAX),
                Place::At(offset) => (1, number(offset), 0),
                Place::Packed(stream, index) => (2, stream, index),
            };
            let [a, b, c, d] = middle.to_be_bytes();
            let [e, f] = last.to_be_bytes();
            let row = [kind, a, b, c, d, e, f];
            // Rows differ little from one another, so each is written as its difference from the row before.
            rows.push(2);
            rows.extend(row.iter().zip(before).map(|(now, was)| now.wrapping_sub(was)));
            before = row;
        }
        let mut dict = trailer;
        dict.set("Type", Object::Name(b"XRef".to_vec()));
        dict.set("Size", i64::try_from(self.places.len()).unwrap_or(0));
        dict.set("W", vec![Object::Integer(1), Object::Integer(4), Object::Integer(2)]);
        dict.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => 7 });
        self.stream(id, dict, &rows, Press::Hard)?;
        let _ = write!(self.out, "startxref\n{start}\n%%EOF\n");
        Ok(self.out)
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
