//! Sections → DOCX: documents that people go on editing in Word and WPS. The same sections as in the PDF say what stands in them
//! ([`Flow::told`]), so figures and words cannot differ.
//!
//! The parts of the file are written as XML directly. Of the libraries for it, docx-rs cannot repeat the head of a table, name a
//! language or a fallback font, describe a picture or compress, and the typed ones bring all of Office along.
//!
//! | module | does |
//! |---|---|
//! | [`body`] | blocks → the document's text |
//! | [`styles`] | styles, numbering, fonts |
//! | [`requests`] | the request list, which no report has |
//! | [`parts`] | head and foot, properties; the package |
//! | [`tables`] | tables in it |
//! | [`drawing`] | figures → pictures |
//! | [`xml`] | elements, attributes, text that cannot break them |

mod body;
mod drawing;
mod parts;
mod requests;
mod styles;
mod tables;
mod xml;

pub use requests::{Asked, request_list};

use crate::layout::block::Block;
use crate::layout::build::Cx;
use crate::layout::flow::Flow;
use crate::layout::sections::{self, editable, rectification};
use crate::model::Model;
use crate::text::clean;
use crate::words::W;
use crate::{Error, Input, Layout, Options, Progress, SectionId, WordKind, logo};
use domain::{Lang, Sealed};
use std::ops::ControlFlow;

/// What a document is to be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Which.
    pub kind: WordKind,
    /// Language of every word that is not the user's own.
    pub lang: Lang,
    /// PNG, JPEG or SVG, above the title.
    pub logo: Option<&'a [u8]>,
    /// Says that it is a draft. A round with open items says so in any case.
    pub draft: bool,
    /// Who made it, as in the file's properties.
    pub author: &'a str,
}

/// What is said about the document, on its pages and in its properties.
struct About<'a> {
    lang: Lang,
    title: String,
    organization: String,
    standard: &'a str,
    confidentiality: String,
    draft: bool,
    author: String,
    /// What the foot of each page says.
    foot: String,
    root: &'a str,
    today: domain::Date,
}

/// Makes the document. `sealed` is `input.snapshot`, sealed by who has it. `input.number` is the number of the PDF report with this root, or empty; the time of day in `input` is
/// printed nowhere.
///
/// # Errors
/// When the logo is refused, when the snapshot belongs to other criteria, or when `on` asks to stop.
pub fn document(
    input: &Input<'_>,
    sealed: &Sealed,
    wanted: &Wanted<'_>,
    on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Vec<u8>, Error> {
    let logo = wanted.logo.map(logo::read).transpose()?;
    let model = Model::new(input, sealed.root(), "")?;
    let options = Options { layout: Layout::Gap, lang: wanted.lang, logo: None, draft: wanted.draft, sections: None };
    let mut cx = Cx::new(&model, &options);
    let title = match wanted.kind {
        WordKind::Findings => cx.w(W::KindFindings),
        WordKind::Rectification => cx.w(W::KindRectification),
        WordKind::Gap => cx.w(W::KindGap),
    };
    match wanted.kind {
        WordKind::Findings => cx.sections = vec![SectionId::Findings],
        WordKind::Rectification => cx.sections = rectification::PARTS.to_vec(),
        WordKind::Gap => {}
    }
    let blocks = blocks(&cx, wanted.kind, title, on)?;
    let assessment = &input.snapshot.assessment;
    let about = About {
        lang: wanted.lang,
        title: title.to_owned(),
        organization: clean(&assessment.organization),
        standard: &input.pack.pack.standard,
        confidentiality: clean(&assessment.confidentiality),
        draft: cx.is_draft(),
        author: clean(wanted.author),
        foot: foot(wanted.lang, input.number, sealed.root()),
        root: sealed.root(),
        today: input.today,
    };
    let mut pictures = drawing::Pictures::default();
    let logo = logo.map(|picture| pictures.logo(&picture, &cx.f(W::LogoOf, &[&assessment.organization])));
    let body = body::write(&blocks, &about, logo.as_ref(), &mut pictures);
    parts::package(&about, body, &pictures)
}

/// That it can be edited, the PDF with the same contents if there is one, and what it was made from.
fn foot(lang: Lang, number: &str, root: &str) -> String {
    let short = root.get(..16).unwrap_or(root);
    let from = if number.is_empty() { String::new() } else { format!("PDF {number} · ") };
    format!("{} · {from}{} {short}…", W::EditableFoot.say(lang), W::FootRoot.say(lang))
}

/// What stands in it.
fn blocks(
    cx: &Cx<'_>,
    kind: WordKind,
    title: &str,
    on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Vec<Block>, Error> {
    let mut flow = Flow::reporting(on);
    flow.expect_steps(u32::try_from(cx.sections.len() + 1).unwrap_or(u32::MAX));
    editable::lay(cx, &mut flow, title);
    flow.step();
    match kind {
        WordKind::Rectification => rectification::lay(cx, &mut flow),
        WordKind::Findings => sections::lay(SectionId::Findings, cx, &mut flow),
        WordKind::Gap => {
            flow.fresh_page();
            flow.tell(Block::Contents);
            for section in &cx.sections {
                sections::lay(*section, cx, &mut flow);
                flow.step();
            }
        }
    }
    if flow.cancelled {
        return Err(Error::Cancelled);
    }
    Ok(flow.into_blocks())
}
