//! What 0.1.0 left on disks opens, works and verifies for ever: `tests/golden/0.1.0`.

use crate::common::{Outside, quiet, quietly, short};
use app::exports::{self, Export};
use app::{Session, answers, log, sign_offs, upkeep};
use domain::{Id, SignRole};
use std::path::{Path, PathBuf};

const SIGNED: &str = "1e6141d56c98e6da47104a002fca2d8469b21054ed721bebb1fb89678ef66991";
const OPEN: &str = "e51a5cc5581405a43489d03c8b7a73267724c7c50a66691484ff16c6e93cdd30";

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden/0.1.0").join(name)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The golden workspace with its backups, where it can be changed.
struct Left {
    temp: tempfile::TempDir,
    outside: Outside,
}

impl Left {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        for name in ["云岭", "云岭 备份"] {
            copy(&golden(name), &temp.path().join(name));
        }
        let outside = Outside::new();
        // A week after the last report of 0.1.0.
        outside.pass(chrono::TimeDelta::days(14));
        Self { temp, outside }
    }

    fn dir(&self) -> PathBuf {
        self.temp.path().join("云岭")
    }

    fn open(&self) -> Session {
        Session::open(&self.dir(), self.outside.env("周敏")).unwrap()
    }
}

/// 2025, signed by three and frozen; 2026, being worked on.
fn rounds(session: &Session) -> (Id, Id) {
    let rounds = session.rounds().unwrap();
    let [open, signed] = &rounds[..] else { panic!("{rounds:?}") };
    assert!(signed.frozen && !open.frozen);
    (signed.id, open.id)
}

fn is_sound(session: &Session) {
    let mut troubles = upkeep::doctor(session, &mut quietly).unwrap();
    // Files that a restored state does not refer to are worth knowing, no more.
    troubles.retain(|t| t.severity != store::Severity::Note);
    assert_eq!(troubles, []);
}

fn root(session: &mut Session, round: Id) -> String {
    session.snapshot(round).unwrap().1.root()
}

fn verified(pdf: &Path, pack: Option<&Path>, session: Option<&mut Session>) -> String {
    let seen = exports::verify(pdf, pack, session).unwrap();
    assert_eq!(seen.mismatches, [], "{}", pdf.display());
    assert_eq!(seen.printed_root, seen.computed_root);
    seen.printed_root
}

#[test]
fn a_signed_round_keeps_its_root_and_an_open_one_goes_on() {
    let left = Left::new();
    let mut session = left.open();
    assert_eq!(session.signed_troubles(), []);
    is_sound(&session);
    let (signed, open) = rounds(&session);
    let (_, snapshot) = session.snapshot(signed).unwrap();
    assert_eq!((snapshot.format, snapshot.root().as_str()), (1, SIGNED));
    let (_, snapshot) = session.snapshot(open).unwrap();
    assert_eq!(snapshot.format, 2);
    assert_eq!(snapshot.predecessor.as_ref().unwrap().root, SIGNED);
    assert_eq!(snapshot.answers.iter().filter(|a| a.proposed).count(), 2, "proposals are known as such");
    assert_eq!(exports::differs(&mut session, open).unwrap(), None, "the last report still shows what is there");

    // An approval covers what it covered, a report of today names the same root, and another session finds it so.
    let to = left.temp.path().join("2025.pdf");
    let wanted = Export { to: &to, options: &short(), distribution: &[], overwrite: false };
    let (made, _) = exports::report(&mut session, signed, &wanted, &mut quiet).unwrap();
    assert_eq!((made.record.number, made.record.root.as_str(), made.record.format), (4, SIGNED, 1));
    session.close().unwrap();
    let mut session = left.open();
    assert_eq!(session.signed_troubles(), []);
    assert_eq!(verified(&to, None, Some(&mut session)), SIGNED);
    is_sound(&session);

    // Reopened, it goes on in the format of today.
    sign_offs::reopen(&mut session, signed, "补充两份记录").unwrap();
    let (_, snapshot) = session.snapshot(signed).unwrap();
    assert_eq!(snapshot.format, 2);
    assert_eq!(snapshot.answers.iter().filter(|a| a.proposed).count(), 2);
    is_sound(&session);
}

#[test]
fn reports_and_pack_verify_alone_and_against_the_workspace() {
    let left = Left::new();
    let mut session = left.open();
    for (name, root) in [("signed-certification-zh", SIGNED), ("signed-management-en", SIGNED), ("open-gap-zh", OPEN)] {
        let pdf = golden("reports").join(name).with_extension("pdf");
        assert_eq!(verified(&pdf, None, None), root);
        assert_eq!(verified(&pdf, None, Some(&mut session)), root);
    }
    let pack = golden("pack");
    assert_eq!(verified(&pack.join("report-zh.pdf"), Some(&pack), Some(&mut session)), SIGNED);
    // What is written now is told item by item, also to a report of the format before.
    let (_, open) = rounds(&session);
    let patch = answers::AnswerPatch { note: Some("补查三份工单".into()), ..Default::default() };
    answers::mark(&mut session, open, &["GH1-01".to_owned()], &patch).unwrap();
    let seen = exports::verify(&golden("reports/open-gap-zh.pdf"), None, Some(&mut session)).unwrap();
    let subjects: Vec<_> = seen.mismatches.iter().map(|m| m.subject.as_str()).collect();
    assert_eq!(subjects, ["GH1-01"]);
    assert!(exports::differs(&mut session, open).unwrap().is_some());
}

#[test]
fn undo_goes_back_over_the_upgrade_and_forth_again() {
    let left = Left::new();
    let mut session = left.open();
    let (_, open) = rounds(&session);
    let first = root(&mut session, open);
    // The note after the signature is the only step that the signature does not keep.
    assert!(log::undo(&mut session, open).unwrap().is_some());
    assert!(log::undo(&mut session, open).unwrap().is_none());
    is_sound(&session);
    assert_ne!(root(&mut session, open), first);
    log::redo(&mut session, open).unwrap().unwrap();
    assert_eq!(root(&mut session, open), first);
    is_sound(&session);
    // Taken back again, the signature of 0.1.0 stands for what is there: on it, the round can be approved.
    log::undo(&mut session, open).unwrap().unwrap();
    let error = sign_offs::sign(&mut session, open, SignRole::Prepared, "周敏").unwrap_err();
    assert_eq!(error.code(), "sign_refused", "signed before: {error}");
    sign_offs::sign(&mut session, open, SignRole::Approved, "何建国").unwrap();
    let formats: Vec<_> = session.sign_offs(open).unwrap().iter().map(|s| s.format).collect();
    assert_eq!(formats, [1, 2]);
    is_sound(&session);
    session.close().unwrap();
    let session = left.open();
    assert_eq!(session.signed_troubles(), []);
}

#[test]
fn backups_of_then_are_good_and_lead_back() {
    let left = Left::new();
    left.open().close().unwrap();
    let all = upkeep::backups(&left.dir()).unwrap();
    let of_then: Vec<_> = all.iter().filter(|b| b.path.contains("20261129T")).collect();
    assert_eq!(of_then.len(), 2);
    assert!(all.iter().all(|b| b.good), "{all:?}");
    for (backup, steps) in of_then.iter().zip([1, 128]) {
        upkeep::restore(&left.dir(), Path::new(&backup.path), &left.outside.env("周敏")).unwrap();
        let mut session = left.open();
        is_sound(&session);
        let round = session.choose(None).unwrap();
        let first = root(&mut session, round);
        // Every step of 0.1.0 that can be undone, and back: of the second, that is all there ever was.
        let mut undone = 0;
        while undone < 200 && log::undo(&mut session, round).unwrap().is_some() {
            undone += 1;
        }
        assert_eq!(undone, steps - usize::from(steps == 128), "{}", backup.path);
        is_sound(&session);
        while log::redo(&mut session, round).unwrap().is_some() {}
        assert_eq!(root(&mut session, round), first);
        is_sound(&session);
        session.close().unwrap();
    }
}
