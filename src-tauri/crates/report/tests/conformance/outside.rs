//! What other people's programs say: qpdf, mupdf, poppler, and outloud where Python has it.

use super::{common, each};

#[test]
fn independent_readers_find_nothing_wrong() {
    each(|name, _, pdf| check(name, pdf));
}

pub fn check(name: &str, pdf: &[u8]) {
    if let Some(seen) = common::tool("qpdf", &["--check"], pdf, &[]) {
        let said = format!("{}{}", String::from_utf8_lossy(&seen.stdout), String::from_utf8_lossy(&seen.stderr));
        assert!(seen.status.success() && !said.contains("WARNING"), "{name}: {said}");
    }
    if let Some(seen) = common::tool("mutool", &["info"], pdf, &[]) {
        let said = String::from_utf8_lossy(&seen.stderr).to_lowercase();
        assert!(seen.status.success() && !said.contains("error") && !said.contains("warning"), "{name}: {said}");
    }
    if let Some(seen) = common::tool("pdfinfo", &[], pdf, &[]) {
        let said = String::from_utf8_lossy(&seen.stdout).into_owned();
        for line in ["Tagged:          yes", "Suspects:        no", "JavaScript:      no", "Encrypted:       no"] {
            assert!(said.contains(line), "{name}: {line}\n{said}");
        }
        assert!(said.contains("Metadata Stream: yes") && said.contains("PDF version:     1.7"), "{name}: {said}");
    }
}

/// PDF/UA-1 rules by a program that agrees with veraPDF on its own test files. `cargo xtask test` puts it into `target/`.
#[test]
fn outloud_finds_no_error_for_those_who_listen() {
    let Some(outloud) = installed() else {
        eprintln!(
            "NOT CHECKED: outloud is missing, so nobody has read the PDF/UA-1 rules (cargo xtask test installs it)"
        );
        return;
    };
    each(|name, _, pdf| {
        let Some(seen) = common::tool(&outloud, &["-q", "--fail-on", "error"], pdf, &[]) else { return };
        let said = String::from_utf8_lossy(&seen.stdout).into_owned();
        assert!(seen.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&seen.stderr));
    });
}

/// The program in the tools' own folder, or wherever the shell finds it.
fn installed() -> Option<String> {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/pdf-tools/bin/outloud");
    let name = if own.exists() { own.display().to_string() } else { "outloud".to_owned() };
    let runs = std::process::Command::new(&name).arg("--version").output();
    runs.is_ok_and(|o| o.status.success()).then_some(name)
}
