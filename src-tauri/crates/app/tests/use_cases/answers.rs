//! Marking items.

use crate::common::{ITEMS, PACK, World, owned};
use app::answers::{self, AnswerPatch, ItemPatch};
use domain::{Review, Verdict};

fn verdict(verdict: Verdict) -> AnswerPatch {
    AnswerPatch { verdict: Some(verdict), ..AnswerPatch::default() }
}

fn note(note: &str) -> AnswerPatch {
    AnswerPatch { note: Some(note.into()), ..AnswerPatch::default() }
}

#[test]
fn several_items_are_one_step() {
    let mut world = World::new();
    let first = world.root();
    let update = world.mark(&ITEMS, Verdict::Conform);
    assert_eq!(update.answers.len(), 5);
    for answer in &update.answers {
        assert_eq!((answer.verdict, answer.assessor.as_str()), (Some(Verdict::Conform), "质检主管"));
        assert_eq!(answer.assessed_at, Some(world.session.env.now()));
    }
    let step = update.figures.undo.unwrap();
    assert_eq!((step.action.as_str(), step.rows), ("mark", 5));
    assert_eq!(update.figures.score.unwrap().overall.conform, 5);
    let undone = app::log::undo(&mut world.session, world.round).unwrap().unwrap();
    assert_eq!((undone.answers.len(), undone.figures.undo), (5, None));
    assert_eq!(world.root(), first);
}

#[test]
fn one_unknown_item_refuses_them_all() {
    let mut world = World::new();
    for codes in [["XC3-05", "XC3-99"], ["XC3-99", "XC3-05"], ["XC3-05", ""], ["XC3-05", "xc3-05"]] {
        let error = world.refused(|s, r| answers::mark(s, r, &owned(&codes), &verdict(Verdict::Conform)));
        assert!(matches!(error, app::Error::UnknownItem(_)), "{codes:?}: {error}");
    }
}

#[test]
fn not_applicable_needs_a_reason() {
    let mut world = World::new();
    let na = verdict(Verdict::NotApplicable);
    let with_reason = |reason: &str| AnswerPatch { reason: Some(reason.into()), ..na.clone() };
    for patch in [na.clone(), with_reason(""), with_reason(" \n ")] {
        let error = world.refused(|s, r| answers::mark(s, r, &owned(&["XC3-05"]), &patch));
        assert!(matches!(error, app::Error::ReasonMissing(item) if item == "XC3-05"));
    }
    // All or nothing: one item has a reason already, the other has none.
    world.patch(&["XC3-05"], &AnswerPatch { reason: Some("全部外包，无自有排班".into()), ..AnswerPatch::default() });
    let error = world.refused(|s, r| answers::mark(s, r, &owned(&["XC3-05", "XC3-06"]), &na));
    assert!(matches!(error, app::Error::ReasonMissing(item) if item == "XC3-06"));
    // The reason that is there is enough.
    world.patch(&["XC3-05"], &na);
    // It cannot be taken away while the verdict stands, but together with it.
    let without = AnswerPatch { reason: Some(String::new()), ..AnswerPatch::default() };
    world.refused(|s, r| answers::mark(s, r, &owned(&["XC3-05"]), &without));
    let other = AnswerPatch { verdict: Some(Verdict::Conform), ..without };
    assert_eq!(world.patch(&["XC3-05"], &other).answers[0].reason, "");
    // A note on an item that does not apply asks for nothing more.
    world.mark(&["XC3-05"], Verdict::NotApplicable);
    world.patch(&["XC3-05"], &note("与客户确认过"));
}

#[test]
fn clearing_takes_verdict_assessor_and_time_away_and_leaves_what_was_written() {
    let mut world = World::new();
    world.patch(&["XC3-05"], &AnswerPatch { note: Some("抽查三期班表".into()), ..verdict(Verdict::Partial) });
    let clear = AnswerPatch { clear: true, verdict: Some(Verdict::Conform), ..AnswerPatch::default() };
    let answer = world.patch(&["XC3-05"], &clear).answers.remove(0);
    assert_eq!((answer.verdict, answer.assessor.as_str(), answer.assessed_at), (None, "", None));
    assert_eq!(answer.note, "抽查三期班表");
    let figures = world.session.round(world.round).unwrap().figures;
    assert_eq!(figures.score.overall.unassessed, 224);

    // Marked and cleared without a word is as if never touched.
    let mut untouched = World::new();
    let first = untouched.root();
    untouched.mark(&ITEMS, Verdict::Nonconform);
    untouched.patch(&ITEMS, &AnswerPatch { clear: true, ..AnswerPatch::default() });
    assert_eq!(untouched.root(), first);
    assert_eq!(untouched.snapshot().answers, []);
}

#[test]
fn ticks_are_names_from_the_items_list_sorted_and_once_each() {
    let mut world = World::new();
    let known = &PACK.0.item("XC3-05").unwrap().evidence;
    let ticks = vec![known[2].clone(), "不在清单上的材料".to_owned(), known[0].clone(), known[2].clone()];
    let patch = AnswerPatch { ticks: Some(ticks), ..AnswerPatch::default() };
    let update = world.patch(&["XC3-05"], &patch);
    let mut wanted = vec![known[0].clone(), known[2].clone()];
    wanted.sort();
    assert_eq!(update.answers[0].ticks, wanted);
    assert_eq!(update.figures.undo.unwrap().action, "tick");
    let none = AnswerPatch { ticks: Some(vec![]), ..AnswerPatch::default() };
    world.patch(&["XC3-05"], &none);
    assert_eq!(world.snapshot().answers, []);
}

#[test]
fn another_verdict_reopens_the_review_and_nothing_else_does() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    let accept =
        AnswerPatch { review: Some(Review::Accepted), review_note: Some("同意".into()), ..AnswerPatch::default() };
    assert_eq!(world.patch(&["XC3-05"], &accept).figures.undo.unwrap().action, "review");
    let review = |world: &mut World| world.snapshot().answer("XC3-05").unwrap().review;
    let first_at = world.snapshot().answer("XC3-05").unwrap().assessed_at;

    world.outside.pass(chrono::TimeDelta::hours(2));
    assert_eq!(world.mark(&["XC3-05"], Verdict::Conform).batch, None, "the same verdict again is no change");
    world.patch(&["XC3-05"], &note("补充记录"));
    assert_eq!(review(&mut world), Review::Accepted);
    assert_eq!(world.snapshot().answer("XC3-05").unwrap().assessed_at, first_at);

    let answer = world.mark(&["XC3-05"], Verdict::Partial).answers.remove(0);
    assert_eq!((answer.review, answer.review_note.as_str()), (Review::Open, "同意"), "the note stays to be read");
    assert_ne!(answer.assessed_at, first_at);

    // A reviewer may correct the verdict and accept it in one go.
    let corrected = AnswerPatch { review: Some(Review::Accepted), ..verdict(Verdict::Nonconform) };
    world.patch(&["XC3-05"], &corrected);
    assert_eq!(review(&mut world), Review::Accepted);
    world.patch(&["XC3-05"], &AnswerPatch { clear: true, ..AnswerPatch::default() });
    assert_eq!(review(&mut world), Review::Open);
}

#[test]
fn texts_are_taken_as_typed_or_refused() {
    let mut world = World::new();
    for (typed, kept) in [
        ("第一行\r\n第二行\r第三行\n", "第一行\n第二行\n第三行\n"),
        ("  缩进\t制表 ", "  缩进\t制表 "),
        ("🎧 𠮷野家热线", "🎧 𠮷野家热线"),
        ("=1+1", "=1+1"),
    ] {
        assert_eq!(world.patch(&["XC3-05"], &note(typed)).answers[0].note, kept);
    }
    let longest = "记".repeat(100_000);
    assert_eq!(world.patch(&["XC3-05"], &note(&longest)).answers[0].note, longest);
    let text = Some("记".repeat(100_001));
    for patch in [
        AnswerPatch { note: text.clone(), ..AnswerPatch::default() },
        AnswerPatch { reason: text.clone(), ..AnswerPatch::default() },
        AnswerPatch { review_note: text, ..AnswerPatch::default() },
    ] {
        let error = world.refused(|s, r| answers::mark(s, r, &owned(&["XC3-06", "XC3-05"]), &patch));
        assert!(matches!(error, app::Error::Field { .. }), "{error}");
    }
}

#[test]
fn a_pasted_column_is_one_step_all_or_nothing() {
    let mut world = World::new();
    let row = |item: &str, patch: AnswerPatch| ItemPatch { item: item.into(), patch };
    let column = [
        row("XC3-05", note("按期公布")),
        row("XC3-06", verdict(Verdict::Conform)),
        row("LC1-01", AnswerPatch { reason: Some("无".into()), ..verdict(Verdict::NotApplicable) }),
        // The same item once more: on top of what stands above.
        row("XC3-05", verdict(Verdict::Partial)),
    ];
    let first = world.root();
    let update = answers::mark_each(&mut world.session, world.round, &column).unwrap();
    assert_eq!(update.answers.len(), 3);
    let answer = world.snapshot().answer("XC3-05").cloned().unwrap();
    assert_eq!((answer.note.as_str(), answer.verdict), ("按期公布", Some(Verdict::Partial)));
    app::log::undo(&mut world.session, world.round).unwrap();
    assert_eq!(world.root(), first);

    for bad in [
        row("XC3-99", note("")),
        row("XC3-06", note(&"长".repeat(100_001))),
        row("XC3-06", verdict(Verdict::NotApplicable)),
    ] {
        let mut column = column.to_vec();
        column.push(bad);
        // The reason that item brings with it would have been enough.
        column.retain(|p| p.item != "LC1-01");
        world.refused(|s, r| answers::mark_each(s, r, &column));
    }
    assert_eq!(answers::mark_each(&mut world.session, world.round, &[]).unwrap().batch, None);
}

#[test]
fn a_step_is_named_after_what_it_did() {
    for (patch, action) in [
        (verdict(Verdict::Conform), "mark"),
        (AnswerPatch { note: Some("一并写下".into()), ..verdict(Verdict::Conform) }, "mark"),
        (note("只写记录"), "note"),
        (AnswerPatch { reason: Some("只写理由".into()), ..AnswerPatch::default() }, "reason"),
        (AnswerPatch { review_note: Some("请补证据".into()), ..AnswerPatch::default() }, "review"),
    ] {
        let mut world = World::new();
        let step = world.patch(&["XC3-05"], &patch).figures.undo.unwrap();
        assert_eq!((step.action.as_str(), step.items), (action, owned(&["XC3-05"])));
    }
}

#[test]
fn a_round_that_is_not_there_is_named() {
    let mut world = World::new();
    let nowhere = domain::Id::from_u128(3);
    let error = world.refused(|s, _| answers::mark(s, nowhere, &owned(&["XC3-05"]), &verdict(Verdict::Conform)));
    assert!(matches!(error, app::Error::Unknown { what: "评估", .. }));
}
