//! Commands as the page calls them: JSON in, JSON out, without a window.

#![allow(clippy::unwrap_used)]

mod beside;
mod hostile;
mod isolation;
mod shell;
mod upkeep;
mod windowless;

use self::shell::{Shell, root_of, write};
use ::shell::state::{AppState, Launch};
use serde_json::{Value, json};
use tauri::Manager as _;

#[test]
fn a_new_workspace_is_made_marked_undone_and_found_again() {
    let shell = Shell::new();
    let opened = shell.create();
    assert_eq!(opened["pack"]["items"].as_array().unwrap().len(), 224);
    assert_eq!(opened["name"], "甲公司");
    let root = shell.root();
    let item = Shell::item(&opened, 0);

    let patch = json!({ "verdict": "conform", "note": "抽查三份记录，均按期归档。" });
    let update = shell.call("mark", json!({ "items": [item], "patch": patch }));
    assert_eq!(update["answers"][0]["verdict"], "conform");
    assert_eq!(update["figures"]["score"]["overall"]["conform"], 1);
    assert_ne!(shell.root(), root);

    assert!(shell.call("undo", json!({}))["answers"].is_array());
    assert_eq!(shell.root(), root, "undo leads back to the first root");
    shell.call("redo", json!({}));

    shell.call("close_workspace", json!({}));
    assert_eq!(shell.refused("health", json!({})), "no_workspace");
    let recent = shell.call("recent_workspaces", json!({}));
    assert_eq!((&recent[0]["name"], &recent[0]["exists"]), (&json!("甲公司"), &json!(true)));
    let again = shell.call("open_workspace", json!({ "dir": shell.path("甲公司") }));
    assert_eq!(again["round"]["snapshot"]["answers"][0]["note"], "抽查三份记录，均按期归档。");
}

#[test]
fn refusals_carry_a_code_and_change_nothing() {
    let shell = Shell::new();
    assert_eq!(shell.refused("mark", json!({ "items": [], "patch": {} })), "no_workspace");
    let opened = shell.create();
    let before = shell.root();
    let item = Shell::item(&opened, 3);
    let mark = |items: Value, patch: Value| shell.refused("mark", json!({ "items": items, "patch": patch }));
    assert_eq!(mark(json!(["XX9-99"]), json!({ "verdict": "conform" })), "unknown_item");
    assert_eq!(mark(json!([item]), json!({ "verdict": "na" })), "reason_missing");
    assert_eq!(mark(json!([item]), json!({ "note": "长".repeat(100_001) })), "field");
    let finding =
        json!({ "item": item, "grade": "minor", "fact": " ", "criterion": "", "cause": "", "department": "" });
    assert_eq!(shell.refused("add_finding", json!({ "draft": finding })), "field");
    assert_eq!(shell.root(), before);
}

#[test]
fn a_workspace_that_cannot_be_opened_leaves_the_open_one_open() {
    let shell = Shell::new();
    shell.create();
    let foreign = shell.path("不是工作区");
    std::fs::create_dir(&foreign).unwrap();
    assert!(shell.refused("open_workspace", json!({ "dir": foreign })).starts_with("workspace_"));
    assert_eq!(shell.call("current", json!({}))["name"], "甲公司");
    // Opening the one that is open already is no conflict with ourselves.
    assert_eq!(shell.call("open_workspace", json!({ "dir": shell.path("甲公司") }))["name"], "甲公司");
}

#[test]
fn the_page_can_name_only_files_that_were_chosen() {
    let shell = Shell::new();
    let opened = shell.create();
    let item = Shell::item(&opened, 0);
    let secret = write(&shell.path("私人.txt"), "不该被读到");
    let draft = json!({});
    let add = json!({ "job": "j1", "items": [item], "paths": [secret], "draft": draft });
    assert_eq!(shell.refused("add_files", add), "path_not_chosen");
    let victim = write(&shell.path("合同.pdf"), "原文");
    let export = json!({ "job": "j2", "path": victim, "options": {} });
    assert_eq!(shell.refused("export_report", export), "path_not_chosen");
    assert_eq!(std::fs::read_to_string(victim).unwrap(), "原文");
    assert_eq!(shell.refused("restore", json!({ "backup": secret })), "path_not_chosen");
}

#[test]
fn chosen_evidence_is_added_linked_looked_at_and_verified_with_progress() {
    let shell = Shell::new();
    let opened = shell.create();
    let (item, other) = (Shell::item(&opened, 0), Shell::item(&opened, 1));
    let file = write(&shell.path("培训签到表.csv"), "姓名,日期\n坐席甲,2026-03-02\n");
    shell.answer(&json!([file]));
    let chosen = shell.call("pick_files", json!({ "purpose": "evidence" }));
    assert_eq!(chosen, json!([file]));
    let add = json!({ "job": "add", "items": [item], "paths": chosen, "draft": { "locator": "第 2 行" } });
    let update = shell.call("add_files", add);
    let id = update["evidence"][0]["id"].clone();
    assert_eq!(update["links"][0]["locator"], "第 2 行");
    let linked = shell.call("link_evidence", json!({ "id": id, "items": [other], "locator": "" }));
    assert_eq!(linked["links"][0]["item"], other.as_str());

    let preview = shell.call("preview_evidence", json!({ "id": id }));
    assert_eq!((preview["kind"].as_str(), preview["more"].as_bool()), (Some("text"), Some(false)));
    assert!(preview["text"].as_str().unwrap().contains("坐席甲"));

    assert_eq!(update["figures"]["files"][id.as_str().unwrap()], "present");
    let verified = shell.call("verify_evidence", json!({ "job": "verify" }));
    assert_eq!(verified["figures"]["files"], json!({}), "nothing is different");
    assert_eq!(shell.call("look_at_evidence", json!({}))["since"], verified["figures"]["version"]);
    let progress = shell.progress.lock().unwrap();
    for (job, stage) in [("add", "import"), ("verify", "verify")] {
        let last = progress.iter().rfind(|p| p.job == job).unwrap_or_else(|| panic!("{job} said nothing"));
        assert_eq!((last.stage.as_str(), last.done), (stage, last.total), "a job ends with everything done");
    }
}

#[test]
fn a_cancelled_dialog_is_no_answer_and_a_pasted_picture_is_evidence() {
    let shell = Shell::new();
    let opened = shell.create();
    shell.answer(&json!(null));
    assert_eq!(shell.call("pick_save", json!({ "purpose": "report", "suggestedName": "a.pdf" })), Value::Null);
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let paste = json!({ "items": [Shell::item(&opened, 0)], "fileName": "截图.png", "bytesBase64": png, "draft": {} });
    let update = shell.call("add_bytes", paste);
    let preview = shell.call("preview_evidence", json!({ "id": update["evidence"][0]["id"] }));
    assert_eq!(preview["kind"], "image");
    let rubbish = json!({ "items": [], "fileName": "x.png", "bytesBase64": "!!", "draft": {} });
    assert_eq!(shell.refused("add_bytes", rubbish), "pasted_unreadable");
}

#[test]
fn a_report_is_exported_found_unchanged_and_told_to_differ_later() {
    let shell = Shell::new();
    let opened = shell.create();
    let target = shell.path("报告.pdf");
    shell.answer(&json!(target));
    let path = shell.call("pick_save", json!({ "purpose": "report", "suggestedName": "报告.pdf" }));
    let options = json!({ "layout": "management", "lang": "zh", "draft": true });
    let done = shell.call("export_report", json!({ "job": "r", "path": path, "options": options }));
    assert_eq!(done["record"]["number"], 1);
    assert_eq!(done["bytes"].as_u64(), Some(std::fs::metadata(&target).unwrap().len()));
    assert!(std::fs::read(&target).unwrap().starts_with(b"%PDF-"));
    assert_eq!(shell.call("report_differs", json!({})), Value::Null);

    let verified = shell.call("verify_report", json!({ "path": path, "packDir": null }));
    assert_eq!((&verified["ok"], &verified["mismatches"]), (&json!(true), &json!([])));
    let item = Shell::item(&opened, 0);
    shell.call("mark", json!({ "items": [item], "patch": { "verdict": "partial" } }));
    assert_eq!(shell.call("report_differs", json!({}))["number"], 1);
    let verified = shell.call("verify_report", json!({ "path": path, "packDir": null }));
    assert_eq!((&verified["ok"], &verified["mismatches"][0]["subject"]), (&json!(false), &json!(item)));
}

#[test]
fn what_the_command_line_asked_for_is_opened_once() {
    let shell = Shell::launched(Some(Launch::Sample));
    let opened = shell.call("current", json!({}));
    assert_eq!(opened["name"], "示例评估");
    assert!(opened["rounds"].as_array().unwrap().len() >= 2, "the sample has a round before this one");
    let item = Shell::item(&opened, 0);
    shell.call("mark", json!({ "items": [item], "patch": { "note": "看过" } }));
    // A reloaded page finds the same workspace, and the sample is not made anew.
    let again = shell.call("current", json!({}));
    assert_eq!(again["round"]["figures"]["undo"]["action"], "note");
    assert_eq!(root_of(&shell.call("open_sample", json!({}))["round"]), root_of(&again["round"]));
}

#[test]
fn settings_are_kept_and_name_the_one_who_acts() {
    let shell = Shell::new();
    let opened = shell.create();
    let wanted = json!({ "lang": "zh", "theme": "dark", "text_scale": 125, "actor": "质检主管", "recent": [] });
    shell.call("save_settings", json!({ "settings": wanted }));
    let kept = shell.call("settings", json!({}));
    assert_eq!((&kept["theme"], &kept["text_scale"]), (&json!("dark"), &json!(125)));
    assert_eq!(kept["recent"][0]["name"], "甲公司", "the page does not write the list of workspaces");
    shell.call("mark", json!({ "items": [Shell::item(&opened, 0)], "patch": { "verdict": "conform" } }));
    let changes =
        shell.call("history", json!({ "query": { "item": null, "actor": "质检主管", "since": null, "limit": 5 } }));
    assert!(changes.as_array().unwrap().iter().any(|c| c["field"] == "verdict"));
}

#[test]
fn a_backup_brings_back_what_was_there() {
    let shell = Shell::new();
    let opened = shell.create();
    let item = Shell::item(&opened, 0);
    shell.call("mark", json!({ "items": [item], "patch": { "verdict": "conform", "note": "备份之前" } }));
    let root = shell.root();
    let backup = shell.call("backup_now", json!({}));
    assert_eq!(shell.call("backups", json!({}))[0]["path"], backup["path"]);
    shell.call("mark", json!({ "items": [item], "patch": { "note": "备份之后" } }));
    let restored = shell.call("restore", json!({ "backup": backup["path"] }));
    assert_eq!(root_of(&restored["round"]), root);
    assert_eq!(shell.call("doctor", json!({ "job": "d" })), json!([]));
}

#[test]
fn no_job_is_left_behind() {
    let shell = Shell::new();
    shell.create();
    shell.call("doctor", json!({ "job": "d" }));
    shell.call("cancel_job", json!({ "job": "d" }));
    assert_eq!(shell.window.state::<AppState>().jobs.running(), 0);
}
