//! Boundaries of a check point that counts failures in a sample, for a sample of any size.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many of a sample may fall short: up to `conform` is 符合, up to `partial` is 部分符合, more is 不符合.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct SampleTally {
    /// Number of the check point, 1-based.
    pub point: u32,
    /// Size of the sample that the two boundaries are written for.
    pub of: u32,
    /// Most failures that are still 符合.
    pub conform: u32,
    /// Most failures that are still 部分符合.
    pub partial: u32,
}

impl SampleTally {
    /// The boundaries `(conform, partial)` for a sample of `n`: in proportion, and where that is no whole number the strict side, so
    /// that a small sample never allows a larger share of failures than the one the point was written for. One exception: of two or
    /// more, 部分符合 allows at least one, as half a sample failing is partial and not nonconform.
    #[must_use]
    pub fn bounds(&self, n: u32) -> (u32, u32) {
        let share = |most: u32| u64::from(most) * u64::from(n) / u64::from(self.of.max(1));
        let whole = |most| u32::try_from(share(most)).unwrap_or(u32::MAX).min(n);
        let at_least = u32::from(n >= 2 && self.partial > self.conform);
        (whole(self.conform), whole(self.partial).max(at_least))
    }

    /// The grade of `failing` out of `n`; `None` where nothing was there to look at.
    #[must_use]
    pub fn verdict(&self, failing: u32, n: u32) -> Option<crate::Verdict> {
        let (conform, partial) = self.bounds(n);
        match failing {
            _ if n == 0 => None,
            f if f <= conform => Some(crate::Verdict::Conform),
            f if f <= partial => Some(crate::Verdict::Partial),
            _ => Some(crate::Verdict::Nonconform),
        }
    }
}
