//! What becomes of every item when other criteria take the place of these, and where two wordings differ.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;
#[path = "common/next_pack.rs"]
mod next_pack;

use common::PACK;
use domain::pack::{Fate, ItemPart, PieceKind, asks_the_same, changed_parts, compare, difference, part_changes};
use domain::{CriteriaPack, Lang};
use next_pack::{ADDED, CHANGED, RENAMED, WITHDRAWN, next};
use proptest::prelude::*;

const TEXT: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

fn codes(fates: &[Fate<'_>], is: fn(&Fate<'_>) -> bool) -> Vec<String> {
    let item = |fate: &Fate<'_>| fate.now().or(fate.before()).unwrap().code.clone();
    fates.iter().filter(|fate| is(fate)).map(item).collect()
}

#[test]
fn each_item_has_its_fate_and_the_way_back_is_the_same_way() {
    let later = CriteriaPack::parse(next(TEXT).as_bytes()).unwrap();
    let there = difference(&PACK, &later);
    assert_eq!(codes(&there, |f| matches!(f, Fate::Changed(..))), [CHANGED]);
    assert_eq!(codes(&there, |f| matches!(f, Fate::Added(_))), [ADDED]);
    assert_eq!(codes(&there, |f| matches!(f, Fate::Withdrawn(_))), [WITHDRAWN]);
    assert_eq!(codes(&there, |f| f.renamed_from().is_some()), [RENAMED[1]]);
    assert_eq!(codes(&there, |f| matches!(f, Fate::Kept(..))).len(), PACK.items.len() - 2);
    let back = difference(&later, &PACK);
    assert_eq!(codes(&back, |f| matches!(f, Fate::Added(_))), [WITHDRAWN]);
    assert_eq!(codes(&back, |f| f.renamed_from() == Some(RENAMED[1])), [RENAMED[0]]);
    assert!(difference(&PACK, &PACK).iter().all(|f| matches!(f, Fate::Kept(..)) && f.renamed_from().is_none()));
}

#[test]
fn a_verdict_hangs_on_what_is_asked_and_not_on_what_helps_to_find_it() {
    type Change = fn(&mut domain::pack::Item);
    let cases: [(Change, &[ItemPart]); 9] = [
        (|i| i.title = "另一个标题".into(), &[ItemPart::Title]),
        (|i| i.requirement.push_str("（含外包）"), &[ItemPart::Requirement]),
        (|i| i.check_points[1].push_str("另见附件。"), &[ItemPart::CheckPoints]),
        (|i| i.tallies[0].conform += 1, &[ItemPart::Grading]),
        (|i| i.evidence[0] = "另一份记录".into(), &[ItemPart::Evidence]),
        (|i| i.key = !i.key, &[ItemPart::Key]),
        (|i| i.applies = domain::pack::Condition::Online, &[ItemPart::Applies]),
        (|i| i.requirement_en.push_str(" Always."), &[]),
        (|i| (i.see_also.clear(), i.laws.clear(), i.methods.truncate(1)).0, &[]),
    ];
    let before = PACK.items.iter().find(|i| !i.tallies.is_empty()).unwrap();
    for (change, parts) in cases {
        let mut now = before.clone();
        change(&mut now);
        assert_eq!(changed_parts(before, &now), parts);
        assert_eq!(asks_the_same(before, &now), parts.is_empty());
        for lang in Lang::ALL {
            let told = part_changes(before, &now, lang);
            assert_eq!(told.iter().map(|c| c.part).collect::<Vec<_>>(), parts);
        }
        let told = part_changes(before, &now, Lang::Zh);
        assert!(told.iter().all(|c| c.pieces.iter().any(|p| p.kind != PieceKind::Same)), "{parts:?}");
    }
}

/// `[-gone-]{+new+}`.
fn shown(before: &str, now: &str) -> String {
    let shown = compare(before, now).into_iter().map(|piece| match piece.kind {
        PieceKind::Same => piece.text,
        PieceKind::Gone => format!("[-{}-]", piece.text),
        PieceKind::New => format!("{{+{}+}}", piece.text),
    });
    shown.collect()
}

#[test]
fn differences_are_marked_by_character_in_chinese_and_by_word_in_english() {
    for (before, now, marked) in [
        ("班表提前7天公布", "班表提前7天公布", "班表提前7天公布"),
        ("班表提前7天公布", "班表提前14天公布", "班表提前[-7-]{+14+}天公布"),
        ("抽10份，0至1份迟公布为符合", "抽10份，全部按期公布为符合", "抽10份，[-0至1份迟-]{+全部按期+}公布为符合"),
        ("draw 10 rosters", "draw 100 rosters", "draw [-10-]{+100+} rosters"),
        // One character that both happen to have does not break a difference in two.
        ("由班长签字", "经理的签批", "[-由班长签字-]{+经理的签批+}"),
        ("班表\n考勤", "班表\n值班表\n考勤", "班表\n{+值班表\n+}考勤"),
        ("", "新增一句。", "{+新增一句。+}"),
        ("删去一句。", "", "[-删去一句。-]"),
    ] {
        assert_eq!(shown(before, now), marked, "{before} → {now}");
    }
}

#[test]
fn texts_too_long_to_compare_stand_one_after_the_other() {
    let (before, now) = ("旧".repeat(3000), "新".repeat(3000));
    let kinds: Vec<_> = compare(&before, &now).into_iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PieceKind::Gone, PieceKind::New]);
}

proptest! {
    #[test]
    fn both_wordings_can_be_read_off_the_pieces(before in "[班表提前 a-c0-9，。\n]{0,40}", now in "[班表提前 a-c0-9，。\n]{0,40}") {
        let pieces = compare(&before, &now);
        let without = |other: PieceKind| pieces.iter().filter(|p| p.kind != other).map(|p| p.text.as_str()).collect::<String>();
        prop_assert_eq!(without(PieceKind::New), before);
        prop_assert_eq!(without(PieceKind::Gone), now);
        prop_assert!(pieces.windows(2).all(|w| w[0].kind != w[1].kind));
    }
}
