//! The checklist as a workbook: handed out, filled in by another program, taken back through the dialog, undone. And rows of the list on
//! the clipboard, as a spreadsheet takes them.

#[path = "../../src-tauri/crates/exchange/tests/files/edit.rs"]
mod edit;

use crate::harness::{App, Outcome, Place, until};
use edit::{edited, text};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use thirtyfour::Key;

/// Number of the sheet of items in a workbook of one domain, 说明 being the first.
const ITEMS: usize = 2;

/// Another program writes a note into the first row and empties that of the second: openpyxl where it is there, as it writes every part
/// anew; else the cells alone are replaced.
fn fill_in(path: &Path, note: &str) {
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/pdf-tools/bin/python");
    let script = "import openpyxl, sys\nbook = openpyxl.load_workbook(sys.argv[1])\nsheet = book['现场管理']\n\
        sheet['G2'].value = sys.argv[2]\nsheet['G3'].value = None\nbook.save(sys.argv[1])";
    let has = Command::new(python).args(["-c", "import openpyxl"]).output().is_ok_and(|o| o.status.success());
    if has {
        let filled = Command::new(python).args(["-c", script]).arg(path).arg(note).output().unwrap();
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
        return;
    }
    eprintln!("NOT CHECKED: openpyxl is missing (cargo xtask test installs it); the cells were replaced instead");
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, edited(&bytes, &[(ITEMS, "G2", &text(note)), (ITEMS, "G3", "")])).unwrap();
}

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

    fill_in(&path, "现场复查：\n班表缺两天");
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

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_copied_come_out_of_the_clipboard_as_they_were_typed() -> Outcome {
    let place = Place::new();
    let app = App::start(&place).await;
    app.create(&place).await;
    let codes = app.codes().await;
    let note = "=1+1 也是文字";
    app.ask("mark", json!({ "items": [codes[1]], "patch": { "verdict": "partial", "note": note } })).await;
    app.ask("mark", json!({ "items": [codes[0]], "patch": { "verdict": "conform" } })).await;
    // What the window shows it read when the round was opened.
    app.web.refresh().await?;
    app.go("assess").await;
    app.press_key(Key::Home).await;
    app.shift(Key::Down).await;
    app.see("bulk").await;
    app.control("c").await;
    until("the window says so", || async { app.text().await.contains("已复制 2 条") }).await;
    // A text field takes the text that lies beside the table, with the apostrophe that keeps spreadsheets from computing.
    app.press_key(Key::Escape).await;
    app.press_key(Key::End).await;
    app.press(["n"]).await;
    app.control("v").await;
    until("the note holds the rows", || async {
        let value = app.script("return document.querySelector('[data-testid=note]').value", vec![]).await;
        let value = value.as_str().unwrap_or_default().to_owned();
        value.starts_with("结论\t编号\t标题\t评估记录")
            && value.contains(&format!("{}\t", codes[0]))
            && value.ends_with(&format!("\t'{note}"))
    })
    .await;
    app.close().await
}
