//! Identity of the file: document information and the same as XMP, which PDF/A compares.

use chrono::{DateTime, FixedOffset};
use domain::Lang;
use lopdf::{Dictionary, Object, StringFormat};

/// Name of the entry that carries the root, in the document information.
pub const ROOT_KEY: &str = "BeishenRoot";
/// Name of the entry that carries the SHA-256 of the attached recipe.
pub const RECIPE_KEY: &str = "BeishenRecipe";
const CREATOR: &str = "Beishen 备审";

/// What the file says about itself.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Language of the text.
    pub lang: Lang,
    /// Printed as the author.
    pub organization: String,
    /// Standard and report number.
    pub subject: String,
    /// Creation date.
    pub generated_at: DateTime<FixedOffset>,
    /// Version of the program.
    pub program: String,
    /// Root of the snapshot; for plain documents any hash of the contents.
    pub root: String,
    /// SHA-256 of the recipe; empty for plain documents.
    pub recipe: String,
    /// Report number; empty for plain documents.
    pub number: String,
}

impl Meta {
    /// Language tag.
    #[must_use]
    pub const fn language(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// `D:20261122120000+08'00'`.
    #[must_use]
    pub fn pdf_date(&self) -> String {
        let zone = self.generated_at.format("%z").to_string();
        format!("D:{}{}'{}'", self.generated_at.format("%Y%m%d%H%M%S"), &zone[..3], &zone[3..])
    }

    fn producer(&self) -> String {
        format!("Beishen report {} with printpdf and lopdf", self.program)
    }

    /// The document information dictionary.
    #[must_use]
    pub fn info(&self, title: &str) -> Dictionary {
        let mut info = Dictionary::new();
        info.set("Title", text(title));
        if !self.organization.is_empty() {
            info.set("Author", text(&self.organization));
        }
        if !self.subject.is_empty() {
            info.set("Subject", text(&self.subject));
        }
        info.set("Creator", text(CREATOR));
        info.set("Producer", text(&self.producer()));
        info.set("CreationDate", text(&self.pdf_date()));
        info.set("ModDate", text(&self.pdf_date()));
        if !self.recipe.is_empty() {
            info.set(ROOT_KEY, text(&self.root));
            info.set(RECIPE_KEY, text(&self.recipe));
        }
        info
    }

    /// The XMP packet.
    #[must_use]
    pub fn xmp(&self, title: &str) -> String {
        let date = self.generated_at.format("%Y-%m-%dT%H:%M:%S%:z").to_string();
        let (title, author, subject) = (escape(title), escape(&self.organization), escape(&self.subject));
        let lang = self.language();
        let mut out = String::from("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        out.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
        out.push_str(concat!(
            "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
            " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"",
            " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"",
            " xmlns:beishen=\"https://beishen.invalid/ns/report/1/\">\n"
        ));
        out.push_str(&format!("<dc:format>application/pdf</dc:format>\n<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>\n"));
        out.push_str(&format!(
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n"
        ));
        if !author.is_empty() {
            out.push_str(&format!("<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"));
        }
        if !subject.is_empty() {
            out.push_str(&format!(
                "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt></dc:description>\n"
            ));
        }
        out.push_str(&format!(
            "<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>\n<xmp:CreateDate>{date}</xmp:CreateDate>\n"
        ));
        out.push_str(&format!(
            "<xmp:ModifyDate>{date}</xmp:ModifyDate>\n<xmp:MetadataDate>{date}</xmp:MetadataDate>\n"
        ));
        out.push_str(&format!("<pdf:Producer>{}</pdf:Producer>\n", escape(&self.producer())));
        out.push_str("<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n<pdfuaid:part>1</pdfuaid:part>\n");
        if !self.recipe.is_empty() {
            out.push_str(&format!("<beishen:root>{}</beishen:root>\n", self.root));
            out.push_str(&format!("<beishen:recipe>{}</beishen:recipe>\n", self.recipe));
            out.push_str(&format!("<beishen:number>{}</beishen:number>\n", escape(&self.number)));
        }
        out.push_str("</rdf:Description>\n");
        out.push_str(SCHEMAS);
        out.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
        out
    }
}

/// PDF/A allows properties outside its own list only when the packet describes their schema.
const SCHEMAS: &str = concat!(
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"",
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n",
    "<pdfaExtension:schemas><rdf:Bag>\n",
    "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>\n",
    "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>Beishen report</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>https://beishen.invalid/ns/report/1/</pdfaSchema:namespaceURI><pdfaSchema:prefix>beishen</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>root</pdfaProperty:name>",
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>SHA-256 of the attached assessment.json</pdfaProperty:description></rdf:li>",
    "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>recipe</pdfaProperty:name>",
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>SHA-256 of the attached report.json</pdfaProperty:description></rdf:li>",
    "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>number</pdfaProperty:name>",
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Number of the report</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>\n",
    "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n"
);

/// A text string: plain ASCII as it is, anything else as UTF-16.
#[must_use]
pub fn text(text: &str) -> Object {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', " ")
}
