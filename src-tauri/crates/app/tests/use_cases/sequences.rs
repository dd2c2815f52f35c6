//! Whatever is done in whatever order, what must stay true stays true.

use crate::common::{ITEMS, World, day, finding, quiet, task};
use app::answers::{self, AnswerPatch};
use app::evidence::{self, EvidenceDraft};
use app::findings::FindingDraft;
use app::tasks::{Closure, TaskDraft};
use app::view::{FigureChanges, Figures};
use app::{findings, log, rounds, sign_offs, tasks};
use domain::{Assessment, EvidenceKind, Grade, Review, SignRole, Snapshot, TaskState, Verdict};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One thing a user may do; indexes pick from what is there.
#[derive(Clone, Debug)]
enum Do {
    Mark(Vec<Index>, Option<Verdict>, String),
    Note(Index, String),
    Review(Index, Review),
    AddFile(Index, u8, String),
    AddRecord(Index, String),
    Link(Index, Index, String),
    Unlink(Index),
    Replace(Index, u8),
    WithdrawEvidence(Index),
    AddFinding(Index, Grade, String),
    MoveFinding(Index, Index),
    WithdrawFinding(Index),
    AddTask(Option<Index>, String, u32),
    MoveTask(Index, TaskState, String, Option<Index>),
    WithdrawTask(Index),
    EditRound(String, bool),
    Sign(SignRole, bool),
    Reopen,
    Undo,
    Redo,
    Restart,
}

/// What people type: Chinese words, line breaks, formulas, and now and then something that is refused.
fn words() -> impl Strategy<Value = String> {
    let word = select(vec![
        "",
        "抽查班表三份",
        "夜班",
        "\r\n",
        "\n",
        "=1+1",
        "🎧",
        "𠮷",
        "\u{202E}",
        "100%_",
        " ",
        "\t",
        "\"'",
        "\0",
        "第 3 页",
    ]);
    proptest::collection::vec(word, 0..4).prop_map(|words| words.concat())
}

fn act() -> impl Strategy<Value = Do> {
    let index = any::<Index>;
    let verdict = select(vec![
        None,
        Some(Verdict::Conform),
        Some(Verdict::Partial),
        Some(Verdict::Nonconform),
        Some(Verdict::NotApplicable),
    ]);
    prop_oneof![
        4 => (proptest::collection::vec(index(), 1..5), verdict, words()).prop_map(|(i, v, w)| Do::Mark(i, v, w)),
        2 => (index(), words()).prop_map(|(i, w)| Do::Note(i, w)),
        1 => (index(), select(vec![Review::Open, Review::Accepted, Review::Returned])).prop_map(|(i, r)| Do::Review(i, r)),
        2 => (index(), 0..6_u8, words()).prop_map(|(i, n, w)| Do::AddFile(i, n, w)),
        1 => (index(), words()).prop_map(|(i, w)| Do::AddRecord(i, w)),
        1 => (index(), index(), words()).prop_map(|(e, i, w)| Do::Link(e, i, w)),
        1 => index().prop_map(Do::Unlink),
        1 => (index(), 0..6_u8).prop_map(|(e, n)| Do::Replace(e, n)),
        1 => index().prop_map(Do::WithdrawEvidence),
        2 => (index(), select(Grade::ALL.to_vec()), words()).prop_map(|(i, g, w)| Do::AddFinding(i, g, w)),
        1 => (index(), index()).prop_map(|(f, i)| Do::MoveFinding(f, i)),
        1 => index().prop_map(Do::WithdrawFinding),
        2 => (proptest::option::of(index()), words(), 0..60_u32).prop_map(|(f, w, d)| Do::AddTask(f, w, d)),
        3 => (index(), select(TaskState::ALL.to_vec()), words(), proptest::option::of(index()))
            .prop_map(|(t, s, w, p)| Do::MoveTask(t, s, w, p)),
        1 => index().prop_map(Do::WithdrawTask),
        1 => (words(), any::<bool>()).prop_map(|(w, strict)| Do::EditRound(w, strict)),
        1 => (select(SignRole::ALL.to_vec()), any::<bool>()).prop_map(|(r, other)| Do::Sign(r, other)),
        1 => Just(Do::Reopen),
        3 => Just(Do::Undo),
        2 => Just(Do::Redo),
        1 => Just(Do::Restart),
    ]
}

fn pick<T: Clone>(from: &[T], index: &Index) -> Option<T> {
    (!from.is_empty()).then(|| index.get(from).clone())
}

/// Does it; what is refused must change nothing. Answers with what is different in the figures when it was done.
fn perform(world: &mut World, snapshot: &Snapshot, act: &Do) -> Option<FigureChanges> {
    let (session, round) = (&mut world.session, world.round);
    let item = |i: &Index| (*i.get(&ITEMS)).to_owned();
    let evidence_at = |i: &Index| pick(&snapshot.evidence, i).map(|e| e.id);
    let finding_at = |i: &Index| pick(&snapshot.findings, i).map(|f| f.id);
    let task_at = |i: &Index| pick(&snapshot.tasks, i).map(|t| t.id);
    let file = |n: u8| {
        let path = world.temp.path().join(format!("材料 {n}.csv"));
        std::fs::write(&path, format!("时间,工号\n2026-08-0{n},1008{n}")).unwrap();
        path
    };
    let done = |outcome: app::Result<app::Update>| outcome.ok().map(|update| update.figures);
    let undone = |outcome: app::Result<Option<app::Update>>| Some(outcome.ok()??.figures);
    match act {
        Do::Mark(at, verdict, words) => {
            let items: Vec<_> = at.iter().map(item).collect();
            let patch = AnswerPatch {
                verdict: *verdict,
                clear: verdict.is_none(),
                reason: (*verdict == Some(Verdict::NotApplicable)).then(|| words.clone()),
                ..AnswerPatch::default()
            };
            done(answers::mark(session, round, &items, &patch))
        }
        Do::Note(at, words) => {
            let patch = AnswerPatch { note: Some(words.clone()), ..AnswerPatch::default() };
            done(answers::mark(session, round, &[item(at)], &patch))
        }
        Do::Review(at, review) => {
            let patch = AnswerPatch { review: Some(*review), ..AnswerPatch::default() };
            done(answers::mark(session, round, &[item(at)], &patch))
        }
        Do::AddFile(at, n, words) => {
            let draft = EvidenceDraft { locator: words.clone(), ..EvidenceDraft::default() };
            done(evidence::add_files(session, round, &[item(at)], &[file(*n)], &draft, &mut quiet))
        }
        Do::AddRecord(at, words) => {
            let draft = EvidenceDraft { title: words.clone(), ..EvidenceDraft::default() };
            done(evidence::add_record(session, round, &[item(at)], EvidenceKind::Record, &draft))
        }
        Do::Link(e, at, words) => {
            evidence_at(e).and_then(|e| done(evidence::link(session, round, e, &[item(at)], words)))
        }
        Do::Unlink(l) => {
            pick(&snapshot.links, l).and_then(|l| done(evidence::unlink(session, round, l.evidence, &l.item)))
        }
        Do::Replace(e, n) => {
            evidence_at(e).and_then(|e| done(evidence::replace(session, round, e, file(*n), &mut quiet)))
        }
        Do::WithdrawEvidence(e) => evidence_at(e).and_then(|e| done(evidence::withdraw(session, round, e))),
        Do::AddFinding(at, grade, words) => {
            let draft = FindingDraft { grade: *grade, fact: words.clone(), ..finding(&item(at)) };
            done(findings::add(session, round, &draft))
        }
        Do::MoveFinding(f, at) => {
            finding_at(f).and_then(|f| done(findings::edit(session, round, f, &finding(&item(at)))))
        }
        Do::WithdrawFinding(f) => finding_at(f).and_then(|f| done(findings::withdraw(session, round, f))),
        Do::AddTask(f, words, days) => {
            let due = Some(day("2026-11-01") + chrono::TimeDelta::days(i64::from(*days)));
            let finding = f.as_ref().and_then(finding_at);
            done(tasks::add(session, round, &TaskDraft { finding, due, ..task(words) }))
        }
        Do::MoveTask(t, state, words, proof) => task_at(t).and_then(|t| {
            let proof = proof.as_ref().and_then(evidence_at).into_iter().collect();
            let closure = Closure { result: words.clone(), verifier: "质检主管".into(), proof };
            done(tasks::move_to(session, round, t, *state, &closure))
        }),
        Do::WithdrawTask(t) => task_at(t).and_then(|t| done(tasks::withdraw(session, round, t))),
        Do::EditRound(words, strict) => {
            let profile = if *strict { "strict" } else { "internal" }.to_owned();
            let wanted = Assessment { scope: words.clone(), profile, ..snapshot.assessment.clone() };
            done(rounds::edit(session, &wanted))
        }
        Do::Sign(role, other) => done(sign_offs::sign(session, round, *role, if *other { "周敏" } else { "李维" })),
        Do::Reopen => done(sign_offs::reopen(session, round, "补充证据")),
        Do::Undo => undone(log::undo(session, round)),
        Do::Redo => undone(log::redo(session, round)),
        Do::Restart => None,
    }
}

/// Answers with the figures as they are.
fn check_whole(world: &mut World) -> Figures {
    let opened = world.session.round(world.round).unwrap();
    let (snapshot, score) = (opened.snapshot, opened.figures.score.clone());
    let bounds = |rate: Option<u32>, upper: Option<u32>| {
        assert_eq!(rate.is_some(), upper.is_some());
        assert!(rate <= upper && upper.unwrap_or(0) <= 10_000, "{rate:?} {upper:?}");
    };
    bounds(score.rate, score.upper);
    for domain in &score.domains {
        bounds(domain.rate, domain.upper);
        domain.sections.iter().for_each(|s| bounds(s.rate, s.upper));
    }
    let t = score.overall;
    assert_eq!(t.conform + t.partial + t.nonconform + t.na + t.unassessed, 224);
    // Everything a row names is there.
    let evidence = |id| snapshot.evidence.iter().any(|e| e.id == id);
    assert!(snapshot.links.iter().all(|l| evidence(l.evidence)));
    assert!(snapshot.tasks.iter().all(|t| t.proof.iter().all(|id| evidence(*id))));
    for task in &snapshot.tasks {
        let answers = task.finding.map(|id| snapshot.findings.iter().find(|f| f.id == id).unwrap().item.as_str());
        assert!(answers.is_none_or(|item| item == task.item));
        assert_eq!(task.closed_at.is_some(), task.state == TaskState::Closed);
        if task.state == TaskState::Closed {
            assert!(!task.result.trim().is_empty() && !task.verifier.is_empty() && task.verifier != task.owner);
        }
    }
    for answer in &snapshot.answers {
        assert_eq!(answer.verdict.is_some(), answer.assessed_at.is_some());
        assert!(answer.verdict != Some(Verdict::NotApplicable) || !answer.reason.trim().is_empty());
    }
    let root = snapshot.root();
    let approved = opened.sign_offs.iter().any(|s| s.role == SignRole::Approved && s.root == root);
    assert!(!snapshot.assessment.frozen || approved, "only an approval of this content freezes");
    opened.figures
}

/// What a reader has who held figures and hears what is different.
fn heard(mut held: Figures, changes: FigureChanges) -> Figures {
    assert_eq!(changes.since, held.version, "nothing was missed");
    for splice in changes.defects.into_iter().rev() {
        let at = splice.at as usize;
        held.defects.splice(at..at + splice.gone as usize, splice.come);
    }
    held.open_findings = changes.open_findings.unwrap_or(held.open_findings);
    held.due_soon = changes.due_soon.unwrap_or(held.due_soon);
    held.gaps = changes.gaps.unwrap_or(held.gaps);
    held.files.extend(changes.files);
    held.score = changes.score.unwrap_or(held.score);
    held.before = changes.before.or(held.before);
    held.readiness = changes.readiness.unwrap_or(held.readiness);
    Figures { version: changes.version, undo: changes.undo, redo: changes.redo, ..held }
}

/// That both say the same. Files of withdrawn evidence are nobody's business any more.
fn check_heard(mut heard: Figures, whole: &Figures) {
    heard.files.retain(|id, _| whole.files.contains_key(id));
    let json = |figures: &Figures| serde_json::to_value(Figures { version: 0, ..figures.clone() }).unwrap();
    assert_eq!(json(&heard), json(whole));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_work_never_breaks_what_must_stay_true(acts in proptest::collection::vec(act(), 1..40)) {
        let mut world = World::new();
        let mut figures = check_whole(&mut world);
        for act in &acts {
            world.outside.pass(chrono::TimeDelta::minutes(1));
            let snapshot = world.snapshot();
            let head = world.session.head().unwrap();
            match perform(&mut world, &snapshot, act) {
                Some(changes) => figures = heard(figures, changes),
                None => prop_assert_eq!(&world.session.head().unwrap(), &head, "refused, but written"),
            }
            let whole = check_whole(&mut world);
            check_heard(figures, &whole);
            figures = whole;
            if matches!(act, Do::Restart) {
                let root = world.root();
                world = world.reopened();
                prop_assert_eq!(world.root(), root);
                figures = check_whole(&mut world);
            }
        }
        let root = world.root();
        let mut world = world.reopened();
        prop_assert_eq!(&world.root(), &root);
        // Content that a refused or undone step left behind is worth a note, nothing more.
        let troubles = world.doctor();
        prop_assert!(troubles.iter().all(|t| t.area == store::Area::Orphan), "{:?}", troubles);
        // Undoing to the last signature or the start, and redoing all of it, is the way back and forth.
        let mut steps = 0;
        if !world.snapshot().assessment.frozen {
            while log::undo(&mut world.session, world.round).unwrap().is_some() {
                steps += 1;
            }
            for _ in 0..steps {
                prop_assert!(log::redo(&mut world.session, world.round).unwrap().is_some());
            }
            prop_assert_eq!(world.root(), root);
        }
    }
}
