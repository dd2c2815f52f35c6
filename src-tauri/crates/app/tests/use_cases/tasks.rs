//! Tasks and their life cycle.

use crate::common::{World, day, finding, task};
use app::tasks::{self, Closure, DUE_IN_THE_PAST, TaskDraft};
use domain::{FileState, Grade, Id, TaskKind, TaskState};

fn done_by(verifier: &str) -> Closure {
    Closure {
        result: "三期班表均按期公布，连续两月核对无误".into(), verifier: verifier.into(), proof: vec![]
    }
}

/// A world with one task in the given state, reached the proper way.
fn task_in(state: TaskState) -> (World, Id) {
    use TaskState::{Closed, Doing, ToVerify, Todo};
    let mut world = World::new();
    let finding = world.add_finding("XC3-05");
    let id = world.add_task(&finding).id;
    let path: &[TaskState] = match state {
        Todo => &[],
        Doing => &[Doing],
        ToVerify => &[Doing, ToVerify],
        Closed => &[Doing, ToVerify, Closed],
    };
    for step in path {
        tasks::move_to(&mut world.session, world.round, id, *step, &done_by("质检主管")).unwrap();
    }
    (world, id)
}

#[test]
fn all_sixteen_moves() {
    use TaskState::{Closed, Doing, ToVerify, Todo};
    let allowed = [
        (Todo, Doing),
        (Todo, ToVerify),
        (Doing, Todo),
        (Doing, ToVerify),
        (ToVerify, Doing),
        (ToVerify, Closed),
        (Closed, Doing),
    ];
    for from in TaskState::ALL {
        for to in TaskState::ALL {
            let (mut world, id) = task_in(from);
            let closure = done_by("质检主管");
            if allowed.contains(&(from, to)) {
                let before = world.root();
                let update = tasks::move_to(&mut world.session, world.round, id, to, &closure).unwrap();
                let moved = &update.tasks[0];
                assert_eq!(moved.state, to);
                assert_eq!(moved.closed_at.is_some(), to == Closed, "{from:?} → {to:?}");
                assert_eq!(moved.reopened, u32::from(from == Closed));
                let step = update.figures.undo.unwrap().action;
                assert_eq!(step, if from == Closed { "reopen_task" } else { "move_task" });
                app::log::undo(&mut world.session, world.round).unwrap();
                assert_eq!(world.root(), before);
            } else {
                let error = world.refused(|s, r| tasks::move_to(s, r, id, to, &closure));
                assert!(matches!(error, app::Error::Transition { .. }), "{from:?} → {to:?}: {error}");
                assert!(error.to_string().contains("T-001"), "{error}");
            }
        }
    }
}

#[test]
fn closing_needs_a_result_and_a_verifier_who_is_not_the_owner() {
    let (mut world, id) = task_in(TaskState::Doing);
    // What was written on the way does not count against the one who closes.
    tasks::move_to(&mut world.session, world.round, id, TaskState::ToVerify, &Closure::default()).unwrap();
    world.outside.pass(chrono::TimeDelta::days(3));
    let (mut fresh, fresh_id) = {
        let mut world = World::new();
        let finding = world.add_finding("XC3-05");
        let id = world.add_task(&finding).id;
        tasks::move_to(&mut world.session, world.round, id, TaskState::ToVerify, &Closure::default()).unwrap();
        (world, id)
    };
    for closure in [
        Closure::default(),
        Closure { result: " \n".into(), ..done_by("质检主管") },
        Closure { verifier: "  ".into(), ..done_by("") },
        done_by("现场经理"),
        done_by(" 现场经理 "),
        done_by(&"质".repeat(501)),
        Closure { result: "长".repeat(100_001), ..done_by("质检主管") },
    ] {
        let error = fresh.refused(|s, r| tasks::move_to(s, r, fresh_id, TaskState::Closed, &closure));
        assert!(matches!(error, app::Error::Field { .. }), "{closure:?}: {error}");
    }
    let update = tasks::move_to(&mut fresh.session, fresh.round, fresh_id, TaskState::Closed, &done_by("质检主管"));
    let closed = update.unwrap().tasks.remove(0);
    assert_eq!(closed.closed_at, Some(fresh.session.env.now()));
    assert_eq!((closed.verifier.as_str(), closed.reopened), ("质检主管", 0));

    // Nor may the owner become the verifier afterwards.
    let draft = TaskDraft { finding: closed.finding, owner: "质检主管".into(), ..task("排班岗设 AB 角") };
    assert_eq!(fresh.refused(|s, r| tasks::edit(s, r, fresh_id, &draft)).code(), "field");
    let open = tasks::move_to(&mut world.session, world.round, id, TaskState::Closed, &done_by("质检主管"));
    assert_eq!(open.unwrap().tasks[0].state, TaskState::Closed);
}

#[test]
fn a_task_without_owner_can_be_closed_by_anybody_named() {
    let mut world = World::new();
    let draft = TaskDraft { owner: String::new(), ..task("修订排班制度") };
    let id = tasks::add(&mut world.session, world.round, &draft).unwrap().tasks[0].id;
    tasks::move_to(&mut world.session, world.round, id, TaskState::ToVerify, &Closure::default()).unwrap();
    world.refused(|s, r| tasks::move_to(s, r, id, TaskState::Closed, &done_by("")));
    tasks::move_to(&mut world.session, world.round, id, TaskState::Closed, &done_by("质检主管")).unwrap();
}

#[test]
fn reopening_counts_and_asks_for_result_and_verifier_anew() {
    let (mut world, id) = task_in(TaskState::Closed);
    let round = world.round;
    for times in 1..=3 {
        let update = tasks::move_to(&mut world.session, round, id, TaskState::Doing, &Closure::default()).unwrap();
        let task = &update.tasks[0];
        assert_eq!((task.reopened, task.result.as_str(), task.verifier.as_str()), (times, "", ""));
        assert_eq!(task.closed_at, None);
        tasks::move_to(&mut world.session, round, id, TaskState::ToVerify, &Closure::default()).unwrap();
        world.refused(|s, r| tasks::move_to(s, r, id, TaskState::Closed, &Closure::default()));
        tasks::move_to(&mut world.session, round, id, TaskState::Closed, &done_by("质检主管")).unwrap();
    }
    // What was written about the first closure is in the history.
    let history = app::log::history(&world.session, &store::HistoryQuery::default()).unwrap();
    let results = history.iter().filter(|c| c.field == "result" && c.new.as_str().is_some_and(|s| !s.is_empty()));
    assert_eq!(results.count(), 4);
    assert_eq!(world.doctor(), []);
}

#[test]
fn proof_is_evidence_of_this_round_once_each() {
    let (mut world, id) = task_in(TaskState::Doing);
    let proof = world.add_file(&["XC3-05"], "整改后班表.xlsx", "九月排班").id;
    let twice = Closure { proof: vec![proof, proof], ..Closure::default() };
    let update = tasks::move_to(&mut world.session, world.round, id, TaskState::ToVerify, &twice).unwrap();
    assert_eq!(update.tasks[0].proof, [proof]);
    let unknown = Closure { proof: vec![Id::from_u128(4)], ..done_by("质检主管") };
    assert_eq!(world.refused(|s, r| tasks::move_to(s, r, id, TaskState::Closed, &unknown)).code(), "unknown");
    let closed = Closure { proof: vec![proof], ..done_by("质检主管") };
    let update = tasks::move_to(&mut world.session, world.round, id, TaskState::Closed, &closed).unwrap();
    assert_eq!(update.tasks[0].proof, [proof]);
    assert_eq!(world.session.round(world.round).unwrap().figures.files[&proof], FileState::Present);
}

#[test]
fn kind_and_item_follow_from_the_finding() {
    let mut world = World::new();
    let minor = world.add_finding("XC3-06");
    let made = world.add_task(&minor);
    assert_eq!((made.item.as_str(), made.kind, made.label().as_str()), ("XC3-06", TaskKind::Corrective, "T-001"));
    let observed = app::findings::FindingDraft { grade: Grade::Observation, ..finding("XC3-05") };
    let observed = app::findings::add(&mut world.session, world.round, &observed).unwrap().findings.remove(0);
    assert_eq!(world.add_task(&observed).kind, TaskKind::Correction);
    let chosen = TaskDraft { kind: Some(TaskKind::Correction), finding: Some(minor.id), ..task("立即补发") };
    assert_eq!(tasks::add(&mut world.session, world.round, &chosen).unwrap().tasks[0].kind, TaskKind::Correction);
    let alone = tasks::add(&mut world.session, world.round, &task("无发现的任务")).unwrap().tasks.remove(0);
    assert_eq!((alone.finding, alone.item.as_str(), alone.kind), (None, "XC3-05", TaskKind::Corrective));
    for (draft, code) in [
        (TaskDraft { item: "XC3-99".into(), ..task("x") }, "unknown_item"),
        (TaskDraft { finding: Some(Id::from_u128(6)), ..task("x") }, "unknown"),
        (task("  "), "field"),
        (TaskDraft { owner: "人".repeat(501), ..task("x") }, "field"),
    ] {
        assert_eq!(world.refused(|s, r| tasks::add(s, r, &draft)).code(), code);
    }
}

#[test]
fn the_agreed_date_stays_when_the_due_date_slips_and_a_past_date_is_worth_a_word() {
    let mut world = World::new();
    let past = TaskDraft { due: Some(day("2026-11-21")), ..task("补发通知") };
    let update = tasks::add(&mut world.session, world.round, &past).unwrap();
    assert_eq!(update.warnings, [DUE_IN_THE_PAST]);
    let id = update.tasks[0].id;
    let again = tasks::edit(&mut world.session, world.round, id, &TaskDraft { title: "补发两期通知".into(), ..past });
    assert_eq!(again.unwrap().warnings, [""; 0], "the date did not move");
    let today = TaskDraft { due: Some(day("2026-11-22")), ..task("补发通知") };
    let moved = tasks::edit(&mut world.session, world.round, id, &today).unwrap();
    assert_eq!(moved.warnings, [""; 0], "today is not past");
    assert_eq!((moved.tasks[0].due, moved.tasks[0].agreed_due), (Some(day("2026-11-22")), Some(day("2026-11-21"))));

    let undated = TaskDraft { due: None, ..task("修订制度") };
    let id = tasks::add(&mut world.session, world.round, &undated).unwrap().tasks[0].id;
    let dated = tasks::edit(&mut world.session, world.round, id, &task("修订制度")).unwrap().tasks.remove(0);
    assert_eq!(dated.agreed_due, dated.due, "the first date that is agreed on");
}

#[test]
fn withdrawn_tasks_are_out_of_reach_and_found_by_label_before() {
    let mut world = World::new();
    let finding = world.add_finding("XC3-05");
    let id = world.add_task(&finding).id;
    let snapshot = world.snapshot();
    assert_eq!(tasks::by_label(&snapshot, "t-1").unwrap().id, id);
    assert_eq!(tasks::by_label(&snapshot, "NC-01").unwrap_err().code(), "unknown");
    tasks::withdraw(&mut world.session, world.round, id).unwrap();
    assert_eq!(world.snapshot().tasks, []);
    assert_eq!(world.refused(|s, r| tasks::withdraw(s, r, id)).code(), "unknown");
    let closure = Closure::default();
    assert_eq!(world.refused(|s, r| tasks::move_to(s, r, id, TaskState::Doing, &closure)).code(), "unknown");
    assert_eq!(world.refused(|s, r| tasks::edit(s, r, id, &task("x"))).code(), "unknown");
    assert_eq!(world.add_task(&finding).label(), "T-002");
}
