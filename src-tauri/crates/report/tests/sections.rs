//! Sections on and off, marks, and how many pages: in every layout and language.

#![allow(clippy::unwrap_used)]

mod common;

use common::{is_item, is_label, options, pages, words};
use domain::Lang;
use lopdf::{Document, Object};
use report::{Layout, Options, SectionId};
use std::collections::{BTreeMap, BTreeSet};

/// Titles of the bookmarks of the first level, and a proof that every bookmark and link leads to a page of the file.
fn bookmarks(doc: &Document) -> Vec<String> {
    let pages: BTreeSet<_> = doc.get_pages().into_values().collect();
    let named = places(doc);
    let leads = |dest: &Object| {
        let place = dest.as_str().map_or(dest, |name| named.get(name).unwrap_or_else(|| panic!("no place {dest:?}")));
        assert!(pages.contains(&place.as_array().unwrap()[0].as_reference().unwrap()));
    };
    for page in &pages {
        let page = doc.get_dictionary(*page).unwrap();
        for note in page.get(b"Annots").and_then(Object::as_array).into_iter().flatten() {
            leads(doc.dereference(note).unwrap().1.as_dict().unwrap().get(b"Dest").unwrap());
        }
    }
    let outlines = doc.dereference(doc.catalog().unwrap().get(b"Outlines").unwrap()).unwrap().1.as_dict().unwrap();
    let (mut titles, mut next) = (Vec::new(), outlines.get(b"First").ok());
    while let Some(at) = next {
        let mark = doc.dereference(at).unwrap().1.as_dict().unwrap();
        leads(mark.get(b"Dest").unwrap());
        titles.push(lopdf::decode_text_string(mark.get(b"Title").unwrap()).unwrap());
        next = mark.get(b"Next").ok();
    }
    titles
}

/// Places by name; names must be in order, as readers halve the list to find one.
fn places(doc: &Document) -> BTreeMap<Vec<u8>, Object> {
    let names = doc.dereference(doc.catalog().unwrap().get(b"Names").unwrap()).unwrap().1.as_dict().unwrap();
    let Ok(places) = names.get(b"Dests") else { return BTreeMap::new() };
    let list = places.as_dict().unwrap().get(b"Names").unwrap().as_array().unwrap();
    let names: Vec<_> = list.chunks(2).map(|pair| pair[0].as_str().unwrap().to_vec()).collect();
    assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    names.into_iter().zip(list.chunks(2).map(|pair| pair[1].clone())).collect()
}

#[test]
fn items_evidence_findings_and_tasks_can_be_opened_by_name() {
    let round = common::round();
    let pdf = round.render(&options(Layout::Certification, Lang::En)).pdf;
    let named = places(&Document::load_mem(&pdf).unwrap());
    for name in ["GH1-01", "EV-0001", "NC-01", "T-001"] {
        assert!(named.contains_key(name.as_bytes()), "report.pdf#{name} opens nothing");
    }
}

/// Those who sign in two time zones must be able to tell which signature came first.
#[test]
fn every_time_of_day_names_its_offset() {
    let round = common::round();
    for lang in Lang::ALL {
        let Some(pages) = pages(&round.render(&options(Layout::Certification, lang)).pdf) else { return };
        let text = pages.join("\n");
        let all: Vec<&str> = text.split_whitespace().collect();
        let is = |word: &str, shape: &str| {
            let fits = |(c, s): (char, char)| if s == '0' { c.is_ascii_digit() } else { c == s };
            word.len() == shape.len() && word.chars().zip(shape.chars()).all(fits)
        };
        let moments: Vec<_> = all.windows(3).filter(|w| is(w[0], "0000-00-00") && is(w[1], "00:00")).collect();
        assert!(moments.len() >= 5, "{lang:?}: {moments:?}");
        assert!(moments.iter().all(|m| m[2] == "+08:00"), "{lang:?}: {moments:?}");
    }
}

#[test]
fn a_section_left_out_leaves_no_bookmark_no_link_and_no_gap_in_the_numbers() {
    let round = common::round();
    // Every section is out once, three at a time.
    for (part, lang) in (0..4).zip(Lang::ALL.into_iter().cycle()) {
        let (out, left): (Vec<_>, Vec<_>) = (0..).zip(SectionId::ALL).partition(|(at, _)| at % 4 == part);
        let mut options = options(Layout::Certification, lang);
        options.sections = Some(left.iter().map(|(_, id)| *id).collect());
        let titles = bookmarks(&Document::load_mem(&round.render(&options).pdf).unwrap());
        assert_eq!(titles.len(), 11, "control, contents and nine sections: {titles:?}");
        for (_, out) in out {
            let title = report::words::section_word(out).say(lang);
            assert!(!titles.iter().any(|t| t.ends_with(title)), "{out:?}: {titles:?}");
        }
        let numbers: Vec<usize> =
            titles.iter().filter_map(|t| t.split_once(' ').and_then(|(n, _)| n.parse().ok())).collect();
        assert!(numbers.iter().copied().eq(1..=numbers.len()), "{numbers:?}");
    }
}

#[test]
fn one_section_alone_is_a_report_in_every_layout() {
    let round = common::round();
    for layout in Layout::ALL {
        for only in layout.sections() {
            let options = Options { sections: Some([*only].into()), ..options(layout, Lang::En) };
            let report = round.render(&options);
            let contents = usize::from(layout != Layout::Management);
            let titles = bookmarks(&Document::load_mem(&report.pdf).unwrap());
            assert_eq!(titles.len(), 2 + contents, "{layout:?} {only:?}: {titles:?}");
            assert!(round.verify(&report.pdf).unwrap().matches, "{layout:?} {only:?}");
        }
    }
}

#[test]
fn every_page_number_in_the_contents_is_true() {
    let round = common::round();
    for layout in [Layout::Gap, Layout::Certification] {
        for lang in Lang::ALL {
            for few in [false, true] {
                let mut options = options(layout, lang);
                options.sections = few.then(|| [SectionId::Scope, SectionId::Results, SectionId::Lists].into());
                let Some(pages) = pages(&round.render(&options).pdf) else { return };
                let mut entries = 0;
                let title_of = |line: &str| {
                    let (title, page) = line.trim().rsplit_once(' ')?;
                    let page = page.parse::<usize>().ok()?;
                    title.contains(' ').then(|| (title.to_owned(), page))
                };
                let contents = &pages[2];
                assert!(contents.contains(if lang == Lang::Zh { "目录" } else { "Contents" }));
                for (title, page) in contents.lines().filter_map(title_of) {
                    if title.contains('/') || title.contains("Page") {
                        continue;
                    }
                    let there = pages.get(page - 1).is_some_and(|p| p.lines().any(|l| l.trim() == title));
                    assert!(there, "{layout:?} {lang:?}: {title} is not on page {page}");
                    entries += 1;
                }
                assert!(entries >= if few { 10 } else { 25 }, "{layout:?} {lang:?}: {entries} entries");
            }
        }
    }
}

#[test]
fn the_mark_of_confidentiality_stands_on_every_page_and_so_does_the_draft() {
    let mut round = common::round();
    round.snapshot.assessment.confidentiality = "商业秘密 · 三级".to_owned();
    for layout in Layout::ALL {
        for lang in Lang::ALL {
            let report = round.render(&Options { draft: true, ..options(layout, lang) });
            let Some(pages) = pages(&report.pdf) else { return };
            let draft: Vec<char> = if lang == Lang::Zh { "草稿" } else { "DRAFT" }.chars().collect();
            for (number, page) in pages.iter().enumerate() {
                assert!(page.contains("商业秘密 · 三级"), "{layout:?} {lang:?} page {}", number + 1);
                // The mark lies across the page, so that each of its characters is read as a line.
                let lines: Vec<_> = page.lines().map(str::trim).collect();
                let marked =
                    draft.iter().all(|c| lines.iter().any(|l| *l == c.to_string())) || lines.contains(&"DRAFT");
                assert!(marked, "{layout:?} {lang:?} page {}", number + 1);
            }
            let state = if lang == Lang::Zh { "草稿，不得作为依据" } else { "Draft, not to be relied on" };
            assert!(pages[0].contains(state));
        }
    }
}

#[test]
fn figures_are_identical_in_both_languages_of_every_layout() {
    let round = common::round();
    // Percentages with their number of times, and the set of every code and label.
    let figures = |layout, lang| {
        let text = pages(&round.render(&options(layout, lang)).pdf)?.join("\n");
        let mut rates: BTreeMap<String, u32> = BTreeMap::new();
        for word in text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '%')) {
            let word = word.trim_end_matches('.');
            if word.ends_with('%') && word.contains('.') {
                *rates.entry(word.to_owned()).or_default() += 1;
            }
        }
        let name = |w: &str| is_item(w) || ["EV-", "NC-", "T-"].iter().any(|p| is_label(p, w));
        let names: BTreeSet<_> = words(&text, name).into_iter().map(str::to_owned).collect();
        Some((rates, names))
    };
    for layout in [Layout::Gap, Layout::Certification] {
        let (Some(zh), Some(en)) = (figures(layout, Lang::Zh), figures(layout, Lang::En)) else { return };
        assert!(zh.0.len() > 20, "{layout:?}");
        assert_eq!(zh, en, "{layout:?}");
    }
    // The summary shows as many rows as fit, which depends on the words; what it measures does not.
    let (Some(zh), Some(en)) = (figures(Layout::Management, Lang::Zh), figures(Layout::Management, Lang::En)) else {
        return;
    };
    assert_eq!(zh.0, en.0);
}

#[test]
fn the_management_layout_has_six_pages_whatever_people_wrote() {
    let mut round = common::sized(349, 100, 1);
    let line = "质检月报显示样本量不足且复核记录缺少签字，需要由质量管理部牵头逐项补齐并在月度例会上通报。";
    let (long, longest) = (line.repeat(11), line.repeat(2_000));
    let assessment = &mut round.snapshot.assessment;
    for field in [&mut assessment.title, &mut assessment.organization, &mut assessment.confidentiality] {
        field.clone_from(&long);
    }
    assessment.reopened_because.clone_from(&longest);
    for finding in &mut round.snapshot.findings {
        finding.fact.clone_from(&longest);
        finding.grade = domain::Grade::Major;
    }
    for task in &mut round.snapshot.tasks {
        for field in [&mut task.title, &mut task.owner, &mut task.detail] {
            field.clone_from(&long);
        }
        task.reopened = 4_000_000_000;
    }
    for answer in &mut round.snapshot.answers {
        answer.note.clone_from(&long);
    }
    for sign_off in &mut round.sign_offs {
        sign_off.name.clone_from(&long);
    }
    let record = round.history[0].clone();
    for number in 3..400 {
        round.history.push(domain::ReportRecord { number, exported_by: long.clone(), ..record.clone() });
    }
    round.distribution = vec![long.clone(); 40];
    let root = round.snapshot.root();
    round.sign_offs.iter_mut().for_each(|s| s.root.clone_from(&root));
    for lang in Lang::ALL {
        let report = round.render(&options(Layout::Management, lang));
        assert!(report.pages <= 6, "{lang:?}: {} pages", report.pages);
        assert!(round.verify(&report.pdf).unwrap().matches, "{lang:?}");
    }
    let mut long = common::round();
    long.history = round.history;
    let only = Options { sections: Some([SectionId::SignOff].into()), ..options(Layout::Certification, Lang::Zh) };
    let Some(pages) = pages(&long.render(&only).pdf) else { return };
    let listed: BTreeSet<_> = pages.iter().flat_map(|p| words(p, |w| is_label("R-", w))).collect();
    assert_eq!(listed.len(), 399, "the long layouts list every version");
}
