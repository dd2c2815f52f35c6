//! The committed files are what the recipes make, and they serve the rounds.
#![allow(clippy::unwrap_used)]

use super::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static MADE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| files(&root()).unwrap());

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap().to_owned()
}

#[test]
fn the_committed_files_say_what_the_recipes_make() {
    let made = &*MADE;
    let dir = root().join("assets/sample/evidence");
    let committed: BTreeSet<String> =
        std::fs::read_dir(&dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(committed, made.keys().cloned().collect::<BTreeSet<_>>(), "run `cargo xtask sample-evidence`");
    let stale = |name: &str, bytes: &[u8]| {
        let there = std::fs::read(dir.join(name)).unwrap();
        if has_extension(name, "pdf") { identifier(&there) != identifier(bytes) } else { there != bytes }
    };
    let names: Vec<_> = made.iter().filter(|(name, bytes)| stale(name, bytes)).map(|(name, _)| name).collect();
    assert!(names.is_empty(), "run `cargo xtask sample-evidence`; changed: {names:?}");
}

/// A paper's identifier is drawn from its words. The bytes are not compared: they change with every stroke of the report's
/// typography, which says nothing about the evidence.
fn identifier(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    format!("{:?}", document.trailer.get(b"ID").unwrap())
}

#[test]
fn making_them_twice_gives_the_same_bytes() {
    assert!(files(&root()).unwrap() == *MADE);
}

#[test]
fn the_round_names_exactly_these_files_and_they_stay_small() {
    let text = std::fs::read_to_string(root().join("assets/sample/this-round.toml")).unwrap();
    let round: toml::Value = toml::from_str(&text).unwrap();
    let evidence = round["evidence"].as_array().unwrap();
    let named: BTreeSet<&str> = evidence.iter().filter_map(|e| e.get("file")).filter_map(|f| f.as_str()).collect();
    let made = &*MADE;
    assert_eq!(named, made.keys().map(String::as_str).collect());
    let total: usize = made.values().map(Vec::len).sum();
    assert!(total < 2_500_000, "{total} bytes: they are compiled into the program");
}

#[test]
fn where_the_round_sends_its_reader_there_is_such_a_place() {
    let text = std::fs::read_to_string(root().join("assets/sample/this-round.toml")).unwrap();
    let round: toml::Value = toml::from_str(&text).unwrap();
    let papers: Papers = read("papers.toml", include_str!("../recipes/papers.toml")).unwrap();
    let tables: Tables = read("tables.toml", include_str!("../recipes/tables.toml")).unwrap();
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for paper in &papers.papers {
        places.insert(&paper.file, paper.lines().filter(|l| l.heading).map(|l| l.text).chain(["全文"]).collect());
    }
    for book in &tables.books {
        places.insert(&book.file, book.sheets.iter().map(|s| s.name.as_str()).collect());
    }
    let mut lost = Vec::new();
    for evidence in round["evidence"].as_array().unwrap() {
        let Some(known) = evidence.get("file").and_then(|f| places.get(f.as_str()?)) else { continue };
        for link in evidence["links"].as_array().unwrap() {
            let locator = link["locator"].as_str().unwrap();
            if !known.iter().any(|place| place.starts_with(locator)) {
                lost.push(format!("{} {locator}", evidence["title"]));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:?}");
}
