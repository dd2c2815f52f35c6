//! The one write path: what is written, what is logged, what is refused.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Entity, SignRole, Verdict};
use serde_json::{Value, json};
use store::{Edit, HistoryQuery, Workspace};

#[test]
fn a_mark_writes_one_change_per_field_that_differs() {
    let p = place();
    let mut w = workspace(&p.dir);
    let receipt = mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let fields: Vec<_> = receipt.changes.iter().map(|c| (c.field.as_str(), &c.old, &c.new)).collect();
    assert_eq!(
        fields,
        [
            ("verdict", &Value::Null, &json!("conform")),
            ("note", &json!(""), &json!("抽查班表三份，均提前七天公布")),
            ("assessor", &json!(""), &json!("评估员甲")),
            ("assessed_at", &Value::Null, &json!("2026-11-22T01:05:00Z")),
        ]
    );
    let again = mark(&mut w, 3, "XC3-05", Verdict::Partial);
    assert_eq!(again.changes.len(), 1);
    assert_eq!((&again.changes[0].old, &again.changes[0].new), (&json!("conform"), &json!("partial")));
    assert_eq!(snapshot(&w).verdict("XC3-05"), Some(Verdict::Partial));
}

#[test]
fn a_commit_that_changes_nothing_writes_nothing() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let head = w.chain_head().unwrap();
    let receipt = mark(&mut w, 3, "XC3-05", Verdict::Conform);
    assert!(receipt.changes.is_empty());
    assert_eq!(w.chain_head().unwrap(), head);
    // The batch id was not used up.
    assert_eq!(mark(&mut w, 3, "XC3-05", Verdict::Partial).changes.len(), 1);
}

#[test]
fn every_kind_of_row_survives_closing_and_opening() {
    let p = place();
    let mut w = workspace(&p.dir);
    let stored = w.import_bytes("班表.pdf", b"%PDF-1.7").unwrap();
    let (e, f) = (evidence(1, &stored), finding(1, "XC3-05"));
    let edits = [
        Edit::Task(task(1, Some(&f), "XC3-05")),
        Edit::Link(link(&e, "XC3-05")),
        Edit::Finding(f),
        Edit::Evidence(e),
        Edit::Answer(answer("XC3-05", Some(Verdict::Nonconform), "夜班记录缺失")),
    ];
    w.commit(&act(2, "fill"), &edits).unwrap();
    let before = snapshot(&w);
    assert_eq!((before.evidence.len(), before.links.len(), before.findings.len(), before.tasks.len()), (1, 1, 1, 1));
    w.close().unwrap();
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    assert_eq!(snapshot(&w), before);
    assert_eq!(doctor(&w), []);
}

#[test]
fn hostile_text_comes_back_byte_for_byte() {
    let p = place();
    let mut w = workspace(&p.dir);
    let long = "门".repeat(1 << 18);
    let texts = [
        "<img src=x onerror=alert(1)>",
        "{{constructor}}",
        "=cmd|'/c calc'!A0",
        "'; DROP TABLE answer;--",
        "%s%n",
        "a\0b",
        "\u{202e}符合\u{202c}",
        "👩‍👩‍👧‍👦 𠮷 㐀",
        "行一\r\n行二",
        "#set text(9pt) $x$ \\input{a}",
        "../../etc/passwd",
        &long,
    ];
    for (n, text) in texts.iter().enumerate() {
        let item = format!("XC3-{:02}", n + 1);
        w.commit(&act(10 + n as u128, "note"), &[Edit::Answer(answer(&item, None, text))]).unwrap();
    }
    w.close().unwrap();
    let w = Workspace::open(&p.dir, &holder()).unwrap();
    let snapshot = snapshot(&w);
    for (n, text) in texts.iter().enumerate() {
        assert_eq!(snapshot.answer(&format!("XC3-{:02}", n + 1)).unwrap().note, **text);
    }
    assert_eq!(doctor(&w), []);
}

#[test]
fn refused_batches_leave_nothing_behind() {
    let p = place();
    let mut w = workspace(&p.dir);
    let (head, root) = (w.chain_head().unwrap(), root(&w));
    let good = Edit::Answer(answer("XC3-05", Some(Verdict::Conform), "好"));
    let mut elsewhere = answer("XC3-06", None, "别处");
    elsewhere.assessment = id(99);
    let mut no_pack = round();
    no_pack.pack_sha256 = "0".repeat(64);
    let mut own_predecessor = round();
    own_predecessor.predecessor = Some(round_id());
    let dangling = task(1, Some(&finding(7, "XC3-05")), "XC3-05");
    for (edit, code) in [
        (Edit::Answer(elsewhere), "mixed_rounds"),
        (Edit::Assessment(no_pack), "pack_unknown"),
        (Edit::Assessment(own_predecessor), "constraint"),
        (Edit::Task(dangling), "reference_dangling"),
    ] {
        let error = w.commit(&act(2, "mark"), &[good.clone(), edit]).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert_eq!((w.chain_head().unwrap(), common::root(&w)), (head.clone(), root.clone()));
    }
    w.commit(&act(2, "mark"), std::slice::from_ref(&good)).unwrap();
    let reused = w.commit(&act(2, "mark"), &[Edit::Answer(answer("XC3-07", None, "二"))]).unwrap_err();
    assert_eq!(reused.code(), "batch_reused");
    w.commit(&act(3, "finding"), &[Edit::Finding(finding(1, "XC3-05"))]).unwrap();
    let mut same_number = finding(1, "XC3-06");
    same_number.id = id(77);
    assert_eq!(w.commit(&act(4, "finding"), &[Edit::Finding(same_number)]).unwrap_err().code(), "number_taken");
    assert_eq!(doctor(&w), []);
}

#[test]
fn numbers_of_withdrawn_rows_are_not_used_again() {
    let p = place();
    let mut w = workspace(&p.dir);
    assert_eq!(w.next_number(Entity::Finding, round_id()).unwrap(), 1);
    let mut f = finding(1, "XC3-05");
    w.commit(&act(2, "finding"), &[Edit::Finding(f.clone())]).unwrap();
    f.withdrawn = true;
    w.commit(&act(3, "withdraw"), &[Edit::Finding(f)]).unwrap();
    assert!(snapshot(&w).findings.is_empty());
    assert_eq!(w.next_number(Entity::Finding, round_id()).unwrap(), 2);
    assert_eq!(w.next_number(Entity::Answer, round_id()).unwrap_err().code(), "unnumbered");
}

#[test]
fn an_approved_round_stands_still_until_it_is_reopened() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Conform);
    let signed = root(&w);
    let frozen = domain::Assessment { frozen: true, ..round() };
    let approval = Edit::SignOff(sign_off(1, SignRole::Approved, &signed));
    w.commit(&act(3, "sign"), &[Edit::Assessment(frozen.clone()), approval]).unwrap();
    let mark_again = [Edit::Answer(answer("XC3-05", Some(Verdict::Partial), "改判"))];
    let head = w.chain_head().unwrap();
    let late = [Edit::SignOff(sign_off(2, SignRole::Reviewed, &signed))];
    for action in domain::Action::ALL.iter().copied() {
        let act = store::Act { action, ..act(4, "mark") };
        assert_eq!(w.commit(&act, &mark_again).unwrap_err().code(), "assessment_frozen", "{action}");
        if action != domain::Action::Sign {
            assert_eq!(w.commit(&act, &late).unwrap_err().code(), "assessment_frozen", "{action}");
        }
    }
    assert_eq!(w.chain_head().unwrap(), head, "what was refused left no trace");
    assert_eq!(w.undo(&act(4, "undo"), round_id()).unwrap_err().code(), "assessment_frozen");
    assert_eq!(w.can_undo(round_id()).unwrap(), None);
    let retitled = domain::Assessment { title: "改名".into(), ..frozen.clone() };
    assert_eq!(w.commit(&act(4, "edit"), &[Edit::Assessment(retitled)]).unwrap_err().code(), "assessment_frozen");
    let reopened = domain::Assessment { frozen: false, revision: 2, ..frozen };
    w.commit(&act(4, "reopen"), &[Edit::Assessment(reopened)]).unwrap();
    w.commit(&act(5, "mark"), &mark_again).unwrap();
    assert_eq!(w.sign_offs(round_id()).unwrap().len(), 1);
    assert_eq!(doctor(&w), []);
}

#[test]
fn history_is_found_by_item_by_person_and_by_number() {
    let p = place();
    let mut w = workspace(&p.dir);
    let stored = w.import_bytes("通知.pdf", b"%PDF").unwrap();
    let (e, f) = (evidence(1, &stored), finding(1, "XC3-05"));
    mark(&mut w, 2, "XC3-05", Verdict::Nonconform);
    mark(&mut w, 3, "XC3-06", Verdict::Conform);
    let about = [Edit::Evidence(e.clone()), Edit::Link(link(&e, "XC3-05")), Edit::Finding(f.clone())];
    w.commit(&store::Act { actor: "评估员乙".into(), ..act(4, "finding") }, &about).unwrap();
    w.commit(&act(5, "task"), &[Edit::Task(task(1, Some(&f), "XC3-05"))]).unwrap();
    let of_item = w.history(&HistoryQuery { item: Some("XC3-05".into()), ..HistoryQuery::default() }).unwrap();
    assert!(of_item.windows(2).all(|pair| pair[0].seq > pair[1].seq), "newest first");
    let mut entities: Vec<_> = of_item.iter().map(|c| c.entity).collect();
    entities.dedup();
    assert_eq!(entities, [Entity::Task, Entity::Finding, Entity::Link, Entity::Answer]);
    let by_b = w.history(&HistoryQuery { actor: Some("评估员乙".into()), ..HistoryQuery::default() }).unwrap();
    assert!(by_b.iter().all(|c| c.actor == "评估员乙") && !by_b.is_empty());
    let since = by_b[0].seq;
    let later = w.history(&HistoryQuery { since: Some(since), limit: Some(3), ..HistoryQuery::default() }).unwrap();
    assert_eq!(later.len(), 3);
    assert!(later.iter().all(|c| c.seq > since));
    let elsewhere = w.history(&HistoryQuery { assessment: Some(id(99)), ..HistoryQuery::default() }).unwrap();
    assert!(elsewhere.is_empty());
}

#[test]
fn the_round_before_comes_along_with_its_own_root() {
    let p = place();
    let mut w = workspace(&p.dir);
    mark(&mut w, 2, "XC3-05", Verdict::Partial);
    w.commit(&act(3, "task"), &[Edit::Task(task(1, None, "XC3-05"))]).unwrap();
    let earlier = root(&w);
    let next = domain::Assessment { id: id(2), predecessor: Some(round_id()), created_at: at(100), ..round() };
    let start = store::Act { assessment: id(2), ..act(4, "new") };
    w.commit(&start, &[Edit::Assessment(next)]).unwrap();
    let before = w.snapshot(id(2), pack_identity()).unwrap().predecessor.unwrap();
    assert_eq!((before.id, before.root, before.open_tasks.len()), (round_id(), earlier, 1));
    assert_eq!(before.verdicts["XC3-05"], Verdict::Partial);
    let order: Vec<_> = w.assessments().unwrap().into_iter().map(|a| a.id).collect();
    assert_eq!(order, [id(2), round_id()]);
    let bite = domain::Assessment { predecessor: Some(id(2)), ..round() };
    assert_eq!(w.commit(&act(5, "edit"), &[Edit::Assessment(bite)]).unwrap_err().code(), "predecessor_loop");
}

#[test]
fn another_programs_lock_is_waited_for_and_then_told() {
    let p = place();
    let mut w = workspace(&p.dir);
    let other = rusqlite::Connection::open(p.dir.join("beishen.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let edit = [Edit::Answer(answer("XC3-05", Some(Verdict::Conform), ""))];
    assert_eq!(w.commit(&act(2, "mark"), &edit).unwrap_err().code(), "database_busy");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(w.commit(&act(2, "mark"), &edit).unwrap().changes.len(), 3);
}

#[test]
fn a_pack_is_kept_by_its_hash() {
    let p = place();
    let mut w = workspace(&p.dir);
    let sha = pack_identity().sha256;
    assert_eq!(w.pack_text(&sha).unwrap().as_deref(), Some(PACK));
    w.put_pack(&sha, PACK).unwrap();
    assert_eq!(w.put_pack(&"1".repeat(64), PACK).unwrap_err().code(), "pack_bad");
    let windows = format!("\u{feff}{}", PACK.replace('\n', "\r\n")).replace("0.1.0", "0.2.0");
    let sha = domain::snapshot::sha256_hex(PACK.replace("0.1.0", "0.2.0").as_bytes());
    w.put_pack(&sha, &windows).unwrap();
    assert_eq!(w.pack_text(&sha).unwrap().unwrap(), PACK.replace("0.1.0", "0.2.0"));
}
