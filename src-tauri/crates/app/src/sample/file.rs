//! The shape of `assets/sample/*-round.toml, its dates filled in`.

use domain::{Date, EvidenceKind, Grade, Member, Priority, Review, TaskKind, TaskState, Verdict};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundFile {
    pub round: RoundHead,
    #[serde(default)]
    pub answers: Vec<SampleAnswer>,
    #[serde(default)]
    pub evidence: Vec<SampleEvidence>,
    #[serde(default)]
    pub findings: Vec<SampleFinding>,
    #[serde(default)]
    pub tasks: Vec<SampleTask>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundHead {
    pub organization: String,
    pub title: String,
    pub scope: String,
    #[serde(default)]
    pub exclusions: String,
    #[serde(default)]
    pub objectives: String,
    #[serde(default)]
    pub sampling: String,
    #[serde(default)]
    pub dissent: String,
    #[serde(default)]
    pub sites: Vec<String>,
    pub period_from: Date,
    pub period_to: Date,
    #[serde(default)]
    pub team: Vec<Member>,
    #[serde(default)]
    pub auditees: Vec<Member>,
    #[serde(default)]
    pub conditions: Vec<String>,
    #[serde(default)]
    pub confidentiality: String,
    pub created_on: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleAnswer {
    pub item: String,
    pub verdict: Option<Verdict>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub ticks: Vec<String>,
    pub assessor: String,
    pub day: Date,
    #[serde(default)]
    pub review: Review,
    #[serde(default)]
    pub review_note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleEvidence {
    pub number: u32,
    pub kind: EvidenceKind,
    pub title: String,
    #[serde(default)]
    pub file: String,
    #[serde(default)]
    pub location: String,
    #[serde(default)]
    pub text: String,
    pub effective: Option<Date>,
    pub expires: Option<Date>,
    pub added_by: String,
    pub day: Date,
    #[serde(default)]
    pub links: Vec<SampleLink>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleLink {
    pub item: String,
    #[serde(default)]
    pub locator: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleFinding {
    pub number: u32,
    pub item: String,
    pub grade: Grade,
    pub fact: String,
    #[serde(default)]
    pub criterion: String,
    #[serde(default)]
    pub cause: String,
    #[serde(default)]
    pub department: String,
    pub found_by: String,
    pub found_on: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleTask {
    pub number: u32,
    /// 0 = none.
    #[serde(default)]
    pub finding: u32,
    pub item: String,
    #[serde(default)]
    pub kind: TaskKind,
    pub title: String,
    #[serde(default)]
    pub detail: String,
    #[serde(default)]
    pub owner: String,
    pub due: Option<Date>,
    pub agreed_due: Option<Date>,
    #[serde(default)]
    pub priority: Priority,
    #[serde(default)]
    pub state: TaskState,
    #[serde(default)]
    pub result: String,
    #[serde(default)]
    pub verifier: String,
    pub closed_on: Option<Date>,
    /// Evidence numbers.
    #[serde(default)]
    pub proof: Vec<u32>,
    #[serde(default)]
    pub reopened: u32,
}
