//! Assessments: create, start the next round, edit.

use crate::error::{line, required_line, text};
use crate::view::{NewRound, Update};
use crate::{Error, Result, Session};
use domain::pack::Condition;
use domain::{Answer, Assessment, AssessmentKind, CriteriaPack, Id, Member, Verdict};
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
    check_conditions(new.conditions.as_deref().unwrap_or_default())?;
    check_period(new.period_from, new.period_to)
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
    check_period(new.period_from, new.period_to)?;
    let profile = known_profile(pack, &new.profile)?;
    if let Some(before) = new.predecessor {
        session.choose(Some(before))?;
    }
    let conditions = new.conditions.clone().map(|list| check_conditions(&list)).transpose()?;
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
    if let Some(held) = conditions {
        edits.extend(proposals(pack, id, &held, session));
    }
    session.commit(id, "start_round", &edits)?;
    Ok(id)
}

/// 不适用 proposals for the items whose condition is not among those that hold.
fn proposals(pack: &CriteriaPack, round: Id, held: &[String], session: &Session) -> Vec<Edit> {
    pack.items
        .iter()
        .filter(|item| item.applies != Condition::All && !held.iter().any(|c| c == item.applies.key()))
        .map(|item| {
            Edit::Answer(Answer {
                verdict: Some(Verdict::NotApplicable),
                reason: absence(item.applies).to_owned(),
                assessor: session.env.actor.clone(),
                assessed_at: Some(session.env.now()),
                ..Answer::blank(round, &item.code)
            })
        })
        .collect()
}

/// Why an item does not apply when its condition does not hold.
const fn absence(condition: Condition) -> &'static str {
    match condition {
        Condition::All => "",
        Condition::Outbound => "评估范围内没有外呼业务（建立评估时填报，请确认）。",
        Condition::Outsourced => "评估范围内没有外包业务（建立评估时填报，请确认）。",
        Condition::SelfBuilt => "评估范围内的系统非自建（建立评估时填报，请确认）。",
        Condition::Online => "评估范围内没有在线渠道（建立评估时填报，请确认）。",
        Condition::Bot => "评估范围内没有智能客服（建立评估时填报，请确认）。",
        Condition::MultiSite => "评估范围内只有一个职场（建立评估时填报，请确认）。",
    }
}

/// Replaces the descriptive fields of a round (title, scope, period, team …). Identity, criteria, revision and the frozen
/// mark are not touched.
///
/// # Errors
/// When a field is refused or the round is frozen.
pub fn edit(session: &mut Session, wanted: &Assessment) -> Result<Update> {
    let (pack, snapshot) = session.snapshot(wanted.id)?;
    let held = snapshot.assessment;
    if held.frozen {
        return Err(Error::Frozen);
    }
    check_period(wanted.period_from, wanted.period_to)?;
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
        conditions: wanted.conditions.clone().map(|list| check_conditions(&list)).transpose()?,
        profile: known_profile(&pack, &wanted.profile)?,
        confidentiality: line("密级", &wanted.confidentiality)?,
        ..held
    };
    session.commit(wanted.id, "edit_round", &[Edit::Assessment(edited)])
}

/// The profile's id; the pack's default when none is named. A name the pack does not know must not silently become another way
/// of scoring.
fn known_profile(pack: &CriteriaPack, wanted: &str) -> Result<String> {
    let profile = pack.profile(wanted);
    if wanted.is_empty() || profile.id == wanted {
        Ok(profile.id.clone())
    } else {
        Err(Error::Field { field: "评分方案", expected: format!("评审准则中没有评分方案 {wanted}") })
    }
}

fn check_period(from: Option<domain::Date>, to: Option<domain::Date>) -> Result<()> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(Error::Field {
            field: "评估期间",
            expected: format!("开始日期 {from} 不应晚于结束日期 {to}"),
        }),
        _ => Ok(()),
    }
}

fn check_conditions(list: &[String]) -> Result<Vec<String>> {
    const KNOWN: [Condition; 6] = [
        Condition::Outbound,
        Condition::Outsourced,
        Condition::SelfBuilt,
        Condition::Online,
        Condition::Bot,
        Condition::MultiSite,
    ];
    for name in list {
        if !KNOWN.iter().any(|c| c.key() == name) {
            return Err(Error::Field { field: "适用情形", expected: format!("不认识的情形 {name}") });
        }
    }
    Ok(KNOWN.iter().map(|c| c.key().to_owned()).filter(|c| list.contains(c)).collect())
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
