//! What released versions left on disks opens, works and verifies for ever: `tests/golden`.

use crate::common::{Outside, quiet, quietly, short};
use crate::folder;
use app::exports::{self, Export};
use app::{Session, answers, log, sign_offs, upkeep};
use domain::snapshot::FORMAT;
use domain::{Id, SignRole};
use std::path::{Path, PathBuf};

/// What a version left.
struct Release {
    version: &'static str,
    /// Root of 2025, signed by three.
    signed: &'static str,
    /// Root of 2026, being worked on.
    open: &'static str,
    /// The format of its snapshots.
    format: u32,
    /// Steps that can be undone in its backups, the newest first.
    steps: [usize; 2],
}

const RELEASES: [Release; 2] = [
    Release {
        version: "0.1.0",
        signed: "1e6141d56c98e6da47104a002fca2d8469b21054ed721bebb1fb89678ef66991",
        open: "e51a5cc5581405a43489d03c8b7a73267724c7c50a66691484ff16c6e93cdd30",
        format: 1,
        steps: [1, 127],
    },
    Release {
        version: "0.2.0",
        signed: "87fc515bde3f856361f9cd4c9e47175b57de3cbda06a588877ab5c97661ef882",
        open: "8147f178e855502ccd751758b9fca44825bb3bcc20e55f66e5fe18d0a53d8b6f",
        format: 2,
        steps: [1, 27],
    },
];

impl Release {
    fn path(&self, name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden").join(self.version).join(name)
    }
}

/// A golden workspace with its backups, where it can be changed.
struct Left {
    of: &'static Release,
    temp: tempfile::TempDir,
    outside: Outside,
}

impl Left {
    fn all() -> impl Iterator<Item = Self> {
        RELEASES.iter().map(|of| {
            let temp = tempfile::tempdir().unwrap();
            for name in ["云岭", "云岭 备份"] {
                folder::copy(&of.path(name), &temp.path().join(name));
            }
            let outside = Outside::new();
            // A week after the last report.
            outside.pass(chrono::TimeDelta::days(14));
            Self { of, temp, outside }
        })
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
    for left in Left::all() {
        let Release { signed: signed_root, open: open_root, format, .. } = *left.of;
        let mut session = left.open();
        assert_eq!(session.signed_troubles(), []);
        is_sound(&session);
        let (signed, open) = rounds(&session);
        let (_, snapshot) = session.snapshot(signed).unwrap();
        assert_eq!((snapshot.format, snapshot.root().as_str()), (format, signed_root));
        let (_, snapshot) = session.snapshot(open).unwrap();
        assert_eq!(snapshot.format, FORMAT);
        assert_eq!(snapshot.predecessor.as_ref().unwrap().root, signed_root);
        assert_eq!(snapshot.root() == open_root, format == FORMAT, "what is open goes on in the format of today");
        assert_eq!(snapshot.answers.iter().filter(|a| a.proposed).count(), 2, "proposals are known as such");
        assert_eq!(exports::differs(&mut session, open).unwrap(), None, "the last report still shows what is there");

        // An approval covers what it covered, a report of today names the same root, and another session finds it so.
        let to = left.temp.path().join("2025.pdf");
        let wanted = Export { to: &to, options: &short(), distribution: &[], overwrite: false };
        let (made, _) = exports::report(&mut session, signed, &wanted, &mut quiet).unwrap();
        assert_eq!((made.record.number, made.record.root.as_str(), made.record.format), (4, signed_root, format));
        session.close().unwrap();
        let mut session = left.open();
        assert_eq!(session.signed_troubles(), []);
        assert_eq!(verified(&to, None, Some(&mut session)), signed_root);
        is_sound(&session);

        // Reopened, it goes on in the format of today.
        sign_offs::reopen(&mut session, signed, "补充两份记录").unwrap();
        let (_, snapshot) = session.snapshot(signed).unwrap();
        assert_eq!(snapshot.format, FORMAT);
        assert_eq!(snapshot.answers.iter().filter(|a| a.proposed).count(), 2);
        is_sound(&session);
    }
}

#[test]
fn reports_and_pack_verify_alone_and_against_the_workspace() {
    for left in Left::all() {
        let Release { signed, open, .. } = *left.of;
        let mut session = left.open();
        for (name, root) in
            [("signed-certification-zh", signed), ("signed-management-en", signed), ("open-gap-zh", open)]
        {
            let pdf = left.of.path("reports").join(name).with_extension("pdf");
            assert_eq!(verified(&pdf, None, None), root);
            assert_eq!(verified(&pdf, None, Some(&mut session)), root);
        }
        let pack = left.of.path("pack");
        assert_eq!(verified(&pack.join("report-zh.pdf"), Some(&pack), Some(&mut session)), signed);
        // What is written now is told item by item, also to a report of the format before.
        let (_, open) = rounds(&session);
        let patch = answers::AnswerPatch { note: Some("补查三份工单".into()), ..Default::default() };
        answers::mark(&mut session, open, &["GH1-01".to_owned()], &patch).unwrap();
        let seen = exports::verify(&left.of.path("reports/open-gap-zh.pdf"), None, Some(&mut session)).unwrap();
        let subjects: Vec<_> = seen.mismatches.iter().map(|m| m.subject.as_str()).collect();
        assert_eq!(subjects, ["GH1-01"]);
        assert!(exports::differs(&mut session, open).unwrap().is_some());
    }
}

#[test]
fn undo_goes_back_over_the_upgrade_and_forth_again() {
    for left in Left::all() {
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
        // Taken back again, the old signature stands for what is there: on it, the round can be approved.
        log::undo(&mut session, open).unwrap().unwrap();
        let error = sign_offs::sign(&mut session, open, SignRole::Prepared, "周敏").unwrap_err();
        assert_eq!(error.code(), "sign_refused", "signed before: {error}");
        sign_offs::sign(&mut session, open, SignRole::Approved, "何建国").unwrap();
        let formats: Vec<_> = session.sign_offs(open).unwrap().iter().map(|s| s.format).collect();
        assert_eq!(formats, [left.of.format, FORMAT]);
        is_sound(&session);
        session.close().unwrap();
        let session = left.open();
        assert_eq!(session.signed_troubles(), []);
    }
}

#[test]
fn backups_of_then_are_good_and_lead_back() {
    for left in Left::all() {
        left.open().close().unwrap();
        let all = upkeep::backups(&left.dir()).unwrap();
        let of_then: Vec<_> = all.iter().filter(|b| b.path.contains("20261129T")).collect();
        assert_eq!(of_then.len(), 2);
        assert!(all.iter().all(|b| b.good), "{all:?}");
        for (backup, steps) in of_then.iter().zip(left.of.steps) {
            upkeep::restore(&left.dir(), Path::new(&backup.path), &left.outside.env("周敏")).unwrap();
            let mut session = left.open();
            is_sound(&session);
            let round = session.choose(None).unwrap();
            let first = root(&mut session, round);
            // Every step of then that can be undone, and back.
            let mut undone = 0;
            while undone < 200 && log::undo(&mut session, round).unwrap().is_some() {
                undone += 1;
            }
            assert_eq!(undone, steps, "{}", backup.path);
            is_sound(&session);
            while log::redo(&mut session, round).unwrap().is_some() {}
            assert_eq!(root(&mut session, round), first);
            is_sound(&session);
            session.close().unwrap();
        }
    }
}

/// Work that an earlier version left goes on under today's criteria, and back in one step.
#[test]
fn what_is_open_takes_todays_criteria_and_what_is_signed_keeps_its_own() {
    for left in Left::all() {
        let mut session = left.open();
        let (signed, open) = rounds(&session);
        let before = root(&mut session, open);
        let rows = |session: &mut Session| {
            let snapshot = session.snapshot(open).unwrap().1;
            // What is new and does not apply here is proposed as such.
            let verdicts = snapshot.answers.iter().filter(|a| a.verdict.is_some() && !a.proposed).count();
            [verdicts, snapshot.links.len(), snapshot.findings.len(), snapshot.tasks.len()]
        };
        let held = rows(&mut session);
        let (pack, text) = app::criteria::load(None).unwrap();
        let plan = app::criteria::update(&mut session, open, &pack, &text).unwrap().plan;
        assert!(!plan.is_same() && !plan.changed.is_empty() && !plan.withdrawn.is_empty(), "{}", left.of.version);
        assert_eq!(plan.kept as usize + plan.changed.len() + plan.new.len(), pack.items.len());
        assert_eq!(rows(&mut session), held, "{}", left.of.version);
        is_sound(&session);
        log::undo(&mut session, open).unwrap().unwrap();
        assert_eq!(root(&mut session, open), before, "{}", left.of.version);
        let refused = app::criteria::update(&mut session, signed, &pack, &text).unwrap_err();
        assert_eq!(refused.code(), "criteria_kept");
        is_sound(&session);
    }
}
