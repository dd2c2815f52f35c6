//! Elements, attributes and text. Whatever somebody typed goes through here and cannot break the file.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML text being written.
pub struct Xml {
    out: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

/// Attributes: name and value.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// Begins a part of the file with its outermost element.
    pub fn part(root: &'static str, attributes: Attributes<'_>) -> Self {
        let mut xml = Self { out: Writer::new(Vec::with_capacity(1 << 16)), open: Vec::new() };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml.open(root, attributes);
        xml
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.event(Event::Start(start(name, attributes)));
        self.open.push(name);
        self
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.event(Event::End(BytesEnd::new(name)));
        }
        self
    }

    /// An element without contents.
    pub fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.event(Event::Empty(start(name, attributes)));
        self
    }

    /// An element whose one attribute is `w:val`.
    pub fn val(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.empty(name, &[("w:val", value)])
    }

    /// An element that holds a text.
    pub fn holding(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) -> &mut Self {
        self.open(name, attributes);
        self.event(Event::Text(BytesText::new(&allowed(text))));
        self.close()
    }

    /// The part, everything closed.
    pub fn end(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.into_inner()
    }

    /// # Panics
    /// Never: it writes to memory.
    fn event(&mut self, event: Event<'_>) {
        self.out.write_event(event).expect("memory takes what is written");
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, allowed(value).as_str()));
    }
    start
}

/// Only characters that XML 1.0 has. The rest cannot be written there at all, not even by number.
fn allowed(text: &str) -> String {
    let is_allowed =
        |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(is_allowed).collect()
}
