//! Makes the golden database of this schema version, for the day the version is released; what is in `tests/golden` is never made again:
//! `cargo run -p store --example golden -- src-tauri/crates/store/tests/golden/v<VERSION>`.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

use common::*;
use domain::{Flaw, ReportRecord, SignRole, Verdict, snapshot};
use std::fs;
use store::{Edit, StoredFile};

fn main() {
    let to = std::path::PathBuf::from(std::env::args_os().nth(1).expect("the folder to write"));
    let p = place();
    let mut w = workspace(&p.dir);
    let file: StoredFile = w.import_bytes("班表.pdf", b"%PDF-1.7").unwrap();
    let empty =
        domain::Evidence { flaw: Some(Flaw::Empty), ..evidence(2, &w.import_bytes("门禁.csv", b"").unwrap()) };
    let (proof, found) = (evidence(1, &file), finding(1, "XC3-05"));
    let linked = link(&proof, "XC3-05");
    let todo = task(1, Some(&found), "XC3-05");
    let rows =
        [Edit::Evidence(proof), Edit::Link(linked), Edit::Evidence(empty), Edit::Finding(found), Edit::Task(todo)];
    w.commit(&act(2, "fill"), &rows).unwrap();
    for n in 1..=20 {
        let verdict = Verdict::ALL[n % 3];
        mark(&mut w, 2 + n as u128, &format!("XC3-{n:02}"), verdict);
    }
    let mut proposed = answer("XC3-21", Some(Verdict::NotApplicable), "");
    (proposed.reason, proposed.proposed) = ("不开展外呼业务".into(), true);
    w.commit(&act(23, "mark"), &[Edit::Answer(proposed)]).unwrap();
    w.undo(&act(30, "step"), round_id()).unwrap();
    w.undo(&act(31, "step"), round_id()).unwrap();
    w.redo(&act(32, "step"), round_id()).unwrap();
    w.redo(&act(33, "step"), round_id()).unwrap();
    let root = root(&w);
    let signed = sign_off(1, SignRole::Prepared, &root);
    w.commit(&act(34, "sign"), &[Edit::SignOff(signed)]).unwrap();
    let report = ReportRecord {
        id: id(0x6001),
        assessment: round_id(),
        number: 1,
        root: root.clone(),
        pdf_sha256: snapshot::sha256_hex(b"%PDF-1.7 report"),
        file_name: "准备度报告.pdf".into(),
        layout: "gap".into(),
        lang: "zh".into(),
        draft: true,
        exported_by: "质检主管".into(),
        exported_at: at(35),
        withdrawn: false,
        options_sha256: snapshot::sha256_hex(b"{}"),
        format: snapshot::FORMAT,
    };
    w.commit(&act(35, "report"), &[Edit::Report(report)]).unwrap();
    let next = domain::Assessment { id: id(2), predecessor: Some(round_id()), created_at: at(100), ..round() };
    w.commit(&store::Act { assessment: id(2), ..act(36, "new") }, &[Edit::Assessment(next)]).unwrap();
    let roots = [round_id(), id(2)].map(|round| w.snapshot(round, pack_identity()).unwrap().root());
    let expected = format!("{}\n{}\n{}\n", roots[0], roots[1], w.chain_head().unwrap());
    w.close().unwrap();
    fs::create_dir(&to).unwrap();
    fs::copy(p.dir.join("beishen.db"), to.join("beishen.db")).unwrap();
    fs::write(to.join("expected.txt"), expected).unwrap();
}
