//! A year with two digits, or of another century, is a slip: it is refused with the year that was understood.

use crate::common::{World, day, new_round, owned, quiet, task};
use app::evidence::EvidenceDraft;
use app::tasks::TaskDraft;
use app::view::NewRound;
use app::{Session, evidence, rounds, tasks};
use domain::{Action, Assessment, EvidenceKind};
use store::{Act, Edit, Holder, Workspace};

/// What is typed, and the year that the refusal names. `26-03-01` is the first.
const SLIPS: [(&str, &str); 5] = [
    ("0026-03-01", "0026"),
    ("0001-01-01", "0001"),
    ("1999-12-31", "1999"),
    ("2101-01-01", "2101"),
    ("9999-12-31", "9999"),
];

#[test]
fn every_day_that_is_entered_is_refused_outside_its_century_and_names_the_year() {
    for (typed, year) in SLIPS {
        let slip = Some(day(typed));
        let mut world = World::new();
        let file = world.file("值班表.txt", "早班 8 人");
        let items = owned(&["GH1-01"]);
        let dated =
            |effective, expires| EvidenceDraft { title: "制度".into(), effective, expires, ..Default::default() };
        let from = NewRound { period_from: slip, period_to: None, ..new_round() };
        let to = NewRound { period_from: None, period_to: slip, ..new_round() };
        let mut refusals = vec![rounds::check(&from).unwrap_err(), rounds::check(&to).unwrap_err()];
        refusals.push(world.refused(|session, round| {
            let held = session.snapshot(round)?.1.assessment.clone();
            rounds::edit(session, &Assessment { period_from: slip, period_to: None, ..held })
        }));
        refusals.push(world.refused(|session, round| {
            tasks::add(session, round, &TaskDraft { item: "GH1-01".into(), due: slip, ..task("补记录") })
        }));
        for draft in [dated(slip, None), dated(None, slip)] {
            refusals.push(world.refused(|session, round| {
                evidence::add_files(session, round, &items, std::slice::from_ref(&file), &draft, &mut quiet)
            }));
            refusals.push(
                world.refused(|session, round| {
                    evidence::add_record(session, round, &items, EvidenceKind::Record, &draft)
                }),
            );
        }
        for refusal in refusals {
            assert_eq!(refusal.code(), "field", "{typed}: {refusal}");
            for text in [refusal.to_string(), app::english::refusal(&refusal)] {
                assert!(["2000", "2100", year].iter().all(|y| text.contains(y)), "{typed}: {text}");
            }
        }
    }
}

#[test]
fn the_first_and_the_last_day_are_taken() {
    for (from, to) in [("2000-01-01", "2100-12-31"), ("2026-01-01", "2026-12-31")] {
        let wanted = NewRound { period_from: Some(day(from)), period_to: Some(day(to)), ..new_round() };
        let mut world = World::with(&wanted);
        assert_eq!(world.snapshot().assessment.period_to, Some(day(to)));
    }
}

/// Writes a row past the verbs, as an earlier program might have.
fn written(world: World, row: Edit) -> World {
    let (dir, World { temp, outside, session, round }) = (world.dir(), world);
    let env = session.env.clone();
    session.close().unwrap();
    let holder = Holder { app: "0.1.0".into(), user: String::new(), host: String::new(), pid: 1, since: env.now() };
    let mut workspace = Workspace::open(&dir, &holder).unwrap();
    let (actor, action) = (env.actor.clone(), Action::EditRound);
    workspace.commit(&Act { actor, at: env.now(), batch: env.id(), action, assessment: round }, &[row]).unwrap();
    workspace.close().unwrap();
    let session = Session::open(&dir, env).unwrap();
    World { temp, outside, session, round }
}

/// 0.1.0 took any year. Such a round can still be edited, and its slip be mended, but no other one be made.
#[test]
fn a_slip_of_before_does_not_stand_in_the_way() {
    let mut world = World::new();
    let held = world.snapshot().assessment;
    let slipped = Assessment { period_from: Some(day("0026-03-01")), ..held };
    let mut world = written(world, Edit::Assessment(slipped.clone()));
    let renamed = Assessment { title: "改过的标题".into(), ..slipped };
    rounds::edit(&mut world.session, &renamed).unwrap();
    assert_eq!(world.snapshot().assessment.title, "改过的标题");
    world.refused(|session, _| {
        rounds::edit(session, &Assessment { period_from: Some(day("0027-03-01")), ..renamed.clone() })
    });
    rounds::edit(&mut world.session, &Assessment { period_from: Some(day("2026-03-01")), ..renamed.clone() }).unwrap();
    assert_eq!(world.snapshot().assessment.period_from, Some(day("2026-03-01")));
}
