//! What the styles look like: real headings that Word lists in its navigation, Chinese faces by name.

use super::About;
use super::xml::{Attributes, Xml};
use crate::layout::theme::{ACCENT, INK, SOFT};
use crate::text::Rgb;

/// Namespaces of the parts with text.
pub const SPACES: Attributes<'static> = &[
    ("xmlns:w", MAIN),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", PICTURE),
];
/// Namespace of the text itself.
pub const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Namespace of pictures.
pub const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// Size of body text in half points: 五号.
pub const BODY: u32 = 21;
/// Size of text in tables.
pub const CELL: u32 = 17;
/// Size of column heads.
pub const HEAD: u32 = 17;

/// A size of the PDF in half points. On the screen of a word processor text is read and written: a tenth larger than in print, in
/// tables as much as their columns bear.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of type")]
pub fn half_points(size: f32) -> u32 {
    let scale = if size >= BODY_IN_PRINT { 2.2 } else { 2.08 };
    (size * scale).round() as u32
}

/// From this size in points on it is no table's text.
const BODY_IN_PRINT: f32 = 9.5;

/// Style of a heading of the contents; of any other level, of one that is not among them.
pub const fn heading(level: u8) -> &'static str {
    match level {
        0 => "Title",
        1 => "Heading1",
        2 => "Heading2",
        3 => "Heading3",
        _ => "Minor",
    }
}

/// 宋体 for text.
const SONG: &str = "宋体";
/// 黑体 for headings.
const HEI: &str = "黑体";
/// 仿宋 for head and foot.
const FANG: &str = "仿宋";

/// A style of paragraphs.
struct Paragraphs<'a> {
    id: &'a str,
    /// Built-in names are English everywhere; each program shows its own.
    name: &'a str,
    face: Option<&'a str>,
    /// In half points.
    size: u32,
    bold: bool,
    color: Rgb,
    /// Above and below, in twentieths of a point.
    space: [&'a str; 2],
    /// 0 = top of the outline.
    outline: Option<&'a str>,
    /// Level in the list of numbers.
    number: Option<&'a str>,
    next: &'a str,
    quick: bool,
}

const PLAIN: Paragraphs<'static> = Paragraphs {
    id: "",
    name: "",
    face: None,
    size: BODY,
    bold: false,
    color: INK,
    space: ["0", "0"],
    outline: None,
    number: None,
    next: "",
    quick: false,
};

/// The part `word/styles.xml`.
pub fn styles(about: &About<'_>) -> Vec<u8> {
    let mut xml = Xml::part("w:styles", &[("xmlns:w", MAIN)]);
    let latin = about.lang.pick("Times New Roman", "Arial");
    // What is not said here every program fills in with fonts and a language of its own.
    xml.open("w:docDefaults", &[]).open("w:rPrDefault", &[]).open("w:rPr", &[]);
    xml.empty("w:rFonts", &[("w:ascii", latin), ("w:eastAsia", SONG), ("w:hAnsi", latin), ("w:cs", latin)]);
    xml.val("w:color", &super::body::hex(INK)).val("w:sz", "21").val("w:szCs", "21");
    xml.empty("w:lang", &[("w:val", about.lang.pick("en-US", "en-GB")), ("w:eastAsia", "zh-CN"), ("w:bidi", "ar-SA")]);
    xml.close().close().open("w:pPrDefault", &[]).close().close();
    // Built-in styles go by their English names in every language: by these Word finds outline and table of contents, and it
    // translates them itself. Only those that are ours are named in the reader's.
    let name = |zh, en| about.lang.pick(zh, en);
    // Who presses Enter behind a heading goes on in plain text.
    let head = Paragraphs { face: Some(HEI), bold: true, next: "Normal", quick: true, ..PLAIN };
    let all = [
        Paragraphs { id: "Normal", name: "Normal", space: ["40", "60"], quick: true, ..PLAIN },
        Paragraphs { id: "Title", name: "Title", size: 52, space: ["120", "120"], ..head },
        Paragraphs {
            id: "Heading1",
            name: "heading 1",
            size: 34,
            space: ["120", "200"],
            outline: Some("0"),
            number: Some("0"),
            ..head
        },
        Paragraphs {
            id: "Heading2",
            name: "heading 2",
            size: 26,
            color: ACCENT,
            space: ["280", "120"],
            outline: Some("1"),
            number: Some("1"),
            ..head
        },
        Paragraphs { id: "Heading3", name: "heading 3", size: 22, space: ["200", "80"], outline: Some("2"), ..head },
        Paragraphs {
            id: "Minor",
            name: name("小标题", "Minor heading"),
            size: 24,
            color: ACCENT,
            space: ["240", "100"],
            ..head
        },
        Paragraphs {
            id: "TableText",
            name: name("表格文字", "Table text"),
            size: CELL,
            space: ["30", "30"],
            quick: true,
            ..PLAIN
        },
        Paragraphs {
            id: "TableHead",
            name: name("表头", "Table head"),
            face: Some(HEI),
            size: HEAD,
            bold: true,
            color: ACCENT,
            space: ["40", "40"],
            quick: true,
            ..PLAIN
        },
        Paragraphs { id: "Picture", name: name("插图", "Picture"), space: ["80", "80"], ..PLAIN },
        Paragraphs { id: "Gap", name: name("间隔", "Gap"), size: 8, ..PLAIN },
        Paragraphs { id: "TOCHeading", name: "TOC Heading", size: 34, space: ["120", "200"], ..head },
        Paragraphs { id: "TOC1", name: "toc 1", bold: true, space: ["120", "40"], ..PLAIN },
        Paragraphs { id: "TOC2", name: "toc 2", size: 20, space: ["20", "20"], ..PLAIN },
        Paragraphs { id: "Header", name: "header", face: Some(FANG), size: 16, color: SOFT, ..PLAIN },
        Paragraphs { id: "Footer", name: "footer", face: Some(FANG), size: 16, color: SOFT, ..PLAIN },
    ];
    for style in &all {
        paragraphs(&mut xml, style);
    }
    table(&mut xml);
    xml.end()
}

fn paragraphs(xml: &mut Xml, style: &Paragraphs<'_>) {
    let is_default = style.id == "Normal";
    let kind = [("w:type", "paragraph"), ("w:styleId", style.id), ("w:default", "1")];
    xml.open("w:style", &kind[..if is_default { 3 } else { 2 }]).val("w:name", style.name);
    if !is_default {
        xml.val("w:basedOn", "Normal");
    }
    if !style.next.is_empty() {
        xml.val("w:next", style.next);
    }
    if style.quick {
        xml.empty("w:qFormat", &[]);
    }
    xml.open("w:pPr", &[]);
    // The parts stand in the order of the schema; Word calls a file damaged that has them in another.
    if style.outline.is_some() {
        xml.empty("w:keepNext", &[]).empty("w:keepLines", &[]);
    }
    if let Some(level) = style.number {
        xml.open("w:numPr", &[]).val("w:ilvl", level).val("w:numId", "1").close();
    }
    match style.id {
        "TOC1" | "TOC2" | "Header" | "Footer" => {
            let leader = if style.id.starts_with("TOC") { "dot" } else { "none" };
            xml.open("w:tabs", &[]);
            xml.empty("w:tab", &[("w:val", "right"), ("w:leader", leader), ("w:pos", RIGHT)]).close();
        }
        _ => {}
    }
    let [before, after] = style.space;
    match style.id {
        "Gap" => {
            xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "0"), ("w:line", "120"), ("w:lineRule", "exact")])
        }
        "Normal" => xml
            .empty("w:spacing", &[("w:before", before), ("w:after", after), ("w:line", "300"), ("w:lineRule", "auto")]),
        _ => xml
            .empty("w:spacing", &[("w:before", before), ("w:after", after), ("w:line", "252"), ("w:lineRule", "auto")]),
    };
    if style.id == "TOC2" {
        xml.empty("w:ind", &[("w:left", "420")]);
    }
    if let Some(level) = style.outline {
        xml.val("w:outlineLvl", level);
    }
    xml.close().open("w:rPr", &[]);
    if let Some(face) = style.face {
        xml.empty("w:rFonts", &[("w:ascii", "Arial"), ("w:eastAsia", face), ("w:hAnsi", "Arial"), ("w:cs", "Arial")]);
    }
    if style.bold {
        xml.empty("w:b", &[]).empty("w:bCs", &[]);
    }
    if style.color != INK {
        xml.val("w:color", &super::body::hex(style.color));
    }
    if style.size != BODY {
        xml.val("w:sz", &style.size.to_string()).val("w:szCs", &style.size.to_string());
    }
    xml.close().close();
}

/// Right edge of the text in twentieths of a point, where page numbers stand.
const RIGHT: &str = "9866";

/// The style every table has unless it says otherwise: a little air in the cells.
fn table(xml: &mut Xml) {
    xml.open("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")]);
    xml.val("w:name", "Normal Table").open("w:tblPr", &[]).empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
    xml.open("w:tblCellMar", &[]);
    for (side, width) in [("w:top", "30"), ("w:left", "90"), ("w:bottom", "30"), ("w:right", "90")] {
        xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
    }
    xml.close().close().close();
}

/// The part `word/numbering.xml`: headings count themselves, `1`, `1.1`.
pub fn numbering() -> Vec<u8> {
    let mut xml = Xml::part("w:numbering", &[("xmlns:w", MAIN)]);
    xml.open("w:abstractNum", &[("w:abstractNumId", "0")]).val("w:multiLevelType", "multilevel");
    for (level, style, text) in [("0", "Heading1", "%1"), ("1", "Heading2", "%1.%2")] {
        xml.open("w:lvl", &[("w:ilvl", level)]).val("w:start", "1").val("w:numFmt", "decimal").val("w:pStyle", style);
        xml.val("w:suff", "space").val("w:lvlText", text).val("w:lvlJc", "left");
        xml.open("w:pPr", &[]).empty("w:ind", &[("w:left", "0"), ("w:firstLine", "0")]).close().close();
    }
    xml.close().open("w:num", &[("w:numId", "1")]).val("w:abstractNumId", "0");
    xml.end()
}

/// The part `word/fontTable.xml`: what stands in for a face where it is missing.
pub fn fonts() -> Vec<u8> {
    let mut xml = Xml::part("w:fonts", &[("xmlns:w", MAIN)]);
    let chinese = [
        (SONG, "SimSun", "02010600030101010101", "roman"),
        (HEI, "SimHei", "02010609060101010101", "modern"),
        (FANG, "FangSong", "02010609060101010101", "modern"),
    ];
    for (name, other, panose, family) in chinese {
        xml.open("w:font", &[("w:name", name)]).val("w:altName", other).val("w:panose1", panose);
        xml.val("w:charset", "86").val("w:family", family).val("w:pitch", "variable").close();
    }
    let latin = [("Arial", "020B0604020202020204", "swiss"), ("Times New Roman", "02020603050405020304", "roman")];
    for (name, panose, family) in latin {
        xml.open("w:font", &[("w:name", name)]).val("w:panose1", panose);
        xml.val("w:charset", "00").val("w:family", family).val("w:pitch", "variable").close();
    }
    xml.end()
}
