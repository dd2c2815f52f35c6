//! What a file shows, in hashes that do not depend on how it was saved: the same objects under other numbers, in another
//! order or otherwise compressed have the same ones; anything that is added, gone or different has others.
//!
//! A part is hashed by walking from it along every reference; objects are counted as they come, so that loops end and
//! sharing does not matter. References to pages are told by the page's number and not followed.

use super::objects::{MOST_BYTES, Objects};
use lopdf::{Dictionary, Object, ObjectId, Stream};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// SHA-256.
type Hash = [u8; 32];

/// Most objects that a page may hang together with: a stranger's file must not keep us busy for ever.
const MOST_OF_A_PAGE: usize = 20_000;

/// Entries that say how a stream is saved and not what it holds.
const SAVING: [&[u8]; 3] = [b"Length", b"Filter", b"DecodeParms"];

/// Hashes of everything that a reader may show.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Prints {
    /// Of each page: what is drawn, and what lies over it.
    pub pages: Vec<Page>,
    /// Of every other entry of the catalog, and of the document information.
    pub parts: BTreeMap<String, Hash>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Contents, what they use, and the sheet's size and turn.
    pub drawn: Hash,
    /// Links, notes, fields, and whatever else is laid over the page.
    pub over: Hash,
}

impl Prints {
    /// Takes the prints of a file.
    pub fn of(objects: &Objects<'_>) -> Self {
        let pages = objects.pages();
        let numbers: HashMap<ObjectId, usize> = pages.iter().enumerate().map(|(n, (id, _))| (*id, n)).collect();
        let mut streams = HashMap::new();
        let mut hash = |start: &Object, most| Walk::new(objects, &numbers, &mut streams).hash(start, most);
        let catalog = objects.catalog();
        let mut parts: BTreeMap<String, Hash> = BTreeMap::new();
        for (key, value) in catalog.iter().filter(|(key, _)| !matches!(key.as_slice(), b"Pages" | b"Type")) {
            parts.insert(String::from_utf8_lossy(key).into_owned(), hash(value, usize::MAX));
        }
        if let Ok(info) = objects.trailer().get(b"Info") {
            parts.insert("Info".to_owned(), hash(info, usize::MAX));
        }
        let pages = pages.into_iter().map(|(_, mut page)| {
            let over = page.remove(b"Annots").unwrap_or(Object::Null);
            page.remove(b"Parent");
            Page { drawn: hash(&Object::Dictionary(page), MOST_OF_A_PAGE), over: hash(&over, MOST_OF_A_PAGE) }
        });
        Self { pages: pages.collect(), parts }
    }
}

struct Walk<'a, 'b> {
    objects: &'a Objects<'b>,
    pages: &'a HashMap<ObjectId, usize>,
    /// Contents of streams, hashed once: pages share fonts and signs.
    streams: &'a mut HashMap<ObjectId, Hash>,
    seen: HashMap<ObjectId, usize>,
    open: VecDeque<ObjectId>,
    hash: Sha256,
}

impl<'a, 'b> Walk<'a, 'b> {
    fn new(
        objects: &'a Objects<'b>,
        pages: &'a HashMap<ObjectId, usize>,
        streams: &'a mut HashMap<ObjectId, Hash>,
    ) -> Self {
        Self { objects, pages, streams, seen: HashMap::new(), open: VecDeque::new(), hash: Sha256::new() }
    }

    fn hash(mut self, start: &Object, most: usize) -> Hash {
        self.value(start, None);
        while let Some(id) = self.open.pop_front() {
            if self.seen.len() > most {
                self.token(b'!', b"");
                break;
            }
            let object = self.objects.get(id).unwrap_or(Object::Null);
            self.value(&object, Some(id));
        }
        self.hash.finalize().into()
    }

    fn token(&mut self, kind: u8, bytes: &[u8]) {
        self.hash.update([kind]);
        self.hash.update((bytes.len() as u64).to_be_bytes());
        self.hash.update(bytes);
    }

    fn value(&mut self, object: &Object, id: Option<ObjectId>) {
        match object {
            Object::Null => self.token(b'0', b""),
            Object::Boolean(value) => self.token(b'b', &[u8::from(*value)]),
            Object::Integer(value) => self.token(b'n', value.to_string().as_bytes()),
            // `2.0` is `2`.
            Object::Real(value) => self.token(b'n', value.to_string().as_bytes()),
            Object::Name(name) => self.token(b'/', name),
            Object::String(bytes, _) => self.token(b's', bytes),
            Object::Array(list) => {
                self.token(b'[', &list.len().to_be_bytes());
                list.iter().for_each(|each| self.value(each, None));
            }
            Object::Dictionary(dict) => self.dictionary(dict, &[]),
            Object::Stream(stream) => self.stream(stream, id),
            Object::Reference(to) => {
                if let Some(page) = self.pages.get(to) {
                    return self.token(b'p', &page.to_be_bytes());
                }
                let next = self.seen.len();
                let number = *self.seen.entry(*to).or_insert(next);
                if number == next {
                    self.open.push_back(*to);
                }
                self.token(b'r', &number.to_be_bytes());
            }
        }
    }

    fn dictionary(&mut self, dict: &Dictionary, without: &[&[u8]]) {
        // An entry that is null is one that is not there.
        let counts = |(key, value): &(&Vec<u8>, &Object)| !without.contains(&key.as_slice()) && **value != Object::Null;
        let sorted: BTreeMap<_, _> = dict.iter().filter(counts).collect();
        self.token(b'<', &sorted.len().to_be_bytes());
        for (key, value) in sorted {
            self.token(b'/', key);
            self.value(value, None);
        }
    }

    fn stream(&mut self, stream: &Stream, id: Option<ObjectId>) {
        let Ok(plain) = stream.get_plain_content_with_limit(MOST_BYTES) else {
            // What cannot be unpacked is taken as it is saved.
            self.dictionary(&stream.dict, &[b"Length"]);
            return self.token(b'x', &stream.content);
        };
        self.dictionary(&stream.dict, &SAVING);
        let hash = match id.and_then(|id| self.streams.get(&id)) {
            Some(hash) => *hash,
            None => Sha256::digest(&plain).into(),
        };
        if let Some(id) = id {
            self.streams.insert(id, hash);
        }
        self.token(b'c', &hash);
    }
}
