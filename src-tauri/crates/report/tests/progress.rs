//! A long report says how far it is, and stops when it is asked to.

#![allow(clippy::unwrap_used)]

mod common;

use domain::Lang;
use report::{Error, Layout, Stage};
use std::ops::ControlFlow;

#[test]
fn laying_out_many_evidence_files_moves_on_in_small_steps() {
    let round = common::sized(2_000, 10, 1);
    let mut steps = Vec::new();
    report::render(
        &round.input(),
        round.snapshot.sealed(),
        &common::options(Layout::Certification, Lang::Zh),
        &mut |progress| {
            steps.push(progress);
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    for stage in [Stage::Layout, Stage::Render] {
        let of: Vec<_> = steps.iter().filter(|p| p.stage == stage).collect();
        assert!(of.windows(2).all(|pair| pair[0].done <= pair[1].done && pair[0].total == pair[1].total), "{stage:?}");
        let (done, total) = (of.last().unwrap().done, of[0].total);
        assert_eq!(done, total, "{stage:?} ends with everything done");
        let leap = of.windows(2).map(|pair| pair[1].done - pair[0].done).max().unwrap();
        assert!(leap * 8 <= total, "{stage:?}: a leap of {leap} in {total}");
    }
}

#[test]
fn it_stops_in_the_middle_of_the_evidence_index() {
    let round = common::sized(2_000, 10, 1);
    let mut last = 0;
    let stopped = report::render(
        &round.input(),
        round.snapshot.sealed(),
        &common::options(Layout::Certification, Lang::Zh),
        &mut |progress| {
            last = progress.done;
            if progress.done * 2 > progress.total { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
    );
    assert!(matches!(stopped, Err(Error::Cancelled)));
    assert!(last > 20, "long after the sections before it");
}
