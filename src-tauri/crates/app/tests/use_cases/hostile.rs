//! Whatever may be typed into a field: it comes out as it went in, everywhere, or is refused with the field named.

use crate::common::{World, day, finding, new_round, owned, quiet, task};
use app::answers::AnswerPatch;
use app::evidence::{self, EvidenceDraft};
use app::exports::{self, Export, PlanFormat};
use app::findings::{self, FindingDraft};
use app::tasks::{self, Closure, TaskDraft};
use app::view::NewRound;
use app::{Error, Session, conditions, rounds, sign_offs};
use domain::{EvidenceKind, Id, Member, Review, SignRole, Snapshot, TaskState};
use report::{Layout, Options};

/// What must come out as it went in.
const KEPT: &[&str] = &[
    "=cmd|'/C calc'!A0",
    "+1-1",
    "@SUM(A1:A9)",
    "＝HYPERLINK(\"http://x\")",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}#{7*7}",
    "'; DROP TABLE answer; --",
    "%s%n%00",
    "../../etc/passwd",
    "C:\\Windows\\system32\\x",
    "a/b\\c:d*e?f\"g<h>i|j",
    "CON",
    "#set text(red) \\input{x} $x$",
    "不符合\u{202E}合符\u{202C}",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "𠮷野家㐂𪚥䶮",
    "e\u{301}\u{200D}\u{FEFF}零宽",
    "(]\\)\\000",
    "NULL",
    "\"引号\",逗号;分号",
];

/// What no field takes.
const REFUSED: &[&str] =
    &["头\u{0}尾", "\u{1b}[31m红", "响\u{7}铃", "行\u{2028}分隔", "非\u{FFFE}字", "非\u{FFFF}字", "换\u{85}行"];

/// What only fields of several lines take.
const LINES: &[&str] = &["第一行\n第二行", "制表\t符"];

type Write = fn(&mut World, &str) -> app::Result<()>;
type Read = fn(&Snapshot) -> &str;

/// A text field: its name on screen, whether it takes lines, how it is written and where it is read.
struct Field {
    name: &'static str,
    takes_lines: bool,
    write: Write,
    read: Read,
}

const ITEM: &str = "XC3-05";

fn patch(world: &mut World, patch: &AnswerPatch) -> app::Result<()> {
    app::answers::mark(&mut world.session, world.round, &owned(&[ITEM]), patch).map(drop)
}

fn record(world: &mut World, draft: &EvidenceDraft) -> app::Result<()> {
    let items = owned(&[ITEM]);
    evidence::add_record(&mut world.session, world.round, &items, EvidenceKind::Link, draft).map(drop)
}

fn titled() -> EvidenceDraft {
    EvidenceDraft { title: "制度链接".into(), ..EvidenceDraft::default() }
}

fn edit(world: &mut World, change: impl FnOnce(&mut domain::Assessment)) -> app::Result<()> {
    let mut wanted = world.snapshot().assessment;
    change(&mut wanted);
    rounds::edit(&mut world.session, &wanted).map(drop)
}

fn found(world: &mut World, draft: &FindingDraft) -> app::Result<()> {
    findings::add(&mut world.session, world.round, draft).map(drop)
}

fn planned(world: &mut World, draft: &TaskDraft) -> app::Result<()> {
    tasks::add(&mut world.session, world.round, draft).map(drop)
}

fn closed(world: &mut World, closure: &Closure) -> app::Result<()> {
    let id = tasks::add(&mut world.session, world.round, &task("排班岗设 AB 角"))?.tasks[0].id;
    for state in [TaskState::ToVerify, TaskState::Closed] {
        tasks::move_to(&mut world.session, world.round, id, state, closure)?;
    }
    Ok(())
}

const FIELDS: &[Field] = &[
    Field {
        name: "评估记录",
        takes_lines: true,
        write: |w, t| patch(w, &AnswerPatch { note: Some(t.into()), ..AnswerPatch::default() }),
        read: |s| &s.answers[0].note,
    },
    Field {
        name: "不适用理由",
        takes_lines: true,
        write: |w, t| patch(w, &AnswerPatch { reason: Some(t.into()), ..AnswerPatch::default() }),
        read: |s| &s.answers[0].reason,
    },
    Field {
        name: "复核意见",
        takes_lines: true,
        write: |w, t| {
            let review = Some(Review::Returned);
            patch(w, &AnswerPatch { review, review_note: Some(t.into()), ..AnswerPatch::default() })
        },
        read: |s| &s.answers[0].review_note,
    },
    Field {
        name: "证据标题",
        takes_lines: false,
        write: |w, t| record(w, &EvidenceDraft { title: t.into(), ..titled() }),
        read: |s| &s.evidence.last().unwrap().title,
    },
    Field {
        name: "位置",
        takes_lines: false,
        write: |w, t| record(w, &EvidenceDraft { location: t.into(), ..titled() }),
        read: |s| &s.evidence.last().unwrap().location,
    },
    Field {
        name: "证据说明",
        takes_lines: true,
        write: |w, t| record(w, &EvidenceDraft { text: t.into(), ..titled() }),
        read: |s| &s.evidence.last().unwrap().text,
    },
    Field {
        name: "定位",
        takes_lines: false,
        write: |w, t| record(w, &EvidenceDraft { locator: t.into(), ..titled() }),
        read: |s| &s.links.last().unwrap().locator,
    },
    Field {
        name: "文件名",
        takes_lines: false,
        write: |w, t| {
            let (round, items) = (w.round, owned(&[ITEM]));
            evidence::add_bytes(&mut w.session, round, &items, t, t.as_bytes(), &EvidenceDraft::default()).map(drop)
        },
        read: |s| &s.evidence.last().unwrap().file_name,
    },
    Field {
        name: "事实描述",
        takes_lines: true,
        write: |w, t| found(w, &FindingDraft { fact: t.into(), ..finding(ITEM) }),
        read: |s| &s.findings.last().unwrap().fact,
    },
    Field {
        name: "判定依据",
        takes_lines: true,
        write: |w, t| found(w, &FindingDraft { criterion: t.into(), ..finding(ITEM) }),
        read: |s| &s.findings.last().unwrap().criterion,
    },
    Field {
        name: "原因分析",
        takes_lines: true,
        write: |w, t| found(w, &FindingDraft { cause: t.into(), ..finding(ITEM) }),
        read: |s| &s.findings.last().unwrap().cause,
    },
    Field {
        name: "责任部门",
        takes_lines: false,
        write: |w, t| found(w, &FindingDraft { department: t.into(), ..finding(ITEM) }),
        read: |s| &s.findings.last().unwrap().department,
    },
    Field {
        name: "整改措施",
        takes_lines: false,
        write: |w, t| planned(w, &TaskDraft { title: t.into(), ..task("") }),
        read: |s| &s.tasks.last().unwrap().title,
    },
    Field {
        name: "措施说明",
        takes_lines: true,
        write: |w, t| planned(w, &TaskDraft { detail: t.into(), ..task("复训") }),
        read: |s| &s.tasks.last().unwrap().detail,
    },
    Field {
        name: "责任人",
        takes_lines: false,
        write: |w, t| planned(w, &TaskDraft { owner: t.into(), ..task("复训") }),
        read: |s| &s.tasks.last().unwrap().owner,
    },
    Field {
        name: "整改结果",
        takes_lines: true,
        write: |w, t| closed(w, &Closure { result: t.into(), verifier: "周敏".into(), proof: vec![] }),
        read: |s| &s.tasks.last().unwrap().result,
    },
    Field {
        name: "验证人",
        takes_lines: false,
        write: |w, t| closed(w, &Closure { result: "已复测".into(), verifier: t.into(), proof: vec![] }),
        read: |s| &s.tasks.last().unwrap().verifier,
    },
    Field {
        name: "标题",
        takes_lines: false,
        write: |w, t| edit(w, |a| a.title = t.into()),
        read: |s| &s.assessment.title,
    },
    Field {
        name: "组织名称",
        takes_lines: false,
        write: |w, t| edit(w, |a| a.organization = t.into()),
        read: |s| &s.assessment.organization,
    },
    Field {
        name: "范围",
        takes_lines: true,
        write: |w, t| edit(w, |a| a.scope = t.into()),
        read: |s| &s.assessment.scope,
    },
    Field {
        name: "未覆盖的内容",
        takes_lines: true,
        write: |w, t| edit(w, |a| a.exclusions = t.into()),
        read: |s| &s.assessment.exclusions,
    },
    Field {
        name: "目的",
        takes_lines: true,
        write: |w, t| edit(w, |a| a.objectives = t.into()),
        read: |s| &s.assessment.objectives,
    },
    Field {
        name: "抽样说明",
        takes_lines: true,
        write: |w, t| edit(w, |a| a.sampling = t.into()),
        read: |s| &s.assessment.sampling,
    },
    Field {
        name: "分歧意见",
        takes_lines: true,
        write: |w, t| edit(w, |a| a.dissent = t.into()),
        read: |s| &s.assessment.dissent,
    },
    Field {
        name: "职场",
        takes_lines: false,
        write: |w, t| edit(w, |a| a.sites = vec![t.into()]),
        read: |s| &s.assessment.sites[0],
    },
    Field {
        name: "评估组",
        takes_lines: false,
        write: |w, t| edit(w, |a| a.team = vec![Member { role: "组长".into(), name: t.into() }]),
        read: |s| &s.assessment.team[0].name,
    },
    Field {
        name: "受评方人员",
        takes_lines: false,
        write: |w, t| edit(w, |a| a.auditees = vec![Member { role: t.into(), name: String::new() }]),
        read: |s| &s.assessment.auditees[0].role,
    },
    Field {
        name: "密级",
        takes_lines: false,
        write: |w, t| edit(w, |a| a.confidentiality = t.into()),
        read: |s| &s.assessment.confidentiality,
    },
];

#[test]
fn every_field_gives_back_what_it_was_given() {
    for field in FIELDS {
        let mut world = World::new();
        let lines = LINES.iter().filter(|_| field.takes_lines);
        for text in KEPT.iter().chain(lines) {
            (field.write)(&mut world, text).unwrap_or_else(|e| panic!("{} refuses {text:?}: {e}", field.name));
            let snapshot = world.snapshot();
            assert_eq!((field.read)(&snapshot), *text, "{}", field.name);
            let json: Snapshot = serde_json::from_str(&snapshot.canonical_json()).unwrap();
            assert_eq!(json, snapshot, "{}: {text:?} as JSON", field.name);
        }
        let before = world.snapshot();
        assert_eq!(world.reopened().snapshot(), before, "{}, read from the disk", field.name);
    }
}

#[test]
fn every_field_refuses_by_name_what_it_does_not_take() {
    let too_long = "长".repeat(350_000);
    for field in FIELDS {
        let mut world = World::new();
        let lines = LINES.iter().filter(|_| !field.takes_lines);
        for text in REFUSED.iter().chain(lines).copied().chain([too_long.as_str()]) {
            // What a field hangs on may be written before it; the field itself may not.
            let error =
                (field.write)(&mut world, text).map_or_else(|e| e, |()| panic!("{} takes {text:?}", field.name));
            let Error::Field { field: named, .. } = &error else { panic!("{}: {error}", field.name) };
            assert_eq!(*named, field.name, "{text:?}");
            assert!(error.to_string().chars().count() < 500, "a refusal does not repeat a megabyte");
        }
        assert_eq!(world.doctor(), []);
    }
}

#[test]
fn line_ends_of_every_system_become_one() {
    let mut world = World::new();
    let note = Some("一\r\n二\r三\n四".to_owned());
    world.patch(&[ITEM], &AnswerPatch { note, ..AnswerPatch::default() });
    assert_eq!(world.snapshot().answers[0].note, "一\n二\n三\n四");
}

#[test]
fn names_of_people_and_reasons_are_held_to_the_same() {
    let mut world = World::new();
    let sign = |s: &mut Session, r: Id, name: &str| sign_offs::sign(s, r, SignRole::Prepared, name).map(drop);
    for text in REFUSED.iter().chain(LINES) {
        let error = world.refused(|s, r| sign(s, r, text));
        assert!(matches!(error, Error::Field { field: "签署人", .. }), "{text:?}: {error}");
        let error = world.refused(|s, r| conditions::change(s, r, &owned(&[text])));
        assert!(matches!(error, Error::Field { field: "适用情形", .. }), "{text:?}: {error}");
        let wanted = NewRound { organization: (*text).into(), ..new_round() };
        assert!(matches!(rounds::check(&wanted), Err(Error::Field { field: "组织名称", .. })), "{text:?}");
    }
    for text in KEPT {
        sign(&mut world.session, world.round, text).unwrap();
    }
    let names: Vec<_> = world.session.workspace.sign_offs(world.round).unwrap().into_iter().map(|s| s.name).collect();
    assert!(KEPT.iter().all(|text| names.iter().any(|name| name == text)));
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
        planned(&mut world, &title).unwrap();
        let (round, bytes) = (world.round, text.as_bytes());
        evidence::add_bytes(&mut world.session, round, &owned(&[ITEM]), text, bytes, &EvidenceDraft::default())
            .unwrap();
    }
    let (csv, xlsx) = (world.at("计划.csv"), world.at("计划.xlsx"));
    exports::plan(&mut world.session, world.round, &csv, PlanFormat::Csv, false).unwrap();
    exports::plan(&mut world.session, world.round, &xlsx, PlanFormat::Xlsx, false).unwrap();
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
        &Export { to: &folder, options: &options, distribution: &[] },
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
