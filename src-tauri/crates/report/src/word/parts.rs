//! Head, foot, settings, properties, and the package that holds all parts. Nothing in it says when or where it was made but the day
//! that was handed in, so the same document is the same file.

use super::About;
use super::drawing::Pictures;
use super::styles::{self, MAIN, SPACES};
use super::xml::Xml;
use crate::Error;
use crate::words::W;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

impl About<'_> {
    /// A word in the language of the document.
    pub(super) const fn say(&self, word: W) -> &'static str {
        word.say(self.lang)
    }
}

/// Puts the file together.
///
/// # Errors
/// Never in practice: memory takes what is written.
pub fn package(about: &About<'_>, body: Vec<u8>, pictures: &Pictures) -> Result<Vec<u8>, Error> {
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types()),
        ("_rels/.rels".to_owned(), relations(&ROOT.map(|(id, kind, to)| (id.to_owned(), kind, to.to_owned())))),
        ("docProps/core.xml".to_owned(), core(about)),
        ("docProps/app.xml".to_owned(), app()),
        ("word/document.xml".to_owned(), body),
        ("word/_rels/document.xml.rels".to_owned(), relations(&document(pictures.files.len()))),
        ("word/styles.xml".to_owned(), styles::styles(about)),
        ("word/numbering.xml".to_owned(), styles::numbering()),
        ("word/settings.xml".to_owned(), settings(about)),
        ("word/fontTable.xml".to_owned(), styles::fonts()),
        ("word/header1.xml".to_owned(), header(about)),
        ("word/footer1.xml".to_owned(), footer(about)),
    ];
    parts.extend(pictures.files.iter().enumerate().map(|(i, png)| (picture(i), png.clone())));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let failed = |why: &dyn std::fmt::Display| Error::Word(why.to_string());
    for (name, bytes) in parts {
        zip.start_file(name, options).map_err(|e| failed(&e))?;
        zip.write_all(&bytes).map_err(|e| failed(&e))?;
    }
    Ok(zip.finish().map_err(|e| failed(&e))?.into_inner())
}

fn picture(index: usize) -> String {
    format!("word/media/image{}.png", index + 1)
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// What the package points to: id, kind, part.
const ROOT: [(&str, &str, &str); 3] = [
    ("rId1", "officeDocument", "word/document.xml"),
    ("rId2", "core-properties", "docProps/core.xml"),
    ("rId3", "extended-properties", "docProps/app.xml"),
];

/// What the document points to.
fn document(pictures: usize) -> Vec<(String, &'static str, String)> {
    let fixed = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        ("rIdHeader", "header", "header1.xml"),
        ("rIdFooter", "footer", "footer1.xml"),
    ];
    let fixed = fixed.map(|(id, kind, to)| (id.to_owned(), kind, to.to_owned())).into_iter();
    fixed.chain((1..=pictures).map(|i| (format!("rIdImage{i}"), "image", format!("media/image{i}.png")))).collect()
}

fn relations(list: &[(String, &str, String)]) -> Vec<u8> {
    let mut xml = Xml::part("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))]);
    for (id, kind, to) in list {
        let kind = match *kind {
            "core-properties" => format!("{PACKAGE}/relationships/metadata/core-properties"),
            kind => format!("{OFFICE}/{kind}"),
        };
        xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", to)]);
    }
    xml.end()
}

fn content_types() -> Vec<u8> {
    let mut xml = Xml::part("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))]);
    let rels = "application/vnd.openxmlformats-package.relationships+xml";
    for (extension, kind) in [("rels", rels), ("xml", "application/xml"), ("png", "image/png")] {
        xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
    }
    let word = |kind: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("header1", "header"),
        ("footer1", "footer"),
    ];
    for (part, kind) in parts {
        xml.empty("Override", &[("PartName", &format!("/word/{part}.xml")), ("ContentType", &word(kind))]);
    }
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    let app = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    for (part, kind) in [("core", core), ("app", app)] {
        xml.empty("Override", &[("PartName", &format!("/docProps/{part}.xml")), ("ContentType", kind)]);
    }
    xml.end()
}

fn core(about: &About<'_>) -> Vec<u8> {
    let mut xml = Xml::part(
        "cp:coreProperties",
        &[
            ("xmlns:cp", &format!("{PACKAGE}/metadata/core-properties")),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let title = format!("{} · {}", about.organization, about.title).replace('\n', " ");
    let day = format!("{}T00:00:00Z", about.today.format("%Y-%m-%d"));
    let when = [("xsi:type", "dcterms:W3CDTF")];
    xml.holding("dc:title", &[], &title).holding("dc:subject", &[], about.standard);
    xml.holding("dc:creator", &[], &about.author).holding("cp:keywords", &[], about.root);
    xml.holding("cp:lastModifiedBy", &[], &about.author);
    xml.holding("dcterms:created", &when, &day).holding("dcterms:modified", &when, &day);
    xml.holding("dc:language", &[], about.lang.pick("zh-CN", "en"));
    xml.end()
}

fn app() -> Vec<u8> {
    let name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    let mut xml = Xml::part("Properties", &[("xmlns", name)]);
    xml.holding("Application", &[], "Beishen");
    xml.end()
}

fn settings(about: &About<'_>) -> Vec<u8> {
    let mut xml = Xml::part("w:settings", &[("xmlns:w", MAIN)]);
    xml.empty("w:zoom", &[("w:percent", "100")]).val("w:defaultTabStop", "420");
    xml.val("w:characterSpacingControl", "compressPunctuation").open("w:compat", &[]);
    // Without it Word opens the file in the mode of 2007.
    let mode = "http://schemas.microsoft.com/office/word";
    xml.empty("w:compatSetting", &[("w:name", "compatibilityMode"), ("w:uri", mode), ("w:val", "15")]).close();
    xml.empty("w:themeFontLang", &[("w:val", about.lang.pick("en-US", "en-GB")), ("w:eastAsia", "zh-CN")]);
    xml.end()
}

/// Whose it is and what; on the right how it is to be treated.
fn header(about: &About<'_>) -> Vec<u8> {
    let left = format!("{} · {}", about.organization, about.title);
    let draft = if about.draft { about.say(W::WaterDraft) } else { "" };
    let right: Vec<_> = [draft, &about.confidentiality].into_iter().filter(|text| !text.trim().is_empty()).collect();
    let mut xml = Xml::part("w:hdr", SPACES);
    open_line(&mut xml, "Header", "w:bottom");
    text(&mut xml, &left);
    xml.open("w:r", &[]).empty("w:tab", &[]).close();
    text(&mut xml, &right.join(" · "));
    xml.end()
}

/// What is said of the document, and the page.
fn footer(about: &About<'_>) -> Vec<u8> {
    let mut xml = Xml::part("w:ftr", SPACES);
    open_line(&mut xml, "Footer", "w:top");
    text(&mut xml, &about.foot);
    xml.open("w:r", &[]).empty("w:tab", &[]).close();
    for (i, piece) in about.say(W::PageOf).split("{}").enumerate() {
        match i {
            0 => {}
            1 => field(&mut xml, "PAGE"),
            _ => field(&mut xml, "NUMPAGES"),
        }
        text(&mut xml, piece);
    }
    xml.end()
}

fn field(xml: &mut Xml, instruction: &str) {
    xml.open("w:fldSimple", &[("w:instr", instruction)]);
    text(xml, "1");
    xml.close();
}

/// Opens a paragraph with a hairline on the side of the text.
fn open_line(xml: &mut Xml, style: &str, side: &'static str) {
    xml.open("w:p", &[]).open("w:pPr", &[]).val("w:pStyle", style).open("w:pBdr", &[]);
    xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "4"), ("w:color", "CFD8DB")]).close().close();
}

fn text(xml: &mut Xml, text: &str) {
    if !text.is_empty() {
        let line = text.replace('\n', " ");
        xml.open("w:r", &[]).holding("w:t", &[("xml:space", "preserve")], &line).close();
    }
}
