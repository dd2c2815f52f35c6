//! Evidence: from dialogs and the clipboard, as records, and what happens when it is gone.

use crate::harness::{App, Outcome, Place, until};
use serde_json::{Value, json};

fn evidence(round: &Value) -> &[Value] {
    round["snapshot"]["evidence"].as_array().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_any_type_are_added_by_key_and_listed_with_their_state() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let files = [
        place.file("培训签到表.csv", "姓名,日期\n坐席甲,2026-03-02\n".as_bytes()),
        place.file("通话录音 0001.amr", b"#!AMR\n\x00\x01"),
        place.file("空文件.txt", b""),
    ];
    place.answer(&files);
    app.press(["e"]).await;
    app.holds("three files are linked", |round| {
        evidence(round).len() == 3 && round["snapshot"]["links"].as_array().unwrap().len() == 3
    })
    .await;
    app.go("evidence").await;
    app.see("evidence-row-EV-0001").await;
    until("the recording is listed", || async { app.text().await.contains("通话录音 0001.amr") }).await;
    // The same content a second time is the same evidence.
    place.answer([place.file("另一个名字.csv", "姓名,日期\n坐席甲,2026-03-02\n".as_bytes())]);
    app.go("assess").await;
    app.press(["j", "e"]).await;
    app.holds("the next item is linked to the same evidence", |round| {
        evidence(round).len() == 3 && round["snapshot"]["links"].as_array().unwrap().len() == 4
    })
    .await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_evidence_is_refused_in_words_and_writes_nothing() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let root = app.root().await;
    let good = place.file("好文件.txt", "内容".as_bytes());
    let folder = place.path("一个文件夹");
    std::fs::create_dir(&folder).unwrap();
    for bad in [folder, place.path("已经消失.pdf")] {
        place.answer([&good, &bad]);
        app.press(["e"]).await;
        app.see("toast").await;
        app.click_css("[data-testid=\"toast\"] button").await;
        app.gone("toast").await;
    }
    assert_eq!(app.root().await, root, "all or nothing");
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_screenshot_becomes_evidence_of_the_item() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    app.script(
        "const canvas = document.createElement('canvas');
         canvas.width = 40; canvas.height = 30;
         canvas.getContext('2d').fillRect(0, 0, 20, 30);
         const bytes = Uint8Array.from(atob(canvas.toDataURL('image/png').split(',')[1]), (c) => c.charCodeAt(0));
         const data = new DataTransfer();
         data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
         document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));",
        vec![],
    )
    .await;
    app.holds("the picture is evidence", |round| evidence(round).len() == 1).await;
    let round = app.round().await;
    let row = &evidence(&round)[0];
    assert_eq!(row["media_type"], "image/png");
    let preview = app.ask("preview_evidence", json!({ "id": row["id"] })).await;
    assert_eq!(preview["kind"], "image");
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_is_written_down_as_evidence() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    app.go("evidence").await;
    app.click_css("[data-testid=\"evidence-add\"]").await;
    app.click("evidence-add-interview").await;
    app.fill("record-title", "访谈：质检主管").await;
    app.fill("record-text", "每月抽检 2%，结果在班前会通报；未见书面抽样规则。").await;
    app.click("record-save").await;
    app.gone("record-dialog").await;
    app.holds("the interview is recorded", |round| {
        evidence(round).first().is_some_and(|e| e["kind"] == "interview" && e["title"] == "访谈：质检主管")
    })
    .await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_that_was_changed_behind_our_back_is_found() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    let dir = app.create(&place).await;
    place.answer([place.file("质检台账.txt", "一月：合格率 96%".as_bytes())]);
    app.press(["e"]).await;
    app.holds("the file is evidence", |round| evidence(round).len() == 1).await;
    let sha256 = evidence(&app.round().await)[0]["sha256"].as_str().unwrap().to_owned();
    let stored = dir.join("evidence").join(&sha256[..2]).join(&sha256);
    let mut permissions = std::fs::metadata(&stored).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o600);
    std::fs::set_permissions(&stored, permissions).unwrap();
    std::fs::write(&stored, "一月：合格率 99%").unwrap();
    app.go("report").await;
    app.click("verify-evidence").await;
    until("the gate names the evidence", || async {
        app.text().await.contains("EV-0001") && app.shows("gate-defect").await
    })
    .await;
    app.see("gate").await;
    app.close().await
}
