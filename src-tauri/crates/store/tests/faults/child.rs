//! What the child does, over and over, until it is stopped.

use crate::common::*;
use crate::tour;
use domain::Verdict;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use store::{Act, Edit, Workspace};

/// Environment variable that makes this program a child: the work.
pub const WORK: &str = "BEISHEN_FAULTS_WORK";
/// The workspace.
pub const DIR: &str = "BEISHEN_FAULTS_DIR";
/// Where backups and sources are.
pub const BESIDE: &str = "BEISHEN_FAULTS_BESIDE";

/// Tells the parent; what was told is in the pipe even if we die now. One call for one line, made again when it is refused: the
/// fault that a test puts into some write may hit this one.
pub fn say(line: &str) {
    let line = format!("{line}\n");
    let mut out = std::io::stdout().lock();
    while out.write_all(line.as_bytes()).is_err() {}
}

pub fn run(work: &str) {
    let path = |name: &str| PathBuf::from(std::env::var(name).unwrap());
    let (dir, beside) = (path(DIR), path(BESIDE));
    match work {
        "mark" => mark_forever(&dir),
        "undo" => undo_forever(&dir),
        "update" => update_forever(&dir),
        "import" => import_forever(&dir, &beside),
        "import-big" => import_big(&dir, &beside),
        "backup" => backup_forever(&dir, &beside),
        "restore" => restore_forever(&dir, &beside),
        "create" => create_forever(&beside),
        "upgrade" => upgrade_forever(&beside),
        "power" => until_power_fails(&dir),
        "power-careless" => carelessly_until_power_fails(&dir),
        "until-full" => until_full(&dir, &beside),
        "hold" => hold(&dir),
        other => tour::run(other, &dir, &beside),
    }
}

/// Has the workspace open and does nothing.
fn hold(dir: &Path) {
    let _w = Workspace::open(dir, &holder()).unwrap();
    say("open");
    loop {
        std::thread::park();
    }
}

/// Acts with ids that no other run used.
pub fn fresh_act(action: &str) -> Act {
    Act { batch: domain::Id::new_v4(), ..act(9, action) }
}

/// `saved <seq> <hash>`: the newest change that a receipt promised. A save that had reached the disk although the disk refused its
/// last word changes nothing when it is made again, and promises nothing new.
pub fn say_saved(receipt: &store::Receipt) {
    if let Some(last) = receipt.changes.last() {
        say(&format!("saved {} {}", last.seq, last.hash));
    }
}

fn mark_forever(dir: &Path) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    for n in 0.. {
        let mut marked = answer(
            &format!("XC3-{:02}", n % 40),
            Some(Verdict::ALL[n % 4]),
            &format!("第 {n} 次，{}", domain::Id::new_v4()),
        );
        // Rows of very different sizes, so that saves of one page and of many are cut off.
        marked.review_note = "复核意见".repeat(n % 7 * 400);
        say_saved(&w.commit(&fresh_act("mark"), &[Edit::Answer(marked)]).unwrap());
    }
}

fn undo_forever(dir: &Path) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    for n in 0.. {
        let edits: Vec<_> =
            (0..20).map(|i| Edit::Answer(answer(&format!("XC3-{i:02}"), None, &format!("第 {n} 批")))).collect();
        let receipt = w.commit(&fresh_act("note"), &edits).unwrap();
        // After a kill the notes may already be those of this batch.
        if !receipt.changes.is_empty() {
            say_saved(&receipt);
            say_saved(&w.undo(&fresh_act("undo"), round_id()).unwrap().unwrap());
            say_saved(&w.redo(&fresh_act("redo"), round_id()).unwrap().unwrap());
        }
    }
}

/// Other criteria and what hangs on them, over and over: every answer names the criteria it came with.
fn update_forever(dir: &Path) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    loop {
        let (sha256, text, edits) = other_criteria();
        say_saved(&w.commit_with_pack(&fresh_act("update_criteria"), &sha256, &text, &edits).unwrap());
    }
}

/// Criteria that nobody has yet, and the rows of a round that takes them.
pub fn other_criteria() -> (String, String, Vec<Edit>) {
    let text = format!("{PACK}\n# {}\n", domain::Id::new_v4());
    let sha256 = domain::snapshot::sha256_hex(text.as_bytes());
    let round = domain::Assessment { pack_sha256: sha256.clone(), ..round() };
    let answers = (0..20).map(|n| {
        let answer = answer(&format!("XC4-{n:02}"), Some(Verdict::Partial), "抽查三期");
        let given_for = domain::Answer::text_name(&answer.item, &sha256);
        Edit::Answer(domain::Answer { given_for, ..answer })
    });
    let edits = std::iter::once(Edit::Assessment(round)).chain(answers).collect();
    (sha256, text, edits)
}

fn import_forever(dir: &Path, beside: &Path) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    for n in 0_u64.. {
        let sources: Vec<_> = (0..3_u64)
            .map(|i| {
                let path = beside.join(format!("录音 {i}.wav"));
                let seed = domain::Id::new_v4().as_u128() as u64;
                let size = 1 + seed % (64 << 10) * ((n + i) % 4);
                std::fs::write(&path, seed.to_le_bytes().repeat(usize::try_from(size / 8 + 1).unwrap())).unwrap();
                path
            })
            .collect();
        let files = w.import_files(&sources, &mut quietly).unwrap();
        let first = w.next_number(domain::Entity::Evidence, round_id()).unwrap();
        let edits: Vec<_> = (first..)
            .zip(&files)
            .map(|(n, file)| Edit::Evidence(domain::Evidence { id: domain::Id::new_v4(), ..evidence(n, file) }))
            .collect();
        say_saved(&w.commit(&fresh_act("evidence"), &edits).unwrap());
    }
}

fn import_big(dir: &Path, beside: &Path) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    say("ready");
    let source = beside.join("大录音.wav");
    loop {
        w.import_files(std::slice::from_ref(&source), &mut |_| ControlFlow::Continue(())).unwrap();
    }
}

fn backup_forever(dir: &Path, beside: &Path) {
    let w = Workspace::open(dir, &holder()).unwrap();
    for n in 0.. {
        let made = w.backup(beside, at(n)).unwrap();
        say(&format!("backup {}", made.path.display()));
    }
}

fn restore_forever(dir: &Path, beside: &Path) {
    let all = store::backups(beside).unwrap();
    for n in 0.. {
        let from = &all[n % all.len()];
        store::restore(dir, &from.path, &holder(), at(i64::try_from(n).unwrap())).unwrap();
        say(&format!("restored {}", from.counts.as_ref().unwrap().chain_head));
    }
}

fn create_forever(beside: &Path) {
    for n in 0.. {
        let dir = beside.join(format!("{}-{n}", std::process::id()));
        workspace(&dir).close().unwrap();
        say(&format!("created {}", dir.display()));
    }
}

fn upgrade_forever(beside: &Path) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1/beishen.db");
    for n in 0.. {
        let dir = beside.join(format!("{}-{n}", std::process::id()));
        std::fs::create_dir(&dir).unwrap();
        std::fs::copy(&golden, dir.join("beishen.db")).unwrap();
        say(&format!("old {}", dir.display()));
        Workspace::open(&dir, &holder()).unwrap().close().unwrap();
        say(&format!("upgraded {}", dir.display()));
    }
}

/// Marks and imports for the recorder of system calls.
fn until_power_fails(dir: &Path) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    for n in 1..=12_u32 {
        let marked =
            answer(&format!("XC3-{:02}", n % 5), Some(Verdict::Conform), &format!("第 {n} 次{}", "说明".repeat(400)));
        say_saved(&w.commit(&fresh_act("mark"), &[Edit::Answer(marked)]).unwrap());
        if n % 3 == 0 {
            let stored = w.import_bytes("录音.wav", &n.to_le_bytes().repeat(3000)).unwrap();
            let row = domain::Evidence { id: domain::Id::new_v4(), ..evidence(n, &stored) };
            say_saved(&w.commit(&fresh_act("evidence"), &[Edit::Evidence(row)]).unwrap());
        }
        if n % 5 == 0 {
            say_saved(&w.undo(&fresh_act("undo"), round_id()).unwrap().unwrap());
        }
    }
}

/// The same file, written without the settings that protect it: the recorder must show the harm.
fn carelessly_until_power_fails(dir: &Path) {
    let conn = rusqlite::Connection::open(dir.join("beishen.db")).unwrap();
    conn.execute_batch("PRAGMA synchronous = OFF; CREATE TABLE careless (n INTEGER, filler TEXT)").unwrap();
    for n in 1..=30 {
        conn.execute("INSERT INTO careless VALUES (?1, hex(randomblob(700)))", [n]).unwrap();
        say(&format!("careless {n}"));
    }
}

/// Writes until the disk refuses, and says with which codes. A refusal must come as an error, never as a signal or a panic.
fn until_full(dir: &Path, beside: &Path) {
    let mut w = Workspace::open(dir, &holder()).unwrap();
    let mut refused = 0;
    for n in 0..100_000 {
        let marked = answer(&format!("XC3-{:02}", n % 40), None, &format!("第 {n} 次{}", "说明".repeat(900)));
        match w.commit(&fresh_act("note"), &[Edit::Answer(marked)]) {
            Ok(receipt) => say_saved(&receipt),
            Err(error) => {
                say(&format!("refused {}", error.code()));
                refused += 1;
                // More than once: the second try must not find a connection that is no use any more.
                if refused == 3 {
                    break;
                }
            }
        }
    }
    let source = beside.join("大录音.wav");
    let code = w.import_files(&[source], &mut quietly).map_or_else(|e| e.code(), |_| "done");
    say(&format!("import {code}"));
    let code = w.backup(&dir.join("备份"), at(1)).map_or_else(|e| e.code(), |_| "done");
    say(&format!("backup {code}"));
    // Reading still works.
    let _ = root(&w);
    say("read");
}
