//! What the assessed organisation does and does not do (外呼, 外包, 在线 …), and the items that hang on it.

use crate::view::Update;
use crate::{Env, Error, Result, Session, upkeep};
use domain::pack::{Condition, Item};
use domain::{Action, Answer, Assessment, CriteriaPack, Id, Review, Verdict};
use serde::{Deserialize, Serialize};
use store::Edit;

/// What other conditions mean for the marks of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ConditionChange {
    /// The conditions that hold then, in the order in which they are kept.
    pub conditions: Vec<String>,
    /// Items that no longer apply and had no verdict: 不适用 is proposed, with the reason written.
    pub proposed: Vec<String>,
    /// Items that apply now and whose 不适用 was only our proposal: open again.
    pub reopened: Vec<String>,
    /// Items that no longer apply but that somebody has marked. The mark stays; somebody has to look.
    pub marked: Vec<String>,
    /// Items that apply now but that somebody found 不适用 in own words or confirmed. The same.
    pub excluded: Vec<String>,
}

/// Conditions that were changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ConditionsChanged {
    /// What it meant.
    pub change: ConditionChange,
    /// The rows and figures after.
    pub update: Update,
}

/// What [`change`] would do. Writes nothing.
///
/// # Errors
/// When a condition is not known or the round is frozen.
pub fn preview(session: &mut Session, round: Id, wanted: &[String]) -> Result<ConditionChange> {
    Ok(plan(session, round, wanted)?.0)
}

/// Changes the conditions of a round, and with them the marks that only followed from the old ones, as one undo step. Marks that
/// somebody made stay; a second look at them counts no more, because it was a look under other conditions.
///
/// # Errors
/// When a condition is not known or the round is frozen. Nothing is written then.
pub fn change(session: &mut Session, round: Id, wanted: &[String]) -> Result<ConditionsChanged> {
    let (change, edits) = plan(session, round, wanted)?;
    let failed = upkeep::before_bulk(session, usize::MAX);
    let mut update = session.commit(round, Action::ChangeConditions, &edits)?;
    update.warnings.extend(failed);
    Ok(ConditionsChanged { change, update })
}

/// The list in the order in which it is kept, each once.
///
/// # Errors
/// When a name is not known.
pub(crate) fn known(list: &[String]) -> Result<Vec<String>> {
    if let Some(name) = list.iter().find(|name| !Condition::ASKED.iter().any(|c| c.key() == name.as_str())) {
        let names = Condition::ASKED.map(Condition::key).join(" ");
        let expected =
            (format!("不认识 {name}，应为 {names} 之一"), format!("{name} is not known, give one of {names}")).into();
        return Err(Error::Field { field: "适用情形", expected });
    }
    Ok(Condition::ASKED.iter().map(|c| c.key().to_owned()).filter(|c| list.contains(c)).collect())
}

/// 不适用 proposals of a new round, for the items whose condition does not hold.
pub(crate) fn first_proposals(
    session: &Session,
    pack: &CriteriaPack,
    round: Id,
    held: Option<&[String]>,
) -> impl Iterator<Item = Edit> {
    let (actor, now) = (session.env.actor.clone(), session.env.now());
    let out = pack.items.iter().filter(move |item| !item.applies.holds(held));
    out.map(move |item| {
        let blank = Answer::blank(round, &item.code);
        Edit::Answer(Answer {
            assessor: actor.clone(),
            assessed_at: Some(now),
            ..proposal(blank, item, Asked::AtStart)
        })
    })
}

fn plan(session: &mut Session, round: Id, wanted: &[String]) -> Result<(ConditionChange, Vec<Edit>)> {
    let (pack, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let conditions = known(wanted)?;
    let mut change = ConditionChange {
        conditions: conditions.clone(),
        proposed: Vec::new(),
        reopened: Vec::new(),
        marked: Vec::new(),
        excluded: Vec::new(),
    };
    let held = snapshot.assessment.conditions.clone();
    let mut edits =
        vec![Edit::Assessment(Assessment { conditions: Some(conditions.clone()), ..snapshot.assessment.clone() })];
    for item in &pack.items {
        let (before, after) = (item.applies.holds(held.as_deref()), item.applies.holds(Some(&conditions)));
        if before != after {
            let held = snapshot.answer(&item.code).cloned().unwrap_or_else(|| Answer::blank(round, &item.code));
            if let Some((list, answer)) = consequence(&session.env, held, item, after, Asked::Later) {
                let list = match list {
                    Consequence::Proposed => &mut change.proposed,
                    Consequence::Reopened => &mut change.reopened,
                    Consequence::Marked => &mut change.marked,
                    Consequence::Excluded => &mut change.excluded,
                };
                list.push(item.code.clone());
                edits.push(Edit::Answer(answer));
            }
        }
    }
    Ok((change, edits))
}

/// What it is to an item that it applies from now on, or no longer does.
pub(crate) enum Consequence {
    /// See [`ConditionChange::proposed`].
    Proposed,
    /// See [`ConditionChange::reopened`].
    Reopened,
    /// See [`ConditionChange::marked`].
    Marked,
    /// See [`ConditionChange::excluded`].
    Excluded,
}

/// What becomes of the answer to an item that applies from now on, or no longer does.
pub(crate) fn consequence(
    env: &Env,
    answer: Answer,
    item: &Item,
    applies: bool,
    asked: Asked,
) -> Option<(Consequence, Answer)> {
    Some(match (applies, answer.verdict) {
        (false, None) => {
            let (assessor, assessed_at) = (env.actor.clone(), Some(env.now()));
            (Consequence::Proposed, Answer { assessor, assessed_at, ..proposal(answer, item, asked) })
        }
        (false, Some(Verdict::NotApplicable)) | (true, None) => return None,
        (false, Some(_)) => (Consequence::Marked, Answer { review: Review::Open, ..answer }),
        (true, Some(Verdict::NotApplicable)) if answer.proposed => {
            let blank = Answer::blank(answer.assessment, &item.code);
            (Consequence::Reopened, Answer { note: answer.note, ticks: answer.ticks, ..blank })
        }
        (true, Some(Verdict::NotApplicable)) => (Consequence::Excluded, Answer { review: Review::Open, ..answer }),
        // Marked although it did not apply: now it does.
        (true, Some(_)) => return None,
    })
}

/// When a proposal was made, as its reason says.
#[derive(Clone, Copy)]
pub(crate) enum Asked {
    AtStart,
    Later,
    ByNewCriteria,
}

impl Asked {
    const fn said(self) -> &'static str {
        match self {
            Self::AtStart => "建立评估时填报",
            Self::Later => "变更适用情形时填报",
            Self::ByNewCriteria => "更新评审准则时按已填报的情形",
        }
    }
}

fn proposal(answer: Answer, item: &Item, asked: Asked) -> Answer {
    let reason =
        if answer.reason.trim().is_empty() { reason(item.applies, asked.said()) } else { answer.reason.clone() };
    Answer { verdict: Some(Verdict::NotApplicable), reason, review: Review::Open, proposed: true, ..answer }
}

/// Why an item does not apply when its condition does not hold.
fn reason(condition: Condition, when: &str) -> String {
    let absence = match condition {
        Condition::All => return String::new(),
        Condition::Outbound => "评估范围内没有外呼业务",
        Condition::Outsourced => "评估范围内没有外包业务",
        Condition::SelfBuilt => "评估范围内的系统非自建",
        Condition::Online => "评估范围内没有在线渠道",
        Condition::Bot => "评估范围内没有智能客服",
        Condition::MultiSite => "评估范围内只有一个职场",
    };
    format!("{absence}（{when}，请确认）。")
}
