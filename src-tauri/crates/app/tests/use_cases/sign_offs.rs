//! Signing, withdrawing signatures, reopening.

use crate::common::{ITEMS, World};
use app::sign_offs;
use domain::{Id, SignRole, Verdict};

fn sign(world: &mut World, role: SignRole, name: &str) -> app::Update {
    sign_offs::sign(&mut world.session, world.round, role, name).unwrap()
}

#[test]
fn an_approval_after_the_preparation_freezes_without_changing_what_was_approved() {
    let mut world = World::new();
    world.mark(&ITEMS, Verdict::Conform);
    world.add_file(&ITEMS, "班表.xlsx", "八月排班");
    let root = world.root();
    let prepared = sign(&mut world, SignRole::Prepared, " 周敏 ");
    assert_eq!(prepared.sign_offs[0].name, "周敏");
    assert_eq!((prepared.sign_offs[0].root.as_str(), prepared.sign_offs[0].revision), (root.as_str(), 1));
    assert!(prepared.assessment.is_none(), "a preparation does not freeze");
    sign(&mut world, SignRole::Reviewed, "李维");
    let approved = sign(&mut world, SignRole::Approved, "王总");
    assert!(approved.assessment.unwrap().frozen);
    assert_eq!(approved.figures.undo, None, "a signature is not undone by a key stroke");
    assert_eq!(world.root(), root);
    let round = world.session.round(world.round).unwrap();
    assert!(round.sign_offs.iter().all(|s| s.root == root));
    assert_eq!(round.sign_offs.len(), 3);
    let mut world = world.reopened();
    assert_eq!(world.root(), root);
    assert!(world.snapshot().assessment.frozen);
    assert_eq!(world.doctor(), []);
}

#[test]
fn an_approval_needs_a_preparation_of_exactly_this_content() {
    let mut world = World::new();
    let refuse = |world: &mut World, role, name: &str| world.refused(|s, r| sign_offs::sign(s, r, role, name)).code();
    assert_eq!(refuse(&mut world, SignRole::Approved, "王总"), "sign_refused");
    sign(&mut world, SignRole::Reviewed, "李维");
    assert_eq!(refuse(&mut world, SignRole::Approved, "王总"), "sign_refused", "a review is no preparation");
    sign(&mut world, SignRole::Prepared, "周敏");
    world.mark(&["XC3-05"], Verdict::Partial);
    assert_eq!(refuse(&mut world, SignRole::Approved, "王总"), "sign_refused", "that was before the change");
    let again = sign(&mut world, SignRole::Prepared, "周敏").sign_offs.remove(0);
    assert_eq!(refuse(&mut world, SignRole::Prepared, "周敏"), "sign_refused", "once is enough");
    sign(&mut world, SignRole::Prepared, "陈晨");
    sign_offs::withdraw(&mut world.session, world.round, again.id).unwrap();
    sign(&mut world, SignRole::Prepared, "周敏");
    for name in ["", "  ", "\n\u{7}", &"敏".repeat(501)] {
        assert_eq!(refuse(&mut world, SignRole::Reviewed, name), "field");
    }
    sign(&mut world, SignRole::Approved, "王总");
    assert_eq!(refuse(&mut world, SignRole::Approved, "王总"), "frozen");
    assert_eq!(world.doctor(), []);
}

#[test]
fn a_withdrawn_preparation_carries_no_approval() {
    let mut world = World::new();
    let prepared = sign(&mut world, SignRole::Prepared, "周敏").sign_offs.remove(0);
    let update = sign_offs::withdraw(&mut world.session, world.round, prepared.id).unwrap();
    assert!(update.sign_offs[0].withdrawn);
    assert_eq!(world.session.round(world.round).unwrap().sign_offs, []);
    let refused = world.refused(|s, r| sign_offs::sign(s, r, SignRole::Approved, "王总"));
    assert_eq!(refused.code(), "sign_refused");
    assert_eq!(world.refused(|s, r| sign_offs::withdraw(s, r, prepared.id)).code(), "unknown");
    assert_eq!(world.refused(|s, r| sign_offs::withdraw(s, r, Id::from_u128(2))).code(), "unknown");
}

#[test]
fn reopening_makes_the_next_revision_with_its_reason_and_keeps_the_signatures() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Conform);
    assert_eq!(world.refused(|s, r| sign_offs::reopen(s, r, "还没批准")).code(), "field");
    sign(&mut world, SignRole::Prepared, "周敏");
    sign(&mut world, SignRole::Approved, "王总");
    let approved = world.root();
    for reason in ["", " ", "\n\u{7}", &"理".repeat(501)] {
        assert_eq!(world.refused(|s, r| sign_offs::reopen(s, r, reason)).code(), "field");
    }
    let update = sign_offs::reopen(&mut world.session, world.round, "补充 9 月证据").unwrap();
    let round = update.assessment.unwrap();
    assert_eq!((round.frozen, round.revision, round.reopened_because.as_str()), (false, 2, "补充 9 月证据"));
    assert_eq!(update.figures.undo, None, "what was signed is not undone by a key stroke");
    assert_ne!(world.root(), approved, "another revision is another content");
    let held = world.session.round(world.round).unwrap().sign_offs;
    assert_eq!(held.len(), 2);
    assert!(held.iter().all(|s| s.revision == 1 && s.root == approved));
    // They do not stand for the new revision.
    let refused = world.refused(|s, r| sign_offs::sign(s, r, SignRole::Approved, "王总"));
    assert_eq!(refused.code(), "sign_refused");
    world.mark(&["XC3-05"], Verdict::Partial);
    sign(&mut world, SignRole::Prepared, "周敏");
    assert_eq!(sign(&mut world, SignRole::Approved, "王总").sign_offs[0].revision, 2);
    let update = sign_offs::reopen(&mut world.session, world.round, "再次补充").unwrap();
    assert_eq!(update.assessment.unwrap().revision, 3);
    assert_eq!(world.doctor(), []);
}
