//! What the disk refuses: said in words, with nothing lost and nothing half written.

use crate::harness::{App, Outcome, Place, by_id, until};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A workspace that nobody can write into, as on a DVD, for as long as the value lives.
struct ReadOnly(PathBuf);

impl ReadOnly {
    fn make(dir: &Path) -> Self {
        let held = Self(dir.to_owned());
        held.switch(true);
        assert!(tempfile::tempfile_in(dir).is_err(), "this user writes everywhere: chattr is needed");
        held
    }

    fn switch(&self, on: bool) {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |mode| std::fs::set_permissions(&self.0, std::fs::Permissions::from_mode(mode));
        // Root is not held by modes but by the flag; others cannot set the flag but are held by modes.
        let flag = |flag: &str| {
            let names = ["beishen.db", ".lock", "."].map(|name| self.0.join(name));
            let _ = Command::new("chattr").arg(flag).args(names).stderr(std::process::Stdio::null()).status();
        };
        if on {
            mode(0o500).unwrap();
            flag("+i");
        } else {
            flag("-i");
            mode(0o700).unwrap();
        }
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        self.switch(false);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_that_cannot_be_written_opens_to_read_and_says_so() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    let dir = app.create(&place).await;
    app.press(["1"]).await;
    app.holds("the mark is written", |round| round["figures"]["score"]["overall"]["conform"] == 1).await;
    let root = app.root().await;
    app.close().await?;

    let held = ReadOnly::make(&dir);
    let app = App::with(&place, &[&dir.display().to_string()]).await;
    let banner = app.see("read-only").await.text().await?;
    assert!(banner.contains("只读") && banner.contains("可以查看和导出"), "{banner}");
    app.go("assess").await;
    app.see("item-list").await;
    for verdict in ["conform", "nonconform", "na"] {
        assert!(!app.see(&format!("verdict-{verdict}")).await.is_enabled().await?, "{verdict} can be given");
    }
    app.press(["3", "0"]).await;
    assert_eq!(app.root().await, root);
    let item = app.codes().await.remove(0);
    let patch = json!({ "items": [item], "patch": { "verdict": "partial" } });
    assert_eq!(app.try_ask("mark", patch).await, Err("workspace_read_only".to_owned()));
    drop(held);
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_of_every_unfortunate_kind_is_taken_or_refused_by_name() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    // The longest name a disk takes (255 bytes), and nothing in the file: both are evidence.
    let longest = format!("{}.txt", "长".repeat(83));
    place.answer([place.file(&longest, "内容".as_bytes()), place.file("空的签到表.xlsx", b"")]);
    app.press(["e"]).await;
    app.holds("both are evidence", |round| {
        let names: Vec<_> = round["snapshot"]["evidence"].as_array().unwrap().iter().map(|e| &e["file_name"]).collect();
        names == [&json!(longest), &json!("空的签到表.xlsx")]
    })
    .await;
    app.click_css(&format!("{} button", by_id("toast"))).await;
    app.gone("toast").await;

    let root = app.root().await;
    let pipe = place.path("管道");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let vanished = place.file("刚删掉的.pdf", b"%PDF-1.7");
    std::fs::remove_file(&vanished).unwrap();
    for (bad, word) in [
        (vanished, "刚删掉的.pdf"),
        // Reading a pipe that nobody writes to would wait for ever.
        (pipe, "不是普通文件"),
        // It can be opened, by root even, but its first byte cannot be read.
        (PathBuf::from("/proc/self/mem"), "无法读取"),
        (place.path(&"长".repeat(86)), "长长长"),
    ] {
        place.answer([bad]);
        app.press(["e"]).await;
        let toast = app.see("toast").await.text().await?;
        assert!(toast.contains(word), "{word} is missing: {toast}");
        app.click_css(&format!("{} button", by_id("toast"))).await;
        app.gone("toast").await;
        assert_eq!(app.root().await, root, "a refused file leaves no trace");
    }
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_cannot_be_written_leaves_nothing_behind_and_works_elsewhere() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    app.go("report").await;
    let taken = place.path("已有文件夹.pdf");
    std::fs::create_dir(&taken).unwrap();
    for target in [taken, place.path(&format!("{}.pdf", "长".repeat(84))), PathBuf::from("/proc/准备度报告.pdf")]
    {
        place.answer(&target);
        app.click("export-report").await;
        let toast = app.see("toast").await.text().await?;
        assert!(toast.contains("写") || toast.contains("文件"), "says what failed: {toast}");
        app.click_css(&format!("{} button", by_id("toast"))).await;
        app.gone("toast").await;
        assert_eq!(app.round().await["reports"], json!([]));
    }
    let left: Vec<_> = std::fs::read_dir(place.path("")).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("tmp")), "{left:?}");
    let good = place.path("准备度报告.pdf");
    place.answer(&good);
    app.click("export-report").await;
    app.see("export-done").await;
    until("the report is there", || async { good.exists() }).await;
    app.close().await
}
