//! What a verb costs follows from what it changes, not from what the round holds.

use crate::common::{ITEMS, World, owned, quietly};
use app::answers::AnswerPatch;
use app::evidence::{self, EvidenceDraft};
use app::view::Update;
use domain::{FileState, GateRule, Verdict};
use store::StoredFile;

/// A round with evidence whose files nobody has: each is a defect.
fn with_files(count: u32) -> World {
    let mut world = World::new();
    let file = |n: u32| StoredFile {
        sha256: domain::snapshot::sha256_hex(&n.to_be_bytes()),
        size_bytes: 4,
        file_name: format!("班表 {n}.xlsx"),
        named_in_text: true,
        was_there: false,
    };
    let files: Vec<_> = (0..count).map(|n| evidence::Taken { stored: file(n), flaw: None }).collect();
    evidence::add_stored(&mut world.session, world.round, &owned(&ITEMS), &files, &EvidenceDraft::default()).unwrap();
    let figures = world.session.round(world.round).unwrap().figures;
    let missing = figures.defects.iter().filter(|d| d.rule == GateRule::EvidenceMissing).count();
    assert_eq!(missing, count as usize);
    world
}

fn bytes(update: &Update) -> usize {
    serde_json::to_vec(update).unwrap().len()
}

#[test]
fn a_mark_and_a_note_are_answered_in_as_many_bytes_among_thousands_of_files() {
    let answers = |count| {
        let mut world = with_files(count);
        let mark = world.mark(&["XC3-05"], Verdict::Conform);
        let note = AnswerPatch { note: Some("抽查班表三份".into()), ..AnswerPatch::default() };
        let note = world.patch(&["XC3-05"], &note);
        assert_eq!((mark.figures.files.len(), note.figures.files.len()), (0, 0));
        assert!(note.figures.score.is_none() && note.figures.readiness.is_none() && note.figures.defects.is_empty());
        (bytes(&mark), bytes(&note))
    };
    let ((mark, note), (marked, noted)) = (answers(40), answers(2_000));
    assert!(marked * 10 <= mark * 11 && noted * 10 <= note * 11, "{mark} {marked}, {note} {noted}");
    assert!(note < 2_000, "a note says nothing of what it does not change");
}

#[test]
fn evidence_is_looked_for_when_somebody_asks_and_only_what_is_different_is_told() {
    let mut world = World::new();
    let held = world.add_file(&["XC3-05"], "制度.pdf", "排班管理制度第三版");
    let other = world.add_file(&["XC3-06"], "班表.xlsx", "八月排班");
    world.session.round(world.round).unwrap();
    std::fs::remove_file(world.content(&held)).unwrap();
    let mark = world.mark(&["XC3-05"], Verdict::Conform);
    assert!(mark.figures.files.is_empty(), "a mark asks the disk for nothing");

    let seen = world.session.look(world.round).unwrap();
    assert_eq!(seen.since, mark.figures.version);
    assert_eq!(seen.files.into_iter().collect::<Vec<_>>(), [(held.id, FileState::Missing)]);
    let come: Vec<_> =
        seen.defects.iter().flat_map(|splice| &splice.come).map(|d| (d.rule, d.subject.as_str())).collect();
    assert_eq!(come, [(GateRule::EvidenceMissing, "EV-0001")]);
    let again = world.session.look(world.round).unwrap();
    assert!(again.files.is_empty() && again.defects.is_empty() && again.score.is_none());

    // Whatever writes evidence looks by itself.
    let original = world.at("制度.pdf");
    let repaired = world.add_files(&["XC3-05"], &[original], &EvidenceDraft::default()).unwrap();
    assert_eq!(repaired.figures.files.into_iter().collect::<Vec<_>>(), [(held.id, FileState::Present)]);
    std::fs::remove_file(world.content(&other)).unwrap();
    let edited = evidence::edit(
        &mut world.session,
        world.round,
        held.id,
        &EvidenceDraft { title: "排班制度".into(), ..EvidenceDraft::default() },
    )
    .unwrap();
    assert_eq!(edited.figures.files.into_iter().collect::<Vec<_>>(), [(other.id, FileState::Missing)]);
    let verified = evidence::verify(&mut world.session, world.round, &mut quietly).unwrap();
    assert!(verified.files.is_empty(), "reading the files found what looking at them had found");
}

#[test]
fn a_reader_can_tell_that_an_answer_was_missed() {
    let mut world = World::new().reopened();
    let first = world.mark(&["XC3-05"], Verdict::Conform).figures;
    assert_eq!(first.since, 0, "there was no reader before");
    assert!(first.score.is_some() && first.readiness.is_some());
    let read = world.session.round(world.round).unwrap().figures.version;
    world.mark(&["XC3-06"], Verdict::Partial);
    let missed = world.mark(&["GH1-01"], Verdict::Partial).figures;
    assert_ne!(missed.since, read);
    assert!(missed.version > read);
}

#[test]
fn what_goes_on_beside_keeps_seeing_the_round_as_it_was() {
    let mut world = World::new();
    let mut aside = world.session.aside(world.round).unwrap();
    let root = world.root();
    let before = aside.snapshot(world.round).unwrap().1;
    world.mark(&["XC3-05"], Verdict::Conform);
    assert_eq!(aside.snapshot(world.round).unwrap().1.root(), root);
    assert_eq!(before.root(), root);
    assert_ne!(world.root(), root);
}
