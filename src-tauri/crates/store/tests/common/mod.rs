//! Builders shared by the tests: one believable round of a call centre.
#![allow(clippy::unwrap_used, dead_code)]

pub mod invariants;

use chrono::TimeZone as _;
use domain::snapshot::sha256_hex;
use domain::{
    Action, Answer, Assessment, AssessmentKind, Date, Evidence, EvidenceKind, Finding, Grade, Id, Instant, Link,
    Member, PackIdentity, Priority, SignOff, SignRole, Snapshot, Task, TaskKind, TaskState, Verdict,
};
use std::path::{Path, PathBuf};
use store::{Act, Edit, Holder, Receipt, StoredFile, Workspace};

pub const PACK: &str = "[pack]\nstandard = \"YD/T 2823-2015\"\nversion = \"0.1.0\"\n# 自编评审条目，仅供测试\n";

/// Ids that can be told apart and repeat from run to run.
pub fn id(n: u128) -> Id {
    Id::from_u128(0x0193_5000_0000_7000_8000_0000_0000_0000 + n)
}

/// Minutes after the morning of 22 November 2026.
pub fn at(minutes: i64) -> Instant {
    chrono::Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap() + chrono::Duration::minutes(minutes)
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn holder() -> Holder {
    Holder {
        app: "备审 0.1.0".into(),
        user: "质检主管".into(),
        host: "kefu-01".into(),
        pid: std::process::id(),
        since: at(0),
    }
}

pub fn pack_identity() -> PackIdentity {
    PackIdentity { standard: "YD/T 2823-2015".into(), version: "0.1.0".into(), sha256: sha256_hex(PACK.as_bytes()) }
}

/// A folder that is gone at the end of the test, and the workspace path in it.
pub struct Place {
    pub temp: tempfile::TempDir,
    pub dir: PathBuf,
}

pub fn place() -> Place {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("华东呼叫中心 2026");
    Place { temp, dir }
}

/// As [`place`], but where nothing need reach a disk: for tests of content that open and save many hundred times.
pub fn place_in_memory() -> Place {
    let shm = Path::new("/dev/shm");
    let temp = if shm.is_dir() { tempfile::tempdir_in(shm) } else { tempfile::tempdir() }.unwrap();
    let dir = temp.path().join("华东呼叫中心 2026");
    Place { temp, dir }
}

/// A workspace with the pack and one round, [`ROUND`].
pub fn workspace(dir: &Path) -> Workspace {
    let mut w = Workspace::create(dir, &holder()).unwrap();
    w.put_pack(&pack_identity().sha256, PACK).unwrap();
    w.commit(&act(1, "new"), &[Edit::Assessment(round())]).unwrap();
    w
}

pub fn round_id() -> Id {
    id(1)
}

pub fn act(n: u128, action: &str) -> Act {
    let action = match action {
        "new" => Action::StartRound,
        "evidence" => Action::AddEvidence,
        "finding" => Action::AddFinding,
        "task" => Action::AddTask,
        "edit" => Action::EditRound,
        "fill" => Action::Mark,
        "withdraw" => Action::WithdrawFinding,
        "step" => Action::Undo,
        word => Action::named(word).unwrap_or_else(|| panic!("no action {word}")),
    };
    Act {
        actor: "质检主管".into(),
        at: at(i64::try_from(n).unwrap()),
        batch: id(0x1000_0000 + n),
        action,
        assessment: round_id(),
    }
}

pub fn round() -> Assessment {
    Assessment {
        id: round_id(),
        title: "2026 年度自评".into(),
        organization: "示例呼叫中心".into(),
        kind: AssessmentKind::SelfAssessment,
        scope: "热线与在线渠道".into(),
        exclusions: String::new(),
        objectives: "认证前准备".into(),
        sampling: "每类记录抽三份".into(),
        dissent: String::new(),
        sites: vec!["上海职场".into(), "成都职场".into()],
        period_from: Some(date("2026-01-01")),
        period_to: Some(date("2026-10-31")),
        team: vec![Member { role: "评估组长".into(), name: String::new() }],
        auditees: vec![],
        conditions: None,
        profile: "internal".into(),
        pack_sha256: pack_identity().sha256,
        predecessor: None,
        confidentiality: "内部".into(),
        revision: 1,
        reopened_because: String::new(),
        frozen: false,
        created_at: at(0),
        withdrawn: false,
    }
}

pub fn answer(item: &str, verdict: Option<Verdict>, note: &str) -> Answer {
    let mut answer = Answer::blank(round_id(), item);
    answer.verdict = verdict;
    answer.note = note.into();
    answer.assessor = "评估员甲".into();
    answer.assessed_at = verdict.map(|_| at(5));
    answer
}

pub fn mark(w: &mut Workspace, n: u128, item: &str, verdict: Verdict) -> Receipt {
    w.commit(&act(n, "mark"), &[Edit::Answer(answer(item, Some(verdict), "抽查班表三份，均提前七天公布"))]).unwrap()
}

pub fn evidence(n: u32, stored: &StoredFile) -> Evidence {
    Evidence {
        id: id(0x2000 + u128::from(n)),
        assessment: round_id(),
        number: n,
        kind: EvidenceKind::File,
        title: format!("班表公布通知（{n}）"),
        file_name: stored.file_name.clone(),
        media_type: "application/pdf".into(),
        size_bytes: stored.size_bytes.to_string(),
        sha256: stored.sha256.clone(),
        location: String::new(),
        text: String::new(),
        effective: Some(date("2026-03-01")),
        expires: None,
        added_by: "质检主管".into(),
        added_at: at(6),
        withdrawn: false,
        flaw: None,
    }
}

pub fn link(evidence: &Evidence, item: &str) -> Link {
    Link {
        evidence: evidence.id,
        assessment: round_id(),
        item: item.into(),
        locator: "第 3 页".into(),
        withdrawn: false,
    }
}

pub fn finding(n: u32, item: &str) -> Finding {
    Finding {
        id: id(0x3000 + u128::from(n)),
        assessment: round_id(),
        number: n,
        item: item.into(),
        grade: Grade::Minor,
        fact: "10 月 12 日夜班机房门禁记录缺失两小时".into(),
        criterion: "门禁记录完整".into(),
        cause: "门禁控制器断电后未补录".into(),
        department: "现场管理组".into(),
        found_by: "评估员甲".into(),
        found_on: date("2026-11-20"),
        withdrawn: false,
    }
}

pub fn task(n: u32, finding: Option<&Finding>, item: &str) -> Task {
    Task {
        id: id(0x4000 + u128::from(n)),
        assessment: round_id(),
        number: n,
        finding: finding.map(|f| f.id),
        item: item.into(),
        kind: TaskKind::Corrective,
        title: "补装不间断电源".into(),
        detail: "门禁控制器接入机房 UPS，并做断电演练".into(),
        owner: "技术主管".into(),
        due: Some(date("2026-12-15")),
        agreed_due: Some(date("2026-12-15")),
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

pub fn sign_off(n: u128, role: SignRole, root: &str) -> SignOff {
    SignOff {
        id: id(0x5000 + n),
        assessment: round_id(),
        role,
        name: "评估组长".into(),
        root: root.into(),
        revision: 1,
        signed_at: at(60),
        withdrawn: false,
        format: domain::snapshot::FORMAT,
    }
}

pub fn snapshot(w: &Workspace) -> Snapshot {
    w.snapshot(round_id(), pack_identity()).unwrap()
}

pub fn root(w: &Workspace) -> String {
    snapshot(w).root()
}

pub fn doctor(w: &Workspace) -> Vec<store::Trouble> {
    w.doctor(&mut |_, _| std::ops::ControlFlow::Continue(())).unwrap()
}

pub fn quietly(_: store::ImportProgress) -> std::ops::ControlFlow<()> {
    std::ops::ControlFlow::Continue(())
}
