//! What a cell of the workbook holds, written down in one way: what was sent out, what came back and what is recorded are compared as
//! these texts. Verdicts and other choices are their stable names, days are `2026-11-22`, evidence is `EV-0001、EV-0002`.

use crate::sheet::{Meaning, Meanings, folded};
use domain::{Answer, Date, Lang, Term, Verdict, Words, terms};

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Several lines.
    Text,
    /// One line.
    Line,
    /// One of the four verdicts.
    Verdict,
    /// A grade of findings.
    Grade,
    /// Correction or corrective action.
    TaskKind,
    /// How urgent.
    Priority,
    /// A day.
    Day,
    /// Numbers of evidence.
    Labels,
    /// A tick, or nothing.
    Tick,
}

/// The value of a tick.
pub const YES: &str = "yes";

const TICK: &[(&str, Term)] = &[(YES, Term { chinese: "√", english: "√" })];

impl Holds {
    /// What can be chosen: stable names and what they are called; none where everything can be written.
    #[must_use]
    pub fn choices(self) -> &'static [(&'static str, Term)] {
        let kind = match self {
            Self::Verdict => "Verdict",
            Self::Grade => "Grade",
            Self::TaskKind => "TaskKind",
            Self::Priority => "Priority",
            Self::Tick => return TICK,
            Self::Text | Self::Line | Self::Day | Self::Labels => return &[],
        };
        terms::ALL.iter().find(|(of, _)| *of == kind).map_or(&[], |(_, terms)| *terms)
    }

    /// A value as it is shown.
    #[must_use]
    pub fn shown(self, value: &str, lang: Lang) -> &str {
        self.choices().iter().find(|(key, _)| *key == value).map_or(value, |(_, term)| term.say(lang))
    }

    /// The value that a text says; the refusal is what was expected. Blank is blank.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn read(self, text: &str, meanings: &Meanings) -> Result<String, Words> {
        let text = settled(text);
        if text.is_empty() {
            return Ok(text);
        }
        match self {
            Self::Text => Ok(text),
            Self::Line => Ok(text.replace(['\n', '\t'], " ")),
            Self::Verdict => verdict(&text, meanings),
            Self::Tick => tick(&text),
            Self::Day => day(&text).map(|day| day.to_string()).ok_or_else(|| {
                ("日期，如 2026-11-22（年份写四位）", "a day such as 2026-11-22, with four digits for the year").into()
            }),
            Self::Labels => numbers(&text).map(|numbers| labels(numbers.into_iter())).ok_or_else(|| {
                ("证据编号，如 EV-0001、EV-0002", "numbers of evidence such as EV-0001, EV-0002").into()
            }),
            Self::Grade | Self::TaskKind | Self::Priority => {
                let word = folded(&text);
                let is = |term: Term| Lang::ALL.into_iter().any(|lang| folded(term.say(lang)) == word);
                let found = self.choices().iter().find(|(_, term)| is(*term));
                found.map(|(key, _)| (*key).to_owned()).ok_or_else(|| self.expected())
            }
        }
    }

    /// The words of which one was expected.
    pub(crate) fn expected(self) -> Words {
        let all = |lang, by: &str| self.choices().iter().map(|(_, t)| t.say(lang)).collect::<Vec<_>>().join(by);
        (all(Lang::Zh, " / "), all(Lang::En, " / ")).into()
    }
}

fn verdict(text: &str, meanings: &Meanings) -> Result<String, Words> {
    match meanings.of(text) {
        Some(Meaning::Is(verdict)) => Ok(verdict.key().to_owned()),
        Some(Meaning::Open) => Ok(String::new()),
        Some(Meaning::Ask) | None => Err(Holds::Verdict.expected()),
    }
}

/// A tick in one of the ways people put it. An x is a tick to some and a cross to others, so that it is neither.
fn tick(text: &str) -> Result<String, Words> {
    const TICKED: [&str; 14] =
        ["√", "✓", "✔", "☑", "是", "有", "已交", "已提交", "已收", "y", "yes", "1", "true", "done"];
    const NOT: [&str; 14] = ["□", "☐", "×", "✗", "✘", "否", "无", "未交", "未提交", "n", "no", "0", "false", "notyet"];
    match folded(text) {
        word if TICKED.contains(&word.as_str()) => Ok(YES.to_owned()),
        word if NOT.contains(&word.as_str()) => Ok(String::new()),
        _ => Err(("√（已交），未交的留空", "√ when it was handed in, nothing otherwise").into()),
    }
}

/// The verdict that a value names.
#[must_use]
pub fn verdict_of(value: &str) -> Option<Verdict> {
    Verdict::ALL.into_iter().find(|verdict| verdict.key() == value)
}

/// A text as it is compared and written: one kind of line end, nothing that nobody can see, no blanks around it.
#[must_use]
pub fn settled(text: &str) -> String {
    const fn ends_line(c: char) -> bool {
        matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    }
    let hidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let lines = text.replace("\r\n", "\n");
    let plain: String = lines.chars().map(|c| if ends_line(c) { '\n' } else { c }).filter(|c| !hidden(*c)).collect();
    plain.trim().to_owned()
}

/// A day in one of the ways people write it; the order of a day and a month that both come first is never guessed.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    // A time of day says nothing of the day.
    let text = text.split_once([' ', 'T']).filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day);
    let text = folded(text);
    let text = text.trim_end_matches('日');
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).collect();
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten();
    let [year, month, day] = match parts[..] {
        [year, month, day] if year.len() == 4 => [year, month, day],
        [all] if all.len() == 8 && all.is_ascii() => [&all[..4], &all[4..6], &all[6..]],
        _ => return None,
    };
    Date::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// Numbers of evidence: `EV-0001、ev-2 3`. `None` when there is something else among them.
#[must_use]
pub fn numbers(text: &str) -> Option<Vec<u32>> {
    let narrow: String = text.split_whitespace().map(folded).collect::<Vec<_>>().join(" ");
    let parts = narrow.split([' ', ',', ';', '、', '/', '|', '，', '；', '。']).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let digits = part.strip_prefix("ev").map_or(part, |rest| rest.trim_start_matches('-'));
            (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
        })
        .collect()
}

/// Numbers of evidence in order, each once.
#[must_use]
pub fn labels(numbers: impl Iterator<Item = u32>) -> String {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    joined(numbers.into_iter().map(|number| format!("EV-{number:04}")))
}

pub(super) fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("、")
}

pub(super) fn date(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Expected evidence with a box for each, ticked where it was.
pub(super) fn ticked(names: &[String], shown: &[String], answer: Option<&Answer>) -> String {
    let is_ticked = |name: &String| answer.is_some_and(|answer| answer.ticks.contains(name));
    let line = |(name, shown): (&String, &String)| format!("{} {shown}", if is_ticked(name) { "√" } else { "□" });
    names.iter().zip(shown).map(line).collect::<Vec<_>>().join("\n")
}
