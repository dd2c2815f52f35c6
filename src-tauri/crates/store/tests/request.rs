//! Who keeps papers and which are there: kept, undone, logged, and no part of what is signed.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Action, Keeper, Paper, SignRole};
use store::{Act, Edit, HistoryQuery, Workspace};

fn keeper(owner: &str) -> Edit {
    let (section, department, owner) = ("XC3".into(), "运营部".into(), owner.into());
    Edit::Keeper(Keeper {
        assessment: round_id(),
        section,
        department,
        owner,
        due: Some(date("2026-12-15")),
        withdrawn: false,
    })
}

fn paper(day: Option<&str>) -> Edit {
    let handed_in = day.map(date);
    Edit::Paper(Paper {
        assessment: round_id(),
        paper: "XC3-05.2".into(),
        handed_in,
        note: "电子版".into(),
        withdrawn: false,
    })
}

fn by(n: u128, action: Action) -> Act {
    Act { action, ..act(n, "mark") }
}

#[test]
fn both_are_undone_and_done_again_and_leave_the_root_alone() {
    let p = place();
    let mut w = workspace(&p.dir);
    let before = root(&w);
    w.commit(&by(2, Action::AssignKeeper), &[keeper("刘洋")]).unwrap();
    w.commit(&by(3, Action::HandIn), &[paper(Some("2026-11-20"))]).unwrap();
    let receipt = w.commit(&by(4, Action::HandIn), &[paper(None)]).unwrap();
    assert_eq!(receipt.changes.iter().map(|c| c.field.as_str()).collect::<Vec<_>>(), ["handed_in"]);
    assert_eq!(root(&w), before);
    for n in 5..8 {
        w.undo(&act(n, "undo"), round_id()).unwrap().unwrap();
    }
    assert!(w.keepers(round_id()).unwrap().is_empty() && w.papers(round_id()).unwrap().is_empty());
    for n in 8..11 {
        w.redo(&act(n, "redo"), round_id()).unwrap().unwrap();
    }
    w.close().unwrap();
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    assert_eq!(w.keepers(round_id()).unwrap()[0].owner, "刘洋");
    assert_eq!(w.papers(round_id()).unwrap()[0].handed_in, None);
    assert_eq!(w.history(&HistoryQuery::default()).unwrap()[0].action, "redo");
    assert_eq!(doctor(&w), []);
}

#[test]
fn a_frozen_round_takes_them_and_stays_what_was_approved() {
    let p = place();
    let mut w = workspace(&p.dir);
    let approved = root(&w);
    let frozen = domain::Assessment { frozen: true, ..round() };
    let signed = [Edit::SignOff(sign_off(1, SignRole::Approved, &approved)), Edit::Assessment(frozen)];
    w.commit(&by(2, Action::Sign), &signed).unwrap();
    w.commit(&by(3, Action::AssignKeeper), &[keeper("刘洋")]).unwrap();
    w.commit(&by(4, Action::HandIn), &[paper(Some("2026-11-20"))]).unwrap();
    assert_eq!(root(&w), approved);
    assert_eq!(doctor(&w), []);
    let refused = w.commit(&by(5, Action::TakeInWorkbook), &[paper(None)]).unwrap_err();
    assert_eq!(refused.code(), "assessment_frozen");
}
