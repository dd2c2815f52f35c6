//! Each figure beside its floor or peer, measured in turn in the same run, because the same disk differs twenty-fold by load.
//!
//! `cargo bench -p store --bench floors` · `-- --big` adds the import of 1 GB (needs 4 GB of disk) · `-- doctor mark` takes these
//! alone · `TMPDIR` chooses the disk.
//! Peers are `cp`, `openssl` and `restic`; a figure whose peer is missing says so.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::*;
use domain::Verdict;
use std::fs::{self, File};
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use store::{Act, Edit, Workspace};

fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let named: Vec<_> = args.iter().filter(|a| !a.starts_with("--")).collect();
    for (name, measure) in FIGURES {
        if named.is_empty() || named.iter().any(|wanted| *wanted == name) {
            measure();
        }
    }
    if args.iter().any(|a| a == "--big") {
        import_big();
    }
}

const FIGURES: [(&str, fn()); 6] = [
    ("open", open),
    ("mark", mark),
    ("import", import_many),
    ("hash", hash),
    ("backup", backup),
    ("doctor", doctor_many),
];

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// Prints medians and 95th percentiles and their ratio.
fn report(what: &str, mut ours: Vec<Duration>, peer: &str, mut theirs: Vec<Duration>, limit: f64) {
    ours.sort();
    theirs.sort();
    let at = |all: &[Duration], percent: usize| all[(all.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    let ratio = at(&ours, 50) / at(&theirs, 50);
    println!(
        "{what}: p50 {:.3} ms, p95 {:.3} ms · {peer}: p50 {:.3} ms, p95 {:.3} ms · ratio {ratio:.2} (target ≤ {limit}) {}",
        at(&ours, 50),
        at(&ours, 95),
        at(&theirs, 50),
        at(&theirs, 95),
        if ratio <= limit { "ok" } else { "MISSED" },
    );
}

fn mark() {
    let p = place();
    let mut w = workspace(&p.dir);
    let mut floor = File::create(p.temp.path().join("floor")).unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for n in 0..300 {
        let act = Act { batch: domain::Id::new_v4(), ..act(9, "mark") };
        let edit = [Edit::Answer(answer(&format!("XC3-{:02}", n % 40), Some(Verdict::ALL[n % 3]), "抽查三份，均合格"))];
        ours.push(timed(|| w.commit(&act, &edit).unwrap()));
        theirs.push(timed(|| {
            floor.write_all(&[7; 4096]).unwrap();
            floor.sync_all().unwrap();
        }));
    }
    report("one durable mark", ours, "append 4 KB + fsync", theirs, 6.0);
}

fn run(shell: &str, dir: &Path) {
    assert!(Command::new("sh").args(["-c", shell]).current_dir(dir).status().unwrap().success());
}

/// A workspace that was closed as it should: nothing is due, so nothing is read but the header and the schema.
fn open() {
    let p = place();
    workspace(&p.dir).close().unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..100 {
        ours.push(timed(|| Workspace::open(&p.dir, &holder()).unwrap().close().unwrap()));
        theirs.push(timed(|| {
            // What taking and giving back the lock costs: two flushes of a small file.
            let mut lock = File::create(p.temp.path().join("lock")).unwrap();
            lock.write_all(&[7; 200]).unwrap();
            lock.sync_all().unwrap();
            lock.set_len(0).unwrap();
            lock.sync_all().unwrap();
        }));
    }
    report("open and close, cleanly", ours, "two fsyncs of a lock", theirs, 4.0);
}

fn has(program: &str) -> bool {
    let there = Command::new(program).arg("version").output().is_ok_and(|output| output.status.success());
    if !there {
        println!("!! {program} is missing: NOT COMPARED with it; install it (apt-get install {program})");
    }
    there
}

fn import_many() {
    let p = place();
    let source = p.temp.path().join("source");
    fs::create_dir(&source).unwrap();
    let with_restic = has("restic");
    let restic = "RESTIC_PASSWORD=x restic --quiet --no-cache";
    if with_restic {
        run(&format!("{restic} init -r repository"), p.temp.path());
    }
    let (mut ours, mut copied, mut backed_up) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..5_u32 {
        let files: Vec<_> = (0..1000_u32)
            .map(|n| {
                let path = source.join(format!("{n}.wav"));
                fs::write(&path, noise(round * 1000 + n, 50_000)).unwrap();
                path
            })
            .collect();
        run("sync", p.temp.path());
        copied.push(timed(|| run("rm -rf copy && cp -r source copy && sync", p.temp.path())));
        if with_restic {
            backed_up.push(timed(|| run(&format!("{restic} backup -r repository source"), p.temp.path())));
        }
        let dir = p.temp.path().join(format!("w{round}"));
        let mut w = workspace(&dir);
        run("sync", p.temp.path());
        ours.push(timed(|| {
            let stored = w.import_files(&files, &mut quietly).unwrap();
            let edits: Vec<_> = (1..).zip(&stored).map(|(n, file)| Edit::Evidence(evidence(n, file))).collect();
            w.commit(&act(2, "evidence"), &edits).unwrap();
        }));
    }
    report("import 1000 × 50 KB with rows", ours.clone(), "cp -r + sync", copied, 3.0);
    if with_restic {
        report("import 1000 × 50 KB with rows", ours, "restic backup", backed_up, 1.0);
    }
}

/// Bytes that nothing compresses and no two files share.
fn noise(seed: u32, len: usize) -> Vec<u8> {
    let mut state = u64::from(seed) << 20 | 0x9E37;
    let mut bytes = Vec::with_capacity(len + 8);
    while bytes.len() < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(len);
    bytes
}

/// 256 MB in the page cache, read and hashed by one evidence check and by the peer.
fn hash() {
    let p = place();
    let mut w = workspace(&p.dir);
    let source = p.temp.path().join("录音.wav");
    fs::write(&source, noise(1, 256 << 20)).unwrap();
    let stored = w.import_files(std::slice::from_ref(&source), &mut quietly).unwrap().remove(0);
    let row = evidence(1, &stored);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        ours.push(timed(|| w.verify_files(std::slice::from_ref(&row), &mut |_, _| ControlFlow::Continue(())).unwrap()));
        theirs.push(timed(|| run("openssl dgst -sha256 录音.wav > /dev/null", p.temp.path())));
    }
    // At least 0.8 of its rate is at most 1.25 of its time.
    report("SHA-256 of 256 MB", ours, "openssl dgst", theirs, 1.25);
}

/// The doctor on 10,000 files of 30 KB with their rows and log, beside the plain hash of the same bytes.
fn doctor_many() {
    let p = place();
    let mut w = workspace(&p.dir);
    let source = p.temp.path().join("source");
    fs::create_dir(&source).unwrap();
    let files: Vec<_> = (0..10_000_u32)
        .map(|n| {
            let path = source.join(format!("{n}.wav"));
            fs::write(&path, noise(n, 30_000)).unwrap();
            path
        })
        .collect();
    let stored = w.import_files(&files, &mut quietly).unwrap();
    let edits: Vec<_> = (1..).zip(&stored).map(|(n, file)| Edit::Evidence(evidence(n, file))).collect();
    w.commit(&act(2, "evidence"), &edits).unwrap();
    let (mut ours, mut files_alone, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    let rows = snapshot(&w).evidence;
    for _ in 0..5 {
        ours.push(timed(|| assert_eq!(doctor(&w), [])));
        files_alone.push(timed(|| w.verify_files(&rows, &mut |_, _| ControlFlow::Continue(())).unwrap()));
        theirs.push(timed(|| {
            run("find source -type f -print0 | xargs -0 openssl dgst -sha256 > /dev/null", p.temp.path());
        }));
    }
    report("evidence of 10,000 rows (300 MB)", files_alone, "openssl dgst of the same", theirs.clone(), 1.25);
    // Files, structure and the log of 170,000 changes, at 0.8 of the rate at which the files alone are hashed.
    report("doctor on 10,000 rows (300 MB)", ours, "openssl dgst of the same", theirs, 1.25);
}

fn backup() {
    let p = place();
    let mut w = workspace(&p.dir);
    let note = "现场抽查班表与公布通知，逐项核对签收记录。".repeat(40);
    let mut n = 2;
    while fs::metadata(p.dir.join("beishen.db")).unwrap().len() < 71 << 20 {
        n += 1;
        let edits: Vec<_> =
            (0..1000).map(|i| Edit::Answer(answer(&format!("XC{n}-{i}"), Some(Verdict::Conform), &note))).collect();
        w.commit(&act(n, "mark"), &edits).unwrap();
    }
    let to = p.temp.path().join("备份");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..5 {
        theirs.push(timed(|| {
            fs::copy(p.dir.join("beishen.db"), p.temp.path().join("copy.db")).unwrap();
            File::options().write(true).open(p.temp.path().join("copy.db")).unwrap().sync_all().unwrap();
        }));
        fs::remove_file(p.temp.path().join("copy.db")).unwrap();
        ours.push(timed(|| w.backup(&to, at(round)).unwrap()));
    }
    report("verified backup of 71 MB", ours, "cp + fsync", theirs, 6.0);
}

fn import_big() {
    let p = place();
    let source = p.temp.path().join("录音.wav");
    let mut file = File::create(&source).unwrap();
    let mut block = vec![0_u8; 1 << 20];
    for n in 0..1024_u32 {
        for (i, byte) in block.iter_mut().enumerate() {
            *byte = (i as u32).wrapping_mul(2_654_435_761).wrapping_add(n).to_le_bytes()[3];
        }
        file.write_all(&block).unwrap();
    }
    file.sync_all().unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..3 {
        let peer = "cp 录音.wav copy.wav && sync && openssl dgst -sha256 copy.wav > /dev/null";
        theirs.push(timed(|| run(peer, p.temp.path())));
        run("rm copy.wav && sync", p.temp.path());
        let dir = p.temp.path().join(format!("w{round}"));
        let mut w = workspace(&dir);
        ours.push(timed(|| w.import_files(std::slice::from_ref(&source), &mut quietly).unwrap()));
        if round == 0 {
            verify(&mut w, p.temp.path());
        }
        drop(w);
        fs::remove_dir_all(dir).unwrap();
        run("sync", p.temp.path());
    }
    println!("peak memory {} MB", peak_memory_mb());
    report("import 1 GB", ours, "cp + sync + openssl dgst", theirs, 1.3);
}

fn verify(w: &mut Workspace, beside: &Path) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let stored = store::StoredFile {
        sha256: w.import_files(&[beside.join("录音.wav")], &mut quietly).unwrap().remove(0).sha256,
        size_bytes: 1 << 30,
        file_name: "录音.wav".into(),
        named_in_text: true,
        was_there: false,
    };
    let row = evidence(1, &stored);
    for _ in 0..3 {
        ours.push(timed(|| w.verify_files(std::slice::from_ref(&row), &mut |_, _| ControlFlow::Continue(())).unwrap()));
        theirs.push(timed(|| run("openssl dgst -sha256 录音.wav > /dev/null", beside)));
    }
    report("verify 1 GB", ours, "openssl dgst", theirs, 1.25);
}

/// Highest resident size so far; 0 where the system does not say.
fn peak_memory_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}
