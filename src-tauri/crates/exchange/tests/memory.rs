//! What refusing a file takes of memory: counted by the allocator, so that it does not depend on the machine. Each of these files is
//! small, and would be read for minutes or fill the memory if somebody believed it.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "files/common.rs"]
#[allow(dead_code)]
mod common;
#[path = "files/edit.rs"]
#[allow(dead_code)]
mod edit;

use common::{PACK, round};
use edit::rewritten;
use exchange::sheet::file::{self, open};
use exchange::workbook::{Origin, Wanted, read, write};
use peak_alloc::PeakAlloc;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What the issue allows; the bytes of the file are held by whoever reads it.
const MOST: usize = 200_000_000;

/// A checklist as it goes out.
fn sent() -> Vec<u8> {
    let round = round().normalized();
    let origin = Origin {
        workspace: "0123456789abcdef".into(),
        assessment: round.assessment.id,
        root: round.root(),
        pack_sha256: PACK.sha256.clone(),
        recipient: String::new(),
        made_at: chrono::DateTime::parse_from_rfc3339("2026-11-29T09:00:00+08:00").unwrap(),
    };
    write(&PACK, &round, &[], &origin, &Wanted { domain: Some("XC"), ..Wanted::default() }).unwrap()
}

/// It with another sheet of items.
fn with_rows(rows: &str) -> Vec<u8> {
    rewritten(&sent(), |name, content| {
        if name == "xl/worksheets/sheet2.xml" {
            *content = content.replace("</sheetData>", &format!("{rows}</sheetData>"));
        }
    })
}

/// So many rows of these cells, below those that are there.
fn cells(rows: std::ops::Range<u32>, cells: &str) -> String {
    rows.fold(String::new(), |mut text, row| {
        let _ = write!(text, "<row r=\"{row}\">{cells}</row>");
        text
    })
}

/// It with more texts than its own, under the number that the first of them has.
fn with_texts(texts: &str, rows: impl Fn(usize) -> String) -> Vec<u8> {
    let mut first = 0;
    let long = rewritten(&sent(), |name, content| {
        if name == "xl/sharedStrings.xml" {
            first = content.matches("<si>").count();
            *content = content.replace("</sst>", &format!("{texts}</sst>"));
        }
    });
    rewritten(&long, |name, content| {
        if name == "xl/worksheets/sheet2.xml" {
            *content = content.replace("</sheetData>", &format!("{}</sheetData>", rows(first)));
        }
    })
}

/// It with ten thousand sheets that are all one part, which unpacks to forty megabytes of nothing.
fn one_part_ten_thousand_times() -> Vec<u8> {
    rewritten(&sent(), |name, content| {
        if name == "xl/workbook.xml" {
            let sheets = (0..10_000).fold(String::new(), |mut text, n| {
                let _ = write!(text, "<sheet name=\"x{n}\" sheetId=\"{}\" r:id=\"rId2\"/>", n + 100);
                text
            });
            *content = content.replace("</sheets>", &format!("{sheets}</sheets>"));
        } else if name == "xl/worksheets/sheet2.xml" {
            *content = content.replace("</sheetData>", &format!("{}</sheetData>", " ".repeat(40 << 20)));
        }
    })
}

/// It beside something that unpacks to more than any checklist.
fn bomb() -> Vec<u8> {
    let mut file = ZipWriter::new_append(Cursor::new(sent())).unwrap();
    file.start_file("xl/media/bomb.xml", SimpleFileOptions::default()).unwrap();
    for _ in 0..64 {
        file.write_all(&[b' '; 1 << 20]).unwrap();
    }
    file.finish().unwrap().into_inner()
}

#[test]
fn what_claims_to_be_large_is_refused_in_little_memory() {
    const CELL: &str = "<c><v>1</v></c>";
    let long = format!("<si><t>{}</t></si>", "长".repeat(30_000));
    type Case = (&'static str, fn(&str) -> Vec<u8>, &'static str);
    let cases: [Case; 6] = [
        ("a bomb", |_| bomb(), "太大"),
        ("a million rows", |_| with_rows(&cells(1_000..1_001_000, CELL)), "太大"),
        ("300,001 cells", |_| with_rows(&cells(1_000..19_000, &CELL.repeat(20))), "太大"),
        (
            "one long text in every cell",
            |long| with_texts(long, |first| cells(1_000..19_000, &format!("<c t=\"s\"><v>{first}</v></c>"))),
            "太大",
        ),
        ("three million texts", |_| with_texts(&"<si><t/></si>".repeat(3_400_000), |_| String::new()), ""),
        ("one part ten thousand times", |_| one_part_ten_thousand_times(), "损坏"),
    ];
    for (name, made, word) in cases {
        let bytes = made(&long);
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let said = read(&bytes).err().map(|e| e.to_string());
        let peak = MEMORY.peak_usage() - before;
        assert!(peak < MOST, "{name}: {peak} bytes");
        match word {
            "" => {}
            word => assert!(said.as_ref().is_some_and(|said| said.contains(word)), "{name}: {said:?}"),
        }
        // Nor as somebody's own list.
        MEMORY.reset_peak_usage();
        let _ = open("清单.xlsx", &bytes, file::Wanted::default());
        let peak = MEMORY.peak_usage() - before;
        assert!(peak < MOST, "{name} as a list: {peak} bytes");
    }
}
