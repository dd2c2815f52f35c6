//! System packages. Debian and its children are set up by this program; elsewhere it says what is needed.

use crate::say;
use crate::steps::finish;
use std::path::Path;
use std::process::{Command, Stdio};

/// Needed to build the window: the web view of GTK.
pub const BUILD: &[&str] = &["pkg-config", "libwebkit2gtk-4.1-dev", "fonts-noto-cjk"];

/// Needed to test it: a virtual display and the bus of a desktop, a driver for the window, a browser for screenshots,
/// independent readers of PDF and Office files, tools that cut the power.
pub const TEST: &[&str] = &[
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "fonts-noto-cjk",
    "xvfb",
    "dbus-daemon",
    "webkit2gtk-driver",
    "chromium",
    "qpdf",
    "poppler-utils",
    "mupdf-tools",
    "libreoffice-writer",
    "libreoffice-calc",
    "python3-venv",
    "strace",
    "faketime",
    "e2fsprogs",
];

/// Sees to it that the packages are installed.
///
/// # Errors
/// When some are missing and cannot be installed by this user: the message is the line to run.
pub fn ensure(packages: &[&str]) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if !Path::new("/usr/bin/dpkg-query").exists() {
        say(&format!(
            "这不是 Debian 系统，请自行安装与下列相当的软件包 / not Debian, please install the like of: {}",
            packages.join(" ")
        ));
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|p| !installed(p)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get update && apt-get install -y --no-install-recommends {}", missing.join(" "));
    if !is_root() {
        return Err(format!(
            "缺少系统软件包，当前用户无权安装，请执行 / missing system packages, please run:\n  sudo sh -c '{line}'"
        ));
    }
    say(&line);
    let apt = |args: &[&str]| {
        finish(Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
    };
    apt(&["update", "-qq"])?;
    apt(&[["install", "-y", "-qq", "--no-install-recommends"].as_slice(), &missing].concat())
}

fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|o| o.stdout.ends_with(b"install ok installed"))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}
