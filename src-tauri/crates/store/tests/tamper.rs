//! Tampering and rot: the doctor sees what was changed behind the program's back, and nothing ever panics.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::*;
use domain::{Assessment, Change, SignRole, Snapshot, Verdict};
use std::fs;
use store::{Area, Edit, HistoryQuery, Severity, Trouble, Workspace};

/// A closed workspace with a bit of everything, undone and redone, signed.
fn filled(p: &Place) -> (Snapshot, Vec<Change>) {
    let mut w = workspace(&p.dir);
    let stored = w.import_bytes("班表.pdf", b"%PDF-1.7").unwrap();
    let (e, f) = (evidence(1, &stored), finding(1, "XC3-05"));
    let edits = [
        Edit::Evidence(e.clone()),
        Edit::Link(link(&e, "XC3-05")),
        Edit::Task(task(1, Some(&f), "XC3-05")),
        Edit::Finding(f),
    ];
    w.commit(&act(2, "fill"), &edits).unwrap();
    for n in 1..=20 {
        mark(&mut w, 2 + n, &format!("XC3-{n:02}"), Verdict::ALL[n as usize % 3]);
    }
    w.undo(&act(30, "undo"), round_id()).unwrap().unwrap();
    w.undo(&act(31, "undo"), round_id()).unwrap().unwrap();
    w.redo(&act(32, "redo"), round_id()).unwrap().unwrap();
    let root = root(&w);
    w.commit(&act(33, "sign"), &[Edit::SignOff(sign_off(1, SignRole::Prepared, &root))]).unwrap();
    let frozen = Assessment { frozen: true, ..round() };
    let approval = sign_off(2, SignRole::Approved, &root);
    w.commit(&act(34, "sign"), &[Edit::SignOff(approval), Edit::Assessment(frozen)]).unwrap();
    assert_eq!(doctor(&w), []);
    let all = (snapshot(&w), w.history(&HistoryQuery::default()).unwrap());
    w.close().unwrap();
    all
}

/// Runs SQL on the closed workspace as a support tool would, guards dropped and put back, and asks the doctor.
fn after(sql: &str) -> Vec<Trouble> {
    after_all(|conn| conn.execute_batch(sql).unwrap())
}

/// As [`after`], by somebody who knows how the chain is made and makes it anew.
fn after_forging(sql: &str) -> Vec<Trouble> {
    after_all(|conn| {
        conn.execute_batch(sql).unwrap();
        forge(conn);
    })
}

/// Every hash anew, by the words of the format and not by the code of this crate.
fn forge(conn: &rusqlite::Connection) {
    let columns = "c.seq, b.id, b.action, b.assessment, c.entity, c.key, c.field, c.old, c.new, b.actor, b.at";
    let sql = format!("SELECT {columns} FROM change c JOIN batch b ON b.ordinal = c.batch ORDER BY c.seq");
    let names = ["batch", "action", "assessment", "entity", "key", "field", "old", "new", "actor", "at"];
    let mut statement = conn.prepare(&sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut head = "0".repeat(64);
    while let Some(row) = rows.next().unwrap() {
        let seq: u32 = row.get(0).unwrap();
        let mut change = serde_json::json!({ "seq": seq });
        for (index, name) in (1..).zip(names) {
            let text: String = row.get(index).unwrap();
            let is_json = matches!(name, "old" | "new");
            change[name] = if is_json { serde_json::from_str(&text).unwrap() } else { text.into() };
        }
        let json = serde_json_canonicalizer::to_string(&change).unwrap();
        head = domain::snapshot::sha256_hex(format!("{head}{json}").as_bytes());
        conn.execute("UPDATE change SET hash = ?1 WHERE seq = ?2", rusqlite::params![head, seq]).unwrap();
    }
}

fn after_all(harm: impl FnOnce(&rusqlite::Connection)) -> Vec<Trouble> {
    let p = place_in_memory();
    filled(&p);
    let conn = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    let guards: Vec<(String, String)> = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for (name, _) in &guards {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    harm(&conn);
    for (_, create) in &guards {
        conn.execute_batch(create).unwrap();
    }
    drop(conn);
    doctor(&Workspace::open(&p.dir, &holder()).unwrap())
}

#[test]
fn the_guards_hold_against_a_slip_of_the_hand() {
    let p = place();
    filled(&p);
    let conn = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    for sql in [
        "UPDATE change SET new = 'null'",
        "DELETE FROM change",
        "DELETE FROM batch",
        "UPDATE batch SET actor = '别人'",
        "DELETE FROM answer",
        "DELETE FROM sign_off",
        "DELETE FROM assessment",
        "UPDATE pack SET text = ''",
        "UPDATE answer SET verdict = 'conform'",
        "INSERT INTO link SELECT evidence, assessment, 'XC3-99', '', 0 FROM link",
        "INSERT OR REPLACE INTO change SELECT * FROM change WHERE seq = 1",
    ] {
        conn.execute_batch("PRAGMA recursive_triggers = ON").unwrap();
        let error = conn.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains("never") || error.contains("frozen"), "{sql}: {error}");
    }
    drop(conn);
    assert_eq!(doctor(&Workspace::open(&p.dir, &holder()).unwrap()), []);
}

#[test]
fn the_doctor_sees_what_was_changed_and_says_where() {
    for (sql, area, subject) in [
        ("UPDATE answer SET verdict = 'conform' WHERE item = 'XC3-02'", Area::Rows, "XC3-02"),
        ("UPDATE answer SET note = note || '。' WHERE item = 'XC3-02'", Area::Rows, "XC3-02"),
        ("UPDATE finding SET grade = 'observation'", Area::Rows, "finding"),
        ("UPDATE evidence SET sha256 = ''", Area::Rows, "evidence"),
        ("UPDATE task SET state = 'closed'", Area::Rows, "task"),
        ("UPDATE answer SET proposed = 1 WHERE item = 'XC3-02'", Area::Rows, "XC3-02"),
        ("UPDATE assessment SET frozen = 0", Area::Rows, "assessment"),
        ("UPDATE sign_off SET root = replace(root, 'a', 'b')", Area::Rows, "sign_off"),
        ("DELETE FROM answer WHERE item = 'XC3-02'", Area::Rows, "XC3-02"),
        ("DELETE FROM link", Area::Rows, "link"),
        ("UPDATE pack SET text = text || '#'", Area::Rows, "pack"),
        (
            "INSERT INTO answer SELECT assessment, 'XC9-99', verdict, note, reason, ticks, assessor, assessed_at, review, review_note, proposed, given_for FROM answer LIMIT 1",
            Area::Rows,
            "XC9-99",
        ),
        ("UPDATE change SET new = '\"conform\"' WHERE seq = 70", Area::Log, "70"),
        ("UPDATE change SET hash = replace(hash, '0', '1') WHERE seq = 70", Area::Log, "70"),
        ("UPDATE change SET old = 'null', new = 'null' WHERE seq = 60", Area::Log, "60"),
        ("DELETE FROM change WHERE seq = 70", Area::Log, "70"),
        ("UPDATE batch SET actor = '别人' WHERE ordinal = 5", Area::Log, ""),
        ("UPDATE batch SET at = '2020-01-01T00:00:00Z' WHERE ordinal = 5", Area::Log, ""),
        ("UPDATE batch SET kind = 'fixed' WHERE ordinal = 5", Area::Log, "batch"),
        ("UPDATE batch SET schema = 3 WHERE ordinal = 5", Area::Log, "batch"),
        ("UPDATE batch SET reverses = 3 WHERE kind = 'undo'", Area::Log, "batch"),
        ("UPDATE batch SET kind = 'edit', reverses = NULL WHERE kind = 'undo'", Area::Log, "batch"),
        // Cutting off the newest changes leaves a sound chain, but the rows remember.
        ("DELETE FROM change WHERE batch > 20; DELETE FROM batch WHERE ordinal > 20", Area::Rows, "answer"),
        ("UPDATE evidence SET assessment = 'x'", Area::Database, "foreign_key_check"),
    ] {
        let troubles = after(sql);
        let hit = |t: &&Trouble| t.area == area && t.subject.contains(subject) && t.severity == Severity::Error;
        assert!(troubles.iter().any(|t| hit(&t)), "{sql}: {troubles:#?}");
        assert!(troubles.iter().all(|t| !t.message.contains('\n')));
        assert!(troubles.iter().all(is_told_in_english), "{troubles:#?}");
    }
}

/// Nothing but names from the data may be Chinese.
fn is_told_in_english(trouble: &Trouble) -> bool {
    !trouble.message_en.is_empty()
        && !['，', '；', '：', '请', '第', '与'].iter().any(|c| trouble.message_en.contains(*c))
}

/// Whoever makes the chain anew still has to tell a story that fits: without gaps, in order, each old value the one before.
#[test]
fn a_forged_chain_has_to_fit_too() {
    assert_eq!(after_forging(""), [], "forging nothing harms nothing");
    for (sql, what) in [
        ("DELETE FROM change WHERE seq = 70", "第 70 至 70 条缺失"),
        ("DELETE FROM change WHERE seq < 70", "第 1 至 69 条缺失"),
        ("UPDATE change SET old = '\"conform\"' WHERE seq = 70", "的旧值不符"),
        ("UPDATE change SET field = 'reason' WHERE seq = 70", "与变更记录不符"),
        ("UPDATE change SET field = '别的' WHERE seq = 70", "没有字段 别的"),
        ("UPDATE change SET key = replace(key, 'XC3', 'ZZ3') WHERE seq = 70", "表中没有"),
        (
            "UPDATE change SET batch = CASE batch WHEN 5 THEN 6 ELSE 5 END WHERE batch IN (5, 6)",
            "变更记录与操作列表不相符",
        ),
    ] {
        let troubles = after_forging(sql);
        assert!(
            troubles.iter().any(|t| t.severity == Severity::Error && t.message.contains(what)),
            "{sql}: {troubles:#?}"
        );
        assert!(troubles.iter().all(is_told_in_english), "{troubles:#?}");
    }
}

#[test]
fn a_signature_over_something_else_is_told() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let signed = root(&w);
    mark(&mut w, 3, "XC3-06", Verdict::Nonconform);
    let wrong = sign_off(1, SignRole::Prepared, &signed);
    w.commit(&act(4, "sign"), &[Edit::SignOff(wrong.clone())]).unwrap();
    let troubles = doctor(&w);
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    assert_eq!((troubles[0].area, &troubles[0].subject), (Area::SignOff, &wrong.id.to_string()));
    assert!(troubles[0].message.contains("评估组长"));
}

/// Who owns the machine can make a whole new past with this very program, signatures and chain included. The doctor cannot see it,
/// and need not: the root that was printed and handed over is another one.
#[test]
fn a_past_that_was_made_anew_does_not_have_the_printed_root() {
    let signed = |verdict| {
        let p = place_in_memory();
        let mut w = workspace(&p.dir);
        mark(&mut w, 2, "XC3-05", verdict);
        let root = root(&w);
        let frozen = Assessment { frozen: true, ..round() };
        let approval = sign_off(2, SignRole::Approved, &root);
        w.commit(&act(3, "sign"), &[Edit::SignOff(approval), Edit::Assessment(frozen)]).unwrap();
        (p, w, root)
    };
    let (_p, w, printed) = signed(Verdict::Nonconform);
    let (_q, forged, root) = signed(Verdict::Conform);
    assert_eq!((doctor(&w), doctor(&forged)), (vec![], vec![]));
    assert_ne!(root, printed);
    assert_ne!(forged.chain_head().unwrap(), w.chain_head().unwrap());
}

#[test]
fn old_signatures_stay_good_when_the_round_is_reopened_and_changed() {
    let p = place();
    filled(&p);
    let mut w = Workspace::open(&p.dir, &holder()).unwrap();
    let reopened = Assessment { frozen: false, revision: 2, reopened_because: "补充证据".into(), ..round() };
    w.commit(&act(40, "reopen"), &[Edit::Assessment(reopened)]).unwrap();
    mark(&mut w, 41, "XC3-01", Verdict::NotApplicable);
    assert_eq!(doctor(&w), []);
}

#[test]
fn a_frozen_round_is_checked_on_its_own() {
    let p = place();
    filled(&p);
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    assert_eq!(w.check_signed(), []);
    w.close().unwrap();
    let conn = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    let guard = "SELECT sql FROM sqlite_schema WHERE name = 'answer_frozen_update'";
    let guard: String = conn.query_row(guard, [], |row| row.get(0)).unwrap();
    conn.execute_batch(
        "DROP TRIGGER answer_frozen_update; UPDATE answer SET verdict = 'conform' WHERE item = 'XC3-02'",
    )
    .unwrap();
    conn.execute_batch(&guard).unwrap();
    drop(conn);
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    let found: Vec<_> = w.check_signed().into_iter().map(|t| (t.area, t.severity)).collect();
    assert_eq!(found, [(Area::Rows, Severity::Error), (Area::SignOff, Severity::Warning)]);
}

/// The doctor reads the log in slices; what is written in between belongs to what it checks.
#[test]
fn work_goes_on_while_the_doctor_looks() {
    let p = place();
    let mut w = workspace(&p.dir);
    let many: Vec<_> =
        (0..900).map(|n| Edit::Answer(answer(&format!("XC3-{n:03}"), Some(Verdict::Partial), "抽查三份"))).collect();
    w.commit(&act(2, "mark"), &many).unwrap();
    let rows: Vec<_> = (1..=8_u8)
        .map(|n| Edit::Evidence(evidence(n.into(), &w.import_bytes("录音.wav", &vec![n; 2_000_000]).unwrap())))
        .collect();
    w.commit(&act(3, "evidence"), &rows).unwrap();
    let mut saved = 10;
    let aside = w.aside().unwrap();
    let troubles = aside.doctor(&mut |_, _| {
        saved += 1;
        mark(&mut w, saved, &format!("XC3-{:03}", saved % 900), Verdict::ALL[usize::try_from(saved % 3).unwrap()]);
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(troubles.unwrap(), []);
    assert!(saved > 14, "a mark with every message: {saved}");
    assert_eq!(doctor(&w), []);
}

/// A small generator: the same flips on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// What a user can see; `None` when it was refused somewhere on the way.
fn everything(w: &Workspace) -> Option<(Snapshot, Vec<Change>)> {
    let _ = (w.assessments(), w.can_undo(round_id()), w.can_redo(round_id()));
    let _ = (w.sign_offs(round_id()), w.reports(round_id()), w.pack_text(&pack_identity().sha256));
    Some((w.snapshot(round_id(), pack_identity()).ok()?, w.history(&HistoryQuery::default()).ok()?))
}

#[test]
fn flipped_bits_and_zeroed_blocks_never_panic_and_never_pass_for_the_truth() {
    let p = place_in_memory();
    let truth = filled(&p);
    let db = p.dir.join("beishen.db");
    let whole = fs::read(&db).unwrap();
    let mut dice = Dice(0x5EED_2026_1122_0001);
    let (mut refused, mut found, mut harmless) = (0, 0, 0);
    let rounds = std::env::var("BEISHEN_FLIPS").map_or(300, |n| n.parse().unwrap());
    for round in 0..rounds {
        let mut bytes = whole.clone();
        match round % 10 {
            0 => {
                let at = dice.below(bytes.len() / 512) * 512;
                bytes[at..at + 512].fill(0);
            }
            1 => {
                let at = dice.below(bytes.len() / 4096) * 4096;
                bytes[at..at + 4096].fill(0);
            }
            _ => {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
        }
        fs::write(&db, &bytes).unwrap();
        let Ok(w) = Workspace::open(&p.dir, &holder()) else {
            assert_eq!(fs::read(&db).unwrap(), bytes, "a refused file was touched");
            refused += 1;
            continue;
        };
        let seen = everything(&w);
        if doctor(&w).iter().any(|t| t.severity == Severity::Error) {
            found += 1;
        } else {
            assert_eq!(seen.as_ref(), Some(&truth), "round {round}: damage passed for the truth");
            assert_eq!(w.pack_text(&pack_identity().sha256).unwrap().as_deref(), Some(PACK));
            harmless += 1;
        }
    }
    assert!(refused > 0 && found > 0 && harmless > 0, "{refused} refused, {found} found, {harmless} harmless");
    println!("= flipped_bits_and_zeroed_blocks: {rounds} tried, 0 lost");
    println!("  {refused} refused, {found} found by the doctor, {harmless} harmless");
}
