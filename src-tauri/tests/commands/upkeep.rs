//! Backups by themselves, conditions, signed rounds.

use crate::shell::Shell;
use app::upkeep::BackupReason;
use serde_json::{Value, json};
use shell::state::AppState;
use std::path::PathBuf;
use tauri::Manager as _;

#[test]
fn the_page_hears_of_every_automatic_backup() {
    let shell = Shell::new();
    let opened = shell.create();
    let items: Vec<String> = (0..30).map(|n| Shell::item(&opened, n)).collect();
    shell.call("mark", json!({ "items": items, "patch": { "verdict": "conform" } }));
    let reasons = || shell.backups.lock().unwrap().iter().map(|b| (b.reason, b.made.is_some())).collect::<Vec<_>>();
    assert_eq!(reasons(), [(BackupReason::BulkChange, true)]);
    let health = shell.call("health", json!({}));
    assert_eq!((&health["changed_since"], &health["good_backups"]), (&json!(true), &json!(1)));
    shell.window.state::<AppState>().back_up_if_due();
    assert_eq!(reasons().len(), 1, "half an hour has not passed");
    // A file lies where the folder was: closing goes on and says so.
    let backups = PathBuf::from(health["backup_dir"].as_str().unwrap());
    std::fs::remove_dir_all(&backups).unwrap();
    std::fs::write(&backups, "").unwrap();
    shell.call("close_workspace", json!({}));
    assert_eq!(reasons()[1], (BackupReason::Close, false));
}

#[test]
fn conditions_are_previewed_changed_and_undone() {
    let shell = Shell::new();
    shell.create();
    let wanted = json!({ "wanted": ["online", "outsourced", "self-built", "bot", "multi-site"] });
    let previewed = shell.call("preview_conditions", wanted.clone());
    assert!(!previewed["proposed"].as_array().unwrap().is_empty());
    let changed = shell.call("change_conditions", wanted);
    assert_eq!(changed["change"], previewed);
    assert_eq!(changed["update"]["answers"].as_array().map(Vec::len), previewed["proposed"].as_array().map(Vec::len));
    assert_eq!(shell.call("undo", json!({}))["assessment"]["conditions"], Value::Null);
}
