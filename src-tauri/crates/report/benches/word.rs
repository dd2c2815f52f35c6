//! How long a document for Word takes: `cargo bench -p report --bench word`. Target: sixty nonconformity sheets in half a second.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use domain::{Grade, Lang};
use report::{Progress, WordKind, word};
use std::ops::ControlFlow;
use std::time::Instant;

const RUNS: usize = 21;
const SHEETS: u32 = 60;

/// A round with so many nonconformities.
fn nonconforming(sheets: u32) -> common::Round {
    let mut round = common::round();
    let found = round.snapshot.findings.clone();
    round.snapshot.findings = (1..=sheets)
        .zip(found.iter().cycle())
        .map(|(number, finding)| {
            let grade = if number % 10 == 0 { Grade::Major } else { Grade::Minor };
            domain::Finding { id: common::id(9, number), number, grade, ..finding.clone() }
        })
        .collect();
    round.snapshot = round.snapshot.normalized();
    round
}

fn main() {
    // Asked for by `cargo test` with nothing to measure.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let round = nonconforming(SHEETS);
    let wanted = word::Wanted { kind: WordKind::Findings, lang: Lang::Zh, logo: None, draft: false, author: "王工" };
    let made = || {
        let go_on = &mut |_: Progress| ControlFlow::Continue(());
        word::document(&round.input(), &round.snapshot.sealed(), &wanted, go_on).unwrap()
    };
    let bytes = made().len();
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(made());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    println!("{SHEETS} nonconformity sheets for Word: {:.1} ms, {} kB", runs[RUNS / 2], bytes / 1000);
}
