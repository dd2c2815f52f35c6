//! The snapshot and its root.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{PACK, answer, evidence, finding, link, round, task};
use domain::snapshot::{ADDED, Added, FORMAT, in_format};
use domain::{Grade, NotASnapshot, Snapshot, Verdict};
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};

fn filled() -> Snapshot {
    let mut snapshot = round();
    snapshot.answers = PACK.items.iter().take(40).map(|i| answer(&i.code, Some(Verdict::Conform))).collect();
    snapshot.evidence = (1..=12).map(evidence).collect();
    snapshot.links = (1..=12).flat_map(|n| [link(n, "XC3-05"), link(n, "GH1-01")]).collect();
    snapshot.findings = (1..=6).map(|n| finding(n, "XC3-05", Grade::Minor)).collect();
    snapshot.tasks = (1..=6).map(|n| task(n, n, "XC3-05")).collect();
    snapshot
}

proptest! {
    /// Rows may come in any order.
    #[test]
    fn the_root_does_not_depend_on_insertion_order(swaps in proptest::collection::vec((any::<Index>(), any::<Index>()), 30)) {
        let want = filled().normalized().root();
        let mut shuffled = filled();
        for (a, b) in swaps {
            let s = &mut shuffled;
            s.answers.swap(a.index(40), b.index(40));
            s.evidence.swap(a.index(12), b.index(12));
            s.links.swap(a.index(24), b.index(24));
            s.findings.swap(a.index(6), b.index(6));
            s.tasks.swap(a.index(6), b.index(6));
        }
        prop_assert_eq!(shuffled.normalized().root(), want);
    }

    /// Any verdict that differs shows in the root.
    #[test]
    fn every_answer_counts(which in subsequence((0..40_usize).collect::<Vec<_>>(), 1..5)) {
        let want = filled().normalized().root();
        let mut changed = filled();
        for n in which {
            changed.answers[n].verdict = Some(Verdict::Partial);
        }
        prop_assert_ne!(changed.normalized().root(), want);
    }
}

#[test]
fn evidence_by_item_is_what_each_item_says_by_itself() {
    let mut snapshot = filled();
    snapshot.links.retain(|l| l.item != "GH1-01" || l.evidence.as_u128() % 3 != 0);
    let snapshot = snapshot.normalized();
    let by_item = snapshot.evidence_by_item();
    assert_eq!((by_item.len(), snapshot.proven_items().len()), (2, 2));
    for item in &PACK.items {
        let code = item.code.as_str();
        assert_eq!(by_item.get(code).cloned().unwrap_or_default(), snapshot.evidence_of(code));
        assert_eq!(snapshot.proven_items().contains(code), !snapshot.evidence_of(code).is_empty());
    }
    for evidence in &snapshot.evidence {
        assert!(snapshot.links_of(evidence.id).iter().all(|l| l.evidence == evidence.id));
    }
    let of_each: usize = snapshot.evidence.iter().map(|e| snapshot.links_of(e.id).len()).sum();
    assert_eq!(of_each, snapshot.links.len());
}

#[test]
fn a_row_brought_in_by_itself_stands_where_it_belongs() {
    type Change = fn(&mut Snapshot);
    // Each says what a row becomes: to a snapshot that is brought up to date, and to all rows before they are put in order.
    let cases: [(&str, Change, Change); 8] = [
        ("an answer", |s| s.put_answer(answer("XC3-05", None)), |s| s.answers.retain(|a| a.item != "XC3-05")),
        (
            "another answer",
            |s| s.put_answer(answer("QY4-04", Some(Verdict::Partial))),
            |s| s.answers.push(answer("QY4-04", Some(Verdict::Partial))),
        ),
        ("evidence", |s| s.put_evidence(evidence(99)), |s| s.evidence.push(evidence(99))),
        (
            "withdrawn evidence",
            |s| s.put_evidence(domain::Evidence { withdrawn: true, ..evidence(3) }),
            |s| s.evidence.retain(|e| e.number != 3),
        ),
        ("a link", |s| s.put_link(link(5, "AQ1-01")), |s| s.links.push(link(5, "AQ1-01"))),
        (
            "a link that is taken away",
            |s| s.put_link(domain::Link { withdrawn: true, ..link(5, "GH1-01") }),
            |s| s.links.retain(|l| *l != link(5, "GH1-01")),
        ),
        (
            "a finding",
            |s| s.put_finding(finding(3, "GH1-01", Grade::Major)),
            |s| s.findings[2] = finding(3, "GH1-01", Grade::Major),
        ),
        (
            "a task that is withdrawn",
            |s| s.put_task(domain::Task { withdrawn: true, ..task(2, 2, "XC3-05") }),
            |s| s.tasks.retain(|t| t.number != 2),
        ),
    ];
    for (name, put, write) in cases {
        let (mut held, mut all) = (filled().normalized(), filled());
        put(&mut held);
        write(&mut all);
        assert_eq!(held, all.normalized(), "{name}");
    }
}

#[test]
fn tombstones_and_blank_answers_leave_no_trace() {
    let plain = filled().normalized().root();
    let mut touched = filled();
    touched.answers.push(answer("QY4-04", None));
    touched.evidence.push(domain::Evidence { withdrawn: true, ..evidence(99) });
    touched.links.push(link(99, "XC3-05"));
    touched.findings.push(domain::Finding { withdrawn: true, ..finding(99, "XC3-05", Grade::Major) });
    assert_eq!(touched.normalized().root(), plain);
}

#[test]
fn approval_does_not_change_the_root_that_was_approved() {
    let snapshot = filled().normalized();
    let mut frozen = snapshot.clone();
    frozen.assessment.frozen = true;
    assert_eq!(frozen.root(), snapshot.root());
}

#[test]
fn canonical_json_reads_back_to_the_same_root() {
    let snapshot = filled().normalized();
    let json = snapshot.canonical_json();
    let back: Snapshot = serde_json::from_str(&json).unwrap();
    assert_eq!(back.root(), snapshot.root());
    assert_eq!(domain::snapshot::sha256_hex(json.as_bytes()), snapshot.root(), "sha256sum of the file is the root");
    assert!(!json.contains('\n') && json.starts_with("{\"answers\":["), "sorted keys, no white space");
}

/// It is written row by row; the whole of it given to the library at once is the same.
#[test]
fn canonical_json_written_in_parts_is_that_of_the_rfc() {
    let mut bare = filled().normalized();
    bare.answers.clear();
    bare.tasks.clear();
    bare.predecessor = None;
    for snapshot in [filled().normalized(), bare, Snapshot::from_json(OF_0_1_0).unwrap()] {
        let whole = serde_json::to_value(&snapshot).unwrap();
        let whole = in_format(whole, snapshot.format, ADDED);
        assert_eq!(snapshot.canonical_json(), serde_json_canonicalizer::to_string(&whole).unwrap());
    }
}

/// The data that 0.1.0 attached to a signed report.
const OF_0_1_0: &[u8] = include_bytes!("../../../../tests/golden/0.1.0/pack/assessment.json");

#[test]
fn the_first_format_is_read_and_written_as_it_was() {
    let snapshot = Snapshot::from_json(OF_0_1_0).unwrap();
    assert_eq!(snapshot.format, 1);
    assert_eq!(snapshot.canonical_json().as_bytes(), OF_0_1_0);
    assert_eq!(snapshot.root(), domain::snapshot::sha256_hex(OF_0_1_0));
    assert_eq!(snapshot.clone().normalized(), snapshot);
    // What that format does not know leaves no trace in it, in the newest it does.
    let mut touched = snapshot.clone();
    touched.answers[0].proposed = true;
    touched.answers[0].given_for = domain::Answer::text_name("XC3-05", &"0".repeat(64));
    touched.evidence[0].flaw = Some(domain::evidence::Flaw::Empty);
    assert_eq!(touched.root(), snapshot.root());
    assert_eq!(touched.clone().normalized(), snapshot);
    touched.format = FORMAT;
    assert_ne!(touched.root(), Snapshot { format: FORMAT, ..snapshot }.root());
}

#[test]
fn bytes_are_read_by_the_rules_of_the_format_they_name() {
    let text = std::str::from_utf8(OF_0_1_0).unwrap();
    let newest = filled().normalized().canonical_json();
    assert_eq!(Snapshot::from_json(newest.as_bytes()).unwrap(), filled().normalized());
    let newer = newest.replacen(&format!("\"format\":{FORMAT}"), &format!("\"format\":{}", FORMAT + 1), 1);
    assert_eq!(Snapshot::from_json(newer.as_bytes()), Err(NotASnapshot::Newer { found: FORMAT + 1 }));
    for other in [
        // A field of a later format, a format that never was, white space, another order.
        text.replacen("\"reason\":", "\"proposed\":true,\"reason\":", 1),
        text.replacen("\"format\":1", "\"format\":0", 1),
        text.replacen("\"format\":1", "\"format\":2", 1),
        text.replacen("\"format\":1", "\"format\": 1", 1),
        format!("{text}\n"),
        String::new(),
    ] {
        assert!(matches!(Snapshot::from_json(other.as_bytes()), Err(NotASnapshot::Damaged(_))), "{other:.60}");
    }
}

/// A format that is still to come: a list more, a field more in a list and in the round before.
#[test]
fn a_further_format_leaves_the_roots_of_the_former_ones() {
    let mut further = ADDED.to_vec();
    further.push(Added { since: FORMAT + 1, path: "interviews" });
    further.push(Added { since: FORMAT + 1, path: "tasks/cost" });
    further.push(Added { since: FORMAT + 1, path: "predecessor/open_tasks/cost" });
    for known in [Snapshot::from_json(OF_0_1_0).unwrap(), filled().normalized()] {
        let old: serde_json::Value = serde_json::from_str(&known.canonical_json()).unwrap();
        let mut next = serde_json::to_value(&known).unwrap();
        next["interviews"] = serde_json::json!([{"who": "班组长", "minutes": 25}]);
        next["tasks"].as_array_mut().unwrap().iter_mut().for_each(|task| task["cost"] = 3.into());
        assert_ne!(next, old);
        assert_eq!(in_format(next.clone(), known.format, &further), old);
        assert_eq!(in_format(next.clone(), FORMAT + 1, &further), next);
    }
}
