//! Text search over everything that was written.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Entity, Verdict};
use store::{Edit, Workspace};

fn filled(p: &Place) -> Workspace {
    let mut w = workspace(&p.dir);
    let f = finding(1, "XC3-05");
    let mut reason = answer("XC3-07", Some(Verdict::NotApplicable), "");
    reason.reason = "无外呼业务，占比 100%".into();
    let stored = w.import_bytes("门禁日志.csv", b"a,b").unwrap();
    let edits = [
        Edit::Answer(answer("XC3-05", Some(Verdict::Partial), "夜班门禁记录缺两小时，IVR_menu 未更新")),
        Edit::Answer(reason),
        Edit::Evidence(evidence(1, &stored)),
        Edit::Task(task(1, Some(&f), "XC3-05")),
        Edit::Finding(f),
    ];
    w.commit(&act(2, "fill"), &edits).unwrap();
    w
}

fn found(w: &Workspace, text: &str) -> Vec<(Entity, String)> {
    w.search(None, text).unwrap().into_iter().map(|hit| (hit.entity, hit.field)).collect()
}

#[test]
fn two_chinese_characters_are_found_everywhere() {
    let p = place();
    let w = filled(&p);
    let expected = [
        (Entity::Answer, "note"),
        (Entity::Evidence, "file_name"),
        (Entity::Finding, "fact"),
        (Entity::Finding, "cause"),
        (Entity::Finding, "criterion"),
        (Entity::Task, "detail"),
    ];
    assert_eq!(found(&w, "门禁"), expected.map(|(e, f)| (e, f.to_owned())));
    let hits = w.search(Some(round_id()), " 门禁 ").unwrap();
    assert_eq!(hits.len(), 6);
    assert_eq!((hits[0].item.as_deref(), hits[0].key.as_str()), (Some("XC3-05"), &*format!("{}/XC3-05", round_id())));
    assert!(hits[0].excerpt.contains("夜班门禁记录"));
    assert_eq!(hits[1].item, None);
}

#[test]
fn wildcards_are_letters_and_case_does_not_matter() {
    let p = place();
    let w = filled(&p);
    assert_eq!(found(&w, "100%"), [(Entity::Answer, "reason".to_owned())]);
    assert_eq!(found(&w, "ivr_MENU"), [(Entity::Answer, "note".to_owned())]);
    for nothing in ["门_", "%", "门%禁", "IVR-menu", "\\", "'", "", "   "] {
        let expected = if nothing == "%" { vec![(Entity::Answer, "reason".to_owned())] } else { vec![] };
        assert_eq!(found(&w, nothing), expected, "{nothing}");
    }
}

#[test]
fn withdrawn_rows_and_rounds_are_not_found() {
    let p = place();
    let mut w = filled(&p);
    assert_eq!(w.search(Some(id(99)), "门禁").unwrap(), []);
    let mut f = finding(1, "XC3-05");
    f.withdrawn = true;
    w.commit(&act(3, "withdraw"), &[Edit::Finding(f)]).unwrap();
    assert_eq!(found(&w, "控制器断电"), []);
    let mut gone = round();
    gone.withdrawn = true;
    w.commit(&act(4, "withdraw"), &[Edit::Assessment(gone)]).unwrap();
    assert_eq!(found(&w, "门禁"), []);
    assert_eq!(w.assessments().unwrap(), []);
}
