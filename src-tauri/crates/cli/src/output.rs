//! What goes to the terminal, and what the exit code says.
#![allow(clippy::print_stdout, reason = "printing is what a command line is for")]

use crate::args::Language;
use serde::Serialize;
use std::io::Write as _;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// A check found defects.
    Defects,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Defects => 3,
        })
    }
}

/// Why a command did not end.
pub enum Failure {
    /// Refused or failed.
    App(app::Error),
    /// The command line itself is wrong.
    Usage(String),
    /// Standard output cannot be written.
    Output(std::io::Error),
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self::App(error)
    }
}

impl From<app::store::Error> for Failure {
    fn from(error: app::store::Error) -> Self {
        Self::App(error.into())
    }
}

/// One line on stderr.
pub fn complain(failure: &Failure, lang: Language) {
    let line = match (failure, lang) {
        (Failure::App(e), Language::Zh) => format!("错误：{e}"),
        (Failure::App(e), Language::En) => format!("error: {}", app::english::refusal(e)),
        (Failure::Usage(e), Language::Zh) => format!("用法错误：{e}"),
        (Failure::Usage(e), Language::En) => format!("usage: {e}"),
        (Failure::Output(e), _) => format!("stdout: {e}"),
    };
    // Paths are repeated as they were given; none of them moves a cursor.
    let line = line.replace(char::is_control, " ");
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A remark on stderr that is not a failure.
pub fn remark(lang: Language, zh: &str, en: &str) {
    let _ = writeln!(std::io::stderr(), "{}", if lang == Language::En { en } else { zh });
}

/// Prints the JSON or the lines, whichever was asked for.
pub fn print<T: Serialize>(json: bool, value: &T, lines: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = if json {
        serde_json::to_writer(&mut out, value).map_err(std::io::Error::from).and_then(|()| writeln!(out))
    } else {
        lines.into_iter().try_for_each(|line| writeln!(out, "{line}"))
    };
    match written.and_then(|()| out.flush()) {
        // `beishen-cli items … | head` is no failure.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Failure::Output),
    }
}
