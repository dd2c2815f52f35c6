//! One file per section of the report.

mod annex;
pub mod contents;
pub mod control;
pub mod cover;
pub mod editable;
mod evidence;
mod findings;
mod followup;
mod items;
mod lists;
mod plan;
pub mod rectification;
mod results;

mod scope;
mod sheet;
mod signing;
mod summary;

use super::build::Cx;
use super::display::Role;
use super::flow::Flow;
use crate::SectionId;

/// Steps of the progress that a section counts as: the evidence index may take longer than all others together.
#[must_use]
pub fn steps(id: SectionId, cx: &Cx<'_>) -> u32 {
    match id {
        SectionId::Evidence => 1 + evidence::steps(cx),
        _ => 1,
    }
}

/// Lays one section on its own page.
pub fn lay(id: SectionId, cx: &Cx<'_>, flow: &mut Flow<'_>) {
    if cx.is_brief() && id == SectionId::Plan {
        flow.space(22.0);
    } else {
        flow.fresh_page();
    }
    flow.open(Role::Sect);
    flow.heading(1, &cx.section_title(id), Some(&format!("section:{id:?}")));
    match id {
        SectionId::Summary => summary::lay(cx, flow),
        SectionId::Scope => scope::lay(cx, flow),
        SectionId::Results => results::lay(cx, flow),
        SectionId::Findings => findings::lay_register(cx, flow),
        SectionId::Observations => findings::lay_observations(cx, flow),
        SectionId::Plan => plan::lay(cx, flow),
        SectionId::Lists => lists::lay(cx, flow),
        SectionId::Items => items::lay(cx, flow),
        SectionId::Evidence => evidence::lay(cx, flow),
        SectionId::FollowUp => followup::lay(cx, flow),
        SectionId::SignOff => signing::lay(cx, flow),
        SectionId::Annex => annex::lay(cx, flow),
    }
    flow.close();
}
