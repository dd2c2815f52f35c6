//! The built program in its real window, driven as a user would: keys, clicks, file dialogs answered from outside.
//!
//! `cargo xtask test` gives a display, `BEISHEN_APP` (the program, built with the page inside) and `TAURI_DRIVER`. Each test has
//! its own program, driver and folder.

// The driver, the display and ending a group of processes are Linux's; elsewhere there is nothing to compile.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod assess;
mod desktop;
mod drop;
mod evidence;
mod harness;
mod job;
mod keep;
mod languages;
mod processes;
mod refused;
mod remedy;
mod report;
mod revive;
mod screens;
mod typed;
mod workbook;
mod xdnd;
