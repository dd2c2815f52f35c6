//! What a user waits for, on a round of 224 items and on 500 such rounds. `cargo bench -p store --bench store`
#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::*;
use domain::{Assessment, Verdict};
use std::ops::ControlFlow;
use std::sync::OnceLock;
use store::{Act, Edit, Workspace};

fn main() {
    divan::main();
}

fn note(n: usize) -> String {
    let what = ["抽查排班表三份，均在执行前七天公布", "质检记录齐全，抽样三十通通话", "知识库更新滞后两周，已限期整改"];
    format!("{}；第 {n} 次核对，记录编号 ZX-{:05}。", what[n % 3], n * 7 % 99_991)
}

/// Fills one round with 224 answers in one batch.
fn fill(w: &mut Workspace, round: Assessment) {
    let id = round.id;
    let act = Act { batch: domain::Id::new_v4(), assessment: id, ..act(1, "new") };
    w.commit(&act, &[Edit::Assessment(round)]).unwrap();
    let edits: Vec<_> = (0..224)
        .map(|n| {
            let mut a = answer(&format!("XC{}-{:02}", n / 30 + 1, n % 30 + 1), Some(Verdict::ALL[n % 3]), &note(n));
            a.assessment = id;
            Edit::Answer(a)
        })
        .collect();
    w.commit(&Act { batch: domain::Id::new_v4(), action: domain::Action::Mark, ..act }, &edits).unwrap();
}

/// A closed workspace of so many rounds, made once.
fn filled(rounds: u128) -> Place {
    let p = place();
    let mut w = Workspace::create(&p.dir, &holder()).unwrap();
    w.put_pack(&pack_identity().sha256, PACK).unwrap();
    for n in 0..rounds {
        fill(&mut w, Assessment { id: id(1 + n), ..round() });
    }
    let rare = Edit::Answer(answer("XC9-01", None, "夜班机房门禁记录缺失"));
    w.commit(&Act { batch: domain::Id::new_v4(), ..act(1, "note") }, &[rare]).unwrap();
    w.close().unwrap();
    p
}

fn small() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| filled(1))
}

fn large() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| filled(500))
}

#[divan::bench]
fn open_and_list_224(bench: divan::Bencher<'_, '_>) {
    let p = small();
    bench.bench_local(|| {
        let w = Workspace::open(&p.dir, &holder()).unwrap();
        assert_eq!(w.snapshot(w.assessments().unwrap()[0].id, pack_identity()).unwrap().answers.len(), 225);
    });
}

#[divan::bench]
fn open_500_rounds(bench: divan::Bencher<'_, '_>) {
    let p = large();
    bench.bench_local(|| Workspace::open(&p.dir, &holder()).unwrap().assessments().unwrap().len());
}

#[divan::bench]
fn snapshot_and_root_224(bench: divan::Bencher<'_, '_>) {
    let w = Workspace::open(&small().dir, &holder()).unwrap();
    bench.bench_local(|| root(&w));
}

#[divan::bench(sample_count = 50)]
fn mark_one(bench: divan::Bencher<'_, '_>) {
    let p = filled(1);
    let mut w = Workspace::open(&p.dir, &holder()).unwrap();
    let mut n = 0;
    bench.bench_local(|| {
        n += 1;
        let act = Act { batch: domain::Id::new_v4(), ..act(9, "mark") };
        w.commit(&act, &[Edit::Answer(answer("XC3-05", Some(Verdict::ALL[n % 3]), &note(n)))]).unwrap()
    });
}

fn ten_thousand() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let p = filled(1);
        let mut w = Workspace::open(&p.dir, &holder()).unwrap();
        let stored = w.import_bytes("录音.wav", b"RIFF").unwrap();
        let rows: Vec<_> = (1..=10_000).map(|n| evidence(n, &stored)).collect();
        let links = rows.iter().map(|e| Edit::Link(link(e, &format!("XC3-{:02}", e.number % 30))));
        let edits: Vec<_> = rows.iter().cloned().map(Edit::Evidence).chain(links).collect();
        w.commit(&Act { batch: domain::Id::new_v4(), ..act(9, "evidence") }, &edits).unwrap();
        p
    })
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn snapshot_with_10000_evidence(bench: divan::Bencher<'_, '_>) {
    let w = Workspace::open(&ten_thousand().dir, &holder()).unwrap();
    bench.bench_local(|| snapshot(&w).evidence.len());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn glance_at_10000_evidence(bench: divan::Bencher<'_, '_>) {
    let w = Workspace::open(&ten_thousand().dir, &holder()).unwrap();
    let evidence = snapshot(&w).evidence;
    bench.bench_local(|| w.glance_files(&evidence).len());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn label_of_20000_rows(bench: divan::Bencher<'_, '_>) {
    let w = Workspace::open(&ten_thousand().dir, &holder()).unwrap();
    bench.bench_local(|| w.can_undo(round_id()).unwrap().unwrap().rows);
}

#[divan::bench]
fn history_of_an_item(bench: divan::Bencher<'_, '_>) {
    let w = Workspace::open(&large().dir, &holder()).unwrap();
    let query = store::HistoryQuery {
        assessment: Some(round_id()),
        item: Some("XC3-05".into()),
        ..store::HistoryQuery::default()
    };
    bench.bench_local(|| w.history(&query).unwrap().len());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn doctor_one_round(bench: divan::Bencher<'_, '_>) {
    let w = Workspace::open(&small().dir, &holder()).unwrap();
    bench.bench_local(|| w.doctor(&mut |_, _| ControlFlow::Continue(())).unwrap().len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn doctor_500_rounds(bench: divan::Bencher<'_, '_>) {
    let w = Workspace::open(&large().dir, &holder()).unwrap();
    bench.bench_local(|| w.doctor(&mut |_, _| ControlFlow::Continue(())).unwrap().len());
}
