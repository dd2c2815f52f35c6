//! An export takes bytes and root of the round once, and hands them on.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

/// Ways to take the canonical bytes or the root of a snapshot.
const TAKEN: [&str; 4] = [".sealed()", "canonical_json(", "write_canonical(", "snapshot.root()"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Where below these folders something takes them, as `file: way`.
fn taking(folders: &[&str]) -> Vec<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    folders.iter().for_each(|folder| sources(&crates.join(folder), &mut files));
    assert!(!files.is_empty());
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let place = file.strip_prefix(crates).unwrap().display().to_string().replace('\\', "/");
        for way in TAKEN {
            found.extend(text.matches(way).map(|_| format!("{place}: {way}")));
        }
    }
    found
}

#[test]
fn writers_take_no_root_of_their_own() {
    assert_eq!(taking(&["report/src", "exchange/src"]), Vec::<String>::new());
}

#[test]
fn exports_take_it_in_one_place() {
    // A workbook names the root and carries no snapshot.
    let known = ["app/src/exports/subject.rs: .sealed()", "app/src/exports/workbooks.rs: snapshot.root()"];
    let mut found = taking(&["app/src/exports"]);
    found.sort();
    assert_eq!(found, known);
}
