//! How long a report takes: `cargo bench -p report --bench report`. What one report takes in a process of its own, and
//! how time, memory and size grow with the data, are printed first.
//!
//! Targets (224 items, 349 evidence, 100 tasks, certification layout): 0.4 s, 80 MB, 700 kB; ten times the notes' length
//! at most ten times of each; 5,000 evidence in at most 250 MB; 20,000 verified in at most 100 MB.

#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;
mod one;

use divan::Bencher;
use domain::Lang;
use report::Layout;

fn main() {
    if one::ran() || one::verified() {
        return;
    }
    growth();
    verifying();
    divan::main();
}

/// What verifying takes beside the file that is verified, in processes of their own.
fn verifying() {
    let out = one::folder().join("verified.pdf");
    one::say("verified                   wall s  peak MB  file MB");
    for evidence in [349, 5_000, 20_000] {
        let made = one::measured(&mut one::ours("certification", evidence, 1, &out));
        match made.and_then(|_| one::measured(&mut one::verifying(&out))) {
            Ok(took) => one::say(&format!(
                "{evidence:>15} evidence {:9.3} {:8.1} {:8.1}",
                took.wall,
                took.peak,
                std::fs::metadata(&out).unwrap().len() as f64 / 1e6,
            )),
            Err(why) => one::say(&format!("NOT MEASURED: {evidence} evidence: {why}")),
        }
    }
}

/// Medians of five runs in processes of their own, interleaved.
fn growth() {
    let cases = [("349 evidence", 349, 1), ("notes ten times as long", 349, 10), ("5,000 evidence", 5_000, 1)];
    let out = one::folder().join("growth.pdf");
    let mut runs = vec![Vec::new(); cases.len()];
    let mut sizes = [0.0; 3];
    for _ in 0..5 {
        for (index, (name, evidence, swell)) in cases.iter().enumerate() {
            match one::measured(&mut one::ours("certification", *evidence, *swell, &out)) {
                Ok(took) => runs[index].push(took),
                Err(why) => return one::say(&format!("NOT MEASURED: {name}: {why}")),
            }
            sizes[index] = std::fs::metadata(&out).unwrap().len() as f64 / 1000.0;
        }
    }
    let median = |index: usize, part: fn(&one::Took) -> f64| {
        let mut list: Vec<f64> = runs[index].iter().map(part).collect();
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    one::say("whole process              wall s   CPU s  peak MB       kB   CPU x  peak x    kB x");
    for (index, (name, ..)) in cases.iter().enumerate() {
        let (cpu, peak) = (median(index, |t| t.cpu), median(index, |t| t.peak));
        one::say(&format!(
            "{name:24} {:8.3} {cpu:7.3} {peak:8.1} {:8.0} {:7.2} {:7.2} {:7.2}",
            median(index, |t| t.wall),
            sizes[index],
            cpu / median(0, |t| t.cpu),
            peak / median(0, |t| t.peak),
            sizes[index] / sizes[0],
        ));
    }
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
    bencher.bench(|| round.verify(&report.pdf));
}
