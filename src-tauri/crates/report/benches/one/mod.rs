//! One report in a process of its own, so that its peak memory is its own: `--one LAYOUT EVIDENCE SWELL OUT`.

#![allow(clippy::unwrap_used)]

use crate::common;
use domain::Lang;
use report::{Layout, SectionId};
use std::io::Write;

/// Does what the command line asks; false when it asks for something else. `parts` as the layout makes only what the
/// peers make too: items, evidence and tasks beside cover and contents.
pub fn ran() -> bool {
    let mut words = std::env::args().skip_while(|word| word != "--one").skip(1);
    let Some(layout) = words.next() else { return false };
    let mut options = common::options(Layout::Certification, Lang::Zh);
    match Layout::ALL.iter().find(|l| l.key() == layout) {
        Some(layout) => options.layout = *layout,
        None => options.sections = Some([SectionId::Items, SectionId::Evidence, SectionId::Plan].into()),
    }
    let evidence = words.next().unwrap().parse().unwrap();
    let swell = words.next().unwrap().parse().unwrap();
    let round = common::sized(evidence, 100, swell);
    let start = std::time::Instant::now();
    let report = round.render(&options);
    // Without the start of the process and the making of the data; read by the bench beside the peers.
    let _ = writeln!(std::io::stdout(), "{}", start.elapsed().as_secs_f64());
    std::fs::write(words.next().unwrap(), report.pdf).unwrap();
    true
}

/// Verifies the report that `--verify FILE` names; false when the command line asks for something else.
pub fn verified() -> bool {
    let Some(file) = std::env::args().skip_while(|word| word != "--verify").nth(1) else { return false };
    let pdf = std::fs::read(file).unwrap();
    let pack = std::sync::Arc::new(common::pack());
    let seen = report::verify(&pdf, &mut |_| Some(std::sync::Arc::clone(&pack))).unwrap();
    assert_eq!(seen.pages, Some(report::Pages::Same));
    true
}

/// What a run of a process took, as `peers/measure.py` tells it.
#[derive(Clone, Copy)]
pub struct Took {
    /// Seconds by the clock.
    pub wall: f64,
    /// Seconds of all cores.
    pub cpu: f64,
    /// Peak memory in MB.
    pub peak: f64,
}

/// Runs a command under `peers/measure.py`.
///
/// # Errors
/// What the command said when it failed, or why it could not be run.
pub fn measured(command: &mut std::process::Command) -> Result<Took, String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/measure.py");
    let mut all = std::process::Command::new("python3");
    all.arg(script).arg(command.get_program()).args(command.get_args());
    let output = all.output().map_err(|why| format!("python3: {why}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(stderr.trim().lines().last().unwrap_or("failed without a word").to_owned());
    }
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    let figures: Vec<f64> = words.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match figures[..] {
        [wall, cpu, peak] => Ok(Took { wall, cpu, peak: peak / 1000.0 }),
        _ => Err(format!("no figures: {words}")),
    }
}

/// This program making one report.
#[must_use]
pub fn ours(layout: &str, evidence: u32, swell: u32, out: &std::path::Path) -> std::process::Command {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--one", layout, &evidence.to_string(), &swell.to_string()]).arg(out);
    command
}

/// This program verifying one report.
#[must_use]
pub fn verifying(file: &std::path::Path) -> std::process::Command {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.arg("--verify").arg(file);
    command
}

/// A folder for what is measured.
#[must_use]
pub fn folder() -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-bench");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Prints a line where the bench's own tables are not read by a program.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
