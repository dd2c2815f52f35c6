//! Assessments: create, start the next round, edit.

use crate::days::day;
use crate::fields::{hinted, line, required_line, text};
use crate::view::{NewRound, Update};
use crate::{Error, Result, Session, conditions, requests};
use domain::{Action, Assessment, AssessmentKind, CriteriaPack, Id, Member};
use store::Edit;

/// Checks what does not need a workspace, so that a caller can refuse before it creates one.
///
/// # Errors
/// When the organisation is missing, a field is refused, a condition is not known or the period runs backwards.
pub fn check(new: &NewRound) -> Result<()> {
    required_line("组织名称", &new.organization)?;
    line("标题", &new.title)?;
    text("范围", &new.scope)?;
    lines("职场", &new.sites)?;
    members("评估组", &new.team)?;
    line("密级", &new.confidentiality)?;
    conditions::known(new.conditions.as_deref().unwrap_or_default())?;
    check_period([new.period_from, new.period_to], [None; 2])
}

/// As [`check`], and that these criteria know the profile.
///
/// # Errors
/// As [`check`], or when they do not.
pub fn check_by(pack: &CriteriaPack, new: &NewRound) -> Result<()> {
    check(new)?;
    known_profile(pack, &new.profile).map(drop)
}

/// The round after this one as it is proposed: the same organisation, scope and team, compared with it.
#[must_use]
pub fn next(before: &Assessment) -> NewRound {
    NewRound {
        organization: before.organization.clone(),
        gap: before.kind == AssessmentKind::Gap,
        scope: before.scope.clone(),
        sites: before.sites.clone(),
        team: before.team.clone(),
        conditions: before.conditions.clone(),
        predecessor: Some(before.id),
        profile: before.profile.clone(),
        confidentiality: before.confidentiality.clone(),
        ..NewRound::default()
    }
}

/// Starts a round with the given criteria. Items whose condition does not hold are proposed as 不适用 with the reason
/// written, for the assessor to confirm (the review state stays open).
///
/// # Errors
/// When a field is refused, the criteria do not know the profile, or the predecessor is not there.
pub fn start(session: &mut Session, pack: &CriteriaPack, new: &NewRound) -> Result<Id> {
    let organization = required_line("组织名称", &new.organization)?;
    let now = session.env.now();
    let year = session.env.today().format("%Y").to_string();
    let kind = if new.gap { AssessmentKind::Gap } else { AssessmentKind::SelfAssessment };
    let title = match line("标题", &new.title)? {
        title if title.is_empty() => format!("{organization}{year}年{}", if new.gap { "差距分析" } else { "内部自评" }),
        title => title,
    };
    check_period([new.period_from, new.period_to], [None; 2])?;
    let profile = known_profile(pack, &new.profile)?;
    if let Some(before) = new.predecessor {
        session.choose(Some(before))?;
    }
    let conditions = new.conditions.as_deref().map(conditions::known).transpose()?;
    let round = Assessment {
        id: session.env.id(),
        title,
        organization,
        kind,
        scope: text("范围", &new.scope)?,
        exclusions: String::new(),
        objectives: String::new(),
        sampling: String::new(),
        dissent: String::new(),
        sites: lines("职场", &new.sites)?,
        period_from: new.period_from,
        period_to: new.period_to,
        team: members("评估组", &new.team)?,
        auditees: Vec::new(),
        conditions: conditions.clone(),
        profile,
        pack_sha256: pack.sha256.clone(),
        predecessor: new.predecessor,
        confidentiality: line("密级", &new.confidentiality)?,
        revision: 1,
        reopened_because: String::new(),
        frozen: false,
        created_at: now,
        withdrawn: false,
    };
    let id = round.id;
    let mut edits = vec![Edit::Assessment(round)];
    edits.extend(conditions::first_proposals(session, pack, id, conditions.as_deref()));
    edits.extend(requests::taken_over(session, pack, id)?);
    session.commit(id, Action::StartRound, &edits)?;
    Ok(id)
}

/// Replaces the descriptive fields of a round (title, scope, period, team …). Identity, criteria, revision and the frozen
/// mark are not touched.
///
/// # Errors
/// When a field is refused, the conditions differ (that is [`conditions::change`], because marks hang on them) or the round is
/// frozen.
pub fn edit(session: &mut Session, wanted: &Assessment) -> Result<Update> {
    let (pack, snapshot) = session.snapshot(wanted.id)?;
    let held = snapshot.assessment.clone();
    if held.frozen {
        return Err(Error::Frozen);
    }
    check_period([wanted.period_from, wanted.period_to], [held.period_from, held.period_to])?;
    if wanted.conditions.as_deref().map(conditions::known).transpose()? != held.conditions {
        return Err(Error::Field {
            field: "适用情形",
            expected: (
                "须单独变更，以便同时核对受影响的评审条目",
                "is changed by itself, so that the items it touches are looked at",
            )
                .into(),
        });
    }
    let edited = Assessment {
        title: required_line("标题", &wanted.title)?,
        organization: required_line("组织名称", &wanted.organization)?,
        kind: wanted.kind,
        scope: text("范围", &wanted.scope)?,
        exclusions: text("未覆盖的内容", &wanted.exclusions)?,
        objectives: text("目的", &wanted.objectives)?,
        sampling: text("抽样说明", &wanted.sampling)?,
        dissent: text("分歧意见", &wanted.dissent)?,
        sites: lines("职场", &wanted.sites)?,
        period_from: wanted.period_from,
        period_to: wanted.period_to,
        team: members("评估组", &wanted.team)?,
        auditees: members("受评方人员", &wanted.auditees)?,
        profile: known_profile(&pack, &wanted.profile)?,
        confidentiality: line("密级", &wanted.confidentiality)?,
        ..held
    };
    Ok(hinted(session.commit(wanted.id, Action::EditRound, &[Edit::Assessment(edited)])?, wanted))
}

/// The profile's id; the pack's default when none is named. A name the pack does not know must not silently become another way
/// of scoring.
fn known_profile(pack: &CriteriaPack, wanted: &str) -> Result<String> {
    let profile = pack.profile(wanted);
    if wanted.is_empty() || profile.id == wanted {
        Ok(profile.id.clone())
    } else {
        let expected =
            (format!("评审准则中没有评分方案 {wanted}"), format!("the criteria have no profile {wanted}")).into();
        Err(Error::Field { field: "评分方案", expected })
    }
}

fn check_period(wanted: [Option<domain::Date>; 2], held: [Option<domain::Date>; 2]) -> Result<()> {
    for (wanted, held) in wanted.into_iter().zip(held) {
        day("评估期间", wanted, held)?;
    }
    match (wanted[0], wanted[1]) {
        (Some(from), Some(to)) if from > to => Err(Error::Field {
            field: "评估期间",
            expected: (
                format!("开始日期 {from} 不应晚于结束日期 {to}"),
                format!("the first day {from} must not come after the last one {to}"),
            )
                .into(),
        }),
        _ => Ok(()),
    }
}

fn lines(field: &'static str, list: &[String]) -> Result<Vec<String>> {
    list.iter().map(|l| line(field, l)).filter(|l| l.as_ref().map_or(true, |l| !l.is_empty())).collect()
}

fn members(field: &'static str, list: &[Member]) -> Result<Vec<Member>> {
    list.iter()
        .map(|m| Ok(Member { role: line(field, &m.role)?, name: line(field, &m.name)? }))
        .filter(|m: &Result<Member>| m.as_ref().map_or(true, |m| !(m.role.is_empty() && m.name.is_empty())))
        .collect()
}
