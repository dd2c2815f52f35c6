//! What grows with the number of evidence files, and how: the report by parts, and each mark beside one in the sample.
//! `cargo bench -p app --bench growth`
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use app::{Env, Session, exports, sample};
use domain::{Evidence, EvidenceKind, FileState, Id, Link, Roots, Snapshot};
use report::{Input, Options, Stage};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SIZES: [usize; 3] = [1_250, 5_000, 20_000];

/// How many exports of one day with other options follow each other.
const EXPORTS: usize = 20;

fn main() {
    reports();
    exports_of_one_day();
}

/// The sample's round with so many evidence files more, spread over its items.
fn with_files(snapshot: &Snapshot, items: &[String], count: usize) -> Snapshot {
    let mut snapshot = snapshot.clone();
    let first = snapshot.evidence.iter().map(|e| e.number).max().unwrap_or(0) + 1;
    for (number, at) in (first..).zip(0..count) {
        let (id, assessment) = (Id::now_v7(), snapshot.assessment.id);
        let file_name = format!("班表与排班记录 {number}.xlsx");
        snapshot.evidence.push(Evidence {
            id,
            number,
            kind: EvidenceKind::File,
            title: file_name.clone(),
            sha256: domain::snapshot::sha256_hex(&number.to_be_bytes()),
            size_bytes: "48213".into(),
            media_type: String::new(),
            file_name,
            ..snapshot.evidence[0].clone()
        });
        let (item, locator) = (items[at % items.len()].clone(), String::new());
        snapshot.links.push(Link { evidence: id, assessment, item, locator, withdrawn: false });
    }
    snapshot.normalized()
}

/// The certification report of rounds of several sizes, by stages; four times the files should take four times as long.
fn reports() {
    let temp = tempfile::tempdir().unwrap();
    let (mut session, round) = sample::create(&temp.path().join("样例"), Env::real("质检主管")).unwrap();
    let (pack, snapshot) = session.snapshot(round).unwrap();
    let items: Vec<String> = pack.items.iter().map(|i| i.code.clone()).collect();
    let now = session.env.local();
    for count in SIZES {
        let snapshot = with_files(&snapshot, &items, count);
        let files = snapshot.evidence.iter().map(|e| (e.id, FileState::Present)).collect();
        let input = Input {
            pack: &pack,
            snapshot: &snapshot,
            last_pack: None,
            archived: &[],
            sign_offs: &[],
            files: &files,
            today: now.date_naive(),
            generated_at: now,
            number: "R-01",
            history: &[],
            distribution: &[],
            roots: &Roots::default(),
            texts: &[],
        };
        let began = Instant::now();
        let (mut laid_out, mut steps, mut longest) = (Duration::ZERO, 0, Duration::ZERO);
        let mut last = began;
        let report = report::render(&input, snapshot.sealed(), &Options::default(), &mut |progress| {
            steps += 1;
            longest = longest.max(last.elapsed());
            last = Instant::now();
            if progress.stage == Stage::Layout {
                laid_out = began.elapsed();
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        let took = began.elapsed();
        println!(
            "report over {count:>6} files more: {took:>7.2?} (model and layout {laid_out:.2?}) · {} pages · {} kB · {steps} steps, \
             the longest {longest:.0?}",
            report.pages,
            report.pdf.len() / 1000
        );
    }
}

/// Reports of one day, each with another distribution list: the last must not cost more than the first.
fn exports_of_one_day() {
    let temp = tempfile::tempdir().unwrap();
    let (mut session, round): (Session, Id) = sample::create(&temp.path().join("样例"), Env::real("质检主管")).unwrap();
    let path = temp.path().join("报告.pdf");
    let options = Arc::new(Options { layout: report::Layout::Management, ..Options::default() });
    let mut export = |to: String| {
        let distribution = [to];
        let wanted = exports::Export { to: &path, options: &options, distribution: &distribution, overwrite: false };
        let began = Instant::now();
        exports::report(&mut session, round, &wanted, &mut |_| ControlFlow::Continue(())).unwrap();
        began.elapsed()
    };
    let took: Vec<_> = (0..EXPORTS).map(|n| export(format!("部门 {n}"))).collect();
    println!("export 1 of a day {:.2?} · export {EXPORTS} {:.2?}", took[0], took[EXPORTS - 1]);
}
