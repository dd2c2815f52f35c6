//! The sample assessment: a made-up organisation with two rounds, written through the one write path day by day, so that its
//! history reads like real work. Its dates follow the day it is made, and ids follow from them: samples made on one day have the
//! same root on every machine.

mod calendar;
mod file;

use crate::{Env, Error, Result, Session, criteria};
use calendar::Calendar;
use chrono::{DateTime, FixedOffset, TimeDelta};
use domain::{
    Action, Answer, Assessment, AssessmentKind, CriteriaPack, Date, Evidence, EvidenceKind, Finding, Id, Instant, Link,
    Task,
};
use file::{RoundFile, SampleEvidence, SampleTask};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Act, Edit};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/evidence");
const LAST_ROUND: &str = include_str!("../../../../assets/sample/last-round.toml");
const THIS_ROUND: &str = include_str!("../../../../assets/sample/this-round.toml");

/// Makes a workspace holding the sample's two rounds and leaves it open under `env`. Returns the newer round.
///
/// # Errors
/// When `dir` is not empty or cannot be written.
pub fn create(dir: &Path, env: Env) -> Result<(Session, Id)> {
    let (pack, text) = criteria::load(None)?;
    let mut session = Session::create(dir, env, &pack, &text)?;
    let pack = session.adopt_pack(pack, &text)?;
    let mut ids = Ids::default();
    let calendar = Calendar::of(session.env.today());
    let last = write(&mut session, &pack, &calendar.fill(LAST_ROUND), None, &mut ids)?;
    let this = write(&mut session, &pack, &calendar.fill(THIS_ROUND), Some(last), &mut ids)?;
    Ok((session, this))
}

/// Fixed version 7 ids: their time is the day of the entry, the rest counts up.
#[derive(Default)]
struct Ids(AtomicU64);

impl Ids {
    fn next(&self, at: Instant) -> Id {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        let mut tail = [0_u8; 10];
        tail[2..].copy_from_slice(&count.to_be_bytes());
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }
}

struct Draft<'a> {
    session: &'a mut Session,
    ids: &'a Ids,
    round: Id,
    evidence: BTreeMap<u32, Id>,
    findings: BTreeMap<u32, Id>,
}

fn write(session: &mut Session, pack: &Arc<CriteriaPack>, text: &str, before: Option<Id>, ids: &mut Ids) -> Result<Id> {
    let file: RoundFile = toml::from_str(text)
        .map_err(|e| wrong(format!("应可解析：{}", e.message()), format!("cannot be read: {}", e.message())))?;
    check_codes(pack, &file)?;
    let created = moment(file.round.created_on, 9, 0)?;
    let round = ids.next(created);
    let mut draft = Draft { session, ids, round, evidence: BTreeMap::new(), findings: BTreeMap::new() };
    draft.commit(
        "质检主管",
        created,
        Action::StartRound,
        &[Edit::Assessment(head(&file, pack, round, before, created)?)],
    )?;
    draft.write_evidence(&file)?;
    draft.write_answers(&file)?;
    draft.write_findings(pack, &file)?;
    draft.write_tasks(&file)?;
    Ok(round)
}

fn check_codes(pack: &CriteriaPack, file: &RoundFile) -> Result<()> {
    let links = file.evidence.iter().flat_map(|e| e.links.iter().map(|l| &l.item));
    let answers = file.answers.iter().map(|a| &a.item);
    let findings = file.findings.iter().map(|f| &f.item);
    for code in answers.chain(links).chain(findings).chain(file.tasks.iter().map(|t| &t.item)) {
        if pack.item(code).is_none() {
            return Err(Error::UnknownItem(code.clone()));
        }
    }
    for answer in &file.answers {
        let known = pack.item(&answer.item).map(|i| i.evidence.as_slice()).unwrap_or_default();
        if let Some(tick) = answer.ticks.iter().find(|t| !known.contains(t)) {
            return Err(Error::Unknown { what: "应备证据", key: format!("{} {tick}", answer.item) });
        }
    }
    Ok(())
}

fn head(file: &RoundFile, pack: &CriteriaPack, id: Id, before: Option<Id>, created: Instant) -> Result<Assessment> {
    let head = &file.round;
    Ok(Assessment {
        id,
        title: head.title.clone(),
        organization: head.organization.clone(),
        kind: AssessmentKind::SelfAssessment,
        scope: head.scope.clone(),
        exclusions: head.exclusions.clone(),
        objectives: head.objectives.clone(),
        sampling: head.sampling.clone(),
        dissent: head.dissent.clone(),
        sites: head.sites.clone(),
        period_from: Some(head.period_from),
        period_to: Some(head.period_to),
        team: head.team.clone(),
        auditees: head.auditees.clone(),
        conditions: Some(head.conditions.clone()),
        profile: pack.profile("").id.clone(),
        pack_sha256: pack.sha256.clone(),
        predecessor: before,
        confidentiality: head.confidentiality.clone(),
        revision: 1,
        reopened_because: String::new(),
        frozen: false,
        created_at: created,
        withdrawn: false,
    })
}

impl Draft<'_> {
    fn commit(&mut self, actor: &str, at: Instant, action: Action, edits: &[Edit]) -> Result<()> {
        let act = Act { actor: actor.to_owned(), at, batch: self.ids.next(at), action, assessment: self.round };
        self.session.workspace.commit(&act, edits)?;
        Ok(())
    }

    fn write_evidence(&mut self, file: &RoundFile) -> Result<()> {
        // One batch per person and day, as somebody who comes back from the archive with a stack would do it.
        let mut stacks: BTreeMap<(Date, String), Vec<Edit>> = BTreeMap::new();
        for sample in &file.evidence {
            let added = moment(sample.day, 14, sample.number)?;
            let evidence = self.evidence_row(sample, added)?;
            let id = evidence.id;
            self.evidence.insert(sample.number, id);
            let stack = stacks.entry((sample.day, sample.added_by.clone())).or_default();
            stack.push(Edit::Evidence(evidence));
            stack.extend(sample.links.iter().map(|link| {
                Edit::Link(Link {
                    evidence: id,
                    assessment: self.round,
                    item: link.item.clone(),
                    locator: link.locator.clone(),
                    withdrawn: false,
                })
            }));
        }
        for ((day, who), edits) in stacks {
            self.commit(&who, moment(day, 14, 30)?, Action::AddEvidence, &edits)?;
        }
        Ok(())
    }

    fn evidence_row(&mut self, sample: &SampleEvidence, added: Instant) -> Result<Evidence> {
        let (mut size_bytes, mut sha256) = (String::new(), String::new());
        if sample.kind == EvidenceKind::File {
            let content = FILES
                .get_file(&sample.file)
                .ok_or_else(|| Error::Unknown { what: "样例证据文件", key: sample.file.clone() })?
                .contents();
            let stored = self.session.workspace.import_bytes(&sample.file, content)?;
            (size_bytes, sha256) = (stored.size_bytes.to_string(), stored.sha256);
        }
        Ok(Evidence {
            id: self.ids.next(added),
            assessment: self.round,
            number: sample.number,
            kind: sample.kind,
            title: sample.title.clone(),
            file_name: sample.file.clone(),
            media_type: if sample.file.is_empty() { "" } else { crate::evidence::media_type(&sample.file) }.to_owned(),
            size_bytes,
            sha256,
            location: sample.location.clone(),
            text: sample.text.clone(),
            effective: sample.effective,
            expires: sample.expires,
            added_by: sample.added_by.clone(),
            added_at: added,
            withdrawn: false,
            flaw: None,
        })
    }

    fn write_answers(&mut self, file: &RoundFile) -> Result<()> {
        let mut stacks: BTreeMap<(Date, String), Vec<Edit>> = BTreeMap::new();
        for (n, sample) in (0_u32..).zip(&file.answers) {
            let stack = stacks.entry((sample.day, sample.assessor.clone())).or_default();
            stack.push(Edit::Answer(Answer {
                assessment: self.round,
                item: sample.item.clone(),
                verdict: sample.verdict,
                note: sample.note.clone(),
                reason: sample.reason.clone(),
                ticks: sample.ticks.clone(),
                assessor: sample.assessor.clone(),
                assessed_at: Some(moment(sample.day, 10, n)?),
                review: sample.review,
                review_note: sample.review_note.clone(),
                proposed: false,
                given_for: String::new(),
            }));
        }
        for ((day, who), edits) in stacks {
            self.commit(&who, moment(day, 17, 0)?, Action::Mark, &edits)?;
        }
        Ok(())
    }

    fn write_findings(&mut self, pack: &CriteriaPack, file: &RoundFile) -> Result<()> {
        for sample in &file.findings {
            let found = moment(sample.found_on, 16, sample.number)?;
            let id = self.ids.next(found);
            self.findings.insert(sample.number, id);
            let requirement = pack.item(&sample.item).map(|i| i.requirement.clone()).unwrap_or_default();
            let finding = Finding {
                id,
                assessment: self.round,
                number: sample.number,
                item: sample.item.clone(),
                grade: sample.grade,
                fact: sample.fact.clone(),
                criterion: if sample.criterion.is_empty() { requirement } else { sample.criterion.clone() },
                cause: sample.cause.clone(),
                department: sample.department.clone(),
                found_by: sample.found_by.clone(),
                found_on: sample.found_on,
                withdrawn: false,
            };
            self.commit(&sample.found_by, found, Action::AddFinding, &[Edit::Finding(finding)])?;
        }
        Ok(())
    }

    fn write_tasks(&mut self, file: &RoundFile) -> Result<()> {
        let planned = file.findings.iter().map(|f| f.found_on).max().unwrap_or(file.round.created_on);
        let made = moment(planned + TimeDelta::days(2), 9, 30)?;
        let rows = file.tasks.iter().map(|t| self.task_row(t, made)).collect::<Result<Vec<_>>>()?;
        self.commit("质检主管", made, Action::AddTask, &rows)
    }

    fn task_row(&self, sample: &SampleTask, made: Instant) -> Result<Edit> {
        let finding = match sample.finding {
            0 => None,
            number => Some(
                *self
                    .findings
                    .get(&number)
                    .ok_or_else(|| Error::Unknown { what: "发现", key: format!("NC-{number:02}") })?,
            ),
        };
        let proof = sample
            .proof
            .iter()
            .map(|n| {
                self.evidence
                    .get(n)
                    .copied()
                    .ok_or_else(|| Error::Unknown { what: "证据", key: format!("EV-{n:04}") })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Edit::Task(Task {
            id: self.ids.next(made),
            assessment: self.round,
            number: sample.number,
            finding,
            item: sample.item.clone(),
            kind: sample.kind,
            title: sample.title.clone(),
            detail: sample.detail.clone(),
            owner: sample.owner.clone(),
            due: sample.due,
            agreed_due: sample.agreed_due.or(sample.due),
            priority: sample.priority,
            state: sample.state,
            result: sample.result.clone(),
            verifier: sample.verifier.clone(),
            closed_at: sample.closed_on.map(|day| moment(day, 16, sample.number)).transpose()?,
            proof,
            reopened: sample.reopened,
            withdrawn: false,
        }))
    }
}

/// `hour` o'clock and `minute` past (running over into later hours) in China, where the sample lives.
fn moment(day: Date, hour: u32, minute: u32) -> Result<Instant> {
    let wrong = || wrong(format!("{day} 应为有效时间"), format!("{day} has no such hour"));
    let offset = FixedOffset::east_opt(8 * 3600).ok_or_else(wrong)?;
    let start: DateTime<FixedOffset> =
        day.and_hms_opt(hour, 0, 0).and_then(|t| t.and_local_timezone(offset).single()).ok_or_else(wrong)?;
    Ok((start + TimeDelta::minutes(i64::from(minute))).to_utc())
}

fn wrong(chinese: String, english: String) -> Error {
    Error::Field { field: "样例数据", expected: (chinese, english).into() }
}
