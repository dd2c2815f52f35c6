//! `beishen-cli`: the use cases without a window. Exit 0 done, 1 refused or failed, 2 wrong usage, 3 a check found defects, 4 saved but
//! the answer could not be written.

mod args;
mod commands;
mod help;
mod output;
mod usage;
mod words;

use args::Cli;
use clap::FromArgMatches as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    let lang = help::language(&args);
    let json = args.iter().any(|arg| arg == "--json");
    let read = help::command(lang).try_get_matches_from(&args).and_then(|found| Cli::from_arg_matches(&found));
    let failure = match read.map(commands::run) {
        Ok(Ok(outcome)) => return outcome.into(),
        Ok(Err(failure)) => failure,
        Err(error) => match usage::refusal(&error, lang) {
            Some(failure) => failure,
            None => {
                // Nobody is left to tell when the terminal is gone.
                let _ = error.print();
                return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
            }
        },
    };
    output::complain(&failure, json, lang);
    ExitCode::from(failure.exit())
}
