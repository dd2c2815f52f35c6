//! The report screen: exporting, being told of differences, verifying, signing.

use crate::harness::{App, Outcome, Place, until};
use serde_json::json;

async fn export(app: &App, place: &Place, name: &str) -> std::path::PathBuf {
    let path = place.path(name);
    place.answer(&path);
    app.click_css("label:has([data-testid=\"layout-management\"])").await;
    app.click("export-report").await;
    app.see("export-done").await;
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_exported_verified_and_told_apart_from_later_work() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.go("report").await;
    let path = export(&app, &place, "准备度报告.pdf").await;
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"%PDF-"), "not a PDF");
    let reports = app.round().await["reports"].as_array().unwrap().len();
    assert!(reports >= 1);

    // The same again is the same report, not another one.
    export(&app, &place, "再来一次.pdf").await;
    until("the second file is there", || async { place.path("再来一次.pdf").exists() }).await;
    assert_eq!(std::fs::read(place.path("再来一次.pdf")).unwrap(), bytes);
    assert_eq!(app.round().await["reports"].as_array().unwrap().len(), reports);

    place.answer([&path]);
    app.click("verify-report").await;
    app.click("verify-pick").await;
    app.click("verify-run").await;
    app.see("verify-ok").await;
    app.press_key(thirtyfour::Key::Escape).await;
    app.gone("verify-dialog").await;

    let item = app.codes().await.pop().unwrap();
    app.go("assess").await;
    app.press_key(thirtyfour::Key::End).await;
    until("the last item is shown", || async {
        app.see("detail").await.attr("data-code").await.unwrap().as_deref() == Some(item.as_str())
    })
    .await;
    app.press(["0"]).await;
    app.go("report").await;
    app.see("report-differs").await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_cannot_be_written_is_told_and_nothing_is_recorded() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.go("report").await;
    let before = app.root().await;
    place.answer(place.path("没有这个文件夹").join("报告.pdf"));
    app.click("export-report").await;
    app.see("toast").await;
    let round = app.round().await;
    assert_eq!((round["root"].as_str(), &round["reports"]), (Some(before.as_str()), &json!([])));
    // The next attempt works.
    export(&app, &place, "报告.pdf").await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evidence_pack_is_written_and_a_changed_file_in_it_is_found() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.go("report").await;
    let folder = place.path("证据包");
    place.answer(&folder);
    app.click_css("label:has([data-testid=\"layout-management\"])").await;
    app.click("export-pack").await;
    app.see("export-done").await;
    assert!(folder.join("SHA256SUMS").exists());
    let pdf = std::fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .find(|p| p.extension().is_some_and(|e| e == "pdf"));
    let verify = async |expected: &str| {
        place.answer([pdf.as_ref().unwrap()]);
        place.answer(&folder);
        app.click("verify-report").await;
        app.click("verify-pick").await;
        app.click("verify-pick-pack").await;
        app.click("verify-run").await;
        app.see(expected).await;
        app.press_key(thirtyfour::Key::Escape).await;
        app.gone("verify-dialog").await;
    };
    verify("verify-ok").await;
    let evidence = files_below(&folder.join("evidence")).pop().unwrap();
    std::fs::write(&evidence, "换过的内容").unwrap();
    verify("verify-bad").await;
    app.close().await
}

fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_round_is_frozen_until_it_is_reopened_with_a_reason() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    app.press(["1"]).await;
    app.go("report").await;
    for (role, name) in [("prepared", "质检员"), ("approved", "运营总监")] {
        app.click(&format!("sign-{role}")).await;
        app.fill("sign-name", name).await;
        app.click("sign-confirm").await;
        app.gone("sign-dialog").await;
    }
    app.holds("the round is frozen", |round| round["snapshot"]["assessment"]["frozen"] == true).await;
    let root = app.root().await;
    app.go("assess").await;
    app.press(["3"]).await;
    app.see("frozen").await;
    assert_eq!(app.root().await, root, "a frozen round takes no marks");

    app.go("report").await;
    app.click("reopen").await;
    app.fill("reopen-reason", "补充三月证据").await;
    app.click("sign-confirm").await;
    app.gone("sign-dialog").await;
    app.holds("the next revision is open", |round| {
        let head = &round["snapshot"]["assessment"];
        head["frozen"] == false && head["revision"] == 2
    })
    .await;
    app.close().await
}
