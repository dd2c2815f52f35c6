//! Evidence that is none: taken in with a warning, named by the gate, and no proof of anything.

use crate::common::{World, flip_a_byte, owned, quiet};
use app::evidence::{self, EvidenceDraft, SHOWS_NOTHING, Taken};
use domain::{Flaw, GateRule, Verdict};
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use zip::write::SimpleFileOptions;

/// An office file of these parts.
fn office(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        file.start_file(*name, SimpleFileOptions::default()).unwrap();
        file.write_all(content.as_bytes()).unwrap();
    }
    file.finish().unwrap().into_inner()
}

/// A PDF of one page with these drawing instructions.
fn pdf(content: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut places = Vec::new();
    for (n, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{n} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = bytes.len();
    bytes.extend(b"xref\n0 5\n0000000000 65535 f \n");
    places.iter().for_each(|at| bytes.extend(format!("{at:010} 00000 n \n").bytes()));
    bytes.extend(format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    bytes
}

/// An OLE file that says these words, in the encoding that OLE has for names.
fn ole(name: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(2048, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// A Word file before 2007 whose header says whether it is locked.
fn doc(flags: u16) -> Vec<u8> {
    let mut bytes = ole("");
    bytes[512..514].copy_from_slice(&0xA5EC_u16.to_le_bytes());
    bytes[522..524].copy_from_slice(&flags.to_le_bytes());
    bytes
}

/// A workbook before 2007: BOF, and whatever record comes next.
fn xls(next: u16) -> Vec<u8> {
    let mut bytes = ole("");
    bytes[512..516].copy_from_slice(&[0x09, 0x08, 0x10, 0x00]);
    bytes[532..534].copy_from_slice(&next.to_le_bytes());
    bytes
}

fn cases() -> Vec<(&'static str, Vec<u8>, Option<Flaw>)> {
    let text = |body: &str| office(&[("word/document.xml", body)]);
    let sheet = |body: &str| office(&[("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", body)]);
    let slide = |body: &str| office(&[("ppt/slides/slide1.xml", body)]);
    let report = report::text_document("排班表", &["早班 8 人".to_owned()]).unwrap();
    let blank = report::text_document("", &[]).map(|_| pdf("q 0 0 595 842 re W n Q")).unwrap();
    vec![
        ("空.pdf", vec![], Some(Flaw::Empty)),
        ("空.mp3", vec![], Some(Flaw::Empty)),
        ("空白.txt", b"  \r\n\t \r\n".to_vec(), Some(Flaw::Blank)),
        ("空表.csv", b"\xEF\xBB\xBF,,,\r\n,,,\r\n".to_vec(), Some(Flaw::Blank)),
        ("值班表.txt", "早班 8 人".into(), None),
        ("值班表-gbk.txt", b"\xD4\xE7\xB0\xE0 8".to_vec(), None),
        ("报告.pdf", report.clone(), None),
        ("空页.pdf", blank, Some(Flaw::Blank)),
        ("只有空格.pdf", pdf("BT /F1 12 Tf (   ) Tj ET"), Some(Flaw::Blank)),
        ("一条线.pdf", pdf("0 0 m 100 100 l S"), None),
        ("一行字.pdf", pdf("BT /F1 12 Tf (Hello) Tj ET"), None),
        ("截断.pdf", report[..report.len() / 2].to_vec(), Some(Flaw::Unreadable)),
        ("其实是网页.pdf", "<html>请先登录</html>".into(), Some(Flaw::Unreadable)),
        ("制度.docx", text("<w:p><w:r><w:t>质检评分细则</w:t></w:r></w:p>"), None),
        ("保留空格.docx", text("<w:t xml:space=\"preserve\">第一条 </w:t>"), None),
        (
            "空文档.docx",
            text("<w:body><w:p/><w:r><w:t xml:space=\"preserve\"> </w:t></w:r></w:body>"),
            Some(Flaw::Blank),
        ),
        ("台账.xlsx", sheet("<c r=\"A1\"><v>3</v></c>"), None),
        ("空表.xlsx", sheet("<sheetData/>"), Some(Flaw::Blank)),
        ("培训.pptx", slide("<a:t>培训计划</a:t>"), None),
        ("空.pptx", slide("<a:t> </a:t>"), Some(Flaw::Blank)),
        ("坏.docx", b"PK\x03\x04 and then nothing".to_vec(), Some(Flaw::Unreadable)),
        ("加密.xlsx", ole("EncryptedPackage"), Some(Flaw::Protected)),
        ("改名的旧文档.docx", doc(0), None),
        ("旧.doc", doc(0), None),
        ("旧-加密.doc", doc(0x0100), Some(Flaw::Protected)),
        ("旧.xls", xls(0x0042), None),
        ("旧-加密.xls", xls(0x002F), Some(Flaw::Protected)),
        ("网页导出.xls", "<table><tr><td>1</td></tr></table>".into(), None),
        ("材料.zip", office(&[("a.txt", "早班")]), None),
        ("空.zip", office(&[]), Some(Flaw::Blank)),
        ("照片.png", PNG.to_vec(), None),
        ("其实是PNG.jpg", PNG.to_vec(), None),
        ("照片.jpeg", jpeg(16, 8), None),
        ("照片后有附加信息.jpg", [jpeg(16, 8), vec![7; 5000]].concat(), None),
        ("只有文件头.png", PNG[..8].to_vec(), Some(Flaw::Unreadable)),
        ("没有大小.png", [&PNG[..16], &[0; 8], &PNG[24..]].concat(), Some(Flaw::Unreadable)),
        ("截断.png", PNG[..PNG.len() - 20].to_vec(), Some(Flaw::Unreadable)),
        ("截断.jpg", jpeg(16, 8)[..120].to_vec(), Some(Flaw::Unreadable)),
        ("没有大小.jpg", jpeg(0, 0), Some(Flaw::Unreadable)),
        ("不是照片.jpg", "下载失败".into(), Some(Flaw::Unreadable)),
        ("动图.gif", b"GIF89a".to_vec(), None),
        ("不是动图.gif", "下载失败".into(), Some(Flaw::Unreadable)),
        ("录音.amr", b"#!AMR\n".to_vec(), None),
    ]
}

/// A picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xDE\
\0\0\0\x0CIDATx\x9Cc\xF8\xCF\xC0\0\0\x03\x01\x01\0\xC9\xFE\x92\xEF\0\0\0\0IEND\xAEB`\x82";

/// A JPEG as far as its head goes, with an end.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let ([w, x], [h, y]) = (width.to_be_bytes(), height.to_be_bytes());
    let mut bytes = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xDB\0\x43\0".to_vec();
    bytes.extend([1; 64]);
    bytes.extend([0xFF, 0xC0, 0, 11, 8, h, y, w, x, 1, 1, 0x11, 0]);
    bytes.extend(b"\xFF\xC4\0\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x37\xFF\xD9");
    bytes
}

fn put(world: &World, name: &str, content: &[u8]) -> PathBuf {
    let path = world.at(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn what_shows_nothing_is_taken_in_with_a_warning_and_named_by_the_gate() {
    for (name, content, flaw) in cases() {
        let mut world = World::new();
        let file = put(&world, name, &content);
        world.mark(&["GH1-01"], Verdict::Conform);
        let update = world.add_files(&["GH1-01"], &[file], &EvidenceDraft::default()).unwrap();
        assert_eq!(update.evidence[0].flaw, flaw, "{name}");
        let warned: &[&str] = if flaw.is_some() { &[SHOWS_NOTHING] } else { &[] };
        assert_eq!(update.warnings, warned, "{name}");
        let defects = world.session.round(world.round).unwrap().figures.defects;
        let named = |rule, item| defects.iter().any(|d| d.rule == rule && d.item == item);
        assert_eq!(named(GateRule::EvidenceShowsNothing, "GH1-01"), flaw.is_some(), "{name}");
        assert_eq!(named(GateRule::ConformWithoutEvidence, "GH1-01"), flaw.is_some(), "{name}: a proof of nothing");
    }
}

#[test]
fn a_pdf_under_a_password_is_told_from_one_that_opens_for_everybody() {
    let open = pdf("BT /F1 12 Tf (Hello) Tj ET");
    for (user, flaw) in [("secret", Some(Flaw::Protected)), ("", None)] {
        let mut world = World::new();
        let (plain, locked) = (put(&world, "plain.pdf", &open), world.at("locked.pdf"));
        let encrypt = ["--encrypt", user, "owner", "256", "--"];
        let run = std::process::Command::new("qpdf").args(encrypt).args([&plain, &locked]).output();
        let Ok(run) = run else {
            assert!(std::env::var_os("BEISHEN_ALLOW_MISSING_TOOLS").is_some(), "qpdf is missing");
            return;
        };
        assert!(locked.exists(), "{}", String::from_utf8_lossy(&run.stderr));
        let update = world.add_files(&["GH1-01"], &[locked], &EvidenceDraft::default()).unwrap();
        assert_eq!(update.evidence[0].flaw, flaw, "password {user:?}");
    }
}

#[test]
fn one_sound_file_beside_it_proves_and_a_replacement_mends() {
    let mut world = World::new();
    world.mark(&["GH1-01", "XC3-05"], Verdict::Conform);
    let (empty, sound) = (put(&world, "空.pdf", b""), put(&world, "值班表.txt", "早班 8 人".as_bytes()));
    let update = world.add_files(&["GH1-01", "XC3-05"], &[empty], &EvidenceDraft::default()).unwrap();
    let flawed = update.evidence[0].id;
    world.add_files(&["GH1-01"], std::slice::from_ref(&sound), &EvidenceDraft::default()).unwrap();
    let bare = |world: &mut World| {
        let defects = world.session.round(world.round).unwrap().figures.defects;
        let of = |rule| defects.iter().filter(|d| d.rule == rule).map(|d| d.item.clone()).collect::<Vec<_>>();
        (of(GateRule::ConformWithoutEvidence), of(GateRule::EvidenceShowsNothing).len())
    };
    assert_eq!(bare(&mut world), (vec!["XC3-05".to_owned()], 1));
    let other = put(&world, "考勤.txt", "全勤".as_bytes());
    let update = evidence::replace(&mut world.session, world.round, flawed, other, &mut quiet).unwrap();
    assert_eq!((update.evidence[0].flaw, update.warnings.len()), (None, 0));
    assert_eq!(bare(&mut world), (vec![], 0));
}

/// What is pasted is looked at as what is dropped; whatever the bytes are, taking them in never fails for a look.
#[test]
fn no_bytes_whatever_stop_an_import() {
    let mut world = World::new();
    let items = owned(&["GH1-01"]);
    let draft = EvidenceDraft::default();
    let update =
        evidence::add_bytes(&mut world.session, world.round, &items, "截图.png", b"no picture", &draft).unwrap();
    assert_eq!(update.evidence[0].flaw, Some(Flaw::Unreadable));
    for (name, content, _) in cases().into_iter().filter(|(_, content, _)| !content.is_empty()) {
        for cut in [1, content.len() / 3, content.len() - 1] {
            let file = put(&world, &format!("{cut}-{name}"), &content[..cut]);
            world.add_files(&["GH1-01"], std::slice::from_ref(&file), &draft).unwrap();
            flip_a_byte(&file);
            world.add_files(&["GH1-01"], &[file], &draft).unwrap();
        }
    }
}

/// What an earlier version took in was not looked into: its rows say nothing of flaws.
#[test]
fn evidence_that_an_earlier_version_took_in_is_looked_into_again() {
    let mut world = World::new();
    world.mark(&["GH1-01"], Verdict::Conform);
    let file = put(&world, "空.pdf", b"");
    let taken = evidence::take_in(&mut world.session, &[file], &mut quiet).unwrap();
    let as_then: Vec<Taken> = taken.into_iter().map(|taken| Taken { flaw: None, ..taken }).collect();
    let items = owned(&["GH1-01"]);
    let draft = EvidenceDraft::default();
    evidence::add_stored(&mut world.session, world.round, &items, &as_then, &draft).unwrap();
    let named = |world: &mut World| {
        let defects = world.session.round(world.round).unwrap().figures.defects;
        defects.iter().any(|d| d.rule == GateRule::EvidenceShowsNothing && d.item == "GH1-01")
    };
    assert!(!named(&mut world));
    let mut aside = world.session.aside(world.round).unwrap();
    evidence::look_again(&mut aside, world.round, &mut |_, _| ControlFlow::Continue(())).unwrap();
    world.session.learn(&aside);
    let update = evidence::record_flaws(&mut world.session, world.round).unwrap();
    assert_eq!(update.evidence[0].flaw, Some(Flaw::Empty));
    assert!(update.batch.is_some() && named(&mut world));
    // Once is enough; and it is a step like any other.
    assert_eq!(evidence::record_flaws(&mut world.session, world.round).unwrap().batch, None);
    app::log::undo(&mut world.session, world.round).unwrap();
    assert!(!named(&mut world));
}
