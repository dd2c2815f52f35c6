//! The whole job, from nothing to a verified report.

use crate::harness::{App, Outcome, Place};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn from_a_new_workspace_to_an_exported_report() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;

    // Two items: one conforms with evidence, one does not.
    place.answer([place.file("年度服务规划.pdf", b"%PDF-1.4 sample"), place.file("规划评审纪要.docx", b"PK sample")]);
    app.press(["e"]).await;
    app.holds("evidence is linked", |round| round["snapshot"]["links"].as_array().unwrap().len() == 2).await;
    app.press(["1", "3", "k", "f"]).await;
    app.fill("finding-fact", "2026年度规划未经评审即发布，查 2026 年 1 月会议记录无此议题。").await;
    app.fill("finding-cause", "规划流程未规定评审环节。").await;
    app.click("finding-save").await;
    app.gone("finding-dialog").await;
    app.press(["t"]).await;
    app.fill("task-title", "补做规划评审并修订流程").await;
    app.fill("task-owner", "运营经理").await;
    app.fill("task-due", "2027-02-28").await;
    app.click("task-save").await;
    app.gone("task-dialog").await;

    app.go("overview").await;
    app.see("readiness").await;
    app.go("report").await;
    app.see("gate-count").await;
    let path = place.path("准备度报告.pdf");
    place.answer(&path);
    app.click("export-report").await;
    app.see("export-done").await;

    let round = app.round().await;
    assert_eq!(round["reports"][0]["root"], round["root"], "the report shows what is recorded");
    let verified = app.ask("verify_report", json!({ "path": path, "packDir": null })).await;
    assert_eq!(verified["mismatches"], json!([]));
    assert_eq!(verified["organization"], "示例客服中心");
    app.close().await
}
