//! What is wrong with a command line, in the language asked for.

use crate::help::half;
use crate::output::Failure;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use domain::Lang;
use std::error::Error as _;

/// clap's refusal in our words; `None` for help and version, which are none.
pub fn refusal(error: &clap::Error, lang: Lang) -> Option<Failure> {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return None;
    }
    let context = |kind| error.get(kind).map(ContextValue::to_string).filter(|text| !text.is_empty());
    let argument = context(ContextKind::InvalidSubcommand).or_else(|| context(ContextKind::InvalidArg));
    let what = argument.clone().unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let (zh, en) = match error.kind() {
        ErrorKind::InvalidSubcommand => (format!("没有命令 {what}"), format!("there is no command {what}")),
        ErrorKind::UnknownArgument => (format!("不认识参数 {what}"), format!("{what} is not known")),
        ErrorKind::InvalidValue if value.is_empty() => (format!("{what} 缺少值"), format!("{what} needs a value")),
        ErrorKind::InvalidValue => {
            let choices = context(ContextKind::ValidValue).unwrap_or_default();
            (
                format!("{what} 不能是“{value}”，应为 {choices}"),
                format!("{what} cannot be \"{value}\", give one of {choices}"),
            )
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(ToString::to_string).unwrap_or_default();
            (
                format!("{what} 不能是“{value}”：{}", half(&why, Lang::Zh)),
                format!("{what} cannot be \"{value}\": {}", half(&why, Lang::En)),
            )
        }
        ErrorKind::MissingRequiredArgument => (format!("缺少 {what}"), format!("{what} is missing")),
        ErrorKind::MissingSubcommand => ("缺少命令".to_owned(), "a command is missing".to_owned()),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            (format!("{what} 不能与 {other} 同时使用"), format!("{what} cannot be used with {other}"))
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            (format!("{what} 的值太多或太少"), format!("{what} has too many values or too few"))
        }
        ErrorKind::InvalidUtf8 => ("参数不是 UTF-8 文字".to_owned(), "an argument is no UTF-8 text".to_owned()),
        _ => ("命令行无法理解".to_owned(), "the command line cannot be understood".to_owned()),
    };
    let mut message = if lang == Lang::En { en } else { zh };
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(close) = suggested.into_iter().find_map(context) {
        message += &if lang == Lang::En { format!("; {close}?") } else { format!("；是否想用 {close}？") };
    }
    if let Some(usage) = context(ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage:").trim().to_owned();
        message += &if lang == Lang::En { format!("\nusage: {usage}") } else { format!("\n用法：{usage}") };
    }
    Some(Failure::Usage { message, argument })
}
