//! The check points of the criteria file we ship: grades that two people read alike.
#![allow(clippy::unwrap_used, missing_docs)]

use domain::CriteriaPack;
use domain::pack::{Item, PackChangeKind, SampleTally};
use proptest::prelude::*;

const FILE: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

fn pack() -> CriteriaPack {
    CriteriaPack::parse(FILE.as_bytes()).unwrap_or_else(|e| panic!("{e:#?}"))
}

/// Every item that breaks the rule at once, so that an author mends them in one go.
fn every_item(wrong: impl Fn(&Item) -> Vec<String>) {
    let found: Vec<String> = pack()
        .items
        .iter()
        .filter(|item| item.lead.is_some())
        .flat_map(|item| wrong(item).into_iter().map(|what| format!("{} {what}", item.code)))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// 1-based number, Chinese and English of each check point.
fn points(item: &Item) -> impl Iterator<Item = (u32, &str, &str)> {
    (1..).zip(&item.check_points).zip(&item.check_points_en).map(|((n, zh), en)| (n, zh.as_str(), en.as_str()))
}

#[test]
fn every_point_states_three_grades_in_both_languages() {
    every_item(|item| {
        assert_eq!(item.check_points.len(), item.check_points_en.len(), "{}", item.code);
        let mut wrong = Vec::new();
        for (n, zh, en) in points(item) {
            let en = en.to_lowercase();
            let alone = zh.replace("部分符合", "").replace("不符合", "");
            for (there, grade) in [
                (alone.contains("符合"), "符合"),
                (zh.contains("部分符合"), "部分符合"),
                (zh.contains("不符合"), "不符合"),
                (en.replace("nonconform", "").contains("conform"), "Conform"),
                (en.contains("partial"), "partial"),
                (en.contains("nonconform"), "nonconform"),
            ] {
                if !there {
                    wrong.push(format!("要点{n} names no 「{grade}」"));
                }
            }
        }
        wrong
    });
}

/// Words that two readers measure differently. 个别 and 多数 are not among them: the pack's reading defines both.
const LOOSE: [&str; 11] = ["明显", "长期", "笼统", "各说各话", "偶有", "经常", "较多", "较少", "大多", "不少", "若干"];

#[test]
fn no_point_rests_on_a_word_that_nobody_defines() {
    let reading = pack().pack.reading;
    for defined in ["个别", "多数"] {
        assert!(reading.contains(&format!("“{defined}”")), "{defined}");
    }
    every_item(|item| {
        let mut wrong = Vec::new();
        for (n, zh, _) in points(item) {
            // 长期 in the name of a plan is a name.
            let text = zh.replace("中长期", "").replace("长期计划", "").replace("长期规划", "").replace("经常性", "");
            wrong.extend(LOOSE.iter().filter(|w| text.contains(**w)).map(|w| format!("要点{n} says 「{w}」")));
        }
        wrong
    });
}

/// Whether the text says this number or range, not as part of a longer number.
fn says(text: &str, what: &str) -> bool {
    text.match_indices(what).any(|(at, _)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !digit(text[..at].chars().next_back()) && !digit(text[at + what.len()..].chars().next())
    })
}

/// Whether a number is followed, after a classifier of at most three characters, by 以上.
fn from_on(text: &str, number: Option<u32>) -> bool {
    text.match_indices("以上").any(|(at, _)| {
        let before: Vec<char> = text[..at].chars().collect();
        let unit = before.iter().rev().take_while(|c| !c.is_ascii_digit()).count();
        let digits: String = before[..before.len() - unit.min(before.len())]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_digit())
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        unit <= 3 && digits.parse::<u32>().is_ok_and(|n| number.is_none_or(|wanted| n == wanted))
    })
}

/// What the text of a point lacks of the numbers of its tally.
fn untold(tally: &SampleTally, zh: &str, en: &str) -> Vec<String> {
    let SampleTally { of, conform, partial, .. } = *tally;
    let range = |joint: &str| {
        let least = conform + 1;
        if least == partial { partial.to_string() } else { format!("{least}{joint}{partial}") }
    };
    let lower = en.to_lowercase();
    let (zh_conform, en_conform) = if conform == 0 {
        let en_all = ["all", "each", "every", "none", "no ", "0 "].iter().any(|w| lower.contains(w));
        (["全部", "都", "均", "0"].iter().any(|w| zh.contains(w)), en_all)
    } else {
        (says(zh, &format!("0至{conform}")), says(en, &format!("0 to {conform}")))
    };
    [
        (says(zh, &of.to_string()), format!("「{of}」, the sample")),
        (zh_conform, format!("「0至{conform}…为符合」")),
        (says(zh, &range("至")), format!("「{}…为部分符合」", range("至"))),
        (from_on(zh, Some(partial + 1)), format!("「{}…以上为不符合」", partial + 1)),
        (says(en, &of.to_string()), format!("\"{of}\", the sample")),
        (en_conform, format!("\"0 to {conform}\"")),
        (says(en, &range(" to ")), format!("\"{}\"", range(" to "))),
        (says(&lower, &format!("{} or more", partial + 1)), format!("\"{} or more\"", partial + 1)),
    ]
    .into_iter()
    .filter_map(|(named, what)| (!named).then_some(what))
    .collect()
}

#[test]
fn a_tally_and_the_text_of_its_point_say_the_same_numbers() {
    every_item(|item| {
        let mut wrong = Vec::new();
        for tally in &item.tallies {
            let (n, zh, en) = points(item).find(|(n, ..)| *n == tally.point).unwrap();
            wrong.extend(untold(tally, zh, en).into_iter().map(|what| format!("要点{n} does not say {what}")));
            if tally.partial <= tally.conform {
                wrong.push(format!("要点{n}: its tally leaves no 部分符合"));
            }
        }
        wrong
    });
}

/// 抽, 查, 问 … with the size of a sample.
fn draws(zh: &str) -> bool {
    zh.match_indices('抽').any(|(at, drawn)| zh[at + drawn.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

#[test]
fn a_sampling_point_that_counts_failures_has_its_tally() {
    every_item(|item| {
        points(item)
            .filter(|(n, zh, _)| draws(zh) && from_on(zh, None) && !item.tallies.iter().any(|t| t.point == *n))
            .map(|(n, ..)| format!("要点{n} counts failures in a sample and has no tally"))
            .collect()
    });
}

#[test]
fn a_duty_conforms_with_no_failure_only() {
    every_item(|item| {
        let strict = |t: &&SampleTally| item.duties.contains(&t.point) && t.conform > 0;
        item.tallies
            .iter()
            .filter(strict)
            .map(|t| format!("要点{} is a duty and conforms with failures", t.point))
            .collect()
    });
}

#[test]
fn changes_stand_in_the_order_of_the_items_and_give_a_reason_in_both_languages() {
    let pack = pack();
    let place = |code: &str| pack.sections.iter().position(|s| code.starts_with(&format!("{}-", s.code)));
    for change in &pack.changes {
        assert!(place(&change.code).is_some(), "{}: no such section", change.code);
        assert!(change.why.ends_with('。'), "{}", change.code);
        assert!(
            change.why_en.ends_with('.') && change.why_en.is_ascii() || !change.why_en.contains('。'),
            "{}",
            change.code
        );
    }
    for section in &pack.sections {
        let of = |kind| {
            let here = format!("{}-", section.code);
            pack.changes.iter().filter(|c| c.kind == kind && c.code.starts_with(&here)).count()
        };
        assert_eq!(of(PackChangeKind::Added), of(PackChangeKind::Withdrawn), "{}: its count stays", section.code);
    }
}

fn tally() -> impl Strategy<Value = SampleTally> {
    (1_u32..400).prop_flat_map(|of| (Just(of), 0..of)).prop_flat_map(|(of, partial)| {
        (0..=partial).prop_map(move |conform| SampleTally { point: 1, of, conform, partial })
    })
}

proptest! {
    #[test]
    fn the_written_sample_has_the_written_boundaries(tally in tally()) {
        prop_assert_eq!(tally.bounds(tally.of), (tally.conform, tally.partial));
    }

    #[test]
    fn boundaries_tile_and_grow_with_the_sample(tally in tally(), n in 0_u32..5_000) {
        let (conform, partial) = tally.bounds(n);
        let (more_conform, more_partial) = tally.bounds(n + 1);
        prop_assert!(conform <= partial && partial <= n);
        prop_assert!(conform <= more_conform && partial <= more_partial);
        let grades: Vec<_> = (0..=n).map(|failing| tally.verdict(failing, n)).collect();
        prop_assert!(n == 0 || grades.iter().all(Option::is_some));
    }

    /// Rounding to the strict side: no sample allows a larger share of failures than the one that is written down, but for the one
    /// failure of two or more that is partial whatever the share.
    #[test]
    fn no_other_sample_is_more_lenient(tally in tally(), n in 1_u32..5_000) {
        let (conform, partial) = tally.bounds(n);
        prop_assert!(u64::from(conform) * u64::from(tally.of) <= u64::from(tally.conform) * u64::from(n));
        let share = u64::from(partial) * u64::from(tally.of) <= u64::from(tally.partial) * u64::from(n);
        prop_assert!(share || (partial == 1 && n >= 2));
    }
}

#[test]
fn a_site_of_twenty_seats_and_one_of_two_thousand_can_both_be_graded() {
    let ten = SampleTally { point: 1, of: 10, conform: 1, partial: 5 };
    for (n, bounds) in
        [(1, (0, 0)), (2, (0, 1)), (4, (0, 2)), (6, (0, 3)), (10, (1, 5)), (20, (2, 10)), (200, (20, 100))]
    {
        assert_eq!(ten.bounds(n), bounds, "{n}");
    }
    let five = SampleTally { point: 1, of: 5, conform: 0, partial: 2 };
    assert_eq!((five.bounds(1), five.bounds(2)), ((0, 0), (0, 1)), "one of two is half of them");
    assert_eq!(ten.verdict(0, 0), None, "nothing was there: the reading says what that means");
}
