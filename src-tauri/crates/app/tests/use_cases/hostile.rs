//! Whatever may be typed into a field: it comes out as it went in, everywhere, or is refused with the field named.

use crate::common::{World, day, finding, new_round, owned, quiet, task};
use crate::hostile_texts::{FIELDS, Field, KEPT, LINES, MENDED, Verb, is_dropped, on_one_line};
use app::answers::AnswerPatch;
use app::evidence::{self, EvidenceDraft};
use app::exports::{self, Export, PlanFormat};
use app::fields::CHARACTERS_DROPPED;
use app::tasks::{self, Closure, TaskDraft};
use app::view::{NewRound, Update};
use app::{Error, Session, conditions, findings, rounds, sign_offs};
use domain::{Assessment, EvidenceKind, Id, Lang, Member, Review, SignRole, Snapshot, TaskState};
use report::{Layout, Options};
use serde::Serialize;
use serde::de::DeserializeOwned;

const ITEM: &str = "XC3-05";

/// What a verb is given, with the text in one field of it.
fn given<T: Serialize + DeserializeOwned>(base: &T, field: &Field, text: &str) -> T {
    let mut json = serde_json::to_value(base).unwrap();
    *json.pointer_mut(field.set).unwrap_or_else(|| panic!("{} has no {}", field.name, field.set)) = text.into();
    serde_json::from_value(json).unwrap()
}

fn write(world: &mut World, field: &Field, text: &str) -> app::Result<Update> {
    let (round, items) = (world.round, owned(&[ITEM]));
    let (patch, record) =
        (AnswerPatch::default(), EvidenceDraft { title: "制度链接".into(), ..EvidenceDraft::default() });
    let closure = Closure { result: "已复测".into(), verifier: "周敏".into(), proof: vec![] };
    let member = |role: &str| vec![Member { role: role.into(), name: String::new() }];
    let held = world.snapshot().assessment;
    let session = &mut world.session;
    match field.verb {
        Verb::Mark => app::answers::mark(session, round, &items, &given(&patch, field, text)),
        Verb::Return => {
            let returned = AnswerPatch { review: Some(Review::Returned), ..patch };
            app::answers::mark(session, round, &items, &given(&returned, field, text))
        }
        Verb::Record => {
            let draft = given(&record, field, text);
            evidence::add_record(session, round, &items, EvidenceKind::Link, &draft)
        }
        Verb::File => evidence::add_bytes(session, round, &items, text, text.as_bytes(), &EvidenceDraft::default()),
        Verb::Find => findings::add(session, round, &given(&finding(ITEM), field, text)),
        Verb::Plan => tasks::add(session, round, &given(&task("复训"), field, text)),
        Verb::Close => {
            let id = tasks::add(session, round, &task("排班岗设 AB 角"))?.tasks[0].id;
            let closure = given(&closure, field, text);
            tasks::move_to(session, round, id, TaskState::ToVerify, &Closure::default())?;
            tasks::move_to(session, round, id, TaskState::Closed, &closure)
        }
        Verb::Round => {
            let whole =
                Assessment { sites: owned(&["本部"]), team: member("组长"), auditees: member("主管"), ..held };
            rounds::edit(session, &given(&whole, field, text))
        }
    }
}

/// What the field holds now, in the row that was written last.
fn read(snapshot: &Snapshot, field: &Field) -> String {
    let whole = serde_json::to_value(snapshot).unwrap();
    let row = if field.rows.is_empty() {
        &whole["assessment"]
    } else {
        whole[field.rows].as_array().unwrap().last().unwrap()
    };
    row.pointer(field.read)
        .unwrap_or_else(|| panic!("{} has no {}", field.name, field.read))
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn every_field_gives_back_what_it_was_given() {
    for field in FIELDS {
        let mut world = World::new();
        let lines = LINES.iter().filter(|_| field.takes_lines);
        for text in KEPT.iter().chain(lines) {
            write(&mut world, field, text).unwrap_or_else(|e| panic!("{} refuses {text:?}: {e}", field.name));
            let snapshot = world.snapshot();
            assert_eq!(read(&snapshot, field), *text, "{}", field.name);
            let json: Snapshot = serde_json::from_str(&snapshot.canonical_json()).unwrap();
            assert_eq!(json, snapshot, "{}: {text:?} as JSON", field.name);
        }
        let before = world.snapshot();
        assert_eq!(world.reopened().snapshot(), before, "{}, read from the disk", field.name);
    }
}

#[test]
fn what_no_text_may_hold_becomes_lines_or_goes_with_a_hint() {
    for field in FIELDS {
        let mut world = World::new();
        let lines = LINES.iter().map(|text| (*text, *text));
        for (text, kept) in MENDED.iter().copied().chain(lines) {
            let update =
                write(&mut world, field, text).unwrap_or_else(|e| panic!("{} refuses {text:?}: {e}", field.name));
            let kept = if field.takes_lines { kept.to_owned() } else { on_one_line(kept) };
            assert_eq!(read(&world.snapshot(), field), kept, "{}: {text:?}", field.name);
            let hints = update.warnings.iter().filter(|w| *w == CHARACTERS_DROPPED).count();
            assert_eq!(hints, usize::from(is_dropped(text)), "{}: {text:?}", field.name);
        }
        assert_eq!(world.doctor(), []);
    }
}

#[test]
fn every_field_refuses_by_name_what_is_too_long() {
    let too_long = "长".repeat(350_000);
    for field in FIELDS {
        let mut world = World::new();
        // What a field hangs on may be written before it; the field itself may not.
        let error = write(&mut world, field, &too_long).map_or_else(|e| e, |_| panic!("{} takes it", field.name));
        let Error::Field { field: named, .. } = &error else { panic!("{}: {error}", field.name) };
        assert_eq!(*named, field.name);
        assert!(error.to_string().chars().count() < 500, "a refusal does not repeat a megabyte");
        let english = app::english::refusal(&error);
        assert!(english.is_ascii(), "the field and what it takes have English names: {english}");
        assert_eq!(world.doctor(), []);
    }
}

#[test]
fn names_of_people_are_mended_alike_and_conditions_are_known_or_refused() {
    let mut world = World::new();
    let sign = |s: &mut Session, r: Id, name: &str| sign_offs::sign(s, r, SignRole::Prepared, name);
    for text in KEPT.iter().chain(LINES).copied().chain(MENDED.iter().map(|(text, _)| *text)) {
        let error = world.refused(|s, r| conditions::change(s, r, &owned(&[text])));
        assert!(matches!(error, Error::Field { field: "适用情形", .. }), "{text:?}: {error}");
    }
    for (text, kept) in MENDED {
        let name = format!("{text}签");
        let update = sign(&mut world.session, world.round, &name).unwrap();
        assert_eq!(update.sign_offs.last().unwrap().name, on_one_line(&format!("{kept}签")));
        assert_eq!(update.warnings.iter().any(|w| w == CHARACTERS_DROPPED), is_dropped(text), "{text:?}");
        // The same name again: what it was cleaned to is what counts.
        world.refused(|s, r| sign(s, r, &name));
        let id = update.sign_offs.last().unwrap().id;
        sign_offs::withdraw(&mut world.session, world.round, id).unwrap();
    }
    for text in KEPT {
        sign(&mut world.session, world.round, text).unwrap();
    }
    let names: Vec<_> = world.session.sign_offs(world.round).unwrap().into_iter().map(|s| s.name).collect();
    assert!(KEPT.iter().all(|text| names.iter().any(|name| name == text)));
    let wanted = NewRound { organization: "\u{0}\n".into(), ..new_round() };
    assert!(matches!(rounds::check(&wanted), Err(Error::Field { field: "组织名称", .. })), "nothing is left of it");
    assert_eq!(world.doctor(), []);
}

/// Everything at once, out into the files of other programs.
#[test]
fn tables_and_packs_hold_every_text_and_no_formula() {
    use calamine::{Data, Reader as _};
    let mut world = World::new();
    for text in KEPT {
        let title =
            TaskDraft { title: (*text).into(), owner: (*text).into(), due: Some(day("2026-12-15")), ..task("") };
        let (round, bytes) = (world.round, text.as_bytes());
        tasks::add(&mut world.session, round, &title).unwrap();
        evidence::add_bytes(&mut world.session, round, &owned(&[ITEM]), text, bytes, &EvidenceDraft::default())
            .unwrap();
    }
    let (csv, xlsx) = (world.at("计划.csv"), world.at("计划.xlsx"));
    exports::plan(&mut world.session, world.round, &csv, PlanFormat::Csv, Lang::Zh, false).unwrap();
    exports::plan(&mut world.session, world.round, &xlsx, PlanFormat::Xlsx, Lang::Zh, false).unwrap();
    let cells: Vec<String> = csv_cells(&std::fs::read(&csv).unwrap());
    // A leading formula sign gets a quote in front; the text after it is whole.
    let shows = |cell: &str, text: &str| cell == text || cell.strip_prefix('\'') == Some(text);
    for text in KEPT {
        assert!(cells.iter().any(|cell| shows(cell, text)), "{text:?} is not in the CSV");
        assert!(!cells.iter().any(|cell| cell == text) || !text.starts_with(['=', '+', '-', '@', '＝']), "{text:?}");
    }
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&xlsx).unwrap();
    let name = book.sheet_names()[0].clone();
    assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0, "no cell computes");
    let sheet = book.worksheet_range(&name).unwrap();
    let cells: Vec<String> = sheet
        .used_cells()
        .filter_map(|(_, _, c)| if let Data::String(s) = c { Some(s.clone()) } else { None })
        .collect();
    for text in KEPT {
        assert!(cells.iter().any(|cell| shows(cell, text)), "{text:?} is not in the workbook");
    }
    let folder = world.at("证据包");
    let options = Options { layout: Layout::Management, draft: true, ..Options::default() };
    let (packed, _) = exports::evidence_pack(
        &mut world.session,
        world.round,
        &Export { to: &folder, options: &options, distribution: &[], overwrite: false },
        &mut quiet,
    )
    .unwrap();
    assert_eq!(packed.left_out, [""; 0]);
    let inside = crate::common::tree(&folder);
    assert!(inside.iter().all(|(path, _)| path.starts_with(&folder)), "nothing leaves the folder");
    let contents: Vec<Vec<u8>> = inside.iter().map(|(path, _)| std::fs::read(path).unwrap()).collect();
    for text in KEPT {
        assert!(contents.iter().any(|c| c == text.as_bytes()), "the file named {text:?} is not in the pack");
    }
    let pdf = inside.iter().find(|(path, _)| path.extension().is_some_and(|e| e == "pdf")).unwrap();
    let verified = exports::verify(&pdf.0, Some(&folder), Some(&mut world.session)).unwrap();
    assert_eq!(verified.mismatches, []);
}

/// Cells of a CSV file as RFC 4180 has them.
fn csv_cells(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut cells = vec![String::new()];
    let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        let last = cells.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                last.push('"');
            }
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cells.push(String::new()),
            '\r' if !quoted => {}
            c => last.push(c),
        }
    }
    cells
}
