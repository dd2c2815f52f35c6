//! `cargo xtask bench`: everything that is measured, in release.

use crate::desktop::Desktop;
use crate::packages;
use crate::run::set_up;
use crate::steps::{Steps, cargo, cargo_command, finish, npm, program};
use crate::test::driver;
use std::path::{Path, PathBuf};

pub fn bench(root: &Path, which: Option<&str>) -> Result<(), String> {
    match which {
        None => cargo(root, &["bench", "--workspace", "--exclude", "e2e", "--exclude", "blank", "--benches"], &[]),
        Some("window") => window(root),
        Some(other) => Err(format!("no such benchmark: {other}")),
    }
}

/// The program and a blank window, both as they would be shipped.
const PROGRAMS: [&str; 8] = [
    "build",
    "--release",
    "--package",
    "beishen",
    "--package",
    "blank",
    "--features",
    "beishen/custom-protocol,blank/custom-protocol",
];

fn window(root: &Path) -> Result<(), String> {
    Steps::new().within(|steps| {
        set_up(root, steps, packages::TEST)?;
        steps.command("page: build", &mut npm(root, &["run", "build"]))?;
        steps.command("program and blank window", &mut cargo_command(root, &PROGRAMS))?;
        steps.step("driver", || driver(root))?;
        steps.step("window", || {
            let desktop = Desktop::start()?;
            finish(
                // What measures need not be fast: the clocks are in the windows.
                cargo_command(root, &["bench", "--package", "e2e", "--bench", "speed", "--profile", "dev"])
                    .env("BEISHEN_APP", released("beishen"))
                    .env("BLANK_APP", released("blank"))
                    .env("TAURI_DRIVER", root.join("target/tools/bin/tauri-driver"))
                    .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
                    .envs(desktop.environment()),
            )
        })
    })
}

/// A released program; this one lies in `target/debug`.
fn released(name: &str) -> PathBuf {
    let debug = program(name);
    let target = debug.ancestors().nth(2).unwrap_or(Path::new("target"));
    target.join("release").join(debug.file_name().unwrap_or_default())
}
