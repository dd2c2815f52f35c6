//! A frozen round refuses every verb in the same words.

use crate::common::{World, finding, owned, quiet, task};
use app::answers::{self, AnswerPatch};
use app::evidence::{self, EvidenceDraft};
use app::exports::{self, PlanFormat, WorkbookOptions};
use app::tasks::Closure;
use app::workbook::{self, WorkbookChoices};
use app::{Error, Session, findings, log, rounds, sign_offs, tasks};
use domain::{Assessment, EvidenceKind, Id, Lang, SignRole, TaskState, Verdict};

type Verb<'a> = (&'static str, Box<dyn Fn(&mut Session, Id) -> app::Result<()> + 'a>);

fn verb<'a, T>(name: &'static str, verb: impl Fn(&mut Session, Id) -> app::Result<T> + 'a) -> Verb<'a> {
    (name, Box::new(move |s, r| verb(s, r).map(drop)))
}

#[test]
fn every_verb_is_refused_while_frozen_and_taken_again_after_reopening() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let proof = world.add_file(&["XC3-05"], "班表.xlsx", "八月排班");
    let found = world.add_finding("XC3-06");
    let todo = world.add_task(&found);
    let spare = world.add_task(&found);
    let another = world.add_finding("LC1-01");
    let signed = sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "周敏").unwrap();
    let signature = signed.sign_offs[0].id;
    let filled = world.at("检查表.xlsx");
    let (blank, choices) = (WorkbookOptions::default(), WorkbookChoices::default());
    exports::workbook(&mut world.session, world.round, &filled, &blank, Lang::Zh, false).unwrap();
    sign_offs::sign(&mut world.session, world.round, SignRole::Approved, "王总").unwrap();

    let file = world.file("九月班表.xlsx", "九月排班");
    let edited = Assessment { title: "改过的标题".into(), ..world.snapshot().assessment };
    let items = owned(&["XC3-06"]);
    let draft = EvidenceDraft { title: "标题".into(), ..EvidenceDraft::default() };
    let mark = AnswerPatch { verdict: Some(Verdict::Partial), ..AnswerPatch::default() };
    let same = AnswerPatch { verdict: Some(Verdict::Conform), ..AnswerPatch::default() };
    let verbs = [
        verb("mark", |s, r| answers::mark(s, r, &items, &mark)),
        verb("mark the same", |s, r| answers::mark(s, r, &owned(&["XC3-05"]), &same)),
        verb("add files", |s, r| evidence::add_files(s, r, &items, std::slice::from_ref(&file), &draft, &mut quiet)),
        verb("add bytes", |s, r| evidence::add_bytes(s, r, &items, "截图.png", b"PNG", &draft)),
        verb("add record", |s, r| evidence::add_record(s, r, &items, EvidenceKind::Record, &draft)),
        verb("edit evidence", |s, r| evidence::edit(s, r, proof.id, &draft)),
        verb("link", |s, r| evidence::link(s, r, proof.id, &items, "第 2 页")),
        verb("unlink", |s, r| evidence::unlink(s, r, proof.id, "XC3-05")),
        verb("replace", |s, r| evidence::replace(s, r, proof.id, file.clone(), &mut quiet)),
        verb("add finding", |s, r| findings::add(s, r, &finding("XC3-05"))),
        verb("edit finding", |s, r| findings::edit(s, r, found.id, &finding("XC3-06"))),
        verb("add task", |s, r| tasks::add(s, r, &task("任务"))),
        verb("edit task", |s, r| tasks::edit(s, r, todo.id, &task("任务"))),
        verb("move task", |s, r| tasks::move_to(s, r, todo.id, TaskState::Doing, &Closure::default())),
        verb("edit round", |s, _| rounds::edit(s, &Assessment { frozen: false, ..edited.clone() })),
        verb("withdraw task", |s, r| tasks::withdraw(s, r, spare.id)),
        verb("withdraw finding", |s, r| findings::withdraw(s, r, another.id)),
        verb("withdraw evidence", |s, r| evidence::withdraw(s, r, proof.id)),
        verb("take in a workbook", |s, r| workbook::take_in(s, r, &filled, "王工", &choices)),
        verb("undo", log::undo),
        verb("redo", log::redo),
    ];
    let signing = [
        verb("sign", |s, r| sign_offs::sign(s, r, SignRole::Reviewed, "李维")),
        verb("withdraw signature", |s, r| sign_offs::withdraw(s, r, signature)),
    ];
    for (name, verb) in verbs.iter().chain(&signing) {
        let error = world.refused(|s, r| verb(s, r));
        assert!(matches!(error, Error::Frozen), "{name}: {error}");
        assert_eq!(error.code(), "frozen", "{name}");
    }

    // Reading and exporting go on.
    exports::plan(
        &mut world.session,
        world.round,
        &world.temp.path().join("计划.csv"),
        PlanFormat::Csv,
        Lang::Zh,
        false,
    )
    .unwrap();
    assert!(world.session.round(world.round).unwrap().snapshot.assessment.frozen);

    sign_offs::reopen(&mut world.session, world.round, "补充证据").unwrap();
    for (name, verb) in &verbs {
        if let Err(error) = verb(&mut world.session, world.round) {
            panic!("{name} after reopening: {error}");
        }
    }
    // Replaced content stays on disk, which the doctor notes.
    assert!(world.doctor().iter().all(|t| t.area == store::Area::Orphan));
}
