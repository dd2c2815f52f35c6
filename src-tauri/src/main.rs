//! 备审, the program with a window. Everything it does is in the library, where tests reach it.

// A release build must not open a console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    shell::run()
}
