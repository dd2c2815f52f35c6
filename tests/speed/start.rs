//! From the start of the process to the first paint, and the memory when nothing moves any more: the blank window and the
//! program with the sample in turn, so that both meet the same machine.

use crate::figures::Figures;
use crate::harness::{Place, until};
use crate::tree::Tree;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// Pairs of starts that count; one more before them fills the caches and makes the sample.
const PAIRS: usize = 9;

/// A program that says when it was painted.
struct Measured {
    name: &'static str,
    program: String,
    args: &'static [&'static str],
    place: Place,
    paint: Vec<f64>,
    memory: Vec<f64>,
    processes: Vec<(String, f64)>,
}

pub async fn measure() {
    let mut blank = Measured::new("blank window", "BLANK_APP", &[]);
    let mut ours = Measured::new("备审 with the sample", "BEISHEN_APP", &["--sample"]);
    for pair in 0..=PAIRS {
        for measured in [&mut blank, &mut ours] {
            let (paint, memory) = measured.start().await;
            if pair > 0 {
                measured.paint.push(paint);
                measured.memory.push(memory);
            }
        }
    }
    println!("\nstart of the process to the first paint, ms; {PAIRS} pairs in turn");
    let paint = [&blank, &ours].map(|measured| {
        let figures = Figures::new(measured.paint.clone());
        println!("  {:<22} {}   best {:>6.1}", measured.name, figures.line(), figures.best());
        figures.median()
    });
    println!("  ratio of the medians   {:.2}   (at most 1.5)", paint[1] / paint[0]);

    println!("\nmemory when idle (PSS of all processes), MiB");
    let memory = [&blank, &ours].map(|measured| {
        let figures = Figures::new(measured.memory.clone());
        let parts: Vec<_> = measured.processes.iter().map(|(name, mib)| format!("{name} {mib:.1}")).collect();
        println!("  {:<22} {}   {}", measured.name, figures.line(), parts.join(" + "));
        figures.median()
    });
    println!("  difference             {:.1}   (at most 60 MB = 57.2 MiB)", memory[1] - memory[0]);

    println!("\nsize of the program, MiB");
    for measured in [&blank, &ours] {
        let bytes = std::fs::metadata(&measured.program).unwrap().len();
        println!("  {:<22} {:.1}", measured.name, f64::from(u32::try_from(bytes / 1024).unwrap()) / 1024.0);
    }
}

impl Measured {
    fn new(name: &'static str, variable: &str, args: &'static [&'static str]) -> Self {
        let program = std::env::var(variable).expect("run `cargo xtask bench window`");
        Self { name, program, args, place: Place::new(), paint: vec![], memory: vec![], processes: vec![] }
    }

    /// One start: milliseconds to the first paint, and MiB when idle.
    async fn start(&mut self) -> (f64, f64) {
        let log = self.place.path("home/logs/beishen.log");
        let said = self.place.path("said");
        for old in [&log, &said] {
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
            .stdout(std::fs::File::create(&said).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let tree = Tree(child);
        until("the window is painted", || async { painted(&log, &said).is_some() }).await;
        let at = painted(&log, &said).unwrap();
        tree.idle().await;
        self.processes = tree.memory();
        let memory = self.processes.iter().map(|(_, mib)| mib).sum();
        tree.end().await;
        (at - millis(began), memory)
    }
}

/// When the page was painted, in milliseconds since 1970: our program writes it into its log, the blank one to its output.
fn painted(log: &Path, said: &Path) -> Option<f64> {
    let said = std::fs::read_to_string(said).unwrap_or_default();
    if let Some(micros) = said.strip_prefix("painted ").and_then(|rest| rest.strip_suffix('\n')) {
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
