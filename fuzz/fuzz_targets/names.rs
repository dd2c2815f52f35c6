//! Names of evidence files, which an export turns into names on somebody else's disk.
#![no_main]

use exchange::safe_name;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|name: &str| {
    let safe = safe_name(name);
    assert!(!safe.is_empty() && safe != "." && safe != "..", "{safe:?}");
    assert!(safe.len() <= 255, "{} bytes", safe.len());
    assert!(!safe.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']), "{safe:?}");
    assert!(!safe.chars().any(char::is_control), "{safe:?}");
    assert!(!safe.ends_with(['.', ' ']) && !safe.starts_with(' '), "{safe:?}");
    assert_eq!(safe_name(&safe), safe);
});
