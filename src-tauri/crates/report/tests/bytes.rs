//! Same input, same bytes: in one process, across processes; and the way back from them.

#![allow(clippy::unwrap_used)]

mod common;

use common::options;
use domain::Lang;
use domain::snapshot::sha256_hex;
use report::{Error, Layout, Pages};

const CHILD: &str = "BEISHEN_REPORT_CHILD";

#[test]
fn two_saves_in_one_process_are_equal() {
    let round = common::round();
    let options = options(Layout::Certification, Lang::Zh);
    let first = round.render(&options);
    let again = common::round().render(&options);
    assert_eq!(sha256_hex(&first.pdf), sha256_hex(&again.pdf));
}

/// Streams are pressed by several threads at once; which of them is quicker must not be seen in the file.
#[test]
fn reports_made_side_by_side_equal_the_one_made_alone() {
    let (round, options) = (common::round(), options(Layout::Gap, Lang::Zh));
    let alone = sha256_hex(&round.render(&options).pdf);
    std::thread::scope(|scope| {
        let made: Vec<_> = (0..4).map(|_| scope.spawn(|| sha256_hex(&round.render(&options).pdf))).collect();
        for made in made {
            assert_eq!(made.join().unwrap(), alone);
        }
    });
}

#[test]
fn another_process_writes_the_same_bytes() {
    let hash = sha256_hex(&common::round().render(&options(Layout::Gap, Lang::En)).pdf);
    if std::env::var_os(CHILD).is_some() {
        eprintln!("child:{hash}");
        return;
    }
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["another_process_writes_the_same_bytes", "--exact", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8(child.stderr).unwrap();
    assert!(said.contains(&format!("child:{hash}")), "{said}");
}

#[test]
fn the_attachment_is_the_canonical_snapshot_and_its_hash_is_the_root() {
    let round = common::round();
    let report = round.render(&options(Layout::Management, Lang::Zh));
    let verified = round.verify(&report.pdf).unwrap();
    assert!(verified.matches);
    assert_eq!(verified.pages, Some(Pages::Same));
    assert_eq!(verified.snapshot.as_ref(), Some(&round.snapshot));
    assert_eq!(report.root, sha256_hex(round.snapshot.canonical_json().as_bytes()));
    assert_eq!(verified.printed, report.root);
    let Some(listed) = common::tool("pdfdetach", &["-list"], &report.pdf, &[]) else { return };
    assert!(String::from_utf8_lossy(&listed.stdout).contains("assessment.json"));
}

/// Neither writer takes bytes or root of its own, so an export takes them once: what was sealed shows, whatever the round is.
#[test]
fn what_was_sealed_is_printed_and_attached() {
    let round = common::round();
    let mut other = round.snapshot.clone();
    other.answers[0].note.push_str("，另见附页");
    let sealed = other.sealed();
    let on = &mut |_| std::ops::ControlFlow::Continue(());
    let report = report::render(&round.input(), sealed.clone(), &options(Layout::Management, Lang::Zh), on).unwrap();
    assert_eq!(report.root, sealed.root());
    assert_eq!(round.verify(&report.pdf).unwrap().snapshot, Some(other));
    let kind = report::WordKind::Findings;
    let wanted = report::word::Wanted { kind, lang: Lang::Zh, logo: None, draft: false, author: "" };
    let [same, another] = [&round.snapshot.sealed(), &sealed]
        .map(|sealed| report::word::document(&round.input(), sealed, &wanted, on).unwrap());
    assert_ne!(same, another);
}

#[test]
fn any_changed_byte_of_the_attachment_is_noticed() {
    let round = common::round();
    let report = round.render(&options(Layout::Management, Lang::Zh));
    // The largest stream that names the attachment's type.
    let marker = b"/EmbeddedFile";
    let at = report.pdf.windows(marker.len()).position(|w| w == marker).unwrap();
    let stream = at + report.pdf[at..].windows(7).position(|w| w == b"stream\n").unwrap() + 7;
    let length = report.pdf[stream..].windows(9).position(|w| w == b"endstream").unwrap();
    for step in 1..40 {
        let mut changed = report.pdf.clone();
        changed[stream + length * step / 41] ^= 0x20;
        assert!(!round.verify(&changed).unwrap().matches, "byte {step} went unnoticed");
    }
}

#[test]
fn a_report_of_another_round_does_not_match_by_accident() {
    let round = common::round();
    let mut other = common::round();
    other.snapshot.answers[3].note.push('。');
    let (one, two) = (round.render(&options(Layout::Gap, Lang::Zh)), other.render(&options(Layout::Gap, Lang::Zh)));
    assert_ne!(one.root, two.root);
    let root = |pdf: &[u8]| round.verify(pdf).unwrap().recomputed;
    assert_ne!(root(&one.pdf), root(&two.pdf));
}

#[test]
fn files_that_are_no_report_are_refused_with_a_reason() {
    let verify = |pdf: &[u8]| report::verify(pdf, &mut |_| None);
    assert!(matches!(verify(b"").unwrap_err(), Error::NotPdf(_)));
    assert!(matches!(verify("报告".as_bytes()).unwrap_err(), Error::NotPdf(_)));
    let plain = report::text_document("制度", &["正文。".to_owned()]).unwrap();
    assert!(matches!(verify(&plain).unwrap_err(), Error::NoAssessment(_)));
    let mut cut = common::round().render(&options(Layout::Management, Lang::Zh)).pdf;
    cut.truncate(cut.len() / 2);
    assert!(verify(&cut).map_or(true, |seen| !seen.matches));
}

#[test]
fn a_snapshot_of_other_criteria_is_refused() {
    let mut round = common::round();
    round.snapshot.pack.sha256 = sha256_hex(b"other");
    let refused = report::render(&round.input(), round.snapshot.sealed(), &options(Layout::Gap, Lang::Zh), &mut |_| {
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(refused.unwrap_err().code(), "report_other_criteria");
}

#[test]
fn the_caller_can_stop_it() {
    let round = common::round();
    let mut calls = 0;
    let stopped =
        report::render(&round.input(), round.snapshot.sealed(), &options(Layout::Certification, Lang::Zh), &mut |_| {
            calls += 1;
            if calls > 6 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
        });
    assert_eq!(stopped.unwrap_err().code(), "report_cancelled");
}
