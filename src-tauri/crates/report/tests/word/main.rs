//! Documents for Word: read back as XML, compared with the PDF, opened by `LibreOffice`, and made of hostile texts.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod libreoffice;
mod read;
mod same;

use domain::Lang;
use report::{Progress, WordKind, word};
use std::ops::ControlFlow;

/// The documents of a round: every kind in both languages, under the names that tests and people know them by.
fn all(round: &common::Round) -> Vec<(String, Vec<u8>)> {
    let each = |kind: WordKind, lang: Lang| (format!("{}-{}", kind.key(), lang.key()), made(round, kind, lang));
    WordKind::ALL.iter().flat_map(|kind| Lang::ALL.map(|lang| each(*kind, lang))).collect()
}

fn made(round: &common::Round, kind: WordKind, lang: Lang) -> Vec<u8> {
    let wanted = word::Wanted { kind, lang, logo: None, draft: false, author: "王工" };
    word::document(&round.input(), &round.snapshot.sealed(), &wanted, &mut |_: Progress| ControlFlow::Continue(()))
        .unwrap()
}

/// For looking at them: `BEISHEN_REPORT_DIR=/tmp/reports cargo test -p report --test word`.
#[test]
fn the_same_document_is_the_same_file_at_any_time_of_day() {
    let round = common::round();
    for (name, docx) in all(&round) {
        if let Ok(dir) = std::env::var("BEISHEN_REPORT_DIR") {
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(format!("{dir}/{name}.docx"), &docx).unwrap();
        }
    }
    let wanted = word::Wanted { kind: WordKind::Gap, lang: Lang::Zh, logo: None, draft: false, author: "王工" };
    let mut input = round.input();
    let first = word::document(&input, &round.snapshot.sealed(), &wanted, &mut |_: Progress| ControlFlow::Continue(()))
        .unwrap();
    input.generated_at += chrono::TimeDelta::hours(5);
    let later = word::document(&input, &round.snapshot.sealed(), &wanted, &mut |_: Progress| ControlFlow::Continue(()))
        .unwrap();
    assert!(first == later);
}

#[test]
fn whoever_cancels_gets_no_document() {
    let round = common::round();
    let wanted = word::Wanted { kind: WordKind::Gap, lang: Lang::Zh, logo: None, draft: false, author: "" };
    let stopped =
        word::document(&round.input(), &round.snapshot.sealed(), &wanted, &mut |_: Progress| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(report::Error::Cancelled)));
}
