//! How long a report takes: `cargo bench -p report`. Size and peak memory are printed first.
//!
//! Targets (224 items, 349 evidence, 100 tasks, certification layout): 0.4 s, 80 MB, 700 kB.

#[path = "../tests/common/mod.rs"]
mod common;

use divan::Bencher;
use report::{Lang, Layout};

fn main() {
    let round = common::sized(349, 100, 1);
    let report = round.render(&common::options(Layout::Certification, Lang::Zh));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    let line = format!("{} pages, {} bytes, {peak}", report.pages, report.pdf.len());
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes());
    divan::main();
}

#[divan::bench(sample_count = 20)]
fn certification_of_349_evidence(bencher: Bencher<'_, '_>) {
    let round = common::sized(349, 100, 1);
    let options = common::options(Layout::Certification, Lang::Zh);
    bencher.bench(|| round.render(&options));
}

#[divan::bench(sample_count = 5)]
fn notes_ten_times_as_long(bencher: Bencher<'_, '_>) {
    let round = common::sized(349, 100, 10);
    let options = common::options(Layout::Certification, Lang::Zh);
    bencher.bench(|| round.render(&options));
}

#[divan::bench(sample_count = 3)]
fn five_thousand_evidence(bencher: Bencher<'_, '_>) {
    let round = common::sized(5_000, 100, 1);
    let options = common::options(Layout::Certification, Lang::Zh);
    bencher.bench(|| round.render(&options));
}

#[divan::bench(sample_count = 20)]
fn management(bencher: Bencher<'_, '_>) {
    let round = common::sized(349, 100, 1);
    let options = common::options(Layout::Management, Lang::Zh);
    bencher.bench(|| round.render(&options));
}

#[divan::bench(sample_count = 20)]
fn verification(bencher: Bencher<'_, '_>) {
    let round = common::sized(349, 100, 1);
    let report = round.render(&common::options(Layout::Certification, Lang::Zh));
    bencher.bench(|| report::verify(&report.pdf));
}
