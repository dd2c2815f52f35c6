//! A criteria file from a stranger.
#![no_main]

use domain::{CriteriaPack, scoring};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match CriteriaPack::parse(bytes) {
        Ok(pack) => {
            let profile = pack.profile("internal");
            let score = scoring::score_with(&pack, profile, |_| None);
            let again = scoring::score_with(&pack, profile, |_| None);
            assert_eq!(score, again);
            let same = CriteriaPack::parse(bytes).map(|p| p.sha256);
            assert_eq!(same.ok(), Some(pack.sha256));
        }
        // The words are shown to a user, so making them must not fail either.
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
});
