//! Help in one language: clap's own words, and our half of every text. And what all options have in common.

use crate::args::Cli;
use clap::builder::{StringValueParser, StyledStr, TypedValueParser as _};
use clap::{Arg, Command, CommandFactory as _};
use domain::Lang;
use std::any::TypeId;
use std::ffi::OsString;
use std::sync::Arc;

/// Said where an option follows and no text.
const MISSING: &str = "这是另一个参数，文字没有写 | this is another option; the text is missing";

/// The language that is asked for, known before anything else is: what is wrong with the command line is told in it too.
pub fn language(args: &[OsString]) -> Lang {
    let english = |pair: &[OsString]| pair[0] == "--lang" && pair[1] == "en";
    let asked = args.windows(2).any(english) || args.iter().any(|arg| arg == "--lang=en");
    if asked { Lang::En } else { Lang::Zh }
}

/// The half of `中文 | English` in this language.
pub fn half(text: &str, lang: Lang) -> &str {
    let Some((zh, en)) = text.split_once(" | ") else { return text };
    lang.pick(zh, en)
}

/// The command line as it is shown and read.
pub fn command(lang: Lang) -> Command {
    let mut command = Cli::command();
    // Help, version and the global options are part of every subcommand only then.
    command.build();
    let mut names = Vec::new();
    name_options(&command, &mut names);
    spoken(command, lang, &names.into())
}

/// Every option as it is written, anywhere: `--json`, `-o`.
fn name_options(command: &Command, names: &mut Vec<String>) {
    for arg in command.get_arguments() {
        names.extend(arg.get_long().map(|long| format!("--{long}")));
        names.extend(arg.get_short().map(|short| format!("-{short}")));
    }
    command.get_subcommands().for_each(|subcommand| name_options(subcommand, names));
}

fn spoken(mut command: Command, lang: Lang, options: &Arc<[String]>) -> Command {
    let words = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let about = command.get_about().map(ToString::to_string);
    if let Some(about) = about {
        let about = match command.get_name() {
            "help" => words("显示这些说明", "Show this, or the help of a command").to_owned(),
            _ => half(&about, lang).to_owned(),
        };
        command = command.about(about);
    }
    if let Some(after) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(half(&after, lang).to_owned());
    }
    let usage = words("用法：", "Usage: ");
    command
        .help_template(format!("{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}"))
        .subcommand_help_heading(words("命令", "Commands"))
        .mut_args(|arg| spoken_arg(arg, lang, options))
        .mut_subcommands(|subcommand| spoken(subcommand, lang, options))
}

fn spoken_arg(arg: Arg, lang: Lang, options: &Arc<[String]>) -> Arg {
    let words = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let mut help = match arg.get_id().as_str() {
        "help" => words("显示说明", "Show help").to_owned(),
        "version" => words("显示版本", "Show the version").to_owned(),
        "dir" => words("工作区文件夹", "Folder of the workspace").to_owned(),
        "subcommand" => String::new(),
        _ => half(&arg.get_help().map(StyledStr::to_string).unwrap_or_default(), lang).to_owned(),
    };
    let choices: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if arg.get_action().takes_values() && !choices.is_empty() {
        help += &format!("{}{}]", words(" [可选：", " [one of: "), choices.join(" "));
    }
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if arg.get_action().takes_values() && default.iter().any(|value| !value.is_empty()) {
        help += &format!("{}{}]", words(" [默认：", " [default: "), default.join(" "));
    }
    let heading = if arg.is_positional() { words("参数", "Arguments") } else { words("选项", "Options") };
    // What people write may begin with a hyphen: "- 抽查", "-10%". It is no option of ours: that one was to be obeyed and not written down.
    let is_text = !arg.is_positional()
        && arg.get_value_delimiter().is_none()
        && arg.get_value_parser().type_id() == TypeId::of::<String>();
    let options = Arc::clone(options);
    let text =
        StringValueParser::new().try_map(move |text| if options.contains(&text) { Err(MISSING) } else { Ok(text) });
    let arg = if is_text { arg.allow_hyphen_values(true).value_parser(text) } else { arg };
    arg.help(help).help_heading(heading).hide_possible_values(true).hide_default_value(true)
}
