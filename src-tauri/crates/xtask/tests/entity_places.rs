//! What a new entity costs: the files that have to be touched by hand. Measured in the sources, so that a second list of entities
//! is noticed when it is written. ARCHITECTURE.md; the way through the files is in CONTRIBUTING.md.
#![allow(clippy::unwrap_used, missing_docs, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// At most so many.
const FILES: usize = 12;

/// A file that names so many of the eight structs knows them all, whatever it leaves out.
const MANY: usize = 6;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").canonicalize().unwrap()
}

/// Sources of the product: no tests, nothing generated, and no dictionaries, in which Evidence and Finding are plain English.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        let is_aside = ["target", "node_modules", "tests", "benches", "i18n", "further.rs", "tests.rs", "bindings.ts"]
            .contains(&name.as_str());
        if is_aside || name.contains(".test.") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if [".rs", ".ts", ".svelte"].iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
}

/// Whether the code of a file, comments left out, has a word.
fn names(text: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split(|c| !is_word(c))).any(|found| found == word)
}

/// Struct and table of every entity, out of the one list.
fn entities() -> Vec<(String, String)> {
    let list = std::fs::read_to_string(root().join("src-tauri/crates/domain/src/entity.rs")).unwrap();
    let rows = list.lines().filter_map(|line| line.trim().split_once(") \"").filter(|_| line.contains("listed as")));
    let found: Vec<_> = rows
        .map(|(head, tail)| (head.split_once('(').unwrap().1.to_owned(), tail.split_once('"').unwrap().0.to_owned()))
        .filter(|(row, _)| !row.contains('$'))
        .collect();
    assert!(found.len() >= 8, "{found:?}");
    found
}

#[test]
fn an_entity_takes_at_most_twelve_files() {
    let (root, entities) = (root(), entities());
    let mut all = Vec::new();
    for folder in ["src-tauri", "ui/src"] {
        sources(&root.join(folder), &mut all);
    }
    let relative = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let mut touched = BTreeSet::new();
    for path in &all {
        let text = std::fs::read_to_string(path).unwrap();
        if entities.iter().filter(|(row, _)| names(&text, row)).count() >= MANY {
            touched.insert(relative(path));
        }
    }
    // Those that are its own: here of the last but one, which nothing refers to.
    let (_, leaf) = entities.iter().find(|(row, _)| row == "SignOff").unwrap();
    let own = |path: &&PathBuf| {
        let is_core = ["domain", "store"].iter().any(|c| path.starts_with(root.join("src-tauri/crates").join(c)));
        is_core && path.file_stem().is_some_and(|stem| stem.to_str() == Some(leaf))
    };
    let own: Vec<_> = all.iter().filter(own).map(|path| relative(path)).collect();
    assert!(own.len() >= 2, "its struct and its table: {own:?}");
    touched.extend(own);
    // The module of its table, the step that makes it, and the list of steps.
    let also = ["src/table/mod.rs", "migrations/<next>.sql", "src/schema.rs"];
    touched.extend(also.map(|path| format!("src-tauri/crates/store/{path}")));
    println!("a new entity touches {} files:", touched.len());
    touched.iter().for_each(|path| println!("  {path}"));
    assert!(touched.len() <= FILES, "{} files: {touched:#?}", touched.len());
    assert!(touched.contains("src-tauri/crates/domain/src/entity.rs"), "the list itself is among them");
}
