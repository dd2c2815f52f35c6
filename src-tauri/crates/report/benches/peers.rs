//! Our report beside what others make of the same data, in one run: `cargo bench -p report --bench peers`.
//!
//! The peers read the snapshot that our report attaches and print cover, items, evidence and tasks (`peers/*.py`, where
//! each says what it does not do). Each figure is the median of five runs of a whole process, interleaved. `ours, the
//! same parts` is our report with the peers' sections; `ours, whole` prints twelve sections and ties them together.
//! A peer that cannot be had is named. Needs python3; the peers come from `PyPI` into the target folder.

#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;
mod one;

use one::{Took, measured, ours, say};
use report::{Lang, Layout};
use std::path::{Path, PathBuf};
use std::process::Command;

const ROUNDS: usize = 5;
const PEERS: [&str; 4] = ["typst", "reportlab", "chromium", "weasyprint"];
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers");
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
    let attached = report::verify(&report.pdf).unwrap().snapshot.unwrap();
    std::fs::write(&json, attached.canonical_json()).unwrap();
    let mut producers: Vec<Producer> = [("ours, whole", "certification"), ("ours, the same parts", "parts")]
        .into_iter()
        .map(|(name, layout)| {
            let out = folder.join(format!("{layout}.pdf"));
            Producer { name: name.to_owned(), command: ours(layout, 349, 1, &out), out, runs: Vec::new() }
        })
        .collect();
    match python(&folder) {
        Ok(python) => producers.extend(PEERS.map(|name| peer(name, &python, &json, &folder))),
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
    let run = |command: &mut Command| {
        let output = command.output().map_err(|why| why.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said) }
    };
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    }
    let wanted = format!("{SCRIPTS}/requirements.txt");
    run(Command::new(&python).args(["-m", "pip", "--quiet", "install", "--requirement", &wanted]))?;
    Ok(python)
}

fn peer(name: &str, python: &Path, json: &Path, folder: &Path) -> Producer {
    let out = folder.join(format!("{name}.pdf"));
    let mut command = Command::new(python);
    command.arg(format!("{SCRIPTS}/{name}_report.py")).arg(json).arg(FONTS).arg(&out);
    Producer { name: name.to_owned(), out, command, runs: Vec::new() }
}

fn table(producers: &[Producer]) {
    let median = |producer: &Producer, part: fn(&Took) -> f64| {
        let mut list: Vec<f64> = producer.runs.iter().map(part).collect();
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    say(
        "producer                wall s   CPU s  peak MB       kB  pages  ms/page   wall x ours, whole / the same parts",
    );
    for producer in producers {
        let pdf = std::fs::read(&producer.out).unwrap();
        let pages = lopdf::Document::load_mem(&pdf).map_or(0, |doc| doc.get_pages().len());
        let wall = median(producer, |t| t.wall);
        let times: Vec<String> =
            producers.iter().take(2).map(|ours| format!("{:.1}", wall / median(ours, |t| t.wall))).collect();
        say(&format!(
            "{:22} {wall:7.3} {:7.3} {:8.1} {:8.0} {pages:6} {:8.1}   {}",
            producer.name,
            median(producer, |t| t.cpu),
            median(producer, |t| t.peak),
            pdf.len() as f64 / 1000.0,
            wall * 1000.0 / pages.max(1) as f64,
            times.join(" / "),
        ));
    }
}
