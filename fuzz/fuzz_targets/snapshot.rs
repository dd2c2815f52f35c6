//! The data attached to a report from a stranger.
#![no_main]

use domain::{CriteriaPack, Snapshot, gate, readiness, scoring};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static PACK: LazyLock<CriteriaPack> = LazyLock::new(|| {
    CriteriaPack::parse(include_bytes!("../seeds/criteria/valid.toml")).expect("the seed is a criteria file")
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(snapshot) = serde_json::from_slice::<Snapshot>(bytes) else { return };
    let root = snapshot.root();
    let read_again: Snapshot = serde_json::from_str(&snapshot.canonical_json()).expect("what was written can be read");
    assert_eq!(read_again.root(), root);
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    let _ = scoring::score(&PACK, &snapshot);
    let _ = scoring::score_before(&PACK, &snapshot);
    let _ = readiness::readiness(&PACK, &snapshot, today);
    let _ = gate::gate(&PACK, &snapshot, today, &BTreeMap::new());
});
