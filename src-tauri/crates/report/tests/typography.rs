//! Chinese typesetting: 避头尾, hanging punctuation, whole words, rows that split with two lines on each side,
//! repeated heads, no heading left alone.

#![allow(clippy::unwrap_used)]

mod common;

use domain::Lang;
use proptest::prelude::*;
use report::layout::build::{cell, column, para, row, span};
use report::layout::display::{Document, Item, Role};
use report::layout::flow::Flow;
use report::layout::table::{Rules, Table};
use report::layout::theme::{self, BODY};
use report::text::{Line, lay};
use report::{Layout, Progress};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

const NEVER_FIRST: &str = "、。，．：；？！）】》」』〕〉”’)]},.;:!?%‰℃…—～·";
const NEVER_LAST: &str = "（【《「『〔〈“‘([{￥¥$#";

fn broken(text: &str, width: f32) -> Vec<String> {
    lines_of(text, width).iter().map(|l| l.frags.iter().map(|f| f.text.as_str()).collect()).collect()
}

fn lines_of(text: &str, width: f32) -> Vec<Line> {
    lay(&para(vec![span(text, BODY)], 1.6), width)
}

#[test]
fn codes_dates_and_dashes_stay_whole() {
    let text = "依据条目XC3-05与YD/T 2823-2015，于2026-11-22核对——结果见EV-0007……";
    for width in 60..400_u16 {
        let lines = broken(text, f32::from(width));
        for whole in ["XC3-05", "YD/T", "2823-2015", "2026-11-22", "——", "EV-0007", "……"] {
            assert!(lines.iter().any(|l| l.contains(whole)), "{whole} is broken at {width}: {lines:?}");
        }
    }
}

#[test]
fn punctuation_may_hang_by_half_a_square_and_adjacent_marks_are_set_closer() {
    // Ten squares of 9.5 points: the full stop is the eleventh and hangs.
    assert_eq!(broken("一二三四五六七八九十。甲乙", 95.0), ["一二三四五六七八九十。", "甲乙"]);
    let loose = lines_of("「甲」乙（丙）", 400.0)[0].width;
    let tight = lines_of("「甲」（丙）乙", 400.0)[0].width;
    assert!((loose - tight - 9.5 / 2.0).abs() < 0.1, "」（ share one square: {loose} {tight}");
}

#[test]
fn a_hash_that_fits_is_never_broken_and_one_that_does_not_still_fits_its_column() {
    let hash = "b5f2998159ffbf283d45eb9532cea33a4b1272d086b1d318bd81f692ec7ef416";
    assert_eq!(broken(hash, 400.0).len(), 1);
    let narrow = lines_of(hash, 100.0);
    assert!(narrow.len() > 3 && narrow.iter().all(|l| l.width <= 100.01));
}

fn mixed() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        30 => prop::char::range('一', '龥'),
        12 => prop::sample::select("，。、；：？！（）《》「」“”…—".chars().collect::<Vec<_>>()),
        14 => prop::char::range('0', 'z'),
        6 => Just(' '),
    ];
    prop::collection::vec(c, 1..400).prop_map(|list| list.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_begins_or_ends_with_the_wrong_mark(text in mixed(), width in 90.0_f32..420.0) {
        let lines = lines_of(&text, width);
        let strings: Vec<String> = lines.iter().map(|l| l.frags.iter().map(|f| f.text.as_str()).collect()).collect();
        let glued = |c: char| NEVER_FIRST.contains(c) || NEVER_LAST.contains(c);
        for (i, line) in strings.iter().enumerate().skip(1) {
            let before = &strings[i - 1];
            // A line made of nothing but marks has no better place to break; such a line is not Chinese but noise.
            if before.chars().rev().take(4).all(glued) || line.chars().take(4).all(glued) || !before.contains(|c: char| c >= '一' && !glued(c)) {
                continue;
            }
            let wrong = line.chars().next().is_some_and(|c| NEVER_FIRST.contains(c));
            prop_assert!(!wrong, "begins with a closing mark: {before} | {line}");
            let wrong = before.chars().last().is_some_and(|c| NEVER_LAST.contains(c));
            prop_assert!(!wrong, "ends with an opening mark: {before} | {line}");
        }
        for line in &lines {
            prop_assert!(line.width <= width + BODY.size + 0.05, "{} > {width}", line.width);
        }
        let kept: String = strings.concat().split_whitespace().collect();
        prop_assert_eq!(kept, text.split_whitespace().collect::<String>());
    }

    #[test]
    fn rows_split_with_two_lines_on_each_side_and_heads_are_repeated(rows in prop::collection::vec((1_usize..90, 1_usize..20), 1..40)) {
        let mut on = |_: Progress| ControlFlow::Continue(());
        let mut flow = Flow::new(&mut on);
        let columns = vec![column("记录", 200.0), column("说明", 200.0)];
        let mut table = Table::new(columns, Rules::Rows);
        for (left, right) in &rows {
            let text = |n: usize| vec!["行"; n].join("\n");
            table.row(&mut flow, row(vec![cell(&text(*left)), cell(&text(*right))]));
        }
        table.end(&mut flow);
        let doc = flow.doc;
        let mut by_cell: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, page) in doc.pages.iter().enumerate() {
            let mut here: BTreeMap<usize, usize> = BTreeMap::new();
            // A page that is done is folded; what is on it comes back one by one.
            let mut items = Vec::new();
            page.for_each(|item| items.push(item.clone()));
            for item in &items {
                let Item::Text(run) = item else { continue };
                prop_assert!(run.y <= theme::BOTTOM, "text below the foot");
                if let Some(node) = run.node && run.text == "行" {
                    *here.entry(node).or_default() += 1;
                }
            }
            for (node, lines) in here {
                by_cell.entry(node).or_default().push(lines);
            }
            let heads = items.iter().filter(|i| matches!(i, Item::Text(r) if r.text == "记录")).count();
            prop_assert_eq!(heads, 1, "page {} has no head", index + 1);
        }
        prop_assert_eq!(by_cell.len(), rows.len() * 2);
        let total: usize = by_cell.values().flatten().sum();
        prop_assert_eq!(total, rows.iter().map(|(a, b)| a + b).sum::<usize>());
        for parts in by_cell.values().filter(|parts| parts.len() > 1) {
            prop_assert!(parts.iter().all(|lines| *lines >= 2), "{parts:?}");
        }
    }
}

fn laid(layout: Layout, lang: Lang) -> Document {
    let round = common::round();
    let options = common::options(layout, lang);
    let root = round.snapshot.root();
    let model = report::model::Model::new(&round.input(), &root, "").unwrap();
    report::layout::report(&model, &options, None, &mut |_| ControlFlow::Continue(())).unwrap()
}

#[test]
fn no_heading_is_left_alone_at_the_foot_of_a_page() {
    for layout in Layout::ALL {
        for lang in Lang::ALL {
            let doc = laid(layout, lang);
            let is_heading = |node: usize| matches!(doc.nodes[node].role, Role::H1 | Role::H2 | Role::H3);
            for (index, page) in doc.pages.iter().enumerate() {
                let texts = page.items.iter().filter_map(|i| match i {
                    Item::Text(run) => run.node.map(|node| (run.y, node, &run.text)),
                    _ => None,
                });
                let lowest = texts.max_by(|a, b| a.0.total_cmp(&b.0));
                if let Some((_, node, text)) = lowest {
                    assert!(!is_heading(node), "{layout:?} {lang:?} page {}: {text} stands alone", index + 1);
                }
            }
        }
    }
}

#[test]
fn nothing_is_drawn_outside_the_page_or_its_margins() {
    for lang in Lang::ALL {
        let doc = laid(Layout::Certification, lang);
        for (index, page) in doc.pages.iter().enumerate() {
            for item in &page.items {
                let Item::Text(run) = item else { continue };
                let width: f32 =
                    run.text.chars().map(|c| report::text::Fonts::get().advance(run.face, c) * run.size / 1000.0).sum();
                let right = theme::SIDE + theme::MEASURE + BODY.size;
                assert!(
                    run.x >= theme::SIDE - 6.0 && run.x + width <= right,
                    "{lang:?} page {}: {}",
                    index + 1,
                    run.text
                );
                assert!(run.y > 30.0 && run.y < 785.0, "{lang:?} page {}: {}", index + 1, run.text);
            }
        }
    }
}
