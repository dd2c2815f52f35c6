//! Recording, editing and withdrawing findings.

use crate::common::{PACK, World, day, finding};
use app::findings::{self, FindingDraft};
use domain::Grade;

#[test]
fn a_finding_gets_a_number_the_finder_the_day_and_the_requirement() {
    let mut world = World::new();
    let held = world.add_finding("XC3-05");
    assert_eq!((held.label().as_str(), held.found_by.as_str()), ("NC-01", "质检主管"));
    assert_eq!(held.found_on, day("2026-11-22"));
    assert_eq!(held.criterion, PACK.0.item("XC3-05").unwrap().requirement);
    let own =
        FindingDraft { criterion: "内部排班制度第 8 条".into(), grade: Grade::Major, ..finding("XC3-06") };
    let second = findings::add(&mut world.session, world.round, &own).unwrap().findings.remove(0);
    assert_eq!((second.label().as_str(), second.criterion.as_str()), ("NC-02", "内部排班制度第 8 条"));
    // The day is the user's, also when UTC is still in the day before.
    world.outside.pass(chrono::TimeDelta::hours(16));
    assert_eq!(world.add_finding("XC3-05").found_on, day("2026-11-23"));
}

#[test]
fn a_finding_without_fact_or_item_is_refused() {
    let mut world = World::new();
    for fact in ["", "  \n\t "] {
        let draft = FindingDraft { fact: fact.into(), ..finding("XC3-05") };
        assert_eq!(world.refused(|s, r| findings::add(s, r, &draft)).code(), "field");
    }
    assert_eq!(world.refused(|s, r| findings::add(s, r, &finding("XC3-99"))).code(), "unknown_item");
    let draft = FindingDraft { department: "组".repeat(501), ..finding("XC3-05") };
    assert_eq!(world.refused(|s, r| findings::add(s, r, &draft)).code(), "field");
    // A refusal does not use a number up.
    assert_eq!(world.add_finding("XC3-05").number, 1);
}

#[test]
fn a_finding_that_moves_to_another_item_takes_its_tasks_along() {
    let mut world = World::new();
    let held = world.add_finding("XC3-05");
    let task = world.add_task(&held);
    let before = world.root();
    let draft = FindingDraft { grade: Grade::Major, ..finding("XC3-06") };
    let update = findings::edit(&mut world.session, world.round, held.id, &draft).unwrap();
    assert_eq!((update.findings[0].item.as_str(), update.findings[0].grade), ("XC3-06", Grade::Major));
    assert_eq!((update.tasks[0].id, update.tasks[0].item.as_str()), (task.id, "XC3-06"));
    assert_eq!(update.findings[0].criterion, PACK.0.item("XC3-06").unwrap().requirement);
    assert_eq!((update.findings[0].number, update.findings[0].found_on), (held.number, held.found_on));
    app::log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.root(), before);
}

#[test]
fn withdrawing_draws_the_tasks_along_in_one_step_and_numbers_are_not_used_again() {
    let mut world = World::new();
    let held = world.add_finding("XC3-05");
    let other = world.add_finding("XC3-06");
    world.add_task(&held);
    world.add_task(&held);
    let kept = world.add_task(&other);
    let before = world.root();
    let update = findings::withdraw(&mut world.session, world.round, held.id).unwrap();
    assert_eq!((update.findings.len(), update.tasks.len()), (1, 2));
    let snapshot = world.snapshot();
    assert_eq!(snapshot.findings.iter().map(|f| f.number).collect::<Vec<_>>(), [2]);
    assert_eq!(snapshot.tasks.iter().map(|t| t.id).collect::<Vec<_>>(), [kept.id]);
    assert_eq!(world.refused(|s, r| findings::withdraw(s, r, held.id)).code(), "unknown");
    assert_eq!(world.refused(|s, r| findings::edit(s, r, held.id, &finding("XC3-05"))).code(), "unknown");
    app::log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.root(), before);
    app::log::redo(&mut world.session, world.round).unwrap();
    assert_eq!(world.add_finding("XC3-05").number, 3);
    assert_eq!(world.doctor(), []);
}

#[test]
fn findings_are_found_by_label() {
    let mut world = World::new();
    let held = world.add_finding("XC3-05");
    let snapshot = world.snapshot();
    for label in ["NC-01", "nc-1", " Nc-001 "] {
        assert_eq!(findings::by_label(&snapshot, label).unwrap().id, held.id, "{label}");
    }
    for label in ["NC-02", "NC", "不符合项1", "NC-1-", "NC--1", "发现"] {
        assert_eq!(findings::by_label(&snapshot, label).unwrap_err().code(), "unknown", "{label}");
    }
}

#[test]
fn a_finding_that_is_not_there_is_called_finding_whatever_its_grade() {
    let mut world = World::new();
    let snapshot = world.snapshot();
    let refusals = [
        findings::by_label(&snapshot, "NC-07").unwrap_err(),
        findings::by_id(&snapshot, domain::Id::from_u128(7)).unwrap_err(),
    ];
    for refusal in refusals {
        let chinese = refusal.to_string();
        assert!(chinese.starts_with("没有发现 ") && !chinese.contains("不符合项"), "{chinese}");
        assert!(!app::english::refusal(&refusal).to_lowercase().contains("nonconform"));
    }
}
