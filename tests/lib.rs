//! End-to-end tests in the real window; see `window/main.rs`.
