//! No page of a report says what another denies: what is open is not final, what is not proven or does not apply is not ready.

#![allow(clippy::unwrap_used)]

mod common;

use common::Round;
use domain::pack::LevelId;
use domain::{CriteriaPack, Lang, PackIdentity, Verdict};
use report::Layout;

/// The round with the first `assessed` items marked so, nothing else recorded.
fn marked(verdict: Verdict, assessed: usize) -> Round {
    let mut round = common::round();
    let snapshot = &mut round.snapshot;
    snapshot.evidence.clear();
    snapshot.links.clear();
    snapshot.findings.clear();
    snapshot.tasks.clear();
    snapshot.predecessor = None;
    let blank = domain::Answer::blank(snapshot.assessment.id, "");
    let codes = round.pack.items.iter().take(assessed).map(|i| i.code.clone());
    snapshot.answers = codes
        .map(|item| domain::Answer {
            item,
            verdict: Some(verdict),
            reason: "本中心没有此项业务".into(),
            ..blank.clone()
        })
        .collect();
    round.snapshot = round.snapshot.normalized();
    round.sign_offs.clear();
    round.history.clear();
    round
}

fn text(pages: &[String]) -> String {
    pages.join("\n").split_whitespace().collect()
}

/// The first chapter, without white space.
fn conclusion(pages: &[String], lang: Lang) -> String {
    let (title, next) = match lang {
        Lang::Zh => ("1 准备度结论", "2 目的、范围、依据与方法"),
        Lang::En => ("1 Readiness conclusion", "2 Objectives, scope, criteria and method"),
    };
    text(&common::section(pages, title, next))
}

#[test]
fn what_is_open_is_never_called_final_and_bears_the_draft_mark() {
    // Items assessed, and whether the report may be final.
    for (assessed, is_final) in [(0, false), (100, false), (223, false), (224, true)] {
        let round = marked(Verdict::Conform, assessed);
        for (layout, lang) in
            [(Layout::Certification, Lang::Zh), (Layout::Management, Lang::En), (Layout::Gap, Lang::Zh)]
        {
            let options = common::options(layout, lang);
            assert_eq!(report::is_draft(&round.pack, &round.snapshot, &options), !is_final);
            let Some(pages) = common::pages(&round.render(&options).pdf) else { return };
            let all = text(&pages);
            let (open, done) = match lang {
                Lang::Zh => ("评估进行中，不是定稿", "定稿，待批准签署"),
                Lang::En => ("Assessmentinprogress,notfinal", "Final,waitingforapproval"),
            };
            assert_eq!(all.contains(open), !is_final, "{assessed} {layout:?}");
            assert_eq!(all.contains(done), is_final, "{assessed} {layout:?}");
            let mark: Vec<char> = if lang == Lang::Zh { "草稿" } else { "DRAFT" }.chars().collect();
            let bears = |page: &String| {
                let lines: Vec<&str> = page.lines().map(str::trim).collect();
                lines.contains(&"DRAFT") || mark.iter().all(|c| lines.iter().any(|l| *l == c.to_string()))
            };
            assert!(pages.iter().all(|p| bears(p) != is_final), "{assessed} {layout:?}");
        }
    }
}

#[test]
fn conformity_without_evidence_is_not_ready_on_any_page() {
    let round = marked(Verdict::Conform, 224);
    let Some(pages) = common::pages(&round.render(&common::options(Layout::Certification, Lang::Zh)).pdf) else {
        return;
    };
    let (profile, conclusion) = (round.pack.profile("internal"), conclusion(&pages, Lang::Zh));
    assert!(conclusion.contains("自评：尚未就绪") && conclusion.contains("判为符合的条目中，有证据的不低于90%"));
    for level in [LevelId::Ready, LevelId::ReadyWithReservations] {
        let says: String = profile.level(level).unwrap().text.split_whitespace().collect();
        assert!(!conclusion.contains(&says), "{level:?} is claimed");
    }
}

#[test]
fn a_rate_over_nothing_is_a_dash_and_holds_no_rule() {
    for lang in Lang::ALL {
        let round = marked(Verdict::NotApplicable, 224);
        let Some(pages) = common::pages(&round.render(&common::options(Layout::Certification, lang)).pdf) else {
            return;
        };
        let compared = |with: &str| pages.iter().flat_map(|p| p.lines()).any(|line| line.starts_with(with));
        assert!(compared("— ≥ 60.00%") && !compared("0.00% ≥"), "{lang:?}: {}", pages[3]);
        let (ready, not) = if lang == Lang::Zh {
            ("自评：准备就绪", "自评：尚未就绪")
        } else {
            ("Self-assessed:ready", "Self-assessed:notready")
        };
        let conclusion = conclusion(&pages, lang);
        assert!(conclusion.contains(not) && !conclusion.replace(not, "").contains(ready), "{lang:?}");
    }
}

/// Criteria of 0.1.0 have no rule about evidence; what they call ready is told apart from what is proven.
#[test]
fn older_criteria_say_that_they_do_not_judge_by_evidence() {
    let mut round = marked(Verdict::Conform, 224);
    round.pack = CriteriaPack::parse(include_bytes!("../../../../tests/golden/0.1.0/pack/criteria.toml")).unwrap();
    round.snapshot.pack = PackIdentity::of(&round.pack);
    round.snapshot.assessment.pack_sha256 = round.pack.sha256.clone();
    // Some items went by other codes then.
    for (answer, item) in round.snapshot.answers.iter_mut().zip(&round.pack.items) {
        answer.item.clone_from(&item.code);
    }
    round.snapshot = round.snapshot.normalized();
    for (lang, says) in [(Lang::Zh, "判为符合的条目中有224条没有证据"), (Lang::En, "conformingitemswithoutany:224")]
    {
        let Some(pages) = common::pages(&round.render(&common::options(Layout::Certification, lang)).pdf) else {
            return;
        };
        assert!(text(&pages).contains(says), "{lang:?}");
    }
}
