//! 逐项评估: marking without the mouse, undoing, filling down, pasting, searching.

use crate::desktop;
use crate::harness::{App, Outcome, Place, until};
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

fn verdicts(round: &Value) -> Vec<(String, String)> {
    let answers = round["snapshot"]["answers"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    answers.iter().map(|a| (text(&a["item"]), text(&a["verdict"]))).collect()
}

fn answer<'a>(round: &'a Value, item: &str) -> Option<&'a Value> {
    round["snapshot"]["answers"].as_array().unwrap().iter().find(|a| a["item"] == item)
}

async fn current(app: &App) -> String {
    app.see("detail").await.attr("data-code").await.unwrap().unwrap()
}

async fn focused(app: &App) -> Value {
    app.script("return document.activeElement.dataset.testid", vec![]).await
}

/// Calls the current item 不适用; the field for its reason is there and waits for letters.
async fn call_not_applicable(app: &App) -> WebElement {
    app.press(["4"]).await;
    let reason = app.see("reason").await;
    until("the field has the focus", || async { focused(app).await == "reason" }).await;
    reason
}

#[tokio::test(flavor = "multi_thread")]
async fn all_items_are_marked_by_keys_alone() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let codes = app.codes().await;
    assert_eq!(codes.len(), 224);
    // Every key marks and goes on to the next item; nothing is clicked.
    for (at, _) in codes.iter().enumerate() {
        app.press([["1", "2", "3"][at % 3]]).await;
    }
    app.holds("all items are marked", |round| verdicts(round).len() == 224).await;
    let round = app.round().await;
    let expected: Vec<_> = codes
        .iter()
        .enumerate()
        .map(|(at, code)| (code.clone(), ["conform", "partial", "nonconform"][at % 3].to_owned()))
        .collect();
    let mut held = verdicts(&round);
    held.sort();
    let mut wanted = expected;
    wanted.sort();
    assert_eq!(held, wanted);
    assert_eq!(round["figures"]["score"]["overall"]["unassessed"], 0);
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_undos_as_steps_bring_back_the_first_root() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let first = app.root().await;
    let mut roots = vec![first.clone()];
    // Three marks, and the last one taken away again.
    for keys in [["1"].as_slice(), &["2"], &["3"], &["k", "0"]] {
        app.press(keys.iter().copied()).await;
        let before = roots.last().unwrap().clone();
        app.holds("the key changed something", |round| round["root"] != before.as_str()).await;
        roots.push(app.root().await);
    }
    for root in roots.iter().rev().skip(1) {
        app.control("z").await;
        app.holds("undo led one step back", |round| round["root"] == root.as_str()).await;
    }
    assert_eq!(app.root().await, first);
    for root in roots.iter().skip(1) {
        app.control("y").await;
        app.holds("redo led one step on", |round| round["root"] == root.as_str()).await;
    }
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_step_is_undone_back_to_the_first_root() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let mut roots = vec![app.root().await];
    let step = async |roots: &mut Vec<String>, what: &str| {
        app.holds(what, |round| round["root"] != roots.last().unwrap().as_str()).await;
        roots.push(app.root().await);
    };
    app.press(["2"]).await;
    step(&mut roots, "a verdict").await;
    place.answer([place.file("班表.txt", "早班 8:00".as_bytes())]);
    app.press(["k", "e"]).await;
    step(&mut roots, "evidence").await;
    app.press(["f"]).await;
    app.fill("finding-fact", "三月班表未公布。").await;
    app.click("finding-save").await;
    app.gone("finding-dialog").await;
    step(&mut roots, "a finding").await;
    app.press(["n"]).await;
    app.see("note").await.send_keys("抽查三月班表。").await?;
    step(&mut roots, "a note").await;
    app.press_key(Key::Escape).await;
    for _ in 0..2 {
        app.shift(Key::Down).await;
    }
    app.control("d").await;
    step(&mut roots, "filled down").await;
    app.press_key(Key::Escape).await;
    paste(&app, "符合\n部分符合").await;
    app.click("paste-apply").await;
    app.gone("paste-dialog").await;
    step(&mut roots, "a pasted column").await;
    for root in roots.iter().rev().skip(1) {
        app.control("z").await;
        app.holds("undo led one step back", |round| round["root"] == root.as_str()).await;
    }
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_saved_by_itself_after_a_pause() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let item = current(&app).await;
    app.press(["n"]).await;
    let note = "抽查 2026 年 3 月录音 30 通，27 通按规范报读工号；3 通漏报，已记入质检台账。";
    app.see("note").await.send_keys(note).await?;
    app.holds("the note is on disk", |round| answer(round, &item).is_some_and(|a| a["note"] == note)).await;
    until("the page says so", || async {
        app.see("save-state").await.attr("data-state").await.unwrap().as_deref() == Some("saved")
    })
    .await;
    // Digits in a note are text, not verdicts.
    assert!(answer(&app.round().await, &item).unwrap()["verdict"].is_null());
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn not_applicable_asks_for_its_reason_before_anything_is_written() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let item = current(&app).await;
    let root = app.root().await;
    let reason = call_not_applicable(&app).await;
    assert_eq!(app.root().await, root, "nothing is written without a reason");
    reason.send_keys("评估范围内没有外呼业务。").await?;
    app.web.action_chain().key_down(Key::Control).send_keys(Key::Enter.value()).key_up(Key::Control).perform().await?;
    app.holds("verdict and reason are written together", |round| {
        answer(round, &item).is_some_and(|a| a["verdict"] == "na" && a["reason"] == "评估范围内没有外呼业务。")
    })
    .await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_another_window_leaves_a_reason_where_it_was() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let item = current(&app).await;
    call_not_applicable(&app).await;
    app.press(["评估范围内"]).await;
    app.script("window.away = 0; window.addEventListener('blur', () => (window.away += 1))", vec![]).await;
    until("the window has lost the keyboard", || async {
        desktop::turn_away_from(app.process());
        app.script("return window.away", vec![]).await != 0
    })
    .await;
    app.holds("what there was is written", |round| answer(round, &item).is_some_and(|a| a["reason"] == "评估范围内"))
        .await;
    assert_eq!(current(&app).await, item);
    assert_eq!(focused(&app).await, "reason");
    app.press(["没有外呼业务。"]).await;
    app.holds("the rest follows", |round| {
        answer(round, &item).is_some_and(|a| a["verdict"] == "na" && a["reason"] == "评估范围内没有外呼业务。")
    })
    .await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_items_are_marked_and_filled_down_in_one_step() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let codes = app.codes().await;
    let root = app.root().await;
    for _ in 0..3 {
        app.shift(Key::Down).await;
    }
    app.see("bulk").await;
    app.press(["2"]).await;
    app.holds("four items are partial", |round| verdicts(round).iter().filter(|(_, v)| v == "partial").count() == 4)
        .await;
    app.control("z").await;
    app.holds("one undo takes all back", |round| round["root"] == root.as_str()).await;

    app.press_key(Key::Escape).await;
    app.press_key(Key::Home).await;
    app.press(["3", "k"]).await;
    for _ in 0..2 {
        app.shift(Key::Down).await;
    }
    app.control("d").await;
    app.holds("the verdict went down", |round| {
        codes[..3].iter().all(|code| answer(round, code).is_some_and(|a| a["verdict"] == "nonconform"))
    })
    .await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_from_a_spreadsheet_is_pasted_after_a_look() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let codes = app.codes().await;
    paste(&app, "符合\n部分符合\n不符合").await;
    app.see("paste-dialog").await;
    app.click("paste-apply").await;
    app.holds("the column is written", |round| {
        ["conform", "partial", "nonconform"]
            .iter()
            .zip(&codes)
            .all(|(verdict, code)| answer(round, code).is_some_and(|a| a["verdict"] == *verdict))
    })
    .await;
    app.close().await
}

/// What the page gets when text is pasted.
async fn paste(app: &App, text: &str) {
    app.script(
        "const data = new DataTransfer();
         data.setData('text/plain', arguments[0]);
         document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));",
        vec![json!(text)],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn searching_narrows_the_list_to_what_was_written() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let codes = app.codes().await;
    let patch = json!({ "note": "独一无二的班表公布记录" });
    app.ask("mark", json!({ "items": [codes[7]], "patch": patch })).await;
    // The page learns of it as it would of any other change: by opening the workspace again.
    app.web.refresh().await?;
    app.see("nav-assess").await;
    app.go("assess").await;
    app.press(["/"]).await;
    app.see("search").await.send_keys("独一无二").await?;
    until("one row is left", || async {
        app.script("return document.querySelectorAll('[data-testid^=\"item-row-\"]').length", vec![]).await == 1
    })
    .await;
    app.see(&format!("item-row-{}", codes[7])).await;
    app.close().await
}
