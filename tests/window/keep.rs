//! What was confirmed stays: over a restart, a kill, a second window, a backup.

use crate::harness::{App, Outcome, Place, until};
use crate::processes;
use serde_json::json;
use std::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_everything_and_can_still_undo() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let empty = app.root().await;
    app.press(["1"]).await;
    app.holds("the mark is written", |round| round["root"] != empty.as_str()).await;
    let root = app.root().await;
    app.close().await?;

    let app = App::start(&place).await;
    app.click("recent-workspace").await;
    app.see("nav-assess").await;
    assert_eq!(app.root().await, root);
    app.control("z").await;
    app.holds("the step of yesterday is undone", |round| round["root"] == empty.as_str()).await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_window_loses_at_most_what_was_being_typed() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    let dir = app.create(&place).await;
    let item = app.codes().await.remove(0);
    app.press(["1", "k", "n"]).await;
    app.see("note").await.send_keys("已写下的记录。").await?;
    app.holds("the note is written", |round| {
        round["snapshot"]["answers"][0]["note"].as_str().is_some_and(|note| note.contains("已写下的记录"))
    })
    .await;
    let root = app.root().await;
    // One input, as a word from an input method is: between two letters a busy machine could pause long enough to save the first.
    let put = app.script("return document.execCommand('insertText', false, arguments[0])", vec![json!("还没")]).await;
    assert_eq!(put, json!(true));
    app.kill();

    let app = App::with(&place, &[&dir.display().to_string()]).await;
    app.see("nav-assess").await;
    let round = app.round().await;
    let answer = &round["snapshot"]["answers"][0];
    assert_eq!((&answer["item"], &answer["verdict"]), (&json!(item), &json!("conform")));
    let note = answer["note"].as_str().unwrap();
    assert!(note.starts_with("已写下的记录。"), "{note}");
    assert!(round["root"] == root.as_str() || note.ends_with("还没"), "neither before nor after the pause: {note}");
    assert_eq!(app.ask("doctor", json!({ "job": "d" })).await, json!([]));
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_closes_the_workspace_as_the_window_does() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    let dir = app.create(&place).await;
    let empty = app.root().await;
    app.press(["1"]).await;
    app.holds("the mark is written", |round| round["root"] != empty.as_str()).await;
    let lock = || std::fs::metadata(dir.join(".lock")).map_or(u64::MAX, |lock| lock.len());
    assert!(lock() > 0, "an open workspace says who has it");
    let program = app.process();
    Command::new("kill").args(["-TERM", &program.to_string()]).status().unwrap();
    until("the program has ended", || async { processes::parent(program).is_none() }).await;
    // Emptied only by an end that was in order.
    assert_eq!(lock(), 0);
    app.kill();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_in_use_says_by_whom_and_is_left_alone() -> Outcome {
    let (place, other) = (Place::new(), Place::new());
    let first = App::start(&place).await;
    let dir = first.create(&place).await;
    let second = App::start(&other).await;
    other.answer(&dir);
    second.click("open-workspace").await;
    let said = second.see("toast").await.text().await?;
    assert!(said.contains(&format!("进程 {}", first.process())), "by whom: {said}");
    assert_eq!(second.try_ask("open_workspace", json!({ "dir": dir })).await, Err("workspace_locked".to_owned()));
    first.press(["1"]).await;
    first.holds("the first window goes on", |round| round["figures"]["score"]["overall"]["conform"] == 1).await;
    second.close().await?;
    first.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_and_restored_from_the_settings() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    app.press(["1"]).await;
    app.holds("the mark is written", |round| round["figures"]["score"]["overall"]["conform"] == 1).await;
    let root = app.root().await;
    app.go("settings").await;
    app.click("backup-now").await;
    app.see("restore").await;
    app.go("assess").await;
    app.press(["3"]).await;
    app.holds("work goes on", |round| round["figures"]["score"]["overall"]["nonconform"] == 1).await;
    app.go("settings").await;
    app.click("restore").await;
    app.click("restore-confirm").await;
    app.gone("restore-dialog").await;
    app.holds("the state of the backup is back", |round| round["root"] == root.as_str()).await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_s_own_log_holds_nothing_that_the_user_wrote() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let item = app.codes().await.remove(0);
    let secret = "只有评估组知道的内容";
    app.ask("mark", json!({ "items": [item], "patch": { "note": secret } })).await;
    let finding =
        json!({ "item": item, "grade": "minor", "fact": "", "criterion": secret, "cause": "", "department": "" });
    assert_eq!(app.try_ask("add_finding", json!({ "draft": finding })).await, Err("field".to_owned()));
    app.close().await?;
    let log = place.log();
    assert!(log.contains("add_finding") && log.contains("field"), "the refusal is in the log: {log}");
    for text in [secret, "示例客服中心", item.as_str()] {
        assert!(!log.contains(text), "{text} is in the log");
    }
    Ok(())
}
