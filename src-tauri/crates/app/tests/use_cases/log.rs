//! History, undo, redo.

use crate::common::{ITEMS, World, owned};
use app::answers::AnswerPatch;
use app::log;
use domain::{Entity, SignRole, TaskState, Verdict};
use store::HistoryQuery;

/// Seven steps over every kind of row; the root after each.
fn a_morning(world: &mut World) -> Vec<String> {
    let mut roots = vec![world.root()];
    world.mark(&ITEMS, Verdict::Conform);
    roots.push(world.root());
    world.patch(&["XC3-05"], &AnswerPatch { note: Some("抽查三期班表".into()), ..AnswerPatch::default() });
    roots.push(world.root());
    let file = world.add_file(&["XC3-05", "XC3-06"], "班表.xlsx", "八月排班");
    roots.push(world.root());
    let found = world.add_finding("XC3-06");
    roots.push(world.root());
    let task = world.add_task(&found);
    roots.push(world.root());
    let closure = app::tasks::Closure { proof: vec![file.id], ..Default::default() };
    app::tasks::move_to(&mut world.session, world.round, task.id, TaskState::Doing, &closure).unwrap();
    roots.push(world.root());
    app::evidence::withdraw(&mut world.session, world.round, file.id).unwrap();
    roots.push(world.root());
    roots
}

#[test]
fn undoing_everything_brings_back_the_first_root_and_redoing_the_last() {
    let mut world = World::new();
    let roots = a_morning(&mut world);
    let steps = ["add_evidence", "add_finding", "add_task", "mark", "move_task", "note", "withdraw_evidence"];
    let mut undone = Vec::new();
    for wanted in roots.iter().rev().skip(1) {
        let step = world.session.round(world.round).unwrap().figures.undo.unwrap();
        undone.push(step.action);
        let update = log::undo(&mut world.session, world.round).unwrap().unwrap();
        assert_eq!(&world.root(), wanted);
        assert!(update.figures.redo.is_some());
    }
    assert!(log::undo(&mut world.session, world.round).unwrap().is_none(), "nothing is left to undo");
    undone.sort();
    assert_eq!(undone, steps);
    let mut world = world.reopened();
    for wanted in roots.iter().skip(1) {
        log::redo(&mut world.session, world.round).unwrap().unwrap();
        assert_eq!(&world.root(), wanted);
    }
    assert!(log::redo(&mut world.session, world.round).unwrap().is_none());
    assert_eq!(world.doctor(), []);
}

#[test]
fn a_new_step_ends_what_could_be_redone() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    log::undo(&mut world.session, world.round).unwrap();
    let update = world.mark(&["XC3-06"], Verdict::Conform);
    assert_eq!(update.figures.redo, None);
    assert!(log::redo(&mut world.session, world.round).unwrap().is_none());
    let step = update.figures.undo.unwrap();
    assert_eq!((step.action.as_str(), step.items, step.rows), ("mark", owned(&["XC3-06"]), 1));
}

#[test]
fn a_step_names_the_first_few_items_and_counts_all_rows() {
    let mut world = World::new();
    let codes: Vec<_> = crate::common::PACK.0.items.iter().take(40).map(|i| i.code.as_str()).collect();
    let step = world.mark(&codes, Verdict::Partial).figures.undo.unwrap();
    assert_eq!((step.items.len(), step.rows), (5, 40));
    assert!(step.items.iter().all(|i| codes.contains(&i.as_str())));
}

#[test]
fn a_signature_draws_a_line_under_undo() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let update = app::sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "周敏").unwrap();
    assert_eq!(update.figures.undo, None);
    assert!(log::undo(&mut world.session, world.round).unwrap().is_none());
    world.mark(&["XC3-05"], Verdict::Partial);
    assert!(log::undo(&mut world.session, world.round).unwrap().is_some(), "what came after can be undone");
    assert!(log::undo(&mut world.session, world.round).unwrap().is_none());
}

#[test]
fn rounds_are_undone_apart() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let pack = &crate::common::PACK.0;
    let other = app::rounds::start(&mut world.session, pack, &crate::common::new_round()).unwrap();
    assert!(log::undo(&mut world.session, other).unwrap().is_none());
    assert!(log::undo(&mut world.session, world.round).unwrap().is_some());
}

#[test]
fn history_says_who_did_what_to_an_item() {
    let mut world = World::new();
    a_morning(&mut world);
    world.session.env = world.outside.env("评估员甲");
    world.mark(&["XC3-05"], Verdict::Partial);
    let of_item = |item: &str| HistoryQuery { item: Some(item.into()), ..HistoryQuery::default() };
    let changes = log::history(&world.session, &of_item("XC3-05")).unwrap();
    let newest = &changes[0];
    assert_eq!((newest.actor.as_str(), newest.action.as_str(), newest.entity), ("评估员甲", "mark", Entity::Answer));
    assert!(changes.iter().any(|c| c.entity == Entity::Link && c.field == "withdrawn"));
    let verdicts: Vec<_> = changes.iter().filter(|c| c.field == "verdict").map(|c| (&c.old, &c.new)).collect();
    assert_eq!(verdicts.len(), 2);
    assert_eq!((verdicts[0].0, verdicts[0].1), (&"conform".into(), &"partial".into()));
    let mine = HistoryQuery { actor: Some("评估员甲".into()), ..HistoryQuery::default() };
    assert!(log::history(&world.session, &mine).unwrap().iter().all(|c| c.actor == "评估员甲"));
    let some = HistoryQuery { limit: Some(3), ..HistoryQuery::default() };
    assert_eq!(log::history(&world.session, &some).unwrap().len(), 3);
}
