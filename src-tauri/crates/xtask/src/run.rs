//! `cargo xtask run`: from a fresh clone to the open sample, or to its report where there is no display.

use crate::packages;
use crate::say;
use crate::steps::{Steps, cargo_command, finish, npm, program};
use std::path::Path;
use std::process::Command;

/// The program as the tests build it. Its tests bring it along with the features they ask of tauri; `cargo build` would leave those
/// out, and everything from tauri upwards would be compiled again for each change between running and testing.
const PROGRAM: [&str; 7] =
    ["test", "--workspace", "--features", "beishen/custom-protocol", "--test", "bindings", "--no-run"];

pub fn run(root: &Path) -> Result<(), String> {
    if has_display() {
        Steps::new().within(|steps| {
            set_up(root, steps, packages::BUILD)?;
            steps.command("page", &mut npm(root, &["run", "build"]))?;
            steps.command("program", &mut cargo_command(root, &PROGRAM))
        })?;
        say("\n打开样例评估 / opening the sample assessment");
        finish(Command::new(program("beishen")).arg("--sample"))
    } else {
        without_display(root)
    }
}

/// System and npm packages.
pub fn set_up(root: &Path, steps: &mut Steps, wanted: &[&str]) -> Result<(), String> {
    steps.step("system packages", || packages::ensure(wanted))?;
    steps.command("npm packages", &mut npm(root, &["ci", "--no-audit", "--no-fund"]))
}

/// Windows and macOS always have one; elsewhere the environment tells.
fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|v| std::env::var_os(v).is_some_and(|d| !d.is_empty()))
}

fn without_display(root: &Path) -> Result<(), String> {
    say("没有显示器：不打开窗口，改为写出样例评估的准备度报告与证据包");
    say("no display: writing the sample's readiness report and evidence pack instead of opening a window");
    let out = root.join("out");
    let cli = program("beishen-cli");
    let fresh = |name: &str| {
        let path = out.join(name);
        if path.is_dir() {
            std::fs::remove_dir_all(&path).map_err(|e| format!("{}: {e}", path.display()))
        } else {
            Ok(())
        }
    };
    Steps::new().within(|steps| {
        steps.command("command line", &mut cargo_command(root, &["build", "--package", "cli"]))?;
        steps.step("sample", || {
            std::fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
            fresh("sample")?;
            fresh("evidence-pack")?;
            let run = |args: &[&str]| finish(Command::new(&cli).current_dir(&out).args(args));
            run(&["sample", "sample"])?;
            run(&["report", "sample", "-o", "report-zh.pdf"])?;
            run(&["--lang", "en", "report", "sample", "-o", "report-en.pdf"])?;
            run(&["pack", "sample", "-o", "evidence-pack"])
        })
    })?;
    say("\n样例评估 / the sample assessment:");
    for (what, name) in [
        ("准备度报告 / readiness report", "report-zh.pdf"),
        ("英文报告 / report in English", "report-en.pdf"),
        ("证据包 / evidence pack", "evidence-pack"),
        ("工作区 / workspace", "sample"),
    ] {
        say(&format!("  {what}: {}", out.join(name).display()));
    }
    Ok(())
}
