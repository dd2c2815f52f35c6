//! One module per noun of the command line; each command is a few lines over the app crate.

mod conditions;
mod criteria;
mod exports;
mod log;
mod reading;
mod recording;
mod upkeep;

use crate::args::{Cli, Command, Language};
use crate::output::{Failure, Outcome, remark};
use app::{Env, Session};
use domain::Id;
use std::path::Path;

/// What every command knows besides its own arguments.
pub struct Context {
    json: bool,
    lang: Language,
    actor: String,
    assessment: Option<Id>,
}

impl Context {
    fn env(&self) -> Env {
        Env::real(&self.actor)
    }

    fn open(&self, dir: &Path) -> Result<(Session, Id), Failure> {
        let session = Session::open(dir, self.env())?;
        let round = session.choose(self.assessment)?;
        Ok((session, round))
    }

    /// For commands that change nothing: beside another process they see what it has saved by now.
    fn read(&self, dir: &Path) -> Result<(Session, Id), Failure> {
        let session = self.read_any(dir)?;
        let round = session.choose(self.assessment)?;
        Ok((session, round))
    }

    fn read_any(&self, dir: &Path) -> Result<Session, Failure> {
        match Session::open(dir, self.env()) {
            Err(app::Error::Store(app::store::Error::Locked { holder })) => {
                let session = Session::open_to_read(dir, self.env())?;
                let zh = format!("工作区正在使用（{holder}）：以只读方式查看，内容以对方此刻已保存的为准");
                remark(self.lang, &zh, &format!("in use ({holder}): opened for reading only, as saved at this moment"));
                Ok(session)
            }
            opened => Ok(opened?),
        }
    }
}

/// Runs a command.
pub fn run(cli: Cli) -> Result<Outcome, Failure> {
    let context = Context {
        json: cli.json,
        lang: cli.lang,
        actor: cli.actor.unwrap_or_else(os_user),
        assessment: cli.assessment,
    };
    if context.actor.trim().is_empty() {
        return Err(Failure::Usage("--as NAME".to_owned()));
    }
    if context.actor.chars().any(char::is_control) {
        return Err(app::Error::not_one_line("操作人").into());
    }
    match cli.command {
        Command::Criteria(command) => criteria::run(&context, &command),
        Command::New(new) => recording::new(&context, new),
        Command::Sample { dir } => recording::sample(&context, &dir),
        Command::Conditions(command) => conditions::run(&context, &command),
        Command::Items(items) => reading::items(&context, &items),
        Command::Mark(mark) => recording::mark(&context, mark),
        Command::Evidence(command) => recording::evidence(&context, command),
        Command::Finding(command) => recording::finding(&context, command),
        Command::Task(command) => recording::task(&context, command),
        Command::Score { dir } => reading::score(&context, &dir),
        Command::Gate { dir } => reading::gate(&context, &dir),
        Command::History { dir, code } => log::history(&context, &dir, code),
        Command::Undo { dir } => log::step(&context, &dir, true),
        Command::Redo { dir } => log::step(&context, &dir, false),
        Command::Report(report) => exports::report(&context, &report),
        Command::Pack(pack) => exports::pack(&context, &pack),
        Command::Plan { dir, output, overwrite } => exports::plan(&context, &dir, &output, overwrite),
        Command::Verify(verify) => exports::verify(&context, &verify),
        Command::Snapshot { dir } => reading::snapshot(&context, &dir),
        Command::Doctor { dir } => upkeep::doctor(&context, &dir),
        Command::Backup { dir } => upkeep::backup(&context, &dir),
        Command::Backups { dir } => upkeep::backups(&context, &dir),
        Command::ConfirmRestore { dir } => upkeep::confirm_restore(&context, &dir),
        Command::Tidy { dir, sweep } => upkeep::tidy(&context, &dir, sweep),
        Command::Restore { dir, from } => upkeep::restore(&context, &dir, &from),
    }
}

fn os_user() -> String {
    ["USER", "USERNAME", "LOGNAME"].iter().find_map(|n| std::env::var(n).ok()).unwrap_or_else(|| "本机用户".to_owned())
}
