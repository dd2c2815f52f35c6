//! The criteria file we ship, held against what we promise about it.
#![allow(clippy::unwrap_used, missing_docs)]

use domain::CriteriaPack;
use domain::pack::{PackChangeKind, Stage};
use std::collections::{BTreeMap, BTreeSet, HashSet};

const FILE: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

fn pack() -> CriteriaPack {
    CriteriaPack::parse(FILE.as_bytes()).unwrap_or_else(|e| panic!("{e:#?}"))
}

#[test]
fn nine_domains_forty_three_sections_two_hundred_and_twenty_four_items() {
    let pack = pack();
    assert_eq!((pack.domains.len(), pack.sections.len(), pack.items.len()), (9, 43, 224));
    let per_domain: Vec<usize> = pack.domains.iter().map(|d| pack.items_of(&d.code).count()).collect();
    assert_eq!(per_domain, [24, 36, 38, 20, 24, 24, 26, 18, 14]);
    let keys = pack.items.iter().filter(|i| i.key).count();
    assert!((20..=30).contains(&keys), "{keys} key items: a flag on everything flags nothing");
}

#[test]
fn items_stand_in_the_order_of_their_domains_and_codes() {
    let pack = pack();
    let position = |code: &str| pack.sections.iter().position(|s| s.code == code).unwrap();
    let order: Vec<_> = pack.items.iter().map(|i| (position(i.section()), i.code.clone())).collect();
    assert!(order.is_sorted());
    for section in &pack.sections {
        let numbers: Vec<u32> = pack
            .items
            .iter()
            .filter(|i| i.section() == section.code)
            .map(|i| i.code.split('-').nth(1).unwrap().parse().unwrap())
            .collect();
        assert_eq!(numbers.len(), section.items as usize, "{}", section.code);
        // A code is never given twice: where a number is missing, the list of changes says what became of it.
        let gone: BTreeSet<u32> = pack
            .changes
            .iter()
            .filter(|c| c.kind == PackChangeKind::Withdrawn && c.code.starts_with(&format!("{}-", section.code)))
            .map(|c| c.code.split('-').nth(1).unwrap().parse().unwrap())
            .collect();
        let all: BTreeSet<u32> = numbers.iter().copied().chain(gone).collect();
        assert!(all.iter().copied().eq(1..=*all.last().unwrap()), "{} has gaps: {all:?}", section.code);
    }
}

#[test]
fn ours_are_short_graded_and_in_both_languages() {
    let pack = pack();
    assert_eq!(pack.pack.format, *domain::pack::FORMATS.end());
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for item in &pack.items {
        let code = &item.code;
        assert!((1..=16).contains(&item.title.chars().count()), "{code} title");
        assert!((1..=60).contains(&item.requirement.chars().count()), "{code} requirement");
        assert!((2..=4).contains(&item.check_points.len()) && (2..=5).contains(&item.evidence.len()), "{code}");
        assert!(item.lead.is_some(), "{code} has no leading point");
        assert_eq!(item.check_points_en.len(), item.check_points.len(), "{code}");
        assert_eq!(item.evidence_en.len(), item.evidence.len(), "{code}");
        for english in [&item.title_en, &item.requirement_en, &item.key_reason_en] {
            assert!(!han(english), "{code}: {english}");
        }
    }
    let heads = pack.domains.iter().flat_map(|d| [&d.title_en, &d.intro_en]);
    for english in heads.chain(pack.sections.iter().flat_map(|s| [&s.title_en, &s.intro_en])) {
        assert!(!han(english), "{english}");
    }
}

/// The short round sees every section and every key item, within a week of two people, and weighs practice before paper.
#[test]
fn the_short_round_is_balanced_and_never_speaks_for_the_whole() {
    let whole = pack();
    let short = CriteriaPack::parse(whole.short().to_toml().as_bytes()).unwrap();
    assert_eq!((short.domains.len(), short.sections.len()), (9, 43));
    assert!(whole.items.iter().filter(|i| i.key).all(|i| short.item(&i.code).is_some()));
    assert!(short.items.len() < whole.items.len() / 3 && short.effort_hours() <= 36, "{} h", short.effort_hours());
    let of = |stage| short.items.iter().filter(|i| i.stage == stage).count();
    assert!(
        [Stage::Plan, Stage::Check, Stage::Improve].into_iter().all(|stage| (5..of(Stage::Do)).contains(&of(stage)))
    );
    let head = &short.pack;
    for (text, words) in [(&head.title, "简评"), (&head.notice, "不是完整评估"), (&head.title_en, "short round")]
    {
        assert!(text.contains(words), "{text}");
    }
    assert_ne!(head.id, whole.pack.id);
    assert!(whole.effort_hours() > 100, "{} h", whole.effort_hours());
}

#[test]
fn a_written_pack_reads_as_the_same_pack() {
    let whole = pack();
    let text = whole.to_toml();
    let read = CriteriaPack::parse(text.as_bytes()).unwrap();
    assert_eq!(read.sha256, domain::snapshot::sha256_hex(text.as_bytes()));
    assert_eq!(CriteriaPack { sha256: whole.sha256.clone(), ..read }, whole);
    assert_eq!(text.matches("# ──── ").count(), 9, "each list under its line");
}

#[test]
fn no_forbidden_word_outside_the_notice() {
    let pack = pack();
    let text = FILE.replace(&pack.pack.notice, "");
    for word in ["国标", "标准原文", "标准要求", "通过认证"] {
        let line = text.lines().position(|l| l.contains(word));
        assert_eq!(line, None, "「{word}」 near line {line:?}");
    }
    assert!(pack.pack.notice.contains("并非 YD/T 2823-2015 标准原文"));
}

#[test]
fn requirements_are_checkable_statements_and_not_slogans() {
    const EMPTY: [&str; 14] = [
        "建立健全",
        "不断完善",
        "切实加强",
        "进一步",
        "高度重视",
        "积极推进",
        "有效提升",
        "大力",
        "确保落实",
        "持续优化提升",
        "充分发挥",
        "深入开展",
        "全面提升",
        "扎实推进",
    ];
    for item in pack().items {
        for phrase in EMPTY {
            assert!(!item.requirement.contains(phrase), "{} says 「{phrase}」", item.code);
        }
        assert!(item.requirement.ends_with('。'), "{} does not end in 。", item.code);
        assert_eq!(item.requirement.matches('。').count(), 1, "{} is more than one statement", item.code);
        assert!(item.requirement_en.ends_with('.'), "{} (en) does not end in a full stop", item.code);
        assert!(!item.requirement_en.chars().any(is_han) && !item.title_en.chars().any(is_han), "{} (en)", item.code);
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn bigrams(text: &str) -> HashSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}

#[test]
fn no_two_requirements_are_alike() {
    let pack = pack();
    let sets: Vec<_> = pack.items.iter().map(|i| (&i.code, bigrams(&i.requirement))).collect();
    for (n, (a, left)) in sets.iter().enumerate() {
        for (b, right) in &sets[n + 1..] {
            let shared = left.intersection(right).count();
            #[allow(clippy::cast_precision_loss)]
            let dice = 2.0 * shared as f64 / (left.len() + right.len()) as f64;
            assert!(dice < 0.55, "{a} and {b} are alike ({dice:.2})");
        }
    }
}

#[test]
fn evidence_names_are_specific() {
    let pack = pack();
    let mut uses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for item in &pack.items {
        let distinct: BTreeSet<_> = item.evidence.iter().collect();
        assert_eq!(distinct.len(), item.evidence.len(), "{} names one evidence twice", item.code);
        for name in &item.evidence {
            uses.entry(name).or_default().push(&item.code);
        }
    }
    for (name, items) in uses {
        let common = pack.pack.common_evidence.iter().any(|c| c == name);
        assert!(common || items.len() <= 6, "「{name}」 stands under {items:?}");
        for vague in ["相关记录", "相关材料", "相关文件", "有关资料"] {
            assert!(!name.contains(vague), "「{name}」 under {items:?} is vague");
        }
    }
}

#[test]
fn what_means_one_paper_is_expected_somewhere() {
    let pack = pack();
    let is_expected = |name: &&String| pack.items.iter().any(|item| item.evidence.contains(name));
    let unknown: Vec<_> = pack.pack.same_papers.iter().flatten().filter(|name| !is_expected(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(pack.pack.same_papers.iter().all(|names| names.len() > 1));
}

#[test]
fn every_section_has_a_department_and_every_department_sections() {
    let pack = pack();
    let titles: BTreeSet<_> = pack.departments.iter().map(|d| d.title.as_str()).collect();
    let named: BTreeSet<_> = pack.sections.iter().map(|s| s.department.as_str()).collect();
    assert!(titles.len() >= 8 && titles == named, "{titles:?} {named:?}");
    assert!(pack.departments.iter().all(|d| d.title_en.is_ascii() && !d.title_en.is_empty()));
}

#[test]
fn sections_run_through_the_improvement_cycle() {
    let pack = pack();
    for section in pack.sections.iter().filter(|s| s.items >= 4) {
        let stages: BTreeSet<Stage> =
            pack.items.iter().filter(|i| i.section() == section.code).map(|i| i.stage).collect();
        assert!(stages.len() >= 3, "{} has only {stages:?}", section.code);
    }
}

#[test]
fn every_law_that_is_listed_is_cited_and_drafts_are_never_duties() {
    let pack = pack();
    for law in &pack.laws {
        assert!(pack.items.iter().any(|i| i.laws.contains(&law.id)), "{} is cited by no item", law.id);
        assert!(law.gist.chars().count() <= 60, "{}: one line", law.id);
    }
    for item in pack.items.iter().filter(|i| i.key) {
        let duties = item.laws.iter().filter_map(|id| pack.law(id));
        let drafts = duties.clone().filter(|l| l.status == domain::pack::LawStatus::Draft).count();
        assert!(duties.count() > drafts || item.laws.is_empty(), "{} rests on a draft alone", item.code);
    }
}

#[test]
fn what_could_not_be_read_carries_no_date_of_a_check() {
    use domain::pack::LawStatus::{Background, Draft, Secondary, Sourced};
    let pack = pack();
    for law in &pack.laws {
        let Some(checked) = law.checked else { continue };
        match law.status {
            Sourced | Secondary => {}
            Background | Draft => panic!("{}: {checked} is a date, but its text was not at hand", law.id),
        }
        assert!(law.in_force.is_none_or(|day| day <= checked), "{} was checked before it came into force", law.id);
    }
    let dated = pack.laws.iter().filter(|l| l.checked.is_some()).count();
    assert!(dated * 10 >= pack.laws.len() * 7, "only {dated} of {} laws were checked", pack.laws.len());
}

#[test]
fn sources_name_publications_and_never_a_web_address() {
    let lower = FILE.to_lowercase();
    for trace in ["http://", "https://", "www.", ".com", ".cn/", ".net"] {
        assert!(!lower.contains(trace), "a web address ({trace}) in the criteria file");
    }
}

#[test]
fn key_figures_in_the_order_of_their_numbers_with_formula_source_and_reference() {
    let pack = pack();
    let ids: Vec<_> = pack.kpis.iter().map(|k| k.id.clone()).collect();
    assert_eq!(
        ids,
        (1..=44).map(|n| format!("K{n}")).collect::<Vec<_>>(),
        "a number keeps its meaning; a new figure takes the next"
    );
    for kpi in &pack.kpis {
        for text in [&kpi.definition, &kpi.formula, &kpi.reference, &kpi.source, &kpi.definition_en, &kpi.formula_en] {
            assert!(!text.trim().is_empty(), "{} lacks something", kpi.id);
        }
    }
}

#[test]
fn two_profiles_of_which_the_lenient_one_is_the_default() {
    use domain::Verdict::{Conform, Nonconform, NotApplicable, Partial};
    let pack = pack();
    let points = |id: &str| [Conform, Partial, Nonconform, NotApplicable].map(|v| pack.profile(id).milli_points(v));
    assert!(pack.profile("internal").default);
    assert_eq!(points("internal"), [Some(1000), Some(500), Some(0), None]);
    assert_eq!(points("strict"), [Some(1000), Some(0), Some(0), None]);
    for profile in &pack.profiles {
        assert_eq!(profile.bands.iter().map(|b| b.at_least).collect::<Vec<_>>(), [90, 80, 70, 0]);
        for level in &profile.levels {
            assert!(!level.label.contains("通过") && !level.label_en.to_lowercase().contains("pass"));
        }
    }
}

/// `UPDATE_SCHEMA=1 cargo test -p domain` rewrites the file.
#[test]
fn the_committed_json_schema_is_the_one_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../criteria/schema.json");
    let schema = serde_json::to_value(domain::pack::json_schema()).unwrap();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, format!("{}\n", serde_json::to_string_pretty(&schema).unwrap())).unwrap();
    }
    // Compared as data: another crate of the workspace makes serde_json keep the order of keys.
    let committed: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(committed == schema, "criteria/schema.json is stale: run `cargo xtask schema`");
}
