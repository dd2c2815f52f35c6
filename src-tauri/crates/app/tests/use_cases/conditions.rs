//! Conditions that change after the round has started.

use crate::common::{PACK, World, new_round, owned};
use app::answers::AnswerPatch;
use app::conditions::{self, ConditionChange};
use app::view::NewRound;
use app::{Error, log, sign_offs};
use domain::pack::Condition;
use domain::{Answer, Review, SignRole, Verdict};

fn codes(condition: Condition) -> Vec<String> {
    PACK.0.items.iter().filter(|i| i.applies == condition).map(|i| i.code.clone()).collect()
}

fn with(conditions: &[&str]) -> World {
    World::with(&NewRound { conditions: Some(owned(conditions)), ..new_round() })
}

const ALL: [&str; 6] = ["outbound", "outsourced", "self-built", "online", "bot", "multi-site"];
const WITHOUT_OUTBOUND: [&str; 5] = ["outsourced", "self-built", "online", "bot", "multi-site"];

impl World {
    fn answer(&mut self, item: &str) -> Answer {
        self.snapshot().answer(item).cloned().unwrap_or_else(|| Answer::blank(self.round, item))
    }

    fn change(&mut self, wanted: &[&str]) -> ConditionChange {
        let previewed = conditions::preview(&mut self.session, self.round, &owned(wanted)).unwrap();
        let done = conditions::change(&mut self.session, self.round, &owned(wanted)).unwrap();
        assert_eq!(done.change, previewed, "what was shown is what is done");
        done.change
    }
}

#[test]
fn what_no_longer_applies_is_proposed_as_not_applicable_and_what_was_marked_is_told() {
    let mut world = with(&ALL);
    let outbound = codes(Condition::Outbound);
    let (marked, noted) = (outbound[0].as_str(), outbound[1].as_str());
    world.mark(&[marked], Verdict::Conform);
    world.patch(&[marked], &AnswerPatch { review: Some(Review::Accepted), ..AnswerPatch::default() });
    world.patch(&[noted], &AnswerPatch { note: Some("外呼名单由甲方提供".into()), ..AnswerPatch::default() });
    let root = world.root();

    let change = world.change(&WITHOUT_OUTBOUND);
    assert_eq!(change.conditions, WITHOUT_OUTBOUND);
    assert_eq!(change.marked, [marked]);
    assert_eq!(change.proposed, outbound[1..]);
    assert_eq!((change.reopened.len(), change.excluded.len()), (0, 0));
    let kept = world.answer(marked);
    assert_eq!(kept.verdict, Some(Verdict::Conform), "somebody's mark is never overwritten");
    assert_eq!(kept.review, Review::Open, "the second look was under other conditions");
    let proposed = world.answer(noted);
    assert_eq!((proposed.verdict, proposed.note.as_str()), (Some(Verdict::NotApplicable), "外呼名单由甲方提供"));
    assert!(proposed.reason.contains("没有外呼业务") && proposed.reason.contains("请确认"), "{}", proposed.reason);
    assert_eq!((proposed.assessor.as_str(), proposed.review), ("质检主管", Review::Open));

    let undone = log::undo(&mut world.session, world.round).unwrap().unwrap();
    assert_eq!(undone.figures.redo.unwrap().action, "change_conditions");
    assert_eq!(world.root(), root, "one step takes all of it back");
    assert_eq!(world.doctor(), []);
}

#[test]
fn what_applies_again_is_open_again_unless_somebody_meant_it() {
    let mut world = with(&WITHOUT_OUTBOUND);
    let outbound = codes(Condition::Outbound);
    let (own_words, confirmed) = (outbound[0].as_str(), outbound[1].as_str());
    world.patch(&[own_words], &AnswerPatch { reason: Some("外呼在分公司，另行评估".into()), ..AnswerPatch::default() });
    world.patch(&[confirmed], &AnswerPatch { review: Some(Review::Accepted), ..AnswerPatch::default() });
    let change = world.change(&ALL);
    assert_eq!(change.excluded, [own_words, confirmed]);
    assert_eq!(change.reopened, outbound[2..]);
    assert_eq!((change.proposed.len(), change.marked.len()), (0, 0));
    assert_eq!(world.answer(own_words).reason, "外呼在分公司，另行评估");
    assert_eq!(world.answer(confirmed).review, Review::Open);
    assert!(world.answer(&outbound[2]).is_blank(), "nothing is left of our proposal");
    // There and back again, proposals made later are taken back too.
    let again = world.change(&WITHOUT_OUTBOUND);
    assert_eq!(again.proposed, outbound[2..]);
    // What somebody has confirmed once is theirs from then on, and is told of each time instead of being taken back.
    let last = world.change(&ALL);
    assert_eq!(
        (last.reopened, last.excluded),
        (outbound[2..].to_vec(), vec![own_words.to_owned(), confirmed.to_owned()])
    );
}

#[test]
fn a_round_that_was_never_asked_can_be_asked_later() {
    let mut world = World::new();
    let change = world.change(&["bot", "online"]);
    assert_eq!(change.conditions, ["online", "bot"]);
    let out = [Condition::Outbound, Condition::Outsourced, Condition::SelfBuilt, Condition::MultiSite];
    let expected: usize = out.into_iter().map(|c| codes(c).len()).sum();
    assert_eq!(change.proposed.len(), expected);
    let nothing = world.change(&["online", "bot"]);
    assert_eq!((nothing.proposed.len(), nothing.reopened.len()), (0, 0));
}

#[test]
fn unknown_conditions_and_frozen_rounds_are_refused() {
    let mut world = World::new();
    let unknown = world.refused(|s, round| conditions::change(s, round, &owned(&["night"])));
    assert!(matches!(unknown, Error::Field { field: "适用情形", .. }));
    for role in [SignRole::Prepared, SignRole::Approved] {
        sign_offs::sign(&mut world.session, world.round, role, "周敏").unwrap();
    }
    assert_eq!(world.refused(|s, round| conditions::change(s, round, &owned(&["bot"]))).code(), "frozen");
    assert_eq!(world.refused(|s, round| conditions::preview(s, round, &[])).code(), "frozen");
}
