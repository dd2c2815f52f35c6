//! One call centre with one round, and the world around it.

use app::answers::{self, AnswerPatch};
use app::evidence::EvidenceDraft;
use app::exports::{self, Export, Exported};
use app::findings::FindingDraft;
use app::tasks::TaskDraft;
use app::view::{NewRound, Update};
use app::{Env, Error, Session, criteria, rounds, upkeep};
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use domain::{CriteriaPack, Date, Evidence, Finding, Grade, Id, Member, Priority, Snapshot, Task, Verdict};
use report::{Layout, Options};
use std::fmt::Debug;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use store::Trouble;

pub static PACK: LazyLock<(CriteriaPack, String)> = LazyLock::new(|| criteria::load(None).unwrap());

/// Five items without condition, in pack order of their domains.
pub const ITEMS: [&str; 5] = ["GH1-01", "XC3-05", "XC3-06", "LC1-01", "AQ1-01"];

/// A report of few pages.
pub fn short() -> Options {
    Options { layout: Layout::Management, ..Options::default() }
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A clock that stands still until told otherwise, and ids that count up.
#[derive(Clone)]
pub struct Outside {
    millis: Arc<AtomicI64>,
    ids: Arc<AtomicU64>,
}

impl Outside {
    /// Nine o'clock in China on 22 November 2026.
    pub fn new() -> Self {
        let start = DateTime::parse_from_rfc3339("2026-11-22T09:00:00+08:00").unwrap();
        Self { millis: Arc::new(AtomicI64::new(start.timestamp_millis())), ids: Arc::new(AtomicU64::new(1)) }
    }

    pub fn env(&self, actor: &str) -> Env {
        let (millis, ids) = (Arc::clone(&self.millis), Arc::clone(&self.ids));
        let china = FixedOffset::east_opt(8 * 3600).unwrap();
        let now = move || {
            let now: DateTime<Utc> = DateTime::from_timestamp_millis(millis.load(Ordering::Relaxed)).unwrap();
            now.with_timezone(&china)
        };
        let first = 0x0193_5000_0000_7000_8000_0000_0000_0000_u128;
        Env::of(actor, now, move || Id::from_u128(first + u128::from(ids.fetch_add(1, Ordering::Relaxed))))
    }

    pub fn pass(&self, time: TimeDelta) {
        self.millis.fetch_add(time.num_milliseconds(), Ordering::Relaxed);
    }
}

pub struct World {
    pub temp: tempfile::TempDir,
    pub outside: Outside,
    pub session: Session,
    pub round: Id,
}

pub fn new_round() -> NewRound {
    NewRound {
        organization: "示例组织·云岭客服中心".into(),
        scope: "热线、外呼与在线客服；主职场".into(),
        sites: vec!["主职场".into()],
        period_from: Some(day("2025-10-01")),
        period_to: Some(day("2026-09-30")),
        team: vec![Member { role: "评估组长".into(), name: "周敏".into() }],
        confidentiality: "内部".into(),
        ..NewRound::default()
    }
}

pub fn quiet<T>(_: T) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub fn quietly(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

impl World {
    pub fn new() -> Self {
        Self::with(&new_round())
    }

    pub fn with(wanted: &NewRound) -> Self {
        let (temp, outside) = (tempfile::tempdir().unwrap(), Outside::new());
        let (pack, text) = &*PACK;
        let mut session = Session::create(&temp.path().join("云岭 2026"), outside.env("质检主管"), pack, text).unwrap();
        let pack = session.adopt_pack(pack.clone(), text).unwrap();
        let round = rounds::start(&mut session, &pack, wanted).unwrap();
        Self { temp, outside, session, round }
    }

    pub fn dir(&self) -> PathBuf {
        self.temp.path().join("云岭 2026")
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// Ends the session and opens the workspace again.
    pub fn reopened(self) -> Self {
        let (dir, Self { temp, outside, session, round }) = (self.dir(), self);
        session.close().unwrap();
        let session = Session::open(&dir, outside.env("质检主管")).unwrap();
        Self { temp, outside, session, round }
    }

    pub fn snapshot(&mut self) -> Snapshot {
        Snapshot::clone(&self.session.snapshot(self.round).unwrap().1)
    }

    pub fn root(&mut self) -> String {
        self.snapshot().root()
    }

    /// Runs a verb that must be refused, and proves that it left database and evidence as they were.
    pub fn refused<T: Debug>(&mut self, verb: impl FnOnce(&mut Session, Id) -> app::Result<T>) -> Error {
        let before = (self.root(), self.session.head().unwrap(), tree(&self.dir()));
        let error = verb(&mut self.session, self.round).unwrap_err();
        let after = (self.root(), self.session.head().unwrap(), tree(&self.dir()));
        assert_eq!(before, after, "refused with {error}, but something changed");
        error
    }

    pub fn patch(&mut self, items: &[&str], patch: &AnswerPatch) -> Update {
        answers::mark(&mut self.session, self.round, &owned(items), patch).unwrap()
    }

    pub fn mark(&mut self, items: &[&str], verdict: Verdict) -> Update {
        let reason = (verdict == Verdict::NotApplicable).then(|| "范围内没有该业务".to_owned());
        self.patch(items, &AnswerPatch { verdict: Some(verdict), reason, ..AnswerPatch::default() })
    }

    /// A file outside of the workspace.
    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.temp.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn add_files(&mut self, items: &[&str], files: &[PathBuf], draft: &EvidenceDraft) -> app::Result<Update> {
        app::evidence::add_files(&mut self.session, self.round, &owned(items), files, draft, &mut quiet)
    }

    pub fn add_file(&mut self, items: &[&str], name: &str, content: &str) -> Evidence {
        let file = self.file(name, content);
        let update = self.add_files(items, &[file], &EvidenceDraft::default()).unwrap();
        update.evidence.into_iter().next().unwrap()
    }

    pub fn add_finding(&mut self, item: &str) -> Finding {
        let update = app::findings::add(&mut self.session, self.round, &finding(item)).unwrap();
        update.findings.into_iter().next().unwrap()
    }

    pub fn add_task(&mut self, finding: &Finding) -> Task {
        let draft = TaskDraft { finding: Some(finding.id), ..task("排班岗设 AB 角") };
        let update = app::tasks::add(&mut self.session, self.round, &draft).unwrap();
        update.tasks.into_iter().next().unwrap()
    }

    pub fn doctor(&self) -> Vec<Trouble> {
        upkeep::doctor(&self.session, &mut quietly).unwrap()
    }

    /// Exports a report, recorded.
    pub fn report(&mut self, to: &Path, options: &Options, distribution: &[String]) -> (Exported, Option<Update>) {
        let wanted = Export { to, options, distribution, overwrite: false };
        exports::report(&mut self.session, self.round, &wanted, &mut quiet).unwrap()
    }

    /// Where the content of evidence lies.
    pub fn content(&self, evidence: &Evidence) -> PathBuf {
        self.session.content_path(&evidence.sha256)
    }
}

pub fn finding(item: &str) -> FindingDraft {
    FindingDraft {
        item: item.into(),
        grade: Grade::Minor,
        fact: "9 月抽查三期班表，其中一期晚于规定的提前期两天公布".into(),
        criterion: String::new(),
        cause: "排班岗只有一人，休假时无人顶岗".into(),
        department: "现场管理组".into(),
    }
}

pub fn task(title: &str) -> TaskDraft {
    TaskDraft {
        finding: None,
        item: "XC3-05".into(),
        kind: None,
        title: title.into(),
        detail: "休假前完成交接".into(),
        owner: "现场经理".into(),
        due: Some(day("2026-12-15")),
        priority: Priority::High,
    }
}

pub fn owned(items: &[&str]) -> Vec<String> {
    items.iter().map(|&i| i.to_owned()).collect()
}

/// Paths and sizes of everything in a folder; the lock's holder note aside.
pub fn tree(dir: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let meta = entry.metadata().unwrap();
        if meta.is_dir() {
            found.extend(tree(&entry.path()));
        } else {
            found.push((entry.path(), meta.len()));
        }
    }
    found.sort();
    found
}

/// Overwrites one byte in the middle of a file.
pub fn flip_a_byte(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(path, bytes).unwrap();
}
