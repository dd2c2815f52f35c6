//! `sign`, `signature …`, `reopen`.

use super::Context;
use super::changed::changed;
use crate::args::Signature;
use crate::output::{Failure, Outcome, print};
use app::sign_offs;
use domain::SignRole;
use std::path::Path;

pub fn sign(context: &Context, dir: &Path, role: SignRole, name: Option<&str>) -> Result<Outcome, Failure> {
    let (mut session, round) = context.open(dir)?;
    let update = sign_offs::sign(&mut session, round, role, name.unwrap_or(&context.actor))?;
    changed(context, session, round, &update)
}

pub fn reopen(context: &Context, dir: &Path, reason: &str) -> Result<Outcome, Failure> {
    let (mut session, round) = context.open(dir)?;
    let update = sign_offs::reopen(&mut session, round, reason)?;
    changed(context, session, round, &update)
}

pub fn run(context: &Context, command: &Signature) -> Result<Outcome, Failure> {
    match command {
        Signature::List { dir } => list(context, dir),
        Signature::Withdraw { dir, id } => {
            let (mut session, round) = context.open(dir)?;
            let update = sign_offs::withdraw(&mut session, round, *id)?;
            changed(context, session, round, &update)
        }
    }
}

fn list(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (session, round) = context.read(dir)?;
    let signatures = session.sign_offs(round)?;
    let lines = signatures.iter().map(|s| {
        let at = s.signed_at.with_timezone(session.env.local().offset()).format("%Y-%m-%d %H:%M");
        format!("{}  {}  {}  {at}  {}", s.id, s.role.term().say(context.lang), s.name, s.root)
    });
    print(context.json, &signatures, lines)?;
    Ok(Outcome::Done)
}
