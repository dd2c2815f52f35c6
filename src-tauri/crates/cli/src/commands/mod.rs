//! One module per noun of the command line; each command is a few lines over the app crate.

mod changed;
mod conditions;
mod criteria;
mod evidence;
mod exports;
mod findings;
mod log;
mod marks;
mod reading;
mod received;
mod requests;
mod rounds;
mod sheet;
mod signatures;
mod tasks;
mod upkeep;
mod workbook;

use crate::args::{Cli, Command};
use crate::output::{Failure, Outcome, print, remark};
use app::{Env, Session};
use domain::{Id, Lang};
use std::path::Path;

/// What every command knows besides its own arguments.
pub struct Context {
    json: bool,
    lang: Lang,
    actor: String,
    /// Whether the actor was named on the command line.
    is_named: bool,
    assessment: Option<Id>,
    work_on: bool,
}

impl Context {
    fn env(&self) -> Env {
        Env::real(&self.actor)
    }

    /// For commands that may change something.
    fn open_any(&self, dir: &Path) -> Result<Session, Failure> {
        let mut session = Session::open(dir, self.env())?;
        if self.work_on {
            session.work_on();
        }
        Ok(session)
    }

    fn open(&self, dir: &Path) -> Result<(Session, Id), Failure> {
        let session = self.open_any(dir)?;
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
        match self.open_any(dir) {
            Err(Failure::App(error)) => {
                let app::Error::Store(app::store::Error::Locked { holder }) = *error else {
                    return Err(Failure::App(error));
                };
                let session = Session::open_to_read(dir, self.env())?;
                let zh = format!("工作区正在使用（{holder}）：以只读方式查看，内容以对方此刻已保存的为准");
                remark(self.lang, &zh, &format!("in use ({holder}): opened for reading only, as saved at this moment"));
                Ok(session)
            }
            opened => opened,
        }
    }
}

/// Runs a command.
pub fn run(cli: Cli) -> Result<Outcome, Failure> {
    let context = Context {
        json: cli.json,
        lang: cli.lang,
        is_named: cli.actor.is_some(),
        actor: cli.actor.unwrap_or_else(app::env::os_user),
        assessment: cli.assessment,
        work_on: cli.work_on,
    };
    if context.actor.trim().is_empty() {
        return Err(Failure::Usage { message: "--as NAME".to_owned(), argument: Some("--as".to_owned()) });
    }
    if context.actor.chars().any(char::is_control) {
        return Err(app::Error::not_one_line("操作人").into());
    }
    match cli.command {
        Command::Criteria(command) => criteria::run(&context, &command),
        Command::New(new) => rounds::new(&context, new),
        Command::Sample { dir } => rounds::sample(&context, &dir),
        Command::Round(command) => rounds::run(&context, command),
        Command::Conditions(command) => conditions::run(&context, &command),
        Command::Items(items) => reading::items(&context, &items),
        Command::Mark(wanted) => marks::mark(&context, wanted),
        Command::MarkEach(wanted) => marks::mark_each(&context, &wanted),
        Command::Review(wanted) => marks::review(&context, wanted),
        Command::Evidence(command) => evidence::run(&context, command),
        Command::Finding(command) => findings::run(&context, command),
        Command::Task(command) => tasks::run(&context, command),
        Command::Score { dir } => reading::score(&context, &dir),
        Command::Gate { dir } => reading::gate(&context, &dir),
        Command::History { dir, code } => log::history(&context, &dir, code),
        Command::Undo { dir } => log::step(&context, &dir, true),
        Command::Redo { dir } => log::step(&context, &dir, false),
        Command::Sign { dir, role, name } => signatures::sign(&context, &dir, role, name.as_deref()),
        Command::Signature(command) => signatures::run(&context, &command),
        Command::Reopen { dir, reason } => signatures::reopen(&context, &dir, &reason),
        Command::Reports { dir } => exports::reports(&context, &dir),
        Command::ReportDiffers { dir } => exports::differs(&context, &dir),
        Command::Report(report) => exports::report(&context, &report),
        Command::Word(word) => exports::word(&context, &word),
        Command::Pack(pack) => exports::pack(&context, &pack),
        Command::Plan(plan) => exports::plan(&context, &plan),
        Command::Workbook(command) => workbook::run(&context, &command),
        Command::Sheet(command) => sheet::run(&context, &command),
        Command::RequestList(wanted) => requests::write(&context, &wanted),
        Command::Keeper(command) => requests::keeper(&context, command),
        Command::Paper(command) => requests::paper(&context, command),
        Command::Verify(verify) => exports::verify(&context, &verify),
        Command::Snapshot { dir } => reading::snapshot(&context, &dir),
        Command::Doctor { dir } => upkeep::doctor(&context, &dir),
        Command::Health { dir } => upkeep::health(&context, &dir),
        Command::Completions { shell } => completions(&context, shell),
        Command::Backup { dir } => upkeep::backup(&context, &dir),
        Command::Backups { dir } => upkeep::backups(&context, &dir),
        Command::ConfirmRestore { dir } => upkeep::confirm_restore(&context, &dir),
        Command::Tidy { dir, sweep } => upkeep::tidy(&context, &dir, sweep),
        Command::Restore { dir, from } => upkeep::restore(&context, &dir, &from),
    }
}

/// The script that completes our commands in a shell.
fn completions(context: &Context, shell: clap_complete::Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::help::command(context.lang), "beishen-cli", &mut script);
    print(false, &(), [String::from_utf8_lossy(&script).into_owned()])?;
    Ok(Outcome::Done)
}
