//! Criteria files that must be refused, with line and reason; and those that Windows editors write, which must not.
#![allow(clippy::unwrap_used, missing_docs)]

use domain::CriteriaPack;
use domain::pack::PackError;

const FILE: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

fn refusal(text: &str) -> String {
    match CriteriaPack::parse(text.as_bytes()) {
        Err(e) => e.to_string(),
        Ok(_) => panic!("accepted"),
    }
}

/// 1-based line of the first occurrence.
fn line(text: &str, needle: &str) -> usize {
    text[..text.find(needle).unwrap()].matches('\n').count() + 1
}

/// A file with the head and the lists of ours and with so many items, all alike, in one domain of two sections.
fn sized(items: usize) -> String {
    let head = FILE.split_once("[[domains]]\n").unwrap().0;
    let domain = "[[domains]]\ncode = \"QY\"\nnumber = 1\ntitle = \"企业自查\"\nintro = \"本企业自己的要求。\"\n";
    let half = items.div_ceil(2);
    let section = |n: usize, held: usize| {
        format!(
            "[[sections]]\ncode = \"QY{n}\"\ndomain = \"QY\"\ntitle = \"第{n}组\"\nitems = {held}\norigin = \"own\"\nintro = \"自查。\"\n"
        )
    };
    let sections = section(1, half) + &section(2, items - half);
    let item = |at: usize| {
        let (section, number) = if at < half { (1, at + 1) } else { (2, at - half + 1) };
        format!(
            "[[items]]\ncode = \"QY{section}-{number:03}\"\ntitle = \"第{at}项自查要求\"\nrequirement = \"应每月自查一次并留有记录。\"\ncheck_points = [\"抽3个月的记录：齐全为符合，缺1个月为部分符合，更多为不符合。\"]\nlead = 1\nmethods = [\"document\"]\nevidence = [\"自查记录\"]\nstage = \"check\"\nkey = false\napplies = \"all\"\norigin = \"own\"\n"
        )
    };
    format!("{head}{domain}{sections}{}", (0..items).map(item).collect::<String>())
}

#[test]
fn a_pack_has_any_size_that_can_be_worked_with_and_may_be_chinese_only() {
    for items in [2, 12, 225, domain::pack::MAX_ITEMS - 2] {
        let pack = CriteriaPack::parse(sized(items).as_bytes()).unwrap();
        assert_eq!(pack.items.len(), items);
        assert!(pack.items.iter().all(|i| i.title_en == i.title && i.requirement_en == i.requirement));
        assert_eq!((pack.domains[0].title_en.as_str(), pack.sections[0].intro_en.as_str()), ("企业自查", "自查。"));
    }
    for items in [0, 10_000] {
        let Err(PackError::Content(problems)) = CriteriaPack::parse(sized(items).as_bytes()) else {
            panic!("{items} accepted")
        };
        assert!(problems.iter().any(|p| p.entry == "items" && p.field == "count"), "{problems:?}");
        assert!(problems.len() < 5, "ten thousand items are one problem");
    }
}

#[test]
fn format_2_names_a_leading_point_and_format_1_need_not() {
    let without = FILE.replacen("\nlead = ", "\n# lead = ", 1);
    let Err(PackError::Content(problems)) = CriteriaPack::parse(without.as_bytes()) else { panic!("accepted") };
    assert!(problems.iter().any(|p| p.entry == "GH1-01" && p.field == "lead" && p.line > 0), "{problems:?}");
    let before = CriteriaPack::parse(before_grading().as_bytes()).expect("as 0.1.0 wrote them");
    assert!(before.items.iter().all(|i| i.lead.is_none()));
    let later = FILE.replacen("format = 2", "format = 3", 1);
    assert!(refusal(&later).contains("升级程序"));
}

/// Ours without what format 1 did not know.
fn before_grading() -> String {
    let mut file: toml::Table = FILE.parse().unwrap();
    file["pack"].as_table_mut().unwrap().insert("format".into(), 1.into());
    for item in file["items"].as_array_mut().unwrap() {
        for field in ["lead", "duties", "tallies"] {
            item.as_table_mut().unwrap().remove(field);
        }
    }
    file.to_string()
}

#[test]
fn every_problem_is_told_in_both_languages() {
    let broken = FILE
        .replacen("code = \"XC3-05\"", "code = \"XC3-04\"", 1)
        .replacen("kpis = [\"K11\"]", "kpis = [\"K99\"]", 1)
        .replacen("lead = 1", "lead = 9", 1);
    let Err(PackError::Content(problems)) = CriteriaPack::parse(broken.as_bytes()) else { panic!("accepted") };
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(problems.len() >= 3);
    for problem in &problems {
        assert!(han(&problem.message), "{problem:?}");
        let quoted = problem.message_en.split('"').step_by(2).collect::<String>();
        assert!(!quoted.is_empty() && !han(&quoted), "{problem:?}");
    }
    for (from, to, chinese, english) in [
        ("requirement_en =", "requirment_en =", "没有这个字段", "unknown field"),
        ("items = 5\n", "items = \"五\"\n", "值的类型不对", "invalid type"),
        ("[[sections]]", "[[sections]", "语法不对", "line "),
        ("number = 1\n", "", "缺少字段", "missing field"),
    ] {
        assert!(FILE.contains(from), "the fixture {from} is gone from the file");
        let Err(error) = CriteriaPack::parse(FILE.replacen(from, to, 1).as_bytes()) else { panic!("{to} accepted") };
        assert!(error.to_string().contains(chinese), "{error}");
        let words = error.english();
        assert!(words.contains(english) && !han(&words.replace('五', "")), "{words}");
    }
}

#[test]
fn a_duplicate_code() {
    let text = FILE.replacen("code = \"XC3-05\"", "code = \"XC3-04\"", 1);
    let Err(PackError::Content(problems)) = CriteriaPack::parse(text.as_bytes()) else { panic!("accepted") };
    let duplicate = problems.iter().find(|p| p.message.contains("重复")).unwrap();
    assert_eq!((duplicate.entry.as_str(), duplicate.field), ("XC3-04", "code"));
    // The later of the two is the one to mend; its table begins on the line before its code.
    let second = text.rfind("code = \"XC3-04\"").unwrap();
    assert_eq!(duplicate.line, text[..second].matches('\n').count());
}

#[test]
fn an_unknown_domain() {
    let text = FILE.replacen("code = \"XC3-05\"", "code = \"ZZ3-05\"", 1);
    let Err(PackError::Content(problems)) = CriteriaPack::parse(text.as_bytes()) else { panic!("accepted") };
    let unknown = problems.iter().find(|p| p.entry == "ZZ3-05" && p.field == "domain").unwrap();
    assert!(unknown.line > 0 && unknown.message.contains("ZZ3"));
}

#[test]
fn references_that_resolve_to_nothing() {
    for (from, to, field) in [
        ("kpis = [\"K11\"]", "kpis = [\"K99\"]", "kpis"),
        ("laws = [\"PIPL-51\"", "laws = [\"PIPL-151\"", "laws"),
        ("see_also = [\"XC3-04\"", "see_also = [\"XC3-94\"", "see_also"),
    ] {
        assert!(FILE.contains(from), "the fixture {from} is gone from the file");
        let Err(PackError::Content(problems)) = CriteriaPack::parse(FILE.replacen(from, to, 1).as_bytes()) else {
            panic!("{to} accepted")
        };
        assert!(problems.iter().any(|p| p.field == field && p.line > 0), "{field}: {problems:?}");
    }
}

#[test]
fn a_section_whose_department_is_not_there_and_a_paper_that_means_two() {
    for (from, to, entry, field) in [
        ("department = \"质检部\"", "department = \"质捡部\"", "XC6", "department"),
        ("[\"外呼话单\", ", "[\"IVR流程图\", ", "IVR流程图", "same_papers"),
        ("title = \"培训部\"", "title = \"运营部\"", "运营部", "departments"),
    ] {
        assert!(FILE.contains(from), "the fixture {from} is gone from the file");
        let Err(PackError::Content(problems)) = CriteriaPack::parse(FILE.replacen(from, to, 1).as_bytes()) else {
            panic!("{to} accepted")
        };
        assert!(problems.iter().any(|p| p.entry == entry && p.field == field), "{to}: {problems:?}");
    }
}

#[test]
fn a_misspelt_field_is_named_with_its_line() {
    let text = FILE.replacen("requirement_en =", "requirment_en =", 1);
    let refusal = refusal(&text);
    assert!(
        refusal.contains("requirment_en") && refusal.contains(&format!("第 {} 行", line(&text, "requirment_en"))),
        "{refusal}"
    );
}

#[test]
fn broken_toml_is_named_with_its_line() {
    let text = FILE.replacen("[[sections]]", "[[sections]", 1);
    let refusal = refusal(&text);
    assert!(refusal.contains(&format!("第 {} 行", line(&text, "[[sections]\n"))), "{refusal}");
}

#[test]
fn other_encodings_are_refused_by_name() {
    // 备审 in GBK.
    let gbk = [b"# \xB1\xB8\xC9\xF3\n".as_slice(), b"[pack]\n"].concat();
    assert!(matches!(CriteriaPack::parse(&gbk), Err(PackError::Encoding("GBK"))));
    let utf16: Vec<u8> = FILE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(CriteriaPack::parse(&utf16), Err(PackError::Encoding("UTF-16"))));
    let marked = [b"\xFF\xFE".as_slice(), &utf16].concat();
    assert!(matches!(CriteriaPack::parse(&marked), Err(PackError::Encoding("UTF-16"))));
}

#[test]
fn byte_order_mark_and_crlf_change_nothing() {
    let plain = CriteriaPack::parse(FILE.as_bytes()).unwrap();
    let windows = format!("\u{FEFF}{}", FILE.replace('\n', "\r\n"));
    let read = CriteriaPack::parse(windows.as_bytes()).unwrap();
    assert_eq!(read, plain);
    assert_eq!(plain.sha256, domain::snapshot::sha256_hex(FILE.as_bytes()), "sha256sum of the file as we ship it");
}

#[test]
fn a_huge_file_is_refused_before_it_is_parsed() {
    let huge = vec![b'#'; domain::pack::MAX_PACK_BYTES + 1];
    assert!(matches!(CriteriaPack::parse(&huge), Err(PackError::TooLarge)));
}

#[test]
fn lengths_and_amounts_are_held() {
    let long = format!("title = \"{}\"", "长".repeat(61));
    for (from, to, field) in [
        ("title = \"班表提前公布\"", long.as_str(), "title"),
        ("evidence = [\"班表公布通知\", \"临时调班通知记录\", \"各期生效班表\"]", "evidence = []", "evidence"),
    ] {
        assert!(FILE.contains(from), "the fixture {from} is gone from the file");
        let Err(PackError::Content(problems)) = CriteriaPack::parse(FILE.replacen(from, to, 1).as_bytes()) else {
            panic!("{to} accepted")
        };
        assert!(problems.iter().any(|p| p.entry == "XC3-05" && p.field == field), "{problems:?}");
    }
}

/// The file with these lines in its first item, in place of what it says there of its grading, and with these changes at the end.
fn graded(lines: &str, changes: &str) -> Vec<domain::pack::Problem> {
    // Of format 1, where a leading point may be missing.
    let text = FILE.replacen("format = 2", "format = 1", 1);
    let (head, items) = text.split_once("[[items]]\n").unwrap();
    let (first, others) = items.split_once("[[items]]\n").unwrap();
    let ours = |line: &&str| !["lead = ", "duties = ", "tallies = "].iter().any(|field| line.starts_with(field));
    let first = first.lines().filter(ours).collect::<Vec<_>>().join("\n");
    let others = others.split("\n[[changes]]").next().unwrap();
    let text = format!("{head}[[items]]\n{lines}\n{first}\n[[items]]\n{others}\n{changes}");
    match CriteriaPack::parse(text.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(PackError::Content(problems)) => problems,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn leading_points_duties_and_boundaries_are_held() {
    for (lines, field) in [
        ("lead = 0", "lead"),
        ("lead = 9", "lead"),
        ("duties = [1]", "duties"),
        ("lead = 1\nduties = [1]", "duties"),
        ("lead = 1\nduties = [2, 2]", "duties"),
        ("lead = 1\nduties = [9]", "duties"),
        ("lead = 1\ntallies = [{ point = 9, of = 10, conform = 1, partial = 5 }]", "tallies"),
        ("lead = 1\ntallies = [{ point = 1, of = 10, conform = 5, partial = 4 }]", "tallies"),
        ("lead = 1\ntallies = [{ point = 1, of = 10, conform = 1, partial = 10 }]", "tallies"),
        ("lead = 1\ntallies = [{ point = 1, of = 0, conform = 0, partial = 0 }]", "tallies"),
    ] {
        let problems = graded(lines, "");
        assert!(
            problems.iter().any(|p| p.entry == "GH1-01" && p.field == field && p.line > 0),
            "{lines}: {problems:?}"
        );
    }
    for lines in ["", "lead = 2\nduties = [1]\ntallies = [{ point = 1, of = 5, conform = 0, partial = 2 }]"] {
        assert_eq!(graded(lines, ""), [], "{lines}");
    }
}

#[test]
fn changes_agree_with_the_items_and_have_an_end() {
    let change = |code: &str, kind: &str, replaces: &str| {
        let replaces = if replaces.is_empty() { String::new() } else { format!("replaces = \"{replaces}\"\n") };
        format!("[[changes]]\ncode = \"{code}\"\nkind = \"{kind}\"\nwhy = \"试验。\"\nwhy_en = \"Trial.\"\n{replaces}")
    };
    let sound = change("GH1-01", "added", "GH1-91") + &change("GH1-91", "withdrawn", "");
    assert_eq!(graded("", &sound), []);
    for (changes, field) in [
        (change("GH1-01", "withdrawn", ""), "changes"),
        (change("GH1-91", "changed", ""), "changes"),
        (change("GH1-01", "added", "GH1-02"), "replaces"),
        (change("GH1-91", "withdrawn", "GH1-92") + &change("GH1-92", "withdrawn", "GH1-91"), "replaces"),
        (change("GH1-91", "withdrawn", "GH1-91"), "replaces"),
        (change("GH1-91", "withdrawn", "") + &change("GH1-91", "withdrawn", ""), "changes"),
    ] {
        let problems = graded("", &changes);
        assert!(problems.iter().any(|p| p.field == field && p.line > 0), "{changes}: {problems:?}");
    }
}

#[test]
fn renamings_have_one_place_to_go() {
    let renamed = |pairs: &[(&str, &str)]| {
        let each = pairs.iter().map(|(from, to)| format!("[[renamed]]\nfrom = \"{from}\"\nto = \"{to}\"\n"));
        graded("", &each.collect::<String>())
    };
    assert_eq!(renamed(&[("GH1-91", "GH1-01"), ("GH1-92", "GH1-02")]), []);
    for (pairs, says) in [
        (&[("GH1-91", "GH1-92")][..], "没有更名后的条目"),
        (&[("GH1-02", "GH1-01")], "仍是本文件中的条目"),
        (&[("GH1-91", "GH1-92"), ("GH1-92", "GH1-01")], "应直接写"),
        (&[("GH1-91", "GH1-92"), ("GH1-92", "GH1-91")], "成环"),
        (&[("GH1-91", "GH1-91")], "成环"),
        (&[("GH1-91", "GH1-01"), ("GH1-91", "GH1-02")], "更名两次"),
        (&[("GH1-91", "GH1-01"), ("GH1-92", "GH1-01")], "两个条目都更名"),
    ] {
        let problems = renamed(pairs);
        let found = problems.iter().any(|p| p.field == "renamed" && p.line > 0 && p.message.contains(says));
        assert!(found, "{pairs:?}: {problems:?}");
    }
    let withdrawn = "[[changes]]\ncode = \"GH1-91\"\nkind = \"withdrawn\"\nwhy = \"试验。\"\nwhy_en = \"Trial.\"\n";
    let both = format!("{withdrawn}[[renamed]]\nfrom = \"GH1-91\"\nto = \"GH1-01\"\n");
    assert!(graded("", &both).iter().any(|p| p.message.contains("另记为已撤销")));
}
