//! Findings and remediation tasks.

use crate::harness::{App, Outcome, Place, by_id};
use serde_json::Value;

fn task(round: &Value) -> &Value {
    &round["snapshot"]["tasks"][0]
}

/// What opens a row of a table; the driver clicks no table rows.
fn row_button(id: &str) -> String {
    format!("{} button", by_id(id))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_leads_to_a_task_that_is_closed_by_somebody_else() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    app.press(["3", "k", "f"]).await;
    app.fill("finding-fact", "2026年3月5日查看质检室，抽样记录只有一月，二、三月缺失。").await;
    app.fill("finding-cause", "抽样表由一人保管，调岗后无人接手。").await;
    app.click("finding-save").await;
    app.gone("finding-dialog").await;
    app.holds("the finding is recorded", |round| round["snapshot"]["findings"][0]["grade"] == "minor").await;

    app.go("findings").await;
    app.click("make-task-NC-01").await;
    app.fill("task-title", "补做二、三月抽样并指定两名保管人").await;
    app.fill("task-owner", "质检主管").await;
    app.fill("task-due", "2027-01-31").await;
    app.click("task-save").await;
    app.gone("task-dialog").await;
    app.holds("the task answers the finding", |round| {
        task(round)["owner"] == "质检主管" && task(round)["finding"] == round["snapshot"]["findings"][0]["id"]
    })
    .await;

    app.go("remediation").await;
    for state in ["doing", "to-verify"] {
        app.click_css(&row_button("task-row-T-001")).await;
        app.click(&format!("move-{state}")).await;
        app.holds("the task moved on", |round| task(round)["state"] == state).await;
        app.press_key(thirtyfour::Key::Escape).await;
        app.gone("task-dialog").await;
    }
    app.click_css(&row_button("task-row-T-001")).await;
    app.click("move-closed").await;
    app.fill("close-result", "二、三月抽样已补，保管人两名，四月抽查一次。").await;
    app.fill("close-verifier", "质检主管").await;
    app.click("close-save").await;
    // Who may verify is for the core to say; the form stays as it was filled in.
    let refusal = app.find("[data-testid=close-task] [role=alert]").await.text().await?;
    assert!(refusal.contains("验证人"), "{refusal}");
    assert_eq!(task(&app.round().await)["state"], "to-verify");
    app.fill("close-verifier", "运营经理").await;
    app.click("close-save").await;
    app.gone("close-task").await;
    app.holds("the task is closed", |round| task(round)["state"] == "closed" && task(round)["verifier"] == "运营经理")
        .await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_finding_comes_back_with_undo() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    let before = app.round().await;
    let label = "NC-01";
    app.go("findings").await;
    app.click_css(&row_button(&format!("finding-row-{label}"))).await;
    app.click("finding-withdraw").await;
    app.gone("finding-dialog").await;
    app.gone(&format!("finding-row-{label}")).await;
    app.control("z").await;
    app.see(&format!("finding-row-{label}")).await;
    app.holds("everything is as before", |round| round["root"] == before["root"]).await;
    app.close().await
}
