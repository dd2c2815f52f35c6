//! `beishen-cli`: the use cases without a window. Exit 0 done, 1 refused or failed, 2 wrong usage, 3 a check found defects.

mod args;
mod commands;
mod output;
mod words;

use args::Cli;
use clap::Parser as _;
use output::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            let help = !e.use_stderr();
            // Nobody is left to tell when the terminal is gone.
            let _ = e.print();
            return ExitCode::from(if help { 0 } else { 2 });
        }
    };
    let lang = cli.lang;
    match commands::run(cli) {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            output::complain(&failure, lang);
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}
