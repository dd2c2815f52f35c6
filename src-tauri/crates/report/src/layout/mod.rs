//! Model → display list: pages of text runs, rectangles, paths, pictures and links, with a structure tree. No PDF type.

pub mod block;
pub mod build;
pub mod charts;
pub mod display;
pub mod flow;
pub mod form;
mod furniture;
pub mod marks;
pub(crate) mod sections;
pub mod table;
pub mod theme;

use crate::model::Model;
use crate::text::clean;
use crate::{Error, Options, Progress};
use build::Cx;
use display::{Document, Picture, Role};
use domain::Lang;
use flow::Flow;
use std::ops::ControlFlow;

/// Lays the whole report.
///
/// # Errors
/// When `on` asks to stop.
pub fn report(
    model: &Model<'_>,
    options: &Options,
    logo: Option<&Picture>,
    on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Document, Error> {
    let mut cx = Cx::new(model, options);
    loop {
        let doc = lay(&cx, logo, on)?;
        if !cx.is_brief() || doc.pages.len() <= BRIEF_PAGES || cx.squeeze >= 3 {
            return Ok(doc);
        }
        cx.squeeze += 1;
    }
}

/// Most pages of the management layout.
const BRIEF_PAGES: usize = 6;

fn lay(
    cx: &Cx<'_>,
    logo: Option<&Picture>,
    on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Document, Error> {
    let mut flow = Flow::new(on);
    flow.expect_steps(cx.sections.iter().map(|id| sections::steps(*id, cx)).sum::<u32>() + 2);
    flow.doc.images.extend(logo.cloned());
    sections::cover::lay(cx, &mut flow);
    sections::control::lay(cx, &mut flow);
    flow.step();
    // The contents are laid last, when every page is known, and moved in behind the control page.
    let front = flow.doc.pages.len();
    for section in &cx.sections {
        sections::lay(*section, cx, &mut flow);
        flow.step();
        if flow.cancelled {
            return Err(Error::Cancelled);
        }
    }
    let body = flow.doc.pages.len();
    if !cx.is_brief() {
        sections::contents::lay(cx, &mut flow, front);
    }
    flow.step();
    let mut doc = finish(flow, front, body)?;
    doc.title = clean(&format!("{} · {}", cx.model.input.snapshot.assessment.title, cx.kind()));
    furniture::draw(cx, &mut doc);
    Ok(doc)
}

/// Moves the pages from `body` on (the contents) to `front`, and resolves links and bookmarks.
fn finish(flow: Flow<'_>, front: usize, body: usize) -> Result<Document, Error> {
    if flow.cancelled {
        return Err(Error::Cancelled);
    }
    let anchors = flow.anchors;
    let mut doc = flow.doc;
    let moved = doc.pages.len().saturating_sub(body);
    doc.pages[front..].rotate_right(moved);
    let place = |page: usize| match page {
        page if page >= body => page - body + front,
        page if page >= front => page + moved,
        page => page,
    };
    for mark in &mut doc.outline {
        mark.page = place(mark.page);
    }
    doc.outline.sort_by_key(|mark| mark.page);
    let mut dead = Vec::new();
    for page in &mut doc.pages {
        for link in &mut page.links {
            link.place = anchors.get(&*link.to).map(|(page, y)| (place(*page), *y));
            if link.place.is_none() {
                dead.push(link.node);
            }
        }
        page.links.retain(|link| link.place.is_some());
    }
    // A place in a section that is left out: the words stay, the link goes.
    for node in dead {
        doc.nodes[node].role = Role::Span;
    }
    doc.nodes.shrink_to_fit();
    Ok(doc)
}

/// Lays a title and paragraphs.
///
/// # Errors
/// Never in practice: nobody can cancel it.
pub fn text_document(title: &str, paragraphs: &[String]) -> Result<Document, Error> {
    let mut on = |_: Progress| ControlFlow::Continue(());
    let mut flow = Flow::new(&mut on);
    flow.open(Role::Sect);
    flow.heading(1, &clean(title), None);
    for text in paragraphs {
        flow.para(&build::body(text));
    }
    flow.close();
    let mut doc = finish(flow, 0, usize::MAX)?;
    doc.title = clean(title);
    furniture::number_only(&mut doc, Lang::Zh);
    Ok(doc)
}
