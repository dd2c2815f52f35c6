//! `outloud`, which reads a report by the rules of PDF/UA-1 as those do who listen to it. Only tests want it.

use crate::say;
use crate::steps::finish;
use std::path::Path;
use std::process::Command;

/// What it imports when it reads a file, and no more: its full list brings 300 MB that it never opens here.
const PACKAGES: [&str; 8] = [
    "outloud==0.2.1",
    "pikepdf==10.17.0",
    "click==8.5.1",
    "fonttools==4.68.0",
    "lxml==6.1.3",
    "packaging==26.3",
    "pillow==13.0.0",
    "PyYAML==6.0.3",
];

/// Puts it into `target/pdf-tools`, some ten seconds the first time. Without Python or the network the tests say that they went
/// without; it is no reason to stop.
pub fn outloud(root: &Path) {
    let folder = root.join("target/pdf-tools");
    let program = folder.join("bin/outloud");
    let answers = || Command::new(&program).arg("--version").output().is_ok_and(|o| o.status.success());
    if !cfg!(target_os = "linux") || answers() {
        return;
    }
    let made = finish(Command::new("python3").args(["-m", "venv"]).arg(&folder)).and_then(|()| {
        let pip = ["install", "--quiet", "--disable-pip-version-check", "--no-deps"];
        finish(Command::new(folder.join("bin/pip")).args(pip).args(PACKAGES))
    });
    if let Err(why) = made {
        say(&format!(
            "没有 outloud，PDF/UA-1 规则将不被检查 / no outloud, so nobody will check the rules of PDF/UA-1: {why}"
        ));
    }
}
