//! The request list: assigned, handed in, handed out and back, beside what is signed.

use crate::common::{World, owned};
use crate::edit::{edited, text};
use app::exports::{self, WorkbookOptions};
use app::requests::{self, KeeperPatch, PaperPatch, RequestList};
use app::workbook::{self, WorkbookChoices};
use app::{Error, log, rounds, sign_offs};
use domain::{Lang, SignRole, Standing};
use store::HistoryQuery;

/// Number of the sheet of papers where nothing else is sent out.
const PAPERS: usize = 1;

impl World {
    fn asked(&mut self) -> RequestList {
        requests::list(&mut self.session, self.round).unwrap()
    }

    fn standing(&mut self, paper: &str) -> Standing {
        self.asked().papers.into_iter().find(|r| r.paper == paper).unwrap().standing
    }

    fn hand_in(&mut self, papers: &[&str]) {
        let patch = PaperPatch { handed_in: Some(true), ..PaperPatch::default() };
        requests::hand_in(&mut self.session, self.round, &owned(papers), &patch).unwrap();
    }
}

#[test]
fn what_the_criteria_propose_needs_no_row_and_what_was_said_can_be_taken_back() {
    let mut world = World::new();
    let patch = |department: &str| KeeperPatch { department: Some(department.into()), ..KeeperPatch::default() };
    let sections = owned(&["XC3", "xc"]);
    let update = requests::assign(&mut world.session, world.round, &owned(&["XC3"]), &patch("Operations")).unwrap();
    assert_eq!((update.batch, update.keepers.len()), (None, 0), "it is proposed as that");
    let update = requests::assign(&mut world.session, world.round, &sections, &patch("华东职场")).unwrap();
    assert_eq!(update.keepers.len(), 6, "each section of the domain once");
    assert!(world.asked().keepers.iter().filter(|k| k.said).all(|k| k.section.starts_with("XC")));
    let reset = KeeperPatch { reset: true, ..KeeperPatch::default() };
    requests::assign(&mut world.session, world.round, &owned(&["XC"]), &reset).unwrap();
    assert!(world.asked().keepers.iter().all(|k| !k.said && !k.department.is_empty()));
    log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.asked().keepers.iter().filter(|k| k.said).count(), 6);
    assert_eq!(world.doctor(), vec![]);
}

#[test]
fn keepers_go_on_in_the_next_round_and_ticks_do_not() {
    let mut world = World::new();
    let patch = KeeperPatch { owner: Some("刘洋".into()), ..KeeperPatch::default() };
    requests::assign(&mut world.session, world.round, &owned(&["JS2"]), &patch).unwrap();
    world.hand_in(&["JS2-01.1"]);
    assert_eq!(world.standing("JS2-01.1"), Standing::HandedIn);
    let next = rounds::next(&world.snapshot().assessment);
    let (pack, _) = world.session.snapshot(world.round).unwrap();
    world.outside.pass(chrono::TimeDelta::days(300));
    world.round = rounds::start(&mut world.session, &pack, &next).unwrap();
    assert_eq!(world.standing("JS2-01.1"), Standing::Open);
    let keeper = world.asked().keepers.into_iter().find(|k| k.section == "JS2").unwrap();
    assert_eq!((keeper.owner.as_str(), keeper.department.as_str(), keeper.said), ("刘洋", "信息技术部", true));
    assert_eq!(world.doctor(), vec![]);
}

#[test]
fn after_the_approval_papers_are_still_handed_in_and_the_list_comes_back() {
    let mut world = World::new();
    sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "周敏").unwrap();
    sign_offs::sign(&mut world.session, world.round, SignRole::Approved, "王总").unwrap();
    let root = world.root();
    let (list, whole) = (world.at("资料清单.xlsx"), world.at("核查表.xlsx"));
    world.hand_in(&["GH1-01.2"]);
    exports::request_list(&mut world.session, world.round, &list, Some("综合管理部"), Lang::Zh, false).unwrap();
    exports::workbook(&mut world.session, world.round, &whole, &WorkbookOptions::default(), Lang::Zh, false).unwrap();
    let bytes = std::fs::read(&list).unwrap();
    std::fs::write(&list, edited(&bytes, &[(PAPERS, "J2", &text("√")), (PAPERS, "K3", &text("=下周补"))])).unwrap();
    let choices = WorkbookChoices::default();
    let (seen, update) = workbook::take_in(&mut world.session, world.round, &list, "赵敏", &choices).unwrap();
    assert_eq!((seen.changes.len(), update.unwrap().papers.len()), (2, 2), "{seen:?}");
    assert_eq!(world.standing("GH1-01.1"), Standing::HandedIn);
    assert_eq!(world.root(), root, "what was approved stands still");
    let query = HistoryQuery { assessment: Some(world.round), ..HistoryQuery::default() };
    let newest = &log::history(&world.session, &query).unwrap()[0];
    assert_eq!((newest.actor.as_str(), newest.action.as_str()), ("赵敏 via 资料清单.xlsx", "hand_in"));
    let refused = world.refused(|s, r| workbook::preview(s, r, &whole, &choices));
    assert!(matches!(refused, Error::Frozen), "the checklist does not come back: {refused}");
    assert_eq!(world.doctor(), vec![]);
}

#[test]
fn a_paper_that_is_not_asked_for_any_more_is_told_and_not_taken() {
    let mut world = World::new();
    let path = world.at("资料清单.xlsx");
    exports::request_list(&mut world.session, world.round, &path, Some("综合管理部"), Lang::En, false).unwrap();
    let edits = [(PAPERS, "J2", &*text("yes")), (PAPERS, "J3", &text("2026-11-20"))];
    std::fs::write(&path, edited(&std::fs::read(&path).unwrap(), &edits)).unwrap();
    let na = app::answers::AnswerPatch {
        verdict: Some(domain::Verdict::NotApplicable),
        reason: Some("范围内没有".into()),
        ..Default::default()
    };
    world.patch(&["GH1-01"], &na);
    let seen = workbook::preview(&mut world.session, world.round, &path, &WorkbookChoices::default()).unwrap();
    let said: Vec<_> = seen.refused.iter().map(|r| (r.cell.as_str(), r.expected_en.as_str())).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1.contains("not asked for any more"), "{said:?}");
    assert!(seen.changes.is_empty() && seen.undecided == 2);
}
