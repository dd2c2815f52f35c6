//! From the start of the process to the first paint, and the memory when nothing moves any more: the blank window, the same window
//! with one Chinese sentence, and the program with the sample in turn, so that all meet the same machine.

use crate::figures::Figures;
use crate::harness::{Place, until};
use crate::tree::{Memory, Tree};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// Starts of each that count; one more before them fills the caches and makes the sample.
const ROUNDS: usize = 9;

/// A program that says when it was painted.
struct Measured {
    name: &'static str,
    program: String,
    args: &'static [&'static str],
    place: Place,
    paint: Vec<f64>,
    processes: Vec<Memory>,
}

pub async fn measure() {
    let mut all = [
        Measured::new("blank window", "BLANK_APP", &[]),
        Measured::new("one Chinese sentence", "BLANK_APP", &["--words"]),
        Measured::new("备审 with the sample", "BEISHEN_APP", &["--sample"]),
    ];
    for round in 0..=ROUNDS {
        for measured in &mut all {
            // Waiting for the garbage of each start would take half an hour.
            let paint = measured.start(round == ROUNDS).await;
            if round > 0 {
                measured.paint.push(paint);
            }
        }
    }
    println!("\nstart of the process to the first paint, ms; {ROUNDS} starts in turn");
    let [blank, _, ours] = all.each_ref().map(|measured| {
        let figures = Figures::new(measured.paint.clone());
        println!("  {:<22} {}   best {:>6.1}", measured.name, figures.line(), figures.best());
        figures.median()
    });
    println!("  ratio of the medians   {:.2}   (at most 1.5)", ours / blank);

    println!("\nmemory when idle, MiB: PSS of all processes, in brackets without what lies in files as well");
    let sums = all.each_ref().map(|measured| {
        let sum = |part: fn(&Memory) -> f64| measured.processes.iter().map(part).sum::<f64>();
        let (all, own) = (sum(|memory| memory.all), sum(|memory| memory.own));
        let parts: Vec<_> =
            measured.processes.iter().map(|m| format!("{} {:.1} ({:.1})", m.name, m.all, m.own)).collect();
        println!("  {:<22} {all:>6.1} ({own:>5.1})   {}", measured.name, parts.join(" + "));
        (all, own)
    });
    for (measured, (all, own)) in all.iter().zip(sums).skip(1) {
        println!("  {:<22} + {:.1} ({:.1})", measured.name, all - sums[0].0, own - sums[0].1);
    }
    println!("  wanted                 + 57.2 at most (60 MB)");

    println!("\nsize of the program, MiB");
    for measured in [&all[0], &all[2]] {
        let bytes = std::fs::metadata(&measured.program).unwrap().len();
        println!("  {:<22} {:.1}", measured.name, f64::from(u32::try_from(bytes / 1024).unwrap()) / 1024.0);
    }
}

impl Measured {
    fn new(name: &'static str, variable: &str, args: &'static [&'static str]) -> Self {
        let program = std::env::var(variable).expect("run `cargo xtask bench window`");
        Self { name, program, args, place: Place::new(), paint: vec![], processes: vec![] }
    }

    /// One start: milliseconds to the first paint; at last, the memory when idle too.
    async fn start(&mut self, last: bool) -> f64 {
        let log = self.place.path("home/logs/beishen.log");
        let stdout = self.place.path("stdout");
        for old in [&log, &stdout] {
            // Absent before the first start.
            let _ = std::fs::remove_file(old);
        }
        let began = SystemTime::now();
        let child = Command::new(&self.program)
            .args(self.args)
            .env("BEISHEN_CONFIG_DIR", self.place.path("home"))
            .env("BEISHEN_NO_SINGLE_INSTANCE", "1")
            .env("BEISHEN_NO_WINDOW_STATE", "1")
            .env("XDG_DATA_HOME", self.place.path("xdg-data"))
            .env("XDG_CACHE_HOME", self.place.path("xdg-cache"))
            .env("LANG", "zh_CN.UTF-8")
            .stdin(Stdio::null())
            .stdout(std::fs::File::create(&stdout).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let tree = Tree(child);
        until("the window is painted", || async { painted(&log, &stdout).is_some() }).await;
        let at = painted(&log, &stdout).unwrap();
        if last {
            tree.settled().await;
            self.processes = tree.memory();
        } else {
            tree.idle().await;
        }
        tree.end().await;
        at - millis(began)
    }
}

/// When the page was painted, in milliseconds since 1970: our program writes it into its log, the blank one to its output.
fn painted(log: &Path, stdout: &Path) -> Option<f64> {
    let stdout = std::fs::read_to_string(stdout).unwrap_or_default();
    if let Some(micros) = stdout.strip_prefix("painted ").and_then(|rest| rest.strip_suffix('\n')) {
        return Some(micros.parse::<f64>().ok()? / 1000.0);
    }
    let log = std::fs::read_to_string(log).ok()?;
    let line = log.lines().find(|line| line.contains("first paint"))?;
    let at = chrono::DateTime::parse_from_rfc3339(line.split_whitespace().next()?).ok()?;
    Some(millis(at.into()))
}

fn millis(at: SystemTime) -> f64 {
    at.duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}
