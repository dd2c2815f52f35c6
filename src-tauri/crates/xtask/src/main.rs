//! `cargo xtask …`: set-up, run, test, generated files.

mod sample_evidence;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(root) = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3) else { return ExitCode::FAILURE };
    let task = std::env::args().nth(1).unwrap_or_default();
    let outcome = match task.as_str() {
        "sample-evidence" => sample_evidence::write(root)
            .map(|(count, bytes)| format!("{count} files, {bytes} bytes"))
            .map_err(|e| e.to_string()),
        _ => Err("usage: cargo xtask sample-evidence".to_owned()),
    };
    let (text, code) = match outcome {
        Ok(text) => (text, ExitCode::SUCCESS),
        Err(text) => (text, ExitCode::FAILURE),
    };
    // Nobody can be told that standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
    code
}
