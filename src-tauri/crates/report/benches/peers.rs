//! Our report beside what others make of the same data, in one run: `cargo bench -p report --bench peers`.
//!
//! The peers print the same words as `ours, the same parts`: cover, control page, contents, items, evidence and tasks with
//! their links (`peers/prepare.py` makes the document before anything is measured; each peer says what it does not do). How
//! many characters `pdftotext` finds is printed as proof. Each figure is the median of five runs of a whole process,
//! interleaved; `ours, whole` prints twelve sections and ties them together. The first line leaves out the start of the
//! process and the reading of the data.
//! A peer that cannot be had is named. Needs python3 (3.11 or later); the peers come from `PyPI` into the target folder.

#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;
#[allow(dead_code, reason = "each bench of this folder uses its part")]
mod one;

use domain::Lang;
use one::{Took, measured, ours, say};
use report::Layout;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROUNDS: usize = 5;
const PEERS: [&str; 4] = ["typst", "reportlab", "chromium", "weasyprint"];
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers");
const CRITERIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../criteria/yd-t-2823-2015.toml");
const FONTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/fonts");

struct Producer {
    name: String,
    out: PathBuf,
    command: Command,
    runs: Vec<Took>,
}

fn main() {
    if one::ran() {
        return;
    }
    let folder = one::folder();
    let json = folder.join("assessment.json");
    let round = common::sized(349, 100, 1);
    let report = round.render(&common::options(Layout::Certification, Lang::Zh));
    let attached = round.verify(&report.pdf).unwrap().snapshot.unwrap();
    std::fs::write(&json, attached.canonical_json()).unwrap();
    let mut producers: Vec<Producer> = [("ours, whole", "certification"), ("ours, the same parts", "parts")]
        .into_iter()
        .map(|(name, layout)| {
            let out = folder.join(format!("{layout}.pdf"));
            Producer { name: name.to_owned(), command: ours(layout, 349, 1, &out), out, runs: Vec::new() }
        })
        .collect();
    match python(&folder) {
        Ok(python) => {
            run(Command::new(&python)
                .arg(format!("{SCRIPTS}/prepare.py"))
                .arg(&json)
                .arg(CRITERIA)
                .arg(folder.join("document.json")))
            .unwrap();
            producers.extend(PEERS.map(|name| peer(name, &python, &folder)));
            in_process(&python, &folder);
        }
        Err(why) => say(&format!("NOT MEASURED: all peers: {why}")),
    }
    for round in 0..ROUNDS {
        producers.retain_mut(|producer| match measured(&mut producer.command) {
            Ok(took) => {
                producer.runs.push(took);
                true
            }
            Err(why) => {
                say(&format!("NOT MEASURED: {} in round {}: {why}", producer.name, round + 1));
                false
            }
        });
    }
    table(&producers);
}

/// The interpreter of a folder of packages as `peers/requirements.txt` pins them.
fn python(folder: &Path) -> Result<PathBuf, String> {
    let home = folder.join("peers");
    let python = home.join("bin/python");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    }
    let wanted = format!("{SCRIPTS}/requirements.txt");
    run(Command::new(&python).args(["-m", "pip", "--quiet", "install", "--requirement", &wanted]))?;
    Ok(python)
}

/// Runs a command; returns what it printed.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|why| why.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// The same parts without the start of the process and the reading of the data: the first report of each process.
fn in_process(python: &Path, folder: &Path) {
    let mut runs: Vec<(f64, f64)> = Vec::new();
    for _ in 0..ROUNDS {
        let mut typst = Command::new(python);
        typst.arg(format!("{SCRIPTS}/typst_report.py")).arg(folder).arg(FONTS).arg(folder.join("warm.pdf"));
        let both = [&mut ours("parts", 349, 1, &folder.join("warm.pdf")), &mut typst]
            .map(|c| run(c)?.parse().map_err(|e| format!("{e}")));
        match both {
            [Ok(ours), Ok(typst)] => runs.push((ours, typst)),
            other => return say(&format!("NOT MEASURED: without the start of the process: {other:?}")),
        }
    }
    let median = |part: fn(&(f64, f64)) -> f64| {
        let mut list: Vec<f64> = runs.iter().map(part).collect();
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    let (ours, typst) = (median(|r| r.0), median(|r| r.1));
    say(&format!("without the start of the process: ours {ours:.3} s, typst {typst:.3} s, {:.1} x", typst / ours));
}

fn peer(name: &str, python: &Path, folder: &Path) -> Producer {
    let out = folder.join(format!("{name}.pdf"));
    let mut command = Command::new(python);
    command.arg(format!("{SCRIPTS}/{name}_report.py")).arg(folder).arg(FONTS).arg(&out);
    Producer { name: name.to_owned(), out, command, runs: Vec::new() }
}

/// How many characters a reader finds, white space aside.
fn characters(pdf: &Path) -> String {
    let text = run(Command::new("pdftotext").arg(pdf).arg("-"));
    text.map_or_else(
        |_| "no pdftotext".to_owned(),
        |text| text.chars().filter(|c| !c.is_whitespace()).count().to_string(),
    )
}

fn table(producers: &[Producer]) {
    let median = |producer: &Producer, part: fn(&Took) -> f64| {
        let mut list: Vec<f64> = producer.runs.iter().map(part).collect();
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    say(
        "producer                wall s   CPU s  peak MB       kB  pages  characters   wall x ours, whole / the same parts",
    );
    for producer in producers {
        let pdf = std::fs::read(&producer.out).unwrap();
        let pages = lopdf::Document::load_mem(&pdf).map_or(0, |doc| doc.get_pages().len());
        let wall = median(producer, |t| t.wall);
        let times: Vec<String> =
            producers.iter().take(2).map(|ours| format!("{:.1}", wall / median(ours, |t| t.wall))).collect();
        say(&format!(
            "{:22} {wall:7.3} {:7.3} {:8.1} {:8.0} {pages:6} {:>11}   {}",
            producer.name,
            median(producer, |t| t.cpu),
            median(producer, |t| t.peak),
            pdf.len() as f64 / 1000.0,
            characters(&producer.out),
            times.join(" / "),
        ));
    }
}
