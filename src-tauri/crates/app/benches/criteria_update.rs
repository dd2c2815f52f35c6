//! An update of the criteria under 224 answered items, every one of which asks something else then, beside a bare commit of the same
//! rows on the same disk. `cargo bench -p app --bench criteria_update`
//!
//! Target: 50 ms over the commit. The backup before it is made beforehand: its time is that of copying the file.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use app::answers::{self, ItemPatch};
use app::view::NewRound;
use app::{Env, Session, criteria, log, rounds, upkeep};
use domain::{Answer, Assessment, CriteriaPack, Id, Snapshot, Verdict};
use std::path::Path;
use std::time::{Duration, Instant};
use store::{Act, Edit, Holder, Workspace};

const TIMES: usize = 20;

fn env() -> Env {
    Env::real("质检主管")
}

fn main() {
    let temp = tempfile::tempdir().unwrap();
    let text = criteria::BUILT_IN.replace("\nevidence = [\"", "\nevidence = [\"现行").replacen(
        "version = \"",
        "version = \"2099.",
        1,
    );
    let later = CriteriaPack::parse(text.as_bytes()).unwrap();
    let (mut session, round) = answered(&temp.path().join("更新"));
    let mut updates = Vec::new();
    for _ in 0..TIMES {
        upkeep::backup(&mut session).unwrap();
        updates.push(timed(|| {
            let done = criteria::update(&mut session, round, &later, &text).unwrap();
            assert_eq!((done.plan.to_confirm, done.plan.changed.len()), (224, 224));
        }));
        log::undo(&mut session, round).unwrap().unwrap();
    }
    log::redo(&mut session, round).unwrap().unwrap();
    let after = Snapshot::clone(&session.snapshot(round).unwrap().1);
    session.close().unwrap();

    let dir = temp.path().join("只写");
    let (session, round) = answered(&dir);
    session.close().unwrap();
    let mut workspace = bare(&dir);
    workspace.put_pack(&later.sha256, &text).unwrap();
    let before = workspace.snapshot(round, after.pack.clone()).unwrap();
    let mut commits = Vec::new();
    for _ in 0..TIMES {
        let there = rows(&before, &after);
        commits.push(timed(|| drop(workspace.commit(&act(round), &there).unwrap())));
        workspace.commit(&act(round), &rows(&before, &before)).unwrap();
    }
    let (update, commit) = (median(updates), median(commits));
    println!(
        "update {update:.2?} · bare commit of the same rows {commit:.2?} · over it {:.2?}",
        update.saturating_sub(commit)
    );
}

/// A round in which every item has a verdict, a note and its ticks.
fn answered(dir: &Path) -> (Session, Id) {
    let (pack, text) = criteria::load(None).unwrap();
    let mut session = Session::create(dir, env(), &pack, &text).unwrap();
    let new = NewRound { organization: "云岭客服中心".into(), ..NewRound::default() };
    let pack = session.built_in_pack().unwrap();
    let round = rounds::start(&mut session, &pack, &new).unwrap();
    let patch = |item: &domain::pack::Item| answers::AnswerPatch {
        verdict: Some(Verdict::Conform),
        note: Some(format!("{} 抽查三期，均按期公布", item.title)),
        ticks: Some(item.evidence.clone()),
        ..answers::AnswerPatch::default()
    };
    let patches: Vec<_> =
        pack.items.iter().map(|item| ItemPatch { item: item.code.clone(), patch: patch(item) }).collect();
    answers::mark_each(&mut session, round, &patches).unwrap();
    (session, round)
}

/// The rows of `to` in the round of `of`.
fn rows(of: &Snapshot, to: &Snapshot) -> Vec<Edit> {
    let id = of.assessment.id;
    let assessment = Assessment { pack_sha256: to.assessment.pack_sha256.clone(), ..of.assessment.clone() };
    let answers = to.answers.iter().map(|answer| Edit::Answer(Answer { assessment: id, ..answer.clone() }));
    std::iter::once(Edit::Assessment(assessment)).chain(answers).collect()
}

fn act(assessment: Id) -> Act {
    let action = domain::Action::UpdateCriteria;
    Act { actor: "质检主管".into(), at: env().now(), batch: Id::now_v7(), action, assessment }
}

fn bare(dir: &Path) -> Workspace {
    let holder = Holder { app: "bench".into(), user: String::new(), host: String::new(), pid: 0, since: env().now() };
    Workspace::open(dir, &holder).unwrap()
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
