//! Undo and redo: any number of steps back and forth, across sessions, and what they refuse.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{SignRole, Task, TaskState, Verdict};
use proptest::prelude::*;
use store::{Edit, Workspace};

#[test]
fn the_label_says_what_would_be_undone() {
    let p = place();
    let mut w = workspace(&p.dir);
    assert_eq!(w.can_undo(round_id()).unwrap(), None, "starting the round is not undone");
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let label = w.can_undo(round_id()).unwrap().unwrap();
    assert_eq!((label.action.as_str(), label.actor.as_str(), label.rows), ("mark", "质检主管", 1));
    assert_eq!(label.subjects[0].item.as_deref(), Some("XC3-05"));
    assert_eq!(w.can_redo(round_id()).unwrap(), None);
    w.undo(&act(3, "undo"), round_id()).unwrap().unwrap();
    assert_eq!(w.can_undo(round_id()).unwrap(), None);
    assert_eq!(w.can_redo(round_id()).unwrap().unwrap().batch, label.batch);
    assert_eq!(w.undo(&act(4, "undo"), round_id()).unwrap(), None);
    mark(&mut w, 5, "XC3-06", Verdict::Conform);
    assert_eq!(w.can_redo(round_id()).unwrap(), None, "a new commit ends what could be redone");
    assert_eq!(doctor(&w), []);
}

#[test]
fn the_label_counts_rows_and_names_the_first_few() {
    let p = place();
    let mut w = workspace(&p.dir);
    let edits: Vec<_> =
        (1..=30).map(|n| Edit::Answer(answer(&format!("XC3-{n:02}"), Some(Verdict::Conform), "批量"))).collect();
    w.commit(&act(2, "mark"), &edits).unwrap();
    let label = w.can_undo(round_id()).unwrap().unwrap();
    assert_eq!(label.rows, 30);
    let items: Vec<_> = label.subjects.iter().map(|s| s.item.as_deref().unwrap()).collect();
    assert_eq!(items, ["XC3-01", "XC3-02", "XC3-03", "XC3-04", "XC3-05"]);
}

#[test]
fn undo_of_a_creation_withdraws_and_keeps() {
    let p = place();
    let mut w = workspace(&p.dir);
    let stored = w.import_bytes("录音.wav", b"RIFF").unwrap();
    let e = evidence(1, &stored);
    w.commit(&act(2, "evidence"), &[Edit::Evidence(e.clone()), Edit::Link(link(&e, "XC3-05"))]).unwrap();
    let receipt = w.undo(&act(3, "undo"), round_id()).unwrap().unwrap();
    assert_eq!(receipt.action, domain::Action::Undo);
    assert!(receipt.changes.iter().all(|c| c.field == "withdrawn"), "{:?}", receipt.changes);
    assert!(snapshot(&w).evidence.is_empty() && snapshot(&w).links.is_empty());
    assert!(w.open_evidence(&stored.sha256).is_ok(), "the content stays");
    w.redo(&act(4, "redo"), round_id()).unwrap().unwrap();
    assert_eq!(snapshot(&w).evidence, [e]);
}

#[test]
fn rounds_are_undone_apart() {
    let p = place();
    let mut w = workspace(&p.dir);
    let other = domain::Assessment { id: id(2), ..round() };
    let in_other = |n, action: &str| store::Act { assessment: id(2), ..act(n, action) };
    w.commit(&in_other(2, "new"), &[Edit::Assessment(other)]).unwrap();
    mark(&mut w, 3, "XC3-05", Verdict::Conform);
    let mut theirs = answer("XC3-05", Some(Verdict::Partial), "另一轮");
    theirs.assessment = id(2);
    w.commit(&in_other(4, "mark"), &[Edit::Answer(theirs)]).unwrap();
    w.undo(&act(5, "undo"), round_id()).unwrap().unwrap();
    assert_eq!(snapshot(&w).verdict("XC3-05"), None);
    assert_eq!(w.snapshot(id(2), pack_identity()).unwrap().verdict("XC3-05"), Some(Verdict::Partial));
}

#[test]
fn what_was_signed_is_not_undone_and_exports_do_not_matter() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let report = domain::ReportRecord {
        id: id(0x6000),
        assessment: round_id(),
        number: 1,
        root: root(&w),
        pdf_sha256: "a".repeat(64),
        file_name: "自评报告.pdf".into(),
        layout: "certification".into(),
        lang: "zh".into(),
        draft: false,
        exported_by: "质检主管".into(),
        exported_at: at(30),
        withdrawn: false,
        options_sha256: String::new(),
        format: domain::snapshot::FORMAT,
    };
    w.commit(&act(3, "report"), &[Edit::Report(report)]).unwrap();
    assert_eq!(w.can_undo(round_id()).unwrap().unwrap().action, "mark");
    let signed = root(&w);
    w.commit(&act(4, "sign"), &[Edit::SignOff(sign_off(1, SignRole::Prepared, &signed))]).unwrap();
    assert_eq!(w.can_undo(round_id()).unwrap(), None);
    assert_eq!(w.undo(&act(5, "undo"), round_id()).unwrap(), None);
    mark(&mut w, 6, "XC3-06", Verdict::Conform);
    w.undo(&act(7, "undo"), round_id()).unwrap().unwrap();
    assert_eq!(w.undo(&act(8, "undo"), round_id()).unwrap(), None);
    assert_eq!(root(&w), signed);
    assert_eq!((w.reports(round_id()).unwrap().len(), w.sign_offs(round_id()).unwrap().len()), (1, 1));
    assert_eq!(doctor(&w), []);
}

#[test]
fn a_field_changed_since_by_something_else_is_not_overwritten() {
    let p = place();
    let mut w = workspace(&p.dir);
    let mut edited = round();
    edited.title = "2026 年度自评（修订）".into();
    w.commit(&act(2, "edit"), &[Edit::Assessment(edited)]).unwrap();
    // Somebody changes the same field behind the program's back.
    let conn = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    conn.execute("UPDATE assessment SET title = '别的标题'", []).unwrap();
    drop(conn);
    let head = w.chain_head().unwrap();
    let error = w.undo(&act(3, "undo"), round_id()).unwrap_err();
    assert_eq!(error.code(), "undo_conflict");
    assert!(error.to_string().contains("title"), "{error}");
    assert_eq!(w.chain_head().unwrap(), head);
}

/// One thing a user does.
#[derive(Clone, Debug)]
enum Step {
    Mark(u8, Option<Verdict>, String),
    Finding(u8, String),
    Task(u8, TaskState),
    Link(u8, bool),
    Several(u8, String),
    Undo(u8),
    Redo(u8),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let verdict = prop_oneof![
        Just(None),
        Just(Some(Verdict::Conform)),
        Just(Some(Verdict::Partial)),
        Just(Some(Verdict::Nonconform)),
        Just(Some(Verdict::NotApplicable)),
    ];
    let text = "[抽查班表门禁a%_\"]{0,6}";
    let state = proptest::sample::select(TaskState::ALL.to_vec());
    let step = prop_oneof![
        4 => (0..6_u8, verdict, text).prop_map(|(i, v, t)| Step::Mark(i, v, t)),
        2 => (1..4_u8, text).prop_map(|(n, t)| Step::Finding(n, t)),
        2 => (1..4_u8, state).prop_map(|(n, s)| Step::Task(n, s)),
        2 => (0..6_u8, any::<bool>()).prop_map(|(i, w)| Step::Link(i, w)),
        1 => (0..6_u8, text).prop_map(|(i, t)| Step::Several(i, t)),
        2 => (1..4_u8).prop_map(Step::Undo),
        1 => (1..3_u8).prop_map(Step::Redo),
        1 => Just(Step::Reopen),
    ];
    proptest::collection::vec(step, 1..24)
}

/// Edits of a step; `None` for those that are no edit.
fn edits(step: &Step, w: &Workspace, proof: &domain::Evidence) -> Option<Vec<Edit>> {
    let item = |i: u8| format!("XC3-{:02}", i + 1);
    let snapshot = snapshot(w);
    Some(match step {
        Step::Mark(i, verdict, note) => vec![Edit::Answer(answer(&item(*i), *verdict, note))],
        Step::Finding(n, fact) => {
            let mut f = finding(u32::from(*n), "XC3-02");
            f.fact.clone_from(fact);
            vec![Edit::Finding(f)]
        }
        Step::Task(n, state) => {
            vec![Edit::Task(Task { state: *state, ..task(u32::from(*n), None, "XC3-02") })]
        }
        Step::Link(i, withdrawn) => {
            vec![Edit::Link(domain::Link { withdrawn: *withdrawn, ..link(proof, &item(*i)) })]
        }
        Step::Several(i, note) => vec![
            Edit::Answer(answer(&item(*i), Some(Verdict::Nonconform), note)),
            Edit::Finding(finding(4 + u32::from(*i), &item(*i))),
            Edit::Assessment(domain::Assessment { scope: note.clone(), ..snapshot.assessment }),
        ],
        Step::Undo(_) | Step::Redo(_) | Step::Reopen => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// A model of two stacks of roots says what every undo and redo must lead to.
    #[test]
    fn undo_and_redo_lead_through_the_same_states(steps in steps()) {
        let p = place_in_memory();
        let mut w = workspace(&p.dir);
        let stored = w.import_bytes("通知.pdf", b"%PDF").unwrap();
        let proof = evidence(1, &stored);
        w.commit(&act(2, "evidence"), &[Edit::Evidence(proof.clone())]).unwrap();
        let mut n = 10;
        let mut past = Vec::new();
        let mut future: Vec<String> = Vec::new();
        let floor = root(&w);
        // The commit of the proof itself can be undone too; keep it out of the model by never going below it.
        for step in steps {
            n += 1;
            match &step {
                Step::Undo(times) => for _ in 0..*times {
                    n += 1;
                    let Some(before) = past.pop() else { break };
                    future.push(root(&w));
                    prop_assert!(w.undo(&act(n, "undo"), round_id()).unwrap().is_some());
                    prop_assert_eq!(&root(&w), &before);
                },
                Step::Redo(times) => for _ in 0..*times {
                    n += 1;
                    prop_assert_eq!(w.can_redo(round_id()).unwrap().is_some(), !future.is_empty());
                    let redone = w.redo(&act(n, "redo"), round_id()).unwrap();
                    let Some(after) = future.pop() else { prop_assert_eq!(redone, None); break };
                    past.push(root_before(&redone, &mut w, &mut n));
                    prop_assert_eq!(&root(&w), &after);
                },
                Step::Reopen => {
                    w.close().unwrap();
                    w = Workspace::open(&p.dir, &holder()).unwrap();
                }
                edit => {
                    let before = root(&w);
                    let receipt = w.commit(&act(n, "edit"), &edits(edit, &w, &proof).unwrap()).unwrap();
                    if !receipt.changes.is_empty() {
                        past.push(before);
                        future.clear();
                    }
                }
            }
        }
        let last = root(&w);
        let depth = past.len();
        for _ in 0..depth {
            n += 1;
            w.undo(&act(n, "undo"), round_id()).unwrap().unwrap();
        }
        prop_assert_eq!(root(&w), floor);
        w.close().unwrap();
        let mut w = Workspace::open(&p.dir, &holder()).unwrap();
        for _ in 0..depth {
            n += 1;
            w.redo(&act(n, "redo"), round_id()).unwrap().unwrap();
        }
        prop_assert_eq!(root(&w), last);
        prop_assert_eq!(doctor(&w), vec![]);
    }
}

/// The root before a redo that has just happened, found by going back and forth once more.
fn root_before(redone: &Option<store::Receipt>, w: &mut Workspace, n: &mut u128) -> String {
    assert!(redone.is_some());
    *n += 2;
    w.undo(&act(*n - 1, "undo"), round_id()).unwrap().unwrap();
    let before = root(w);
    w.redo(&act(*n, "redo"), round_id()).unwrap().unwrap();
    before
}
