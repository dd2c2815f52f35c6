//! What goes to the terminal, and what the exit code says.
#![allow(clippy::print_stdout, reason = "printing is what a command line is for")]

use app::Session;
use domain::{Lang, visible};
use serde::Serialize;
use serde_json::{Value, json};
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
    App(Box<app::Error>),
    /// A criteria file was refused; what is wrong with it, as an object.
    Criteria(Box<app::Error>, Value),
    /// The command line itself is wrong.
    Usage {
        /// What and how it is right.
        message: String,
        /// The argument.
        argument: Option<String>,
    },
    /// Standard output cannot be written.
    Output(std::io::Error),
    /// It is saved, but standard output cannot be written.
    Unprinted(std::io::Error),
}

impl Failure {
    /// The exit code.
    pub const fn exit(&self) -> u8 {
        match self {
            Self::App(_) | Self::Criteria(..) | Self::Output(_) => 1,
            Self::Usage { .. } => 2,
            Self::Unprinted(_) => 4,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::App(error) | Self::Criteria(error, _) => error.code(),
            Self::Usage { .. } => "usage",
            Self::Output(_) | Self::Unprinted(_) => "output",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::App(e) | Self::Criteria(e, _), Lang::Zh) => e.to_string(),
            (Self::App(e) | Self::Criteria(e, _), Lang::En) => app::english::refusal(e),
            (Self::Usage { message, .. }, _) => message.clone(),
            (Self::Output(e), Lang::Zh) => format!("结果没有写出（{e}）"),
            (Self::Output(e), Lang::En) => format!("the answer could not be written ({e})"),
            (Self::Unprinted(e), Lang::Zh) => format!("已保存，但结果没有写出（{e}）"),
            (Self::Unprinted(e), Lang::En) => format!("saved, but the answer could not be written ({e})"),
        }
    }

    /// What it is about.
    fn detail(&self, lang: Lang) -> Option<String> {
        match self {
            Self::App(error) => match &**error {
                app::Error::Field { field, .. } if lang == Lang::Zh => Some((*field).to_owned()),
                error => app::english::subject(error),
            },
            Self::Usage { argument, .. } => argument.clone(),
            Self::Criteria(..) | Self::Output(_) | Self::Unprinted(_) => None,
        }
    }

    fn may_retry(&self) -> bool {
        match self {
            Self::App(error) => error.may_retry(),
            Self::Criteria(..) | Self::Usage { .. } | Self::Output(_) | Self::Unprinted(_) => false,
        }
    }
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self::App(Box::new(error))
    }
}

/// Says why: on stderr for people, and as one object on stdout for who asked for JSON.
pub fn complain(failure: &Failure, json: bool, lang: Lang) {
    let message = failure.message(lang);
    if json && !matches!(failure, Failure::Output(_) | Failure::Unprinted(_)) {
        let mut answer = json!({
            "code": failure.code(), "message": message, "detail": failure.detail(lang), "retry": failure.may_retry(),
        });
        if let (Failure::Criteria(_, Value::Object(seen)), Value::Object(answer)) = (failure, &mut answer) {
            answer.extend(seen.clone());
        }
        // When this cannot be written either, the exit code still says it.
        let _ = writeln!(std::io::stdout(), "{answer}");
    }
    let head = match (failure, lang) {
        (Failure::Unprinted(_), Lang::Zh) => "注意：",
        (Failure::Unprinted(_), Lang::En) => "note: ",
        (Failure::Usage { .. }, Lang::Zh) => "用法错误：",
        (Failure::Usage { .. }, Lang::En) => "usage: ",
        (_, Lang::Zh) => "错误：",
        (_, Lang::En) => "error: ",
    };
    // Paths are repeated as they were given; none of them moves a cursor or turns the line round.
    let lines = message.lines().map(|line| visible(&line.replace(char::is_control, " ")).into_owned());
    let _ = writeln!(
        std::io::stderr(),
        "{head}{}",
        lines.collect::<Vec<_>>().join(
            "
"
        )
    );
}

/// A remark on stderr that is not a failure.
pub fn remark(lang: Lang, zh: &str, en: &str) {
    let _ = writeln!(std::io::stderr(), "{}", visible(lang.pick(zh, en)));
}

/// Prints the JSON or the lines, whichever was asked for.
pub fn print<T: Serialize>(json: bool, value: &T, lines: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    write(json, value, lines).map_err(Failure::Output)
}

/// Closes the session of a command that may have written something, and prints its answer: what is saved is saved whatever becomes
/// of the terminal.
pub fn close_and_print<T: Serialize>(
    session: Session,
    json: bool,
    value: &T,
    lines: impl IntoIterator<Item = String>,
) -> Result<(), Failure> {
    session.close()?;
    write(json, value, lines).map_err(Failure::Unprinted)
}

fn write<T: Serialize>(json: bool, value: &T, lines: impl IntoIterator<Item = String>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let written = if json {
        serde_json::to_writer(&mut out, value).map_err(std::io::Error::from).and_then(|()| writeln!(out))
    } else {
        lines.into_iter().try_for_each(|line| writeln!(out, "{}", visible(&line)))
    };
    match written.and_then(|()| out.flush()) {
        // `beishen-cli items … | head` is no failure.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
