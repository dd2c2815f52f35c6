//! A whole round by the command line alone: from the first mark to the approval, and on to the next round.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/calls.rs"]
mod calls;
mod common;

use common::Desk;
use serde_json::{Value, json};
use std::path::PathBuf;

impl Desk {
    fn file(&self, name: &str, content: &str) -> String {
        let path = self.place(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn place(&self, name: &str) -> PathBuf {
        self.dir.parent().unwrap().join(name)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn from_the_first_mark_to_the_next_round() {
    let desk = Desk::new();
    desk.ok(&["new", "{}", "--organization", "云岭客服中心", "--site", "贵阳", "--member", "评估组长=王工"]);
    let edited = desk.ok(&["round", "edit", "{}", "--scope", "客服热线", "--from", "2026-01-01", "--to", "2026-06-30"]);
    assert_eq!(edited["assessment"]["team"], json!([{ "role": "评估组长", "name": "王工" }]));
    assert_eq!(desk.ok(&["round", "edit", "{}", "--from", "none"])["assessment"]["period_from"], Value::Null);

    // Marks, ticks, a second look.
    let patches = desk.file("逐条.json", r#"[{"item":"XC3-04","patch":{"verdict":"conform"}},{"item":"XC3-05","patch":{"verdict":"partial","note":"8月迟发"}}]"#);
    assert_eq!(desk.ok(&["mark-each", "{}", &patches])["answers"].as_array().unwrap().len(), 2);
    let kept = desk.ok(&["mark", "{}", "XC3-05", "keep", "--note", "- 抽查"]);
    assert_eq!((&kept["answers"][0]["verdict"], text(&kept["answers"][0]["note"])), (&json!("partial"), "- 抽查"));
    let looked = desk.ok(&["review", "{}", "XC3-04,XC3-05", "accepted", "--note", "同意"]);
    assert_eq!(looked["answers"][1]["review"], "accepted");

    // Evidence: add, record, edit, link, unlink, replace, withdraw.
    let file = desk.file("班表.csv", "日期\n2026-08-24\n");
    let added = desk.ok(&["evidence", "add", "{}", "--item", "XC3-05", &file, "--effective", "2026-08-24"]);
    assert_eq!(text(&added["evidence"][0]["label"]), "EV-0001");
    let record = ["evidence", "add-record", "{}", "--item", "XC3-05", "--kind", "interview", "--title", "访谈排班主管"];
    assert_eq!(desk.ok(&record)["evidence"][0]["kind"], "interview");
    let edit = ["evidence", "edit", "{}", "EV-0001", "--title", "8月班表", "--effective", "none"];
    let edited = desk.ok(&edit);
    assert_eq!((text(&edited["evidence"][0]["title"]), &edited["evidence"][0]["effective"]), ("8月班表", &Value::Null));
    desk.ok(&["evidence", "link", "{}", "EV-0001", "--item", "XC3-04,XC3-06", "--locator", "第 2 行"]);
    assert_eq!(desk.ok(&["evidence", "unlink", "{}", "EV-0001", "--item", "XC3-06"])["links"][0]["withdrawn"], true);
    let newer = desk.file("班表 V2.csv", "日期\n2026-09-24\n");
    desk.ok(&["evidence", "replace", "{}", "EV-0001", &newer]);
    desk.ok(&["evidence", "withdraw", "{}", "EV-0002"]);
    let list = desk.ok(&["evidence", "list", "{}"]);
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!((&list[0]["items"], text(&list[0]["file_name"])), (&json!(["XC3-04", "XC3-05"]), "班表 V2.csv"));

    // A finding and its task, edited, closed, verified; others withdrawn.
    for fact in ["8月班表3份迟发", "记错了"] {
        desk.ok(&["finding", "add", "{}", "--item", "XC3-05", "--grade", "minor", "--fact", fact]);
    }
    let edit = ["finding", "edit", "{}", "NC-01", "--cause", "-10% 人手", "--grade", "observation"];
    let edited = desk.ok(&edit);
    assert_eq!(
        (text(&edited["findings"][0]["cause"]), text(&edited["findings"][0]["fact"])),
        ("-10% 人手", "8月班表3份迟发")
    );
    for title in ["设备岗", "不做了"] {
        let add =
            ["task", "add", "{}", "--finding", "NC-01", "--title", title, "--owner", "排班主管", "--due", "2099-01-01"];
        desk.ok(&add);
    }
    let edited = desk.ok(&["task", "edit", "{}", "T-001", "--due", "2099-02-01", "--priority", "high"]);
    assert_eq!((&edited["tasks"][0]["due"], &edited["tasks"][0]["priority"]), (&json!("2099-02-01"), &json!("high")));
    assert_eq!(desk.ok(&["task", "withdraw", "{}", "T-002"])["tasks"][0]["withdrawn"], true);
    for state in ["doing", "todo", "doing", "to-verify"] {
        assert_eq!(desk.ok(&["task", "move", "{}", "T-001", state])["tasks"][0]["state"], state);
    }
    let close =
        ["task", "move", "{}", "T-001", "closed", "--result", "已设", "--verifier", "质检主管", "--proof", "EV-0001"];
    assert_eq!(desk.ok(&close)["tasks"][0]["proof"].as_array().unwrap().len(), 1);
    desk.ok(&["finding", "withdraw", "{}", "NC-02"]);
    let findings = desk.ok(&["finding", "list", "{}"]);
    assert_eq!((findings.as_array().unwrap().len(), &findings[0]["open"]), (1, &json!(false)));

    // Signatures: one withdrawn, then all three; a report; nothing can be changed.
    let wrong = desk.ok(&["sign", "{}", "prepared", "--name", "写错的人"]);
    let id = text(&wrong["sign_offs"][0]["id"]).to_owned();
    assert_eq!(desk.ok(&["signature", "withdraw", "{}", &id])["sign_offs"][0]["withdrawn"], true);
    for (role, name) in [("prepared", "质检主管"), ("reviewed", "运营经理"), ("approved", "总经理")] {
        desk.ok(&["--as", name, "sign", "{}", role]);
    }
    let signed = desk.ok(&["signature", "list", "{}"]);
    let names: Vec<_> = signed.as_array().unwrap().iter().map(|s| text(&s["name"])).collect();
    assert_eq!(names, ["质检主管", "运营经理", "总经理"]);
    let report = desk.place("报告.pdf");
    desk.ok(&["report", "{}", "-o", report.to_str().unwrap(), "--layout", "management"]);
    assert_eq!(desk.ok(&["reports", "{}"])[0]["number"], 1);
    assert_eq!(desk.ok(&["report-differs", "{}"]), Value::Null);
    assert_eq!(desk.run(&["mark", "{}", "XC3-06", "conform"]).status.code(), Some(1), "frozen");

    // Reopened, changed: the report differs. And on to the next round.
    desk.ok(&["reopen", "{}", "--reason", "客户补充材料"]);
    desk.ok(&["mark", "{}", "XC3-06", "conform"]);
    assert_eq!(desk.run(&["report-differs", "{}"]).status.code(), Some(3));
    let first = desk.ok(&["round", "list", "{}"])[0]["id"].clone();
    let next = desk.ok(&["round", "start", "{}", "--title", "2027年复评", "--to", "2027-06-30"]);
    assert_ne!(next["assessment"], first);
    let rounds = desk.ok(&["round", "list", "{}"]);
    let newest = &rounds[0];
    assert_eq!((&newest["predecessor"], text(&newest["title"])), (&first, "2027年复评"));
    assert_eq!((text(&newest["organization"]), &newest["sites"]), ("云岭客服中心", &json!(["贵阳"])));
    let before = desk.ok(&["--assessment", text(&first), "items", "{}", "--verdict", "conform"]);
    assert_eq!(before.as_array().unwrap().len(), 2, "the round before is still there");
    assert_eq!(desk.ok(&["doctor", "{}"])["troubles"], json!([]));
    assert_eq!(desk.ok(&["health", "{}"])["signed"], json!([]));
}
