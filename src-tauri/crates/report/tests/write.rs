//! Writes every layout in both languages to a folder, for looking at them and for the independent checks:
//! `BEISHEN_REPORT_DIR=/tmp/reports cargo test -p report --test write`.

#![allow(clippy::unwrap_used)]

mod common;

use domain::Lang;
use report::{Layout, Pages};

#[test]
fn a_large_round_is_written() {
    let report = common::sized(349, 100, 1).render(&common::options(Layout::Certification, Lang::Zh));
    let small = report.pdf.len() < 1_000_000;
    if let Ok(dir) = std::env::var("BEISHEN_REPORT_DIR") {
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(format!("{dir}/large.pdf"), &report.pdf).unwrap();
    }
    assert!(small, "{} bytes", report.pdf.len());
}

#[test]
fn every_layout_in_both_languages_is_written_and_verifies() {
    let round = common::round();
    for layout in Layout::ALL {
        for lang in Lang::ALL {
            let report = round.render(&common::options(layout, lang));
            let verified = round.verify(&report.pdf).unwrap();
            assert!(verified.matches, "{layout:?} {lang:?}: {:?}", verified.footers);
            assert_eq!((verified.recomputed, verified.pages), (report.root, Some(Pages::Same)));
            if let Ok(dir) = std::env::var("BEISHEN_REPORT_DIR") {
                std::fs::create_dir_all(&dir).unwrap();
                let name = format!("{dir}/{}-{}.pdf", layout.key(), lang.key());
                std::fs::write(name, &report.pdf).unwrap();
            }
        }
    }
}
