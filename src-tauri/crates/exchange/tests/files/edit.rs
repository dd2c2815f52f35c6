//! Cells of a workbook replaced as XML, the way other programs write them.

use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The file with cells replaced: sheet by its number, address, the cell as XML without its address; empty = the cell is gone.
pub fn edited(bytes: &[u8], edits: &[(usize, &str, &str)]) -> Vec<u8> {
    rewritten(bytes, |name, content| {
        for (sheet, cell, xml) in edits.iter().filter(|(n, ..)| name == format!("xl/worksheets/sheet{n}.xml")) {
            let at = content.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {cell} on sheet {sheet}"));
            let rest = &content[at..];
            let tag = rest.find('>').unwrap() + 1;
            let end = if rest[..tag].ends_with("/>") { tag } else { rest.find("</c>").unwrap() + 4 };
            let new = if xml.is_empty() { String::new() } else { format!("<c r=\"{cell}\" {xml}") };
            content.replace_range(at..at + end, &new);
        }
    })
}

/// The file with the text of its parts changed.
pub fn rewritten(bytes: &[u8], mut change: impl FnMut(&str, &mut String)) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        change(&name, &mut content);
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(content.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A cell that holds a text.
pub fn text(text: &str) -> String {
    format!("t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}
