//! One model, two writers: what the DOCX says is what the PDF says, word for word and in its order.

use super::{common, made, read};
use domain::Lang;
use report::{Layout, WordKind};

/// Without white space, and without the signs that the PDF draws.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"√△×—○◆□".contains(*c)).collect()
}

/// What is said in the tagged text of a PDF, figures left out: every text of the tree, the repeated heads and page numbers are not in it.
fn lines(pdf: &[u8]) -> Option<Vec<String>> {
    let output = common::tool("pdfinfo", &["-struct-text", "-enc", "UTF-8"], pdf, &[])?;
    let text = String::from_utf8(output.stdout).unwrap();
    let (mut found, mut figure) = (Vec::new(), None);
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        if figure.is_some_and(|at| depth <= at) {
            figure = None;
        }
        match line.trim() {
            node if node.starts_with("Figure") => figure = Some(depth),
            quoted if quoted.starts_with('"') && figure.is_none() => {
                let text = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                found.push(text.unwrap_or(quoted).to_owned());
            }
            _ => {}
        }
    }
    Some(found)
}

#[test]
fn the_gap_report_says_the_same_in_word_and_in_pdf() {
    let round = common::round();
    // One language: poppler takes longer for the tags of a page than we for the whole report.
    let report = round.render(&common::options(Layout::Gap, Lang::Zh));
    let Some(pdf) = lines(&report.pdf) else { return };
    let pdf = bare(&pdf.concat());
    let docx = read::paragraphs(&made(&round, WordKind::Gap, Lang::Zh));
    let docx = docx.iter().filter(|p| !p.style.starts_with("TOC")).map(|p| bare(&p.text)).collect::<String>();
    let body = |text: &str| text[text.rfind("1准备度结论").unwrap()..].to_owned();
    let (pdf, docx) = (body(&pdf), body(&docx));
    let around = |text: &str, at: usize| text.chars().skip(at.saturating_sub(30)).take(80).collect::<String>();
    if let Some(at) = pdf.chars().zip(docx.chars()).position(|(a, b)| a != b) {
        panic!("at {at}:\n{}\n{}", around(&pdf, at), around(&docx, at));
    }
    assert_eq!(pdf.chars().count(), docx.chars().count());
    assert!(docx.chars().count() > 10_000);
}

#[test]
fn every_nonconformity_is_in_its_documents_with_all_that_is_known_of_it() {
    let round = common::round();
    for kind in [WordKind::Findings, WordKind::Rectification] {
        let text: String = read::paragraphs(&made(&round, kind, Lang::Zh)).iter().map(|p| bare(&p.text)).collect();
        let mut at = 0;
        let list: Vec<_> = round.snapshot.findings.iter().filter(|f| f.grade.is_nonconformity()).collect();
        assert!(list.len() > 5);
        // The register comes first; each then has its own place, in the same order.
        let start = text.find("分级").unwrap();
        for finding in list {
            let sheet = match kind {
                WordKind::Findings => format!("不符合项报告{}", finding.label()),
                _ => format!("{}{}", finding.label(), round.pack.item(&finding.item).unwrap().title),
            };
            let place = text[start.max(at)..].find(&bare(&sheet)).unwrap_or_else(|| panic!("{kind:?} {sheet}"));
            at = start.max(at) + place;
            assert!(text[at..].contains(&bare(&finding.fact)), "{kind:?} {}", finding.label());
            for task in round.snapshot.tasks.iter().filter(|t| t.finding == Some(finding.id)) {
                assert!(text[at..].contains(&bare(&task.title)), "{kind:?} {}", task.label());
            }
        }
    }
}
