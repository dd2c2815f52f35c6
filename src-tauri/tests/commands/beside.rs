//! Long work goes on beside everything else. A job is held up in its own progress until other commands have been answered, so a
//! command that waited for the job would wait for ever.

use crate::shell::{Shell, root_of, write};
use serde_json::{Value, json};
use shell::state::AppState;
use std::sync::mpsc;
use tauri::Manager as _;

fn while_held_up(shell: &Shell, command: &str, args: Value, stage: &'static str, meanwhile: impl FnOnce()) -> Value {
    let (reached, is_reached) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let mut held_up = false;
    *shell.on_progress.lock().unwrap() = Some(Box::new(move |progress| {
        if progress.stage == stage && !held_up {
            held_up = true;
            reached.send(()).unwrap();
            may_go_on.recv().unwrap();
        }
    }));
    let done = std::thread::scope(|scope| {
        let job = scope.spawn(|| shell.call(command, args));
        is_reached.recv().unwrap();
        meanwhile();
        go_on.send(()).unwrap();
        job.join().unwrap()
    });
    *shell.on_progress.lock().unwrap() = None;
    done
}

#[test]
fn marks_are_answered_while_a_report_is_made_and_the_report_is_of_the_moment_it_was_asked_for() {
    let shell = Shell::new();
    let opened = shell.create();
    let item = Shell::item(&opened, 0);
    let root = shell.root();
    let pdf = shell.path("报告.pdf");
    shell.answer(&json!(pdf));
    let path = shell.call("pick_save", json!({ "purpose": "report", "suggestedName": "报告.pdf" }));
    let export = json!({ "job": "r", "path": path, "options": { "layout": "certification", "draft": true } });
    let done = while_held_up(&shell, "export_report", export, "layout", || {
        let mark = json!({ "items": [item], "patch": { "verdict": "conform", "note": "导出时又改了一条" } });
        assert_eq!(shell.call("mark", mark)["answers"][0]["verdict"], "conform");
        shell.call("undo", json!({}));
        shell.call("redo", json!({}));
    });
    assert_eq!(done["record"]["root"], root);
    let differs = shell.call("report_differs", json!({}));
    assert_eq!(
        (&differs["number"], &differs["root"]),
        (&json!(1), &json!(root)),
        "the page learns that it is out of date"
    );
    let verified = shell.call("verify_report", json!({ "path": path, "packDir": null }));
    let subjects: Vec<_> = verified["mismatches"].as_array().unwrap().iter().map(|m| &m["subject"]).collect();
    assert_eq!(subjects, [&json!(item)], "whole in itself, and only that item differs from the workspace");
    assert_eq!(shell.call("doctor", json!({ "job": "d" })), json!([]));
}

#[test]
fn marks_are_answered_while_files_are_copied_hashed_and_packed() {
    let shell = Shell::new();
    let opened = shell.create();
    let (item, other) = (Shell::item(&opened, 0), Shell::item(&opened, 1));
    let files: Vec<_> =
        (0..40).map(|n| write(&shell.path(&format!("录音{n:02}.wav")), &format!("第 {n} 段").repeat(5000))).collect();
    shell.answer(&json!(files));
    let paths = shell.call("pick_files", json!({ "purpose": "evidence" }));
    let mut n = 0;
    let mut mark = || {
        n += 1;
        let note = format!("第 {n} 次");
        let update = shell.call("mark", json!({ "items": [other], "patch": { "note": note } }));
        assert_eq!(update["answers"][0]["note"], note);
    };
    let add = json!({ "job": "a", "items": [item], "paths": paths, "draft": {} });
    let update = while_held_up(&shell, "add_files", add, "import", &mut mark);
    assert_eq!(update["evidence"].as_array().unwrap().len(), 40);
    while_held_up(&shell, "verify_evidence", json!({ "job": "v" }), "verify", &mut mark);
    while_held_up(&shell, "doctor", json!({ "job": "d" }), "check", &mut mark);
    let folder = shell.path("证据包");
    shell.answer(&json!(folder));
    let dir = shell.call("pick_folder", json!({ "purpose": "pack" }));
    let pack = json!({ "job": "p", "dir": dir, "options": {} });
    let packed = while_held_up(&shell, "export_pack", pack, "pack", &mut mark);
    assert_eq!(packed["left_out"], json!([]));
    assert_eq!(packed["report"]["update"]["reports"][0]["number"], 1);
    assert_eq!(shell.call("doctor", json!({ "job": "d" })), json!([]));
}

#[test]
fn a_cancelled_import_leaves_nothing_in_the_round_it_was_for_though_another_is_on_screen_now() {
    let shell = Shell::new();
    let opened = shell.create();
    let file = write(&shell.path("补充材料.txt"), "补充的排班说明");
    shell.answer(&json!([file]));
    let paths = shell.call("pick_files", json!({ "purpose": "evidence" }));
    let (reached, is_reached) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    *shell.on_progress.lock().unwrap() = Some(Box::new(move |_| {
        let _ = reached.send(());
        let _ = may_go_on.recv();
    }));
    let root = shell.root();
    let add = json!({ "job": "a", "items": [Shell::item(&opened, 0)], "paths": paths, "draft": {} });
    std::thread::scope(|scope| {
        let job = scope.spawn(|| shell.refused("add_files", add));
        is_reached.recv().unwrap();
        let next = json!({ "organization": "样例呼叫中心", "title": "下一轮" });
        shell.call("start_round", json!({ "newRound": next }));
        shell.window.state::<AppState>().jobs.cancel("a");
        drop(go_on);
        assert_eq!(job.join().unwrap(), "cancelled");
    });
    let rounds = shell.call("current", json!({}))["rounds"].clone();
    let first = rounds.as_array().unwrap().last().unwrap()["id"].clone();
    assert_eq!(root_of(&shell.call("open_round", json!({ "id": first }))["round"]), root, "nothing of it is left");
}

#[test]
fn closing_stops_what_is_under_way_and_waits_for_it() {
    let shell = Shell::new();
    let opened = shell.create();
    let file = write(&shell.path("大文件.bin"), &"x".repeat(3 << 20));
    shell.answer(&json!([file]));
    let paths = shell.call("pick_files", json!({ "purpose": "evidence" }));
    let (reached, is_reached) = mpsc::channel();
    let mut held_up = false;
    let jobs = shell.window.state::<AppState>().jobs.clone();
    *shell.on_progress.lock().unwrap() = Some(Box::new(move |progress| {
        if !held_up {
            held_up = true;
            reached.send(()).unwrap();
            // Until somebody closes the workspace.
            while !jobs.is_cancelled(&progress.job) {
                std::thread::yield_now();
            }
        }
    }));
    let add = json!({ "job": "a", "items": [Shell::item(&opened, 0)], "paths": paths, "draft": {} });
    std::thread::scope(|scope| {
        let job = scope.spawn(|| shell.refused("add_files", add));
        is_reached.recv().unwrap();
        shell.call("close_workspace", json!({}));
        assert_eq!(job.join().unwrap(), "cancelled");
    });
    let again = shell.call("open_workspace", json!({ "dir": shell.path("甲公司") }));
    assert_eq!(again["round"]["snapshot"]["evidence"], json!([]));
    assert_eq!(shell.call("doctor", json!({ "job": "d" })), json!([]), "and nothing is left of it");
}
