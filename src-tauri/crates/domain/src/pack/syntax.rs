//! Reading a criteria file: bytes → text → data → a validated pack, or every problem with line, entry and field, in both languages.

use super::CriteriaPack;
use super::check::problems;
use crate::Words;
use crate::snapshot::sha256_hex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// Longest criteria file that is read: 4 MiB, some five times the one we ship.
pub const MAX_PACK_BYTES: usize = 4 << 20;

/// Why a criteria file was refused. Nothing is created from a refused file.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Longer than [`MAX_PACK_BYTES`].
    #[error("评审准则文件过大：超过 {MAX_PACK_BYTES} 字节")]
    TooLarge,
    /// Not UTF-8; the guess names what it looks like.
    #[error("评审准则文件不是 UTF-8 编码（疑为 {0}），请另存为 UTF-8 后重试")]
    Encoding(&'static str),
    /// Not TOML, or not of the expected shape.
    #[error("评审准则文件第 {line} 行：{}", .message.chinese)]
    Syntax {
        /// 1-based.
        line: usize,
        /// What is wrong there.
        message: Words,
    },
    /// The shape is right, the content is not.
    #[error("评审准则文件有 {} 处问题，首个：{}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Content(Vec<Problem>),
}

impl PackError {
    /// The same in English.
    #[must_use]
    pub fn english(&self) -> String {
        match self {
            Self::TooLarge => format!("longer than {MAX_PACK_BYTES} bytes"),
            Self::Encoding(guess) => format!("not UTF-8 but probably {guess}; save it as UTF-8 and try again"),
            Self::Syntax { line, message } => format!("line {line}: {}", message.english),
            Self::Content(problems) => {
                let first = problems.first().map(Problem::english).unwrap_or_default();
                format!("problems: {}; the first: {first}", problems.len())
            }
        }
    }
}

/// One thing that is wrong in a criteria file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// 1-based line of the table concerned; 0 = the file as a whole.
    pub line: usize,
    /// Code or id of the entry.
    pub entry: String,
    /// Field concerned.
    pub field: &'static str,
    /// What is wrong and what was expected.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

impl Problem {
    /// The problem with its place, in English.
    #[must_use]
    pub fn english(&self) -> String {
        let place = if self.line > 0 { format!("line {} ", self.line) } else { String::new() };
        format!("{place}{} {}: {}", self.entry, self.field, self.message_en)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "第 {} 行 ", self.line)?;
        }
        write!(f, "{} {}：{}", self.entry, self.field, self.message)
    }
}

/// Only what is needed to say on which line an entry begins.
#[derive(Deserialize)]
struct Lines {
    #[serde(default)]
    domains: Vec<Spanned<Coded>>,
    #[serde(default)]
    sections: Vec<Spanned<Coded>>,
    #[serde(default)]
    items: Vec<Spanned<Coded>>,
    #[serde(default)]
    laws: Vec<Spanned<Identified>>,
    #[serde(default)]
    kpis: Vec<Spanned<Identified>>,
    #[serde(default)]
    profiles: Vec<Spanned<Identified>>,
    #[serde(default)]
    changes: Vec<Spanned<Coded>>,
    #[serde(default)]
    renamed: Vec<Spanned<Renamed>>,
}

#[derive(Deserialize)]
struct Coded {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
struct Renamed {
    #[serde(default)]
    from: String,
}

#[derive(Deserialize)]
struct Identified {
    #[serde(default)]
    id: String,
}

impl CriteriaPack {
    /// Reads and validates a criteria file. A UTF-8 byte order mark and CRLF line ends are accepted, and what says nothing in English
    /// says there what it says in Chinese.
    ///
    /// # Errors
    /// [`PackError`], with every problem found.
    pub fn parse(bytes: &[u8]) -> Result<Self, PackError> {
        let text = decode(bytes)?;
        let mut pack: Self = toml::from_str(&text).map_err(|e| PackError::Syntax {
            line: e.span().map_or(0, |s| line_of(&text, s.start)),
            message: parser_words(e.message()),
        })?;
        pack.sha256 = sha256_hex(text.as_bytes());
        pack.fill_english();
        let mut found = problems(&pack);
        if found.is_empty() {
            return Ok(pack);
        }
        // A second reading, for the line numbers; a sound file does not pay for it.
        let lines = entry_lines(&text);
        for problem in &mut found {
            problem.line = lines.get(&problem.entry).copied().unwrap_or(0);
        }
        Err(PackError::Content(found))
    }

    /// Takes over a criteria file that was read before: `json` holds what it says, and its hash. Its content is not judged again.
    ///
    /// # Errors
    /// [`PackError::Syntax`].
    pub fn prepared(json: &str) -> Result<Self, PackError> {
        serde_json::from_str(json)
            .map_err(|e| PackError::Syntax { line: e.line(), message: (e.to_string(), e.to_string()).into() })
    }

    /// A company that writes items of its own writes them in its own language; the English window shows them as they are.
    fn fill_english(&mut self) {
        let fill = |english: &mut String, own: &str| {
            if english.trim().is_empty() {
                own.clone_into(english);
            }
        };
        for domain in &mut self.domains {
            fill(&mut domain.title_en, &domain.title);
            fill(&mut domain.intro_en, &domain.intro);
        }
        for section in &mut self.sections {
            fill(&mut section.title_en, &section.title);
            fill(&mut section.intro_en, &section.intro);
        }
        for item in &mut self.items {
            fill(&mut item.title_en, &item.title);
            fill(&mut item.requirement_en, &item.requirement);
            fill(&mut item.key_reason_en, &item.key_reason);
        }
    }
}

/// What a parser of TOML or JSON says, which speaks English only. Words that it has never used here stand as it says them.
#[must_use]
pub fn parser_words(message: &str) -> Words {
    let chinese = [
        ("missing field ", "缺少字段 "),
        ("unknown field ", "没有这个字段："),
        ("duplicate key", "同一个字段写了两次"),
        ("duplicate field ", "同一个字段写了两次："),
        ("unknown variant ", "没有这个取值："),
        ("invalid type: ", "值的类型不对："),
        ("invalid value: ", "值不对："),
        ("invalid length ", "长度不对："),
    ];
    let found = chinese.iter().find_map(|(head, own)| message.strip_prefix(head).map(|rest| format!("{own}{rest}")));
    let own = found.unwrap_or_else(|| format!("语法不对：{message}"));
    let own =
        own.replace(", expected one of ", "，应为其中之一：").replace(", expected ", "，应为 ").replace("\n", "；");
    Words { chinese: own, english: message.replace('\n', "; ") }
}

fn decode(bytes: &[u8]) -> Result<String, PackError> {
    if bytes.len() > MAX_PACK_BYTES {
        return Err(PackError::TooLarge);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(PackError::Encoding("UTF-16"));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| PackError::Encoding(if looks_like_utf16(bytes) { "UTF-16" } else { "GBK" }))?;
    if text.contains('\0') {
        return Err(PackError::Encoding("UTF-16"));
    }
    Ok(text.replace("\r\n", "\n"))
}

/// UTF-16 text of ASCII keys has a NUL in every second byte.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    head.iter().filter(|b| **b == 0).count() * 4 > head.len()
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

/// Line on which each entry begins, by its code or id.
fn entry_lines(text: &str) -> BTreeMap<String, usize> {
    let Ok(lists) = toml::from_str::<Lines>(text) else { return BTreeMap::new() };
    // Line ends are looked for once: a file may have thousands of entries.
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let coded = |entry: Spanned<Coded>| (entry.span().start, entry.into_inner().code);
    let identified = |entry: Spanned<Identified>| (entry.span().start, entry.into_inner().id);
    let renamed = lists.renamed.into_iter().map(|entry| (entry.span().start, entry.into_inner().from));
    // Renamings and changes first, as an item of the same code is the better place; where both are wrong the item is mended first. Of two entries
    // with one code the later is the one to mend.
    let entries = lists.changes.into_iter().chain(lists.domains).chain(lists.sections).chain(lists.items).map(coded);
    let others = lists.laws.into_iter().chain(lists.kpis).chain(lists.profiles).map(identified);
    renamed
        .chain(entries)
        .chain(others)
        .map(|(start, key)| (key, ends.partition_point(|end| *end < start) + 1))
        .collect()
}
