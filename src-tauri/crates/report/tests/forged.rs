//! Reports that somebody has changed: what `verify` says of them.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Round, options};
use domain::Lang;
use domain::snapshot::sha256_hex;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use proptest::test_runner::{RngAlgorithm, TestRng};
use report::{Difference, Layout, Options, Pages, Report, SectionId};

/// Equal everywhere, so that an edit which goes unnoticed can be looked at again.
struct Dice(TestRng);

impl Dice {
    fn new() -> Self {
        Self(TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    }

    fn below(&mut self, n: usize) -> usize {
        use proptest::prelude::Rng as _;
        usize::try_from(self.0.next_u64() % n as u64).unwrap()
    }
}

fn saved(mut doc: Document) -> Vec<u8> {
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    out
}

fn page_ids(doc: &Document) -> Vec<ObjectId> {
    doc.get_pages().into_values().collect()
}

/// The page's own stream of contents: not what stands on every page.
fn own_contents(doc: &Document, page: ObjectId) -> ObjectId {
    let streams = doc.get_page_contents(page);
    streams[usize::from(streams.len() == 3)]
}

/// Bytes of each match's place in a page's contents.
fn places(content: &[u8], is: impl Fn(&[u8]) -> bool) -> Vec<usize> {
    (0..content.len()).filter(|at| is(&content[*at..])).collect()
}

/// What is done to a page's contents; `false` when it has nothing of the kind.
fn edit_contents(doc: &mut Document, page: ObjectId, dice: &mut Dice, kind: usize) -> bool {
    let id = own_contents(doc, page);
    let stream = doc.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    let mut content = stream.get_plain_content().unwrap();
    match kind {
        // One character becomes another that the font has: codes of two bytes, both kept out of the way of escapes.
        0 => {
            let shown = places(&content, |at| {
                at.starts_with(b"(") && at.len() > 3 && at[1] < 2 && at[2].is_ascii_alphanumeric()
            });
            let Some(at) = shown.get(dice.below(shown.len().max(1))) else { return false };
            content[at + 2] = if content[at + 2] == b'Q' { b'R' } else { b'Q' };
        }
        // A colour becomes another.
        1 => {
            let colours = places(&content, |at| at.starts_with(b" rg\n"));
            let Some(at) = colours.get(dice.below(colours.len().max(1))) else { return false };
            let line = content[..*at].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            content.splice(line..*at, b"1 0 0".iter().copied());
        }
        // One string is shown no more.
        2 => {
            let shown = places(&content, |at| at.starts_with(b")Tj\n"));
            let Some(at) = shown.get(dice.below(shown.len().max(1))) else { return false };
            let from = content[..*at].iter().rposition(|b| *b == b'(').unwrap();
            content.drain(from + 1..*at);
        }
        // A rectangle is painted over it.
        3 => {
            let [x, y] = [50 + dice.below(400), 80 + dice.below(600)];
            content.extend_from_slice(format!("q 1 1 1 rg {x} {y} 90 14 re f Q\n").as_bytes());
        }
        // Everything is moved a little.
        _ => {
            content.splice(0..0, b"1 0 0 1 0 1 cm\n".iter().copied());
        }
    }
    stream.set_plain_content(content);
    stream.compress().unwrap();
    true
}

/// A note, a stamp or a white box over a page.
fn cover(doc: &mut Document, page: ObjectId, dice: &mut Dice) {
    let [x, y] = [60 + dice.below(300), 100 + dice.below(600)].map(|n| i64::try_from(n).unwrap());
    let rect = vec![x.into(), y.into(), (x + 120).into(), (y + 20).into()];
    let look = doc.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 120.into(), 20.into()] },
        b"1 1 1 rg 0 0 120 20 re f".to_vec(),
    ));
    let note = doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Stamp", "Rect" => rect, "F" => 4, "AP" => dictionary! { "N" => look },
    });
    let dict = doc.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    match dict.get_mut(b"Annots") {
        Ok(Object::Array(list)) => list.push(note.into()),
        _ => dict.set("Annots", vec![Object::Reference(note)]),
    }
}

fn kids(doc: &mut Document) -> &mut Vec<Object> {
    let pages = doc.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    doc.get_object_mut(pages).unwrap().as_dict_mut().unwrap().get_mut(b"Kids").unwrap().as_array_mut().unwrap()
}

fn set_count(doc: &mut Document) {
    let count = i64::try_from(kids(doc).len()).unwrap();
    let pages = doc.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    doc.get_object_mut(pages).unwrap().as_dict_mut().unwrap().set("Count", count);
}

fn catalog(doc: &mut Document) -> &mut Dictionary {
    doc.catalog_mut().unwrap()
}

fn seen(round: &Round, pdf: &[u8]) -> Pages {
    round.verify(pdf).unwrap().pages.unwrap()
}

fn difference(round: &Round, pdf: &[u8]) -> Difference {
    match seen(round, pdf) {
        Pages::Differ(difference) => difference,
        other => panic!("{other:?}"),
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap()
}

fn report() -> (Round, Report) {
    let round = common::sized(10, 12, 1);
    let sections = Some([SectionId::Summary, SectionId::Plan, SectionId::SignOff].into());
    let report = round.render(&Options { sections, ..options(Layout::Gap, Lang::Zh) });
    (round, report)
}

#[test]
fn two_hundred_single_edits_of_pages_are_all_found_where_they_are() {
    let (round, report) = report();
    let original = Document::load_mem(&report.pdf).unwrap();
    let mut dice = Dice::new();
    let mut done = 0;
    while done < 200 {
        let mut doc = original.clone();
        let pages = page_ids(&doc);
        let at = dice.below(pages.len());
        let kind = dice.below(10);
        let (mut wanted, mut missing) = (vec![number(at)], vec![]);
        match kind {
            0..5 => {
                if !edit_contents(&mut doc, pages[at], &mut dice, kind) {
                    continue;
                }
            }
            5 => cover(&mut doc, pages[at], &mut dice),
            6 => {
                kids(&mut doc).remove(at);
                set_count(&mut doc);
                (wanted, missing) = (vec![], vec![number(at)]);
            }
            7 => {
                let mut strange = doc.get_object(pages[at]).unwrap().as_dict().unwrap().clone();
                strange.set("Contents", doc.add_object(Stream::new(Dictionary::new(), b"0 0 9 9 re f".to_vec())));
                let strange = doc.add_object(strange);
                kids(&mut doc).insert(at, strange.into());
                set_count(&mut doc);
            }
            8 => {
                let other = (at + 1 + dice.below(pages.len() - 1)) % pages.len();
                kids(&mut doc).swap(at, other);
                wanted = vec![number(at.min(other)), number(at.max(other))];
            }
            _ => doc.get_object_mut(pages[at]).unwrap().as_dict_mut().unwrap().set("Rotate", 180),
        }
        let found = difference(&round, &saved(doc));
        let mut named = found.pages;
        if kind == 8 {
            // Links to a page that was swapped lead to another one now, and the pages they stand on are named as well.
            named.retain(|page| wanted.contains(page));
        }
        assert_eq!((named, found.missing), (wanted, missing), "edit {done} of kind {kind} on page {}", at + 1);
        done += 1;
    }
}

#[test]
fn what_every_page_shares_is_looked_at_too() {
    let (round, report) = report();
    let original = Document::load_mem(&report.pdf).unwrap();
    let all: Vec<u32> = (1..=report.pages).collect();
    let resources = {
        let page = original.get_dictionary(page_ids(&original)[0]).unwrap();
        page.get(b"Resources").unwrap().as_reference().unwrap()
    };
    // Other characters under the same codes: search and copy return something else.
    let mut doc = original.clone();
    let font = doc.get_page_fonts(page_ids(&doc)[0]).unwrap()[b"R".as_slice()].clone();
    let map = font.get(b"ToUnicode").unwrap().as_reference().unwrap();
    let map = doc.get_object_mut(map).unwrap().as_stream_mut().unwrap();
    let text = String::from_utf8(map.get_plain_content().unwrap()).unwrap();
    map.set_plain_content(text.replacen("<0031>", "<0039>", 1).into_bytes());
    assert_eq!(difference(&round, &saved(doc)).pages, all);
    // Another glyph under the same code: the eye reads something else.
    let mut doc = original.clone();
    doc.get_object_mut(resources)
        .unwrap()
        .as_dict_mut()
        .unwrap()
        .get_mut(b"Font")
        .unwrap()
        .as_dict_mut()
        .unwrap()
        .remove(b"B");
    assert_eq!(difference(&round, &saved(doc)).pages, all);
    // What stands on every page.
    let mut doc = original.clone();
    let over = *doc.get_page_contents(page_ids(&doc)[0]).last().unwrap();
    let stream = doc.get_object_mut(over).unwrap().as_stream_mut().unwrap();
    stream.set_plain_content(b"q Q".to_vec());
    assert_eq!(difference(&round, &saved(doc)).pages, all);
}

#[test]
fn whatever_changes_what_a_viewer_does_is_named() {
    let (round, report) = report();
    let original = Document::load_mem(&report.pdf).unwrap();
    let part = |edit: &dyn Fn(&mut Document)| {
        let mut doc = original.clone();
        edit(&mut doc);
        let found = difference(&round, &saved(doc));
        assert_eq!((found.pages, found.missing), (vec![], vec![]));
        found.parts
    };
    let script = || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    assert_eq!(part(&|doc| catalog(doc).set("OpenAction", script())), ["OpenAction"]);
    assert_eq!(part(&|doc| catalog(doc).set("AA", dictionary! { "WC" => script() })), ["AA"]);
    assert_eq!(
        part(&|doc| catalog(doc).set("AcroForm", dictionary! { "Fields" => Vec::<Object>::new() })),
        ["AcroForm"]
    );
    assert_eq!(
        part(&|doc| catalog(doc).set("OCProperties", dictionary! { "OCGs" => Vec::<Object>::new() })),
        ["OCProperties"]
    );
    assert_eq!(part(&|doc| catalog(doc).set("PageLabels", dictionary! { "Nums" => vec![0.into()] })), ["PageLabels"]);
    let bookmark = |doc: &mut Document| {
        let outlines = catalog(doc).get(b"Outlines").unwrap().as_reference().unwrap();
        let first = doc.get_dictionary(outlines).unwrap().get(b"First").unwrap().as_reference().unwrap();
        doc.get_object_mut(first).unwrap().as_dict_mut().unwrap().set("Title", Object::string_literal("Ready"));
    };
    assert_eq!(part(&bookmark), ["Outlines"]);
    let title = |doc: &mut Document| {
        let info = doc.trailer.get(b"Info").unwrap().as_reference().unwrap();
        doc.get_object_mut(info).unwrap().as_dict_mut().unwrap().set("Title", Object::string_literal("Certificate"));
    };
    assert_eq!(part(&title), ["Info"]);
    let attach = |doc: &mut Document| {
        let names = catalog(doc).get(b"Names").unwrap().as_reference().unwrap();
        let file = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("certificate.pdf") };
        let names = doc.get_object_mut(names).unwrap().as_dict_mut().unwrap();
        let files = names.get_mut(b"EmbeddedFiles").unwrap().as_dict_mut().unwrap();
        files.get_mut(b"Names").unwrap().as_array_mut().unwrap().extend([Object::string_literal("x"), file.into()]);
    };
    assert_eq!(part(&attach), ["Names"]);
    let spoken = |doc: &mut Document| {
        let is_heading = |dict: &Dictionary| dict.get(b"S").and_then(Object::as_name).is_ok_and(|role| role == b"H1");
        let mut tagged = doc.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
        tagged.find(|dict| is_heading(dict)).unwrap().set("ActualText", Object::string_literal("100 %"));
    };
    assert_eq!(part(&spoken), ["StructTreeRoot"]);
}

/// A later version of a page is appended, the first one left in place: what viewers show is the later one.
#[test]
fn an_appended_version_of_a_page_is_found() {
    let (round, report) = report();
    let doc = Document::load_mem(&report.pdf).unwrap();
    let page = page_ids(&doc)[2];
    let mut update = lopdf::IncrementalDocument::create_from(report.pdf.clone(), doc);
    update.opt_clone_object_to_new_document(page).unwrap();
    let content = update.new_document.add_object(Stream::new(Dictionary::new(), b"BT ET".to_vec()));
    update.new_document.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Contents", content);
    let mut out = Vec::new();
    update.save_to(&mut out).unwrap();
    assert!(out.starts_with(&report.pdf));
    assert_eq!(difference(&round, &out).pages, [3]);
}

#[test]
fn saved_again_by_another_program_it_is_still_the_same_and_that_is_said() {
    let mut round = common::round();
    round.texts = Vec::new();
    let mut logo = Vec::new();
    image::RgbImage::from_pixel(40, 20, image::Rgb([0, 90, 160]))
        .write_to(&mut std::io::Cursor::new(&mut logo), image::ImageFormat::Png)
        .unwrap();
    let options = Options { logo: Some(logo), ..options(Layout::Certification, Lang::En) };
    let report = round.render(&options);
    assert_eq!(seen(&round, &report.pdf), Pages::Same);
    let plain = saved(Document::load_mem(&report.pdf).unwrap());
    assert_ne!(plain, report.pdf);
    assert_eq!(seen(&round, &plain), Pages::Resaved);
    assert!(round.verify(&plain).unwrap().matches);
    for how in [["--linearize", "--object-streams=generate"], ["--stream-data=uncompress", "--object-streams=disable"]]
    {
        let Some(ran) = common::tool("qpdf", &how, &report.pdf, &["-"]) else { return };
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(seen(&round, &ran.stdout), Pages::Resaved, "{how:?}");
    }
}

#[test]
fn a_recipe_that_is_gone_changed_or_of_another_report_is_no_excuse() {
    let (round, report) = report();
    let original = Document::load_mem(&report.pdf).unwrap();
    let recipe = |doc: &Document| {
        let is = |object: &Object| {
            object
                .as_dict()
                .is_ok_and(|d| d.get(b"F").is_ok_and(|f| f.as_str().is_ok_and(|name| name == b"report.json")))
        };
        *doc.objects.iter().find(|(_, object)| is(object)).unwrap().0
    };
    let replaced = |json: &[u8], keyed: bool| {
        let mut doc = original.clone();
        let spec = recipe(&doc);
        let stream = doc.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, json.to_vec()));
        doc.get_object_mut(spec)
            .unwrap()
            .as_dict_mut()
            .unwrap()
            .set("EF", dictionary! { "F" => stream, "UF" => stream });
        if keyed {
            let info = doc.trailer.get(b"Info").unwrap().as_reference().unwrap();
            let info = doc.get_object_mut(info).unwrap().as_dict_mut().unwrap();
            info.set("BeishenRecipe", Object::string_literal(sha256_hex(json)));
        }
        saved(doc)
    };
    let mut without = original.clone();
    let spec = recipe(&without);
    without.objects.remove(&spec);
    assert_eq!(difference(&round, &saved(without)).parts, ["report.json"]);
    for keyed in [false, true] {
        assert_eq!(difference(&round, &replaced(b"{}", keyed)).parts, ["report.json"]);
    }
    // The recipe of another report, its hash written over the one that was there: the pages tell.
    let other = round.render(&options(Layout::Gap, Lang::En));
    let other = Document::load_mem(&other.pdf).unwrap();
    let files = other.get_dictionary(recipe(&other)).unwrap().get(b"EF").unwrap().as_dict().unwrap();
    let stream = other.get_object(files.get(b"F").unwrap().as_reference().unwrap()).unwrap().as_stream().unwrap();
    let found = difference(&round, &replaced(&stream.get_plain_content().unwrap(), true));
    assert!(!found.pages.is_empty(), "{found:?}");
}

#[test]
fn a_report_of_another_version_is_compared_as_far_as_it_can_be() {
    let (round, report) = report();
    let by = |version: &str, edited: bool| {
        let mut doc = Document::load_mem(&report.pdf).unwrap();
        let info = doc.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let info = doc.get_object_mut(info).unwrap().as_dict_mut().unwrap();
        info.set("Producer", Object::string_literal(format!("Beishen report {version} with printpdf and lopdf")));
        if edited {
            let page = page_ids(&doc)[3];
            assert!(edit_contents(&mut doc, page, &mut Dice::new(), 3));
        }
        seen(&round, &saved(doc))
    };
    assert_eq!(by("9.9.9", true), Pages::OtherVersion("9.9.9".to_owned()), "what 9.9.9 makes is not known here");
    assert!(matches!(by(env!("CARGO_PKG_VERSION"), true), Pages::Differ(_)));
    for name in ["open-gap-zh", "signed-certification-zh", "signed-management-en"] {
        let path = format!("{}/../../../tests/golden/0.1.0/reports/{name}.pdf", env!("CARGO_MANIFEST_DIR"));
        let found = round.verify(&std::fs::read(path).unwrap()).unwrap();
        assert!(found.matches, "{name}");
        assert_eq!(found.pages, Some(Pages::OtherVersion("0.1.0".to_owned())), "{name}");
    }
}

#[test]
fn criteria_that_not_everybody_has_travel_with_the_report() {
    let mut round = common::round();
    let own = include_str!("../../../../criteria/yd-t-2823-2015.toml").replace("呼叫中心", "客服中心");
    round.pack = domain::CriteriaPack::parse(own.as_bytes()).unwrap();
    round.snapshot.pack = domain::PackIdentity::of(&round.pack);
    round.snapshot.assessment.pack_sha256.clone_from(&round.pack.sha256);
    let nobody = |pdf: &[u8]| report::verify(pdf, &mut |_| None).unwrap().pages;
    let without = round.render(&options(Layout::Certification, Lang::Zh));
    assert_eq!(nobody(&without.pdf), Some(Pages::NoCriteria(round.pack.sha256.clone())));
    assert_eq!(seen(&round, &without.pdf), Pages::Same);
    round.texts = vec![own];
    let report = round.render(&options(Layout::Certification, Lang::Zh));
    assert_eq!(nobody(&report.pdf), Some(Pages::Same));
    let more = report.pdf.len() - without.pdf.len();
    assert!(more < 260_000, "{more} bytes more");
}

/// A round that was approved before there was a second format keeps its root, and its signatures may name others.
#[test]
fn a_round_that_is_told_in_an_older_format_is_made_again_too() {
    let mut round = common::sized(10, 12, 1);
    round.snapshot.format = 1;
    round.snapshot = round.snapshot.normalized();
    let now = domain::Snapshot { format: domain::snapshot::FORMAT, ..round.snapshot.clone() }.normalized();
    round.roots.add(&now);
    round.sign_offs[0].root = now.root();
    round.sign_offs[0].format = now.format;
    let report = round.render(&options(Layout::Management, Lang::Zh));
    assert_eq!(seen(&round, &report.pdf), Pages::Same);
}

/// Whoever makes a report anew from changed data has one that fits itself: only its root tells.
#[test]
fn a_report_made_from_changed_data_has_another_root() {
    let (mut round, report) = report();
    round.snapshot.answers[0].note.push('改');
    let forged = round.render(&options(Layout::Gap, Lang::Zh));
    let found = round.verify(&forged.pdf).unwrap();
    assert_eq!((found.matches, found.pages), (true, Some(Pages::Same)));
    assert_ne!(found.recomputed, report.root);
}

#[test]
fn names_of_earlier_files_and_what_a_logo_s_file_tells_stay_at_home() {
    let round = common::round();
    let mut logo = Vec::new();
    image::RgbImage::from_pixel(4, 4, image::Rgb([1, 2, 3]))
        .write_to(&mut std::io::Cursor::new(&mut logo), image::ImageFormat::Png)
        .unwrap();
    let options = Options { logo: Some(logo.clone()), ..options(Layout::Management, Lang::Zh) };
    let doc = Document::load_mem(&round.render(&options).pdf).unwrap();
    let streams = doc.objects.values().filter_map(|object| object.as_stream().ok());
    let all: Vec<Vec<u8>> = streams.filter_map(|stream| stream.get_plain_content().ok()).collect();
    let holds = |part: &[u8]| all.iter().any(|stream| stream.windows(part.len()).any(|at| at == part));
    assert!(holds("质检主管".as_bytes()) && holds(b"\"generated_at\""));
    assert!(!holds(b"report-1.pdf") && !holds(&logo));
}
