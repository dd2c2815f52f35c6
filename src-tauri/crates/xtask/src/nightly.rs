//! `cargo xtask nightly`: the long runs. Faults by the hundred, a gigabyte, and a minute of fuzzing for each target; at the end a
//! table of what was tried and what was lost.

use crate::packages;
use crate::say;
use crate::steps::{Steps, cargo_command, finish};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// How often, where the everyday run tries a few.
const LONG: [(&str, &str); 5] = [
    ("BEISHEN_KILLS", "500"),
    ("BEISHEN_STEPS", "800"),
    ("BEISHEN_POWER_CUTS", "1500"),
    ("BEISHEN_FLIPS", "4000"),
    ("BEISHEN_BIG_BYTES", "1073741824"),
];

/// Targets in `fuzz/fuzz_targets`, and the longest input that is worth trying, in bytes.
const TARGETS: [(&str, &str); 5] =
    [("criteria", "100000"), ("snapshot", "16384"), ("attachment", "16384"), ("names", "1024"), ("database", "4096")];

const SECONDS: &str = "60";

/// Installed with the toolchain at hand, into the project's own target folder.
const FUZZER: [&str; 4] = ["install", "cargo-fuzz@0.13.2", "--locked", "--quiet"];

/// What a nightly run needs beside what the tests need: a peer to measure against, and a compiler for libFuzzer.
const PACKAGES: [&str; 5] = ["strace", "e2fsprogs", "restic", "openssl", "g++"];

/// `only` picks one part: `faults`, `flips`, `big` or `fuzz`.
pub fn nightly(root: &Path, only: Option<&str>) -> Result<(), String> {
    let parts = ["faults", "flips", "big", "fuzz"];
    if let Some(unknown) = only.filter(|part| !parts.contains(part)) {
        return Err(format!("no such part: {unknown}; there are {}", parts.join(", ")));
    }
    let is_wanted = |part: &str| only.is_none_or(|wanted| wanted == part);
    let mut table = Vec::new();
    let outcome = Steps::new().within(|steps| {
        steps.step("system packages", || packages::ensure(&PACKAGES))?;
        // Every part is run, so that the table is whole; the first failure is told at the end.
        let mut failures = Vec::new();
        let mut part = |name: &str, work: &mut dyn FnMut(&mut Vec<String>) -> Result<(), String>| {
            if let Err(why) = steps.step(name, || work(&mut table)) {
                failures.push(why);
            }
        };
        if is_wanted("faults") {
            part("faults", &mut |table| store_test(root, &["--test", "faults"], table));
        }
        if is_wanted("flips") {
            let args = ["--test", "tamper", "flipped_bits", "--", "--nocapture"];
            part("flipped bits", &mut |table| store_test(root, &args, table));
        }
        if is_wanted("big") {
            part("a gigabyte, beside its peer", &mut |_| {
                finish(&mut cargo_command(root, &["bench", "--package", "store", "--bench", "floors", "--", "--big"]))
            });
        }
        if is_wanted("fuzz") {
            part("fuzzer", &mut |_| fuzzer(root));
            for (target, longest) in TARGETS {
                part(&format!("fuzz {target}"), &mut |table| fuzz(root, target, longest, table));
            }
        }
        if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
    });
    say("\nfault: how many were tried, what was lost");
    for line in table {
        say(&format!("  {line}"));
    }
    outcome
}

fn store_test(root: &Path, args: &[&str], table: &mut Vec<String>) -> Result<(), String> {
    let mut command = cargo_command(root, &[&["test", "--package", "store"], args].concat());
    command.envs(LONG);
    listened(&mut command, Stream::Out, |line| table.extend(line.strip_prefix("= ").map(str::to_owned)))
}

fn fuzzer(root: &Path) -> Result<(), String> {
    if root.join("target/tools/bin/cargo-fuzz").exists() {
        return Ok(());
    }
    finish(cargo_command(root, &FUZZER).args(["--root", "target/tools"]))
}

fn fuzz(root: &Path, target: &str, longest: &str, table: &mut Vec<String>) -> Result<(), String> {
    let folder = root.join("fuzz");
    let (corpus, seeds) = (format!("corpus/{target}"), format!("seeds/{target}"));
    std::fs::create_dir_all(folder.join(&corpus)).map_err(|e| e.to_string())?;
    let mut command = Command::new(root.join("target/tools/bin/cargo-fuzz"));
    command.current_dir(&folder).args(["run", target, "--sanitizer", "none", "--target-dir", "../target/fuzz"]);
    command.args([&corpus, &seeds]);
    command.args(["--", &format!("-max_total_time={SECONDS}"), &format!("-max_len={longest}"), "-print_final_stats=1"]);
    // Ten seconds for one input would be a way to keep a user waiting.
    command.args(["-timeout=10", "-rss_limit_mb=2048"]);
    // The stable compiler knows the flags of libFuzzer, but gives them away only to who says that they may change.
    command.env("RUSTC_BOOTSTRAP", "1");
    let mut tried = String::from("?");
    let outcome = listened(&mut command, Stream::Err, |line| {
        if let Some(number) = line.strip_prefix("stat::number_of_executed_units:") {
            number.trim().clone_into(&mut tried);
        }
    });
    let found = if outcome.is_ok() { "0 crashes" } else { "CRASHED" };
    table.push(format!("fuzz {target}: {tried} inputs in {SECONDS} s, {found}"));
    outcome
}

/// Where a program says what is listened to.
#[derive(Clone, Copy)]
enum Stream {
    Out,
    Err,
}

/// Runs a command, shows what it says on one of its streams, and lets each line be heard.
fn listened(command: &mut Command, stream: Stream, mut hear: impl FnMut(&str)) -> Result<(), String> {
    let shown = format!("{command:?}").replace('"', "");
    match stream {
        Stream::Out => command.stdout(Stdio::piped()),
        Stream::Err => command.stderr(Stdio::piped()),
    };
    let mut child = command.spawn().map_err(|e| format!("{shown}: {e}"))?;
    let read: Option<Box<dyn std::io::Read>> = match stream {
        Stream::Out => child.stdout.take().map(|s| Box::new(s) as _),
        Stream::Err => child.stderr.take().map(|s| Box::new(s) as _),
    };
    for line in read.into_iter().flat_map(|read| BufReader::new(read).lines()).map_while(Result::ok) {
        say(&line);
        hear(&line);
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{shown}: {status}")),
        Err(e) => Err(format!("{shown}: {e}")),
    }
}
