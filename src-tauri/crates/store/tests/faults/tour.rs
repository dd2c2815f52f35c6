//! Everything a workspace does, once each, for faults that are put into the n-th call of a kind: whatever is refused is said, and
//! the tour goes on, as a user would.

use crate::child::{fresh_act, other_criteria, say, say_saved};
use crate::common::*;
use crate::folder;
use domain::{Evidence, Verdict};
use std::path::Path;
use store::{Edit, Error, Receipt, Workspace};

/// A kind of tour, and what it needs beforehand: see [`prepare`].
pub const TOURS: [&str; 6] =
    ["tour-work", "tour-restore", "tour-upgrade", "tour-upgrade-signed", "tour-create", "tour-sweep"];

/// Files that are imported on the way. They are there beforehand: a fault is to hit the program, not who tries it.
const SOURCES: [&str; 2] = ["录音 1.wav", "录音 2.wav"];

/// Lays out what a tour starts from.
pub fn prepare(tour: &str, dir: &Path, beside: &Path) {
    match tour {
        "tour-create" => {}
        "tour-upgrade" => {
            std::fs::create_dir(dir).unwrap();
            let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1/beishen.db");
            std::fs::copy(golden, dir.join("beishen.db")).unwrap();
            // Its evidence is not at hand; rows that miss their files would hide others that do.
            std::fs::create_dir(dir.join("evidence")).unwrap();
        }
        "tour-upgrade-signed" => {
            folder::copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/golden/0.1.0/云岭")), dir);
        }
        _ => {
            let mut w = workspace(dir);
            let file = w.import_bytes("班表.pdf", b"%PDF-1.7 roster").unwrap();
            w.commit(&fresh_act("evidence"), &[Edit::Evidence(evidence(1, &file))]).unwrap();
            w.backup(&beside.join("备份"), at(1)).unwrap();
            mark(&mut w, 3, "XC3-05", Verdict::Conform);
            for name in SOURCES {
                std::fs::write(beside.join(name), name.repeat(9000)).unwrap();
            }
            if tour == "tour-sweep" {
                w.import_bytes("孤儿.pdf", b"%PDF orphan").unwrap();
            }
            w.close().unwrap();
        }
    }
}

pub fn run(tour: &str, dir: &Path, beside: &Path) {
    match tour {
        "tour-work" => work(dir, beside),
        "tour-restore" => restore(dir, beside),
        "tour-upgrade" | "tour-upgrade-signed" => drop(open(dir)),
        "tour-create" => create(dir),
        "tour-sweep" => {
            if let Some(mut w) = open(dir) {
                outcome_of("swept", w.sweep_orphans(&beside.join("备份"), at(9)));
                finish(w);
            }
        }
        other => panic!("no such work: {other}"),
    }
    say("end");
}

/// Says what came of it; a refusal is a word like any other.
fn outcome_of<T>(what: &str, outcome: Result<T, Error>) -> Option<T> {
    match outcome {
        Ok(done) => {
            say(what);
            Some(done)
        }
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            say(&format!("refused {what} {}", error.code()));
            None
        }
    }
}

fn saved(outcome: Result<Receipt, Error>) {
    match outcome {
        Ok(receipt) => say_saved(&receipt),
        Err(error) => say(&format!("refused save {}", error.code())),
    }
}

/// A user tries again; the fault comes once.
fn open(dir: &Path) -> Option<Workspace> {
    (0..2).find_map(|_| outcome_of("open", Workspace::open(dir, &holder())))
}

/// Whatever happened before: the next mark is saved, by the same session, and it can be closed.
fn finish(mut w: Workspace) {
    let last = Edit::Answer(answer("XC3-77", Some(Verdict::Partial), "故障之后的第一次标记"));
    let outcome = (0..2).find_map(|_| w.commit(&fresh_act("mark"), std::slice::from_ref(&last)).ok());
    say_saved(&outcome.unwrap_or_else(|| panic!("the session did not recover")));
    outcome_of("closed", w.close());
}

fn work(dir: &Path, beside: &Path) {
    let Some(mut w) = open(dir) else { return };
    for (n, item) in ["XC3-01", "XC3-02", "XC3-03"].iter().enumerate() {
        let note = "抽查班表三份，均提前七天公布。".repeat(200 * n);
        saved(w.commit(&fresh_act("mark"), &[Edit::Answer(answer(item, Some(Verdict::ALL[n]), &note))]));
    }
    let (sha256, text, edits) = other_criteria();
    saved(w.commit_with_pack(&fresh_act("update_criteria"), &sha256, &text, &edits));
    for step in [Workspace::undo, Workspace::redo] {
        if let Some(Some(receipt)) = outcome_of("step", step(&mut w, &fresh_act("step"), round_id())) {
            say_saved(&receipt);
        }
    }
    let sources = SOURCES.map(|name| beside.join(name));
    if let Some(files) = outcome_of("import", w.import_files(&sources, &mut quietly)) {
        let rows: Vec<_> = (7..)
            .zip(&files)
            .map(|(n, file)| Edit::Evidence(Evidence { id: domain::Id::new_v4(), ..evidence(n, file) }))
            .collect();
        saved(w.commit(&fresh_act("evidence"), &rows));
    }
    if let Some(file) = outcome_of("import", w.import_bytes("班表（改）.pdf", b"%PDF-1.7 roster, second edition"))
    {
        saved(w.commit(&fresh_act("evidence"), &[Edit::Evidence(evidence(1, &file))]));
    }
    if let Some(made) = outcome_of("backup", w.backup(&beside.join("备份"), at(5))) {
        say(&format!("made {}", made.path.display()));
    }
    finish(w);
}

fn restore(dir: &Path, beside: &Path) {
    let from = store::backups(&beside.join("备份")).unwrap().remove(0);
    let _ = (0..2).find_map(|_| outcome_of("restored", store::restore(dir, &from.path, &holder(), at(8))));
    if let Some(w) = open(dir) {
        finish(w);
    }
}

fn create(dir: &Path) {
    let made = (0..2).find_map(|_| outcome_of("created", Workspace::create(dir, &holder())));
    if let Some(w) = made {
        drop(w);
    }
}
