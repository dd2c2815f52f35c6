//! Values by the names they have in files.

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use domain::{Id, Member};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One of these names, which the files use too.
pub fn one_of<T>(names: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| serde_json::from_value(Value::String(name)))
}

/// The id of a round or a signature.
pub fn id(text: &str) -> Result<Id, &'static str> {
    text.parse().map_err(
        |_| "应为完整的 ID，见 round list、signature list | a whole id, as round list and signature list show it",
    )
}

/// A day, or none.
#[derive(Clone, Copy)]
pub struct Day(pub Option<NaiveDate>);

/// `2026-09-30`.
pub fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.parse().map_err(|_| "应为日期，如 2026-09-30 | a date such as 2026-09-30")
}

/// `2026-09-30`, or `none` to take it away.
pub fn day_or_none(text: &str) -> Result<Day, &'static str> {
    if text == "none" {
        return Ok(Day(None));
    }
    day(text)
        .map(|day| Day(Some(day)))
        .map_err(|_| "应为日期，如 2026-09-30，或 none | a date such as 2026-09-30, or none")
}

/// `质检主管` or `质检主管=王工`.
#[allow(clippy::unnecessary_wraps, reason = "clap asks for a result")]
pub fn member(text: &str) -> Result<Member, &'static str> {
    let (role, name) = text.split_once('=').unwrap_or((text, ""));
    Ok(Member { role: role.trim().to_owned(), name: name.trim().to_owned() })
}
