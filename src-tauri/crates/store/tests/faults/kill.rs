//! `kill -9` at any moment: nothing that was confirmed is lost, nothing half-done is seen. What a dead process has written is there
//! whether it was flushed or not, so all but the largest files are kept in memory.

use crate::Test;
use crate::child::{BESIDE, DIR, WORK};
use crate::common::invariants::must_hold;
use crate::common::*;
use domain::Verdict;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;
use store::{Edit, Workspace, backups};

pub const TESTS: &[Test] = &[
    ("kill_while_marking", || kill_while("mark")),
    ("kill_while_undoing", || kill_while("undo")),
    ("kill_while_updating_criteria", || kill_while_and("update", criteria_and_answers_agree)),
    ("kill_while_importing", || kill_while("import")),
    ("kill_while_importing_a_big_file", kill_while_importing_a_big_file),
    ("kill_while_backing_up", kill_while_backing_up),
    ("kill_while_restoring", kill_while_restoring),
    ("kill_while_creating", kill_while_creating),
    ("kill_while_upgrading", kill_while_upgrading),
];

fn rounds() -> u32 {
    std::env::var("BEISHEN_KILLS").map_or(50, |n| n.parse().unwrap())
}

/// Starts the work.
pub fn child(work: &str, dir: &Path, beside: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(WORK, work).env(DIR, dir).env(BESIDE, beside).stdout(Stdio::piped()).spawn().unwrap()
}

/// The first word of a child, and those that are still to come.
pub fn first_line(child: &mut Child) -> (String, Lines<BufReader<ChildStdout>>) {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (lines.next().expect("a child said nothing").unwrap(), lines)
}

/// Runs the work, kills it some milliseconds after its first word, and returns all its words.
fn killed(work: &str, dir: &Path, beside: &Path, round: u32) -> Vec<String> {
    killed_within(65_000, work, dir, beside, round)
}

/// As [`killed`], but not later than so many microseconds. The delays are spread over the range so that every run kills at other
/// moments of the work, without drawing lots.
fn killed_within(micros: u64, work: &str, dir: &Path, beside: &Path, round: u32) -> Vec<String> {
    let mut child = child(work, dir, beside);
    let (first, lines) = first_line(&mut child);
    let mut said = vec![first];
    let delay = Duration::from_micros(u64::from(round) * 7_919 * 7_907 % micros);
    let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>());
    std::thread::sleep(delay);
    child.kill().unwrap();
    let status = child.wait().unwrap();
    said.extend(reader.join().unwrap());
    assert!(!status.success(), "{work} ended by itself");
    said
}

/// Everything that must hold after a death, and that the dead one had got so far as to promise something.
fn check(dir: &Path, said: &[String]) {
    let promised = said.iter().filter(|line| line.starts_with("saved ")).count();
    assert!(promised > 0 || !said[0].starts_with("saved"), "nothing was promised: {said:?}");
    must_hold(dir, said);
}

fn kill_while(work: &str) -> usize {
    kill_while_and(work, |_| {})
}

/// An update of the criteria is the old state or the new one: every answer came with the criteria that the round has.
fn criteria_and_answers_agree(dir: &Path) {
    let w = Workspace::open(dir, &holder()).unwrap();
    let round = w.assessments().unwrap().remove(0);
    assert!(w.has_pack(&round.pack_sha256).unwrap());
    let snapshot = w.snapshot(round_id(), pack_identity()).unwrap();
    for answer in &snapshot.answers {
        assert_eq!(answer.earlier_text(), Some((answer.item.as_str(), round.pack_sha256.as_str())));
    }
    w.close().unwrap();
}

fn kill_while_and(work: &str, holds: impl Fn(&Path)) -> usize {
    let mut p = place_in_memory();
    for round in 0..rounds() {
        // Deaths pile up in one workspace, but not so long that checking its log is all that is done.
        if round % 10 == 0 {
            p = place_in_memory();
            workspace(&p.dir).close().unwrap();
        }
        let said = killed(work, &p.dir, p.temp.path(), round);
        check(&p.dir, &said);
        holds(&p.dir);
    }
    rounds() as usize
}

fn kill_while_importing_a_big_file() -> usize {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    w.close().unwrap();
    let bytes = std::env::var("BEISHEN_BIG_BYTES").map_or(48 << 20, |n| n.parse().unwrap());
    std::fs::File::create(p.temp.path().join("大录音.wav")).unwrap().set_len(bytes).unwrap();
    // Most die early; every fifth may come to the end of the file, its flush and its name.
    let whole = (bytes / 300).max(65_000);
    for round in 0..rounds() {
        let micros = if round % 5 == 0 { whole } else { 65_000 };
        killed_within(micros, "import-big", &p.dir, p.temp.path(), round);
        check(&p.dir, &["ready".to_owned()]);
    }
    rounds() as usize
}

fn kill_while_backing_up() -> usize {
    let p = place_in_memory();
    let mut w = workspace(&p.dir);
    let note = "班表公布记录".repeat(200);
    let edits: Vec<_> = (0..200).map(|n| Edit::Answer(answer(&format!("XC3-{n:03}"), None, &note))).collect();
    w.commit(&act(2, "note"), &edits).unwrap();
    let head = w.chain_head().unwrap();
    w.close().unwrap();
    let beside = p.temp.path().join("备份");
    for round in 0..rounds() {
        let said = killed("backup", &p.dir, &beside, round);
        let all = backups(&beside).unwrap();
        for backup in &all {
            assert_eq!(backup.counts.as_ref().map(|c| &c.chain_head), Some(&head), "{}", backup.path.display());
        }
        for line in said {
            let path = line.strip_prefix("backup ").unwrap();
            assert!(all.iter().any(|b| b.path.to_string_lossy() == path), "lost: {path}");
        }
        // Read back one by one; hundreds of them would be all that is done.
        if round % 10 == 9 {
            std::fs::remove_dir_all(&beside).unwrap();
        }
        check(&p.dir, &["ready".to_owned()]);
    }
    rounds() as usize
}

fn kill_while_restoring() -> usize {
    let p = place_in_memory();
    let beside = p.temp.path().join("备份");
    let mut w = workspace(&p.dir);
    for n in 0..3 {
        mark(&mut w, 2 + n, &format!("XC3-{n:02}"), Verdict::Conform);
        w.backup(&beside, at(i64::try_from(n).unwrap())).unwrap();
    }
    w.close().unwrap();
    let heads: Vec<_> = backups(&beside).unwrap().into_iter().map(|b| b.counts.unwrap().chain_head).collect();
    for round in 0..rounds() {
        killed("restore", &p.dir, &beside, round);
        let w = Workspace::open(&p.dir, &holder()).unwrap();
        assert!(heads.contains(&w.chain_head().unwrap()));
        w.close().unwrap();
        check(&p.dir, &["ready".to_owned()]);
        // What was kept aside piles up; every one of it is a whole database.
        for entry in std::fs::read_dir(&p.dir).unwrap().map(Result::unwrap) {
            if entry.file_name().to_string_lossy().starts_with("beishen.db.replaced-") {
                let kept = place_in_memory();
                std::fs::create_dir(&kept.dir).unwrap();
                std::fs::rename(entry.path(), kept.dir.join("beishen.db")).unwrap();
                assert!(heads.contains(&Workspace::open(&kept.dir, &holder()).unwrap().chain_head().unwrap()));
            }
        }
    }
    rounds() as usize
}

fn kill_while_creating() -> usize {
    let p = place_in_memory();
    for round in 0..rounds() {
        let said = killed("create", &p.dir, p.temp.path(), round);
        for line in &said {
            let dir = Path::new(line.strip_prefix("created ").unwrap());
            let w = Workspace::open(dir, &holder()).unwrap();
            assert_eq!(w.assessments().unwrap().len(), 1, "{line}");
        }
        // The one that was being made is either there or can be made.
        for entry in std::fs::read_dir(p.temp.path()).unwrap().map(Result::unwrap) {
            match Workspace::open(&entry.path(), &holder()) {
                Ok(w) => assert_eq!(doctor(&w), []),
                Err(error) => {
                    assert_eq!(error.code(), "workspace_not_found");
                    workspace(&entry.path());
                }
            }
            std::fs::remove_dir_all(entry.path()).unwrap();
        }
    }
    rounds() as usize
}

fn kill_while_upgrading() -> usize {
    let p = place_in_memory();
    let expected = include_str!("../golden/v1/expected.txt").lines().next().unwrap();
    for round in 0..rounds() {
        killed("upgrade", &p.dir, p.temp.path(), round);
        for entry in std::fs::read_dir(p.temp.path()).unwrap().map(Result::unwrap) {
            // Unless the child died while it still laid out the old database.
            if entry.path().join("beishen.db").metadata().is_ok_and(|m| m.len() >= 180_224) {
                let w = Workspace::open(&entry.path(), &holder()).unwrap();
                assert_eq!(w.snapshot_in(round_id(), pack_identity(), 1).unwrap().root(), expected);
            }
            std::fs::remove_dir_all(entry.path()).unwrap();
        }
    }
    rounds() as usize
}
