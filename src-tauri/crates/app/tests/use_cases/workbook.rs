//! A workbook that is handed out, filled in by somebody else, and taken back.

use crate::common::{World, new_round};
use crate::edit::{edited, text};
use app::answers::AnswerPatch;
use app::exports::{self, WorkbookOptions};
use app::workbook::{self, Take, WorkbookChoices};
use app::{Error, Update, log};
use domain::{Lang, Verdict};
use std::path::{Path, PathBuf};
use store::HistoryQuery;

/// Numbers of the sheets of a workbook of the domain XC alone.
const ITEMS: usize = 2;
const FINDINGS: usize = 4;
const TASKS: usize = 5;

impl World {
    /// A round with some answers, evidence, a finding and a task of the domain XC.
    fn handed_out() -> (Self, PathBuf) {
        let mut world = Self::new();
        world.mark(&["XC1-01"], Verdict::Conform);
        world.patch(&["XC1-01"], &AnswerPatch { note: Some("班表按月公布".into()), ..AnswerPatch::default() });
        world.add_file(&["XC1-01"], "班表.pdf", "%PDF-1.7 班表");
        let finding = world.add_finding("XC1-02");
        world.add_task(&finding);
        let path = world.at("检查表.xlsx");
        let options = WorkbookOptions { domain: Some("xc".into()), recipient: "王工".into(), ..Default::default() };
        exports::workbook(&mut world.session, world.round, &path, &options, Lang::Zh, false).unwrap();
        (world, path)
    }

    fn edit(&self, path: &Path, edits: &[(usize, &str, &str)]) {
        std::fs::write(path, edited(&std::fs::read(path).unwrap(), edits)).unwrap();
    }

    fn take_in(&mut self, path: &Path, choices: &WorkbookChoices) -> (workbook::WorkbookPreview, Option<Update>) {
        workbook::take_in(&mut self.session, self.round, path, "王工", choices).unwrap()
    }
}

#[test]
fn what_somebody_filled_in_is_one_step_under_their_name_and_is_undone_as_one() {
    let (mut world, path) = World::handed_out();
    let before = world.root();
    world.edit(
        &path,
        &[
            (ITEMS, "F2", &text("部分符合")),
            (ITEMS, "F3", &text("不适用")),
            (ITEMS, "H3", &text("范围内没有该业务")),
            (ITEMS, "I3", &text("EV-0001")),
            (FINDINGS, "G2", &text("岗位只有一人，没有替补")),
            (TASKS, "L2", &text("已设 AB 角，十月起执行")),
        ],
    );
    let seen = workbook::preview(&mut world.session, world.round, &path, &WorkbookChoices::default()).unwrap();
    assert_eq!((seen.changes.len(), seen.undecided, seen.recipient.as_str()), (6, 0, "王工"));
    assert_eq!(world.root(), before, "a preview writes nothing");
    let (_, update) = world.take_in(&path, &WorkbookChoices::default());
    assert!(update.unwrap().batch.is_some());
    let now = world.snapshot();
    assert_eq!(now.verdict("XC1-01"), Some(Verdict::Partial));
    assert_eq!(now.answer("XC1-01").unwrap().assessor, "王工");
    assert_eq!(now.answer("XC1-02").unwrap().reason, "范围内没有该业务");
    assert_eq!(now.evidence_of("XC1-02").len(), 1);
    assert_eq!(now.tasks[0].result, "已设 AB 角，十月起执行");
    let query = HistoryQuery { assessment: Some(world.round), ..HistoryQuery::default() };
    let newest = log::history(&world.session, &query).unwrap();
    assert_eq!((newest[0].actor.as_str(), newest[0].action.as_str()), ("王工 via 检查表.xlsx", "take_in_workbook"));
    // The same file again says nothing new.
    let again = workbook::preview(&mut world.session, world.round, &path, &WorkbookChoices::default()).unwrap();
    assert!(again.changes.is_empty() && again.undecided == 0, "{again:?}");
    log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.root(), before);
    assert_eq!(world.doctor(), vec![]);
}

#[test]
fn nothing_is_written_while_a_cell_is_undecided() {
    let (mut world, path) = World::handed_out();
    world.edit(&path, &[(ITEMS, "F3", &text("符合")), (ITEMS, "G2", &text("他们的")), (ITEMS, "F2", "")]);
    world.patch(&["XC1-01"], &AnswerPatch { note: Some("我们的".into()), ..AnswerPatch::default() });
    let root = world.root();
    let (seen, update) = world.take_in(&path, &WorkbookChoices::default());
    assert_eq!((seen.changes.len(), seen.conflicts.len(), seen.cleared.len(), seen.undecided), (1, 1, 1, 2));
    assert!(update.is_none());
    assert_eq!(world.root(), root);
    let cells = [("现场管理!G2".to_owned(), Take::Mine), ("现场管理!F3".to_owned(), Take::Mine)].into();
    let choices = WorkbookChoices { cells, cleared: Some(Take::Theirs), ..WorkbookChoices::default() };
    let (_, update) = world.take_in(&path, &choices);
    assert!(update.is_some());
    let now = world.snapshot();
    let answer = now.answer("XC1-01").unwrap();
    assert_eq!((answer.verdict, answer.note.as_str()), (None, "我们的"));
    assert_eq!(now.verdict("XC1-02"), None, "left out");
}

#[test]
fn what_a_row_cannot_be_is_refused_by_the_rules_of_the_screen() {
    let (mut world, path) = World::handed_out();
    world.edit(
        &path,
        &[
            (ITEMS, "F3", &text("不适用")),
            (ITEMS, "G4", &text("可以取回的")),
            (FINDINGS, "E2", &text(" ")),
            (TASKS, "J2", &text("0026-12-15")),
        ],
    );
    let choices = WorkbookChoices { cleared: Some(Take::Theirs), ..WorkbookChoices::default() };
    let (seen, update) = world.take_in(&path, &choices);
    assert!(update.is_none());
    let mut cells: Vec<_> = seen.refused.iter().map(|r| r.cell.as_str()).collect();
    cells.sort_unstable();
    assert_eq!(cells, ["发现!E2", "整改!J2", "现场管理!F3"], "{seen:?}");
    let (_, update) = world.take_in(&path, &WorkbookChoices { leave_out_refused: true, ..choices });
    assert_eq!(update.unwrap().answers.len(), 1);
    assert_eq!(world.snapshot().answer("XC1-03").unwrap().note, "可以取回的");
}

#[test]
fn a_workbook_of_another_round_or_workspace_is_refused_with_the_next_step() {
    let (mut world, path) = World::handed_out();
    let choices = WorkbookChoices::default();
    let (pack, _) = world.session.snapshot(world.round).unwrap();
    world.round = app::rounds::start(&mut world.session, &pack, &new_round()).unwrap();
    let refused = world.refused(|session, round| workbook::preview(session, round, &path, &choices));
    assert!(refused.to_string().contains("另一次评估"), "{refused}");
    assert!(app::english::refusal(&refused).contains("another assessment"));
    // Ids count up from the same number in both: only the second round is unknown in the other workspace.
    let second = world.at("第二次.xlsx");
    let options = WorkbookOptions::default();
    exports::workbook(&mut world.session, world.round, &second, &options, Lang::En, false).unwrap();
    let refused = World::new().refused(|session, round| workbook::preview(session, round, &second, &choices));
    assert!(refused.to_string().contains("另一个工作区"), "{refused}");
}

#[test]
fn a_domain_that_is_not_there_and_a_file_that_is_are_refused() {
    let (mut world, path) = World::handed_out();
    let options = WorkbookOptions { domain: Some("ZZ".into()), ..Default::default() };
    let refused = world.refused(|session, round| {
        exports::workbook(session, round, &path.with_file_name("新.xlsx"), &options, Lang::Zh, false)
    });
    assert!(matches!(refused, Error::Unknown { .. }), "{refused}");
    std::fs::write(&path, "别人的").unwrap();
    let options = WorkbookOptions::default();
    let refused = world.refused(|session, round| exports::workbook(session, round, &path, &options, Lang::Zh, false));
    assert!(matches!(refused, Error::TargetExists(_)), "{refused}");
}
