//! Other criteria for a round under way.

use crate::common::{PACK, World, owned, quiet, short, task, tree};
use crate::next_pack::{ADDED, CHANGED, RENAMED, UNTICKED, WITHDRAWN, next};
use app::answers::{self, AnswerPatch};
use app::criteria::{self, CriteriaUpdated};
use app::exports::{self, Export};
use app::tasks::{self, Closure};
use app::{conditions, findings, log, sign_offs, upkeep};
use domain::pack::{ItemPart, PieceKind};
use domain::{CriteriaPack, GateRule, Lang, PackIdentity, Review, SignRole, Snapshot, TaskState, Verdict};
use std::sync::LazyLock;
use store::HistoryQuery;

static LATER: LazyLock<(CriteriaPack, String)> = LazyLock::new(|| {
    let text = next(&PACK.1);
    (CriteriaPack::parse(text.as_bytes()).unwrap(), text)
});

const NAMED: [&str; 4] = [CHANGED, WITHDRAWN, RENAMED[0], "XC3-06"];

impl World {
    fn update(&mut self) -> CriteriaUpdated {
        let (pack, text) = &*LATER;
        let shown = criteria::preview(&mut self.session, self.round, pack).unwrap();
        let done = criteria::update(&mut self.session, self.round, pack, text).unwrap();
        assert_eq!(done.plan, shown, "what was shown is what is done");
        done
    }

    fn confirm(&mut self, item: &str) {
        let verdict = self.snapshot().verdict(item);
        self.patch(&[item], &AnswerPatch { verdict, ..AnswerPatch::default() });
    }

    /// One item of each fate, each with a verdict, a note, evidence, a finding and a task.
    fn recorded() -> Self {
        let mut world = Self::new();
        world.mark(&NAMED, Verdict::Partial);
        for item in NAMED {
            world.patch(&[item], &AnswerPatch { note: Some(format!("{item} 抽查三期")), ..AnswerPatch::default() });
            world.add_file(&[item], &format!("{item}.txt"), item);
            let finding = world.add_finding(item);
            world.add_task(&finding);
        }
        let ticks = world.session.snapshot(world.round).unwrap().0.item(CHANGED).unwrap().evidence.clone();
        world.patch(
            &[CHANGED],
            &AnswerPatch { ticks: Some(ticks), review: Some(Review::Accepted), ..AnswerPatch::default() },
        );
        world
    }
}

/// How many rows of each kind a round shows, blank answers left out.
fn counts(snapshot: &Snapshot) -> [usize; 5] {
    let Snapshot { answers, evidence, links, findings, tasks, .. } = snapshot;
    [answers.len(), evidence.len(), links.len(), findings.len(), tasks.len()]
}

#[test]
fn an_update_with_one_item_of_each_fate_keeps_everything_and_is_one_step() {
    let mut world = World::recorded();
    let (before, root) = (world.snapshot(), world.root());
    let done = world.update();
    let plan = &done.plan;
    assert_eq!((plan.from.sha256.as_str(), plan.to.sha256.as_str()), (PACK.0.sha256.as_str(), LATER.0.sha256.as_str()));
    assert_eq!(plan.kept as usize, PACK.0.items.len() - 2);
    assert_eq!(plan.changed.len(), 1);
    let changed = &plan.changed[0];
    assert_eq!((changed.code.as_str(), changed.verdict), (CHANGED, Some(Verdict::Partial)));
    assert_eq!(changed.what, [ItemPart::Requirement, ItemPart::Evidence]);
    assert_eq!(changed.unticked, [UNTICKED]);
    assert_eq!(plan.new.iter().map(|i| i.code.as_str()).collect::<Vec<_>>(), [ADDED]);
    let withdrawn = &plan.withdrawn[0];
    assert_eq!((withdrawn.code.as_str(), withdrawn.verdict), (WITHDRAWN, Some(Verdict::Partial)));
    assert_eq!([withdrawn.evidence, withdrawn.findings, withdrawn.tasks], [1, 1, 1]);
    assert_eq!((plan.renamed[0].from.as_str(), plan.renamed[0].to.as_str()), (RENAMED[0], RENAMED[1]));
    assert_eq!((plan.renamed.len(), plan.to_confirm, plan.scoring.len()), (1, 1, 0));

    let after = world.snapshot();
    assert_eq!(counts(&after), counts(&before), "nothing is lost and nothing is doubled");
    assert_eq!(after.pack, PackIdentity::of(&LATER.0));
    // Same text: the answer as it was. Gone: as it was, outside the criteria.
    for item in ["XC3-06", WITHDRAWN] {
        assert_eq!(after.answer(item), before.answer(item));
        assert_eq!(after.findings_of(item).count(), 1, "{item}");
    }
    // Another text: kept, to be confirmed; what is no longer asked for is not ticked, and the second look was at another text.
    let (was, is) = (before.answer(CHANGED).unwrap(), after.answer(CHANGED).unwrap());
    assert_eq!((is.verdict, &is.note), (was.verdict, &was.note));
    assert_eq!(is.earlier_text(), Some((CHANGED, PACK.0.sha256.as_str())));
    assert_eq!(is.review, Review::Open);
    assert_eq!((is.ticks.len(), is.ticks.iter().any(|t| t == UNTICKED)), (was.ticks.len() - 1, false));
    // Another code: everything is under it, nothing is left under the old one.
    let [from, to] = RENAMED;
    let (was, is) = (before.answer(from).unwrap(), after.answer(to).unwrap());
    assert_eq!((is.verdict, &is.note, is.awaits_confirmation()), (was.verdict, &was.note, false));
    let about =
        |s: &Snapshot, item: &str| (s.evidence_of(item).len(), s.findings_of(item).count(), s.tasks_of(item).count());
    assert_eq!((about(&after, to), about(&after, from)), ((1, 1, 1), (0, 0, 0)));
    assert!(after.answer(from).is_none());
    assert_eq!(plan.score.after, world.session.round(world.round).unwrap().figures.score.rate);

    let backups = upkeep::backups(&world.dir()).unwrap();
    assert!(backups.iter().any(|b| b.good), "a backup was made before: {backups:?}");
    log::undo(&mut world.session, world.round).unwrap().unwrap();
    assert_eq!(world.root(), root, "one step leads back to the very state");
    assert_eq!(world.snapshot(), before);
    log::redo(&mut world.session, world.round).unwrap().unwrap();
    assert_eq!(world.snapshot(), after);
    let mut world = world.reopened();
    assert_eq!(world.snapshot(), after);
    assert_eq!(world.doctor(), []);
}

#[test]
fn a_verdict_is_confirmed_by_giving_it_once_more_and_nothing_is_approved_before() {
    let mut world = World::recorded();
    world.update();
    sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "质检主管").unwrap();
    let error = world.refused(|session, round| sign_offs::sign(session, round, SignRole::Approved, "周敏"));
    assert_eq!(error.code(), "sign_refused");
    assert!(error.to_string().contains(CHANGED), "{error}");
    let figures = world.session.round(world.round).unwrap().figures;
    let waits = |figures: &app::view::Figures| {
        figures
            .defects
            .iter()
            .filter(|d| d.rule == GateRule::VerdictToConfirm)
            .map(|d| d.item.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(waits(&figures), [CHANGED]);
    // A note says nothing of the verdict.
    world.patch(&[CHANGED], &AnswerPatch { note: Some("待复核".into()), ..AnswerPatch::default() });
    assert!(world.snapshot().awaits_confirmation(CHANGED));
    world.session.env = world.outside.env("班组长");
    world.confirm(CHANGED);
    let answer = world.snapshot().answer(CHANGED).unwrap().clone();
    assert_eq!((answer.awaits_confirmation(), answer.assessor.as_str()), (false, "班组长"));
    assert_eq!(waits(&world.session.round(world.round).unwrap().figures), [] as [&str; 0]);
    log::undo(&mut world.session, world.round).unwrap().unwrap();
    assert!(world.snapshot().awaits_confirmation(CHANGED), "to confirm is a step like any other");
    log::redo(&mut world.session, world.round).unwrap().unwrap();
    sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "班组长").unwrap();
    sign_offs::sign(&mut world.session, world.round, SignRole::Approved, "周敏").unwrap();
    assert_eq!(world.doctor(), []);
}

#[test]
fn what_a_verdict_was_given_for_stands_beside_what_is_asked_now() {
    let mut world = World::recorded();
    let (later, _) = &*LATER;
    let to_come = criteria::to_change(&mut world.session, world.round, later, CHANGED, Lang::Zh).unwrap().unwrap();
    assert_eq!(criteria::to_confirm(&mut world.session, world.round, CHANGED, Lang::Zh).unwrap(), None);
    world.update();
    let then = criteria::to_confirm(&mut world.session, world.round, CHANGED, Lang::Zh).unwrap().unwrap();
    assert_eq!(then, to_come);
    assert_eq!(then.before, PackIdentity::of(&PACK.0));
    let requirement = &then.parts[0];
    let new: String = requirement.pieces.iter().filter(|p| p.kind == PieceKind::New).map(|p| p.text.as_str()).collect();
    assert_eq!((requirement.part, new.as_str()), (ItemPart::Requirement, "遇节假日另行确认；"));
    assert_eq!(criteria::to_change(&mut world.session, world.round, &PACK.0, "XC3-06", Lang::En).unwrap(), None);
    let unknown = criteria::to_confirm(&mut world.session, world.round, "XC9-99", Lang::Zh).unwrap_err();
    assert_eq!(unknown.code(), "unknown_item");
}

#[test]
fn back_by_another_update_nothing_waits_and_what_was_withdrawn_counts_again() {
    let mut world = World::recorded();
    let before = world.snapshot();
    world.update();
    let (pack, text) = &*PACK;
    let back = criteria::update(&mut world.session, world.round, pack, text).unwrap();
    assert_eq!((back.plan.to_confirm, back.plan.renamed[0].to.as_str()), (0, RENAMED[0]));
    let after = world.snapshot();
    for item in NAMED {
        let (was, is) = (before.answer(item).unwrap(), after.answer(item).unwrap());
        assert_eq!((is.verdict, &is.note, is.awaits_confirmation()), (was.verdict, &was.note, false), "{item}");
    }
    assert_eq!(counts(&after), counts(&before));
    assert_eq!(world.doctor(), []);
}

#[test]
fn what_is_open_on_a_withdrawn_item_stays_within_reach() {
    let mut world = World::recorded();
    world.update();
    let round = world.session.round(world.round).unwrap();
    assert_eq!(round.archived.iter().map(|i| i.code.as_str()).collect::<Vec<_>>(), [WITHDRAWN]);
    let versions: Vec<_> = round.criteria.iter().map(|p| p.version.as_str()).collect();
    assert_eq!(versions, [LATER.0.pack.version.as_str(), PACK.0.pack.version.as_str()]);
    let snapshot = world.snapshot();
    let finding = snapshot.findings_of(WITHDRAWN).next().unwrap().clone();
    assert!(round.figures.open_findings.contains(&finding.id));
    let draft = findings::FindingDraft { cause: "排班岗无备岗".into(), ..crate::common::finding(WITHDRAWN) };
    findings::edit(&mut world.session, world.round, finding.id, &draft).unwrap();
    let task = snapshot.tasks_of(WITHDRAWN).next().unwrap().clone();
    let draft = tasks::TaskDraft { finding: Some(finding.id), ..task_draft() };
    tasks::edit(&mut world.session, world.round, task.id, &draft).unwrap();
    let closure = Closure { result: "已设备岗".into(), verifier: "质检主管".into(), ..Closure::default() };
    for state in [TaskState::Doing, TaskState::ToVerify, TaskState::Closed] {
        tasks::move_to(&mut world.session, world.round, task.id, state, &closure).unwrap();
    }
    // A verdict on what nobody asks is none, and nothing new is said about it.
    let items = owned(&[WITHDRAWN]);
    let patch = AnswerPatch { verdict: Some(Verdict::Conform), ..AnswerPatch::default() };
    assert_eq!(world.refused(|s, r| answers::mark(s, r, &items, &patch)).code(), "unknown_item");
    let history = log::history(
        &world.session,
        &HistoryQuery { assessment: Some(world.round), item: Some(WITHDRAWN.into()), ..HistoryQuery::default() },
    );
    assert!(history.unwrap().iter().any(|c| c.field == "note"), "its history is still told");
}

fn task_draft() -> tasks::TaskDraft {
    task("设备岗并写入岗位说明书")
}

#[test]
fn signed_rounds_keep_their_criteria() {
    let mut world = World::recorded();
    let (pack, text) = &*LATER;
    sign_offs::sign(&mut world.session, world.round, SignRole::Prepared, "质检主管").unwrap();
    let error = world.refused(|s, r| criteria::update(s, r, pack, text));
    assert_eq!(error.code(), "criteria_kept");
    assert!(error.to_string().contains("下一次评估") && error.to_string().contains("撤回"), "{error}");
    sign_offs::sign(&mut world.session, world.round, SignRole::Approved, "周敏").unwrap();
    let error = world.refused(|s, r| criteria::update(s, r, pack, text));
    assert!(error.to_string().contains("开始下一次评估"), "{error}");
    assert!(app::english::refusal(&error).contains("start the next assessment"));
    assert_eq!(world.refused(|s, r| criteria::preview(s, r, pack)).code(), "criteria_kept");
    // Reopened it still is the round that was signed.
    sign_offs::reopen(&mut world.session, world.round, "补充抽样").unwrap();
    assert_eq!(world.refused(|s, r| criteria::update(s, r, pack, text)).code(), "criteria_kept");
}

#[test]
fn the_same_criteria_change_nothing_and_those_of_another_standard_are_refused() {
    let mut world = World::recorded();
    let (pack, text) = &*PACK;
    let (head, tree_before) = (world.session.head().unwrap(), tree(&world.dir()));
    let same = criteria::update(&mut world.session, world.round, pack, text).unwrap();
    assert!(same.plan.is_same() && same.update.is_none());
    assert_eq!((world.session.head().unwrap(), tree(&world.dir())), (head, tree_before));
    let foreign = text.replacen("id = \"yd-t-2823-2015\"", "id = \"sj-t-11739-2019\"", 1);
    let foreign_pack = CriteriaPack::parse(foreign.as_bytes()).unwrap();
    let error = world.refused(|s, r| criteria::update(s, r, &foreign_pack, &foreign));
    assert!(error.to_string().contains("sj-t-11739-2019"), "{error}");
    // What is no sound criteria file never gets so far.
    let none = text.split("[[items]]").next().unwrap();
    for broken in [none, "", "[pack]\nid = 3", "条目"] {
        let file = world.file("坏准则.toml", broken);
        assert_eq!(criteria::load(Some(&file)).unwrap_err().code(), "criteria_refused", "{broken:.20}");
    }
    // A text that is not that of the pack is nothing to keep.
    let (later, _) = &*LATER;
    let (head, root) = (world.session.head().unwrap(), world.root());
    let error = criteria::update(&mut world.session, world.round, later, text).unwrap_err();
    assert_eq!(error.code(), "pack_bad");
    assert_eq!((world.session.head().unwrap(), world.root()), (head, root));
}

#[test]
fn new_items_are_open_or_follow_from_what_applies() {
    let text = next(&PACK.1);
    let at = text.find(&format!("code = \"{ADDED}\"")).unwrap();
    let (head, item) = text.split_at(at);
    let text = format!("{head}{}", item.replacen("applies = \"all\"", "applies = \"outbound\"", 1));
    let pack = CriteriaPack::parse(text.as_bytes()).unwrap();
    let mut world = World::with(&app::view::NewRound {
        conditions: Some(owned(&["outsourced", "self-built", "online", "bot", "multi-site"])),
        ..crate::common::new_round()
    });
    criteria::update(&mut world.session, world.round, &pack, &text).unwrap();
    let proposed = world.snapshot().answer(ADDED).unwrap().clone();
    assert_eq!((proposed.verdict, proposed.proposed), (Some(Verdict::NotApplicable), true));
    assert!(
        proposed.reason.contains("没有外呼业务") && proposed.reason.contains("更新评审准则"),
        "{}",
        proposed.reason
    );
    let all = owned(&["outbound", "outsourced", "self-built", "online", "bot", "multi-site"]);
    let change = conditions::change(&mut world.session, world.round, &all).unwrap().change;
    assert!(change.reopened.iter().any(|code| code == ADDED));
    // Where nobody was asked everything applies, and what is new is open.
    let mut world = World::new();
    criteria::update(&mut world.session, world.round, &pack, &text).unwrap();
    assert!(world.snapshot().answer(ADDED).is_none());
}

#[test]
fn a_profile_that_is_gone_gives_way_to_the_default_one() {
    let mut world = World::new();
    let mut round = world.snapshot().assessment;
    round.profile = "strict".into();
    app::rounds::edit(&mut world.session, &round).unwrap();
    world.mark(&["GH1-01"], Verdict::Partial);
    let text = PACK.1.replacen("id = \"strict\"", "id = \"stricter\"", 1);
    let pack = CriteriaPack::parse(text.as_bytes()).unwrap();
    let done = criteria::update(&mut world.session, world.round, &pack, &text).unwrap();
    assert!(done.plan.scoring.contains(&criteria::ScoringPart::Profile), "{:?}", done.plan.scoring);
    assert_eq!(world.snapshot().assessment.profile, "internal");
    log::undo(&mut world.session, world.round).unwrap().unwrap();
    assert_eq!(world.snapshot().assessment.profile, "strict");
}

#[test]
fn a_report_after_an_update_is_whole_and_verified() {
    let mut world = World::recorded();
    world.update();
    let pdf = world.at("更新后.pdf");
    world.report(&pdf, &short(), &[]);
    let seen = exports::verify(&pdf, None, Some(&mut world.session)).unwrap();
    assert_eq!(seen.mismatches, []);
    let (full, folder) = (report::Options::default(), world.at("证据包"));
    let wanted = Export { to: &folder, options: &full, distribution: &[], overwrite: false };
    exports::evidence_pack(&mut world.session, world.round, &wanted, &mut quiet).unwrap();
}

#[test]
fn a_round_of_an_earlier_edition_is_told_of_the_later_one() {
    let edition = |version: &str| {
        let text =
            PACK.1.replacen(&format!("version = \"{}\"", PACK.0.pack.version), &format!("version = \"{version}\""), 1);
        criteria::newer_than(&CriteriaPack::parse(text.as_bytes()).unwrap()).unwrap()
    };
    for (version, is_told) in [("2026.9", true), ("2026.12", true), ("2099.1", false), ("云岭版", false)] {
        assert_eq!(edition(version).is_some(), is_told, "{version}");
    }
    assert_eq!(criteria::newer_than(&PACK.0).unwrap(), None);
    assert_eq!(edition("2026.12").unwrap(), PACK.0.pack.version);
}
