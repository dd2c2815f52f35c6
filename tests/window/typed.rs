//! What is typed or pasted into the real window: nothing of it goes without a word, nothing unclear becomes a verdict.

use crate::harness::{App, Outcome, Place, until};
use serde_json::{Value, json};

/// What the page gets when this is pasted into the field that has the keyboard.
async fn put(app: &App, text: &str) {
    app.press(["n"]).await;
    until("the note has the keyboard", || async {
        app.script("return document.activeElement.dataset.testid", vec![]).await == "note"
    })
    .await;
    let done = app.script("return document.execCommand('insertText', false, arguments[0])", vec![json!(text)]).await;
    assert_eq!(done, json!(true));
}

async fn boxed(app: &App) -> Value {
    app.see("note").await;
    app.script("return document.querySelector('[data-testid=note]').value", vec![]).await
}

fn note_of<'a>(round: &'a Value, item: &str) -> Option<&'a str> {
    round["snapshot"]["answers"].as_array()?.iter().find(|a| a["item"] == item)?["note"].as_str()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_soft_break_of_another_program_is_kept_as_a_line() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let item = app.codes().await.remove(0);
    put(&app, "抽查三月班表\u{B}两班未公布\u{1}\u{2028}已约谈").await;
    let kept = "抽查三月班表\n两班未公布\n已约谈";
    app.holds("the text is on disk", |round| note_of(round, &item) == Some(kept)).await;
    until("the box shows what is kept", || async { boxed(&app).await == kept }).await;
    app.see("note-mended").await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_text_stays_in_its_box_across_screens_and_a_restart() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    let dir = app.create(&place).await;
    let item = app.codes().await.remove(0);
    let long = "抽查记录。".repeat(20_001);
    put(&app, &long).await;
    let said = app.see("note-error").await.text().await?;
    assert!(said.contains("100000") || said.contains("100,000"), "{said}");
    app.go("findings").await;
    app.go("assess").await;
    assert_eq!(boxed(&app).await, long.as_str());
    app.see("note-error").await;
    let none = |round: &Value| note_of(round, &item).unwrap_or_default().is_empty();
    assert!(none(&app.round().await));
    app.close().await?;

    let app = App::with(&place, &[&dir.display().to_string()]).await;
    app.see("nav-assess").await;
    app.go("assess").await;
    until("the text is back", || async { boxed(&app).await == long.as_str() }).await;
    app.see("note-error").await;
    assert!(none(&app.round().await));
    // What is shortened is taken.
    app.script(
        "const box = document.querySelector('[data-testid=note]');
         box.focus(); box.select(); return document.execCommand('insertText', false, arguments[0])",
        vec![json!("抽查记录。")],
    )
    .await;
    app.holds("the shorter text is on disk", |round| note_of(round, &item) == Some("抽查记录。")).await;
    app.gone("note-error").await;
    app.close().await
}
