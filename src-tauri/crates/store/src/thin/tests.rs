#![allow(clippy::unwrap_used)]

use super::{Kept, superfluous};
use chrono::{Duration, TimeZone as _, Utc};
use domain::Instant;

fn noon() -> Instant {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
}

fn good(at: Instant) -> Kept {
    Kept { at, is_good: true }
}

fn thinned(backups: &[Kept], now: Instant) -> Vec<Kept> {
    let gone = superfluous(backups, now);
    backups.iter().enumerate().filter(|(i, _)| !gone.contains(i)).map(|(_, b)| *b).collect()
}

#[test]
fn everything_of_two_days_stays() {
    let half_hours: Vec<_> = (0..90).map(|n| good(noon() - Duration::minutes(30 * n))).collect();
    assert_eq!(superfluous(&half_hours, noon()), Vec::<usize>::new());
}

#[test]
fn a_year_of_backups_every_half_hour_of_the_working_day_settles() {
    let mut kept: Vec<Kept> = Vec::new();
    let mut now = noon() - Duration::days(400);
    for _ in 0..400 {
        for _ in 0..16 {
            kept.push(good(now));
            now += Duration::minutes(30);
        }
        now += Duration::hours(16);
        kept = thinned(&kept, now);
    }
    let ages: Vec<_> = kept.iter().rev().map(|b| (now - b.at).num_days()).collect();
    let mut old: Vec<_> = ages.iter().filter(|d| **d >= 2).copied().collect();
    assert_eq!(old.len(), 12 + 10 + 9, "{old:?}");
    old.dedup();
    assert_eq!(old[..11], [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "{old:?}");
    assert!(old.last().unwrap() > &300, "the oldest goes back months: {old:?}");
    assert!(old.windows(2).all(|pair| pair[1] - pair[0] <= 35), "no gap beyond a month and its days: {old:?}");
}

#[test]
fn the_newest_of_a_day_is_the_one_that_stays() {
    let day = noon() - Duration::days(5);
    let of_day = [good(day - Duration::hours(3)), good(day), good(day - Duration::hours(1))];
    assert_eq!(superfluous(&of_day, noon()), [0, 2]);
}

#[test]
fn the_last_good_one_stays_however_old() {
    let old = good(noon() - Duration::days(4000));
    assert_eq!(superfluous(&[old], noon()), Vec::<usize>::new());
}

#[test]
fn bad_ones_neither_go_nor_take_a_place() {
    let day = noon() - Duration::days(5);
    let bad = Kept { at: day, is_good: false };
    assert_eq!(superfluous(&[bad, good(day - Duration::hours(2)), good(day - Duration::hours(3))], noon()), [2]);
}

#[test]
fn a_clock_set_back_two_years_costs_no_backup() {
    let backups: Vec<_> = (0..40).map(|n| good(noon() - Duration::days(n))).collect();
    assert_eq!(superfluous(&backups, noon() - Duration::days(730)), Vec::<usize>::new());
}
