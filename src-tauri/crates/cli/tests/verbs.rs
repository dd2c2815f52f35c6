//! What the window can do, the command line can: under the same name, or the reason stands here.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../../../build/commands.rs"]
mod build;

use build::{Command as Listed, commands};
use std::path::Path;
use std::process::Command;

/// Commands of the window that are none of the command line.
const WINDOW_ONLY: &[(&str, &str)] = &[
    ("about", "the version is --version, the notice stands under criteria check"),
    ("settings", "options of each call: --lang, --as"),
    ("save_settings", "the same"),
    ("recent_workspaces", "each call names its workspace"),
    ("frontend_error", "the page's own log"),
    ("boot_timing", "the same"),
    ("cancel_job", "Ctrl-C"),
    ("pick_folder", "paths are typed"),
    ("pick_files", "the same"),
    ("pick_save", "the same"),
    ("default_workspace_dir", "the same"),
    ("place_warnings", "health tells of the place"),
    ("open_workspace", "each call opens and closes it"),
    ("close_workspace", "the same"),
    ("current", "the same; score, gate, items, snapshot and the lists show what is in it"),
    ("open_round", "--assessment"),
    ("read_round", "as current"),
    ("look_at_edition", "criteria check shows what a file holds"),
    ("check_round", "a form of several pages asks on each; create and start check all at once"),
    ("add_bytes", "what is in the clipboard; files are added with evidence add"),
    ("preview_evidence", "a picture on the screen"),
    ("preview_paste", "what is in the clipboard, asked about in a dialog; mark-each reads a file"),
    ("open_evidence", "another program on the screen"),
    ("look_at_evidence", "evidence list looks each time"),
];

/// Older than the rule, and scripts depend on them.
const SPELT_OTHERWISE: &[(&str, &[&str])] = &[
    ("preview_conditions", &["conditions", "--set", "x", "--dry-run"]),
    ("change_conditions", &["conditions", "--set", "x"]),
    ("preview_criteria", &["criteria", "update", "x", "--dry-run"]),
    ("compare_item", &["criteria", "compare", "x", "y"]),
    ("preview_workbook", &["workbook", "in", "x", "y", "--dry-run"]),
    ("preview_sheet", &["sheet", "in", "x", "y", "--dry-run"]),
    ("verdict_words", &["sheet", "words", "list"]),
    ("set_verdict_word", &["sheet", "words", "set"]),
    ("remove_verdict_word", &["sheet", "words", "remove"]),
    ("orphans", &["tidy"]),
    ("sweep_orphans", &["tidy", "--sweep"]),
    ("work_on", &["--work-on", "doctor"]),
];

/// Nouns of the areas whose name is another one.
const NOUNS: &[(&str, &str)] = &[("findings", "finding"), ("tasks", "task"), ("rounds", "round")];

#[test]
fn every_command_of_the_window_is_one_of_the_command_line() {
    let commands = commands(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/commands"));
    assert!(commands.len() > 50, "the list of commands is not found any more");
    for command in &commands {
        let name = command.name.as_str();
        let is_known = spellings(command).iter().any(|words| is_understood(words));
        let is_excused = WINDOW_ONLY.iter().any(|(of, _)| *of == name);
        assert!(is_known != is_excused, "{name}: on the command line {is_known}, listed as window-only {is_excused}");
    }
    for (name, _) in WINDOW_ONLY {
        assert!(commands.iter().any(|c| c.name == *name), "{name} is no command any more");
    }
}

/// `mark_each` is `mark-each`; `add_finding` is `finding add`; `add_files` of the evidence is `evidence add-files`.
fn spellings(command: &Listed) -> Vec<Vec<String>> {
    let whole = command.name.replace('_', "-");
    let noun = NOUNS.iter().find(|(area, _)| *area == command.area).map_or(command.area.as_str(), |(_, noun)| noun);
    let mut spellings = vec![vec![whole.clone()], vec![noun.to_owned(), whole.clone()]];
    spellings.extend(whole.rsplit_once('-').map(|(verb, noun)| vec![noun.to_owned(), verb.to_owned()]));
    let other = SPELT_OTHERWISE.iter().filter(|(name, _)| *name == command.name);
    spellings.extend(other.map(|(_, words)| words.iter().map(ToString::to_string).collect()));
    spellings
}

/// Whether the words lead to a command, which then shows its own help and nobody else's.
fn is_understood(words: &[String]) -> bool {
    let output = Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(words).arg("--help").output().unwrap();
    let usage = String::from_utf8(output.stdout).unwrap();
    output.status.success() && usage.contains("[") && !usage.contains("<COMMAND>")
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(["completions", shell]).output().unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{shell}");
        for word in ["withdraw", "to-verify", "nonconform", "report-differs"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

/// Every text of the help is in the language asked for, and none of clap's own is left over.
#[test]
fn help_speaks_one_language() {
    let help = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_beishen-cli")).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for path in every_path() {
        let path: Vec<_> = path.iter().map(String::as_str).collect();
        let zh = help(&[&path[..], &["--help"]].concat());
        let foreign = ["Usage", "Options", "Commands", "Arguments", "Print", "possible", "default", " | "];
        assert!(!foreign.iter().any(|word| zh.contains(word)), "{path:?}: {zh}");
        assert!(zh.contains("用法：") && zh.contains("工作区") | zh.contains("命令") | zh.contains("选项"), "{path:?}");
        let en = help(&[&path[..], &["--lang", "en", "--help"]].concat());
        assert!(en.is_ascii(), "{path:?}: {en}");
        assert!(en.contains("Usage: ") && !en.contains(" | "), "{path:?}: {en}");
        // Every option and argument has its text: on its line, or on the next one where names are long.
        let lines: Vec<_> = en.lines().chain([""]).collect();
        for pair in lines.windows(2).filter(|pair| pair[0].trim_start().starts_with(['-', '<', '['])) {
            let is_told = pair[0].trim().contains("  ") || pair[1].starts_with("          ");
            assert!(is_told, "{path:?}: {:?} says nothing", pair[0]);
        }
    }
}

/// The paths of all commands, as the help lists them.
fn every_path() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut at = 0;
    while at < found.len() {
        let path = found[at].clone();
        at += 1;
        let output = Command::new(env!("CARGO_BIN_EXE_beishen-cli"))
            .args(&path)
            .args(["--lang", "en", "--help"])
            .output()
            .unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let listed =
            help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| line.starts_with("  "));
        // A text that goes on in a next line is set in below the texts, not below the names.
        let named = listed.filter(|line| !line.starts_with("   "));
        let names = named.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
        found.extend(names.map(|name| [&path[..], &[name.to_owned()]].concat()));
    }
    assert!(found.len() > 50, "{found:?}");
    found
}
