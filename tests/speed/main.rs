//! How fast the program is in its real window, and what it needs, beside a blank window built the same way.
//!
//! `cargo xtask bench window` builds both in release and gives a display, `BEISHEN_APP`, `BLANK_APP` and `TAURI_DRIVER`. It prints
//! figures and judges nothing: what they should be stands beside them.

#![cfg_attr(not(target_os = "linux"), allow(unused))]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[cfg(target_os = "linux")]
mod figures;
// The measurements need the start and the keys; the rest is for the tests.
#[cfg(target_os = "linux")]
#[allow(dead_code)]
#[path = "../window/harness.rs"]
mod harness;
#[cfg(target_os = "linux")]
mod page;
#[cfg(target_os = "linux")]
#[path = "../window/processes.rs"]
mod processes;
#[cfg(target_os = "linux")]
mod start;
#[cfg(target_os = "linux")]
mod tree;

/// The display, the driver and `/proc` are Linux's.
#[cfg(not(target_os = "linux"))]
fn main() {
    println!("this measurement needs Linux");
}

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> harness::Outcome {
    // Both, or the one that is named.
    let named: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    if wanted("start") {
        start::measure().await;
    }
    if wanted("page") {
        page::measure().await?;
    }
    Ok(())
}
