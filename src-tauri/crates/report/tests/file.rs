//! The file as independent readers see it: syntax, fonts, tags, bookmarks, links, metadata.

#![allow(clippy::unwrap_used)]

mod common;

use common::{options, tool};
use domain::Lang;
use lopdf::{Document, Object};
use report::Layout;

#[test]
fn qpdf_and_poppler_find_nothing_wrong_in_any_layout() {
    let round = common::round();
    for layout in Layout::ALL {
        for lang in Lang::ALL {
            let report = round.render(&options(layout, lang));
            let Some(checked) = tool("qpdf", &["--check"], &report.pdf, &[]) else { return };
            assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
            let Some(fonts) = tool("pdffonts", &[], &report.pdf, &[]) else { return };
            let fonts = String::from_utf8_lossy(&fonts.stdout).into_owned();
            assert!(fonts.lines().skip(2).count() >= 2, "{fonts}");
            for line in fonts.lines().skip(2) {
                let fields: Vec<_> = line.split_whitespace().collect();
                assert_eq!(fields[fields.len() - 5..fields.len() - 2], ["yes", "yes", "yes"], "{line}");
            }
            let Some(info) = tool("pdfinfo", &[], &report.pdf, &[]) else { return };
            let info = String::from_utf8_lossy(&info.stdout).into_owned();
            assert!(info.contains("Tagged:          yes") && info.contains("A4"), "{info}");
        }
    }
}

#[test]
fn the_catalog_holds_what_pdf_a_and_pdf_ua_ask_for() {
    let round = common::round();
    let doc = Document::load_mem(&round.render(&options(Layout::Certification, Lang::Zh)).pdf).unwrap();
    let catalog = doc.catalog().unwrap();
    for key in
        ["Metadata", "StructTreeRoot", "MarkInfo", "Outlines", "OutputIntents", "AF", "Names", "ViewerPreferences"]
    {
        assert!(catalog.has(key.as_bytes()), "{key}");
    }
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    assert_eq!(catalog.get(b"PageMode").unwrap().as_name().unwrap(), b"UseOutlines");
    let (_, xmp) = doc.dereference(catalog.get(b"Metadata").unwrap()).unwrap();
    let xmp = xmp.as_stream().unwrap();
    assert!(!xmp.dict.has(b"Filter"), "PDF/A wants the packet uncompressed");
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    for part in ["<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "pdfaExtension:schemas"]
    {
        assert!(xmp.contains(part), "{part}");
    }
    let mut links = 0;
    for page in doc.get_pages().into_values() {
        let page = doc.get_dictionary(page).unwrap();
        assert!(page.has(b"StructParents") && page.has(b"Tabs"));
        for note in page.get(b"Annots").and_then(Object::as_array).into_iter().flatten() {
            let note = doc.dereference(note).unwrap().1.as_dict().unwrap();
            assert_eq!(note.get(b"F").unwrap().as_i64().unwrap(), 4);
            assert!(note.has(b"StructParent") && note.has(b"Contents") && note.has(b"Dest"));
            links += 1;
        }
    }
    assert!(links > 500, "cross references are links: {links}");
}

#[test]
fn the_structure_tree_reaches_every_node_and_tables_are_regular() {
    let round = common::round();
    let doc = Document::load_mem(&round.render(&options(Layout::Certification, Lang::Zh)).pdf).unwrap();
    let tree =
        doc.get_dictionary(doc.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap()).unwrap();
    let mut counts = std::collections::BTreeMap::<String, u32>::new();
    let mut stack = tree.get(b"K").unwrap().as_array().unwrap().clone();
    while let Some(kid) = stack.pop() {
        let Ok(node) = doc.dereference(&kid).unwrap().1.as_dict() else { continue };
        let Ok(role) = node.get(b"S").and_then(Object::as_name) else { continue };
        let role = String::from_utf8_lossy(role).into_owned();
        if role == "TR" {
            let columns: i64 = kids(&doc, node).iter().map(|cell| columns(cell)).sum();
            assert!((1..=11).contains(&columns));
        }
        if role == "TBody" {
            let widths: std::collections::BTreeSet<i64> =
                kids(&doc, node).iter().map(|row| kids(&doc, row).iter().map(|cell| columns(cell)).sum()).collect();
            assert_eq!(widths.len(), 1, "rows of one table have unequal columns");
        }
        if role == "Figure" {
            assert!(node.has(b"Alt") && node.has(b"A"));
        }
        *counts.entry(role).or_default() += 1;
        match node.get(b"K") {
            Ok(Object::Array(list)) => stack.extend(list.iter().cloned()),
            Ok(one) => stack.push(one.clone()),
            Err(_) => {}
        }
    }
    assert_eq!(counts["Document"], 1);
    assert_eq!(counts["Figure"], 2);
    assert!(counts["TR"] > 400 && counts["TH"] > 300 && counts["Link"] > 500, "{counts:?}");
}

fn kids<'a>(doc: &'a Document, node: &'a lopdf::Dictionary) -> Vec<&'a lopdf::Dictionary> {
    let list: Vec<&Object> = match node.get(b"K") {
        Ok(Object::Array(list)) => list.iter().collect(),
        Ok(one) => vec![one],
        Err(_) => Vec::new(),
    };
    list.into_iter().filter_map(|o| doc.dereference(o).ok()?.1.as_dict().ok()).collect()
}

fn columns(cell: &lopdf::Dictionary) -> i64 {
    let attributes = cell.get(b"A").and_then(Object::as_dict);
    attributes.and_then(|a| a.get(b"ColSpan")).and_then(Object::as_i64).unwrap_or(1)
}

#[test]
fn bookmarks_are_nested_and_lead_into_the_file() {
    let round = common::round();
    let report = round.render(&options(Layout::Certification, Lang::Zh));
    let doc = Document::load_mem(&report.pdf).unwrap();
    let outlines = doc.catalog().unwrap().get(b"Outlines").unwrap();
    let outlines = doc.dereference(outlines).unwrap().1.as_dict().unwrap();
    assert_eq!(outlines.get(b"Count").unwrap().as_i64().unwrap(), 14, "control, contents and twelve sections");
    let pages: std::collections::BTreeSet<_> = doc.get_pages().into_values().collect();
    let (mut total, mut stack) = (0, vec![outlines.get(b"First").unwrap().clone()]);
    while let Some(at) = stack.pop() {
        let mark = doc.dereference(&at).unwrap().1.as_dict().unwrap();
        let to = mark.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        assert!(pages.contains(&to));
        total += 1;
        stack.extend([b"Next".as_slice(), b"First"].iter().filter_map(|key| mark.get(key).ok().cloned()));
    }
    assert!(total > 50, "{total}");
}

#[test]
fn the_management_layout_never_needs_more_than_six_pages() {
    let mut round = common::sized(349, 100, 1);
    let long = "质检月报显示样本量不足且复核记录缺少签字，需要由质量管理部牵头逐项补齐。".repeat(12);
    for finding in &mut round.snapshot.findings {
        finding.fact = long.clone();
    }
    for task in &mut round.snapshot.tasks {
        task.title = long.clone();
        task.owner = "运营管理部、质量管理部与信息技术部联合工作组".to_owned();
    }
    for lang in Lang::ALL {
        let pages = round.render(&options(Layout::Management, lang)).pages;
        assert!(pages <= 6, "{lang:?}: {pages} pages");
    }
}

#[test]
fn a_draft_says_so_on_every_page_and_an_empty_round_is_still_a_report() {
    let mut round = common::round();
    let mut draft = options(Layout::Gap, Lang::Zh);
    draft.draft = true;
    let Some(pages) = common::pages(&round.render(&draft).pdf) else { return };
    // The mark lies across the page, so its two characters are read as two lines.
    assert!(pages.iter().all(|p| ['草', '稿'].iter().all(|c| p.lines().any(|l| l.trim() == c.to_string()))));
    round.snapshot.answers.clear();
    round.snapshot.evidence.clear();
    round.snapshot.links.clear();
    round.snapshot.findings.clear();
    round.snapshot.tasks.clear();
    round.snapshot.predecessor = None;
    round.sign_offs.clear();
    round.history.clear();
    round.distribution.clear();
    for layout in Layout::ALL {
        let report = round.render(&options(layout, Lang::Zh));
        assert!(round.verify(&report.pdf).unwrap().matches, "{layout:?}");
    }
}
