//! Steps that say what they do, how long it took, and stop at the first failure.

use crate::say;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// A run of steps; prints their times at the end.
pub struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// No step yet.
    pub const fn new() -> Self {
        Self { done: Vec::new() }
    }

    /// Runs steps and prints the times, also when one failed.
    pub fn within(mut self, steps: impl FnOnce(&mut Self) -> Result<(), String>) -> Result<(), String> {
        let outcome = steps(&mut self);
        say("");
        for (name, took) in &self.done {
            say(&format!("{:>7.1} s  {name}", took.as_secs_f64()));
        }
        let total: Duration = self.done.iter().map(|(_, took)| *took).sum();
        say(&format!("{:>7.1} s  in all", total.as_secs_f64()));
        outcome
    }

    /// One step that is not a command.
    pub fn step(&mut self, name: &str, act: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
        say(&format!("\n── {name}"));
        let start = Instant::now();
        let outcome = act();
        self.done.push((name.to_owned(), start.elapsed()));
        outcome.map_err(|e| format!("\n✗ {name}: {e}"))
    }

    /// One command.
    pub fn command(&mut self, name: &str, command: &mut Command) -> Result<(), String> {
        self.step(name, || finish(command))
    }
}

/// Runs a command to its end; anything but success is an error that names it.
pub fn finish(command: &mut Command) -> Result<(), String> {
    let shown = format!("{command:?}").replace('"', "");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{shown}: {status}")),
        Err(e) => Err(format!("{shown}: {e}")),
    }
}

/// `cargo` in the project, with this toolchain.
pub fn cargo_command(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(args);
    command
}

/// `cargo` in the project, run to its end.
pub fn cargo(root: &Path, args: &[&str], env: &[(&str, &str)]) -> Result<(), String> {
    finish(cargo_command(root, args).envs(env.iter().copied()))
}

/// Where cargo puts programs: beside this one.
pub fn program(name: &str) -> std::path::PathBuf {
    let here = std::env::current_exe().unwrap_or_default();
    here.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// `npm` in `ui/`.
pub fn npm(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    // Browsers come from Debian, not from a download.
    command.current_dir(root.join("ui")).args(args).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    // The shell that the page's tests ask, where this cargo puts it.
    let bridge = program("bridge");
    let examples = bridge.parent().unwrap_or(Path::new("target/debug")).join("examples");
    command.env("BEISHEN_BRIDGE", examples.join(bridge.file_name().unwrap_or_default()));
    command
}
