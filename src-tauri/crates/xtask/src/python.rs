//! Peers in Python, which only tests want: `outloud` reads a report by the rules of PDF/UA-1 as those do who listen to it, `openpyxl`
//! fills in workbooks.

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

/// `openpyxl`, with which scripts around us fill in workbooks.
const OPENPYXL: [&str; 2] = ["openpyxl==3.1.5", "et_xmlfile==2.0.0"];

/// Puts both into `target/pdf-tools`, some ten seconds the first time. Without Python or the network the tests say that they went
/// without; it is no reason to stop.
pub fn peers(root: &Path) {
    let folder = root.join("target/pdf-tools");
    let runs = |program: &str, args: &[&str]| {
        Command::new(folder.join("bin").join(program)).args(args).output().is_ok_and(|o| o.status.success())
    };
    if !cfg!(target_os = "linux") || (runs("outloud", &["--version"]) && runs("python", &["-c", "import openpyxl"])) {
        return;
    }
    let made = finish(Command::new("python3").args(["-m", "venv"]).arg(&folder)).and_then(|()| {
        let pip = ["install", "--quiet", "--disable-pip-version-check", "--no-deps"];
        finish(Command::new(folder.join("bin/pip")).args(pip).args(PACKAGES).args(OPENPYXL))
    });
    if let Err(why) = made {
        say(&format!(
            "没有 outloud 和 openpyxl，PDF/UA-1 规则和 Python 填写的工作簿将不被检查 / no outloud and no openpyxl, so nobody will check the rules of PDF/UA-1 and workbooks filled in by Python: {why}"
        ));
    }
}
