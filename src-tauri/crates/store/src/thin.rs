//! Which backups to keep.

use domain::Instant;
use std::collections::BTreeSet;

/// Everything younger is kept.
const KEEP_ALL_DAYS: i64 = 2;
/// After that, the newest of each of so many days …
const DAILY: usize = 12;
/// … then the newest of each of so many weeks …
const WEEKLY: usize = 10;
/// … then the newest of each of so many months.
const MONTHLY: usize = 9;

/// A backup as far as thinning cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// When it was made.
    pub at: Instant,
    /// Whether it was found to be good.
    pub is_good: bool,
}

/// Positions of the backups that may go.
///
/// Days with a backup are counted, not calendar days: a fortnight's holiday does not eat up the daily ones. The newest good one
/// never goes. Bad ones neither fill a place nor go: what to do with them is for a person to decide. Backups from the future
/// (the clock was wrong) count as young and stay.
pub(crate) fn superfluous(backups: &[Kept], now: Instant) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..backups.len()).filter(|&i| backups[i].is_good).collect();
    newest_first.sort_by_key(|&i| std::cmp::Reverse((backups[i].at, i)));
    let mut tiers = [Tier::new("%F", DAILY), Tier::new("%G-%V", WEEKLY), Tier::new("%Y-%m", MONTHLY)];
    let mut gone = Vec::new();
    for (rank, i) in newest_first.into_iter().enumerate() {
        let is_young = (now - backups[i].at).num_days() < KEEP_ALL_DAYS;
        if !is_young && !stays(&mut tiers, backups[i].at) && rank > 0 {
            gone.push(i);
        }
    }
    gone.sort_unstable();
    gone
}

/// One span of time of which the newest backup is kept.
struct Tier {
    format: &'static str,
    limit: usize,
    seen: BTreeSet<String>,
}

impl Tier {
    const fn new(format: &'static str, limit: usize) -> Self {
        Self { format, limit, seen: BTreeSet::new() }
    }
}

/// The first tier that is not full decides; a later one takes over where it ended.
fn stays(tiers: &mut [Tier], at: Instant) -> bool {
    for tier in tiers {
        let span = at.format(tier.format).to_string();
        if tier.seen.contains(&span) {
            return false;
        }
        if tier.seen.len() < tier.limit {
            return tier.seen.insert(span);
        }
    }
    false
}

#[cfg(test)]
mod tests;
