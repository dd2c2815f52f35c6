//! The readiness report: snapshot and options in, PDF or DOCX bytes out; and the way back for verification.
//!
//! A pure function: no clock, no ids, no I/O. The same input gives the same bytes, in one process and across processes.
//!
//! | module | does |
//! |---|---|
//! | [`model`] | input → every figure the report prints, computed by the rules of `domain` |
//! | [`text`] | cleaning, faces, line breaking for Chinese and Latin |
//! | [`layout`] | model → display list; names no PDF type |
//! | [`render`] | display list → PDF; the only module that names printpdf and lopdf, with [`verify`] |
//! | [`word`] | the same sections → DOCX, for people who go on editing |
//! | [`words`] | every printed word in both languages |
//! | [`verify`] | a PDF → its attached data, whether the roots fit, and whether its pages are what is made of the data |

mod error;
pub mod layout;
mod logo;
mod look;
pub mod model;
mod options;
mod recipe;
pub mod render;
pub mod text;
mod verify;
pub mod word;
pub mod words;

pub use error::Error;
pub use layout::form::Form;
pub use look::pdf_flaw;
pub use options::{Layout, Options, Progress, SectionId, Stage, WordKind};
pub use verify::{Criteria, Difference, Pages, Verified, verify};

use chrono::{DateTime, FixedOffset};
use domain::pack::Item;
use domain::snapshot::sha256_hex;
use domain::{CriteriaPack, Date, FileState, Id, Lang, ReportRecord, Roots, Sealed, SignOff, Snapshot};
use layout::display::Picture;
use recipe::{PROGRAM, Recipe};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Everything a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The criteria the round was done with.
    pub pack: &'a CriteriaPack,
    /// The round, normalised.
    pub snapshot: &'a Snapshot,
    /// The criteria of the round before, if they were others: what changed is listed in the annex.
    pub last_pack: Option<&'a CriteriaPack>,
    /// Items that something is recorded on and that the criteria no longer hold, as they were: told in the annex.
    pub archived: &'a [Item],
    /// Signatures of the round, withdrawn ones included.
    pub sign_offs: &'a [SignOff],
    /// What the disk says about evidence files; evidence that is not in it is printed as not checked.
    pub files: &'a BTreeMap<Id, FileState>,
    /// The day that decides what is overdue or expired.
    pub today: Date,
    /// Printed as the time of the report; also decides the time zone of every printed time.
    pub generated_at: DateTime<FixedOffset>,
    /// Number of this report, e.g. `R-03`.
    pub number: &'a str,
    /// Earlier reports of the round: the version history on the control page.
    pub history: &'a [ReportRecord],
    /// Who gets a copy.
    pub distribution: &'a [String],
    /// Roots of the same content in other formats that signatures name.
    pub roots: &'a Roots,
    /// Texts of criteria that not every copy of this program has: attached, so that the report can be made again.
    pub texts: &'a [String],
}

/// A finished report.
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: u32,
    /// Root of the snapshot, printed in every footer: 64 hex digits.
    pub root: String,
    /// Characters that no embedded face has; they are drawn as 〓 and stay searchable.
    pub missing: BTreeSet<char>,
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The bytes would fill a terminal and say nothing.
        f.debug_struct("Report")
            .field("bytes", &self.pdf.len())
            .field("pages", &self.pages)
            .field("root", &self.root)
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

/// Makes the report. `sealed` is `input.snapshot`, sealed by who has it: its root is printed and its bytes are attached as they are.
///
/// # Errors
/// When the logo is refused, when the snapshot belongs to other criteria, when `on` asks to stop, or when a font or
/// the PDF cannot be written.
pub fn render(
    input: &Input<'_>,
    sealed: Sealed,
    options: &Options,
    on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Report, Error> {
    let logo = options.logo.as_deref().map(logo::read).transpose()?;
    let mut pdf = Vec::new();
    let drawn = draw(input, sealed, options, logo.as_ref(), PROGRAM, &mut pdf, on)?;
    pdf.shrink_to_fit();
    Ok(Report { pdf, pages: drawn.pages, root: drawn.root, missing: drawn.missing })
}

/// [`Report`] without the file.
struct Drawn {
    pages: u32,
    root: String,
    missing: BTreeSet<char>,
}

/// [`render`] with the logo already read, in the name of a version of this program.
fn draw(
    input: &Input<'_>,
    sealed: Sealed,
    options: &Options,
    logo: Option<&Picture>,
    program: &str,
    out: &mut dyn render::Out,
    on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Drawn, Error> {
    let root = sealed.root().to_owned();
    let recipe = Recipe::new(input, options, logo, &root, program).json()?;
    let recipe_sha256 = sha256_hex(&recipe);
    let model = model::Model::new(input, &root, &recipe_sha256)?;
    let (attachments, document) = std::thread::scope(|scope| {
        // Pressed beside, and gone before the pages are.
        let attachments = scope.spawn(|| render::attachments(sealed, recipe, input.texts));
        let document = layout::report(&model, options, logo, on);
        (attachments.join().unwrap_or_else(|_| Err(Error::Pdf("nothing was attached".to_owned()))), document)
    });
    let (attachments, document) = (attachments?, document?);
    // Its tables of what belongs together are of no use to who draws.
    drop(model);
    let meta = render::Meta {
        lang: options.lang,
        organization: text::clean(&input.snapshot.assessment.organization),
        subject: format!("{} · {}", input.pack.pack.standard, input.number),
        generated_at: input.generated_at,
        program: program.to_owned(),
        root: root.clone(),
        recipe: recipe_sha256.clone(),
        number: input.number.to_owned(),
    };
    let pages = u32::try_from(document.pages.len()).unwrap_or(u32::MAX);
    let missing = render::pdf(document, &meta, attachments, out, on)?;
    Ok(Drawn { pages, root, missing })
}

/// Whether the report is a draft: because it was asked for as one, or because items are still open. What is not done is never
/// called final, whoever exports it.
#[must_use]
pub fn is_draft(pack: &CriteriaPack, snapshot: &Snapshot, options: &Options) -> bool {
    let is_open = |code: &str| snapshot.verdict(code).is_none() || snapshot.awaits_confirmation(code);
    options.draft || pack.items.iter().any(|item| is_open(&item.code))
}

/// A plain Chinese document: a title and paragraphs. The sample assessment's evidence files are made with it.
///
/// # Errors
/// When a font or the PDF cannot be written.
pub fn text_document(title: &str, paragraphs: &[String]) -> Result<Vec<u8>, Error> {
    let content = format!("{title}\n{}", paragraphs.join("\n"));
    plain_document(layout::text_document(title, paragraphs)?, Lang::Zh, DateTime::UNIX_EPOCH.fixed_offset(), &content)
}

/// The audit form for use on paper, made at a time.
///
/// # Errors
/// When a font or the PDF cannot be written.
pub fn audit_form(pack: &CriteriaPack, form: &Form<'_>, made_at: DateTime<FixedOffset>) -> Result<Vec<u8>, Error> {
    plain_document(layout::form::audit_form(pack, form)?, form.lang, made_at, &format!("{}\n{form:?}", pack.sha256))
}

/// A document that is no report: it has no number and nothing is attached to it. Its identity follows from its content.
fn plain_document(
    document: layout::display::Document,
    lang: Lang,
    made_at: DateTime<FixedOffset>,
    content: &str,
) -> Result<Vec<u8>, Error> {
    let meta = render::Meta {
        lang,
        organization: String::new(),
        subject: String::new(),
        generated_at: made_at,
        program: PROGRAM.to_owned(),
        root: sha256_hex(content.as_bytes()),
        recipe: String::new(),
        number: String::new(),
    };
    let mut pdf = Vec::new();
    render::pdf(document, &meta, Vec::new(), &mut pdf, &mut |_| ControlFlow::Continue(()))?;
    Ok(pdf)
}
