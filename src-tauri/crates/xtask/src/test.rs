//! `cargo xtask test`: everything that must hold, from a fresh clone.

use crate::desktop::Desktop;
use crate::packages;
use crate::python;
use crate::run::set_up;
use crate::steps::{Steps, cargo_command, finish, npm, program};
use std::path::Path;
use std::process::Command;

/// The driver is installed with the toolchain at hand, into the project's own target folder.
const DRIVER: [&str; 4] = ["install", "tauri-driver@2.1.0", "--locked", "--quiet"];

/// Every build below has the same packages and features, so that nothing is compiled twice; the tests of the shell bring the
/// program itself along, with the page inside.
const EVERYTHING: [&str; 3] = ["--workspace", "--features", "beishen/custom-protocol"];

/// `cargo` on everything.
fn everything(root: &Path, task: &str, rest: &[&str]) -> Command {
    cargo_command(root, &[[task].as_slice(), &EVERYTHING, rest].concat())
}

pub fn test(root: &Path) -> Result<(), String> {
    Steps::new().within(|steps| {
        set_up(root, steps, packages::TEST)?;
        steps.step("peers in Python", || {
            python::peers(root);
            Ok(())
        })?;
        steps.command("page: lint", &mut npm(root, &["run", "lint"]))?;
        steps.command("page: types", &mut npm(root, &["run", "check"]))?;
        steps.command("page: build", &mut npm(root, &["run", "build"]))?;
        steps.command("shell for the page's tests", &mut bridge(root))?;
        steps.command("page: tests", &mut npm(root, &["test"]))?;
        steps.command("page: accessibility", &mut npm(root, &["run", "axe"]))?;
        steps.command("page: nothing left behind", &mut npm(root, &["run", "leaks"]))?;
        steps.command("format", &mut cargo_command(root, &["fmt", "--all", "--check"]))?;
        steps.command("clippy", &mut everything(root, "clippy", &["--all-targets", "--", "-D", "warnings"]))?;
        // Targets that only run when asked for are only looked at when asked for.
        steps.command(
            "clippy: window tests",
            &mut everything(root, "clippy", &["--test", "window", "--", "-D", "warnings"]),
        )?;
        steps.command("tests", &mut everything(root, "test", &[]))?;
        steps.step("driver", || driver(root))?;
        steps.step("window tests", || window_tests(root))
    })
}

/// The windowless shell that the page is tested over. It has the page inside, which is built before.
pub fn bridge(root: &Path) -> Command {
    everything(root, "build", &["--example", "bridge"])
}

/// `tauri-driver`, in the project's own target folder.
pub fn driver(root: &Path) -> Result<(), String> {
    if root.join("target/tools/bin/tauri-driver").exists() {
        return Ok(());
    }
    finish(cargo_command(root, &DRIVER).args(["--root", "target/tools"]))
}

/// The tests of the real window, on a desktop of their own.
fn window_tests(root: &Path) -> Result<(), String> {
    let mut command = everything(root, "test", &["--test", "window"]);
    command
        .env("BEISHEN_APP", program("beishen"))
        .env("TAURI_DRIVER", root.join("target/tools/bin/tauri-driver"))
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    let desktop = Desktop::start()?;
    finish(command.envs(desktop.environment()))
}
