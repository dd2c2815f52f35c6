//! A PDF that is said to be a report.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match report::verify(bytes, &mut |_| None) {
        Ok(found) => assert!(!found.matches || found.printed == found.recomputed),
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
});
