//! A workspace whose bytes were changed: each four bytes of input set one byte of the database (three say where).
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use store::{HistoryQuery, Holder, Workspace};

static WHOLE: &[u8] = include_bytes!("../../src-tauri/crates/store/tests/golden/v3/beishen.db");

static DIR: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let home = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    home.join(format!("beishen-fuzz-{}", std::process::id()))
});

fuzz_target!(|changes: &[u8]| {
    let mut bytes = WHOLE.to_vec();
    for change in changes.chunks_exact(4) {
        let at = u32::from_be_bytes([0, change[0], change[1], change[2]]) as usize % bytes.len();
        bytes[at] = change[3];
    }
    let _ = std::fs::remove_dir_all(&*DIR);
    std::fs::create_dir(&*DIR).expect("a folder");
    let db = DIR.join("beishen.db");
    std::fs::write(&db, &bytes).expect("a file");
    let since = chrono::DateTime::from_timestamp(1_795_000_000, 0).expect("a moment");
    let holder = Holder { app: "fuzz".into(), user: "fuzz".into(), host: "fuzz".into(), pid: 1, since };
    match Workspace::open(&DIR, &holder) {
        Ok(w) => {
            let _ = w.doctor(&mut |_, _| ControlFlow::Continue(()));
            let _ = w.history(&HistoryQuery::default());
            for round in w.assessments().unwrap_or_default() {
                let pack = w.pack_text(&round.pack_sha256);
                let nameless = domain::PackIdentity {
                    standard: String::new(),
                    version: String::new(),
                    sha256: pack.ok().flatten().map_or_else(String::new, |_| round.pack_sha256.clone()),
                };
                let _ = w.snapshot(round.id, nameless).map(|s| s.root());
                let _ = (w.can_undo(round.id), w.can_redo(round.id), w.sign_offs(round.id), w.reports(round.id));
            }
        }
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            assert_eq!(std::fs::read(&db).expect("the file"), bytes, "a refused file was touched");
        }
    }
});
