//! Embedded fonts: true widths, and a character map that gives back what was typed.

use super::{common, dict, each, follow, plain};
use lopdf::{Document, Object};
use std::collections::BTreeMap;
use ttf_parser::{Face, GlyphId};

#[test]
fn widths_equal_those_of_the_embedded_font() {
    each(|name, doc, _| {
        let fonts = fonts(doc);
        assert!(fonts.len() >= 2, "{name}: {} fonts", fonts.len());
        for (base, font) in &fonts {
            let tag = base.split('+').next().unwrap();
            assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()), "{name}: {base} is no subset");
            assert_eq!(font.get(b"Encoding").unwrap().as_name().unwrap(), b"Identity-H");
            let list = font.get(b"DescendantFonts").unwrap();
            let below = dict(doc, &follow(doc, list).as_array().unwrap()[0]);
            let map = follow(doc, below.get(b"CIDToGIDMap").unwrap());
            let map = map.as_stream().ok().map(|map| map.get_plain_content_with_limit(1 << 20).unwrap());
            let glyph = |code: u16| match &map {
                Some(map) => u16::from_be_bytes([map[usize::from(code) * 2], map[usize::from(code) * 2 + 1]]),
                None => code,
            };
            let descriptor = dict(doc, below.get(b"FontDescriptor").unwrap());
            let file = plain(doc, descriptor.get(b"FontFile2").unwrap());
            let face = Face::parse(&file, 0).unwrap();
            let widths = widths(doc, follow(doc, below.get(b"W").unwrap()).as_array().unwrap());
            assert!(!widths.is_empty(), "{name}: {base} has no widths");
            let others = f64::from(follow(doc, below.get(b"DW").unwrap()).as_float().unwrap());
            for code in meanings(doc, font).keys() {
                let width = widths.get(code).copied().unwrap_or(others);
                let drawn = face.glyph_hor_advance(GlyphId(glyph(*code))).unwrap();
                let true_width = f64::from(drawn) * 1000.0 / f64::from(face.units_per_em());
                assert!((true_width - width).abs() <= 1.0, "{name}: {base} code {code}: {width} for {true_width}");
            }
        }
    });
}

/// Characters that share a glyph with another one, or that look alike: each must come back as itself.
const SHARED: &str =
    "甲·乙•丙‧丁・戊∙己;庚\u{37E}辛-壬\u{2010}癸\u{2011}子–丑—寅⼀卯一辰⼆巳二午⼈未人申Ω酉\u{2126}戌μ亥\u{B5}";

#[test]
fn characters_that_share_a_glyph_come_back_as_what_was_typed() {
    let text = format!("{SHARED}末\u{A0}尾");
    let pdf = report::text_document("共用字形", std::slice::from_ref(&text)).unwrap();
    let Some(pages) = common::pages(&pdf) else { return };
    let found: String = pages.join("").chars().filter(|c| !c.is_whitespace()).collect();
    let typed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(found.contains(&typed), "typed {typed}\nfound {found}");
}

#[test]
fn every_code_that_is_shown_has_exactly_one_meaning() {
    each(|name, doc, _| {
        for (base, font) in fonts(doc) {
            let meanings = meanings(doc, &font);
            assert!(meanings.len() > 5, "{name}: {base}: {} codes", meanings.len());
            for (code, meaning) in meanings {
                assert!(meaning.len() % 4 == 0, "{name}: {base}: {code} {meaning}");
                assert!(meaning != "0000" && meaning != "FFFD", "{name}: {base}: {code} means nothing");
            }
        }
    });
}

/// Meaning of every code, as digits: from the `beginbfrange` sections of the character map.
fn meanings(doc: &Document, font: &lopdf::Dictionary) -> BTreeMap<u16, String> {
    let map = String::from_utf8(plain(doc, font.get(b"ToUnicode").unwrap())).unwrap();
    let mut found = BTreeMap::new();
    for section in map.split("beginbfrange\n").skip(1) {
        let lines: Vec<&str> = section.lines().take_while(|line| *line != "endbfrange").collect();
        assert!(lines.len() <= 100, "{} lines in a section", lines.len());
        for line in lines {
            let (range, list) = line.trim_end_matches(']').split_once(" [").unwrap();
            let (from, to) = range.trim_matches(['<', '>']).split_once("> <").unwrap();
            let list: Vec<&str> = list.trim_matches(['<', '>']).split("><").collect();
            let (first, last) = (u16::from_str_radix(from, 16).unwrap(), u16::from_str_radix(to, 16).unwrap());
            assert!(usize::from(last - first) + 1 == list.len() && first >> 8 == last >> 8, "{line}");
            for (code, meaning) in (first..=last).zip(list) {
                assert!(found.insert(code, meaning.to_owned()).is_none(), "{code:04X} means two things");
            }
        }
    }
    found
}

/// Name and dictionary of every font that a page uses.
fn fonts(doc: &Document) -> BTreeMap<String, lopdf::Dictionary> {
    let mut found = BTreeMap::new();
    for page in doc.get_pages().into_values() {
        for font in doc.get_page_fonts(page).unwrap().into_values() {
            let base = String::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec()).unwrap();
            found.insert(base, font.clone());
        }
    }
    found
}

/// Glyph and width of every entry of a `/W` array.
fn widths(doc: &Document, list: &[Object]) -> BTreeMap<u16, f64> {
    let number = |o: &Object| f64::from(follow(doc, o).as_float().unwrap());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "glyph numbers")]
    let glyph = |o: &Object| number(o) as u16;
    let (mut at, mut found) = (0, BTreeMap::new());
    while at < list.len() {
        let first = glyph(&list[at]);
        if let Object::Array(each) = follow(doc, &list[at + 1]) {
            found.extend((first..).zip(each.iter().map(number)));
            at += 2;
        } else {
            found.extend((first..=glyph(&list[at + 1])).map(|g| (g, number(&list[at + 2]))));
            at += 3;
        }
    }
    found
}
