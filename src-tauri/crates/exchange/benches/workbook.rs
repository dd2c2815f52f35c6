//! The checklist workbook beside its floor and a peer, in one run: `cargo bench -p exchange --bench workbook`.
//!
//! `bare` is `rust_xlsxwriter` writing the same cells without formats, heights, lists or colours; `openpyxl` writes and reads the same
//! cells with the interpreter already running. Each figure is the median of so many runs, interleaved. A peer that cannot be had is named.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/files/common.rs"]
#[allow(dead_code)]
mod common;

use calamine::{Data, Reader as _, Xlsx};
use common::{PACK, evidence, id, round};
use domain::{Answer, Lang, Snapshot, Verdict};
use exchange::sheet::Meanings;
use exchange::workbook::{Origin, Wanted, compare, read, write};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const RUNS: usize = 21;

/// A round with every item answered, as `word` says.
fn answered(word: &str) -> Snapshot {
    let mut round = round();
    let answer = |(n, item): (usize, &domain::pack::Item)| Answer {
        verdict: Some(Verdict::ALL[n % 3]),
        note: format!(
            "{word}：抽查 2026 年 {} 月的记录 {n} 份，其中一份缺签字；现场访谈班长与质检各一人，说法与记录一致。",
            n % 12 + 1
        ),
        ..Answer::blank(id(1), &item.code)
    };
    round.answers = PACK.items.iter().enumerate().map(answer).collect();
    round.evidence = (1..=60).map(|n| evidence(n, &format!("记录{n}.pdf"), &n.to_le_bytes())).collect();
    round.normalized()
}

fn file(snapshot: &Snapshot) -> Vec<u8> {
    let origin = Origin {
        workspace: String::new(),
        assessment: snapshot.assessment.id,
        root: snapshot.root(),
        pack_sha256: PACK.sha256.clone(),
        recipient: "王工".into(),
        made_at: chrono::DateTime::parse_from_rfc3339("2026-11-29T09:00:00+08:00").unwrap(),
    };
    write(&PACK, snapshot, &[], &origin, &Wanted { lang: Lang::Zh, ..Wanted::default() }).unwrap()
}

/// The cells of a file, sheet by sheet.
fn cells(bytes: &[u8]) -> Vec<Vec<(u32, u16, String)>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheets = book.worksheets();
    let filled = |(_, range): (String, calamine::Range<Data>)| {
        let (top, left) = range.start().unwrap_or_default();
        let at = |(r, c, cell): (usize, usize, &Data)| {
            (top + u32::try_from(r).unwrap(), u16::try_from(left as usize + c).unwrap(), cell.to_string())
        };
        range.used_cells().map(at).collect()
    };
    sheets.into_iter().map(filled).collect()
}

fn bare(sheets: &[Vec<(u32, u16, String)>]) -> Vec<u8> {
    let mut book = Workbook::new();
    for cells in sheets {
        let sheet = book.add_worksheet();
        for (r, c, text) in cells {
            sheet.write_string(*r, *c, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Milliseconds.
fn took<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64() * 1000.0
}

fn median(mut runs: Vec<f64>) -> f64 {
    runs.sort_by(f64::total_cmp);
    runs[runs.len() / 2]
}

fn main() {
    // Asked for by `cargo test` with nothing to measure.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let (sent, now) = (answered("初稿"), answered("复查"));
    let bytes = file(&sent);
    let sheets = cells(&bytes);
    let count: usize = sheets.iter().map(Vec::len).sum();
    let (mut ours, mut floor, mut preview) = (Vec::new(), Vec::new(), Vec::new());
    // Every note was changed in the workbook: what is recorded is what was sent, and the file says something else.
    let changed = file(&now);
    let mut base = read(&bytes).unwrap();
    for _ in 0..RUNS {
        floor.push(took(|| bare(&sheets)));
        ours.push(took(|| file(&sent)));
        preview.push(took(|| {
            let filled = read(&changed).unwrap();
            base.rows = filled.rows;
            assert_eq!(compare(&PACK, &sent, &[], &base, &Meanings::default()).differences.len(), PACK.items.len());
        }));
    }
    let (ours, floor) = (median(ours), median(floor));
    println!("writing {count} cells: ours {ours:.1} ms, rust_xlsxwriter bare {floor:.1} ms, {:.2} x", ours / floor);
    println!(
        "preview of {} changed rows: {:.1} ms, file of {} kB",
        PACK.items.len(),
        median(preview),
        bytes.len() / 1000
    );
    match openpyxl(&bytes, &sheets) {
        Ok(time) => println!("openpyxl, the same cells: {time}"),
        Err(why) => println!("NOT MEASURED: openpyxl: {why}"),
    }
}

/// Writes and reads the same cells with openpyxl; the interpreter measures itself.
fn openpyxl(bytes: &[u8], sheets: &[Vec<(u32, u16, String)>]) -> Result<String, String> {
    const SCRIPT: &str = r"
import io, json, sys, time, statistics
import openpyxl
sheets = json.load(open(sys.argv[2]))
def write():
    book = openpyxl.Workbook()
    for cells in sheets:
        sheet = book.create_sheet()
        for r, c, text in cells:
            cell = sheet.cell(r + 1, c + 1); cell.value = text; cell.data_type = 's'
    book.save(io.BytesIO())
def read():
    for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
        for row in sheet.iter_rows(values_only=True): pass
def took(work):
    runs = []
    for _ in range(5):
        start = time.perf_counter(); work(); runs.append((time.perf_counter() - start) * 1000)
    return statistics.median(runs)
print(f'writes in {took(write):.0f} ms, reads in {took(read):.0f} ms')
";
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let python = root.join("target/pdf-tools/bin/python");
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    std::fs::write(path("a.xlsx"), bytes).map_err(|e| e.to_string())?;
    std::fs::write(path("cells.json"), serde_json::to_vec(sheets).unwrap()).map_err(|e| e.to_string())?;
    let output = Command::new(python).args(["-c", SCRIPT]).arg(path("a.xlsx")).arg(path("cells.json")).output();
    let output = output.map_err(|e| e.to_string())?;
    let line = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(line(&output.stdout)) } else { Err(line(&output.stderr)) }
}
