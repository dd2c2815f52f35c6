//! Hostile text over the page's door, and what of the user's text reaches the log: nothing.

use crate::shell::{Shell, write};
use app::domain::SignRole;
use serde_json::{Value, json};

/// Texts that must come back as they were sent.
const KEPT: [&str; 9] = [
    "=cmd|'/C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "'; DROP TABLE answer; --",
    "{\"__TAURI_INVOKE__\":true}",
    "不符合\u{202E}合符\u{202C}",
    "👩‍👩‍👧‍👦🏳️‍🌈𠮷",
    "\\u0000 \\ud800 \\n",
    "../../etc/passwd",
];

#[test]
fn what_the_page_sends_is_what_it_gets_back() {
    let shell = Shell::new();
    let opened = shell.create();
    let item = Shell::item(&opened, 0);
    for text in KEPT {
        let update = shell.call("mark", json!({ "items": [item], "patch": { "note": text } }));
        assert_eq!(update["answers"][0]["note"], text);
        assert_eq!(shell.round()["snapshot"]["answers"][0]["note"], text);
        let query = json!({ "query": { "item": item, "actor": null, "since": null, "limit": 1 } });
        assert_eq!(shell.call("history", query)[0]["new"], text);
        let draft = json!({ "title": text, "location": text, "text": text });
        let added = shell.call("add_record", json!({ "items": [item], "kind": "link", "draft": draft }));
        let row = &added["evidence"][0];
        assert_eq!([&row["title"], &row["location"], &row["text"]], [text; 3]);
    }
    let long = "长".repeat(1 << 20);
    for (text, kept) in [("头\u{0}尾", "头尾"), ("\u{1b}[31m红", "[31m红"), ("非\u{FFFF}字", "非字")] {
        let update = shell.call("mark", json!({ "items": [item], "patch": { "note": text } }));
        assert_eq!(update["answers"][0]["note"], kept);
        assert_eq!(update["warnings"], json!(["characters_dropped"]));
    }
    let refused = shell.try_call("mark", json!({ "items": [item], "patch": { "note": long } })).unwrap_err();
    assert_eq!(refused["code"], "field");
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.starts_with("评估记录") && detail.chars().count() < 200, "{detail}");
    // Half a character cannot even be a message to us.
    assert!(serde_json::from_str::<Value>(r#"{ "note": "\ud800" }"#).is_err());
    assert_eq!(shell.call("doctor", json!({ "job": "d" })), json!([]));
}

#[test]
fn an_item_that_is_no_item_and_an_id_that_is_no_id_are_refused() {
    let shell = Shell::new();
    shell.create();
    for code in ["", "XC3-05'; DROP TABLE answer", "../XC3-05", "XC3-05\u{0}", "ＸＣ３-０５"] {
        let mark = json!({ "items": [code], "patch": { "verdict": "conform" } });
        assert_eq!(shell.refused("mark", mark), "unknown_item", "{code:?}");
    }
    for id in ["", "1", "00000000-0000-0000-0000-00000000000g", "../../x"] {
        assert!(shell.try_call("open_evidence", json!({ "id": id })).is_err(), "{id:?}");
    }
    let stranger = "01935000-0000-7000-8000-0000000000ff";
    assert_eq!(shell.refused("open_evidence", json!({ "id": stranger })), "unknown");
    assert_eq!(shell.refused("open_round", json!({ "id": stranger })), "unknown");
}

/// A word that no program writes by itself.
const SECRET: &str = "机密客户甲七三四";

#[test]
fn the_log_holds_ids_and_codes_and_nothing_the_user_wrote() {
    let log = tempfile::tempdir().unwrap();
    // Every word the program can say, also those nobody listens to by default.
    shell::journal::write_to(log.path(), tracing_subscriber::EnvFilter::new("trace"));
    let shell = Shell::new();
    let dir = shell.path(SECRET);
    let round = json!({ "organization": SECRET, "title": SECRET, "scope": SECRET, "sites": [SECRET] });
    let opened = shell.call("create_workspace", json!({ "dir": dir, "newRound": round }));
    let item = Shell::item(&opened, 0);
    let settings = json!({ "lang": "zh", "theme": "", "text_scale": 100, "actor": SECRET, "recent": [] });
    shell.call("save_settings", json!({ "settings": settings }));
    let items: Vec<String> = (0..30).map(|n| Shell::item(&opened, n)).collect();
    shell.call("mark", json!({ "items": items, "patch": { "verdict": "partial", "note": SECRET } }));
    let file = write(&shell.path(&format!("{SECRET}.txt")), SECRET);
    shell.answer(&json!([file]));
    let paths = shell.call("pick_files", json!({ "purpose": "evidence" }));
    let draft = json!({ "title": SECRET, "text": SECRET, "locator": SECRET });
    shell.call("add_files", json!({ "job": SECRET, "items": [item], "paths": paths, "draft": draft }));
    let finding = json!({ "item": item, "grade": "minor", "fact": SECRET, "criterion": SECRET, "cause": SECRET, "department": SECRET });
    shell.call("add_finding", json!({ "draft": finding }));
    shell.call("sign", json!({ "role": SignRole::Prepared, "name": SECRET }));
    let target = shell.path(&format!("{SECRET}.pdf"));
    shell.answer(&json!(target));
    let path = shell.call("pick_save", json!({ "purpose": "report", "suggestedName": SECRET }));
    shell.call(
        "export_report",
        json!({ "job": "r", "path": path, "options": { "layout": "management", "draft": true } }),
    );
    shell.call("doctor", json!({ "job": "d" }));
    // And everything that is refused for what it says.
    shell.refused("mark", json!({ "items": [SECRET], "patch": {} }));
    shell.refused("mark", json!({ "items": [item], "patch": { "note": SECRET.repeat(20_000) } }));
    shell.refused("add_files", json!({ "job": "x", "items": [], "paths": [format!("/{SECRET}")], "draft": {} }));
    shell.refused("open_workspace", json!({ "dir": shell.path(&format!("{SECRET}/无")) }));
    shell.refused("verify_report", json!({ "path": file, "packDir": null }));
    // A file lies where the backups should go.
    let health = shell.call("health", json!({}));
    let backups = std::path::PathBuf::from(health["backup_dir"].as_str().unwrap());
    std::fs::remove_dir_all(&backups).unwrap();
    std::fs::write(&backups, "").unwrap();
    shell.refused("backup_now", json!({}));
    shell.call("close_workspace", json!({}));

    let text = std::fs::read_to_string(log.path().join("logs/beishen.log")).unwrap();
    for word in ["mark", "add_files", "export_report", "unknown_item", "that nobody chose", "automatic backup failed"] {
        assert!(text.contains(word), "the log does not say {word}");
    }
    let leaks: Vec<_> = text.lines().filter(|line| line.contains(SECRET) || line.contains("\\u{673a}")).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}
