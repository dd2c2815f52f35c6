//! Days that people enter.

use crate::{Error, Result};
use chrono::Datelike as _;
use domain::Date;

/// Years that a period, a due date or a validity can lie in. Anything else is a slip: `26-03-01` is the year 26.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// An optional day, refused outside [`YEARS`]. What is `held` already stays as it is: 0.1.0 took any year, and such a row can still
/// be edited otherwise.
///
/// # Errors
/// [`Error::Field`] with the year as it was understood.
pub(crate) fn day(field: &'static str, wanted: Option<Date>, held: Option<Date>) -> Result<Option<Date>> {
    let Some(year) = wanted.filter(|day| Some(*day) != held).map(|day| day.year()) else { return Ok(wanted) };
    if YEARS.contains(&year) {
        return Ok(wanted);
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    let expected = (
        format!("年份读作 {year:04}，应在 {first} 至 {last} 年之间；年份须写四位，没有期限的请留空"),
        format!(
            "the year was read as {year:04} and must lie between {first} and {last}: write four digits, and nothing if there is no limit"
        ),
    );
    Err(Error::Field { field, expected: expected.into() })
}
