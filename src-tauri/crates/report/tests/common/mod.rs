//! A believable round built in code: 224 answers, evidence, findings, tasks, signatures and a predecessor.

#![allow(dead_code, clippy::unwrap_used)]

use chrono::{DateTime, FixedOffset};
use domain::{
    Answer, Assessment, AssessmentKind, CriteriaPack, Date, Evidence, EvidenceKind, FileState, Finding, Grade, Id,
    Instant, Lang, Link, Member, PackIdentity, Predecessor, Priority, ReportRecord, Review, Roots, SignOff, SignRole,
    Snapshot, Task, TaskKind, TaskState, Verdict,
};
use report::{Input, Layout, Options, Progress, Report, Verified};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

pub fn pack() -> CriteriaPack {
    CriteriaPack::parse(include_bytes!("../../../../../criteria/yd-t-2823-2015.toml")).unwrap()
}

pub fn id(kind: u32, n: u32) -> Id {
    Id::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 | u128::from(kind) << 32 | u128::from(n))
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// Everything [`Input`] borrows.
pub struct Round {
    pub pack: CriteriaPack,
    pub snapshot: Snapshot,
    pub last_pack: Option<CriteriaPack>,
    pub archived: Vec<domain::pack::Item>,
    pub sign_offs: Vec<SignOff>,
    pub files: BTreeMap<Id, FileState>,
    pub history: Vec<ReportRecord>,
    pub distribution: Vec<String>,
    pub roots: Roots,
    pub texts: Vec<String>,
}

impl Round {
    pub fn input(&self) -> Input<'_> {
        Input {
            pack: &self.pack,
            snapshot: &self.snapshot,
            last_pack: self.last_pack.as_ref(),
            archived: &self.archived,
            sign_offs: &self.sign_offs,
            files: &self.files,
            today: date("2026-11-22"),
            generated_at: "2026-11-22T12:34:56+08:00".parse::<DateTime<FixedOffset>>().unwrap(),
            number: "R-03",
            history: &self.history,
            distribution: &self.distribution,
            roots: &self.roots,
            texts: &self.texts,
        }
    }

    /// Reads a report back where these criteria are at hand.
    pub fn verify(&self, pdf: &[u8]) -> Result<Verified, report::Error> {
        report::verify(pdf, &mut |sha256| {
            let packs = [Some(&self.pack), self.last_pack.as_ref()];
            packs.into_iter().flatten().find(|pack| pack.sha256 == sha256).map(|pack| Arc::new(pack.clone()))
        })
    }

    pub fn render(&self, options: &Options) -> Report {
        report::render(&self.input(), self.snapshot.sealed(), options, &mut |_: Progress| ControlFlow::Continue(()))
            .unwrap()
    }
}

pub fn options(layout: Layout, lang: Lang) -> Options {
    Options { layout, lang, ..Options::default() }
}

const NOTES: [&str; 6] = [
    "查看2026年3月至5月的班表、考勤明细与人力测算表，三者能够对应；抽查5月12日晚班，实到与排班一致。",
    "现场旁观晚高峰半小时，监控席每15分钟记录一次各技能组排队数，调度动作均有留痕，日报第3页可见。",
    "制度有规定，但4月、5月的复核记录缺少签字（抽20份，缺6份），质检主管说明因岗位交接遗漏。",
    "访谈三名班组长，均能说明升级流程与时限；抽取工单20张，首次响应最长 3 h 42 min，符合内部目标（≤ 4 h）。",
    "未见近十二个月的评审记录。培训系统显示2026-02-17有一次相关培训，参加 46 人，缺少考核结果。",
    "系统演示：IVR 菜单三层，任一层可转人工（按 0）；录音保存 180 天，抽查 XC-20260511-0073 可回放。",
];

const FACTS: [&str; 5] = [
    "2026年5月20日抽查录音30通，其中7通未按规定核验客户身份即办理信息变更（录音号 20260518-0142、20260519-0077 等），不符合「身份核验作业指导书」V3.2 第5条。",
    "质检月报（2026年4月）样本量为每人每月1通，低于制度规定的4通；质检主管确认因人员离职未补充。",
    "职场二层东侧疏散通道堆放纸箱，2026年5月21日14:20现场观察；当月巡查表该项勾选“正常”。",
    "客户投诉台账中2026年3月共有12件超过承诺时限（48小时）才回访，最长 9 天，未见升级记录。",
    "外呼名单导入前未与免打扰名单比对，2026年4月至5月抽查3个批次，其中2个批次缺少比对记录。",
];

pub fn round() -> Round {
    sized(60, 30, 1)
}

/// A round with so many pieces of evidence and tasks; notes are repeated `swell` times.
pub fn sized(evidence: u32, tasks: u32, swell: usize) -> Round {
    let pack = pack();
    let round = id(1, 1);
    let answers = answers(&pack, round, swell);
    let evidence_rows = evidence_rows(round, evidence);
    let links = links(&pack, round, evidence);
    let findings = findings(&answers, round);
    let tasks = task_rows(&findings, round, tasks);
    let predecessor = Some(predecessor(&pack));
    let snapshot = Snapshot {
        format: domain::snapshot::FORMAT,
        pack: PackIdentity::of(&pack),
        assessment: assessment(round, &pack),
        answers,
        evidence: evidence_rows,
        links,
        findings,
        tasks,
        predecessor,
    }
    .normalized();
    let files = snapshot
        .evidence
        .iter()
        .filter(|e| e.kind == EvidenceKind::File)
        .map(|e| {
            let state = match e.number {
                7 => FileState::Missing,
                19 => FileState::Changed,
                _ => FileState::Present,
            };
            (e.id, state)
        })
        .collect();
    let root = snapshot.root();
    Round {
        sign_offs: sign_offs(round, &root),
        history: history(round),
        distribution: ["总经理", "运营管理部", "质量管理部", "认证审核组"].map(str::to_owned).to_vec(),
        roots: Roots::default(),
        last_pack: None,
        archived: Vec::new(),
        texts: Vec::new(),
        pack,
        snapshot,
        files,
    }
}

fn assessment(round: Id, pack: &CriteriaPack) -> Assessment {
    let member = |role: &str, name: &str| Member { role: role.to_owned(), name: name.to_owned() };
    Assessment {
        id: round,
        title: "2026年度认证前自评".to_owned(),
        organization: "示例客服中心（样例，非真实组织）".to_owned(),
        kind: AssessmentKind::SelfAssessment,
        scope: "云桥路职场的呼入、外呼与在线客服业务，含质检、培训、排班与现场管理；覆盖 2025 年 12 月至 2026 年 5 月的运营记录。".to_owned(),
        exclusions: "仓储物流热线由合作方独立运营，本轮未覆盖，计划在第四季度单独评估。".to_owned(),
        objectives: "在正式申请认证之前，逐条核对 224 个评审条目，找出差距并完成整改。".to_owned(),
        sampling: "录音每技能组抽 30 通，工单抽 60 张，班表与考勤各抽 3 个月；未覆盖夜班在线渠道。".to_owned(),
        dissent: "运营管理部认为 JX2 中“单通成本”不宜作为考核指标，评估组保留意见。".to_owned(),
        sites: vec!["云桥路职场（二层、三层）".to_owned(), "灾备职场".to_owned()],
        period_from: Some(date("2025-12-01")),
        period_to: Some(date("2026-05-31")),
        team: vec![member("评估组长（质量管理部经理）", ""), member("评估员（质检主管）", ""), member("评估员（信息安全专员）", "")],
        auditees: vec![member("运营总监", ""), member("现场主管", ""), member("培训主管", "")],
        conditions: Some(["outbound", "online", "self-built"].map(str::to_owned).to_vec()),
        profile: pack.profiles[0].id.clone(),
        pack_sha256: pack.sha256.clone(),
        predecessor: Some(id(1, 0)),
        confidentiality: "内部".to_owned(),
        revision: 1,
        frozen: false,
        reopened_because: String::new(),
        created_at: at("2026-05-06T01:00:00Z"),
        withdrawn: false,
    }
}

fn verdict_of(index: usize) -> Option<Verdict> {
    match (index * 37 + 11) % 100 {
        0..=65 => Some(Verdict::Conform),
        66..=80 => Some(Verdict::Partial),
        81..=88 => Some(Verdict::Nonconform),
        89..=93 => Some(Verdict::NotApplicable),
        _ => None,
    }
}

fn answers(pack: &CriteriaPack, round: Id, swell: usize) -> Vec<Answer> {
    pack.items
        .iter()
        .enumerate()
        .map(|(i, item)| {
            let verdict = verdict_of(i);
            let mut answer = Answer::blank(round, &item.code);
            answer.verdict = verdict;
            if verdict.is_some() {
                answer.note = NOTES[i % NOTES.len()].repeat(swell);
                answer.assessor = ["质检主管", "信息安全专员", "评估组长"][i % 3].to_owned();
                answer.assessed_at = Some(at("2026-05-20T06:10:00Z"));
                answer.ticks = item.evidence.iter().take(i % 3).cloned().collect();
            }
            if i % 11 == 0 && verdict.is_some() {
                answer.review = if i % 22 == 0 { Review::Accepted } else { Review::Returned };
                answer.review_note = "请补充抽样清单的编号。".to_owned();
            }
            if verdict == Some(Verdict::NotApplicable) && i % 5 != 0 {
                answer.reason = "本组织没有这项业务：未开展自动外呼，也未使用第三方外呼平台。".to_owned();
            }
            answer
        })
        .collect()
}

fn evidence_rows(round: Id, count: u32) -> Vec<Evidence> {
    let names = [
        ("排班表（2026年3月—5月）", "roster-2026-03-05.xlsx"),
        ("身份核验作业指导书 V3.2", "WI-KF-012 身份核验作业指导书 V3.2.pdf"),
        ("质检月报 2026年4月", "QA-monthly-2026-04.docx"),
        ("客服录音 20260518-0142（客户同意后留存）", "20260518-0142.wav"),
        ("职场二层疏散通道照片", "floor2-exit.png"),
        ("投诉台账 2026年第一季度", "complaints-2026Q1.csv"),
    ];
    (1..=count)
        .map(|n| {
            let (title, file) = names[n as usize % names.len()];
            let kind = match n % 9 {
                4 => EvidenceKind::Record,
                8 => EvidenceKind::Interview,
                _ => EvidenceKind::File,
            };
            let is_file = kind == EvidenceKind::File;
            Evidence {
                id: id(2, n),
                assessment: round,
                number: n,
                kind,
                title: format!("{title} {n:03}"),
                file_name: if is_file { file.to_owned() } else { String::new() },
                media_type: String::new(),
                size_bytes: if is_file { (u64::from(n) * 48_731 + 1_207).to_string() } else { String::new() },
                sha256: if is_file { domain::snapshot::sha256_hex(&n.to_be_bytes()) } else { String::new() },
                location: if kind == EvidenceKind::Record {
                    "质量管理部 3 号柜，卷宗 2026-05".to_owned()
                } else {
                    String::new()
                },
                text: if kind == EvidenceKind::Interview {
                    "访谈现场主管：高峰期由值班经理统一调度，溢出时启用在线渠道分流。".to_owned()
                } else {
                    String::new()
                },
                effective: Some(date(if n.is_multiple_of(13) { "2025-06-01" } else { "2026-03-12" })),
                expires: n
                    .is_multiple_of(7)
                    .then(|| date(if n.is_multiple_of(14) { "2026-06-30" } else { "2027-12-31" })),
                added_by: "质检主管".to_owned(),
                added_at: at("2026-05-12T03:00:00Z"),
                withdrawn: false,
                flaw: None,
            }
        })
        .collect()
}

fn links(pack: &CriteriaPack, round: Id, count: u32) -> Vec<Link> {
    let mut links = Vec::new();
    for n in 1..=count {
        if n % 29 == 0 {
            continue;
        }
        for k in 0..=(n % 4) {
            let index = (n as usize * 7 + k as usize * 31) % pack.items.len();
            links.push(Link {
                evidence: id(2, n),
                assessment: round,
                item: pack.items[index].code.clone(),
                locator: ["第 3 页", "", "02:14", "Sheet1!B7"][k as usize].to_owned(),
                withdrawn: false,
            });
        }
    }
    links.sort();
    links.dedup_by(|a, b| a.evidence == b.evidence && a.item == b.item);
    links
}

fn findings(answers: &[Answer], round: Id) -> Vec<Finding> {
    let falling = answers.iter().filter(|a| matches!(a.verdict, Some(Verdict::Nonconform | Verdict::Partial)));
    falling
        .take(25)
        .enumerate()
        .map(|(i, answer)| {
            let n = u32::try_from(i + 1).unwrap();
            Finding {
                id: id(3, n),
                assessment: round,
                number: n,
                item: answer.item.clone(),
                grade: match i {
                    0..=2 => Grade::Major,
                    3..=13 => Grade::Minor,
                    14..=19 => Grade::Observation,
                    20..=22 => Grade::Opportunity,
                    _ => Grade::GoodPractice,
                },
                fact: FACTS[i % FACTS.len()].to_owned(),
                criterion: if i % 3 == 0 {
                    "「身份核验作业指导书」V3.2 第5条：办理信息变更前须核对两项以上身份信息。".to_owned()
                } else {
                    String::new()
                },
                cause: if i % 4 == 1 {
                    String::new()
                } else {
                    "指导书更新后只发邮件通知，没有安排考核；系统也未设置必填校验，班组长无法发现漏核验。".to_owned()
                },
                department: ["呼入一组", "质量管理部", "现场管理部"][i % 3].to_owned(),
                found_by: "质检主管".to_owned(),
                found_on: date("2026-05-21"),
                withdrawn: false,
            }
        })
        .collect()
}

fn task_rows(findings: &[Finding], round: Id, count: u32) -> Vec<Task> {
    (1..=count)
        .map(|n| {
            let finding = &findings[(n as usize - 1) % 20];
            let state = TaskState::ALL[n as usize % 4];
            let closed = state == TaskState::Closed;
            Task {
                id: id(4, n),
                assessment: round,
                number: n,
                finding: (n % 6 != 0).then_some(finding.id),
                item: finding.item.clone(),
                kind: if n % 3 == 0 { TaskKind::Correction } else { TaskKind::Corrective },
                title: [
                    "修订身份核验作业指导书并组织考核",
                    "补齐4月、5月复核签字并说明原因",
                    "在工单系统增加身份核验必填项",
                ][n as usize % 3]
                    .to_owned(),
                detail: "由培训主管编制考题，覆盖全部在岗座席；通过率低于 95% 的班组重新培训。".to_owned(),
                owner: if n % 10 == 0 {
                    String::new()
                } else {
                    ["培训主管", "质检主管", "系统管理员"][n as usize % 3].to_owned()
                },
                due: (n % 15 != 0).then(|| date(["2026-09-30", "2026-12-15", "2026-10-31"][n as usize % 3])),
                agreed_due: Some(date("2026-08-31")),
                priority: [Priority::High, Priority::Medium, Priority::Low][n as usize % 3],
                state,
                result: if closed {
                    "指导书已发布 V3.3，全员考核通过率 97.6%，抽查 30 通录音未再发现漏核验。".to_owned()
                } else {
                    String::new()
                },
                verifier: if closed && n != 8 { "质量管理部经理".to_owned() } else { String::new() },
                closed_at: closed.then(|| at("2026-10-20T08:00:00Z")),
                proof: if closed { vec![id(2, n % 20 + 1)] } else { Vec::new() },
                reopened: u32::from(n == 5),
                withdrawn: false,
            }
        })
        .collect()
}

fn predecessor(pack: &CriteriaPack) -> Predecessor {
    let verdicts = pack
        .items
        .iter()
        .enumerate()
        .filter_map(|(i, item)| {
            let verdict = if i % 6 == 2 { Some(Verdict::Partial) } else { verdict_of(i + usize::from(i % 9 == 4)) };
            Some((item.code.clone(), verdict?))
        })
        .collect();
    let notes =
        pack.items.iter().step_by(4).map(|i| (i.code.clone(), "去年：制度已发布，执行记录不全。".to_owned())).collect();
    let mut open = task_rows(&findings(&answers(pack, id(1, 0), 1), id(1, 0)), id(1, 0), 4);
    open.retain(|t| t.state != TaskState::Closed);
    Predecessor {
        id: id(1, 0),
        title: "2025年度自评".to_owned(),
        root: domain::snapshot::sha256_hex(b"2025"),
        verdicts,
        notes,
        open_tasks: open,
    }
}

fn sign_offs(round: Id, root: &str) -> Vec<SignOff> {
    let sign = |n, role, root: &str, withdrawn| SignOff {
        id: id(5, n),
        assessment: round,
        role,
        name: "质量管理部经理".to_owned(),
        root: root.to_owned(),
        revision: 1,
        signed_at: at("2026-11-21T09:00:00Z"),
        withdrawn,
        format: domain::snapshot::FORMAT,
    };
    vec![
        sign(1, SignRole::Prepared, root, false),
        sign(2, SignRole::Reviewed, &domain::snapshot::sha256_hex(b"older"), false),
    ]
}

fn history(round: Id) -> Vec<ReportRecord> {
    (1..=2)
        .map(|n| ReportRecord {
            id: id(6, n),
            assessment: round,
            number: n,
            root: domain::snapshot::sha256_hex(&[u8::try_from(n).unwrap()]),
            pdf_sha256: domain::snapshot::sha256_hex(b"pdf"),
            file_name: format!("report-{n}.pdf"),
            layout: if n == 1 { "gap".to_owned() } else { "certification".to_owned() },
            lang: "zh".to_owned(),
            draft: n == 1,
            exported_by: "质检主管".to_owned(),
            exported_at: at("2026-06-02T02:30:00Z"),
            withdrawn: false,
            options_sha256: String::new(),
            format: domain::snapshot::FORMAT,
        })
        .collect()
}

/// Runs a tool over a PDF; the machine that lacks it fails loudly unless it says that it may.
pub fn tool(name: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> Option<std::process::Output> {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let file = format!("beishen-report-{}-{}.pdf", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(file);
    std::fs::write(&path, pdf).unwrap();
    let ran = std::process::Command::new(name).args(before).arg(&path).args(after).output();
    std::fs::remove_file(&path).unwrap();
    match ran {
        Ok(output) => Some(output),
        Err(why) if std::env::var_os("BEISHEN_ALLOW_MISSING_TOOLS").is_some() => {
            eprintln!("NOT CHECKED: {name} is missing: {why}");
            None
        }
        Err(why) => panic!("{name} is missing ({why}); install it or set BEISHEN_ALLOW_MISSING_TOOLS"),
    }
}

/// Text of every page in the order it was written.
pub fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let output = tool("pdftotext", &["-raw", "-enc", "UTF-8"], pdf, &["-"])?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.split_terminator('\u{C}').map(str::to_owned).collect())
}

/// Lines of a section: from the page whose first contents line is `title` up to the page of `next`.
pub fn section(pages: &[String], title: &str, next: &str) -> Vec<String> {
    let page_of = |title: &str| {
        pages.iter().position(|p| p.lines().any(|l| l.trim() == title)).unwrap_or_else(|| panic!("no page {title}"))
    };
    pages[page_of(title)..page_of(next)].iter().flat_map(|p| p.lines().map(str::to_owned)).collect()
}

/// Words of a shape such as `EV-0001` in some text.
pub fn words(text: &str, is: impl Fn(&str) -> bool) -> Vec<&str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|w| is(w)).collect()
}

pub fn is_item(word: &str) -> bool {
    let Some((head, tail)) = word.split_once('-') else { return false };
    head.len() == 3
        && head.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && head.as_bytes()[2].is_ascii_digit()
        && tail.len() == 2
        && tail.bytes().all(|b| b.is_ascii_digit())
}

pub fn is_label(prefix: &str, word: &str) -> bool {
    word.strip_prefix(prefix).is_some_and(|n| n.len() >= 2 && n.bytes().all(|b| b.is_ascii_digit()))
}
