//! Files dragged in from the desktop, by the protocol that file managers speak.

use crate::harness::{App, Outcome, Place, until};
use crate::xdnd::Drag;

#[tokio::test(flavor = "multi_thread")]
async fn files_dropped_on_the_window_become_evidence_of_the_item() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let item = app.see("detail").await.attr("data-code").await?.unwrap();
    let files = [
        place.file("三月 质检台账（终稿）.csv", "坐席,得分\n坐席甲,96\n".as_bytes()),
        place.file("通话录音 0001.amr", b"#!AMR\n\x00\x01"),
    ];
    let files: Vec<_> = files.iter().map(std::path::PathBuf::as_path).collect();

    // Moved over the window and away again: the window shows where the files would go, and takes nothing.
    let root = app.root().await;
    let drag = Drag::over(app.process(), &files);
    app.see("drop-target").await;
    until("it says which item", || async { app.text().await.contains(&item) }).await;
    drag.leave();
    app.gone("drop-target").await;
    drop(drag);
    assert_eq!(app.root().await, root);

    Drag::over(app.process(), &files).drop();
    app.holds("both files are evidence of the item", |round| {
        let links = round["snapshot"]["links"].as_array().unwrap();
        links.len() == 2 && links.iter().all(|link| link["item"] == item.as_str())
    })
    .await;
    app.gone("drop-target").await;
    app.go("evidence").await;
    until("both are listed", || async {
        let text = app.text().await;
        text.contains("三月 质检台账（终稿）.csv") && text.contains("通话录音 0001.amr")
    })
    .await;

    // Away from the items nothing is linked; a folder is no file, and says so.
    let folder = place.path("一个文件夹");
    std::fs::create_dir(&folder).unwrap();
    let root = app.root().await;
    Drag::over(app.process(), &[&folder]).drop();
    app.see("toast").await;
    assert_eq!(app.root().await, root);
    app.close().await
}
