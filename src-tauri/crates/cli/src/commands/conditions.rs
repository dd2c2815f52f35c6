//! `conditions`: what applies, and the items that hang on it.

use super::Context;
use crate::args::Conditions;
use crate::output::{Failure, Outcome, close_and_print, print};
use app::conditions::{self, ConditionChange};
use domain::Lang;
use serde_json::json;

pub fn run(context: &Context, command: &Conditions) -> Result<Outcome, Failure> {
    let changes = command.set.is_some() && !command.dry_run;
    let (mut session, round) = if changes { context.open(&command.dir)? } else { context.read(&command.dir)? };
    let Some(wanted) = command.set.clone().map(named) else {
        let held = session.snapshot(round)?.1.assessment.conditions.clone();
        print(context.json, &json!({ "conditions": held }), held.clone().unwrap_or_default())?;
        session.close()?;
        return Ok(Outcome::Done);
    };
    let change = if command.dry_run {
        conditions::preview(&mut session, round, &wanted)?
    } else {
        conditions::change(&mut session, round, &wanted)?.change
    };
    let lines = lines(&change, context.lang);
    close_and_print(session, context.json, &change, lines)?;
    Ok(Outcome::Done)
}

/// Nothing between two commas is nothing.
pub(super) fn named(list: Vec<String>) -> Vec<String> {
    list.into_iter().filter(|name| !name.is_empty()).collect()
}

fn lines(change: &ConditionChange, lang: Lang) -> Vec<String> {
    let words = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    [
        (words("拟定为不适用，请确认", "Proposed as not applicable, please confirm"), &change.proposed),
        (words("恢复为未评估", "Open again"), &change.reopened),
        (words("不再适用但已有结论，请复核", "No longer applies but was marked, please look"), &change.marked),
        (
            words("现已适用但判为不适用，请复核", "Applies now but was found not applicable, please look"),
            &change.excluded,
        ),
    ]
    .into_iter()
    .filter(|(_, items)| !items.is_empty())
    .map(|(what, items)| format!("{what}  {}", items.join(" ")))
    .collect()
}
