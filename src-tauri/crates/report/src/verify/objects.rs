//! The objects of a PDF, each read when it is asked for and forgotten after: as a tree of lopdf's they take sixty times
//! the room of the file.

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, ObjectStream, Reader, Stream, dictionary};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// Largest stream that is read, in bytes.
pub const MOST_BYTES: usize = 256 << 20;

/// Object streams kept unpacked; a report's objects are mostly asked for in the order in which they lie in the file.
const KEPT: usize = 32;

/// Most pages that are looked at.
const MOST_PAGES: usize = 100_000;

/// Most nodes of the page tree above a page.
const MOST_LEVELS: usize = 64;

/// A PDF of which only the list of places is in memory.
pub struct Objects<'a> {
    reader: Reader<'a>,
    kept: RefCell<Vec<(u32, Rc<Packed>)>>,
}

impl<'a> Objects<'a> {
    /// Reads the list of places.
    ///
    /// # Errors
    /// When it is no PDF, or one that needs a key.
    pub fn open(pdf: &'a [u8]) -> Result<Self, String> {
        let options = LoadOptions {
            filter: Some(|_, _| None),
            max_decompressed_size: Some(MOST_BYTES),
            ..LoadOptions::default()
        };
        let document = Document::load_mem_with_options(pdf, options).map_err(|why| why.to_string())?;
        if document.is_encrypted() || document.was_encrypted() {
            return Err("it is encrypted".to_owned());
        }
        // Places are counted from here, as lopdf counts them.
        let start = pdf.windows(5).position(|at| at == b"%PDF-").unwrap_or(0);
        let reader = Reader {
            buffer: &pdf[start..],
            document,
            encryption_state: None,
            raw_objects: BTreeMap::new(),
            password: None,
            strict: false,
            max_decompressed_size: Some(MOST_BYTES),
        };
        Ok(Self { reader, kept: RefCell::default() })
    }

    /// An object; `None` when it is not there or cannot be read.
    pub fn get(&self, id: ObjectId) -> Option<Object> {
        match self.reader.document.reference_table.get(id.0)? {
            XrefEntry::Normal { .. } => self.reader.get_object(id, &mut HashSet::new()).ok(),
            XrefEntry::Compressed { container, .. } if id.1 == 0 => self.packed(*container)?.get(id.0),
            _ => None,
        }
    }

    fn packed(&self, container: u32) -> Option<Rc<Packed>> {
        let mut kept = self.kept.borrow_mut();
        if let Some(at) = kept.iter().position(|(id, _)| *id == container) {
            // The one used last goes last.
            kept[at..].rotate_left(1);
            return kept.last().map(|(_, packed)| Rc::clone(packed));
        }
        // A stream of objects lies in the file itself, so that reading it does not lead here again.
        if !matches!(self.reader.document.reference_table.get(container)?, XrefEntry::Normal { .. }) {
            return None;
        }
        let stream = self.reader.get_object((container, 0), &mut HashSet::new()).ok()?;
        let packed = Rc::new(Packed::new(stream.as_stream().ok()?)?);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((container, Rc::clone(&packed)));
        Some(packed)
    }

    /// What is meant: the object itself or the one it refers to.
    pub fn follow(&self, object: &Object) -> Option<Object> {
        let mut object = object.clone();
        for _ in 0..MOST_LEVELS {
            match object {
                Object::Reference(id) => object = self.get(id)?,
                found => return Some(found),
            }
        }
        None
    }

    /// An entry of a dictionary, followed.
    pub fn entry(&self, of: &Dictionary, key: &[u8]) -> Option<Object> {
        self.follow(of.get(key).ok()?)
    }

    /// A dictionary that an entry of a dictionary leads to.
    pub fn dictionary(&self, of: &Dictionary, key: &[u8]) -> Option<Dictionary> {
        match self.entry(of, key)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(stream.dict),
            _ => None,
        }
    }

    /// What everything hangs on.
    pub const fn trailer(&self) -> &Dictionary {
        &self.reader.document.trailer
    }

    /// The catalog; empty when there is none.
    pub fn catalog(&self) -> Dictionary {
        self.dictionary(self.trailer(), b"Root").unwrap_or_default()
    }

    /// Pages in order, with what they inherit.
    pub fn pages(&self) -> Vec<(ObjectId, Dictionary)> {
        /// What a page takes from the nodes above it.
        const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
        let mut pages = Vec::new();
        let mut seen = HashSet::new();
        let root = self.catalog().get(b"Pages").and_then(Object::as_reference);
        let mut open: Vec<(ObjectId, Dictionary)> = root.into_iter().map(|root| (root, Dictionary::new())).collect();
        while let Some((id, above)) = open.pop() {
            if pages.len() == MOST_PAGES || !seen.insert(id) {
                continue;
            }
            let Some(Object::Dictionary(mut node)) = self.get(id) else { continue };
            for key in INHERITED {
                if let (false, Ok(value)) = (node.has(key), above.get(key)) {
                    node.set(key, value.clone());
                }
            }
            let kids = self.entry(&node, b"Kids");
            let Some(Object::Array(kids)) = kids else {
                pages.push((id, node));
                continue;
            };
            let below: Dictionary =
                INHERITED.iter().filter_map(|key| Some((key.to_vec(), node.get(key).ok()?.clone()))).collect();
            open.extend(kids.iter().rev().filter_map(|kid| Some((kid.as_reference().ok()?, below.clone()))));
        }
        pages
    }
}

/// An unpacked object stream.
struct Packed {
    bytes: Vec<u8>,
    /// From and to of each object.
    places: HashMap<u32, (usize, usize)>,
}

impl Packed {
    fn new(stream: &Stream) -> Option<Self> {
        let bytes = stream.get_plain_content_with_limit(MOST_BYTES).ok()?;
        let first = usize::try_from(stream.dict.get(b"First").and_then(Object::as_i64).ok()?).ok()?;
        let head = std::str::from_utf8(bytes.get(..first)?).ok()?;
        let numbers: Vec<usize> = head.split_ascii_whitespace().map_while(|number| number.parse().ok()).collect();
        let mut starts: Vec<(usize, u32)> = numbers
            .chunks_exact(2)
            .filter_map(|pair| Some((pair[1].checked_add(first)?, u32::try_from(pair[0]).ok()?)))
            .collect();
        starts.sort_unstable();
        let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([bytes.len()]).collect::<Vec<_>>();
        let places = starts.into_iter().zip(ends).map(|((start, id), end)| (id, (start, end))).collect();
        Some(Self { bytes, places })
    }

    fn get(&self, id: u32) -> Option<Object> {
        let (from, to) = *self.places.get(&id)?;
        // lopdf reads a single object only as a stream of one.
        let mut content = b"0 0 ".to_vec();
        content.extend_from_slice(self.bytes.get(from..to)?);
        let mut one = Stream::new(dictionary! { "N" => 1, "First" => 4 }, content);
        ObjectStream::new(&mut one).ok()?.objects.remove(&(0, 0))
    }
}
