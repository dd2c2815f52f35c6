//! The snapshot and its root.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{PACK, answer, evidence, finding, link, round, task};
use domain::{Grade, Snapshot, Verdict};
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
