//! What verifying takes of memory: counted by the allocator, so that it does not depend on the machine.

#![allow(clippy::unwrap_used)]

mod common;

use domain::Lang;
use peak_alloc::PeakAlloc;
use report::{Layout, Pages};
use std::sync::Arc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// A report of so many files takes no more than `most` bytes to verify, the report itself included.
fn takes(evidence: u32, most: usize) {
    let round = common::sized(evidence, 10, 1);
    let pdf = round.render(&common::options(Layout::Certification, Lang::Zh)).pdf;
    let pack = Arc::new(round.pack.clone());
    drop(round);
    MEMORY.reset_peak_usage();
    let seen = report::verify(&pdf, &mut |_| Some(Arc::clone(&pack))).unwrap();
    let peak = MEMORY.peak_usage();
    assert_eq!(seen.pages, Some(Pages::Same));
    assert!(peak < most, "{evidence} files: {peak} bytes");
}

#[test]
fn verifying_keeps_little_of_a_long_report() {
    takes(1_000, 11_000_000);
    takes(4_000, 24_000_000);
}
