//! The shipped criteria and a round to fill in.
#![allow(dead_code, clippy::unwrap_used, reason = "shared by tests that each use a part")]

use chrono::{DateTime, NaiveDate};
use domain::*;
use std::sync::LazyLock;

pub static PACK: LazyLock<CriteriaPack> =
    LazyLock::new(|| CriteriaPack::parse(include_bytes!("../../../../../criteria/yd-t-2823-2015.toml")).unwrap());

pub fn id(n: u128) -> Id {
    Id::from_u128(n)
}

pub fn day(text: &str) -> Date {
    text.parse::<NaiveDate>().unwrap()
}

pub fn instant(text: &str) -> Instant {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub fn round() -> Snapshot {
    Snapshot {
        format: snapshot::FORMAT,
        pack: PackIdentity::of(&PACK),
        assessment: Assessment {
            id: id(1),
            title: "云岭客服中心2026年内部自评".into(),
            organization: "示例组织·云岭客服中心".into(),
            kind: AssessmentKind::SelfAssessment,
            scope: "呼入、外呼与在线客服".into(),
            exclusions: String::new(),
            objectives: String::new(),
            sampling: String::new(),
            dissent: String::new(),
            sites: vec!["主职场".into()],
            period_from: Some(day("2025-10-01")),
            period_to: Some(day("2026-09-30")),
            team: vec![],
            auditees: vec![],
            conditions: None,
            profile: "internal".into(),
            pack_sha256: PACK.sha256.clone(),
            predecessor: None,
            confidentiality: String::new(),
            revision: 1,
            reopened_because: String::new(),
            frozen: false,
            created_at: instant("2026-10-08T01:00:00Z"),
            withdrawn: false,
        },
        answers: vec![],
        evidence: vec![],
        links: vec![],
        findings: vec![],
        tasks: vec![],
        predecessor: None,
    }
}

pub fn answer(item: &str, verdict: Option<Verdict>) -> Answer {
    Answer { verdict, ..Answer::blank(id(1), item) }
}

pub fn evidence(number: u32) -> Evidence {
    Evidence {
        id: id(1000 + u128::from(number)),
        assessment: id(1),
        number,
        kind: EvidenceKind::File,
        title: format!("排班契合度月报{number}"),
        file_name: format!("排班契合度月报{number}.xlsx"),
        media_type: String::new(),
        size_bytes: "2048".into(),
        sha256: snapshot::sha256_hex(&number.to_be_bytes()),
        location: String::new(),
        text: String::new(),
        effective: Some(day("2026-06-30")),
        expires: None,
        added_by: "排班专员".into(),
        added_at: instant("2026-10-12T02:00:00Z"),
        withdrawn: false,
        flaw: None,
    }
}

pub fn link(number: u32, item: &str) -> Link {
    Link {
        evidence: id(1000 + u128::from(number)),
        assessment: id(1),
        item: item.into(),
        locator: String::new(),
        withdrawn: false,
    }
}

pub fn finding(number: u32, item: &str, grade: Grade) -> Finding {
    Finding {
        id: id(2000 + u128::from(number)),
        assessment: id(1),
        number,
        item: item.into(),
        grade,
        fact: "抽查2026年8月班表10份，3份在执行前一天才公布。".into(),
        criterion: "班表在执行前按规定的提前期公布".into(),
        cause: "排班专员一人在岗，休假无人接替".into(),
        department: "运营支持部".into(),
        found_by: "质检主管".into(),
        found_on: day("2026-10-15"),
        withdrawn: false,
    }
}

pub fn task(number: u32, finding: u32, item: &str) -> Task {
    Task {
        id: id(3000 + u128::from(number)),
        assessment: id(1),
        number,
        finding: (finding > 0).then(|| id(2000 + u128::from(finding))),
        item: item.into(),
        kind: TaskKind::Corrective,
        title: "设排班备岗并写入岗位说明书".into(),
        detail: String::new(),
        owner: "运营支持经理".into(),
        due: Some(day("2026-12-20")),
        agreed_due: Some(day("2026-12-20")),
        priority: Priority::High,
        state: TaskState::Todo,
        result: String::new(),
        verifier: String::new(),
        closed_at: None,
        proof: vec![],
        reopened: 0,
        withdrawn: false,
    }
}
