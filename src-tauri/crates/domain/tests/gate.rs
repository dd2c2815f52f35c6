//! Each defect of the gate, alone and gone again once mended.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{PACK, answer, day, evidence, finding, id, link, round, task};
use domain::gate::gate;
use domain::{Date, FileState, Flaw, GateRule, Grade, Snapshot, TaskState, Verdict};
use std::collections::BTreeMap;

const ITEM: &str = "XC3-05";

fn today() -> Date {
    day("2026-11-22")
}

/// Every item 符合 with evidence: nothing to complain about.
fn clean() -> Snapshot {
    let mut snapshot = round();
    snapshot.answers = PACK.items.iter().map(|i| answer(&i.code, Some(Verdict::Conform))).collect();
    snapshot.evidence = vec![evidence(1)];
    snapshot.links = PACK.items.iter().map(|i| link(1, &i.code)).collect();
    snapshot
}

fn set(snapshot: &mut Snapshot, verdict: Option<Verdict>) -> &mut domain::Answer {
    let answer = snapshot.answers.iter_mut().find(|a| a.item == ITEM).unwrap();
    answer.verdict = verdict;
    answer
}

fn rules(snapshot: &Snapshot, files: &BTreeMap<domain::Id, FileState>) -> Vec<(GateRule, String, String)> {
    gate(&PACK, &snapshot.clone().normalized(), today(), files)
        .into_iter()
        .map(|d| (d.rule, d.item, d.subject))
        .collect()
}

#[test]
fn a_complete_round_has_no_defects() {
    assert_eq!(rules(&clean(), &BTreeMap::new()), []);
}

#[test]
fn each_defect_is_found_and_names_its_item() {
    type Damage = fn(&mut Snapshot);
    let with_gap: Damage = |s| {
        set(s, Some(Verdict::Partial));
        s.findings = vec![finding(1, ITEM, Grade::Minor)];
        s.tasks = vec![task(1, 1, ITEM)];
    };
    let cases: [(GateRule, &str, &str, Damage); 17] = [
        (GateRule::Unassessed, ITEM, "", |s| {
            set(s, None);
        }),
        (GateRule::VerdictToConfirm, ITEM, "", |s| {
            set(s, Some(Verdict::Conform)).given_for = domain::Answer::text_name(ITEM, &"0".repeat(64));
        }),
        (GateRule::ConformWithoutEvidence, ITEM, "", |s| s.links.retain(|l| l.item != ITEM)),
        (GateRule::NaWithoutReason, ITEM, "", |s| {
            set(s, Some(Verdict::NotApplicable)).reason = "  ".into();
        }),
        (GateRule::GapWithoutFinding, ITEM, "", |s| {
            set(s, Some(Verdict::Nonconform));
        }),
        (GateRule::FindingWithoutCause, ITEM, "NC-01", |s| s.findings[0].cause = " ".into()),
        (GateRule::FindingWithoutTask, ITEM, "NC-01", |s| s.tasks.clear()),
        (GateRule::TaskWithoutOwner, ITEM, "T-001", |s| s.tasks[0].owner.clear()),
        (GateRule::TaskWithoutDue, ITEM, "T-001", |s| s.tasks[0].due = None),
        (GateRule::TaskOverdue, ITEM, "T-001", |s| s.tasks[0].due = Some(day("2026-11-21"))),
        (GateRule::ClosedWithoutVerifier, ITEM, "T-001", |s| {
            s.tasks[0].state = TaskState::Closed;
            s.tasks[0].result = "已设备岗".into();
        }),
        (GateRule::ClosedWithoutResult, ITEM, "T-001", |s| {
            s.tasks[0].state = TaskState::Closed;
            s.tasks[0].verifier = "质检主管".into();
        }),
        (GateRule::EvidenceExpired, "AQ1-01", "EV-0001", |s| s.evidence[0].expires = Some(day("2026-11-21"))),
        (GateRule::EvidenceOutsidePeriod, "AQ1-01", "EV-0001", |s| s.evidence[0].effective = Some(day("2025-09-30"))),
        (GateRule::EvidenceOutsidePeriod, "AQ1-01", "EV-0001", |s| s.evidence[0].effective = Some(day("2026-10-01"))),
        (GateRule::EvidenceOutsidePeriod, "AQ1-01", "EV-0001", |s| {
            s.evidence[0].effective = Some(day("2024-01-01"));
            s.evidence[0].expires = Some(day("2025-09-01"));
        }),
        (GateRule::TaskOverdue, ITEM, "T-001", |s| {
            s.tasks[0].due = Some(day("2026-10-01"));
            s.tasks[0].state = TaskState::ToVerify;
        }),
    ];
    for (rule, item, subject, damage) in cases {
        let mut snapshot = clean();
        if subject.starts_with("NC") || subject.starts_with("T-") {
            with_gap(&mut snapshot);
            assert_eq!(rules(&snapshot, &BTreeMap::new()), [], "the base case of {rule:?}");
        }
        damage(&mut snapshot);
        let found = rules(&snapshot, &BTreeMap::new());
        assert!(found.contains(&(rule, item.into(), subject.into())), "{rule:?}: {found:?}");
        let others: Vec<_> = found.iter().filter(|(r, ..)| *r != rule).collect();
        // An evidence that expired before the period is both, and rightly so.
        assert!(others.iter().all(|(r, ..)| *r == GateRule::EvidenceExpired), "{rule:?} drew {others:?} along");
    }
}

#[test]
fn the_disk_is_heard() {
    for (state, rule) in [
        (FileState::Missing, Some(GateRule::EvidenceMissing)),
        (FileState::Changed, Some(GateRule::EvidenceChanged)),
        (FileState::Unreadable, Some(GateRule::EvidenceUnreadable)),
        (FileState::Present, None),
    ] {
        let files = BTreeMap::from([(id(1001), state)]);
        let found = rules(&clean(), &files);
        assert_eq!(found.iter().map(|(r, ..)| *r).collect::<Vec<_>>(), Vec::from_iter(rule));
    }
}

#[test]
fn evidence_that_shows_nothing_is_named_and_proves_nothing() {
    for (flaw, says) in [
        (Flaw::Empty, "空文件"),
        (Flaw::Blank, "没有任何内容"),
        (Flaw::Protected, "密码"),
        (Flaw::Unreadable, "已损坏"),
    ] {
        let mut snapshot = clean();
        snapshot.evidence[0].flaw = Some(flaw);
        let found = gate(&PACK, &snapshot.clone().normalized(), today(), &BTreeMap::new());
        let named: Vec<_> = found.iter().filter(|d| d.rule == GateRule::EvidenceShowsNothing).collect();
        assert_eq!(named.len(), 1);
        assert!(named[0].message.contains("EV-0001") && named[0].message.contains(says), "{}", named[0].message);
        let bare = found.iter().filter(|d| d.rule == GateRule::ConformWithoutEvidence).count();
        assert_eq!(bare, PACK.items.len(), "{flaw:?}: the only evidence there is");
        snapshot.evidence.push(evidence(2));
        snapshot.links.extend(PACK.items.iter().map(|i| link(2, &i.code)));
        assert_eq!(rules(&snapshot, &BTreeMap::new()).len(), 1, "{flaw:?}: another one proves");
    }
}

#[test]
fn a_key_item_must_conform_or_not_apply() {
    let key = PACK.items.iter().find(|i| i.key).unwrap().code.clone();
    for (verdict, defect) in [
        (Some(Verdict::Conform), false),
        (Some(Verdict::NotApplicable), false),
        (Some(Verdict::Partial), true),
        (Some(Verdict::Nonconform), true),
        (None, true),
    ] {
        let mut snapshot = clean();
        snapshot.answers.iter_mut().find(|a| a.item == key).unwrap().verdict = verdict;
        let found = rules(&snapshot, &BTreeMap::new());
        assert_eq!(
            found.iter().any(|(r, item, _)| *r == GateRule::KeyItemNotConform && *item == key),
            defect,
            "{verdict:?}"
        );
    }
}

#[test]
fn a_policy_from_before_the_period_that_is_still_valid_is_fine() {
    let mut snapshot = clean();
    snapshot.evidence[0].effective = Some(day("2023-05-01"));
    snapshot.evidence[0].expires = Some(day("2027-04-30"));
    assert_eq!(rules(&snapshot, &BTreeMap::new()), []);
}

#[test]
fn observations_need_no_cause_and_no_task() {
    let mut snapshot = clean();
    snapshot.findings = vec![domain::Finding { cause: String::new(), ..finding(1, ITEM, Grade::Observation) }];
    assert_eq!(rules(&snapshot, &BTreeMap::new()), []);
}

#[test]
fn defects_come_in_pack_order_and_say_what_to_do() {
    let found = gate(&PACK, &round().normalized(), today(), &BTreeMap::new());
    let open: Vec<_> = found.iter().filter(|d| d.rule == GateRule::Unassessed).map(|d| d.item.as_str()).collect();
    assert_eq!(open, PACK.items.iter().map(|i| i.code.as_str()).collect::<Vec<_>>());
    for defect in &found {
        assert!(defect.message.contains(&defect.item) && defect.message_en.contains(&defect.item));
        assert!(!defect.remedy.is_empty() && !defect.remedy_en.is_empty() && !defect.message.contains("{}"));
    }
}
