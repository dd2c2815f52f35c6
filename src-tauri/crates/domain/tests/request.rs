//! The request list: what is asked for, once each, of whom, and where it stands.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::request::requests;
use domain::{Answer, CriteriaPack, Keeper, Paper, Request, Snapshot, Standing, Verdict};

fn keeper(section: &str, department: &str, owner: &str) -> Keeper {
    let (section, department, owner) = (section.into(), department.into(), owner.into());
    Keeper { assessment: id(1), section, department, owner, due: Some(day("2026-12-15")), withdrawn: false }
}

fn of<'a>(list: &'a [Request], paper: &str) -> &'a Request {
    list.iter().find(|r| r.paper == paper).unwrap_or_else(|| panic!("{paper} is not asked for"))
}

fn asked(round: &Snapshot) -> Vec<Request> {
    requests(&PACK, round, &[], &[])
}

#[test]
fn every_expected_evidence_is_asked_for_and_a_paper_of_several_items_once() {
    let list = asked(&round());
    let uses: usize = list.iter().map(|r| r.items.len()).sum();
    let named: usize = PACK.items.iter().map(|i| i.evidence.len()).sum();
    assert_eq!(uses, named, "each use of each paper is in the list");
    let shared: Vec<_> = list.iter().filter(|r| r.items.len() > 1).collect();
    assert_eq!((named, list.len(), shared.len()), (747, 742, 5), "what docs/decisions.md says");
    let items: Vec<_> = shared.iter().map(|r| (r.title.as_str(), r.items.join(" "))).collect();
    // The same name, and names that the criteria say mean one paper.
    for (title, codes) in
        [("满意度月报", "KH1-01 KH1-06"), ("IVR流程图", "GH6-01 JS1-01"), ("外呼话单", "KH3-05 QY4-04")]
    {
        assert!(items.contains(&(title, codes.to_owned())), "{title}: {items:?}");
    }
    let mut numbers: Vec<_> = list.iter().map(|r| &r.paper).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), list.len(), "every line has a number of its own");
}

#[test]
fn width_capitals_and_blanks_make_no_other_paper() {
    let mut pack = CriteriaPack::clone(&PACK);
    let at = |pack: &mut CriteriaPack, code: &str| pack.items.iter().position(|i| i.code == code).unwrap();
    let (one, other) = (at(&mut pack, "XC1-01"), at(&mut pack, "JS2-01"));
    pack.items[one].evidence[0] = "CTI 接口 月报（V2）".into();
    pack.items[other].evidence[1] = "ｃｔｉ接口月报(v2)".into();
    let list = requests(&pack, &round(), &[], &[]);
    assert_eq!(of(&list, "XC1-01.1").items, ["XC1-01", "JS2-01"]);
    assert!(!list.iter().any(|r| r.paper == "JS2-01.2"));
}

#[test]
fn other_criteria_know_a_paper_by_its_name() {
    let mut to = CriteriaPack::clone(&PACK);
    let item = to.items.iter_mut().find(|i| i.code == "XC3-05").unwrap();
    item.evidence.swap(0, 1);
    let renamed = item.evidence.len() - 1;
    item.evidence[renamed] = "另一份资料".into();
    let numbers = domain::request::renumbered(&PACK, &to);
    let now = |number: &str| numbers.get(number).map(String::as_str);
    assert_eq!([now("XC3-05.1"), now("XC3-05.2")], [Some("XC3-05.2"), Some("XC3-05.1")]);
    assert_eq!((now(&format!("XC3-05.{}", renamed + 1)), now("XC3-06.1")), (None, Some("XC3-06.1")));
}

#[test]
fn what_does_not_apply_falls_out_and_the_numbers_of_the_rest_stay() {
    let mut now = round();
    now.answers = vec![answer("KH1-01", Some(Verdict::NotApplicable))];
    let before = asked(&round());
    let list = asked(&now);
    let report = before.iter().find(|r| r.title == "满意度月报").unwrap();
    assert_eq!(of(&list, &report.paper).items, ["KH1-06"], "the other item still needs it, under the same number");
    let own = PACK.item("KH1-01").unwrap().evidence.len() - 1;
    assert_eq!(list.len(), before.len() - own);
    // A whole section.
    now.answers = PACK
        .items
        .iter()
        .filter(|i| i.section() == "JS5")
        .map(|i| answer(&i.code, Some(Verdict::NotApplicable)))
        .collect();
    assert!(!asked(&now).iter().any(|r| r.section == "JS5"));
}

#[test]
fn departments_stand_together_as_proposed_or_as_somebody_said() {
    let list = asked(&round());
    let mut seen: Vec<&str> = list.iter().map(|r| r.department.as_str()).collect();
    seen.dedup();
    let known: Vec<&str> = PACK.departments.iter().map(|d| d.title.as_str()).collect();
    assert_eq!(seen, known, "in the order of the criteria, none twice, none without papers");
    assert_eq!(
        (of(&list, "XC3-01.1").department.as_str(), of(&list, "XC3-01.1").department_en.as_str()),
        ("运营部", "Operations")
    );
    let said = [keeper("XC3", "华东职场", "刘洋")];
    let list = requests(&PACK, &round(), &said, &[]);
    let paper = of(&list, "XC3-01.1");
    assert_eq!(
        (paper.department.as_str(), paper.owner.as_str(), paper.due),
        ("华东职场", "刘洋", Some(day("2026-12-15")))
    );
    assert_eq!(paper.department_en, "华东职场", "what the criteria do not know has one name");
    assert_eq!(list.last().unwrap().department, "华东职场", "behind those of the criteria");
}

#[test]
fn a_paper_is_handed_in_or_seen_in_every_item_or_open() {
    let mut now = round();
    let first = PACK.item("XC3-05").unwrap().evidence[0].clone();
    now.answers = vec![Answer { ticks: vec![first], ..answer("XC3-05", None) }];
    now.evidence = vec![evidence(7), evidence(2)];
    now.links = vec![link(7, "XC3-05"), link(2, "XC3-05")];
    let now = now.normalized();
    let noted = Paper {
        assessment: id(1),
        paper: "XC3-05.2".into(),
        handed_in: Some(day("2026-11-20")),
        note: "电子版".into(),
        withdrawn: false,
    };
    let list = requests(&PACK, &now, &[], &[noted]);
    assert_eq!(of(&list, "XC3-05.1").standing, Standing::Seen);
    let there = of(&list, "XC3-05.2");
    assert_eq!(
        (there.standing, there.handed_in, there.note.as_str()),
        (Standing::HandedIn, Some(day("2026-11-20")), "电子版")
    );
    assert_eq!(there.evidence, [2, 7]);
    assert_eq!(of(&list, "XC3-06.1").standing, Standing::Open);
    // Seen in one of two items is not seen.
    let shared = list.iter().find(|r| r.title == "满意度月报").unwrap();
    let mut now = round();
    now.answers = vec![Answer { ticks: vec!["满意度月报".into()], ..answer("KH1-01", None) }];
    assert_eq!(of(&asked(&now), &shared.paper).standing, Standing::Open);
}
