//! The sample does not age: on whatever day it is made, it shows what it was written to show.

use app::{Env, sample};
use chrono::{DateTime, Datelike, Days, FixedOffset, TimeZone};
use domain::{Date, GateRule, Snapshot, TaskState};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn made_on(today: Date) -> (Snapshot, app::view::Figures) {
    let temp = tempfile::tempdir().unwrap();
    let china = FixedOffset::east_opt(8 * 3600).unwrap();
    let now: DateTime<FixedOffset> = china.from_local_datetime(&today.and_hms_opt(9, 30, 0).unwrap()).unwrap();
    let env = Env::of("质检主管", move || now, || panic!("the sample has ids of its own"));
    let (mut session, round) = sample::create(&temp.path().join("样例"), env).unwrap();
    let (pack, snapshot) = session.snapshot(round).unwrap();
    let figures = session.figures(&pack, &snapshot).unwrap();
    (Snapshot::clone(&snapshot), figures)
}

/// What the sample is to show.
#[derive(Debug, PartialEq)]
struct Shown {
    rate: Option<u32>,
    level: domain::pack::LevelId,
    defects: BTreeMap<GateRule, usize>,
    tasks: [usize; 4],
}

fn shown((snapshot, figures): &(Snapshot, app::view::Figures)) -> Shown {
    let mut defects = BTreeMap::new();
    for defect in &figures.defects {
        *defects.entry(defect.rule).or_default() += 1;
    }
    Shown {
        rate: figures.score.rate,
        level: figures.readiness.level,
        defects,
        tasks: TaskState::ALL.map(|state| snapshot.tasks.iter().filter(|t| t.state == state).count()),
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Nothing happens before what it follows from, and nothing has happened that is still to come.
fn in_order(snapshot: &Snapshot, today: Date) {
    let round = &snapshot.assessment;
    let local = |at: domain::Instant| at.with_timezone(&FixedOffset::east_opt(8 * 3600).unwrap()).date_naive();
    let created = local(round.created_at);
    assert!(round.period_from < round.period_to && round.period_to.unwrap() <= created + Days::new(7), "{today}");
    for answer in &snapshot.answers {
        let at = local(answer.assessed_at.unwrap());
        assert!(created <= at && at <= today, "{today} {}", answer.item);
    }
    for evidence in &snapshot.evidence {
        let (label, added) = (evidence.label(), local(evidence.added_at));
        assert!(created <= added && added <= today, "{today} {label}");
        assert!(evidence.effective.is_none_or(|day| day <= added), "{today} {label}");
        let (from, to) = (evidence.effective, evidence.expires);
        assert!(from.zip(to).is_none_or(|(from, to)| from < to), "{today} {label}");
    }
    for finding in &snapshot.findings {
        assert!(created <= finding.found_on && finding.found_on <= today, "{today} {}", finding.label());
    }
    for task in &snapshot.tasks {
        let found = snapshot.findings.iter().find(|f| Some(f.id) == task.finding).map(|f| f.found_on);
        assert!(found.zip(task.due).is_none_or(|(found, due)| found <= due), "{today} {}", task.label());
        assert!(task.agreed_due <= task.due, "{today} {}", task.label());
        assert!(task.closed_at.is_none_or(|at| created < local(at) && local(at) <= today), "{today} {}", task.label());
    }
}

#[test]
fn on_the_day_it_was_written_it_shows_two_overdue_tasks_and_one_expired_piece_of_evidence() {
    let made = made_on(day("2026-11-22"));
    let seen = shown(&made);
    assert_eq!(seen.rate, Some(9375));
    assert_eq!(seen.defects[&GateRule::TaskOverdue], 2);
    assert_eq!(seen.defects[&GateRule::EvidenceExpired], 1);
    assert_eq!(seen.tasks, [7, 10, 5, 8]);
    assert_eq!(made.0.assessment.title, "2026年度服务质量与运营管理自评");
    in_order(&made.0, day("2026-11-22"));
}

#[test]
fn a_week_and_a_year_and_a_leap_day_later_it_shows_the_same() {
    let written = shown(&made_on(day("2026-11-22")));
    for today in ["2026-11-21", "2026-11-29", "2027-11-21", "2027-11-22", "2028-02-28", "2028-02-29", "2029-12-31"] {
        let made = made_on(day(today));
        assert_eq!(shown(&made), written, "{today}");
        in_order(&made.0, day(today));
    }
}

#[test]
fn samples_of_one_day_have_one_root_and_no_text_names_another_time() {
    let today = day("2033-03-05");
    let (snapshot, _) = made_on(today);
    assert_eq!(snapshot.root(), made_on(today).0.root());
    assert_eq!(snapshot.assessment.title, "2032年度服务质量与运营管理自评");
    let json = snapshot.canonical_json().replace("YD/T 2823-2015", "").replace(&snapshot.pack.version, "");
    let digits = |c: char| c.is_ascii_digit();
    for (at, _) in json.match_indices("20") {
        let run: String = json[at..].chars().take_while(|c| digits(*c)).collect();
        let starts = !json[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let ends = json[at + run.len()..].starts_with(['年', '-']) && !json[at + run.len()..].starts_with("-70");
        if run.len() == 4 && starts && ends {
            let year: i32 = run.parse().unwrap();
            assert!(
                (2029..=2036).contains(&year),
                "{}",
                json[at.saturating_sub(30)..].chars().take(60).collect::<String>()
            );
        }
    }
    assert!(!json.contains("{y") && !json.contains("{d"));
}

/// A clock that is wrong by decades is no reason to fall over.
#[test]
fn a_clock_before_1970_makes_a_sample_too() {
    for today in ["1969-12-31", "1900-01-01"] {
        let made = made_on(day(today));
        assert!(made.0.assessment.created_at.year() < 1970);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn on_any_day_of_ten_years_it_shows_the_same(after in 0..3653_u64) {
        let today = day("2026-11-22") + Days::new(after);
        let made = made_on(today);
        prop_assert_eq!(shown(&made), shown(&made_on(day("2026-11-22"))), "{}", today);
        in_order(&made.0, today);
    }
}
