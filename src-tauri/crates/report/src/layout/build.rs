//! What sections are made of: words, dates, spans, paragraphs and cells in the report's language.

use super::table::{Cell, Column, Row};
use super::theme::{ACCENT, ALERT, BODY, CAUTION, CELL, CELL_SOFT, GOOD, SOFT, TITLE, hue, tenths, tinted};
use crate::model::Model;
use crate::text::{Align, Mark, Para, Span, Style, clean};
use crate::words::W;
use crate::{Layout, Options, SectionId};
use domain::pack::Item;
use domain::{Date, Instant, Lang, Term, Verdict, terms};

/// What every section needs.
pub struct Cx<'a> {
    /// Contents.
    pub model: &'a Model<'a>,
    /// Choices.
    pub options: &'a Options,
    /// Sections that are printed, in order.
    pub sections: Vec<SectionId>,
    /// Language.
    pub lang: Lang,
    /// How hard the management layout is squeezed: 0 at first, one more each time it fills more than its six pages.
    pub squeeze: usize,
}

impl<'a> Cx<'a> {
    /// The context of one report.
    #[must_use]
    pub fn new(model: &'a Model<'a>, options: &'a Options) -> Self {
        let mut sections = options.sections();
        if model.input.snapshot.predecessor.is_none() {
            sections.retain(|s| *s != SectionId::FollowUp);
        }
        Self { model, options, sections, lang: options.lang, squeeze: 0 }
    }

    /// Whether this is the management layout.
    #[must_use]
    pub const fn is_brief(&self) -> bool {
        matches!(self.options.layout, Layout::Management)
    }

    /// Whether every page bears the draft mark.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        self.options.draft || !self.model.score.overall.is_complete()
    }

    /// How many rows of a list the management layout prints.
    #[must_use]
    pub fn rows(&self, brief: [usize; 4], full: usize) -> usize {
        if self.is_brief() { brief[self.squeeze.min(3)] } else { full }
    }

    /// A printed word.
    #[must_use]
    pub const fn w(&self, word: W) -> &'static str {
        word.say(self.lang)
    }

    /// What the domain calls a thing.
    #[must_use]
    pub const fn say(&self, term: Term) -> &'static str {
        term.say(self.lang)
    }

    /// A printed sentence with its blanks filled in order.
    #[must_use]
    pub fn f(&self, word: W, blanks: &[&str]) -> String {
        word.fill(self.lang, blanks)
    }

    /// A text of the pack in the report's language; Chinese where there is no English.
    #[must_use]
    pub fn pick<'s>(&self, zh: &'s str, en: &'s str) -> &'s str {
        if self.lang == Lang::En && !en.is_empty() { en } else { zh }
    }

    /// Title of an item.
    #[must_use]
    pub fn title<'s>(&self, item: &'s Item) -> &'s str {
        self.pick(&item.title, &item.title_en)
    }

    /// Kind of report, as on the cover.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        use domain::AssessmentKind::{Gap, SelfAssessment};
        self.w(match (self.options.layout, self.model.input.snapshot.assessment.kind) {
            (Layout::Management, _) => W::KindManagement,
            (Layout::Gap, _) | (_, Gap) => W::KindGap,
            (_, SelfAssessment) => W::KindSelf,
        })
    }

    /// `3 总体结果`.
    #[must_use]
    pub fn section_title(&self, id: SectionId) -> String {
        let word = self.w(crate::words::section_word(id));
        if id == SectionId::Annex {
            return word.to_owned();
        }
        format!("{} {word}", self.number(id))
    }

    /// Whether a section is printed.
    #[must_use]
    pub fn has(&self, id: SectionId) -> bool {
        self.sections.contains(&id)
    }

    /// Number of a section among those printed.
    #[must_use]
    pub fn number(&self, id: SectionId) -> usize {
        self.sections.iter().position(|s| *s == id).map_or(0, |i| i + 1)
    }

    /// `3.2 …`; the annex counts `A.2 …`.
    #[must_use]
    pub fn sub(&self, id: SectionId, part: usize, word: W) -> String {
        self.sub_text(id, part, self.w(word))
    }

    /// `3.2 …` with other words.
    #[must_use]
    pub fn sub_text(&self, id: SectionId, part: usize, text: &str) -> String {
        if id == SectionId::Annex {
            return format!("A.{part} {text}");
        }
        format!("{}.{part} {text}", self.number(id))
    }

    /// `2026-11-22` or a dash.
    #[must_use]
    pub fn date(&self, date: Option<Date>) -> String {
        date.map_or_else(|| "—".to_owned(), |d| d.format("%Y-%m-%d").to_string())
    }

    /// Day of a point in time, in the report's time zone.
    #[must_use]
    pub fn day(&self, at: Option<Instant>) -> String {
        at.map_or_else(String::new, |t| {
            t.with_timezone(self.model.input.generated_at.offset()).format("%Y-%m-%d").to_string()
        })
    }

    /// A point in time to the minute, in the report's time zone, which is named: `2026-07-01 14:03 +08:00`.
    #[must_use]
    pub fn minute(&self, at: Instant) -> String {
        at.with_timezone(self.model.input.generated_at.offset()).format("%Y-%m-%d %H:%M %:z").to_string()
    }

    /// `87.46 %`, or a dash.
    #[must_use]
    pub fn rate(&self, rate: Option<u32>) -> String {
        rate.map_or_else(|| "—".to_owned(), |r| format!("{}%", domain::scoring::percent(r)))
    }

    /// Words joined as the language does.
    #[must_use]
    pub fn join(&self, words: &[String]) -> String {
        words.join(if self.lang == Lang::Zh { "、" } else { ", " })
    }

    /// A verdict as mark and word.
    #[must_use]
    pub fn verdict(&self, verdict: Option<Verdict>, style: Style) -> Vec<Span> {
        let style = tinted(Style { bold: true, ..style }, hue(verdict));
        vec![mark(Mark::Verdict(verdict), style), span(self.say(terms::verdict(verdict)), style)]
    }

    /// `—` or "未填写" in soft type for an empty text, else the text.
    #[must_use]
    pub fn or_blank(&self, text: &str, style: Style) -> Span {
        if text.trim().is_empty() { span(self.w(W::NotFilled), tinted(style, SOFT)) } else { span(text, style) }
    }
}

/// Text in one style; the one place where what people typed is cleaned.
#[must_use]
pub fn span(text: &str, style: Style) -> Span {
    Span { text: clean(text), style, link: None, mark: None }
}

/// Text that leads to a place.
#[must_use]
pub fn link(text: &str, to: &str, style: Style) -> Span {
    Span { text: clean(text), style: tinted(style, ACCENT), link: Some(to.to_owned()), mark: None }
}

/// A drawn sign.
#[must_use]
pub const fn mark(mark: Mark, style: Style) -> Span {
    Span { text: String::new(), style, link: None, mark: Some(mark) }
}

/// A paragraph of spans with a given line distance in multiples of its largest size.
#[must_use]
pub fn para(mut spans: Vec<Span>, leading: f32) -> Para {
    // What looks the same is drawn in one go.
    spans.dedup_by(|next, before| {
        let joins =
            next.style == before.style && [&*next, &*before].iter().all(|s| s.link.is_none() && s.mark.is_none());
        if joins {
            before.text.push_str(&next.text);
        }
        joins
    });
    let size = spans.iter().map(|s| s.style.size).fold(0.0, f32::max);
    let size = if size > 0.0 { size } else { CELL.size };
    Para { spans, leading: tenths(size * leading), gap: 0.0, align: Align::Left, justify: false }
}

/// A body paragraph.
#[must_use]
pub fn body(text: &str) -> Para {
    Para { justify: true, gap: 4.0, ..para(vec![span(text, BODY)], 1.62) }
}

/// A small grey paragraph under a figure or table.
#[must_use]
pub fn remark(text: &str) -> Para {
    Para { gap: 3.0, ..para(vec![span(text, CELL_SOFT)], 1.5) }
}

/// A paragraph of a cell.
#[must_use]
pub fn line(spans: Vec<Span>) -> Para {
    Para { gap: 2.0, ..para(spans, 1.42) }
}

/// What a row is about.
#[must_use]
pub fn title(text: &str) -> Para {
    Para { leading: tenths(CELL.size * 1.42), ..line(vec![span(text, TITLE)]) }
}

/// A cell of short lines.
#[must_use]
pub fn lines(paras: Vec<Para>) -> Cell {
    Cell { paras, ..Cell::default() }
}

/// A cell with one plain text.
#[must_use]
pub fn cell(text: &str) -> Cell {
    spans(vec![span(text, CELL)])
}

/// A cell with one secondary text.
#[must_use]
pub fn soft_cell(text: &str) -> Cell {
    spans(vec![span(text, CELL_SOFT)])
}

/// A cell with a bold text.
#[must_use]
pub fn bold_cell(text: &str) -> Cell {
    spans(vec![span(text, Style { bold: true, ..CELL })])
}

/// A cell with one paragraph of spans.
#[must_use]
pub fn spans(spans: Vec<Span>) -> Cell {
    Cell { paras: vec![line(spans)], ..Cell::default() }
}

/// A cell with a count; a zero is set back so that the eye finds the rest.
#[must_use]
pub fn count(n: u32) -> Cell {
    let style = if n == 0 { tinted(CELL, super::theme::RULE) } else { CELL };
    // The zero keeps the contrast that PDF/UA readers need.
    let style = if n == 0 { tinted(style, SOFT) } else { style };
    spans(vec![span(&n.to_string(), style)])
}

/// A row of cells.
#[must_use]
pub fn row(cells: Vec<Cell>) -> Row {
    Row { cells, ..Row::default() }
}

/// A column.
#[must_use]
pub fn column(head: &str, width: f32) -> Column {
    Column { head: head.to_owned(), width, align: Align::Left }
}

/// A column of figures.
#[must_use]
pub fn figures(head: &str, width: f32) -> Column {
    Column { head: head.to_owned(), width, align: Align::Right }
}

/// A word in the colour of its meaning.
#[must_use]
pub fn flag(text: &str, good: Option<bool>, style: Style) -> Span {
    let color = match good {
        Some(true) => GOOD,
        Some(false) => ALERT,
        None => CAUTION,
    };
    span(text, tinted(Style { bold: true, ..style }, color))
}

/// Name of an item's place.
#[must_use]
pub fn at_item(code: &str) -> String {
    format!("item:{code}")
}

/// Name of the place of `EV-0001`, `NC-01` or `T-001`.
#[must_use]
pub fn at(label: &str) -> String {
    format!("label:{label}")
}
