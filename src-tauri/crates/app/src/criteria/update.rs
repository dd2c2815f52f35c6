//! Other criteria for a round under way: what was recorded stays, and where an item asks something else, somebody looks again.

use super::carry;
use super::plan::{AddedItem, ChangedItem, Plan, RateChange, RenamedItem, UpdatePlan, WithdrawnItem};
use crate::held::bring_in;
use crate::view::Update;
use crate::{Error, Result, Session, requests, upkeep};
use domain::pack::{Fate, changed_parts, difference};
use domain::{Action, Assessment, CriteriaPack, Id, PackIdentity, SignOff, SignRole, Snapshot, scoring};
use serde::{Deserialize, Serialize};
use store::Edit;

/// Criteria that took the place of others.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CriteriaUpdated {
    /// What it meant.
    pub plan: UpdatePlan,
    /// The rows and figures after; none when the round has these criteria already.
    pub update: Option<Update>,
}

/// What [`update`] would do. Writes nothing.
///
/// # Errors
/// As [`update`].
pub fn preview(session: &mut Session, round: Id, to: &CriteriaPack) -> Result<UpdatePlan> {
    Ok(plan(session, round, to)?.shown)
}

/// Puts other criteria in the place of those a round has, as one undo step, with a backup before. Answers stay; those to items that
/// ask something else now wait for somebody to confirm them. What was recorded on items that are gone stays where it is: the
/// criteria no longer ask for it, so it counts in no figure.
///
/// # Errors
/// [`Error::CriteriaKept`] when the round was signed, or the criteria are of another standard. Nothing is written then.
pub fn update(session: &mut Session, round: Id, to: &CriteriaPack, text: &str) -> Result<CriteriaUpdated> {
    session.may_write()?;
    let Plan { shown, edits } = plan(session, round, to)?;
    if edits.is_empty() {
        return Ok(CriteriaUpdated { plan: shown, update: None });
    }
    let failed = upkeep::before_bulk(session, usize::MAX);
    let mut update = session.commit_with(round, Action::UpdateCriteria, (&to.sha256, text), &edits)?;
    update.warnings.extend(failed);
    Ok(CriteriaUpdated { plan: shown, update: Some(update) })
}

fn plan(session: &mut Session, round: Id, to: &CriteriaPack) -> Result<Plan> {
    let (from, snapshot) = session.snapshot(round)?;
    may_update(session, &snapshot, &from, to)?;
    let mut plan = Plan::between(&from, to, &snapshot);
    if from.sha256 == to.sha256 {
        return Ok(plan);
    }
    let wanted = &snapshot.assessment.profile;
    let profile = to.profile(wanted).id.clone();
    plan.edits.push(Edit::Assessment(Assessment {
        pack_sha256: to.sha256.clone(),
        profile: if wanted.is_empty() { String::new() } else { profile },
        ..snapshot.assessment.clone()
    }));
    for fate in difference(&from, to) {
        match fate.now() {
            None => {}
            Some(now) => carry::follow(session, &snapshot, &from, fate, now, &mut plan.edits)?,
        }
        if let Some(code) = fate.renamed_from() {
            plan.edits.extend(carry::moved(&snapshot, code, fate.now().map_or(code, |now| &now.code)));
        }
        note(&snapshot, fate, &mut plan.shown);
    }
    plan.edits.extend(requests::renumbered(&session.workspace.papers(round)?, &from, to));
    let mut after = Snapshot { pack: PackIdentity::of(to), ..Snapshot::clone(&snapshot) };
    bring_in(&mut after, plan.edits.iter().cloned());
    plan.shown.score =
        RateChange { before: scoring::score(&from, &snapshot).rate, after: scoring::score(to, &after).rate };
    plan.shown.to_confirm =
        count(after.answers.iter().filter(|a| a.awaits_confirmation() && to.item(&a.item).is_some()));
    Ok(plan)
}

/// A signed round keeps its criteria: what somebody put a name to was said by these.
fn may_update(session: &mut Session, snapshot: &Snapshot, from: &CriteriaPack, to: &CriteriaPack) -> Result<()> {
    let refused = |chinese: String, english: String| Err(Error::CriteriaKept((chinese, english).into()));
    if (&from.pack.id, &from.pack.standard) != (&to.pack.id, &to.pack.standard) {
        let (held, other) = (&from.pack.standard, &to.pack.standard);
        let (held_id, other_id) = (&from.pack.id, &to.pack.id);
        return refused(
            format!("本次评估依据 {held}（{held_id}），该文件是 {other}（{other_id}）的准则；请用它新建一次评估"),
            format!(
                "the assessment is by {held} ({held_id}), the file holds criteria for {other} ({other_id}); start an assessment of its own with them"
            ),
        );
    }
    if snapshot.assessment.frozen {
        return refused(
            "本次评估已批准，始终沿用批准时的评审准则；新准则请用于下一次评估（开始下一次评估）".into(),
            "the assessment is approved and keeps the criteria it was approved by; start the next assessment to use others".into(),
        );
    }
    let signatures = session.sign_offs(snapshot.assessment.id)?;
    if signatures.is_empty() {
        return Ok(());
    }
    let roots = session.roots(snapshot, &snapshot.root(), signatures.iter())?;
    // One that the round has moved on from stands for nothing any more; an approval stands though it was reopened.
    let standing = |s: &&SignOff| s.role == SignRole::Approved || roots.are_covered_by(s);
    match signatures.iter().find(standing) {
        None => Ok(()),
        Some(SignOff { name, .. }) => refused(
            format!("{name} 已签署，签署所依据的评审准则不再更换；请在下一次评估中使用新准则，或先撤回签署"),
            format!(
                "{name} has signed by these criteria; use others in the next assessment, or withdraw the signature first"
            ),
        ),
    }
}

/// Says what becomes of an item.
fn note(snapshot: &Snapshot, fate: Fate<'_>, shown: &mut UpdatePlan) {
    if let (Some(from), Some(now)) = (fate.renamed_from(), fate.now()) {
        let (from, to) = (from.to_owned(), now.code.clone());
        shown.renamed.push(RenamedItem { from, to, title: now.title.clone(), title_en: now.title_en.clone() });
    }
    match fate {
        Fate::Kept(..) => shown.kept += 1,
        Fate::Added(item) => {
            let (code, title, title_en) = (item.code.clone(), item.title.clone(), item.title_en.clone());
            shown.new.push(AddedItem { code, title, title_en });
        }
        Fate::Changed(old, item) => {
            let held = snapshot.answer(&old.code);
            let ticks = held.map(|a| a.ticks.as_slice()).unwrap_or_default();
            shown.changed.push(ChangedItem {
                code: item.code.clone(),
                title: item.title.clone(),
                title_en: item.title_en.clone(),
                what: changed_parts(old, item),
                verdict: held.and_then(|a| a.verdict),
                unticked: ticks.iter().filter(|tick| !item.evidence.contains(tick)).cloned().collect(),
            });
        }
        Fate::Withdrawn(item) => shown.withdrawn.push(WithdrawnItem {
            code: item.code.clone(),
            title: item.title.clone(),
            title_en: item.title_en.clone(),
            verdict: snapshot.verdict(&item.code),
            evidence: count(snapshot.links.iter().filter(|l| l.item == item.code)),
            findings: count(snapshot.findings_of(&item.code)),
            tasks: count(snapshot.tasks_of(&item.code)),
        }),
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}
