//! The file as it grows: every object is written once, when it is known, and then forgotten; what is pressed goes out at once.
//!
//! lopdf keeps a whole document as a tree of objects and copies it to save it, which for a tagged report of some hundred
//! thousand objects took six times the memory of everything else together. Here an object is bytes from the start:
//! streams are pressed beside, in the order in which they come, and everything else goes into object streams.

use super::deflate::{Crew, Press, Pressed, press};
use super::object;
use crate::Error;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::collections::VecDeque;
use std::io::Write;

/// Objects per object stream: enough for the compressor to learn from, few enough for a reader to unpack one for one
/// object.
const PACKED: usize = 2_000;

/// Objects begin at multiples of ten: one digit less that differs in the list of their places.
const STEP: usize = 10;

/// Where a file goes, piece by piece.
pub trait Out {
    /// Takes what comes next.
    fn write(&mut self, bytes: &[u8]);

    /// Whether memory counts for more than time.
    fn is_thrifty(&self) -> bool {
        false
    }
}

impl Out for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

#[derive(Clone, Copy)]
enum Place {
    /// Reserved and never written.
    Nowhere,
    /// An object of its own: byte offset.
    At(u32),
    /// Number of an object stream and the place in it.
    Packed(u32, u16),
}

/// A PDF that is being written.
pub struct File<'scope> {
    crew: Crew<'scope>,
    out: &'scope mut dyn Out,
    /// How many bytes went out.
    length: usize,
    /// (object, dictionary) of every stream that is not pressed yet, in the order in which they were given to the crew.
    streams: VecDeque<(u32, Dictionary)>,
    places: Vec<Place>,
    /// (object, offset) of what waits in `body`.
    waiting: Vec<(u32, usize)>,
    body: Vec<u8>,
}

impl<'scope> File<'scope> {
    /// A file without objects, which goes to `out` and whose streams are pressed by `crew`.
    #[must_use]
    pub fn new(crew: Crew<'scope>, out: &'scope mut dyn Out) -> Self {
        // Four bytes above 127 tell every tool that this is no text.
        let head = b"%PDF-1.7\n%\xE5\xA4\x87\xE5\n";
        out.write(head);
        Self {
            crew,
            out,
            length: head.len(),
            streams: VecDeque::new(),
            places: vec![Place::Nowhere],
            waiting: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Reserves a number.
    pub fn id(&mut self) -> ObjectId {
        self.places.push(Place::Nowhere);
        (number(self.places.len() - 1), 0)
    }

    /// Writes an object other than a stream.
    pub fn put(&mut self, id: ObjectId, object: &Object) {
        self.write(id, |out| object::write(out, object));
    }

    /// Writes an object other than a stream under a new number.
    pub fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.id();
        self.put(id, &object.into());
        id
    }

    /// Writes an object as the bytes that `write` adds.
    pub fn write(&mut self, id: ObjectId, write: impl FnOnce(&mut Vec<u8>)) {
        self.waiting.push((id.0, self.body.len()));
        write(&mut self.body);
        let end = (self.body.len() + 1).next_multiple_of(STEP);
        self.body.resize(end, b' ');
        if self.waiting.len() >= PACKED {
            self.pack();
        }
    }

    /// Writes a stream.
    pub fn stream(&mut self, id: ObjectId, dict: Dictionary, content: Vec<u8>, press: Press) {
        self.crew.give(content, press);
        self.streams.push_back((id.0, dict));
        let pressed = self.crew.fetch();
        self.put_down(pressed);
    }

    /// Writes a stream under a new number.
    pub fn add_stream(&mut self, dict: Dictionary, content: Vec<u8>, press: Press) -> ObjectId {
        let id = self.id();
        self.stream(id, dict, content, press);
        id
    }

    /// Writes a stream that is pressed already under a new number.
    pub fn add_pressed(&mut self, dict: Dictionary, pressed: Pressed) -> ObjectId {
        let id = self.id();
        self.crew.take(pressed);
        self.streams.push_back((id.0, dict));
        id
    }

    /// Puts pressed streams into the file.
    fn put_down(&mut self, pressed: Vec<Pressed>) {
        for pressed in pressed {
            let Some((id, dict)) = self.streams.pop_front() else { return };
            self.places[id as usize] = Place::At(number(self.length));
            let mut written = Vec::with_capacity(pressed.bytes.len() + 256);
            object::write_stream(&mut written, id, dict, &pressed);
            self.length += written.len();
            self.out.write(&written);
        }
    }

    /// Ends the current object stream.
    fn pack(&mut self) {
        if self.waiting.is_empty() {
            return;
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
        self.stream(id, dict, content, Press::Hard);
    }

    /// Ends the file: the streams that are left, the cross-reference stream with the trailer's entries.
    ///
    /// # Errors
    /// When a stream cannot be compressed.
    pub fn finish(mut self, trailer: Dictionary) -> Result<(), Error> {
        self.pack();
        let id = self.id();
        let pressed = self.crew.finish()?;
        self.put_down(pressed);
        let start = self.length;
        self.places[id.0 as usize] = Place::At(number(start));
        let mut rows = Vec::with_capacity(self.places.len() * 8);
        let mut before = [0; 7];
        for place in &self.places {
            let (kind, middle, last) = match *place {
                Place::Nowhere => (0, 0, u16::MAX),
                Place::At(offset) => (1, offset, 0),
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
        let mut written = Vec::new();
        object::write_stream(&mut written, id.0, dict, &press(rows, Press::Hard)?);
        // Writing to a vector cannot fail.
        let _ = write!(written, "startxref\n{start}\n%%EOF\n");
        self.out.write(&written);
        Ok(())
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
