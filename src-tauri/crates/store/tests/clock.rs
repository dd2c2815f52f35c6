//! Clocks that are wrong: the order of things comes from the log, never from what a clock says.
#![allow(clippy::unwrap_used)]

mod common;

use chrono::{DateTime, Duration};
use common::*;
use domain::{Instant, Verdict};
use store::{Act, Edit, HistoryQuery, Holder, Workspace, backups, thin_backups};

/// Back two years, forward ten, the epoch, before it, a day of the year 9999.
fn moments() -> Vec<Instant> {
    let odd = ["1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z", "2016-12-31T23:59:60Z"];
    let odd = odd.map(|text| DateTime::parse_from_rfc3339(text).unwrap().to_utc());
    [at(0), at(0) - Duration::days(730), at(1) + Duration::days(3650), at(2)].into_iter().chain(odd).collect()
}

#[test]
fn the_log_keeps_the_order_whatever_the_clock_says() {
    let p = place();
    let mut root_after = Vec::new();
    for (n, &now) in moments().iter().enumerate() {
        let mut w = if n == 0 {
            workspace(&p.dir)
        } else {
            Workspace::open(&p.dir, &Holder { since: now, ..holder() }).unwrap()
        };
        let act = Act { at: now, ..act(10 + n as u128, "mark") };
        w.commit(&act, &[Edit::Answer(answer("XC3-05", Some(Verdict::ALL[n % 3]), &format!("第 {n} 次")))]).unwrap();
        root_after.push(root(&w));
        w.close().unwrap();
    }
    let mut w = Workspace::open(&p.dir, &holder()).unwrap();
    let seqs: Vec<_> = w.history(&HistoryQuery::default()).unwrap().iter().map(|c| c.seq).collect();
    let ordered = seqs.windows(2).all(|s| s[0] < s[1]) || seqs.windows(2).all(|s| s[0] > s[1]);
    assert!(ordered, "{seqs:?}");
    assert_eq!(doctor(&w), []);
    // Undo goes back the way it came.
    for (n, wanted) in root_after.iter().rev().skip(1).enumerate() {
        w.undo(&act(50 + n as u128, "undo"), round_id()).unwrap().unwrap();
        assert_eq!(root(&w), *wanted);
    }
    assert_eq!(doctor(&w), []);
}

#[test]
fn a_backup_is_made_at_any_time_and_a_wrong_clock_removes_none() {
    let p = place();
    let w = workspace(&p.dir);
    let folder = p.temp.path().join("备份");
    // The year 9999 has five digits left to overflow into; a backup of then is still found and still good.
    for &now in &moments() {
        let made = w.backup(&folder, now).unwrap();
        assert!(made.counts.is_some(), "{now}");
    }
    let all = backups(&folder).unwrap();
    assert!(all.iter().all(|b| b.counts.is_some()));
    let left = all.len();
    thin_backups(&folder, at(0) - Duration::days(20_000)).unwrap();
    assert_eq!(backups(&folder).unwrap().len(), left, "a clock set back removed backups");
}
