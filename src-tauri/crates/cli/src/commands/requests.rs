//! `request-list`, `keeper …`, `paper …`.

use super::Context;
use super::changed::changed;
use super::exports::tell_how_to_replace;
use crate::args::{Keeper, Paper, RequestList};
use crate::output::{Failure, Outcome, close_and_print, print};
use app::exports;
use app::requests::{self, KeeperPatch, Keeping, PaperPatch};
use domain::{Lang, Request, Standing};
use serde_json::json;

pub fn write(context: &Context, wanted: &RequestList) -> Result<Outcome, Failure> {
    let RequestList { dir, output, department, overwrite } = wanted;
    let (mut session, round) = context.read(dir)?;
    exports::request_list(&mut session, round, output, department.as_deref(), context.lang, *overwrite)
        .inspect_err(|e| tell_how_to_replace(context, e))?;
    close_and_print(session, context.json, &json!({ "file": output }), [output.display().to_string()])?;
    Ok(Outcome::Done)
}

pub fn keeper(context: &Context, command: Keeper) -> Result<Outcome, Failure> {
    match command {
        Keeper::List { dir } => {
            let (mut session, round) = context.read(&dir)?;
            let list = requests::list(&mut session, round)?;
            print(context.json, &list.keepers, list.keepers.iter().map(|k| keeper_line(context.lang, k)))?;
            Ok(Outcome::Done)
        }
        Keeper::Assign { dir, section, department, owner, due, reset } => {
            let patch = KeeperPatch {
                department,
                owner,
                due: due.and_then(|day| day.0),
                no_due: due.is_some_and(|day| day.0.is_none()),
                reset,
            };
            let (mut session, round) = context.open(&dir)?;
            let update = requests::assign(&mut session, round, &section, &patch)?;
            changed(context, session, round, &update)
        }
    }
}

pub fn paper(context: &Context, command: Paper) -> Result<Outcome, Failure> {
    match command {
        Paper::List { dir, department, open } => {
            let (mut session, round) = context.read(&dir)?;
            let mut papers = requests::list(&mut session, round)?.papers;
            let is = |name: &str, paper: &Request| {
                paper.department == name || paper.department_en.eq_ignore_ascii_case(name)
            };
            papers.retain(|paper| department.as_deref().is_none_or(|name| is(name.trim(), paper)));
            papers.retain(|paper| !open || paper.standing == Standing::Open);
            print(context.json, &papers, papers.iter().map(|paper| paper_line(context.lang, paper)))?;
            Ok(Outcome::Done)
        }
        Paper::HandIn { dir, papers, on, not_yet, note } => {
            // A remark alone says nothing about whether it is there.
            let handed_in = (not_yet || on.is_some() || note.is_none()).then_some(!not_yet);
            let (mut session, round) = context.open(&dir)?;
            let update = requests::hand_in(&mut session, round, &papers, &PaperPatch { handed_in, on, note })?;
            changed(context, session, round, &update)
        }
    }
}

fn keeper_line(lang: Lang, keeping: &Keeping) -> String {
    let department = lang.pick(&keeping.department, &keeping.department_en);
    let due = keeping.due.map(|day| day.to_string()).unwrap_or_default();
    let mark = if keeping.said { " " } else { "*" };
    format!("{}{mark} {department}  {}  {due}", keeping.section, keeping.owner).trim_end().to_owned()
}

fn paper_line(lang: Lang, paper: &Request) -> String {
    let due = paper.due.map(|day| day.to_string()).unwrap_or_default();
    let standing = paper.standing.term().say(lang);
    let items = paper.items.join(lang.pick("、", ", "));
    let (department, title) = (paper.department(lang), paper.title(lang));
    format!("{}  {standing}  {department}  {}  {due}  {title}  {items}", paper.paper, paper.owner)
}
