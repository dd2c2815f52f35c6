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

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_excel_with_a_column_of_numbers_is_assigned_and_undone_in_one_step() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let codes = app.codes().await;
    let root = app.root().await;
    let row = |n: usize, verdict: &str, who: &str| {
        format!("<tr><td x:num>{n}</td><td class=xl65>{verdict}</td><td>{who}</td><td>\"{verdict}\"，见附件</td></tr>")
    };
    let html = format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table>{}{}{}</table></body></html>",
        row(1, "符合", "张三"),
        row(2, "不符合", "李四"),
        row(3, "符合", "张三"),
    );
    app.script(
        "const data = new DataTransfer();
         data.setData('text/html', arguments[0]);
         data.setData('text/plain', '1\\t2\\t3');
         document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));",
        vec![json!(html)],
    )
    .await;
    app.see("paste-ask-columns").await;
    assert!(!app.see("paste-apply").await.is_enabled().await?, "nothing is taken before the columns are known");
    for (column, holds) in [(0, "skip"), (1, "verdict"), (2, "skip"), (3, "note")] {
        app.click(&format!("paste-column-{column}")).await;
        app.click(&format!("paste-column-{column}-{holds}")).await;
    }
    until("it can be taken", || async { app.see("paste-apply").await.is_enabled().await.unwrap() }).await;
    app.click("paste-apply").await;
    app.gone("paste-dialog").await;
    app.holds("the rows are written", |round| {
        let verdicts = ["conform", "nonconform", "conform"].iter().zip(&codes);
        let answers = round["snapshot"]["answers"].as_array().unwrap();
        answers.len() == 3
            && verdicts
                .clone()
                .all(|(verdict, code)| answers.iter().any(|a| a["item"] == *code && a["verdict"] == *verdict))
            && note_of(round, &codes[1]) == Some("\"不符合\"，见附件")
    })
    .await;
    app.control("z").await;
    app.holds("one undo takes all of it back", |round| round["root"] == root.as_str()).await;
    app.close().await
}
