//! What stands on every page: running head, foot with page number, report number and root, draft mark.

use super::build::Cx;
use super::display::{Document, Item, PAGE_HEIGHT, PAGE_WIDTH, Run};
use super::theme::{MEASURE, RULE, SIDE, SOFT, WATER, tinted};
use crate::text::{Face, Fonts, Rgb, Style, clean};
use crate::words::W;
use domain::Lang;

const SMALL: Style = Style { size: 7.2, bold: false, color: SOFT };
const TINY: Style = Style { size: 5.8, bold: false, color: SOFT };

/// Draws head and foot of every page of a report, as decoration.
pub fn draw(cx: &Cx<'_>, doc: &mut Document) {
    let assessment = &cx.model.input.snapshot.assessment;
    let total = doc.pages.len();
    let head = clip(&clean(&format!("{} · {}", assessment.organization, cx.kind())), SMALL, MEASURE * 0.7);
    let confidential = clip(&clean(&assessment.confidentiality), SMALL, MEASURE * 0.25);
    let root = format!("{} SHA-256 {}", cx.w(W::FootRoot), cx.model.root);
    let place = format!("{} · {}", cx.model.input.number, cx.model.input.snapshot.pack.standard);
    let rule = |y| Item::Fill { area: [SIDE, y, MEASURE, 0.5], color: RULE, node: None };
    let place = text(&place, SMALL, SIDE, 804.0, 0.0);
    if cx.is_draft() {
        doc.under.push(Item::Text(water(cx.w(W::WaterDraft))));
    }
    // The cover bears no head.
    if let Some(cover) = doc.pages.first_mut() {
        cover.back.splice(0..0, doc.under.clone());
        cover.back.extend([rule(793.0), place.clone()]);
    }
    doc.under.extend([text(&head, SMALL, SIDE, 40.0, 0.0), text(&confidential, SMALL, SIDE, 40.0, 1.0)]);
    doc.under.extend([rule(47.0), rule(793.0), place]);
    doc.over.push(text(&root, TINY, SIDE, 814.0, 0.0));
    for (index, page) in doc.pages.iter_mut().enumerate() {
        let number = (index + 1).to_string();
        let foot = cx.f(W::PageOf, &[&number, &total.to_string()]);
        let at = if index == 0 { page.back.len() } else { 0 };
        page.back.insert(at, text(&foot, SMALL, SIDE, 804.0, 1.0));
    }
}

/// Only page numbers, for plain documents.
pub fn number_only(doc: &mut Document, lang: Lang) {
    let total = doc.pages.len().to_string();
    for (index, page) in doc.pages.iter_mut().enumerate() {
        let foot = W::PageOf.fill(lang, &[&(index + 1).to_string(), &total]);
        page.back.push(text(&foot, SMALL, SIDE, 804.0, 0.5));
    }
}

/// One line at a share of the measure: 0 flush left, 0.5 centred, 1 flush right.
fn text(text: &str, style: Style, x: f32, base: f32, share: f32) -> Item {
    let width = width(text, style);
    let run = Run {
        x: x + (MEASURE - width) * share,
        y: base,
        size: style.size,
        face: Face::Regular,
        color: style.color,
        text: text.to_owned(),
        kerns: Vec::new(),
        width,
        node: None,
        turn: 0.0,
    };
    Item::Text(run)
}

fn width(text: &str, style: Style) -> f32 {
    text.chars().map(|c| Fonts::get().advance(face(style), c)).sum::<f32>() * style.size / 1000.0
}

const fn face(style: Style) -> Face {
    if style.bold { Face::Bold } else { Face::Regular }
}

/// Cuts a text that is too long for its line.
fn clip(text: &str, style: Style, most: f32) -> String {
    let text = text.replace('\n', " ");
    if width(&text, style) <= most {
        return text;
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, style) > most - style.size {
            break;
        }
    }
    kept.push('…');
    kept
}

fn water(word: &str) -> Run {
    let style = tinted(Style { size: 96.0, bold: true, color: SOFT }, WATER);
    let turn = 52.0_f32;
    let half = width(word, style) / 2.0;
    let (sin, cos) = turn.to_radians().sin_cos();
    let middle = 0.36 * style.size;
    Run {
        x: PAGE_WIDTH / 2.0 - half * cos + middle * sin,
        y: PAGE_HEIGHT / 2.0 + half * sin + middle * cos,
        size: style.size,
        face: Face::Bold,
        color: Rgb(style.color.0, style.color.1, style.color.2),
        text: word.to_owned(),
        kerns: Vec::new(),
        width: half * 2.0,
        node: None,
        turn,
    }
}
