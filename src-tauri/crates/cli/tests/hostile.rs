//! Hostile text through every option that takes text, and back: the same table as the use cases are tried with.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;
#[path = "../../app/tests/use_cases/hostile_texts.rs"]
mod hostile_texts;

use calamine::Reader as _;
use common::Desk;
use hostile_texts::{FIELDS, Field, KEPT, LINES, MENDED, Verb, on_one_line};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(args).output().unwrap()
}

impl Desk {
    fn run(&self, args: &[&str]) -> Output {
        run(&self.args(args))
    }

    fn ok(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn snapshot(&self) -> Value {
        self.ok(&["snapshot", "{}"])["snapshot"].take()
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.dir.parent().unwrap().join(name)
    }
}

/// What comes before the options: the subcommand and all that it must have.
fn command<'a>(verb: Verb, item: &'a str, file: &'a Path) -> Option<Vec<&'a str>> {
    Some(match verb {
        Verb::Mark => vec!["mark", "{}", item, "partial"],
        Verb::Record => vec!["evidence", "add", "{}", file.to_str().unwrap(), "--item", item],
        Verb::Find => vec!["finding", "add", "{}", "--item", item, "--grade", "minor"],
        Verb::Plan => vec!["task", "add", "{}", "--item", item, "--due", "2027-03-31"],
        Verb::Close => vec!["task", "move", "{}", "T-001", "closed"],
        Verb::Round => vec!["new", "{}"],
        // Not to be done on the command line; files are named by where they lie.
        Verb::Return | Verb::File => return None,
    })
}

/// Every option of a verb, with the text where it may stand and a plain word where it may not.
fn options(verb: Verb, text: &str, may_stand: impl Fn(&Field) -> bool) -> Vec<String> {
    let of_verb = FIELDS.iter().filter(|f| f.verb == verb);
    let value = |f: &Field| if may_stand(f) { text } else { "通常" };
    // With `=`, as a text may begin like an option.
    of_verb.filter_map(|f| Some(format!("{}={}", f.option?, value(f)))).collect()
}

fn line<'a>(before: &[&'a str], options: &'a [String]) -> Vec<&'a str> {
    before.iter().copied().chain(options.iter().map(String::as_str)).collect()
}

/// A text for each item, written by every verb but the last one; then the round as a whole is read.
#[test]
fn every_option_gives_back_what_it_was_given() {
    let desk = Desk::new();
    desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
    let codes: Vec<String> =
        desk.ok(&["items", "{}"]).as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap().to_owned()).collect();
    let texts: Vec<&str> = KEPT.iter().chain(LINES).copied().collect();
    let fits = |text: &str, field: &Field| field.takes_lines || !LINES.contains(&text);
    for (n, (text, item)) in texts.iter().zip(&codes).enumerate() {
        let file = desk.beside("制度.txt");
        std::fs::write(&file, text).unwrap();
        // Whoever verifies is not the owner, so what is closed is a task of its own.
        let number = format!("T-{:03}", 2 * n + 2);
        for verb in [Verb::Mark, Verb::Record, Verb::Find, Verb::Plan, Verb::Close] {
            let mut before = command(verb, item, &file).unwrap();
            if verb == Verb::Close {
                desk.ok(&line(
                    &command(Verb::Plan, item, &file).unwrap(),
                    &["--title=复训".into(), "--owner=班组长".into()],
                ));
                desk.ok(&["task", "move", "{}", &number, "to-verify"]);
                before[3] = &number;
            }
            desk.ok(&line(&before, &options(verb, text, |f| fits(text, f))));
        }
        desk.ok(&[
            "mark",
            "{}",
            item,
            "partial",
            &format!("--as={}", if text.contains(['\n', '\t']) { "质检" } else { text }),
        ]);
    }
    let whole = desk.snapshot();
    let mut tried = 0;
    for field in FIELDS.iter().filter(|f| f.option.is_some() && f.verb != Verb::Round) {
        let held: Vec<&str> =
            whole[field.rows].as_array().unwrap().iter().filter_map(|row| row.pointer(field.read)?.as_str()).collect();
        for text in texts.iter().filter(|text| fits(text, field)) {
            assert!(held.contains(text), "{} has not {text:?}: {held:?}", field.name);
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
    assert_eq!(desk.ok(&["doctor", "{}"])["troubles"], Value::Array(vec![]));
    for text in KEPT {
        let found = desk.ok(&["items", "{}", &format!("--search={text}")]);
        assert!(!found.as_array().unwrap().is_empty(), "{text:?} is not found");
    }
    tables_hold_every_text_and_no_formula(&desk);
}

fn tables_hold_every_text_and_no_formula(desk: &Desk) {
    let (csv, xlsx) = (desk.beside("计划.csv"), desk.beside("计划.xlsx"));
    desk.ok(&["plan", "{}", "-o", csv.to_str().unwrap()]);
    desk.ok(&["plan", "{}", "-o", xlsx.to_str().unwrap()]);
    let bytes = std::fs::read(&csv).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    let of_csv: Vec<String> =
        reader.records().flat_map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&xlsx).unwrap();
    let name = book.sheet_names()[0].clone();
    assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0, "no cell computes");
    let sheet = book.worksheet_range(&name).unwrap();
    let of_xlsx: Vec<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for cells in [of_csv, of_xlsx] {
        for text in KEPT {
            let shows = |cell: &String| cell == text || cell.strip_prefix('\'') == Some(text);
            assert!(cells.iter().any(shows), "{text:?} is not in the table");
        }
    }
}

#[test]
fn every_option_of_a_new_round_gives_back_what_it_was_given() {
    for text in KEPT {
        let desk = Desk::new();
        desk.ok(&line(&["new", "{}"], &options(Verb::Round, text, |_| true)));
        let round = desk.snapshot()["assessment"].take();
        assert_eq!([&round["organization"], &round["title"]], [text, text]);
    }
}

/// One option at a time: whatever a shell passes on is taken, as lines or without what nobody can see.
#[test]
fn every_option_mends_what_no_text_may_hold() {
    let desk = Desk::new();
    desk.ok(&["new", "{}", "--organization", "云岭客服中心"]);
    let file = desk.beside("制度.txt");
    std::fs::write(&file, "制度").unwrap();
    // The system itself takes no NUL in an argument.
    let passable = MENDED.iter().filter(|(text, _)| !text.contains('\0'));
    for (n, (text, kept)) in passable.enumerate() {
        // Each text is tried on every third field, each field with two texts or more.
        let fields = FIELDS.iter().filter(|f| f.option.is_some() && f.verb != Verb::Close).enumerate();
        for (_, field) in fields.filter(|(at, _)| at % 3 == n % 3) {
            let fresh = Desk::new();
            let desk = if field.verb == Verb::Round { &fresh } else { &desk };
            // Content that is known already keeps the title it has.
            std::fs::write(&file, format!("制度{n}{}", field.name)).unwrap();
            let before = command(field.verb, "XC3-05", &file).unwrap();
            desk.ok(&line(&before, &options(field.verb, text, |f| f.name == field.name)));
            let whole = desk.snapshot();
            let row = if field.rows.is_empty() {
                &whole["assessment"]
            } else {
                whole[field.rows].as_array().unwrap().last().unwrap()
            };
            let kept = if field.takes_lines { (*kept).to_owned() } else { on_one_line(kept) };
            assert_eq!(row.pointer(field.read).unwrap(), kept.as_str(), "{}: {text:?}", field.name);
        }
    }
    for actor in ["\u{1b}[31m红", "头\n尾"] {
        let output = desk.run(&["mark", "{}", "XC3-05", "partial", &format!("--as={actor}")]);
        assert!(!output.status.success(), "--as takes {actor:?}");
    }
}
