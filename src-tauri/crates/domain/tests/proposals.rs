//! What the core proposes and sorts, so that the page need not know.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{PACK, answer, day, finding, round, task};
use domain::gaps::gaps;
use domain::{Grade, Priority, Task, TaskState, Verdict};

#[test]
fn key_items_come_first_then_what_does_not_conform_then_the_graver_finding() {
    let (key, others): (Vec<_>, Vec<_>) = PACK.items.iter().partition(|item| item.key);
    let [a, b, c, d] = [0, 1, 2, 3].map(|at: usize| others[at].code.as_str());
    let key = key[0].code.as_str();
    let mut snapshot = round();
    for (code, verdict) in
        [(a, Verdict::Partial), (b, Verdict::Nonconform), (c, Verdict::Nonconform), (key, Verdict::Partial)]
    {
        snapshot.answers.push(answer(code, Some(verdict)));
    }
    snapshot.answers.push(answer(d, Some(Verdict::Conform)));
    snapshot.findings =
        vec![finding(1, c, Grade::Observation), finding(2, c, Grade::Major), finding(3, a, Grade::Major)];
    let snapshot = snapshot.normalized();
    let ranked = gaps(&PACK, &snapshot);
    let seen: Vec<_> = ranked.iter().map(|gap| (gap.item.code.as_str(), gap.finding.map(|f| f.number))).collect();
    assert_eq!(seen, [(key, None), (c, Some(2)), (b, None), (a, Some(3))]);
}

#[test]
fn a_week_is_soon_and_what_is_closed_or_late_is_not() {
    let today = day("2026-11-22");
    let due = |due: &str, state| Task { due: Some(day(due)), state, ..task(1, 1, "XC3-05") }.is_due_soon(today);
    for (date, soon) in [("2026-11-21", false), ("2026-11-22", true), ("2026-11-29", true), ("2026-11-30", false)] {
        assert_eq!(due(date, TaskState::Doing), soon, "{date}");
        assert!(!due(date, TaskState::Closed), "{date}");
    }
    assert!(!Task { due: None, ..task(1, 1, "XC3-05") }.is_due_soon(today));
}

#[test]
fn what_is_proposed_follows_from_verdict_and_grade() {
    let grades = Verdict::ALL.map(|verdict| Grade::proposed(Some(verdict)));
    assert_eq!(Verdict::ALL.map(|v| v == Verdict::Conform), grades.map(|grade| grade == Grade::Observation));
    assert_eq!(Grade::proposed(None), Grade::Minor);
    assert_eq!(Grade::ALL.map(Priority::for_grade).map(|p| p == Priority::High), Grade::ALL.map(|g| g == Grade::Major));
}
