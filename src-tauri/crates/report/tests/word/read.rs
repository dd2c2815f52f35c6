//! A document read back as XML, and what Word needs to find in it.

use super::{all, common, made};
use domain::Lang;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use report::WordKind;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

/// The parts of a file by name.
pub fn parts(docx: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn part(docx: &[u8], name: &str) -> String {
    String::from_utf8(parts(docx).remove(name).unwrap()).unwrap()
}

/// A paragraph as its reader sees it.
#[derive(Debug, Default)]
pub struct Paragraph {
    pub style: String,
    /// With the number that Word counts in front of it.
    pub text: String,
}

/// All paragraphs in reading order; headings are counted as Word counts them.
pub fn paragraphs(docx: &[u8]) -> Vec<Paragraph> {
    let xml = part(docx, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let (mut found, mut open, mut count) = (Vec::new(), Paragraph::default(), [0, 0]);
    let (mut in_text, mut unnumbered) = (false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) if e.name().as_ref() == "w:p" => {
                (open, unnumbered) = (Paragraph::default(), false);
            }
            Event::Empty(e) => {
                let value = e.attributes().flatten().find(|a| a.key.as_ref() == "w:val");
                let value = value.map(|a| a.value.into_owned()).unwrap_or_default();
                match e.name().as_ref() {
                    "w:pStyle" => open.style = value,
                    "w:numId" => unnumbered = value == "0",
                    "w:br" => open.text.push('\n'),
                    _ => {}
                }
            }
            Event::Start(e) if e.name().as_ref() == "w:t" => in_text = true,
            Event::End(e) if e.name().as_ref() == "w:t" => in_text = false,
            Event::Text(e) if in_text => open.text.push_str(&e),
            Event::GeneralRef(e) if in_text => {
                let named = quick_xml::escape::resolve_predefined_entity(&e).unwrap();
                open.text.push_str(named);
            }
            Event::End(e) if e.name().as_ref() == "w:p" => {
                let number = match open.style.as_str() {
                    "Heading1" if !unnumbered => {
                        count = [count[0] + 1, 0];
                        format!("{} ", count[0])
                    }
                    "Heading2" if !unnumbered => {
                        count[1] += 1;
                        format!("{}.{} ", count[0], count[1])
                    }
                    _ => String::new(),
                };
                open.text.insert_str(0, &number);
                found.push(std::mem::take(&mut open));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn headings_are_headings_and_table_heads_repeat() {
    let round = common::round();
    for (name, docx) in all(&round) {
        let list = paragraphs(&docx);
        let styled = |style: &str| list.iter().filter(|p| p.style == style).count();
        assert_eq!(styled("Title"), 1, "{name}");
        assert!(styled("Heading1") > 0, "{name}");
        let xml = part(&docx, "word/document.xml");
        assert!(xml.contains("<w:tblHeader/>") && xml.contains("<w:cantSplit/>"), "{name}");
        // A row that repeats is a row of heads, and every row of heads repeats.
        let heads = xml.split("<w:tr>").filter(|row| row.contains("w:val=\"TableHead\""));
        assert!(heads.clone().count() > 0 && heads.clone().all(|row| row.contains("<w:tblHeader/>")), "{name}");
        let styles = part(&docx, "word/styles.xml");
        for built_in in ["heading 1", "heading 2", "heading 3", "Title", "header", "footer", "toc 1"] {
            assert!(styles.contains(&format!("<w:name w:val=\"{built_in}\"/>")), "{name}: {built_in}");
        }
        for face in ["宋体", "黑体", "仿宋"] {
            assert!(styles.contains(&format!("w:eastAsia=\"{face}\"")), "{name}: {face}");
            assert!(part(&docx, "word/fontTable.xml").contains(face), "{name}: {face}");
        }
        assert!(styles.contains("w:eastAsia=\"zh-CN\"") && part(&docx, "word/footer1.xml").contains("NUMPAGES"));
        assert!(!xml.contains("txbx") && !xml.contains("w:pict"), "{name}: a text box");
    }
}

#[test]
fn every_link_leads_somewhere_and_every_name_is_there_once() {
    let round = common::round();
    for (name, docx) in all(&round) {
        let xml = part(&docx, "word/document.xml");
        let values = |before: &str| -> Vec<String> {
            xml.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let names: Vec<_> = xml
            .split("<w:bookmarkStart ")
            .skip(1)
            .map(|rest| rest.split("w:name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
            .collect();
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{name}: a place has two names");
        assert!(names.iter().all(|n| n.len() <= 40), "{name}");
        let links = values("w:anchor=\"");
        assert!(!links.is_empty() || name.starts_with("findings"), "{name}");
        assert!(links.iter().all(|to| names.contains(to)), "{name}");
    }
}

#[test]
fn the_first_page_says_what_the_file_is() {
    let round = common::round();
    let root = round.snapshot.root();
    for (kind, title) in [(WordKind::Findings, "不符合项报告"), (WordKind::Rectification, "整改报告")] {
        let docx = made(&round, kind, Lang::Zh);
        let text: String = paragraphs(&docx).iter().take(40).map(|p| p.text.as_str()).collect();
        for word in [title, "本文件可以编辑", "PDF 报告 R-03", &root, "不是认证结论"] {
            assert!(text.contains(word), "{kind:?}: {word}");
        }
        let core = part(&docx, "docProps/core.xml");
        for word in [title, "<dc:creator>王工</dc:creator>", "zh-CN", "2026-11-22T00:00:00Z", &root] {
            assert!(core.contains(word), "{kind:?}: {word}");
        }
    }
    let mut input = round.input();
    input.number = "";
    let wanted = report::word::Wanted { kind: WordKind::Gap, lang: Lang::Zh, logo: None, draft: false, author: "" };
    let docx =
        report::word::document(&input, &round.snapshot.sealed(), &wanted, &mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
    let text: String = paragraphs(&docx).iter().take(40).map(|p| p.text.as_str()).collect();
    assert!(text.contains("还没有导出过 PDF 报告") && text.contains(&root) && !text.contains("R-03"), "{text}");
}

#[test]
fn whatever_was_typed_stays_text() {
    let hostile = "甲\u{0}乙\u{FFFE}]]>&lt;<w:p>\u{B}丙\u{85}丁\r\n戊 \u{202E}己 & \"庚\" =1+1 \u{1F600}\u{D7FF}";
    let mut round = common::round();
    let assessment = &mut round.snapshot.assessment;
    for field in [&mut assessment.organization, &mut assessment.title, &mut assessment.confidentiality] {
        hostile.clone_into(field);
    }
    for finding in &mut round.snapshot.findings {
        hostile.clone_into(&mut finding.fact);
        hostile.clone_into(&mut finding.department);
    }
    for task in &mut round.snapshot.tasks {
        hostile.clone_into(&mut task.title);
        hostile.clone_into(&mut task.owner);
    }
    for (name, docx) in all(&round) {
        for (part, bytes) in parts(&docx).into_iter().filter(|(part, _)| !part.ends_with(".png")) {
            let text = String::from_utf8(bytes).unwrap();
            let mut reader = Reader::from_str(&text);
            while reader.read_event().unwrap_or_else(|e| panic!("{name} {part}: {e}")) != Event::Eof {}
            assert!(!text.contains(['\u{0}', '\u{FFFE}', '\u{B}', '\u{202E}']), "{name} {part}");
        }
        let fact = paragraphs(&docx).into_iter().find(|p| p.text.contains("乙]]>&lt;<w:p>丙")).unwrap().text;
        assert!(fact.contains("丁\n戊") && fact.contains("& \"庚\""), "{name}: {fact}");
    }
}
