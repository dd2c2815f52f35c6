//! The checklist as a workbook: handed out, filled in by another program, taken back through the dialog, undone.

#[path = "../../src-tauri/crates/exchange/tests/files/edit.rs"]
mod edit;

use crate::harness::{App, Outcome, Place, until};
use edit::{edited, text};

/// Number of the sheet of items in a workbook of one domain, 说明 being the first.
const ITEMS: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_goes_out_and_what_was_filled_in_comes_back_as_one_step() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.go("report").await;
    let before = app.root().await;
    let path = place.path("检查表.xlsx");
    place.answer(&path);
    app.click("workbook-out").await;
    app.click("workbook-domain").await;
    app.click("workbook-domain-XC").await;
    app.fill("workbook-recipient", "王工").await;
    app.click("workbook-write").await;
    app.see("workbook-written").await;
    assert_eq!(app.root().await, before, "an export changes nothing");

    let note = text("现场复查：\n班表缺两天");
    std::fs::write(&path, edited(&std::fs::read(&path).unwrap(), &[(ITEMS, "G2", &note), (ITEMS, "G3", "")])).unwrap();
    place.answer([&path]);
    app.click("workbook-in").await;
    app.see("workbook-changes").await;
    app.see("workbook-cleared").await;
    assert!(!app.see("workbook-apply").await.is_enabled().await?, "the emptied cell is undecided");
    app.click("workbook-cleared-mine").await;
    until("everything is decided", || async { app.see("workbook-apply").await.is_enabled().await.unwrap() }).await;
    app.click("workbook-apply").await;
    app.gone("workbook-in-dialog").await;
    let round = app.round().await;
    let answers = round["snapshot"]["answers"].as_array().unwrap();
    let first = answers.iter().find(|answer| answer["item"] == "XC1-01").unwrap();
    assert_eq!(first["note"], "现场复查：\n班表缺两天");
    assert_ne!(app.root().await, before);
    app.control("z").await;
    until("the step is undone", || async { app.root().await == before }).await;
    app.close().await
}
