//! The sample's calendar. Its files name no year and nothing that is still to come by its date, so that they do not age:
//!
//! | in the file | stands for |
//! |---|---|
//! | `{y}`, `{y-1}` | the year of the round, and the years around it: what has happened keeps its day of the year |
//! | `{d+18}`, `{d-4}` | so many days from the day the sample is made: what is due or runs out |

use domain::Date;

/// The last day on which something happens in this round, month and day: the sample is of the last year in which it is past.
const LAST_EVENT: (u32, u32) = (11, 22);

/// What the files' dates are counted from.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    today: Date,
    year: i32,
}

impl Calendar {
    pub fn of(today: Date) -> Self {
        use chrono::Datelike as _;
        let is_past = (today.month(), today.day()) >= LAST_EVENT;
        Self { today, year: if is_past { today.year() } else { today.year() - 1 } }
    }

    /// The file with its dates filled in. Braces around anything else are left alone.
    pub fn fill(self, file: &str) -> String {
        let mut filled = String::with_capacity(file.len());
        let mut pieces = file.split('{');
        filled.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            match piece.split_once('}').and_then(|(name, rest)| Some((self.value(name)?, rest))) {
                Some((value, rest)) => {
                    filled.push_str(&value);
                    filled.push_str(rest);
                }
                None => {
                    filled.push('{');
                    filled.push_str(piece);
                }
            }
        }
        filled
    }

    fn value(self, name: &str) -> Option<String> {
        let offset = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i32>().ok() };
        if let Some(years) = name.strip_prefix('y') {
            return Some(format!("{:04}", self.year.checked_add(offset(years)?)?));
        }
        let days = offset(name.strip_prefix('d')?)?;
        let day = self.today.checked_add_signed(chrono::TimeDelta::try_days(days.into())?)?;
        Some(day.format("%Y-%m-%d").to_string())
    }
}
