//! Who may depend on whom: ARCHITECTURE.md, invariants 1 and 2.
#![allow(clippy::unwrap_used, missing_docs)]

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use std::collections::BTreeSet;

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap()
}

/// Direct dependencies of a member, those of its tests left out.
fn direct(metadata: &Metadata, member: &str) -> BTreeSet<String> {
    let package = metadata.packages.iter().find(|p| p.name.as_str() == member).unwrap();
    package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development).map(|d| d.name.clone()).collect()
}

#[test]
fn crates_depend_on_each_other_in_one_direction_only() {
    let metadata = metadata();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|p| p.name.to_string()).collect();
    for (member, allowed) in [
        ("domain", &[][..]),
        ("store", &["domain"]),
        ("report", &["domain"]),
        ("exchange", &["domain"]),
        ("app", &["domain", "store", "report", "exchange"]),
        ("cli", &["domain", "app"]),
        ("beishen", &["domain", "app"]),
        ("xtask", &[]),
        ("sample-evidence", &["domain", "report"]),
        ("e2e", &["domain"]),
        ("blank", &[]),
    ] {
        let used: BTreeSet<_> = direct(&metadata, member).intersection(&ours).cloned().collect();
        let allowed: BTreeSet<_> = allowed.iter().map(ToString::to_string).collect();
        assert!(used.is_subset(&allowed), "{member} uses {used:?}, may use {allowed:?}");
    }
    assert_eq!(ours.len(), 11, "a new crate needs a line above: {ours:?}");
}

#[test]
fn each_outer_world_has_one_crate_that_names_it() {
    let metadata = metadata();
    for (library, only) in [
        ("tauri", "beishen"),
        ("rusqlite", "store"),
        ("rusqlite_migration", "store"),
        ("printpdf", "report"),
        ("lopdf", "report"),
        ("clap", "cli"),
    ] {
        // The blank window is what the real one is measured against; it is no part of the program.
        for package in metadata.packages.iter().filter(|p| p.name.as_str() != "blank") {
            let named = direct(&metadata, &package.name).contains(library);
            assert_eq!(named, package.name.as_str() == only, "{} and {library}", package.name);
        }
    }
}

#[test]
fn errors_keep_their_names() {
    let metadata = metadata();
    for package in &metadata.packages {
        let named = direct(&metadata, &package.name);
        // One enum per crate: the page chooses its words by code, which an opaque error does not have.
        assert!(!named.contains("anyhow") && !named.contains("eyre"), "{}", package.name);
    }
}

#[test]
fn the_domain_has_no_clock_no_chance_and_no_disk() {
    let metadata = metadata();
    let domain = direct(&metadata, "domain");
    for banned in ["tempfile", "rand", "rusqlite", "tracing", "tokio", "include_dir", "anyhow"] {
        assert!(!domain.contains(banned), "{banned}");
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src");
    let mut open = vec![std::path::PathBuf::from(folder)];
    let mut read = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        read += 1;
        for banned in [
            "std::fs",
            "std::env",
            "std::process",
            "std::net",
            "SystemTime",
            "Utc::now",
            "Local::now",
            "now_v7",
            "new_v4",
        ] {
            assert!(!text.contains(banned), "{} in {}", banned, path.display());
        }
    }
    assert!(read > 10);
}
