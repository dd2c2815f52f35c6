//! What a user waits for, on the sample assessment; each figure beside its floor or peer, measured in the same run.
//! `cargo bench -p app`
//!
//! Targets: open and list 224 items 10 ms, figures after a mark 5 ms, report 600 ms; a mark is one durable transaction and
//! is printed as a multiple of one write and fsync on the same disk.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use app::answers::{self, AnswerPatch};
use app::evidence::EvidenceDraft;
use app::{Env, Session, criteria, exports, sample};
use domain::{Answer, Assessment, CriteriaPack, Id, Snapshot, Verdict};
use report::{Layout, Options};
use std::hint::black_box;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use store::{Act, Edit, Holder, Workspace};

/// Rounds in one workspace: a consultant's working life.
const ROUNDS: u32 = 500;

fn main() {
    divan::main();
    mark_against_the_disk();
    mark_among_many_files();
}

struct Sample {
    _temp: tempfile::TempDir,
    dir: PathBuf,
    round: Id,
}

fn env() -> Env {
    Env::real("质检主管")
}

fn made() -> Sample {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("样例");
    let (session, round) = sample::create(&dir, env()).unwrap();
    session.close().unwrap();
    Sample { _temp: temp, dir, round }
}

fn small() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(made)
}

/// The sample and 500 more rounds with its notes.
fn large() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let sample = made();
        let (session, _, snapshot) = opened(&sample);
        session.close().unwrap();
        let mut workspace = store_alone(&sample.dir);
        for n in 0..ROUNDS {
            let round =
                Assessment { id: Id::now_v7(), title: format!("第 {n} 家客户"), ..snapshot.assessment.clone() };
            let act = Act {
                actor: "质检主管".into(),
                at: round.created_at,
                batch: Id::now_v7(),
                action: domain::Action::StartRound,
                assessment: round.id,
            };
            let answers = snapshot.answers.iter().map(|a| {
                let note = format!("{}（{n}）", a.note);
                Edit::Answer(Answer { verdict: a.verdict, note, ..Answer::blank(round.id, &a.item) })
            });
            let edits: Vec<_> = [Edit::Assessment(round.clone())].into_iter().chain(answers).collect();
            workspace.commit(&act, &edits).unwrap();
        }
        workspace.close().unwrap();
        sample
    })
}

fn opened(sample: &Sample) -> (Session, Arc<CriteriaPack>, Arc<Snapshot>) {
    let mut session = Session::open(&sample.dir, env()).unwrap();
    let (pack, snapshot) = session.snapshot(sample.round).unwrap();
    (session, pack, snapshot)
}

/// The workspace without the use cases.
fn store_alone(dir: &Path) -> Workspace {
    let holder = Holder { app: "bench".into(), user: String::new(), host: String::new(), pid: 0, since: env().now() };
    Workspace::open(dir, &holder).unwrap()
}

/// What the list shows of each item.
fn list(pack: &CriteriaPack, snapshot: &Snapshot) -> usize {
    let row = |i: &domain::pack::Item| (i.title.len(), snapshot.verdict(&i.code), snapshot.evidence_of(&i.code).len());
    pack.items.iter().map(row).filter(|row| row.1.is_some() || row.2 > 0).count()
}

mod open {
    use super::*;

    #[divan::bench]
    fn open_the_sample_and_list_224_items(bench: divan::Bencher<'_, '_>) {
        let sample = small();
        bench.bench_local(|| {
            let mut session = Session::open(&sample.dir, env()).unwrap();
            let round = session.round(sample.round).unwrap();
            let pack = session.pack(&round.snapshot.pack.sha256).unwrap();
            assert_eq!(list(&pack, &round.snapshot), 224);
            // Handed back so that closing is not counted.
            session
        });
    }

    #[divan::bench]
    fn part_open_the_workspace(bench: divan::Bencher<'_, '_>) {
        let sample = small();
        bench.bench_local(|| Session::open(&sample.dir, env()).unwrap());
    }

    #[divan::bench]
    fn part_snapshot(bench: divan::Bencher<'_, '_>) {
        let sample = small();
        let (mut session, ..) = opened(sample);
        bench.bench_local(|| session.snapshot(sample.round).unwrap());
    }

    #[divan::bench]
    fn part_parse_the_criteria_file() -> CriteriaPack {
        criteria::load(None).unwrap().0
    }

    #[divan::bench]
    fn part_everything_about_the_round(bench: divan::Bencher<'_, '_>) {
        let sample = small();
        let (mut session, ..) = opened(sample);
        bench.bench_local(|| session.round(sample.round).unwrap());
    }

    #[divan::bench]
    fn floor_read_the_database_file(bench: divan::Bencher<'_, '_>) {
        let db = small().dir.join("beishen.db");
        bench.bench_local(|| std::fs::read(&db).unwrap().len());
    }
}

mod figures {
    use super::*;

    #[divan::bench]
    fn score_readiness_and_gate(bench: divan::Bencher<'_, '_>) {
        let (session, pack, snapshot) = opened(small());
        bench.bench_local(|| session.figures(&pack, &snapshot).unwrap());
    }

    #[divan::bench]
    fn part_score(bench: divan::Bencher<'_, '_>) {
        let (_session, pack, snapshot) = opened(small());
        bench.bench_local(|| domain::scoring::score(&pack, &snapshot));
    }

    #[divan::bench]
    fn part_gate(bench: divan::Bencher<'_, '_>) {
        let (session, pack, snapshot) = opened(small());
        let files = session.file_states(&snapshot);
        bench.bench_local(|| domain::gate::gate(&pack, &snapshot, session.env.today(), &files));
    }

    #[divan::bench]
    fn part_root(bench: divan::Bencher<'_, '_>) {
        let (_session, _, snapshot) = opened(small());
        bench.bench_local(|| snapshot.root());
    }

    #[divan::bench]
    fn floor_ask_the_disk_for_every_evidence_file(bench: divan::Bencher<'_, '_>) {
        let (session, _, snapshot) = opened(small());
        let paths: Vec<_> = snapshot.evidence.iter().map(|e| session.content_path(&e.sha256)).collect();
        bench.bench_local(|| paths.iter().filter(|p| std::fs::symlink_metadata(p).is_ok()).count());
    }
}

mod report_of_the_sample {
    use super::*;

    /// Rendered and written; from the second time on it is found to be the same report, which costs a rendering as well.
    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn certification_layout(bench: divan::Bencher<'_, '_>) {
        let sample = made();
        let (mut session, ..) = opened(&sample);
        let path = sample.dir.with_extension("pdf");
        bench.bench_local(|| {
            let options = Options { layout: Layout::Certification, ..Options::default() };
            let on = &mut |_| ControlFlow::Continue(());
            exports::report(
                &mut session,
                sample.round,
                &exports::Export { to: &path, options: &options, distribution: &[], overwrite: false },
                on,
            )
            .unwrap()
            .0
            .pages
        });
    }

    /// The same words in the same fonts, without layout, tags or attachments.
    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn peer_the_same_words_as_plain_paragraphs(bench: divan::Bencher<'_, '_>) {
        let (_session, pack, snapshot) = opened(small());
        let items = pack.items.iter().map(|i| format!("{} {} {}", i.code, i.title, i.requirement));
        let notes = snapshot.answers.iter().map(|a| a.note.clone());
        let facts = snapshot.findings.iter().map(|f| format!("{} {}", f.fact, f.cause));
        let words: Vec<String> = items.chain(notes).chain(facts).collect();
        bench.bench_local(|| report::text_document(&snapshot.assessment.title, &words).unwrap().len());
    }
}

fn marked(session: &mut Session, round: Id, n: usize) {
    let patch = AnswerPatch { verdict: Some(Verdict::ALL[n % 3]), ..AnswerPatch::default() };
    black_box(answers::mark(session, round, &["XC3-05".to_owned()], &patch).unwrap());
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn mark_one_item_durably(bench: divan::Bencher<'_, '_>) {
    let sample = made();
    let (mut session, ..) = opened(&sample);
    let mut n = 0;
    bench.bench_local(|| {
        n += 1;
        marked(&mut session, sample.round, n);
    });
}

/// What others keep in the same workspace must not be paid for.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn mark_one_item_among_500_rounds(bench: divan::Bencher<'_, '_>) {
    let sample = large();
    let (mut session, ..) = opened(sample);
    let mut n = 0;
    bench.bench_local(|| {
        n += 1;
        marked(&mut session, sample.round, n);
    });
}

/// The same row through the store alone: what the use case adds is the difference.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn part_commit_one_answer(bench: divan::Bencher<'_, '_>) {
    let sample = made();
    let (session, _, snapshot) = opened(&sample);
    session.close().unwrap();
    let mut workspace = store_alone(&sample.dir);
    let mut n = 0;
    bench.bench_local(|| {
        n += 1;
        let act = Act {
            actor: "质检主管".into(),
            at: env().now(),
            batch: Id::now_v7(),
            action: domain::Action::Mark,
            assessment: sample.round,
        };
        let verdict = Some(Verdict::ALL[n % 3]);
        let edit = Edit::Answer(Answer { verdict, ..snapshot.answer("XC3-05").unwrap().clone() });
        workspace.commit(&act, &[edit]).unwrap()
    });
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn floor_write_4_kib_and_fsync(bench: divan::Bencher<'_, '_>) {
    let sample = small();
    let mut file = std::fs::File::create(sample.dir.with_extension("floor")).unwrap();
    bench.bench_local(|| {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_all().unwrap();
    });
}

/// Marks and bare fsyncs in turn, so that both see the same disk under the same load.
fn mark_against_the_disk() {
    const TIMES: usize = 40;
    let sample = made();
    let (mut session, ..) = opened(&sample);
    let mut file = std::fs::File::create(sample.dir.with_extension("floor")).unwrap();
    let (mut marks, mut floors) = (Vec::new(), Vec::new());
    for n in 0..TIMES {
        marks.push(timed(|| marked(&mut session, sample.round, n)));
        floors.push(timed(|| {
            file.write_all(&[7; 4096]).unwrap();
            file.sync_all().unwrap();
        }));
    }
    let (mark, floor) = (median(marks), median(floors));
    println!(
        "mark {mark:.2?} · one write and fsync {floor:.2?} · ratio {:.1}",
        mark.as_secs_f64() / floor.as_secs_f64()
    );
    println!("workspace {} · database {} bytes", sample.dir.display(), size(&sample.dir.join("beishen.db")));
}

/// The sample and thousands of evidence files more, some for each item.
fn with_files(count: u32) -> Sample {
    let sample = made();
    let mut workspace = store_alone(&sample.dir);
    let stored: Vec<_> =
        (0..count).map(|n| workspace.import_bytes(&format!("班表 {n}.xlsx"), &n.to_be_bytes()).unwrap()).collect();
    workspace.close().unwrap();
    let mut session = Session::open(&sample.dir, env()).unwrap();
    let (pack, _) = session.snapshot(sample.round).unwrap();
    for (part, item) in pack.items.iter().enumerate() {
        let files = stored.iter().skip(part).step_by(pack.items.len()).cloned();
        let files: Vec<_> = files.map(|stored| app::evidence::Taken { stored, flaw: None }).collect();
        let (items, draft) = ([item.code.clone()], EvidenceDraft::default());
        app::evidence::add_stored(&mut session, sample.round, &items, &files, &draft).unwrap();
    }
    session.close().unwrap();
    sample
}

/// A mark in the sample and one among 5,000 evidence files, in turn, so that both see the same disk: at most 1.3 times.
fn mark_among_many_files() {
    const TIMES: usize = 60;
    let (few, many) = (made(), with_files(5_000));
    let mut sessions = [&few, &many].map(|sample| (opened(sample).0, sample.round));
    let mut times = [Vec::new(), Vec::new()];
    let mut sizes = [0, 0];
    for (session, round) in &mut sessions {
        session.round(*round).unwrap();
    }
    for n in 0..TIMES {
        for ((session, round), (times, size)) in sessions.iter_mut().zip(times.iter_mut().zip(&mut sizes)) {
            let patch = AnswerPatch { verdict: Some(Verdict::ALL[n % 3]), ..AnswerPatch::default() };
            times.push(timed(|| {
                let update = answers::mark(session, *round, &["XC3-05".to_owned()], &patch).unwrap();
                *size = serde_json::to_vec(&update).unwrap().len();
            }));
        }
    }
    let [few, many] = times.map(median);
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!(
        "mark in the sample {few:.2?}, {} bytes · among 5,000 files {many:.2?}, {} bytes · ratio {ratio:.2} (at most 1.3)",
        sizes[0], sizes[1]
    );
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).unwrap().len()
}
