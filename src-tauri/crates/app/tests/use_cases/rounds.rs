//! Starting and editing rounds.

use crate::common::{PACK, World, day, new_round, owned};
use app::rounds;
use app::view::NewRound;
use domain::pack::Condition;
use domain::{Assessment, AssessmentKind, Id, Member, Review, Verdict};

fn with_conditions(conditions: &[&str]) -> NewRound {
    NewRound { conditions: Some(owned(conditions)), ..new_round() }
}

#[test]
fn items_whose_condition_does_not_hold_are_proposed_as_not_applicable_with_the_reason() {
    let mut world = World::with(&with_conditions(&["online", "bot", "multi-site", "self-built"]));
    let snapshot = world.snapshot();
    let conditional: Vec<_> = PACK
        .0
        .items
        .iter()
        .filter(|i| matches!(i.applies, Condition::Outbound | Condition::Outsourced))
        .map(|i| i.code.as_str())
        .collect();
    assert!(conditional.len() >= 5, "the shipped criteria have such items");
    let mut proposed: Vec<_> = snapshot.answers.iter().map(|a| a.item.as_str()).collect();
    proposed.sort_by_key(|code| PACK.0.items.iter().position(|i| i.code == *code));
    assert_eq!(proposed, conditional);
    for answer in &snapshot.answers {
        let item = PACK.0.item(&answer.item).unwrap();
        let word = if item.applies == Condition::Outbound { "没有外呼业务" } else { "没有外包" };
        assert_eq!(answer.verdict, Some(Verdict::NotApplicable));
        assert!(answer.reason.contains(word) && answer.reason.contains("请确认"), "{}", answer.reason);
        assert_eq!((answer.review, answer.assessor.as_str()), (Review::Open, "质检主管"));
        assert!(answer.assessed_at.is_some());
    }
    assert_eq!(world.doctor(), []);
    let figures = world.session.round(world.round).unwrap().figures;
    assert_eq!(figures.score.overall.na as usize, conditional.len());
    assert_eq!(figures.undo, None, "starting a round is not undone by a key stroke");
}

#[test]
fn nothing_is_proposed_when_all_hold_or_nobody_was_asked() {
    let all = ["multi-site", "bot", "online", "self-built", "outsourced", "outbound", "bot"];
    let mut world = World::with(&with_conditions(&all));
    assert_eq!(world.snapshot().answers, []);
    let kept = world.snapshot().assessment.conditions.unwrap();
    assert_eq!(kept, ["outbound", "outsourced", "self-built", "online", "bot", "multi-site"], "one order, each once");
    let mut unasked = World::new();
    assert_eq!(unasked.snapshot().answers, []);
    assert_eq!(unasked.snapshot().assessment.conditions, None);
}

#[test]
fn titles_and_kind_follow_from_what_was_asked_for() {
    for (wanted, title, kind) in [
        (new_round(), "示例组织·云岭客服中心2026年内部自评", AssessmentKind::SelfAssessment),
        (NewRound { gap: true, ..new_round() }, "示例组织·云岭客服中心2026年差距分析", AssessmentKind::Gap),
        (NewRound { title: " 认证前摸底 ".into(), ..new_round() }, "认证前摸底", AssessmentKind::SelfAssessment),
    ] {
        let assessment = World::with(&wanted).snapshot().assessment;
        assert_eq!((assessment.title.as_str(), assessment.kind), (title, kind));
        assert_eq!((assessment.revision, assessment.frozen), (1, false));
        assert_eq!(
            (assessment.profile.as_str(), assessment.pack_sha256.as_str()),
            ("internal", PACK.0.sha256.as_str())
        );
        assert_eq!(assessment.team, [Member { role: "评估组长".into(), name: "周敏".into() }]);
    }
    let strict = NewRound { profile: "strict".into(), ..new_round() };
    assert_eq!(World::with(&strict).snapshot().assessment.profile, "strict");
}

#[test]
fn refused_rounds_leave_nothing_behind() {
    let fields = [
        ("组织名称", NewRound { organization: "  ".into(), ..new_round() }),
        ("组织名称", NewRound { organization: "云岭".repeat(251), ..new_round() }),
        ("标题", NewRound { title: "标题".repeat(251), ..new_round() }),
        ("范围", NewRound { scope: "长".repeat(100_001), ..new_round() }),
        ("职场", NewRound { sites: vec!["主职场".into(), "分职场".repeat(167)], ..new_round() }),
        ("评估组", NewRound { team: vec![Member { role: "长".repeat(501), name: String::new() }], ..new_round() }),
        ("密级", NewRound { confidentiality: "密".repeat(501), ..new_round() }),
        ("适用情形", with_conditions(&["online", "视频"])),
        ("评分方案", NewRound { profile: "lenient".into(), ..new_round() }),
        (
            "评估期间",
            NewRound { period_from: Some(day("2026-10-01")), period_to: Some(day("2026-09-30")), ..new_round() },
        ),
    ];
    let mut world = World::new();
    for (field, wanted) in fields {
        let checked = rounds::check_by(&PACK.0, &wanted).unwrap_err();
        let error = world.refused(|s, _| rounds::start(s, &PACK.0, &wanted));
        assert!(matches!(&error, app::Error::Field { field: found, .. } if *found == field), "{field}: {error}");
        assert_eq!(checked.to_string(), error.to_string(), "a caller can know before it makes a workspace");
    }
    let unknown_before = NewRound { predecessor: Some(Id::from_u128(7)), ..new_round() };
    assert_eq!(world.refused(|s, _| rounds::start(s, &PACK.0, &unknown_before)).code(), "unknown");
    assert_eq!(world.session.rounds().unwrap().len(), 1);
}

#[test]
fn a_period_of_one_day_and_an_open_one_are_fine() {
    let one = NewRound { period_from: Some(day("2026-09-30")), period_to: Some(day("2026-09-30")), ..new_round() };
    let open = NewRound { period_from: None, ..new_round() };
    assert!([one, open].iter().all(|new| rounds::check_by(&PACK.0, new).is_ok()));
}

#[test]
fn the_next_round_knows_the_one_before() {
    let mut world = World::new();
    world.mark(&["XC3-05"], Verdict::Nonconform);
    world.mark(&["XC3-06"], Verdict::Conform);
    let finding = world.add_finding("XC3-05");
    let open = world.add_task(&finding);
    let (before, root_before) = (world.round, world.root());

    world.outside.pass(chrono::TimeDelta::days(300));
    let next = NewRound { predecessor: Some(before), ..new_round() };
    let next = rounds::start(&mut world.session, &PACK.0, &next).unwrap();
    let (_, snapshot) = world.session.snapshot(next).unwrap();
    let predecessor = snapshot.predecessor.as_ref().unwrap();
    assert_eq!((predecessor.id, predecessor.root.as_str()), (before, root_before.as_str()));
    assert_eq!(predecessor.verdicts["XC3-05"], Verdict::Nonconform);
    assert_eq!(predecessor.verdicts.len(), 2);
    assert_eq!(predecessor.open_tasks.iter().map(|t| t.id).collect::<Vec<_>>(), [open.id]);
    assert_eq!(snapshot.answers, [], "verdicts are compared, not carried over");
    let before_then = world.session.round(before).unwrap().figures;
    assert_eq!(before_then.before, None);
    let before_now = world.session.round(next).unwrap().figures.before.unwrap();
    assert_eq!(before_now, before_then.score, "measured the same way, it is the score it had");
    let site = before_now.domains.iter().find(|d| d.code == "XC").unwrap();
    assert_eq!((site.tally.conform, site.tally.nonconform), (1, 1));
    assert_eq!(world.root(), root_before, "the earlier round stays as it was");
    assert_eq!(world.session.choose(None).unwrap(), next, "the newest one is opened");
    assert_eq!(world.session.choose(Some(before)).unwrap(), before);
    assert!(matches!(world.session.choose(Some(Id::from_u128(9))), Err(app::Error::Unknown { .. })));
    assert_eq!(world.doctor(), []);
}

#[test]
fn editing_replaces_what_describes_the_round_and_nothing_else() {
    let mut world = World::new();
    let held = world.snapshot().assessment;
    let wanted = Assessment {
        title: "  2026 年度自评（复测） ".into(),
        kind: AssessmentKind::Gap,
        scope: "热线\r\n在线".into(),
        exclusions: "夜间外包班组不在范围内".into(),
        sites: owned(&["主职场", " ", "成都职场 "]),
        team: vec![
            Member { role: "评估组长".into(), name: String::new() },
            Member { role: " ".into(), name: String::new() },
        ],
        profile: "strict".into(),
        // None of this is the editor's to change.
        pack_sha256: "0".repeat(64),
        revision: 9,
        frozen: true,
        created_at: chrono::DateTime::UNIX_EPOCH,
        reopened_because: "没有".into(),
        withdrawn: true,
        ..held.clone()
    };
    let update = rounds::edit(&mut world.session, &wanted).unwrap();
    let edited = update.assessment.unwrap();
    assert_eq!(edited.title, "2026 年度自评（复测）");
    assert_eq!((edited.kind, edited.scope.as_str()), (AssessmentKind::Gap, "热线\n在线"));
    assert_eq!(edited.sites, ["主职场", "成都职场"]);
    assert_eq!(edited.team.len(), 1, "an empty row of the form is no person");
    assert_eq!(edited.conditions, None);
    assert_eq!(edited.profile, "strict");
    assert_eq!(
        (&edited.pack_sha256, edited.revision, edited.frozen, edited.created_at, edited.withdrawn),
        (&held.pack_sha256, 1, false, held.created_at, false)
    );
    assert_eq!(edited.reopened_because, "");
    assert_eq!(update.figures.undo.unwrap().action, "edit_round");
    assert_eq!(world.snapshot().assessment, edited);

    for refused in [
        Assessment { title: " ".into(), ..edited.clone() },
        Assessment { organization: String::new(), ..edited.clone() },
        Assessment { period_from: Some(day("2027-01-01")), ..edited.clone() },
        Assessment { conditions: Some(owned(&["夜间"])), ..edited.clone() },
        // Marks hang on the conditions: they have a verb of their own.
        Assessment { conditions: Some(owned(&["online"])), ..edited.clone() },
        Assessment { profile: "lenient".into(), ..edited.clone() },
        Assessment { sampling: "抽".repeat(100_001), ..edited.clone() },
    ] {
        assert_eq!(world.refused(|s, _| rounds::edit(s, &refused)).code(), "field");
    }
    let foreign = Assessment { id: Id::from_u128(5), ..edited };
    assert_eq!(world.refused(|s, _| rounds::edit(s, &foreign)).code(), "unknown");
}
