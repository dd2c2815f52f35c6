//! One believable round of a call centre, small.

use domain::*;
use std::sync::LazyLock;

pub static CRITERIA: &str = include_str!("../../../../../criteria/yd-t-2823-2015.toml");
pub static PACK: LazyLock<CriteriaPack> = LazyLock::new(|| CriteriaPack::parse(CRITERIA.as_bytes()).unwrap());

pub fn id(n: u128) -> Id {
    Id::from_u128(0x0193_5000_0000_7000_8000_0000_0000_0000 + n)
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn instant(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
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
            confidentiality: "内部".into(),
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

pub fn evidence(number: u32, file_name: &str, content: &[u8]) -> Evidence {
    Evidence {
        id: id(0x2000 + u128::from(number)),
        assessment: id(1),
        number,
        kind: EvidenceKind::File,
        title: format!("班表公布通知（{number}）"),
        file_name: file_name.into(),
        media_type: "application/pdf".into(),
        size_bytes: content.len().to_string(),
        sha256: snapshot::sha256_hex(content),
        location: String::new(),
        text: String::new(),
        effective: Some(day("2026-03-01")),
        expires: None,
        added_by: "质检主管".into(),
        added_at: instant("2026-11-20T02:00:00Z"),
        withdrawn: false,
        flaw: None,
    }
}

pub fn finding(number: u32, item: &str) -> Finding {
    Finding {
        id: id(0x3000 + u128::from(number)),
        assessment: id(1),
        number,
        item: item.into(),
        grade: Grade::Minor,
        fact: "9 月抽查三期班表，其中一期晚于规定的提前期两天公布".into(),
        criterion: "班表在执行前按规定的提前期向员工公布".into(),
        cause: "排班岗只有一人，休假时无人顶岗".into(),
        department: "现场管理组".into(),
        found_by: "评估员甲".into(),
        found_on: day("2026-11-20"),
        withdrawn: false,
    }
}

pub fn task(number: u32, title: &str) -> Task {
    Task {
        id: id(0x4000 + u128::from(number)),
        assessment: id(1),
        number,
        finding: None,
        item: "XC3-05".into(),
        kind: TaskKind::Corrective,
        title: title.into(),
        detail: "排班岗设 AB 角，休假前交接".into(),
        owner: "现场经理".into(),
        due: Some(day("2026-12-15")),
        agreed_due: Some(day("2026-12-15")),
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
