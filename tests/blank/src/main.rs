//! A window of the program's size with an empty page in it, or with `--words` one Chinese sentence: what a page costs that says
//! anything at all. `cargo xtask bench window` starts it beside the program.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// Tells whoever measures when the page was painted, in microseconds since 1970.
#[tauri::command]
fn painted() {
    let micros = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
    // Nobody can be told that standard output is closed.
    let _ = writeln!(std::io::stdout(), "painted {micros}");
}

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![painted])
        .setup(|app| {
            let page = if std::env::args().any(|arg| arg == "--words") { "words.html" } else { "index.html" };
            WebviewWindowBuilder::new(app, "main", WebviewUrl::App(page.into()))
                .title("空白")
                .inner_size(1440.0, 900.0)
                .min_inner_size(1024.0, 640.0)
                .center()
                .devtools(cfg!(debug_assertions))
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
