//! `new`, `sample`, `round …`.

use super::Context;
use super::changed::changed;
use super::conditions::named;
use crate::args::{New, Round, RoundFields};
use crate::output::{Failure, Outcome, close_and_print, print};
use crate::words;
use app::view::NewRound;
use app::{Session, rounds, sample as samples};
use domain::{Assessment, Id};
use serde_json::json;
use std::path::Path;

pub fn new(context: &Context, new: New) -> Result<Outcome, Failure> {
    let (pack, text) = app::criteria::edition(&new.edition.named().unwrap_or_default())?;
    // Checked before anything is created: a refused organisation or period must not leave an empty workspace behind.
    let blank = NewRound {
        organization: new.organization,
        gap: new.gap,
        period_from: new.from,
        period_to: new.to,
        conditions: new.conditions.map(named),
        ..NewRound::default()
    };
    let wanted = with(blank, new.fields);
    rounds::check_by(&pack, &wanted)?;
    let mut session = Session::create(&new.dir, context.env(), &pack, &text)?;
    let pack = session.adopt_pack(pack, &text)?;
    let round = rounds::start(&mut session, &pack, &wanted)?;
    made(context, session, round)
}

pub fn sample(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (session, round) = samples::create(dir, context.env())?;
    made(context, session, round)
}

pub fn run(context: &Context, command: Round) -> Result<Outcome, Failure> {
    match command {
        Round::List { dir } => list(context, &dir),
        Round::Start { dir, organization, from, to, gap, conditions, fields, edition, no_predecessor } => {
            let (mut session, before) = context.open(&dir)?;
            let next = rounds::next(&session.snapshot(before)?.1.assessment);
            let next = NewRound {
                organization: organization.unwrap_or(next.organization),
                period_from: from,
                period_to: to,
                gap: gap || next.gap,
                conditions: conditions.map(named).or(next.conditions),
                predecessor: next.predecessor.filter(|_| !no_predecessor),
                ..next
            };
            let wanted = with(next, fields);
            rounds::check(&wanted)?;
            let pack = session.criteria_after(Some(before), edition.named().as_ref())?;
            let round = rounds::start(&mut session, &pack, &wanted)?;
            made(context, session, round)
        }
        Round::Edit { dir, organization, from, to, fields, exclusions, objectives, sampling, dissent, auditees } => {
            let (mut session, round) = context.open(&dir)?;
            let held = session.snapshot(round)?.1.assessment.clone();
            let edited = Assessment {
                organization: organization.unwrap_or(held.organization),
                period_from: from.map_or(held.period_from, |day| day.0),
                period_to: to.map_or(held.period_to, |day| day.0),
                title: fields.title.unwrap_or(held.title),
                scope: fields.scope.unwrap_or(held.scope),
                sites: fields.sites.unwrap_or(held.sites),
                team: fields.team.unwrap_or(held.team),
                profile: fields.profile.unwrap_or(held.profile),
                confidentiality: fields.confidentiality.unwrap_or(held.confidentiality),
                exclusions: exclusions.unwrap_or(held.exclusions),
                objectives: objectives.unwrap_or(held.objectives),
                sampling: sampling.unwrap_or(held.sampling),
                dissent: dissent.unwrap_or(held.dissent),
                auditees: auditees.unwrap_or(held.auditees),
                ..held
            };
            let update = rounds::edit(&mut session, &edited)?;
            changed(context, session, round, &update)
        }
    }
}

/// What was proposed, with what was named in its place.
fn with(proposed: NewRound, fields: RoundFields) -> NewRound {
    NewRound {
        title: fields.title.unwrap_or(proposed.title),
        scope: fields.scope.unwrap_or(proposed.scope),
        sites: fields.sites.unwrap_or(proposed.sites),
        team: fields.team.unwrap_or(proposed.team),
        profile: fields.profile.unwrap_or(proposed.profile),
        confidentiality: fields.confidentiality.unwrap_or(proposed.confidentiality),
        ..proposed
    }
}

fn made(context: &Context, mut session: Session, round: Id) -> Result<Outcome, Failure> {
    let (_, snapshot) = session.snapshot(round)?;
    let dir = session.dir().to_owned();
    let title = &snapshot.assessment.title;
    let value = json!({ "workspace": dir, "assessment": round, "title": title, "root": snapshot.root() });
    close_and_print(session, context.json, &value, [format!("{}  {title}", dir.display())])?;
    Ok(Outcome::Done)
}

fn list(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let rounds = context.read_any(dir)?.rounds()?;
    let lines = rounds.iter().map(|a| {
        let days = [a.period_from, a.period_to].map(|day| day.map(|d| d.to_string()).unwrap_or_default());
        let frozen = if a.frozen { words::frozen(context.lang) } else { "" };
        format!("{}  {}  {}  {frozen}", a.id, days.join("/"), a.title).trim_end().to_owned()
    });
    print(context.json, &rounds, lines)?;
    Ok(Outcome::Done)
}
